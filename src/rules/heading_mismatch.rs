//! `heading-mismatch`: headings that were lost, added, or changed their level.

use serde::Deserialize;

use super::structure::{Sense, Weight, tell};
use crate::align::{Bitext, Concern};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "heading-mismatch",
    kind: Kind::Comparative(Subject::Headings),
    yaml: include_str!("../../rules/heading-mismatch.yaml"),
    load: load::<HeadingMismatch>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingMismatch {}

impl Check for HeadingMismatch {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        tell(Concern::Heading, Sense::Either, &|_| Weight::Full, bitext, report);
    }
}
