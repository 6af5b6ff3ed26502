//! `orphaned-translation`: a translation whose reference is gone.

use serde::Deserialize;

use crate::align::Bitext;
use crate::rule::{Builtin, Check, Kind, Report, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "orphaned-translation",
    kind: Kind::Standing,
    yaml: include_str!("../../rules/orphaned-translation.yaml"),
    load: load::<OrphanedTranslation>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrphanedTranslation {}

impl Check for OrphanedTranslation {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(path) = &bitext.standing.orphaned else { return };
        report.at(Span::default(), format!("this translation has no reference: `{path}` is not there"));
    }
}
