//! `incomparable-structure`: a translation that has too little in common with its reference.

use serde::Deserialize;

use crate::align::Bitext;
use crate::rule::{Builtin, Check, Report, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "incomparable-structure",
    yaml: include_str!("../../rules/incomparable-structure.yaml"),
    load: load::<IncomparableStructure>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IncomparableStructure {}

impl Check for IncomparableStructure {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparison.as_ref().filter(|comparison| !comparison.is_comparable()) else {
            return;
        };
        let message = "this document has too little in common with its reference to be compared";
        let finding = report.at(Span::default(), message);
        finding.reference(Span::default(), "the reference");
    }
}
