//! `forbidden-text`: a text that must not stand here.

use serde::Deserialize;

use super::patterns::{Beside, Demand, Found, Side, start};
use super::readings::{Reading, readings};
use super::words::quoted;
use crate::align::Bitext;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "forbidden-text",
    kind: Kind::Absolute(Subject::Words),
    yaml: include_str!("../../rules/forbidden-text.yaml"),
    load: load::<ForbiddenText>,
};

#[derive(Deserialize)]
struct ForbiddenText(Demand);

impl Check for ForbiddenText {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        if self.0.patterns.is_empty() {
            return;
        }
        let beside = Beside::new(bitext, &self.0.r#in);
        match self.0.side {
            Side::Translation => self.in_translation(bitext, beside.as_ref(), report),
            Side::Reference => self.in_reference(bitext, beside.as_ref(), report),
        }
    }

    fn is_excused_by_others(&self) -> bool {
        true
    }
}

impl ForbiddenText {
    fn in_translation(&self, bitext: &Bitext<'_>, beside: Option<&Beside<'_>>, report: &mut Report) {
        for reading in readings(bitext.translation, &self.0.r#in) {
            let theirs = || beside.into_iter().flat_map(|beside| beside.of_reference(&reading));
            let condition = self.0.where_reference.as_ref().map(|pattern| theirs().find_map(|one| pattern.first(one)));
            if condition.is_some_and(|condition| condition.is_none()) {
                continue;
            }
            for found in self.0.patterns.iter().flat_map(|pattern| pattern.all(&reading)) {
                let condition = condition.flatten();
                let finding = report.at(found.span, message(found, condition));
                finding.label("must not stand here");
                match (condition, theirs().next()) {
                    (Some(condition), _) => drop(finding.reference(condition.span, "the reference has this")),
                    (None, Some(theirs)) => drop(finding.reference(theirs.place(), "made from this")),
                    (None, None) => {}
                }
            }
        }
    }

    fn in_reference(&self, bitext: &Bitext<'_>, beside: Option<&Beside<'_>>, report: &mut Report) {
        let Some(beside) = beside else { return };
        for reading in &beside.reference {
            if self.0.where_reference.as_ref().is_some_and(|pattern| pattern.first(reading).is_none()) {
                continue;
            }
            for found in self.0.patterns.iter().flat_map(|pattern| pattern.all(reading)) {
                let place = beside.of_translation(reading).next().map(Reading::place);
                let message = format!("{} must not stand in a reference", quoted(found.text));
                let finding = report.at(place.unwrap_or_else(|| start(bitext.translation)), message);
                finding.label("must not stand here").in_reference_too(true);
                finding.reference(found.span, "must not stand here");
            }
        }
    }
}

fn message(found: Found<'_>, condition: Option<Found<'_>>) -> String {
    let text = quoted(found.text);
    match condition {
        Some(condition) => format!("{text} must not stand where the reference has {}", quoted(condition.text)),
        None => format!("{text} must not stand in a translation"),
    }
}
