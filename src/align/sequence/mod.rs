//! Alignment of two sequences of units.
//!
//! First what can be trusted divides the sequences: headings whose ids, levels and sections agree, then features that
//! are in exactly one unit of each side ([`anchors`]). Between those a dynamic programme weighs shape, shared features
//! and length ([`score`]). What is left over may have moved, or been joined with a neighbour ([`leftovers`]).

mod anchors;
mod certain;
mod leftovers;
mod score;

use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::Pair;
use super::features::Features;
use super::unit::{Shape, Unit};
use crate::pairing;
use certain::is_one_to_one;
use score::{Outline, Scorer, shape_score};

/// For each unit of the reference its counterpart, and the other way round.
#[derive(Debug)]
pub(super) struct Alignment {
    pub(super) to_translation: Vec<Option<usize>>,
    pub(super) to_reference: Vec<Option<usize>>,
    /// Paragraphs that were merged into the counterpart of a neighbour, by side.
    joined: [HashMap<usize, usize>; 2],
    /// Units of the translation that are the reference's own words, beside their translation.
    left: HashSet<usize>,
}

pub(super) fn align(reference: &[Unit], translation: &[Unit], features: &Features<'_>) -> Alignment {
    let scorer = Scorer::new(reference, translation, features);
    let mut alignment = align_by(scorer);
    // What one side lacks bends the ratio of the whole: what found a counterpart tells it better.
    if let Some(scale) = alignment.scale([reference, translation])
        && scorer.is_other_scale(scale)
    {
        alignment = align_by(Scorer { scale, ..scorer });
    }
    alignment
}

fn align_by(scorer: Scorer<'_>) -> Alignment {
    let (reference, translation) = (scorer.reference, scorer.translation);
    let mut alignment = Alignment {
        to_translation: vec![None; reference.len()],
        to_reference: vec![None; translation.len()],
        joined: [HashMap::default(), HashMap::default()],
        left: HashSet::default(),
    };
    let (all_r, all_t) = (0..reference.len(), 0..translation.len());
    if is_one_to_one(&scorer, &all_r, &all_t) {
        all_r.zip(all_t).for_each(|(r, t)| alignment.pair(r, t));
        return alignment;
    }
    let headings = anchors::headings(&scorer);
    let outline = Outline::new(reference, translation, &headings);
    let scorer = Scorer { outline: Some(&outline), ..scorer };
    let moved = anchors::moved(&scorer, &headings);
    let mut is_moved = [vec![false; reference.len()], vec![false; translation.len()]];
    for section in &moved {
        is_moved.iter_mut().zip(section).for_each(|(side, section)| side[section.clone()].fill(true));
    }
    let align = |r: Range<usize>, t: Range<usize>, alignment: &mut Alignment| {
        if is_one_to_one(&scorer, &r, &t) {
            return r.zip(t).for_each(|(r, t)| alignment.pair(r, t));
        }
        let unique = anchors::unique_features(&scorer, r.clone(), t.clone());
        divide(&unique, r, t, alignment, |r, t, alignment| between(&scorer, &units_in(r), &units_in(t), alignment));
    };
    if moved.is_empty() {
        divide(&headings, 0..reference.len(), 0..translation.len(), &mut alignment, align);
    } else {
        divide(&headings, 0..reference.len(), 0..translation.len(), &mut alignment, |r, t, alignment| {
            let stay =
                |side: usize, range: Range<usize>| range.filter(|unit| !is_moved[side][*unit]).collect::<Vec<_>>();
            between(&scorer, &stay(0, r), &stay(1, t), alignment);
        });
        for [r, t] in &moved {
            divide(&[(r.start, t.start)], r.clone(), t.clone(), &mut alignment, align);
        }
    }
    leftovers::keep_to_sections(&scorer, &mut alignment);
    leftovers::pair_moved_sections(&scorer, &mut alignment);
    leftovers::pair_moved(&scorer, &mut alignment);
    leftovers::prefer_translated(&scorer, &mut alignment);
    leftovers::gather_sentences(&scorer, &mut alignment);
    leftovers::join(&scorer, &mut alignment);
    alignment
}

/// Pairs that tell the ratio of lengths of a document.
const ENOUGH: usize = 5;

#[expect(clippy::cast_precision_loss, reason = "lengths of blocks are small")]
fn ratio((reference, translation): (u32, u32)) -> (f32, u32) {
    (translation as f32 / reference as f32, reference)
}

/// Pairs the anchors and gives what stands between them to `align`.
fn divide(
    anchors: &[(usize, usize)],
    r: Range<usize>,
    t: Range<usize>,
    alignment: &mut Alignment,
    mut align: impl FnMut(Range<usize>, Range<usize>, &mut Alignment),
) {
    let (mut i, mut j) = (r.start, t.start);
    for &(r, t) in anchors {
        align(i..r, j..t, alignment);
        alignment.pair(r, t);
        (i, j) = (r + 1, t + 1);
    }
    align(i..r.end, j..t.end, alignment);
}

fn units_in(range: Range<usize>) -> Vec<usize> {
    range.collect()
}

/// Aligns what stands between two anchors.
fn between(scorer: &Scorer<'_>, r: &[usize], t: &[usize], alignment: &mut Alignment) {
    for (i, j) in pairing::pairs(r.len(), t.len(), |i, j| scorer.score(r[i], t[j])) {
        alignment.pair(r[i], t[j]);
    }
}

impl Alignment {
    /// The ratio of lengths in half of what is paired, where enough is and prose of a side is left over (the median, by
    /// letters).
    fn scale(&self, units: [&[Unit]; 2]) -> Option<f32> {
        let is_left = |side: usize, to_other: &[Option<usize>]| {
            to_other.iter().zip(units[side]).any(|(other, unit)| other.is_none() && score::is_prose(unit.shape))
        };
        if !is_left(0, &self.to_translation) && !is_left(1, &self.to_reference) {
            return None;
        }
        let lengths = |(r, t): (usize, &Option<usize>)| {
            let (r, t) = (&units[0][r], &units[1][(*t)?]);
            let is_prose = score::is_prose(r.shape) && score::is_prose(t.shape) && r.length.min(t.length) >= 16;
            is_prose.then_some((r.length, t.length))
        };
        let mut ratios: Vec<(f32, u32)> =
            self.to_translation.iter().enumerate().filter_map(lengths).map(ratio).collect();
        ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = ratios.iter().map(|(_, letters)| letters).sum::<u32>() / 2;
        let mut letters = 0;
        let median = ratios.iter().find(|(_, more)| {
            letters += more;
            letters >= half
        });
        median.filter(|_| ratios.len() >= ENOUGH).map(|(ratio, _)| *ratio)
    }

    fn pair(&mut self, reference: usize, translation: usize) {
        self.to_translation[reference] = Some(translation);
        self.to_reference[translation] = Some(reference);
    }

    /// The unit of the translation that holds the words of a unit of the reference.
    pub(super) fn translation_of(&self, reference: usize) -> Option<usize> {
        self.to_translation[reference].or_else(|| self.joined[0].get(&reference).copied())
    }

    /// Is a unit of the translation the reference's own, beside its translation?
    pub(super) fn is_left(&self, translation: usize) -> bool {
        self.left.contains(&translation)
    }

    /// The unit of the reference that a unit of the translation was made from.
    pub(super) fn reference_of(&self, translation: usize) -> Option<usize> {
        self.to_reference[translation].or_else(|| self.joined[1].get(&translation).copied())
    }

    /// Does more than its kind speak for a pair: a shared feature, or neighbours that are pairs as well? Where both are
    /// the last of their sections, the end is as good as a neighbour.
    ///
    /// Only of such a pair it is said that links in it differ.
    pub(super) fn is_supported(&self, reference: usize, units: [&[Unit]; 2], features: &Features<'_>) -> bool {
        let Some(translation) = self.to_translation[reference] else { return false };
        let shared = features.compare(reference, translation);
        // Headings were paired by what is under them.
        let are_headings = matches!(units[0][reference].shape, Shape::Heading(_))
            && units[0][reference].shape == units[1][translation].shape;
        if are_headings || (shared.both > 0.0 && shared.both >= shared.reference_only.min(shared.translation_only)) {
            return true;
        }
        let before = match (reference.checked_sub(1), translation.checked_sub(1)) {
            (Some(r), Some(t)) => self.to_translation[r] == Some(t),
            (r, t) => r == t,
        };
        let ends = |units: &[Unit], at: usize| units.get(at).is_none_or(|unit| matches!(unit.shape, Shape::Heading(_)));
        let after = self.to_translation.get(reference + 1) == Some(&Some(translation + 1))
            || (ends(units[0], reference + 1) && ends(units[1], translation + 1));
        if shared.both > 0.0 { before || after } else { before && after }
    }

    /// For each unit of the translation, whether it shares more with its counterpart than each has alone.
    pub(super) fn kindred(&self, features: &Features<'_>) -> Vec<bool> {
        let is_kindred = |(translation, reference): (usize, &Option<usize>)| {
            let shared = reference.map(|reference| features.compare(reference, translation));
            shared.is_some_and(|shared| {
                shared.both > 0.3 && shared.both >= shared.reference_only.min(shared.translation_only)
            })
        };
        self.to_reference.iter().enumerate().map(is_kindred).collect()
    }

    /// How much of the two documents agrees, from 0 to 1.
    ///
    /// The geometric mean of the shares of units that have a counterpart of their shape, so that a page that only grew
    /// keeps most of it; down to half of that where nothing of what survives translation does. A page whose targets
    /// and code are nearly all in the other one is comparable with it, whatever became of its blocks.
    #[expect(clippy::cast_precision_loss, reason = "counts of units are small")]
    pub(super) fn agreement(&self, units: [&[Unit]; 2], features: &Features<'_>) -> f32 {
        let (reference, translation) = (self.to_translation.len() as f32, self.to_reference.len() as f32);
        if reference + translation == 0.0 {
            return 1.0;
        }
        let of_pair = |(r, t): (usize, &Option<usize>)| {
            t.map_or(0.0, |t| shape_score(units[0][r].shape, units[1][t].shape).max(0.0))
        };
        let matched: f32 = self.to_translation.iter().enumerate().map(of_pair).sum();
        let of_units = matched / (reference * translation).sqrt().max(1.0);
        let (shared, fewer) = features.strong();
        // A handful of links can all have drifted.
        let trust = (fewer / 8.0).min(1.0);
        let contained = if fewer > 0.0 { shared / fewer } else { 1.0 };
        let by_features = if matched > 0.0 { 0.75 * trust * contained } else { 0.0 };
        (of_units * (1.0 - 0.5 * trust * (1.0 - contained))).max(by_features)
    }

    /// The slots in the translation's order, each missing one behind its left neighbour in the reference.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let mut slots = Vec::with_capacity(self.to_translation.len().max(self.to_reference.len()));
        for (translation, counterpart) in self.to_reference.iter().enumerate() {
            let slot = match counterpart {
                Some(reference) => Pair::Matched { reference: *reference, translation },
                None if self.joined[1].contains_key(&translation) => continue,
                None => Pair::Extra { translation },
            };
            slots.push((translation + 1, 0, slot));
        }
        let mut left = 0;
        for (reference, counterpart) in self.to_translation.iter().enumerate() {
            match counterpart {
                Some(translation) => left = translation + 1,
                None if self.joined[0].contains_key(&reference) => {}
                None => slots.push((left, reference + 1, Pair::Missing { reference })),
            }
        }
        slots.sort_by_key(|(translation, reference, _)| (*translation, *reference));
        slots.into_iter().map(|(_, _, slot)| slot).collect()
    }
}
