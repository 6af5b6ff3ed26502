//! What found no counterpart in order: units that moved, and paragraphs that were joined or split.

use std::ops::Range;

use foldhash::HashMap;

use super::anchors::Sections;
use super::score::{Scorer, length_scale, prose};
use super::{Alignment, between, units_in};
use crate::align::unit::{Shape, Unit};

/// Pairs sections that changed places, and what is in them.
pub(super) fn pair_moved_sections(scorer: &Scorer<'_>, alignment: &mut Alignment) {
    let sections = Sections::of(scorer);
    let [r, t] = &sections.sides;
    let lost: Vec<usize> = (0..r.len()).filter(|i| alignment.to_translation[r[*i].unit].is_none()).take(256).collect();
    let added: Vec<usize> = (0..t.len()).filter(|j| alignment.to_reference[t[*j].unit].is_none()).take(256).collect();
    for i in lost {
        let free = added.iter().filter(|j| alignment.to_reference[t[**j].unit].is_none());
        let best = free.map(|j| (sections.score(i, *j), *j)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((_, j)) = best.filter(|(score, _)| *score > 1.2) else { continue };
        alignment.pair(r[i].unit, t[j].unit);
        let (body, counterpart) = (r[i].body.clone(), t[j].body.clone());
        let is_free = body.clone().all(|unit| alignment.to_translation[unit].is_none())
            && counterpart.clone().all(|unit| alignment.to_reference[unit].is_none());
        if is_free {
            between(scorer, &units_in(body), &units_in(counterpart), alignment);
        }
    }
}

/// Gives a unit that was paired into another section back to a free one of its own section, where there is one.
pub(super) fn keep_to_sections(scorer: &Scorer<'_>, alignment: &mut Alignment) {
    for side in [1, 0] {
        let units = if side == 0 { scorer.reference.len() } else { scorer.translation.len() };
        for at in 0..units {
            match better_in_section(scorer, alignment, side, at) {
                Some((other, own)) if side == 0 => {
                    alignment.to_reference[other] = None;
                    alignment.pair(at, own);
                }
                Some((other, own)) => {
                    alignment.to_translation[other] = None;
                    alignment.pair(own, at);
                }
                None => {}
            }
        }
    }
}

/// What a unit of a side is paired with in another section, and the free unit of its own section that it goes with.
fn better_in_section(scorer: &Scorer<'_>, alignment: &Alignment, side: usize, at: usize) -> Option<(usize, usize)> {
    let outline = scorer.outline?;
    let (to_other, to_own) = match side {
        0 => (&alignment.to_translation, &alignment.to_reference),
        _ => (&alignment.to_reference, &alignment.to_translation),
    };
    let pair = |other: usize| if side == 0 { (at, other) } else { (other, at) };
    let other = to_other[at]?;
    let (r, t) = pair(other);
    if !outline.is_elsewhere(r, t) || scorer.features.compare(r, t).both >= 0.5 {
        return None;
    }
    let near = other.saturating_sub(SECTION)..(other + SECTION).min(to_own.len());
    let free = near
        .map(|own| (own, pair(own)))
        .filter(|(own, (r, t))| to_own[*own].is_none() && outline.is_same_section(*r, *t));
    let best =
        free.map(|(own, (r, t))| (scorer.score(r, t), own)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    best.filter(|(score, _)| *score > 0.2).map(|(_, own)| (other, own))
}

/// How far a unit of a section is looked for, in units.
const SECTION: usize = 48;

/// Pairs units that changed places: the same kind of unit, sharing what nobody else of those left over has.
pub(super) fn pair_moved(scorer: &Scorer<'_>, alignment: &mut Alignment) {
    let mut by_feature: HashMap<u32, Vec<usize>> = HashMap::default();
    for t in (0..alignment.to_reference.len()).filter(|t| alignment.to_reference[*t].is_none()) {
        for feature in scorer.features.sides[1][t].iter().filter(|feature| scorer.features.is_strong(**feature)) {
            by_feature.entry(*feature).or_default().push(t);
        }
    }
    let left_over: Vec<usize> =
        (0..alignment.to_reference.len()).filter(|t| alignment.to_reference[*t].is_none()).collect();
    for r in 0..alignment.to_translation.len() {
        if alignment.to_translation[r].is_some() {
            continue;
        }
        let known = scorer.features.sides[0][r].iter().filter_map(|feature| by_feature.get(feature)).flatten();
        let candidates = known.chain(free_near(scorer, r, &left_over));
        let free = candidates.filter(|t| alignment.to_reference[**t].is_none()).take(64);
        let best = free.map(|t| (scorer.score(r, *t), *t)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((score, t)) = best
            && score > 1.0 - if is_near(scorer, r, t) { 0.7 } else { 0.0 }
            && !is_mention(scorer, r, t)
        {
            alignment.pair(r, t);
        }
    }
}

/// A section that the reference has not may mention what others are about: only what shares more went there.
fn is_mention(scorer: &Scorer<'_>, reference: usize, translation: usize) -> bool {
    let is_of_added = scorer.outline.is_some_and(|outline| outline.is_of_added(translation));
    is_of_added && scorer.features.compare(reference, translation).both < 1.2
}

/// In one section what is left over on both sides most likely only changed places.
fn is_near(scorer: &Scorer<'_>, reference: usize, translation: usize) -> bool {
    let is_same_kind = scorer.reference[reference].shape == scorer.translation[translation].shape;
    is_same_kind && scorer.outline.is_some_and(|outline| outline.is_same_section(reference, translation))
}

/// Left-over units of the translation in the counterpart of a unit's section, at most 32.
fn free_near<'l>(scorer: &Scorer<'_>, reference: usize, left_over: &'l [usize]) -> impl Iterator<Item = &'l usize> {
    let first =
        left_over.partition_point(|t| scorer.outline.is_some_and(|outline| outline.is_before_section(reference, *t)));
    left_over[first..]
        .iter()
        .take_while(move |t| scorer.outline.is_some_and(|o| o.is_same_section(reference, **t)))
        .take(32)
}

/// Finds paragraphs that a translator merged with a neighbour, or split off from one: lengths and features say so.
pub(super) fn join(scorer: &Scorer<'_>, alignment: &mut Alignment) {
    // A paragraph that one side lacks bends the ratio of lengths on a short page: what is matched does not.
    let matched = alignment.to_translation.iter().enumerate().filter_map(|(r, t)| Some((r, (*t)?)));
    let (mine, theirs): (Vec<usize>, Vec<usize>) = matched.unzip();
    let (r, t) = (scorer.reference, scorer.translation);
    let scale = length_scale(mine.iter().map(|at| &r[*at]), theirs.iter().map(|at| &t[*at]));
    // One that was split bends what is matched, and leaves the whole as it was.
    for scale in [scale, scorer.scale] {
        let joiner = Joiner { scorer: Scorer { scale, ..*scorer } };
        for side in [0, 1] {
            let found = joiner.joined(side, alignment);
            alignment.joined[side].extend(found);
        }
    }
}

/// Gives an item of the reference its counterpart back where that was broken into an item and a list of its sentences:
/// together they are as long as it is, and nothing else of the reference is among them.
pub(super) fn gather_sentences(scorer: &Scorer<'_>, alignment: &mut Alignment) {
    let (r, t) = (scorer.reference, scorer.translation);
    let depth = |units: &[Unit], at: usize| match units.get(at).map(|unit| unit.shape) {
        Some(Shape::Item { depth, .. }) => Some(depth),
        _ => None,
    };
    for first in 0..t.len() {
        let Some(outer) = depth(t, first).filter(|_| t[first].length > 0) else { continue };
        let end =
            (first + 1..t.len()).take_while(|at| depth(t, *at) > Some(outer)).last().map_or(first, |last| last + 1);
        let mut found = (first..end).filter_map(|at| alignment.to_reference[at]);
        // The item behind the one that the item before was made from.
        let next = || {
            let before =
                (0..first).rev().take_while(|at| depth(t, *at) >= Some(outer)).find(|at| depth(t, *at) == Some(outer));
            Some(alignment.to_reference[before?]? + 1)
        };
        let one = match (found.next(), found.next()) {
            (one, None) => one.or_else(next),
            _ => None,
        };
        let Some(one) = one.filter(|one| depth(r, *one).is_some() && depth(r, one + 1) <= depth(r, *one)) else {
            continue;
        };
        let paired = alignment.to_translation[one];
        let all = t[first..end].iter().map(|unit| unit.length).sum();
        let misfit = |length: u32| scorer.misfit(r[one].length, length);
        let alone = paired.map_or(f32::INFINITY, |paired| misfit(t[paired].length));
        if end > first + 1 && misfit(all) < 0.4 && misfit(all) + 0.2 < alone {
            if let Some(paired) = paired {
                alignment.to_reference[paired] = None;
            }
            alignment.pair(one, first);
            alignment.joined[1].extend((first + 1..end).map(|at| (at, one)));
        }
    }
}

/// How many paragraphs to either side are looked at.
const MOST: usize = 3;

/// Where the reference's own heading or item was left beside its translation, the translation is the counterpart.
pub(super) fn prefer_translated(scorer: &Scorer<'_>, alignment: &mut Alignment) {
    let words = scorer.features.skeletons.map(|skeleton| skeleton.words.as_slice());
    for added in 0..scorer.translation.len() {
        let unit = &scorer.translation[added];
        if alignment.to_reference[added].is_some() {
            continue;
        }
        let near = [added.checked_sub(1), Some(added + 1).filter(|next| *next < scorer.translation.len())];
        let left = near.into_iter().flatten().find_map(|near| {
            let reference = alignment.to_reference[near]?;
            let is_left = scorer.translation[near].shape == unit.shape
                && words[1][near].is_some()
                && words[0][reference] == words[1][near];
            let is_other = words[0][reference] != words[1][added];
            let length = scorer.reference[reference].length;
            (is_left && is_other && length > 8 && scorer.misfit(length, unit.length) < 0.8).then_some((reference, near))
        });
        if let Some((reference, near)) = left {
            alignment.to_reference[near] = None;
            alignment.pair(reference, added);
            alignment.left.insert(near);
        }
    }
}

/// Looks for joined paragraphs, by one ratio of lengths.
struct Joiner<'a> {
    scorer: Scorer<'a>,
}

impl Joiner<'_> {
    fn units(&self, side: usize) -> &[Unit] {
        if side == 0 { self.scorer.reference } else { self.scorer.translation }
    }

    /// Units of a side without a counterpart, with the unit of the other side that holds their words: those around a
    /// paired one, before and behind it, as many as fit best.
    fn joined(&self, side: usize, alignment: &Alignment) -> Vec<(usize, usize)> {
        let units = self.units(side);
        let to_other = if side == 0 { &alignment.to_translation } else { &alignment.to_reference };
        let mut candidates: Vec<(f32, Range<usize>, usize)> = Vec::new();
        for (near, other) in to_other.iter().enumerate().filter_map(|(near, other)| Some((near, (*other)?))) {
            let joins = |at: &usize| {
                to_other[*at].is_none() && units[*at].shape == Shape::Text && can_join(&units[*at], &units[near])
            };
            let before = (0..near).rev().take_while(joins).take(MOST).count();
            let after = (near + 1..units.len()).take_while(joins).take(MOST).count();
            let runs = (0..=before).flat_map(|before| (0..=after).map(move |after| near - before..near + after + 1));
            let said = runs
                .filter(|run| run.len() > 1)
                .filter_map(|run| Some((self.says_join(side, &run, near, other)?, run, other)));
            candidates.extend(said);
        }
        candidates.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (_, run, other) in candidates {
            let free = || run.clone().filter(|at| to_other[*at].is_none());
            if free().all(|at| found.iter().all(|(taken, _)| *taken != at)) {
                found.extend(free().map(|at| (at, other)));
            }
        }
        found
    }

    /// How well the lengths fit together where they say so: alone the paired one is far from its counterpart's length,
    /// all of them are alike; or the counterpart has the features of all.
    fn says_join(&self, side: usize, run: &Range<usize>, near: usize, other: usize) -> Option<f32> {
        let units = self.units(side);
        let lost: u32 = run.clone().filter(|at| *at != near).map(|at| units[at].length).sum();
        let (kept, whole) = (units[near].length, self.units(1 - side)[other].length);
        let misfit = |own: u32| {
            if side == 0 { self.scorer.misfit(own, whole) } else { self.scorer.misfit(whole, own) }
        };
        let (alone, together) = (misfit(kept), misfit(kept + lost));
        let is_shared = |own: usize| {
            let (r, t) = if side == 0 { (own, other) } else { (other, own) };
            self.scorer.features.compare(r, t).both > 0.0
        };
        let has_own = |own: usize| {
            self.scorer.features.sides[side][own].iter().any(|feature| self.scorer.features.is_strong(*feature))
        };
        let mut lost_ones = run.clone().filter(|at| *at != near);
        // Links and code that are not there speak against it.
        if lost_ones.clone().any(|own| has_own(own) && !is_shared(own)) {
            return None;
        }
        let is_repeated = || lost_ones.clone().any(|at| self.scorer.features.is_repeated(at));
        let lengths_say = (together < 0.3 && together + 0.25 < alone)
            || (together < 0.2 && together + 0.18 < alone)
            // Hardly anybody writes a paragraph that the reference has not.
            || (side == 1 && together < 0.35 && !is_repeated() && together + 0.1 < alone)
            || (together < 0.12 && together + 0.15 < alone)
            // A short one hardly changes the length of its neighbour: what fits better is taken.
            || (lost * 4 <= kept && together < 0.12 && together < alone);
        let says = lengths_say
            || (lost_ones.clone().any(is_shared) && together < alone)
            || (run.len() == 2 && lost_ones.next().is_some_and(|lost| self.volume_says(side, lost, other)));
        says.then_some(together)
    }

    /// The section is as long as its counterpart with the paragraph, and would be too long without it.
    fn volume_says(&self, side: usize, at: usize, other: usize) -> bool {
        let own = around(self.units(side), at);
        let counterpart = around(self.units(1 - side), other);
        let is_whole_document = own.len() == self.units(side).len();
        if is_whole_document || own.len() > 12 {
            return false;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lengths are positive and small")]
        let length = |side: usize, range: Range<usize>| prose(self.units(side)[range].iter()) as u32;
        let (with, theirs) = (length(side, own), length(1 - side, counterpart));
        let without = with - self.units(side)[at].length.min(with);
        let misfit = |own: u32| {
            if side == 0 { self.scorer.misfit(own, theirs) } else { self.scorer.misfit(theirs, own) }
        };
        misfit(with) < 0.12 && misfit(with) + 0.15 < misfit(without)
    }
}

/// The section that a unit is in, heading included.
fn around(units: &[Unit], at: usize) -> Range<usize> {
    let is_heading = |at: &usize| matches!(units[*at].shape, Shape::Heading(_));
    let start = (0..=at).rev().find(is_heading).unwrap_or(0);
    let end = (at + 1..units.len()).find(is_heading).unwrap_or(units.len());
    start..end
}

/// Two paragraphs of one container, or an item and a further paragraph of it.
fn can_join(one: &Unit, other: &Unit) -> bool {
    match other.shape {
        Shape::Text => one.parent == other.parent,
        Shape::Item { .. } => one.parent == Some(other.block),
        _ => false,
    }
}
