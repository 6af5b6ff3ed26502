//! `list-mismatch`: lists whose marks, items or nesting changed.

use serde::Deserialize;

use super::structure::{Sense, Weight, tell};
use crate::align::{Bitext, Concern};
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
        tell(Concern::List, Sense::Either, &|_| Weight::Full, bitext, report);
    }
}
