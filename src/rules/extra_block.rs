//! `extra-block`: blocks that the reference does not have, or that became something else.

use serde::Deserialize;

use super::structure::{Sense, tell};
use crate::align::{Bitext, Concern, Difference};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "extra-block",
    kind: Kind::Comparative(Subject::Blocks),
    yaml: include_str!("../../rules/extra-block.yaml"),
    load: load::<ExtraBlock>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtraBlock {
    /// What translators mark notes of their own with.
    notes: Vec<String>,
}

impl Check for ExtraBlock {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let is_note = |difference: &Difference| match difference {
            Difference::Extra { blocks, .. } => blocks.iter().all(|block| {
                let text = bitext.translation.source.slice(bitext.translation.blocks[*block].span);
                self.notes.iter().any(|note| text.contains(note.as_str()))
            }),
            _ => false,
        };
        tell(Concern::Block, Sense::Extra, &is_note, bitext, report);
    }
}
