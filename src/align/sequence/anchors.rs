//! What can be trusted to divide two sequences.

use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::score::Scorer;
use crate::align::features::Feature;
use crate::align::unit::{Shape, Unit};
use crate::pairing::{self, NEVER};

/// Headings of both sides that go together by id, level and section, in order.
pub(super) fn headings(scorer: &Scorer<'_>) -> Vec<(usize, usize)> {
    let sections = Sections::of(scorer);
    let [r, t] = &sections.sides;
    // The same levels in the same order are the same outline, whatever the words.
    let is_same_outline = r.iter().map(|one| one.level).eq(t.iter().map(|one| one.level));
    let chain = pairing::pairs(r.len(), t.len(), |i, j| sections.score(i, j));
    let trusted = sections.trusted(&chain, is_same_outline);
    let trusted = sections.with_same_outline_between(&trusted);
    trusted.into_iter().map(|(i, j)| (r[i].unit, t[j].unit)).collect()
}

/// Sections that ids pair out of the order of the others, heading and body.
pub(super) fn moved(scorer: &Scorer<'_>, in_order: &[(usize, usize)]) -> Vec<[Range<usize>; 2]> {
    let partners = scorer.features.partners[0].iter().enumerate();
    let in_order: HashSet<&(usize, usize)> = in_order.iter().collect();
    let pairs = partners.filter_map(|(r, t)| Some((r, (*t)?))).filter(|pair| !in_order.contains(pair));
    let pairs: Vec<(usize, usize)> = pairs.collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    let [r, t] = Sections::of(scorer).sides;
    let whole = |sections: &[Section], unit: usize| {
        let at = sections.binary_search_by_key(&unit, |section| section.unit).ok()?;
        Some(unit..sections[at].body.end)
    };
    pairs.into_iter().filter_map(|(i, j)| Some([whole(&r, i)?, whole(&t, j)?])).collect()
}

/// The sections of both sides: a heading with what follows it up to the next one.
pub(super) struct Sections<'s, 'a> {
    scorer: &'s Scorer<'a>,
    pub(super) sides: [Vec<Section>; 2],
}

/// One section.
pub(super) struct Section {
    /// The heading.
    pub(super) unit: usize,
    /// The units under it.
    pub(super) body: Range<usize>,
    level: u8,
    /// The features of all its units, sorted.
    features: Vec<Feature>,
    /// Length of its words.
    length: u32,
}

impl<'s, 'a> Sections<'s, 'a> {
    pub(super) fn of(scorer: &'s Scorer<'a>) -> Self {
        let sides = [sections(scorer, 0), sections(scorer, 1)];
        Self { scorer, sides }
    }

    /// Do the ids say that two headings are one?
    fn same_id(&self, i: usize, j: usize) -> bool {
        let ids = |side: usize, at: usize| &self.scorer.features.skeletons[side].ids[self.sides[side][at].unit];
        ids(0, i).iter().any(|id| ids(1, j).contains(id))
    }

    /// Share of what survives translation that two sections have in common, or nothing where one has none.
    fn likeness(&self, i: usize, j: usize) -> Option<f32> {
        let (r, t) = (&self.sides[0][i], &self.sides[1][j]);
        let shared = self.scorer.features.compare_lists(&r.features, &t.features);
        let all = shared.both + shared.reference_only + shared.translation_only;
        (all > 0.0 && !r.features.is_empty() && !t.features.is_empty()).then(|| shared.both / all)
    }

    /// How well two sections go together.
    pub(super) fn score(&self, i: usize, j: usize) -> f32 {
        let (r, t) = (&self.sides[0][i], &self.sides[1][j]);
        if (r.level == 1) != (t.level == 1) || self.scorer.features.contradict(r.unit, t.unit) {
            return NEVER;
        }
        let id = if self.same_id(i, j) { 2.0 } else { 0.0 };
        let level = if r.level == t.level { 0.6 } else { -0.3 };
        let likeness = match self.likeness(i, j) {
            Some(likeness) if likeness > 0.0 => 2.0 * likeness,
            Some(_) => -0.5,
            None => 0.0,
        };
        id + level + likeness - 0.3 * self.scorer.misfit(r.length, t.length).min(1.5)
    }

    /// The pairs that ids and likeness speak for. Between those with ids a heading that only one side has is looked for
    /// first: its section is like the one that swallowed it.
    fn trusted(&self, chain: &[(usize, usize)], is_same_outline: bool) -> Vec<(usize, usize)> {
        let [r, t] = &self.sides;
        let mut all = Vec::with_capacity(chain.len());
        let mut from = (0, 0);
        let ids = chain.iter().copied().filter(|(i, j)| self.same_id(*i, *j));
        for (i, j) in ids.chain([(r.len(), t.len())]) {
            let (rs, ts) = (from.0..i, from.1..j);
            let but_one = Some(()).filter(|()| rs.len().abs_diff(ts.len()) == 1);
            if let Some(pairs) = but_one.and_then(|()| self.same_but_one(rs.clone(), ts.clone())) {
                all.extend(pairs.into_iter().filter(|(i, j)| !self.contradict(*i, *j)));
            } else {
                let before = |end: usize| chain.partition_point(|(i, _)| *i < end);
                let between = chain[before(rs.start)..before(rs.end)].iter().copied();
                all.extend(
                    between.filter(|(i, j)| ts.contains(j) && self.is_trusted(*i, *j, is_same_outline && i == j)),
                );
            }
            if i < r.len() {
                all.push((i, j));
            }
            from = (i + 1, j + 1);
        }
        all
    }

    fn can_be_one(&self, i: usize, j: usize) -> bool {
        self.likeness(i, j) != Some(0.0) && !self.contradict(i, j)
    }

    fn contradict(&self, i: usize, j: usize) -> bool {
        self.scorer.features.contradict(self.sides[0][i].unit, self.sides[1][j].unit)
    }

    /// Where the same levels stand between two trusted pairs, they are pairs as well.
    fn with_same_outline_between(&self, trusted: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let [r, t] = &self.sides;
        let mut all = Vec::with_capacity(r.len());
        let (mut i, mut j) = (0, 0);
        for &(next_i, next_j) in trusted.iter().chain(&[(r.len(), t.len())]) {
            if let Some(between) = self.same_but_one(i..next_i, j..next_j) {
                all.extend(between.into_iter().filter(|(i, j)| self.can_be_one(*i, *j)));
            }
            if next_i < r.len() {
                all.push((next_i, next_j));
            }
            (i, j) = (next_i + 1, next_j + 1);
        }
        all
    }

    /// The pairs of headings of the same levels in the same order, with at most one that only one side has: the one
    /// without which what stands between the headings fits best.
    fn same_but_one(&self, r: Range<usize>, t: Range<usize>) -> Option<Vec<(usize, usize)>> {
        let levels = |side: usize, range: &Range<usize>| {
            self.sides[side][range.clone()].iter().map(|one| one.level).collect::<Vec<u8>>()
        };
        let (theirs, ours) = (levels(0, &r), levels(1, &t));
        if theirs == ours {
            return Some(r.zip(t).collect());
        }
        let (more, fewer, side) = if theirs.len() > ours.len() { (&theirs, &ours, 0) } else { (&ours, &theirs, 1) };
        if more.len() != fewer.len() + 1 || fewer.is_empty() || more.len() > 64 {
            return None;
        }
        let is_candidate = |at: &usize| more[..*at] == fewer[..*at] && more[at + 1..] == fewer[*at..];
        let (first_r, first_t, n) = (r.start, t.start, fewer.len());
        let pairs = |lone: usize| {
            (0..n).map(move |at| {
                let shifted = at + usize::from(at >= lone);
                if side == 0 { (first_r + shifted, first_t + at) } else { (first_r + at, first_t + shifted) }
            })
        };
        let costs = (0..more.len()).filter(is_candidate).map(|lone| (self.cost(&r, &t, pairs(lone)), lone));
        let (_, lone) = costs.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        Some(pairs(lone).collect())
    }

    /// How badly what stands between paired headings goes together.
    fn cost(&self, r: &Range<usize>, t: &Range<usize>, pairs: impl Iterator<Item = (usize, usize)>) -> f32 {
        let start = |side: usize, at: usize| match at.checked_sub(1) {
            Some(before) => self.sides[side][before].body.start,
            None => 0,
        };
        let unit = |side: usize, at: usize| {
            let last = self.sides[side].get(at.wrapping_sub(1)).map_or(0, |section| section.body.end);
            self.sides[side].get(at).map_or(last, |section| section.unit)
        };
        let (mut i, mut j) = (start(0, r.start), start(1, t.start));
        let mut cost = 0.0;
        for (next_i, next_j) in pairs.chain([(r.end, t.end)]) {
            let (end_i, end_j) = (unit(0, next_i), unit(1, next_j));
            cost += self.unlike_but_section(i..end_i.max(i), j..end_j.max(j));
            (i, j) = (end_i + 1, end_j + 1);
        }
        cost
    }

    /// The same, or without the section under a heading in them: that may be gone with it.
    fn unlike_but_section(&self, r: Range<usize>, t: Range<usize>) -> f32 {
        let before_heading = |units: &[Unit], range: &Range<usize>| {
            let is_heading = |at: &usize| matches!(units[*at].shape, Shape::Heading(_));
            range.start..range.clone().find(is_heading).unwrap_or(range.end)
        };
        let (short_r, short_t) =
            (before_heading(self.scorer.reference, &r), before_heading(self.scorer.translation, &t));
        let whole = self.unlike(r.clone(), t.clone());
        if (&short_r, &short_t) == (&r, &t) { whole } else { whole.min(0.5 + self.unlike(short_r, short_t)) }
    }

    /// How unlike two runs of units are: in their kinds, in length, in what survives translation.
    fn unlike(&self, r: Range<usize>, t: Range<usize>) -> f32 {
        let units = [&self.scorer.reference[r.clone()], &self.scorer.translation[t.clone()]];
        let kinds = units.map(|units| {
            let mut kinds = [0_i16; 4];
            for unit in units {
                match unit.shape {
                    Shape::Text => kinds[0] += 1,
                    Shape::Item { .. } => kinds[1] += 1,
                    Shape::Code { .. } => kinds[2] += 1,
                    Shape::Row => kinds[3] += 1,
                    Shape::Heading(_) | Shape::Html | Shape::Rule => {}
                }
            }
            kinds
        });
        let other: i16 = kinds[0].iter().zip(&kinds[1]).map(|(a, b)| (a - b).abs()).sum();
        let [theirs, ours] = units.map(|units| units.iter().map(|unit| unit.length).sum());
        let features = |side: usize, range: Range<usize>| {
            let mut all: Vec<Feature> = self.scorer.features.sides[side][range].concat();
            all.sort_unstable();
            all.dedup();
            all
        };
        let shared = self.scorer.features.compare_lists(&features(0, r), &features(1, t));
        let alone = (shared.reference_only + shared.translation_only).min(4.0);
        f32::from(other.min(32)) + self.scorer.misfit(theirs, ours).min(2.0) + alone - shared.both.min(4.0)
    }

    fn is_trusted(&self, i: usize, j: usize, is_same_place: bool) -> bool {
        let is_same_level = self.sides[0][i].level == self.sides[1][j].level;
        let likeness = self.likeness(i, j);
        self.same_id(i, j)
            || likeness.is_some_and(|likeness| likeness >= if is_same_level { 0.25 } else { 0.4 })
            || (is_same_place && likeness != Some(0.0))
    }
}

fn sections(scorer: &Scorer<'_>, side: usize) -> Vec<Section> {
    let units: &[Unit] = if side == 0 { scorer.reference } else { scorer.translation };
    let starts: Vec<usize> = (0..units.len()).filter(|at| matches!(units[*at].shape, Shape::Heading(_))).collect();
    let section = |(number, &unit): (usize, &usize)| {
        let end = starts.get(number + 1).copied().unwrap_or(units.len());
        let mut features: Vec<Feature> = scorer.features.sides[side][unit..end].concat();
        features.sort_unstable();
        features.dedup();
        let level = if let Shape::Heading(level) = units[unit].shape { level } else { 0 };
        let length = units[unit..end].iter().map(|unit| unit.length).sum();
        Section { unit, body: unit + 1..end, level, features, length }
    };
    starts.iter().enumerate().map(section).collect()
}

/// Units that share features that no other unit has, in order on both sides.
pub(super) fn unique_features(scorer: &Scorer<'_>, r: Range<usize>, t: Range<usize>) -> Vec<(usize, usize)> {
    let features = scorer.features;
    let rivals = Rivals::of(scorer, r.clone());
    let mut candidates = Vec::new();
    for reference in r {
        let unique =
            features.sides[0][reference].iter().filter(|f| features.is_telling(**f) && features.is_unique(**f));
        let mut owners: Vec<usize> =
            unique.filter_map(|f| features.owner(*f)).filter(|owner| t.contains(owner)).collect();
        owners.sort_unstable();
        owners.dedup();
        // Where the features of a unit went to several, the one that shares most has it.
        let weighed = owners.into_iter().map(|owner| (features.compare(reference, owner).both, owner));
        let best = weighed.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((shared, owner)) = best
            && scorer.score(reference, owner) > 1.0
            && !rivals.share_more(scorer, owner, reference, shared)
        {
            candidates.push((reference, owner));
        }
    }
    longest_chain(&candidates)
}

/// Units of the reference by feature: one feature that nobody else has is less than three that somebody else has too.
struct Rivals(HashMap<Feature, Vec<usize>>);

impl Rivals {
    /// How many units a feature may be in to say anything.
    const MOST: u32 = 8;

    fn of(scorer: &Scorer<'_>, r: Range<usize>) -> Self {
        let mut units: HashMap<Feature, Vec<usize>> = HashMap::default();
        for unit in r {
            let known =
                scorer.features.sides[0][unit].iter().filter(|f| scorer.features.counts[**f as usize][0] <= Self::MOST);
            known.for_each(|feature| units.entry(*feature).or_default().push(unit));
        }
        Self(units)
    }

    /// Does another unit of the reference share more with a unit of the translation?
    fn share_more(&self, scorer: &Scorer<'_>, translation: usize, reference: usize, shared: f32) -> bool {
        let features = &scorer.features.sides[1][translation];
        let mut others: Vec<usize> =
            features.iter().filter_map(|feature| self.0.get(feature)).flatten().copied().collect();
        others.sort_unstable();
        others.dedup();
        others
            .iter()
            .take(64)
            .any(|other| *other != reference && scorer.features.compare(*other, translation).both > shared + 0.5)
    }
}

/// The longest subsequence that ascends in both parts, for pairs sorted by their first part (patience sorting, as in
/// Bram Cohen's diff).
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
