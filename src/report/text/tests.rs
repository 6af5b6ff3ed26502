use std::sync::Arc;

use super::*;
use crate::diagnostic::{Diagnostic, Notice, Place};
use crate::report::Summary;
use crate::source::{Source, Span};

const PLAIN: Style = Style { color: false, width: 80, verbose: false };

/// The first place of `needle` in a source.
fn place(sources: &[&Source], source: usize, needle: &str) -> Place {
    let at = sources[source].file_text().find(needle).unwrap();
    place_at(sources, source, at..at + needle.len())
}

fn place_at(sources: &[&Source], source: usize, range: std::ops::Range<usize>) -> Place {
    let span = Span::new(range);
    Place { source, span, range: sources[source].locate(span) }
}

fn finding(place: Place, locale: &str) -> Diagnostic {
    Diagnostic {
        rule: "drifted-url",
        severity: Severity::Warning,
        origin: Origin::Translation,
        message: "the link leads to another page than the reference's".to_owned(),
        label: Some("leads elsewhere".to_owned()),
        help: None,
        article: Arc::from("a.md"),
        locale: Some(Arc::from(locale)),
        place,
        related: Vec::new(),
        fixes: Vec::new(),
        fingerprint: String::new(),
    }
}

fn reference(place: Place, message: &str) -> Related {
    Related {
        role: Role::Reference,
        message: message.to_owned(),
        place,
        locale: None,
        basis: Some(Basis::Head),
        revision: None,
    }
}

/// One finding at `needle` of one text.
fn at(text: &str, needle: &str) -> String {
    let source = Source::new("ja-JP/a.md", text);
    let sources = vec![&source];
    let diagnostics = vec![finding(place(&sources, 0, needle), "ja-JP")];
    shown(&Findings { diagnostics, sources }, PLAIN)
}

fn shown(findings: &Findings<'_>, style: Style) -> String {
    let text = render(findings, &style);
    // `cargo test -- --nocapture` in a terminal: the look is a part of what is tested.
    eprint!("{text}");
    text
}

/// The column (in terminal cells) where a text starts in the first row that has it.
fn column(out: &str, needle: &str) -> usize {
    let row = out.lines().find(|row| row.contains(needle)).unwrap();
    width(&row[..row.find(needle).unwrap()])
}

fn widest(out: &str) -> usize {
    out.lines().map(width).max().unwrap_or_default()
}

#[test]
fn a_finding_shows_both_sides() {
    let it = Source::new(
        "content/it-IT/transfer-licenses.md",
        "\n\n\n\n\n\n\n\n- [Contatta il supporto](https://support.microsoft.com/help/4471406) per assistenza\n",
    );
    let en = Source::new(
        "content/en-US/transfer-licenses.md",
        "\n\n\n\n\n\n\n\n\n\n- [Contact support](https://support.microsoft.com/help/4471407) for help\n",
    );
    let sources = vec![&it, &en];
    let mut one = finding(place(&sources, 0, "https://support.microsoft.com/help/4471406"), "it-IT");
    one.related.push(Related {
        basis: Some(Basis::Pinned),
        revision: Some(Arc::from("1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b")),
        ..reference(place(&sources, 1, "https://support.microsoft.com/help/4471407"), "the reference's target")
    });
    one.help = Some(
        "write https://support.microsoft.com/help/4471407, the reference's target, or say with \
         `cognate-ignore` why the two differ"
            .to_owned(),
    );
    let out = shown(&Findings { diagnostics: vec![one], sources }, PLAIN);
    assert_eq!(
        out,
        "\
warning[drifted-url]: the link leads to another page than the reference's
    ╭─[content/it-IT/transfer-licenses.md:9:26]
  9 │ - [Contatta il supporto](https://support.microsoft.com/help/4471406) per …
    ·                          ─────────────────────┬────────────────────
    ·                                               ╰── leads elsewhere
    ├─[content/en-US/transfer-licenses.md:11:21] pinned revision 1a2b3c4d5e
 11 │ - [Contact support](https://support.microsoft.com/help/4471407) for help
    ·                     ─────────────────────┬────────────────────
    ·                                          ╰── the reference's target
    ╰─ help: write https://support.microsoft.com/help/4471407, the reference's
             target, or say with `cognate-ignore` why the two differ

"
    );
}

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
    diagnostics[0].help = Some("write the reference's URL".to_owned());
    let out = shown(&Findings { diagnostics, sources }, PLAIN);
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
    let out = shown(&Findings { diagnostics: diagnostics.clone(), sources: sources.clone() }, PLAIN);
    assert!(!out.contains("also in:"));
    diagnostics[1].related[0].place = diagnostics[0].related[0].place;
    diagnostics[1].label = None;
    let out = shown(&Findings { diagnostics, sources }, PLAIN);
    assert!(out.contains("also in: b (b:1:5)"));
}

#[test]
fn places_of_role_same_are_told() {
    let texts = ["de/a.md", "fr/a.md"].map(|name| Source::new(name, "[](/b)"));
    let sources = vec![&texts[0], &texts[1]];
    let mut one = finding(place_at(&sources, 0, 0..6), "de");
    one.origin = Origin::Reference;
    let same = reference(place_at(&sources, 1, 0..6), "");
    one.related.push(Related { role: Role::Same, locale: Some(Arc::from("fr")), basis: None, ..same });
    let out = shown(&Findings { diagnostics: vec![one], sources }, PLAIN);
    assert!(out.contains("╰─ also in: fr (fr/a.md:1:1)"));
    assert!(out.contains("[de/a.md:1:1] the reference has it too"));
}

#[test]
fn marks_stand_below_wide_characters() {
    let out = at("詳しくは[サポート窓口](https://example.com/ja)をご覧ください。\n", "https://example.com/ja");
    assert!(out.contains("[ja-JP/a.md:1:13]"));
    assert_eq!(column(&out, "https"), column(&out, "───────────┬"));
    let out = at("Fertig 🎉🎉 👍🏽 [hier](/b)\n", "/b");
    assert_eq!(column(&out, "/b"), column(&out, "─┬\n"));
}

#[test]
fn wide_text_is_reflowed_and_cropped() {
    let long = "翻訳は参照と同じページを指していません。".repeat(8);
    let source = Source::new("ja-JP/a.md", format!("{long}[こちら](/b){long}"));
    let sources = vec![&source];
    let mut one = finding(place(&sources, 0, "/b"), "ja-JP");
    one.message.clone_from(&long);
    one.help = Some(long);
    let out = shown(&Findings { diagnostics: vec![one], sources }, PLAIN);
    assert!(widest(&out) <= 80);
    assert_eq!(column(&out, "/b"), column(&out, "─┬\n"));
    assert!(out.contains("[ja-JP/a.md:1:167]"));
}

#[test]
fn right_to_left_lines_are_marked_in_words() {
    let out = at("למידע נוסף ראו [פנייה לתמיכה](https://example.com/b) באתר.\n", "פנייה לתמיכה");
    assert!(out.contains("[ja-JP/a.md:1:17]"));
    assert!(out.contains("· ╰── leads elsewhere: «פנייה לתמיכה»\n"));
    let out = at("لمزيد من المعلومات\u{202e}، راجع [الدعم](https://example.com/b)\n", "https://example.com/b");
    assert!(out.contains("· ╰── leads elsewhere: «https://example.com/b»\n"));
    assert!(out.contains("<U+202E>"));
    assert!(!out.contains('▲') && !out.contains('┬'));
}

#[test]
fn an_empty_place_in_a_right_to_left_line_is_told_in_words() {
    let source = Source::new("he-IL/a.md", "שלום עולם\n");
    let sources = vec![&source];
    let mut one = finding(place_at(&sources, 0, 17..17), "he-IL");
    one.label = Some("missing here".to_owned());
    let out = shown(&Findings { diagnostics: vec![one.clone()], sources: sources.clone() }, PLAIN);
    assert!(out.contains("╰── missing here, behind «עולם»"));
    one.place = place_at(&sources, 0, 0..0);
    one.label = None;
    let out = shown(&Findings { diagnostics: vec![one], sources }, PLAIN);
    assert!(out.contains("╰── at the start of the line"));
}

#[test]
fn a_very_long_line_is_cropped_around_its_mark() {
    let long = "слово ".repeat(100_000 / 6);
    let out = at(&format!("{long}[x](/wrong)"), "/wrong");
    assert!(out.contains("[ja-JP/a.md:1:100001]"));
    assert!(out.contains("│ …"));
    assert!(out.contains("[x](/wrong)\n"));
    assert_eq!(column(&out, "/wrong"), column(&out, "───┬──"));
    assert!(widest(&out) <= 80);
    let out = at(&format!("{long}[x](/wrong){long}"), "/wrong");
    assert_eq!(out.matches('…').count(), 2);
    assert!(widest(&out) <= 80);
}

#[test]
fn a_mark_that_is_wider_than_the_room_shows_its_start() {
    let long = "word ".repeat(100);
    let out = at(&format!("Before it, {long}"), &long);
    assert!(out.contains("│ …re it, word word"));
    assert!(widest(&out) <= 80);
}

#[test]
fn nothing_moves_or_recolors_the_terminal() {
    let text = "a\u{1b}[31m\u{9b}2J\u{7}\tb\u{200f}\u{2066}\u{61c}\u{7f}\u{200b}[x](/b)";
    let source = Source::new("ja-JP/\u{1b}[2Ja.md", text);
    let sources = vec![&source];
    let mut one = finding(place(&sources, 0, "/b"), "ja\u{1b}");
    one.message = "what\u{1b}[31m".to_owned();
    one.label = Some("la\u{1b}bel\u{202e}".to_owned());
    one.help = Some("help\u{1b}".to_owned());
    one.related.push(reference(place(&sources, 0, "[x]"), "ref\u{1b}"));
    let out = shown(&Findings { diagnostics: vec![one], sources }, PLAIN);
    assert!(out.contains("a␛[31m<U+009B>2J␇→b<U+200F><U+2066><U+061C>␡<U+200B>[x](/b)"));
    assert!(out.chars().all(|char| char == '\n' || !char.is_control()));
    assert_eq!(column(&out, "/b"), column(&out, "─┬\n"));
}

#[test]
fn places_without_text_have_a_caret() {
    let source = Source::new("it/a.md", "# Uno\n\nDue\n");
    let sources = vec![&source];
    let empty = |at| {
        let mut one = finding(place_at(&sources, 0, at..at), "it");
        one.label = Some(format!("missing at {at}"));
        one
    };
    let diagnostics = vec![empty(5), empty(6), empty(10), empty(11)];
    let out = shown(&Findings { diagnostics, sources }, PLAIN);
    assert!(out.contains(" 1 │ # Uno\n   ·      ▲\n   ·      ╰── missing at 5\n"));
    assert!(out.contains("[it/a.md:2:1]\n 2 │\n   · ▲\n"));
    assert!(out.contains("[it/a.md:3:4]\n 3 │ Due\n   ·    ▲\n"));
    assert!(out.contains("[it/a.md:4:1]\n 4 │\n   · ▲\n"));
    let nothing = Source::new("it/a.md", "");
    let sources = vec![&nothing];
    let diagnostics = vec![finding(place_at(&sources, 0, 0..0), "it")];
    assert!(shown(&Findings { diagnostics, sources }, PLAIN).contains("[it/a.md:1:1]"));
}

#[test]
fn of_several_lines_the_first_is_marked() {
    let out = at("Eins\nzwei drei\nvier\n", "drei\nvier");
    assert!(out.contains("[ja-JP/a.md:2:6]\n 2 │ zwei drei\n   ·      ──┬─\n"));
}

#[test]
fn a_long_label_is_broken_where_its_mark_stands_far_to_the_right() {
    let source = Source::new("it/a.md", format!("{}[qui](/b)", "parola ".repeat(9)));
    let sources = vec![&source];
    let mut one = finding(place(&sources, 0, "/b"), "it");
    one.label = Some("leads to a page that the reference does not know at this place".to_owned());
    let out = shown(&Findings { diagnostics: vec![one], sources }, PLAIN);
    assert!(widest(&out) <= 80);
    assert!(out.contains("╰─┤ leads to a page"));
}

#[test]
fn infos_are_shown_on_request() {
    let source = Source::new("it/a.md", "[x](/b)");
    let sources = vec![&source];
    let mut one = finding(place(&sources, 0, "/b"), "it");
    one.severity = Severity::Info;
    one.origin = Origin::Outdated;
    let findings = Findings { diagnostics: vec![one], sources };
    assert_eq!(render(&findings, &PLAIN), "");
    let out = shown(&findings, Style { verbose: true, ..PLAIN });
    assert!(out.starts_with("info[drifted-url]: "));
    assert!(out.contains("made from an older revision"));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let source = Source::new("it/a.md", "eins\n[x](/b) שלום\n");
    let sources = vec![&source];
    let mut one = finding(place(&sources, 0, "eins"), "it");
    one.related.push(reference(place(&sources, 0, "/b"), "here"));
    one.help = Some("mend it".to_owned());
    let findings = Findings { diagnostics: vec![one], sources };
    let plain = shown(&findings, PLAIN);
    assert!(!plain.contains('\u{1b}'));
    let colored = shown(&findings, Style { color: true, ..PLAIN });
    let sgr = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    let trimmed: Vec<_> = colored.lines().map(|row| sgr.replace_all(row, "").trim_end().to_owned()).collect();
    assert_eq!(trimmed.join("\n"), plain.trim_end_matches('\n').to_owned() + "\n");
    assert_ne!(plain, colored);
}

#[test]
fn a_narrow_terminal_is_no_reason_to_fail() {
    let source = Source::new("it/a.md", format!("{}[qui](/b) שלום", "parola ".repeat(40)));
    for at in (0..source.file_text().len()).filter(|at| source.file_text().is_char_boundary(*at)) {
        let sources = vec![&source];
        let diagnostics = vec![finding(place_at(&sources, 0, at..at), "it")];
        assert!(!render(&Findings { diagnostics, sources }, &Style { width: 1, ..PLAIN }).is_empty());
    }
}

fn run() -> Summary {
    let mut run = Summary { articles: 1, translations: 5, ..Summary::default() };
    for (rule, severity, n) in [
        ("drifted-url", Severity::Warning, 7),
        ("missing-link-text", Severity::Error, 5),
        ("stale-host", Severity::Warning, 4),
        ("heading-mismatch", Severity::Warning, 1),
        ("outdated-translation", Severity::Info, 3),
    ] {
        run.rules.insert((rule, severity), n);
        *run.severities.entry(severity).or_default() += n;
    }
    run.locales = [("nb-NO", 7), ("lv-LV", 5), ("it-IT", 3), ("pl-PL", 2)].map(|(k, n)| (k.to_owned(), n)).into();
    run.origins = [(Origin::Translation, 17), (Origin::Reference, 2), (Origin::Outdated, 1)].into();
    run
}

fn summed(run: &Summary, style: Style) -> String {
    let text = summary(run, &style);
    eprint!("{text}");
    text
}

#[test]
fn a_summary_says_what_and_where() {
    let mut run = run();
    run.notices.push(Notice {
        level: Severity::Warning,
        message: "the front matter pins a revision that the repository does not have".to_owned(),
        path: Some("content/it-IT/transfer-licenses.md".to_owned()),
    });
    assert_eq!(
        summed(&run, PLAIN),
        "\
by rule    errors    missing-link-text 5
           warnings  drifted-url 7  stale-host 4  heading-mismatch 1
by locale  nb-NO 7  lv-LV 5  it-IT 3  pl-PL 2

warning: content/it-IT/transfer-licenses.md: the front matter pins a revision
         that the repository does not have

Found 5 errors and 12 warnings in 5 translations of 1 article (3 infos hidden,
--verbose shows them; 2 of origin reference, 1 outdated).
"
    );
    let verbose = summed(&run, Style { verbose: true, ..PLAIN });
    assert!(verbose.contains("           infos     outdated-translation 3\n"));
    assert!(verbose.contains("Found 5 errors, 12 warnings and 3 infos in 5 translations"));
    assert!(!summary(&run, &PLAIN).contains('\u{1b}'));
    assert!(summed(&run, Style { color: true, ..PLAIN }).contains("Found \u{1b}[1;31m5 errors\u{1b}[0m"));
}

#[test]
fn many_locales_stand_in_columns() {
    let mut run = run();
    run.locales = (0..36).map(|i| (format!("l{}-XX", i * 7 % 36), i * i % 23 + 1)).collect();
    run.locales.insert(String::new(), 2);
    let out = summed(&run, PLAIN);
    assert!(widest(&out) <= 80);
    assert!(out.contains("none"));
}

#[test]
fn few_words_where_there_is_nothing() {
    let mut run = Summary { articles: 1, translations: 5, ..Summary::default() };
    assert_eq!(summed(&run, PLAIN), "No findings in 5 translations of 1 article.\n");
    run.severities.insert(Severity::Info, 1);
    run.origins.insert(Origin::Outdated, 1);
    run.rules.insert(("outdated-translation", Severity::Info), 1);
    assert_eq!(
        summed(&run, PLAIN).replace('\n', " "),
        "No errors or warnings in 5 translations of 1 article (1 info hidden, --verbose shows it; 1 of origin outdated). "
    );
    let run = Summary { articles: 3, ..Summary::default() };
    assert_eq!(summed(&run, PLAIN), "No findings in 3 articles.\n");
}

#[test]
fn notices_of_infos_are_limited() {
    let mut run = run();
    let notice = |i| Notice { level: Severity::Info, message: format!("notice {i}"), path: None };
    run.notices = (0..12).map(notice).collect();
    let out = summed(&run, PLAIN);
    assert!(out.contains("info: notice 9\n      and 2 more"));
    assert!(!out.contains("notice 10"));
    assert!(summary(&run, &Style { verbose: true, ..PLAIN }).contains("notice 11"));
}
