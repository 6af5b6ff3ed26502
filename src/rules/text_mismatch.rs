//! `text-mismatch`: a text that both sides have to have alike, and one has more often, less often or otherwise.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::patterns::{Beside, Found, Part, Pattern};
use super::readings::Reading;
use super::words::quoted;
use crate::align::Bitext;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "text-mismatch",
    kind: Kind::Comparative(Subject::Words),
    yaml: include_str!("../../rules/text-mismatch.yaml"),
    load: load::<TextMismatch>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TextMismatch {
    /// What has to be the same, as often, on both sides.
    patterns: Vec<Pattern>,
    /// The parts that it is looked for in.
    r#in: Vec<Part>,
}

/// A text that was found, and the reading that it is in.
type Occurrence<'p> = (Found<'p>, &'p Reading);

impl Check for TextMismatch {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        if self.patterns.is_empty() {
            return;
        }
        let Some(beside) = Beside::new(bitext, &self.r#in) else { return };
        for pattern in &self.patterns {
            let (lost, mut added) = differences(pattern, &beside);
            for one in lost {
                tell_lost(one, &mut added, &beside, report);
            }
            for one in added {
                tell_added(one, &beside, report);
            }
        }
    }
}

/// Tells what the reference alone has, with what stands in its place, which is then told.
fn tell_lost(
    (theirs, reading): Occurrence<'_>,
    added: &mut Vec<Occurrence<'_>>,
    beside: &Beside<'_>,
    report: &mut Report,
) {
    // What has no counterpart is missing altogether.
    let Some(counterpart) = beside.of_translation(reading).last() else { return };
    if beside.is_code_in_translation(reading, |code| code.text.contains(theirs.text)) {
        return;
    }
    let home = beside.home(reading);
    let instead = added.iter().position(|(_, ours)| beside.home_of(ours).as_ref() == Some(&home));
    let text = quoted(theirs.text);
    let finding = if let Some((ours, _)) = instead.map(|at| added.remove(at)) {
        let message = format!("{} stands where the reference has {text}", quoted(ours.text));
        report.at(ours.span, message).label("differs").value(ours.text)
    } else {
        let message = format!("{text} of the reference is missing");
        report.at(counterpart.place().after(), message).label("should stand in this passage")
    };
    finding.help(format!("write {text}, as the reference does"));
    finding.reference(theirs.span, "the reference has this");
}

/// Tells what the translation alone has; what has no counterpart is added altogether.
fn tell_added((ours, reading): Occurrence<'_>, beside: &Beside<'_>, report: &mut Report) {
    if beside.home_of(reading).is_none() || beside.is_code_in_reference(reading, |code| code.text.contains(ours.text)) {
        return;
    }
    let theirs = beside.of_reference(reading).last();
    let place = theirs.map_or_else(|| beside.start_of_counterpart(reading), |theirs| theirs.place().after());
    let finding = report.at(ours.span, format!("{} is not in the reference", quoted(ours.text)));
    finding.label("only here").reference(place, "not here");
}

/// What only the reference has, and what only the translation has, each in its order.
fn differences<'p>(pattern: &Pattern, beside: &'p Beside<'_>) -> (Vec<Occurrence<'p>>, Vec<Occurrence<'p>>) {
    let mut texts: BTreeMap<&str, [Vec<Occurrence<'p>>; 2]> = BTreeMap::new();
    for (side, readings) in [&beside.reference, &beside.translation].into_iter().enumerate() {
        for reading in readings {
            for found in pattern.all(reading) {
                texts.entry(found.text).or_default()[side].push((found, reading));
            }
        }
    }
    let (mut lost, mut added) = (Vec::new(), Vec::new());
    for [theirs, ours] in texts.into_values() {
        let homes = |ours: &[Occurrence<'_>]| ours.iter().map(|(_, it)| beside.home_of(it)).collect::<Vec<_>>();
        let own = |theirs: &[Occurrence<'_>]| theirs.iter().map(|(_, it)| Some(beside.home(it))).collect::<Vec<_>>();
        lost.extend(surplus(&theirs, &own(&theirs), homes(&ours)));
        added.extend(surplus(&ours, &homes(&ours), own(&theirs)));
    }
    lost.sort_by_key(|(found, _)| found.span);
    added.sort_by_key(|(found, _)| found.span);
    (lost, added)
}

/// Those of one side that are too many, first of all where the other side has none in the same reading.
fn surplus<'p, H: PartialEq>(own: &[Occurrence<'p>], homes: &[H], mut others: Vec<H>) -> Vec<Occurrence<'p>> {
    let n = own.len().saturating_sub(others.len());
    let is_alone = |at: &usize| match others.iter().position(|other| *other == homes[*at]) {
        Some(known) => {
            others.swap_remove(known);
            false
        }
        None => true,
    };
    (0..own.len()).filter(is_alone).take(n).map(|at| own[at]).collect()
}
