//! Which candidates are taken.

use std::collections::BTreeSet;

use super::Recognised;
use super::candidate::{By, Candidate, Evidence};
use crate::locale::Locale;

/// More layouts than this are no help to anybody who reads them.
const MOST: usize = 8;

/// Takes the weightiest candidate, then those that tie together what is left.
pub(super) fn best(mut candidates: Vec<Candidate<'_>>, documents: usize) -> Option<Recognised> {
    let mut is_covered = vec![false; documents];
    let mut taken = Recognised::default();
    let mut locales: BTreeSet<Locale> = BTreeSet::new();
    while taken.layouts.len() < MOST {
        let is_settled = taken.layouts.iter().any(|layout| layout.reference.is_some());
        let Some((at, evidence)) = heaviest(&candidates, &is_covered, is_settled) else { break };
        let candidate = candidates.swap_remove(at);
        for member in &candidate.members {
            is_covered[member.document] = true;
            is_covered[member.reference.unwrap_or(member.document)] = true;
        }
        taken.pairs += evidence.tied.len();
        locales.extend(evidence.locales);
        let language = candidate.reference_locale.and_then(Locale::parse);
        let language = language.filter(|one| one.language() != "en").map(|one| one.to_string());
        taken.reference_locale = taken.reference_locale.or(language);
        taken.layouts.push(candidate.layout);
    }
    taken.locales = locales.len();
    taken.known = (0..documents).filter(|at| is_covered[*at]).collect();
    (!taken.layouts.is_empty()).then_some(taken)
}

/// The weightiest with enough evidence; of equals what paths show before what packs say, and the shorter patterns.
fn heaviest(candidates: &[Candidate<'_>], is_covered: &[bool], is_settled: bool) -> Option<(usize, Evidence)> {
    let weigh = |(at, candidate): (usize, &Candidate<'_>)| {
        let evidence = candidate.evidence(is_covered);
        let is_shown = candidate.is_shown_by(&evidence, is_settled);
        let length = candidate.layout.translation.len() + candidate.layout.reference.as_ref().map_or(0, String::len);
        let rank = (candidate.weight(&evidence), candidate.by != By::Pack, std::cmp::Reverse(length));
        is_shown.then_some((rank, at, evidence))
    };
    let heaviest = candidates.iter().enumerate().filter_map(weigh).max_by(|(a, _, _), (b, _, _)| a.cmp(b));
    heaviest.map(|(_, at, evidence)| (at, evidence))
}
