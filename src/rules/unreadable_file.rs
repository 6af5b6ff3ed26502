//! `unreadable-file`: a file that is no text.

use serde::Deserialize;

use crate::align::Bitext;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "unreadable-file",
    kind: Kind::Absolute(Subject::Page),
    yaml: include_str!("../../rules/unreadable-file.yaml"),
    load: load::<UnreadableFile>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnreadableFile {}

impl Check for UnreadableFile {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let source = bitext.translation.source;
        if let Some(defect) = source.defect() {
            let finding = report.at(Span::at(source.text().len()), defect.reason.as_str());
            finding.label("cannot be read from here on").help(defect.remedy);
        }
    }
}
