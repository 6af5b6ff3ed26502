//! `list-mismatch`: lists whose marks, items or nesting changed.

use serde::Deserialize;

use super::structure::{Sense, Weight, tell};
use crate::align::{Bitext, Comparison, Concern, Difference};
use crate::document::{BlockId, BlockKind, Document};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "list-mismatch",
    kind: Kind::Comparative(Subject::Lists),
    yaml: include_str!("../../rules/list-mismatch.yaml"),
    load: load::<ListMismatch>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListMismatch {}

impl Check for ListMismatch {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable() else { return };
        let weigh = |difference: &Difference| {
            if has_other_marks(difference, comparison, bitext.translation) { Weight::Minor } else { Weight::Full }
        };
        tell(Concern::List, Sense::Either, &weigh, bitext, report);
    }
}

/// The same list with other marks throughout: bullets for steps, or numbers for an order.
fn has_other_marks(difference: &Difference, comparison: &Comparison<'_>, translation: &Document<'_>) -> bool {
    let Difference::Changed { reference: r, translation: t } = difference else { return false };
    let list = |document: &Document<'_>, item: BlockId| match document.blocks[item].kind {
        BlockKind::Item { ordered, depth } => {
            let list = document.blocks[item].parent?;
            Some((ordered, depth, document.children(list).count()))
        }
        _ => None,
    };
    match (list(comparison.reference, *r), list(translation, *t)) {
        (Some((theirs, depth, items)), Some((ours, own_depth, own_items))) => {
            theirs != ours && depth == own_depth && items == own_items && items > 1
        }
        _ => false,
    }
}
