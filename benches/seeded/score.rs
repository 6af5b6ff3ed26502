//! What a defect was answered with.

use std::collections::BTreeMap;

use crate::check::Told;
use crate::sow::{Family, Sown};

/// The answer to one defect.
pub(crate) struct Answer {
    /// A new finding of a rule of the family, where the defect is.
    pub(crate) is_seen: bool,
    /// The other new findings.
    pub(crate) others: Vec<Told>,
}

/// Lines by which a finding may miss the defect.
const NEAR: usize = 1;

impl Answer {
    /// Holds the findings after against those before: what is new is what is told more often, by rule and message.
    pub(crate) fn new(family: &Family, sown: &Sown, before: &[Told], after: Vec<Told>) -> Self {
        let mut fresh: BTreeMap<(String, String), usize> = BTreeMap::new();
        for told in &after {
            *fresh.entry(key(told)).or_default() += 1;
        }
        for told in before {
            fresh.entry(key(told)).and_modify(|count| *count = count.saturating_sub(1));
        }
        // Of equal findings those where the defect is are the new ones.
        let (here, there): (Vec<Told>, Vec<Told>) = after.into_iter().partition(|told| sees(family, sown, told));
        let mut is_fresh = |told: &Told| {
            fresh.get_mut(&key(told)).is_some_and(|count| {
                let is_left = *count > 0;
                *count = count.saturating_sub(1);
                is_left
            })
        };
        let mut here: Vec<Told> = here.into_iter().filter(&mut is_fresh).collect();
        let is_seen = !here.is_empty();
        here.drain(..usize::from(is_seen));
        here.extend(there.into_iter().filter(is_fresh));
        Self { is_seen, others: here }
    }
}

/// What makes two findings the same. A message shows words with the marks that they have in the text; how much a page
/// is behind by is one finding, whatever is counted in it.
fn key(told: &Told) -> (String, String) {
    let message = if told.origin == "outdated" { String::new() } else { told.message.replace('*', "_") };
    (told.rule.clone(), message)
}

/// Is a finding one that the defect should be told by?
fn sees(family: &Family, sown: &Sown, told: &Told) -> bool {
    let is_near = sown.lines.start().saturating_sub(NEAR) <= told.line() && told.line() <= sown.lines.end() + NEAR;
    let is_accepted = family.accepts.contains(&&*told.rule) && is_near;
    told.origin == "translation" && (is_accepted || family.elsewhere.contains(&&*told.rule))
}
