//! What is told once, and what is not told.

use super::*;

#[test]
fn the_same_in_several_locales_is_told_once() {
    let texts: Vec<_> = ["it-IT", "lv-LV", "nb-NO", "pl-PL", "cs-CZ", "de-DE", "es-ES", "fr-FR", "hu-HU"]
        .map(|locale| (locale, Source::new(format!("{locale}/a.md"), "[x](/b)\n[x](/b)\n")))
        .into();
    let sources: Vec<_> = texts.iter().map(|(_, source)| source).collect();
    let mut diagnostics = Vec::new();
    for (i, (locale, _)) in texts.iter().enumerate() {
        diagnostics.push(finding(place_at(&sources, i, 4..6), locale));
        diagnostics.push(finding(place_at(&sources, i, 12..14), locale));
    }
    diagnostics.iter_mut().step_by(2).for_each(|one| one.help = Some("write the reference's URL".to_owned()));
    let out = shown(&Findings { diagnostics, sources, ..Findings::default() }, PLAIN);
    assert_eq!(out.matches("warning[drifted-url]").count(), 2, "findings of one file stay apart");
    assert!(out.contains("├─ also in: lv-LV (lv-LV/a.md:1:5), nb-NO (nb-NO/a.md:1:5),\n"));
    assert!(out.contains("fr-FR, hu-HU\n"), "the last ones without their places");
    assert!(widest(&out) <= 80);
}

#[test]
fn another_place_in_the_reference_is_another_finding() {
    let texts = ["a", "b"].map(|name| Source::new(name, "[x](/b)"));
    let en = Source::new("en", "[x](/a) [y](/c)");
    let sources = vec![&texts[0], &texts[1], &en];
    let mut diagnostics = vec![finding(place(&sources, 0, "/b"), "a"), finding(place(&sources, 1, "/b"), "b")];
    diagnostics[0].related.push(reference(place(&sources, 2, "/a"), "leads here"));
    diagnostics[1].related.push(reference(place(&sources, 2, "/c"), "leads here"));
    let out =
        shown(&Findings { diagnostics: diagnostics.clone(), sources: sources.clone(), ..Findings::default() }, PLAIN);
    assert!(!out.contains("also in:"));
    diagnostics[1].related[0].place = diagnostics[0].related[0].place;
    diagnostics[1].label = None;
    let out =
        shown(&Findings { diagnostics: diagnostics.clone(), sources: sources.clone(), ..Findings::default() }, PLAIN);
    assert!(out.contains("also in: b (b:1:5)"));
    diagnostics[1].help = Some("something else is to be done here".to_owned());
    let out = shown(&Findings { diagnostics, sources, ..Findings::default() }, PLAIN);
    assert!(!out.contains("also in:"));
}

#[test]
fn places_of_role_same_are_told() {
    let texts = ["de/a.md", "fr/a.md"].map(|name| Source::new(name, "[](/b)"));
    let sources = vec![&texts[0], &texts[1]];
    let mut one = finding(place_at(&sources, 0, 0..6), "de");
    one.origin = Origin::Reference;
    let same = reference(place_at(&sources, 1, 0..6), "");
    one.related.push(Related { role: Role::Same, locale: Some(Arc::from("fr")), basis: None, ..same });
    let out = shown(&Findings { diagnostics: vec![one], sources, ..Findings::default() }, PLAIN);
    assert!(out.contains("╰─ also in: fr (fr/a.md:1:1)"));
    assert!(out.contains("[de/a.md:1:1] the reference has it too"));
}

#[test]
fn infos_are_shown_on_request() {
    let source = Source::new("it/a.md", "[x](/b)");
    let sources = vec![&source];
    let mut one = finding(place(&sources, 0, "/b"), "it");
    one.severity = Severity::Info;
    one.origin = Origin::Outdated;
    let findings = Findings { diagnostics: vec![one], sources, ..Findings::default() };
    assert_eq!(render(&findings, &PLAIN), "");
    let out = shown(&findings, Style { verbose: true, ..PLAIN });
    assert!(out.starts_with("info[drifted-url]: "));
    assert!(out.contains("made from an older revision"));
}
