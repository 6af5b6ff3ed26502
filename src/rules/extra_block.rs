//! `extra-block`: blocks that the reference does not have, or that became something else.

use serde::Deserialize;

use super::structure::{Sense, tell};
use crate::align::{Bitext, Concern};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "extra-block",
    kind: Kind::Comparative(Subject::Blocks),
    yaml: include_str!("../../rules/extra-block.yaml"),
    load: load::<ExtraBlock>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtraBlock {}

impl Check for ExtraBlock {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        tell(Concern::Block, Sense::Extra, bitext, report);
    }
}
