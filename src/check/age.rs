//! Where no revision is declared: which differences are a matter of age rather than of the translation.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::collect::Side;
use super::compare::Judged;
use super::origin::Found;
use super::standard::Standard;
use crate::revision::{Behind, Change, Evidence};
use crate::rule::Subject;
use crate::settings::ActiveRule;
use crate::source::Span;

/// Differences of structure from which on a translation was made from another revision. Beside the right revision, 7 of
/// OpenTelemetry's 1,044 translations differ in so many places; beside the newest, 70.
const MANY: usize = 5;

/// Takes the differences that age explains from the findings, and counts them to what the translation is behind by.
pub(super) fn set_apart(judged: &mut [Judged<'_>]) {
    share(judged);
    for one in judged.iter_mut().filter(|one| one.standard.is_undated) {
        // Links of a translation that was patched since its pin may lead where no reference at hand leads yet.
        if one.member.pin().is_some_and(|pin| pin.is_patched) {
            one.own.retain(|found| found.finding.value.is_none());
        }
        let rules = &one.member.settings.rules;
        let is_structure =
            |subject| matches!(subject, Subject::Blocks | Subject::Headings | Subject::Lists | Subject::Page);
        let known = one.behind.iter().flat_map(|behind| &behind.changes).filter(|change| is_structure(change.subject));
        let own = one.own.iter().filter(|found| found.difference(rules).is_some());
        let own = own.filter(|found| is_structure(rules[found.rule].kind.subject()));
        if known.count() + own.count() >= MANY {
            move_to_age(one, Evidence::Many, |found, rules| found.difference(rules).is_some());
        }
    }
}

/// A difference that translations into several languages share is the reference's: nobody makes the same slip twice, but
/// everybody translated what was there before.
fn share(judged: &mut [Judged<'_>]) {
    let mut languages: HashMap<_, BTreeSet<String>> = HashMap::default();
    for one in judged.iter().filter(|one| one.standard.is_found_out()) {
        let language = one.member.locale.as_ref().map_or("", |locale| locale.language());
        for found in &one.own {
            if let Some(difference) = found.difference(&one.member.settings.rules) {
                languages.entry((one.standard.revision(), difference)).or_default().insert(language.to_owned());
            }
        }
    }
    for one in judged.iter_mut().filter(|one| one.standard.is_found_out()) {
        let revision = one.standard.revision();
        move_to_age(one, Evidence::Shared, |found, rules| {
            let sharing = found.difference(rules).and_then(|difference| languages.get(&(revision, difference)));
            sharing.is_some_and(|languages| languages.len() > 1)
        });
    }
}

fn move_to_age(one: &mut Judged<'_>, evidence: Evidence, is_age: impl Fn(&Found, &[ActiveRule]) -> bool) {
    let rules = &one.member.settings.rules;
    let (age, own): (Vec<Found>, Vec<Found>) =
        std::mem::take(&mut one.own).into_iter().partition(|found| is_age(found, rules));
    one.own = own;
    if !age.is_empty() {
        let behind = one.behind.get_or_insert(Behind { changes: Vec::new(), evidence });
        behind.changes.extend(as_changes(&age, rules, &one.standard));
    }
}

/// Differences from the right version as what the newest one changed.
pub(super) fn as_changes(age: &[Found], rules: &[ActiveRule], standard: &Standard<'_>) -> Vec<Change> {
    let (right, newest) = (standard.right, standard.newest);
    let changes = age.iter().map(|found| found.as_change(rules));
    let there = |place| place_in(newest, right?, place);
    changes.map(|change| Change { place: change.place.and_then(there), ..change }).collect()
}

/// Where the newest version, which being behind is told beside, has what stands at a place of the right one. `None` where
/// it has it no more, or several times.
fn place_in(newest: Option<Side<'_>>, right: Side<'_>, place: Span) -> Option<Span> {
    let Some(newest) = newest else { return Some(place) };
    let words = right.document.source.slice(place);
    let mut there = newest.document.source.text().match_indices(words).filter(|_| !words.is_empty());
    let (start, _) = there.next()?;
    there.next().is_none().then(|| Span::new(start..start + words.len()))
}
