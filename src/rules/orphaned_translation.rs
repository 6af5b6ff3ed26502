//! `orphaned-translation`: a translation whose reference is gone.

use serde::Deserialize;

use crate::align::Bitext;
use crate::revision::Orphaned;
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
        let Some(Orphaned { path, moved_to, was_never_there }) = &bitext.standing.orphaned else { return };
        match moved_to {
            None if *was_never_there => {
                let finding =
                    report.at(Span::default(), format!("this page has no reference: `{path}` never was there"));
                finding.help("let it be, where this language wrote a page of its own; else mend its name").minor();
            }
            None => {
                report.at(Span::default(), format!("this translation has no reference: `{path}` is not there"));
            }
            Some(there) => {
                let finding =
                    report.at(Span::default(), format!("the reference of this translation moved to `{there}`"));
                finding.help("move the translation to its counterpart, or remove it where that was translated anew");
                finding.outdated();
            }
        }
    }
}
