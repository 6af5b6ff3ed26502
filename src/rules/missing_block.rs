//! `missing-block`: paragraphs, code blocks, tables and lists that were lost.

use serde::Deserialize;

use super::structure::{Sense, Weight, tell};
use crate::align::{Bitext, Concern};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "missing-block",
    kind: Kind::Comparative(Subject::Blocks),
    yaml: include_str!("../../rules/missing-block.yaml"),
    load: load::<MissingBlock>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MissingBlock {}

impl Check for MissingBlock {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        tell(Concern::Block, Sense::Missing, &|_| Weight::Full, bitext, report);
    }
}
