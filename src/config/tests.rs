use proptest::prelude::*;

use super::*;
use crate::report::text::{Style, mistakes};

/// Reads a text as if it stood in an empty folder.
fn config(text: &str) -> Result<Config, ConfigError> {
    read::read(Source::new("cognate.yaml", text), Path::new("/nowhere"), &[])
}

/// What is told of a text, a line each.
fn told(text: &str) -> String {
    config(text).expect_err(text).to_string()
}

#[test]
fn a_rule_is_a_severity_off_or_a_mapping() {
    let config =
        config("rules: { stale-host: error, extra-link: off, drifted-url: { severity: info } }").expect("sound");
    assert_eq!(config.rules["stale-host"].severity, Some(Some(Severity::Error)));
    assert_eq!(config.rules["extra-link"].severity, Some(None));
    assert_eq!(config.rules["drifted-url"].severity, Some(Some(Severity::Info)));
}

#[test]
fn mistakes_name_their_place_and_the_nearest_right_word() {
    for (text, words) in [
        ("rules:\n  stale-hosts: error\n", "2:3: there is no rule `stale-hosts`; did you mean `stale-host`?"),
        ("rules: { stale-host: fatal }", "1:22: `rules.stale-host`: `fatal` is no severity; known are error,"),
        (
            "rules: { stale-host: { severity: warn } }",
            "1:34: `rules.stale-host.severity`: `warn` is no severity; known",
        ),
        ("rules: { stale-host: [] }", "1:22: `rules.stale-host` must be a severity"),
        (
            "rules: { stale-host: { option: {} } }",
            "1:24: `rules.stale-host` has no key `option`; did you mean `options`?",
        ),
        ("extends: [microsoft-lern]", "1:11: there is no pack `microsoft-lern`; did you mean `microsoft-learn`?"),
        ("extends: microsoft-learn", "1:10: `extends` must be a list, not `microsoft-learn`; write `[one"),
        ("layouts: {}", "1:1: there is no key `layouts`; did you mean `layout`?"),
        ("layout: { reference: x }", "1:9: `layout` lacks `translation`; write `translation:"),
        ("layout:\n  - { translation: a }\n  - { reference: b }", "3:5: `layout[1]` lacks `translation`"),
        ("origins: { outdatet: info }", "1:12: `origins.outdatet`: `outdatet` is no origin; did you mean `outdated`?"),
        ("origins: { outdated: inf }", "1:22: `origins.outdated`: `inf` is no severity; did you mean `info`?"),
        ("reference-locale: klingon", "1:19: `reference-locale`: `klingon` is no known language tag"),
        ("reference-locale: 3", "1:19: `reference-locale` must be a text, not `3`; put it in quotes"),
        ("ignore: { a: b }", "1:9: `ignore` must be a list, not a mapping; write `[one, another]`"),
        ("layout: { translation: }", "1:11: `layout.translation` must be a text, not nothing"),
        ("layout: { translation: '' }", "1:24: `layout.translation` is empty"),
        ("ignore: []\n---\nroots: {}\n", "2:1: a second YAML document starts here"),
        ("1: a", "1:1: there is no key `1`; known are extends"),
        ("rules: { 1: off, true: off }", "1:18: there is no rule `true`"),
        ("- a", "1:1: a configuration"),
    ] {
        assert!(told(text).contains(words), "{text:?}: {}", told(text));
    }
}

#[test]
fn patterns_are_told_by_the_part_that_is_wrong() {
    for (pattern, words) in [
        ("a/{local}/{path}", "18: `layout.translation`: unknown `{local}`; did you mean `{locale}`?"),
        ("a/{path", "18: `layout.translation`: a `{` is never closed"),
        ("{path}/{path}", "23: `layout.translation`: `{path}` stands there twice"),
        ("src:{path}", "16: `layout.translation`: no root `src` is declared; write `roots: { src: ../folder }`"),
    ] {
        let text = format!("layout:\n translation: '{pattern}'");
        assert!(told(&text).contains(words), "{text:?}: {}", told(&text));
    }
}

#[test]
fn options_are_those_of_their_rule() {
    let text = "rules:\n  stale-host:\n    options:\n      host: {}\n      hosts: { a.b: { bye: c } }\n";
    let told = told(text);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 2, "{told}");
    assert!(lines[0].contains("4:7: `rules.stale-host.options` has no key `host`; did you mean `hosts`?"), "{told}");
    assert!(lines[1].contains("5:23: `rules.stale-host.options.hosts.a.b` has no key `bye`"), "{told}");
}

#[test]
fn all_mistakes_are_told_in_order() {
    let text =
        "rules: { a: off, b: off, stale-host: 3 }\nextends: [c]\nlayout: { translation: 3 }\nignore: [\"[z-a]\"]\n";
    let told = told(text);
    let places: Vec<&str> = told.lines().filter_map(|line| line.split(": ").next()).collect();
    let expected = ["1:10", "1:18", "1:38", "2:11", "3:24", "4:10"].map(|place| format!("cognate.yaml:{place}"));
    assert_eq!(places, expected, "{told}");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_words(text in "[a-c{}\\[\\]:,'\"&*!|>#\\- \n\té文ע]{0,40}") {
        for text in [format!("layout: {text}"), format!("rules:\n  stale-host: {text}\nignore: [{text}]"), text] {
            if let Err(error) = config(&text) {
                prop_assert!(!error.mistakes().is_empty());
                let style = Style { color: false, width: 80, verbose: false };
                prop_assert!(mistakes(error.source(), error.mistakes(), &style).starts_with("error: "));
            }
        }
    }
}

#[test]
fn nothing_written_is_a_configuration() {
    for text in ["", "\n# nothing yet\n", "{}", "---\n"] {
        assert!(config(text).is_ok_and(|config| config.layout.is_empty()), "{text:?}");
    }
}

#[test]
fn values_know_their_line() {
    let config = config("ignore: [a]\nlayout:\n  - translation: '{path}'\n").expect("sound");
    assert_eq!(config.provenance.of(&KeyPath::top("ignore")), "cognate.yaml:1");
    assert_eq!(config.provenance.of(&config.layout_path(0).key("translation")), "cognate.yaml:3");
    assert_eq!(config.provenance.of(&KeyPath::top("rules")), "built in");
    let recognised = Provenance::recognised("recognised from the tree");
    assert_eq!(recognised.of(&KeyPath::top("layout")), "recognised from the tree");
}
