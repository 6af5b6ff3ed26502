use proptest::prelude::*;

use super::*;
use crate::report::text::{Style, mistakes};

fn rules(text: &str) -> Result<Vec<Arc<Rule>>, ConfigError> {
    read_text(Source::new("cognate-rules.yaml", text), Path::new("/nowhere"), &[])
}

/// A rule with these lines, two blanks before each.
fn rule_with(lines: &str) -> String {
    format!("id: no-shouting\ncheck: forbidden-text\nsummary: Nobody shouts\n{lines}")
}

#[test]
fn a_file_is_one_rule_or_several() {
    assert_eq!(rules(&rule_with("")).expect("one").len(), 1);
    let two = "rules:\n- { id: a, check: missing-link, summary: x }\n- { id: b-2, check: a-c, summary: y }\n";
    assert_eq!(rules(&two.replace("a-c", "extra-link")).expect("two").len(), 2);
    for nothing in ["", "# nothing yet\n", "rules: []"] {
        assert!(rules(nothing).is_ok_and(|rules| rules.is_empty()), "{nothing:?}");
    }
}

#[test]
fn what_a_rule_leaves_out_is_what_the_one_behind_it_says() {
    let rules = rules(&rule_with("options: { patterns: [x] }\n")).expect("sound");
    let (rule, base) = (&rules[0], catalogue::builtin().iter().find(|rule| &*rule.id == "forbidden-text"));
    let base = &base.expect("a rule").declaration;
    assert_eq!((rule.declaration.severity, &rule.declaration.help), (base.severity, &base.help));
    assert_eq!(rule.declaration.options["in"], base.options["in"]);
    assert_eq!(rule.declaration.options["patterns"][0], "x");
    assert_eq!(rule.said(&KeyPath::top("options").key("patterns")).as_deref(), Some("cognate-rules.yaml:4"));
    assert_eq!(rule.said(&KeyPath::top("options").key("in")), None);
}

#[test]
fn options_of_a_key_stand_for_all_of_it() {
    let text = "{ id: a, check: stale-host, summary: x, options: { hosts: { a.example: {} } } }";
    let rules = rules(text).expect("sound");
    assert_eq!(rules[0].declaration.options["hosts"].as_mapping().map(Mapping::len), Some(1));
}

#[test]
fn mistakes_name_their_place_and_the_nearest_right_word() {
    let with = rule_with;
    for (text, words) in [
        ("id: a\nchek: forbidden-text\nsummary: x".to_owned(), "2:1: there is no key `chek`; did you mean `check`?"),
        ("id: a\nsummary: x\n".to_owned(), "a rule file lacks `check`; write `check:` and the rule"),
        ("id: a\ncheck: forbiden-text\nsummary: x".to_owned(), "2:8: there is no check `forbiden-text`; did you mean"),
        (
            "id: No Shouting\ncheck: missing-link\nsummary: x".to_owned(),
            "1:5: `No Shouting` is no name of a rule; write",
        ),
        ("id: a--b\ncheck: missing-link\nsummary: x".to_owned(), "1:5: `a--b` is no name of a rule"),
        (
            "id: stale-host\ncheck: stale-host\nsummary: x".to_owned(),
            "1:5: `stale-host` is the name of a rule that ships with Cognate; choose another name, and write `check: st",
        ),
        (
            "rules:\n- { id: a, check: missing-link, summary: x }\n- { id: a, check: missing-link, summary: y }"
                .to_owned(),
            "3:9: the rule `a` is there twice; rename one; the other is in cognate-rules.yaml:2",
        ),
        (with("severity: fatal"), "4:11: `severity`: `fatal` is no severity"),
        (with("options: { pattern: [a] }"), "4:12: `options` has no key `pattern`; did you mean `patterns`?"),
        (with("options:\n  patterns:\n  - a\n  - '[b'"), "7:5: `options.patterns[1]`: `[b` is no regular expression"),
        (with("options: { patterns: ['a*'] }"), "4:23: `options.patterns[0]`: `a*` matches where nothing stands"),
        (with("options: { patterns: a }"), "4:22: `options.patterns` must be a list, not `a`"),
        (
            with("options: { in: [prosa] }"),
            "4:17: `options.in[0]`: `prosa` is no word known here; did you mean `prose`?",
        ),
        (with("message: 'not {fund}'"), "4:15: `message`: unknown `{fund}`; did you mean `{found}`?"),
        (with("locales: [klingon]"), "4:11: `locales[0]`: `klingon` is no known language tag"),
        (with("paths: ['[z-a]']"), "4:9: `paths`: `[z-a]` is no glob"),
        (with("examples: { bad: [{ reference: a }] }"), "4:19: `examples.bad[0]` lacks `translation`"),
        (with("examples: { bad: [{ translation: a, packs: [hugi] }] }"), "4:45: there is no pack `hugi`; did you mean"),
        (
            with("examples: { bad: [{ translation: a, options: { pattern: [a] } }] }"),
            "4:48: `examples.bad[0].options` has no key `pattern`",
        ),
        ("rules: { a: b }".to_owned(), "1:8: `rules` must be a list, not a mapping"),
        ("- a".to_owned(), "1:1: a rule file must be keys with values"),
        ("id: [".to_owned(), "cognate-rules.yaml:"),
    ] {
        let told = rules(&text).expect_err(&text).to_string();
        assert!(told.contains(words), "{text:?}: {told}");
    }
}

#[test]
fn all_mistakes_are_told_in_order() {
    let text =
        "rules:\n- { id: A, check: missing-link, summary: x }\n- { id: b, check: missing-lin, summary: y, why: 3 }\n";
    let told = rules(text).expect_err(text).to_string();
    let places: Vec<&str> = told.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["2:9", "3:19", "3:49"].map(|place| format!("cognate-rules.yaml:{place}")), "{told}");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_words(text in "[a-c{}\\[\\]:,'\"&*!|>#\\- \n\té文ע]{0,40}") {
        let texts = [
            format!("rules: {text}"),
            rule_with(&format!("options: {text}\nexamples: {text}")),
            rule_with(&format!("options: {{ patterns: [{text}] }}\nmessage: {text}")),
            text,
        ];
        for text in texts {
            if let Err(error) = rules(&text) {
                prop_assert!(!error.mistakes().is_empty());
                let style = Style { color: false, width: 80, verbose: false };
                prop_assert!(mistakes(error.source(), error.mistakes(), &style).starts_with("error: "));
            }
        }
    }
}
