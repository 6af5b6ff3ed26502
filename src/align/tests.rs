//! Alignment of small documents, told as pairs of first words.

use super::{Bitext, Comparison, Pair};
use crate::diagnostic::Basis;
use crate::document::{Dialect, Document, markdown};
use crate::source::Source;
use crate::target::{Facts, Relation, Resolver};

fn compare<T>(reference: &str, translation: &str, look: impl Fn(&Comparison<'_>, &Document<'_>) -> T) -> T {
    let facts = Facts::default();
    let (reference, translation) = (Source::new("en.md", reference), Source::new("it.md", translation));
    let (reference, translation) =
        (markdown::parse(&reference, &Dialect::default()), markdown::parse(&translation, &Dialect::default()));
    let resolver = Resolver::new(&facts, &["it", "en"], "");
    let bitext = Bitext::new(&reference, Basis::Given, &translation, resolver);
    look(bitext.comparison.as_ref().expect("a comparison"), &translation)
}

/// `a=b` for a pair, `a-` for what is missing, `+b` for what is extra.
fn pairs(reference: &str, translation: &str) -> String {
    compare(reference, translation, |comparison, document| {
        let word = |document: &Document<'_>, block: usize| {
            let text = document.source.slice(document.blocks[block].span);
            text.trim_start_matches(['#', '-', ' ']).split(' ').next().unwrap_or_default().to_owned()
        };
        let r = |unit: usize| word(comparison.reference, comparison.reference_units[unit].block);
        let t = |unit: usize| word(document, comparison.translation_units[unit].block);
        let shown = comparison.pairs.iter().map(|pair| match *pair {
            Pair::Matched { reference, translation } => format!("{}={}", r(reference), t(translation)),
            Pair::Missing { reference } => format!("{}-", r(reference)),
            Pair::Extra { translation } => format!("+{}", t(translation)),
        });
        shown.collect::<Vec<_>>().join(" ")
    })
}

#[test]
fn a_lost_block_shifts_nothing_after_it() {
    let reference = "a [x](/1)\n\nb [x](/2)\n\nc [x](/3)\n\nd [x](/4)\n";
    assert_eq!(pairs(reference, "A [x](/1)\n\nC [x](/3)\n\nD [x](/4)\n"), "a=A b- c=C d=D");
    assert_eq!(pairs("a [x](/1)\n\nb [x](/2)\n", "A [x](/1)\n\nN new here\n\nB [x](/2)\n"), "a=A +N b=B");
}

#[test]
fn sections_keep_to_themselves() {
    let reference = "# t\n\n## one\n\nfirst `a`\n\n## two\n\nsecond `b`\n";
    assert_eq!(pairs(reference, "# T\n\n## Due\n\nSecondo `b`\n"), "t=T one- first- two=Due second=Secondo");
}

#[test]
fn blocks_that_changed_places_are_pairs() {
    let reference = "- one [a](/a)\n- two [b](/b)\n- three [c](/c)\n";
    assert_eq!(pairs(reference, "- Due [b](/b)\n- Tre [c](/c)\n- Uno [a](/a)\n"), "two=Due three=Tre one=Uno");
}

#[test]
fn a_paragraph_that_was_split_is_not_extra() {
    let long = "word ".repeat(40);
    let half = "parola ".repeat(14);
    assert_eq!(
        pairs(&format!("a {long}\n\nb {long}\n"), &format!("A {half}{half}\n\nB {half}\n\nC {half}\n")),
        "a=A b=B"
    );
}

#[test]
fn links_are_paired_by_where_they_lead() {
    let relations = |reference: &str, translation: &str| {
        compare(reference, translation, |comparison, _| {
            let shown = comparison.links.iter().map(|pair| (pair.both().is_some(), pair.relation));
            shown.collect::<Vec<_>>()
        })
    };
    let same = (true, Relation::Equivalent);
    assert_eq!(relations("[a](/a) and [b](/b)", "[b](/b) e [a](/it/a)"), [same, same]);
    assert_eq!(relations("[a](/a) and [b](/b)", "[b](/b) e [a](/c)"), [same, (true, Relation::Different)]);
    assert_eq!(relations("[a](/a) and [b](/b)", "[b](/b) e a"), [same, (false, Relation::Different)]);
    assert_eq!(relations("[a](/a?x=1)", "[a](/a?x=2)"), [(true, Relation::SamePage)]);
}

#[test]
fn too_little_in_common_is_not_compared() {
    let reference = "# a\n\n".to_owned() + &"`x` [a](/a)\n\n| a |\n|---|\n| b |\n\n```sh\nls\n```\n\n".repeat(4);
    assert!(!compare(&reference, "Solo parole.\n", |comparison, _| comparison.is_comparable()));
    assert!(compare(&reference, &reference, |comparison, _| comparison.is_comparable()));
}
