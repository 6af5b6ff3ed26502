//! `missing-text`: a text that has to stand here and does not.

use serde::Deserialize;

use super::patterns::{Beside, Demand, Pattern, Side, start};
use super::readings::{Reading, readings};
use super::words::quoted;
use crate::align::Bitext;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "missing-text",
    kind: Kind::Absolute(Subject::Words),
    yaml: include_str!("../../rules/missing-text.yaml"),
    load: load::<MissingText>,
};

#[derive(Deserialize)]
struct MissingText(Demand);

impl Check for MissingText {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        for pattern in &self.0.patterns {
            match (&self.0.where_reference, self.0.side) {
                (Some(condition), side) => self.in_passages(pattern, condition, side, bitext, report),
                (None, Side::Translation) => self.in_translation(pattern, bitext, report),
                (None, Side::Reference) => self.in_reference(pattern, bitext, report),
            }
        }
    }

    fn is_excused_by_others(&self) -> bool {
        true
    }
}

impl MissingText {
    fn in_translation(&self, pattern: &Pattern, bitext: &Bitext<'_>, report: &mut Report) {
        if readings(bitext.translation, &self.0.r#in).iter().any(|reading| pattern.first(reading).is_some()) {
            return;
        }
        let message = format!("nothing in this translation matches `{}`", pattern.written());
        let beside = Beside::new(bitext, &self.0.r#in);
        let mut theirs = beside.iter().flat_map(|beside| &beside.reference);
        let Some((reading, found)) = theirs.find_map(|reading| Some((reading, pattern.first(reading)?))) else {
            report.at(start(bitext.translation), message).label("should stand in this document");
            return;
        };
        let home = beside.iter().flat_map(|beside| beside.of_translation(reading)).last();
        let place = home.map_or_else(|| start(bitext.translation), |home| home.place().after());
        report.at(place, message).label("should stand here").reference(found.span, "the reference has it");
    }

    fn in_reference(&self, pattern: &Pattern, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(reference) = bitext.source_document().filter(|reference| reference.has_prose) else { return };
        if readings(reference, &self.0.r#in).iter().any(|reading| pattern.first(reading).is_some()) {
            return;
        }
        let message = format!("nothing in the reference matches `{}`", pattern.written());
        let finding = report.at(start(bitext.translation), message);
        finding.reference(start(reference), "should stand in this document").in_reference_too(true);
    }

    /// Each reading of the reference that meets the condition, or what was made from it, has to have the text.
    fn in_passages(
        &self,
        pattern: &Pattern,
        condition: &Pattern,
        side: Side,
        bitext: &Bitext<'_>,
        report: &mut Report,
    ) {
        let Some(beside) = Beside::new(bitext, &self.0.r#in) else { return };
        for theirs in &beside.reference {
            let Some(found) = condition.first(theirs) else { continue };
            // What has no counterpart is missing altogether.
            let Some(last) = beside.of_translation(theirs).last() else { continue };
            let is_in_reference = side == Side::Reference;
            let has_it = match side {
                Side::Reference => pattern.first(theirs).is_some(),
                Side::Translation => {
                    let has_it = |ours: &Reading| pattern.first(ours).is_some();
                    beside.of_translation(theirs).any(has_it) || beside.is_code_in_translation(theirs, has_it)
                }
            };
            if has_it {
                continue;
            }
            let (written, text) = (pattern.written(), quoted(found.text));
            let message = if is_in_reference {
                format!("the reference has {text} and nothing beside it that matches `{written}`")
            } else {
                format!("the reference has {text}, and nothing in this passage matches `{written}`")
            };
            let finding = report.at(last.place().after(), message);
            finding.label("should stand in this passage").in_reference_too(is_in_reference);
            finding.reference(found.span, "the reference has this");
        }
    }
}
