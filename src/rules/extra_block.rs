//! `extra-block`: blocks that the reference does not have, or that became something else.

use serde::Deserialize;

use super::structure::{Sense, Weight, is_of_passages, is_table_in_html, tell};
use crate::align::{Bitext, Concern, Difference};
use crate::document::BlockId;
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
    /// Do added paragraphs, lists and quotes weigh as much as what became something else? They are `info` otherwise.
    passages: bool,
}

impl Check for ExtraBlock {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable() else { return };
        let document = bitext.translation;
        let is_note = |block: &BlockId| {
            let text = document.source.slice(document.blocks[*block].span);
            self.notes.iter().any(|note| text.contains(note.as_str()))
        };
        let weigh = |difference: &Difference| match difference {
            Difference::Extra { blocks, .. }
                if blocks.iter().all(is_note) || is_table_in_html(document, blocks, comparison.reference) =>
            {
                Weight::None
            }
            Difference::Extra { blocks, .. } if !self.passages && is_of_passages(document, blocks) => Weight::Minor,
            _ => Weight::Full,
        };
        tell(Concern::Block, Sense::Extra, &weigh, bitext, report);
    }
}
