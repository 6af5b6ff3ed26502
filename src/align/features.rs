//! Features: what of a unit survives translation.
//!
//! Link targets, images, code, anchors and names with capitals or digits are the same in every language. Each
//! feature is interned to a number; its weight falls with the number of units that share it.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::skeleton::{Mark, MarkKind, Skeleton, hashed};
use crate::document::{Document, InlineId};
use crate::target::Resolver;

/// A feature's number.
pub(super) type Feature = u32;

/// The features of two documents.
pub(super) struct Features<'s> {
    /// For each side, for each unit: its features, sorted.
    pub(super) sides: [Vec<Vec<Feature>>; 2],
    /// For each feature, in how many units of each side it is.
    pub(super) counts: Vec<[u32; 2]>,
    /// For each side: what else is known of its units.
    pub(super) skeletons: [&'s Skeleton; 2],
    /// For each side, for each unit: the heading of the other side that has its id, where each is the only one.
    pub(super) partners: [Vec<Option<usize>>; 2],
    /// For each feature, the last unit of the translation that has it.
    owners: Vec<Option<usize>>,
    /// For each feature, what it is.
    kinds: Vec<MarkKind>,
}

impl<'s> Features<'s> {
    pub(super) fn new(documents: [(&Document<'_>, &'s Skeleton); 2], resolver: Resolver<'_>) -> Self {
        let mut interner = Interner::default();
        let sides = documents.map(|(document, skeleton)| {
            let of_unit = |marks: &Vec<Mark>| interner.unit(document, marks, resolver);
            skeleton.marks.iter().map(of_unit).collect::<Vec<_>>()
        });
        let mut counts = vec![[0, 0]; interner.kinds.len()];
        for (side, units) in sides.iter().enumerate() {
            units.iter().flatten().for_each(|feature| counts[*feature as usize][side] += 1);
        }
        let mut owners = vec![None; counts.len()];
        for (unit, features) in sides[1].iter().enumerate() {
            for feature in features {
                owners[*feature as usize] = Some(unit);
            }
        }
        let skeletons = documents.map(|(_, skeleton)| skeleton);
        let partners = partners(skeletons.map(|skeleton| skeleton.ids.as_slice()));
        Self { sides, counts, skeletons, partners, owners, kinds: interner.kinds }
    }

    /// How much sharing a feature says: 1 for one that is in one unit of each side.
    pub(super) fn weight(&self, feature: Feature) -> f32 {
        let [reference, translation] = self.counts[feature as usize];
        let kind = if self.is_telling(feature) { 1.0 } else { 0.4 };
        #[expect(clippy::cast_precision_loss, reason = "counts of units are small")]
        let n = reference.max(translation).max(1) as f32;
        kind / n.sqrt()
    }

    pub(super) fn is_strong(&self, feature: Feature) -> bool {
        self.kinds[feature as usize].is_strong()
    }

    /// The code that an item or a row opens with tells it from its siblings, in one list. It says nothing elsewhere.
    fn is_lead(&self, feature: Feature) -> bool {
        self.kinds[feature as usize] == MarkKind::Lead
    }

    /// Does it tell a unit from others, there or not there?
    pub(super) fn is_telling(&self, feature: Feature) -> bool {
        self.is_strong(feature) || self.is_lead(feature)
    }

    /// Does a unit of the translation stand beside itself?
    pub(super) fn is_repeated(&self, unit: usize) -> bool {
        let repeats = &self.skeletons[1].repeats;
        repeats[unit] || repeats.get(unit + 1) == Some(&true)
    }

    /// In exactly one unit of each side.
    pub(super) fn is_unique(&self, feature: Feature) -> bool {
        self.counts[feature as usize] == [1, 1]
    }

    /// A unit of the translation that has the feature.
    pub(super) fn owner(&self, feature: Feature) -> Option<usize> {
        self.owners[feature as usize]
    }

    /// Does the id of a heading say that its counterpart is another one?
    pub(super) fn contradict(&self, reference: usize, translation: usize) -> bool {
        let (r, t) = (self.partners[0][reference], self.partners[1][translation]);
        r.is_some_and(|partner| partner != translation) || t.is_some_and(|partner| partner != reference)
    }

    /// How many strong features both documents have, and how many the one with fewer has.
    #[expect(clippy::cast_precision_loss, reason = "counts of features are small")]
    pub(super) fn strong(&self) -> (f32, f32) {
        let mut sums = [0_u32; 3];
        for (_, [reference, translation]) in self.kinds.iter().zip(&self.counts).filter(|(kind, _)| kind.is_strong()) {
            sums[0] += reference.min(translation);
            sums[1] += reference;
            sums[2] += translation;
        }
        (sums[0] as f32, sums[1].min(sums[2]) as f32)
    }

    /// Weight of what two units share, and of the telling features that each has alone.
    pub(super) fn compare(&self, reference: usize, translation: usize) -> Shared {
        self.compare_lists(&self.sides[0][reference], &self.sides[1][translation])
    }

    /// The same for any two sorted lists of features.
    pub(super) fn compare_lists(&self, a: &[Feature], b: &[Feature]) -> Shared {
        let mut shared = Shared::default();
        let (mut i, mut j) = (0, 0);
        while i < a.len() || j < b.len() {
            match (a.get(i), b.get(j)) {
                (Some(x), Some(y)) if x == y => {
                    shared.both += self.weight(*x);
                    (i, j) = (i + 1, j + 1);
                }
                (Some(x), y) if y.is_none_or(|y| x < y) => {
                    shared.reference_only += self.telling_weight(*x);
                    shared.of_others[0] += self.elsewhere(*x, 1);
                    i += 1;
                }
                (_, Some(y)) => {
                    shared.translation_only += self.telling_weight(*y);
                    shared.of_others[1] += self.elsewhere(*y, 0);
                    j += 1;
                }
                (_, None) => break,
            }
        }
        shared
    }

    /// The weight of a telling feature that the other side of a pair lacks, unless it is a target that the other document
    /// has nowhere.
    fn elsewhere(&self, feature: Feature, other_side: usize) -> f32 {
        let is_there = self.counts[feature as usize][other_side] > 0;
        if is_there || !self.kinds[feature as usize].is_target() { self.telling_weight(feature) } else { 0.0 }
    }

    fn telling_weight(&self, feature: Feature) -> f32 {
        if self.is_telling(feature) { self.weight(feature) } else { 0.0 }
    }
}

/// What two units have in common.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shared {
    pub(super) both: f32,
    pub(super) reference_only: f32,
    pub(super) translation_only: f32,
    /// The same without targets that the other document has nowhere: those may have drifted, and say nothing about the place.
    pub(super) of_others: [f32; 2],
}

#[derive(Default)]
struct Interner {
    numbers: HashMap<u64, Feature>,
    kinds: Vec<MarkKind>,
}

impl Interner {
    fn intern(&mut self, hash: u64, kind: MarkKind) -> Feature {
        *self.numbers.entry(hash).or_insert_with(|| {
            self.kinds.push(kind);
            Feature::try_from(self.kinds.len() - 1).unwrap_or(Feature::MAX)
        })
    }

    /// The features of a unit, sorted, each once.
    fn unit(&mut self, document: &Document<'_>, marks: &[Mark], resolver: Resolver<'_>) -> Vec<Feature> {
        let mut features = Vec::with_capacity(marks.len());
        for mark in marks {
            match *mark {
                Mark::Value(hash, kind) => features.push(self.intern(hash, kind)),
                Mark::Link(link) => self.link(document, link, resolver, &mut features),
            }
        }
        features.sort_unstable();
        features.dedup();
        features
    }

    fn link(&mut self, document: &Document<'_>, link: InlineId, resolver: Resolver<'_>, features: &mut Vec<Feature>) {
        let target = resolver.target(document.inlines[link].kind.destination().unwrap_or_default());
        if target.page.is_empty() {
            features.push(self.intern(hashed(MarkKind::Fragment, &target.fragment), MarkKind::Fragment));
        } else {
            // Relative and absolute forms of one page end alike.
            let end = target.page.rsplit('/').next().unwrap_or_default();
            let end = self.intern(hashed(MarkKind::PageEnd, end), MarkKind::PageEnd);
            features.extend([self.intern(hashed(MarkKind::Page, &target.page), MarkKind::Page), end]);
        }
    }
}

/// Headings that share an id which nobody else of their side has.
fn partners(ids: [&[Vec<u64>]; 2]) -> [Vec<Option<usize>>; 2] {
    let mut owners: [HashMap<u64, Option<usize>>; 2] = Default::default();
    for (owners, ids) in owners.iter_mut().zip(ids) {
        for (unit, ids) in ids.iter().enumerate() {
            for id in ids {
                // A heading may have one id twice, explicitly and as its slug.
                owners.entry(*id).and_modify(|owner| *owner = owner.filter(|one| *one == unit)).or_insert(Some(unit));
            }
        }
    }
    let owner = |side: usize, id: &u64| owners[side].get(id).copied().flatten();
    let named: BTreeSet<(usize, usize)> =
        owners[0].keys().filter_map(|id| Some((owner(0, id)?, owner(1, id)?))).collect();
    let mut partners = [vec![None; ids[0].len()], vec![None; ids[1].len()]];
    let mut times = [vec![0_usize; ids[0].len()], vec![0; ids[1].len()]];
    for (r, t) in &named {
        times[0][*r] += 1;
        times[1][*t] += 1;
    }
    // Two ids that name different partners name none.
    for (r, t) in named.into_iter().filter(|(r, t)| times[0][*r] == 1 && times[1][*t] == 1) {
        (partners[0][r], partners[1][t]) = (Some(t), Some(r));
    }
    partners
}
