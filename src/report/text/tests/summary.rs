//! The end of a run.

use super::super::summary;
use super::{PLAIN, widest};
use crate::diagnostic::{Notice, Origin, Severity};
use crate::report::{Summary, text::Style};

fn run() -> Summary {
    let mut run = Summary { articles: 1, translations: 5, ..Summary::default() };
    for (rule, severity, n) in [
        ("drifted-url", Severity::Warning, 7),
        ("missing-link-text", Severity::Error, 5),
        ("stale-host", Severity::Warning, 4),
        ("heading-mismatch", Severity::Warning, 1),
        ("outdated-translation", Severity::Info, 3),
    ] {
        run.rules.insert((rule.into(), severity), n);
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
    run.rules.insert(("outdated-translation".into(), Severity::Info), 1);
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
