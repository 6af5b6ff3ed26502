//! `list-mismatch`: lists whose marks, items or nesting changed.

use serde::Deserialize;

use super::structure::{Sense, Weight, tell};
use crate::align::{Bitext, Comparison, Concern, Count, Difference, other_marks};
use crate::document::Document;
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

/// The same list with other marks throughout.
fn has_other_marks(difference: &Difference, comparison: &Comparison<'_>, translation: &Document<'_>) -> bool {
    let Difference::Changed { reference, translation: own } = difference else { return false };
    other_marks(comparison.reference, *reference, translation, *own) == Some(Count::Same)
}
