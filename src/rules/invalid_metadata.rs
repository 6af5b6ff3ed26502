//! `invalid-metadata`: front matter that cannot be read.

use serde::Deserialize;

use crate::align::Bitext;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "invalid-metadata",
    kind: Kind::Absolute(Subject::Metadata),
    yaml: include_str!("../../rules/invalid-metadata.yaml"),
    load: load::<InvalidMetadata>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InvalidMetadata {}

impl Check for InvalidMetadata {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let error = bitext.translation.metadata.as_ref().and_then(|metadata| metadata.error.as_ref());
        let Some(error) = error else { return };
        let theirs = bitext.source_document().and_then(|reference| reference.metadata.as_ref()?.error.as_ref());
        let finding = report.at(error.span, format!("the front matter cannot be read: {}", error.message));
        if let Some(theirs) = theirs.filter(|theirs| theirs.message == error.message) {
            finding.reference(theirs.span, "the reference's").in_reference_too(true);
        }
    }
}
