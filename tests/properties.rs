//! What must always hold.

use std::sync::LazyLock;

use cognate::align::Bitext;
use cognate::diagnostic::{Basis, Origin};
use cognate::document::{Dialect, bilingual, markdown, outline};
use cognate::revision::{Profile, best, is_misfit};
use cognate::rule::{Builtin, Check, Report};
use cognate::rules::BUILTINS;
use cognate::source::Source;
use cognate::target::{Facts, Resolver};
use proptest::prelude::*;

/// Every rule.
static CHECKS: LazyLock<Vec<(&str, Box<dyn Check>)>> = LazyLock::new(|| {
    let check = |builtin: &Builtin| {
        let mut options = builtin.declaration().expect("a declaration").options;
        // It looks for nothing until somebody says for what.
        if builtin.id == "text-mismatch" {
            options = serde_yaml::from_str(r"{ patterns: ['\w+', '\S', '.'], in: [prose, code, metadata, source] }")
                .expect("YAML");
        }
        (builtin.id, (builtin.load)(options).map_err(|error| error.to_string()).expect("sound options"))
    };
    BUILTINS.iter().map(check).collect()
});

/// Every rule over a translation; what is told that is not the reference's own.
fn told(reference: &Source, translation: &Source) -> Vec<String> {
    let facts = Facts::default();
    let resolver = Resolver::new(&facts, &[], "");
    let (reference, translation) =
        (markdown::parse(reference, &Dialect::default()), markdown::parse(translation, &Dialect::default()));
    let bitext = Bitext::new(&reference, Basis::Given, &translation, resolver);
    let mut told = Vec::new();
    for (id, check) in &*CHECKS {
        let mut report = Report::default();
        check.check(&bitext, &mut report);
        let own = report.findings().iter().filter(|finding| finding.origin() == Origin::Translation);
        told.extend(own.map(|finding| format!("{id}: {}", finding.message())));
    }
    told
}

/// Lines as they stand in documents, sound and broken.
fn line() -> impl Strategy<Value = String> {
    let words = "[a-zA-Z0-9 é日本語عربי]{0,24}";
    prop_oneof![
        words.prop_map(|text| text),
        words.prop_map(|text| format!("# {text}")),
        words.prop_map(|text| format!("- {text}")),
        words.prop_map(|text| format!("    - [{text}](/a/{text})")),
        words.prop_map(|text| format!("1. {text} [x] (https://a.b/{text})")),
        words.prop_map(|text| format!("> {text} `{text}` **{text}")),
        words.prop_map(|text| format!("| {text} | [](/{text}) |\n|---|---|\n| a | b |")),
        words.prop_map(|text| format!("{text} https://docs.microsoft.com/{text} <a name=\"{text}\"></a>")),
        Just("```sh".to_owned()),
        Just("---".to_owned()),
        Just(String::new()),
        Just("<Tab>".to_owned()),
    ]
}

fn document() -> impl Strategy<Value = String> {
    proptest::collection::vec(line(), 0..40).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_document_aligned_with_itself_is_silent(text in document()) {
        let source = Source::new("a.md", &text);
        let copy = Source::new("b.md", &text);
        // A translation has its absolute faults however its reference looks, but here the reference has them too.
        let told: Vec<String> =
            told(&source, &copy).into_iter().filter(|finding| !finding.starts_with("invalid-metadata")).collect();
        prop_assert!(told.is_empty(), "{told:?}");
    }

    #[test]
    fn a_version_fits_itself_best(texts in proptest::collection::vec(document(), 1..6), at in 0_usize..6) {
        let facts = Facts::default();
        let resolver = Resolver::new(&facts, &[], "");
        let profile = |text: &String| {
            let source = Source::new("a.md", text);
            Profile::of(&markdown::parse(&source, &Dialect::default()), resolver)
        };
        let versions: Vec<Profile> = texts.iter().map(profile).collect();
        let own = &versions[at % versions.len()];
        let fit = best(own, versions.iter().map(Some)).expect("a version");
        prop_assert_eq!(fit.distance, 0);
        prop_assert!(!is_misfit(own, &versions[0], own));
    }

    #[test]
    fn any_two_documents_can_be_compared_and_the_same_is_told_each_time(a in document(), b in document()) {
        let (a, b) = (Source::new("a.md", a), Source::new("b.md", b));
        let first = told(&a, &b);
        for _ in 0..3 {
            prop_assert_eq!(&first, &told(&a, &b));
        }
    }

    #[test]
    fn any_text_is_a_document(text in any::<String>()) {
        let source = Source::new("a.mdx", &text);
        let hidden = markdown::hide(&source, &Dialect::default());
        let document = markdown::parse(hidden.as_ref().unwrap_or(&source), &Dialect::default());
        for block in &document.blocks {
            source.locate(block.span);
            prop_assert!(block.parent.is_none_or(|parent| parent < document.blocks.len()));
        }
        for inline in &document.inlines {
            source.locate(inline.span);
        }
        let _ = bilingual::split(&source, 0);
        let _ = outline::parse(&source);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let source = Source::from_bytes("a.md", bytes);
        markdown::parse(&source, &Dialect::default());
    }

    #[test]
    fn what_an_outline_says_a_document_keeps(text in document()) {
        let source = Source::new("a.md", &text);
        let document = markdown::parse(&source, &Dialect::default());
        let written = Source::new("a.yaml", outline::write(&document));
        prop_assert!(outline::parse(&written).is_ok(), "{}", written.text());
    }
}
