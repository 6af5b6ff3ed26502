//! Alignment of two sequences of units.
//!
//! First anchors: features that are in exactly one unit of each side pair those units, and the longest chain of
//! pairs in order is kept (patience sorting, as in Bram Cohen's diff). Between anchors a dynamic programme in the
//! manner of Needleman and Wunsch weighs shape, shared features and a length prior (Gale and Church 1993: lengths of
//! translations are proportional). It is bounded by a band around the diagonal, so that long pages stay near-linear.
//! What is left over is paired as moved where its features say so.

use std::collections::HashMap;

use super::Pair;
use super::features::Features;
use super::unit::{Shape, Unit};

/// Cells of the dynamic programme between two anchors beyond which only a band is looked at.
const FULL: usize = 250_000;
/// Half the width of that band, in units.
const BAND: usize = 64;
/// Cost of leaving a unit unpaired.
const GAP: f32 = -0.4;
/// The score of what cannot be a pair.
const NEVER: f32 = -1e9;

/// For each unit of the reference its counterpart, and the other way round.
#[derive(Debug)]
pub(super) struct Alignment {
    pub(super) to_translation: Vec<Option<usize>>,
    pub(super) to_reference: Vec<Option<usize>>,
    /// Paragraphs that were merged into the counterpart of a neighbour, by side.
    joined: [HashMap<usize, usize>; 2],
}

pub(super) fn align(reference: &[Unit], translation: &[Unit], features: &Features) -> Alignment {
    let mut alignment = Alignment {
        to_translation: vec![None; reference.len()],
        to_reference: vec![None; translation.len()],
        joined: [HashMap::new(), HashMap::new()],
    };
    let scorer = Scorer { reference, translation, features, scale: length_scale(reference, translation) };
    let (mut i, mut j) = (0, 0);
    for (r, t) in anchors(&scorer) {
        between(&scorer, i..r, j..t, &mut alignment);
        alignment.pair(r, t);
        (i, j) = (r + 1, t + 1);
    }
    between(&scorer, i..reference.len(), j..translation.len(), &mut alignment);
    pair_moved(&scorer, &mut alignment);
    join(&scorer, &mut alignment);
    alignment
}

impl Alignment {
    fn pair(&mut self, reference: usize, translation: usize) {
        self.to_translation[reference] = Some(translation);
        self.to_reference[translation] = Some(reference);
    }

    /// The unit of the translation that holds the words of a unit of the reference.
    pub(super) fn translation_of(&self, reference: usize) -> Option<usize> {
        self.to_translation[reference].or_else(|| self.joined[0].get(&reference).copied())
    }

    /// The unit of the reference that a unit of the translation was made from.
    pub(super) fn reference_of(&self, translation: usize) -> Option<usize> {
        self.to_reference[translation].or_else(|| self.joined[1].get(&translation).copied())
    }

    /// How much of the two documents agrees, from 0 to 1.
    ///
    /// The geometric mean of the shares of units that have a counterpart, so that a page that only grew keeps most of
    /// it; down to half of that where nothing of what survives translation does.
    #[expect(clippy::cast_precision_loss, reason = "counts of units are small")]
    pub(super) fn agreement(&self, units: [&[Unit]; 2], features: &Features) -> f32 {
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
        let lost = if fewer > 0.0 { 1.0 - shared / fewer } else { 0.0 };
        of_units * (1.0 - 0.5 * trust * lost)
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

/// How many characters of the translation stand for one of the reference; 0 where one side has no words.
fn length_scale(reference: &[Unit], translation: &[Unit]) -> f32 {
    let total = |units: &[Unit]| {
        units.iter().filter(|unit| is_prose(unit.shape)).map(|unit| f64::from(unit.length)).sum::<f64>()
    };
    #[expect(clippy::cast_possible_truncation, reason = "a ratio between 0.1 and 10")]
    let scale = match (total(reference), total(translation)) {
        (r, t) if r > 0.0 && t > 0.0 => (t / r).clamp(0.1, 10.0) as f32,
        _ => 0.0,
    };
    scale
}

fn is_prose(shape: Shape) -> bool {
    matches!(shape, Shape::Heading(_) | Shape::Text | Shape::Item { .. } | Shape::Row)
}

struct Scorer<'a> {
    reference: &'a [Unit],
    translation: &'a [Unit],
    features: &'a Features,
    scale: f32,
}

impl Scorer<'_> {
    /// How well two units go together; more than two gaps' worth is better paired than not.
    fn score(&self, reference: usize, translation: usize) -> f32 {
        let (r, t) = (&self.reference[reference], &self.translation[translation]);
        let shape = shape_score(r.shape, t.shape);
        if shape <= NEVER {
            return NEVER;
        }
        let shared = self.features.compare(reference, translation);
        let common = shared.both.min(2.0) * 1.5;
        let against = if shared.both > 0.0 { 0.0 } else { shared.reference_only.min(shared.translation_only).min(1.0) };
        let alone = (shared.reference_only + shared.translation_only).min(2.0) * 0.1;
        let length =
            if is_prose(r.shape) && is_prose(t.shape) { 0.5 * self.misfit(r.length, t.length).min(2.0) } else { 0.0 };
        let repeat =
            if self.features.repeats[0][reference] == self.features.repeats[1][translation] { 0.0 } else { 0.7 };
        shape + common - against - alone - length - repeat
    }

    /// How far two lengths are from the ratio of the whole documents, as a natural logarithm.
    fn misfit(&self, reference: u32, translation: u32) -> f32 {
        if self.scale == 0.0 {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "lengths of blocks are small")]
        let (r, t) = (reference as f32 + 8.0, translation as f32 + 8.0 * self.scale);
        (t / (r * self.scale)).ln().abs()
    }
}

/// Translators change levels and list marks before they turn prose into code.
fn shape_score(reference: Shape, translation: Shape) -> f32 {
    use Shape::{Code, Heading, Html, Item, Row, Rule, Text};
    match (reference, translation) {
        (a, b) if a == b => 1.0,
        (Item { depth: a, .. }, Item { depth: b, .. }) if a == b => 0.8,
        (Heading(_), Heading(_)) | (Item { .. }, Item { .. }) => 0.5,
        (Code { .. }, Code { .. }) => 0.9,
        (Text, Item { .. }) | (Item { .. }, Text) => 0.2,
        (Text, Heading(_)) | (Heading(_), Text) => -0.1,
        (Text | Item { .. }, Code { fenced: false }) | (Code { fenced: false }, Text | Item { .. }) => -0.2,
        (Html, Text) | (Text, Html) => -0.4,
        (Html | Rule | Row | Heading(_) | Text | Item { .. } | Code { .. }, _) => NEVER,
    }
}

/// Units that share a feature that no other unit has, in order on both sides.
fn anchors(scorer: &Scorer<'_>) -> Vec<(usize, usize)> {
    let features = scorer.features;
    let mut owner = vec![usize::MAX; features.counts.len()];
    for (t, of_unit) in features.sides[1].iter().enumerate() {
        for feature in of_unit {
            owner[*feature as usize] = t;
        }
    }
    let mut candidates = Vec::new();
    for (r, of_unit) in features.sides[0].iter().enumerate() {
        let unique = of_unit.iter().filter(|f| features.is_strong(**f) && features.counts[**f as usize] == [1, 1]);
        let mut votes: Vec<usize> = unique.map(|feature| owner[*feature as usize]).collect();
        votes.sort_unstable();
        // Where the features of a unit went to several, nobody can say which it is.
        if let (Some(first), Some(last)) = (votes.first(), votes.last())
            && first == last
            && scorer.score(r, *first) > 1.0
        {
            candidates.push((r, *first));
        }
    }
    longest_chain(&candidates)
}

/// The longest subsequence that ascends in both parts, for pairs sorted by their first part.
fn longest_chain(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut piles: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (at, (_, t)) in pairs.iter().enumerate() {
        let pile = piles.partition_point(|top| pairs[*top].1 < *t);
        before[at] = pile.checked_sub(1).map(|left| piles[left]);
        if pile == piles.len() { piles.push(at) } else { piles[pile] = at }
    }
    let last = piles.last().copied();
    let mut chain: Vec<_> = std::iter::successors(last, |at| before[*at]).map(|at| pairs[at]).collect();
    chain.reverse();
    chain
}

/// Aligns what stands between two anchors.
fn between(scorer: &Scorer<'_>, r: std::ops::Range<usize>, t: std::ops::Range<usize>, alignment: &mut Alignment) {
    if r.is_empty() || t.is_empty() {
        return;
    }
    let table = Table::fill(scorer, r.clone(), t.clone());
    let (mut i, mut j) = (r.len(), t.len());
    while i > 0 && j > 0 {
        match table.step(i, j) {
            Step::Pair => {
                (i, j) = (i - 1, j - 1);
                alignment.pair(r.start + i, t.start + j);
            }
            Step::Missing => i -= 1,
            Step::Extra => j -= 1,
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Pair,
    Missing,
    Extra,
}

/// The steps of the dynamic programme, row by row, each row a window around the diagonal.
struct Table {
    steps: Vec<Step>,
    width: usize,
    /// First column of each row's window.
    starts: Vec<usize>,
}

impl Table {
    fn fill(scorer: &Scorer<'_>, r: std::ops::Range<usize>, t: std::ops::Range<usize>) -> Self {
        let (rows, columns) = (r.len(), t.len());
        let width = if rows * columns <= FULL { columns + 1 } else { (2 * BAND + columns / rows).min(columns + 1) };
        let start = |row: usize| (row * columns / rows).saturating_sub(width / 2).min(columns + 1 - width);
        let mut table =
            Self { steps: vec![Step::Extra; width * (rows + 1)], width, starts: (0..=rows).map(start).collect() };
        #[expect(clippy::cast_precision_loss, reason = "a window is narrow")]
        let mut above: Vec<f32> = (0..width).map(|column| (column + table.starts[0]) as f32 * GAP).collect();
        for row in 1..=rows {
            above = table.fill_row(scorer, (row, r.start), t.start, &above);
        }
        table
    }

    fn fill_row(&mut self, scorer: &Scorer<'_>, (row, r): (usize, usize), t: usize, above: &[f32]) -> Vec<f32> {
        let (first, first_above) = (self.starts[row], self.starts[row - 1]);
        let up = |column: usize| column.checked_sub(first_above).and_then(|at| above.get(at)).copied().unwrap_or(NEVER);
        let mut row_scores: Vec<f32> = Vec::with_capacity(self.width);
        for column in first..first + self.width {
            let missing = up(column) + GAP;
            let extra = row_scores.last().map_or(NEVER, |left| left + GAP);
            let diagonal = column.checked_sub(1).map_or(NEVER, up);
            let pair =
                if diagonal > NEVER / 2.0 { diagonal + scorer.score(r + row - 1, t + column - 1) } else { NEVER };
            // Of two equals the first is paired: the later one is the copy.
            let (score, step) = if pair > missing && pair > extra {
                (pair, Step::Pair)
            } else if missing >= extra {
                (missing, Step::Missing)
            } else {
                (extra, Step::Extra)
            };
            self.steps[row * self.width + column - first] = step;
            row_scores.push(score);
        }
        row_scores
    }

    fn step(&self, row: usize, column: usize) -> Step {
        match column.checked_sub(self.starts[row]) {
            Some(at) if at < self.width => self.steps[row * self.width + at],
            Some(_) => Step::Extra,
            None => Step::Missing,
        }
    }
}

/// Pairs units that changed places: the same kind of unit, sharing what nobody else of those left over has.
fn pair_moved(scorer: &Scorer<'_>, alignment: &mut Alignment) {
    let mut by_feature: HashMap<u32, Vec<usize>> = HashMap::new();
    for t in (0..alignment.to_reference.len()).filter(|t| alignment.to_reference[*t].is_none()) {
        for feature in scorer.features.sides[1][t].iter().filter(|feature| scorer.features.is_strong(**feature)) {
            by_feature.entry(*feature).or_default().push(t);
        }
    }
    for r in 0..alignment.to_translation.len() {
        if alignment.to_translation[r].is_some() {
            continue;
        }
        let candidates = scorer.features.sides[0][r].iter().filter_map(|feature| by_feature.get(feature)).flatten();
        let free = candidates.filter(|t| alignment.to_reference[**t].is_none()).take(64);
        let best = free.map(|t| (scorer.score(r, *t), *t)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((score, t)) = best
            && score > 1.0
        {
            alignment.pair(r, t);
        }
    }
}

/// Finds paragraphs that a translator merged with, or split off from, a neighbour: the lengths say so.
fn join(scorer: &Scorer<'_>, alignment: &mut Alignment) {
    let scale = matched_scale(scorer, alignment);
    let scorer = Scorer { scale, ..*scorer };
    for r in 0..scorer.reference.len() {
        let free = alignment.to_translation[r].is_none();
        for near in neighbours(r, scorer.reference.len()).filter(|_| free) {
            let Some(t) = alignment.to_translation[near] else { continue };
            let (lost, kept, whole) = (&scorer.reference[r], &scorer.reference[near], &scorer.translation[t]);
            let fits =
                [scorer.misfit(kept.length, whole.length), scorer.misfit(kept.length + lost.length, whole.length)];
            if can_join(lost, kept) && says_join(fits) {
                alignment.joined[0].insert(r, t);
            }
        }
    }
    for t in 0..scorer.translation.len() {
        let free = alignment.to_reference[t].is_none();
        for near in neighbours(t, scorer.translation.len()).filter(|_| free) {
            let Some(r) = alignment.to_reference[near] else { continue };
            let (added, kept, whole) = (&scorer.translation[t], &scorer.translation[near], &scorer.reference[r]);
            let fits =
                [scorer.misfit(whole.length, kept.length), scorer.misfit(whole.length, kept.length + added.length)];
            if can_join(added, kept) && says_join(fits) {
                alignment.joined[1].insert(t, r);
            }
        }
    }
}

/// The ratio of lengths over what is matched: a paragraph that one side lacks would bend it on a short page.
fn matched_scale(scorer: &Scorer<'_>, alignment: &Alignment) -> f32 {
    let matched = alignment.to_translation.iter().enumerate().filter_map(|(r, t)| Some((r, (*t)?)));
    let (mine, theirs): (Vec<Unit>, Vec<Unit>) =
        matched.map(|(r, t)| (scorer.reference[r].clone(), scorer.translation[t].clone())).unzip();
    length_scale(&mine, &theirs)
}

fn neighbours(at: usize, len: usize) -> impl Iterator<Item = usize> {
    at.checked_sub(1).into_iter().chain(Some(at + 1).filter(|next| *next < len))
}

/// Two paragraphs of one container, or an item and a further paragraph of it.
fn can_join(one: &Unit, other: &Unit) -> bool {
    let is_near = match other.shape {
        Shape::Text => one.parent == other.parent,
        Shape::Item { .. } => one.parent == Some(other.block),
        _ => false,
    };
    one.shape == Shape::Text && is_near
}

/// Alone the lengths are far apart, together they are alike.
fn says_join([alone, together]: [f32; 2]) -> bool {
    together < 0.3 && together + 0.3 < alone
}
