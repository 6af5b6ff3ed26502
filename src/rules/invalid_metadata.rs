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
struct InvalidMetadata {
    /// Keys whose value is a date.
    dates: Vec<String>,
}

impl InvalidMetadata {
    /// Values that are no date, where the reference has one.
    fn dates(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let reference = bitext.comparison.as_ref().and_then(|comparison| comparison.reference.metadata.as_ref());
        let (Some(theirs), Some(ours)) = (reference, &bitext.translation.metadata) else { return };
        for key in &self.dates {
            let (Some(there), Some(here)) = (theirs.scalar(key), ours.scalar(key)) else { continue };
            let (Some(place), Some(other)) = (ours.value(key), theirs.value(key)) else { continue };
            if is_date(there) && !here.trim().is_empty() && !is_date(here) {
                let finding = report.at(place.span, format!("`{key}` is `{}`, which is no date", here.trim()));
                finding.label("no date").reference(other.span, "the reference's date");
                finding.help(format!("write `{}`", there.trim()));
            }
        }
    }
}

/// `2024-05-31`, with or without a time behind it, or `05/31/2024` in either order.
fn is_date(text: &str) -> bool {
    let day = text.trim().split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<Option<u32>> = day.split(['-', '/']).map(|part| part.parse().ok()).collect();
    match parts[..] {
        [Some(1000..=9999), Some(1..=12), Some(1..=31)] => true,
        [Some(a @ 1..=31), Some(b @ 1..=31), Some(1000..=9999)] => a <= 12 || b <= 12,
        _ => false,
    }
}

impl Check for InvalidMetadata {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        self.dates(bitext, report);
        let error = bitext.translation.metadata.as_ref().and_then(|metadata| metadata.error.as_ref());
        let Some(error) = error else { return };
        let theirs = bitext.source_document().and_then(|reference| reference.metadata.as_ref()?.error.as_ref());
        let finding = report.at(error.span, format!("the front matter cannot be read: {}", error.message));
        if let Some(theirs) = theirs.filter(|theirs| theirs.message == error.message) {
            finding.reference(theirs.span, "the reference's").in_reference_too(true);
        }
    }

    fn is_excused_by_others(&self) -> bool {
        // It asks the reference itself.
        false
    }
}
