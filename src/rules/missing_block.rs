//! `missing-block`: paragraphs, code blocks, tables and lists that were lost.

use serde::Deserialize;

use super::structure::{Sense, Weight, is_table_in_html, tell};
use crate::align::{Bitext, Concern, Difference};
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
        let Some(comparison) = bitext.comparable() else { return };
        let weigh = |difference: &Difference| match difference {
            Difference::Missing { blocks, .. }
                if is_table_in_html(comparison.reference, blocks, bitext.translation) =>
            {
                Weight::None
            }
            _ => Weight::Full,
        };
        tell(Concern::Block, Sense::Missing, &weigh, bitext, report);
    }
}
