//! `incomparable-structure`: a translation that has too little in common with its reference.

use serde::Deserialize;

use crate::align::Bitext;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "incomparable-structure",
    kind: Kind::Comparative(Subject::Page),
    yaml: include_str!("../../rules/incomparable-structure.yaml"),
    load: load::<IncomparableStructure>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IncomparableStructure {}

impl Check for IncomparableStructure {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        if bitext.comparison.is_none() || bitext.comparable().is_some() {
            return;
        }
        let is_empty = bitext.translation.blocks.is_empty();
        let message = if is_empty {
            "this document has no body; its reference has one"
        } else {
            "this document has too little in common with its reference to be compared"
        };
        let finding = report.at(Span::default(), message);
        finding.reference(Span::default(), "the reference");
        // Beside a stub, or as one, it waits for whoever writes the other.
        let blocks = bitext.comparison.as_ref().map_or(0, |comparison| comparison.reference.blocks.len());
        if !is_empty && blocks * 5 <= bitext.translation.blocks.len() {
            finding.minor();
        }
    }
}
