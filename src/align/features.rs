//! Features: what of a unit survives translation.
//!
//! Link targets, images, code, anchors and names with capitals or digits are the same in every language. Each
//! feature is interned to a number; its weight falls with the number of units that share it.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::unit::{Shape, Unit};
use crate::document::{BlockKind, Document, InlineKind, slug};
use crate::source::Span;
use crate::target::{Resolver, file_stem};

/// A feature's number.
pub(super) type Feature = u32;

/// The features of two documents.
pub(super) struct Features {
    /// For each side, for each unit: its features, sorted.
    pub(super) sides: [Vec<Vec<Feature>>; 2],
    /// For each feature, in how many units of each side it is.
    pub(super) counts: Vec<[u32; 2]>,
    /// For each side, for each unit: does it repeat the words of the unit before?
    pub(super) repeats: [Vec<bool>; 2],
    /// For each side, for each unit: the words of a heading or an item, hashed, unless they are hardly more than a name.
    pub(super) words: [Vec<Option<u64>>; 2],
    /// For each side, for each unit: the ids of a heading, its slug where it has none, hashed.
    pub(super) ids: [Vec<Vec<u64>>; 2],
    /// For each side, for each unit: the heading of the other side that has its id, where each is the only one.
    pub(super) partners: [Vec<Option<usize>>; 2],
    /// For each feature, the last unit of the translation that has it.
    owners: Vec<Option<usize>>,
    /// For each feature: does it survive every translation (targets, code), or most (names)?
    is_strong: Vec<bool>,
    /// For each feature: is it a target, which changes as the site does?
    is_target: Vec<bool>,
    /// For each feature: is it the code that an item or a row opens with?
    is_lead: Vec<bool>,
}

impl Features {
    pub(super) fn new(documents: [(&Document<'_>, &Vec<Unit>); 2], resolver: Resolver<'_>) -> Self {
        let mut interner = Interner::default();
        let mut counts: Vec<[u32; 2]> = Vec::new();
        let sides: [Vec<Vec<Feature>>; 2] = [0, 1].map(|side| {
            let (document, units) = documents[side];
            let of_unit = |unit: &Unit| {
                let mut features = interner.unit(document, unit, resolver);
                features.sort_unstable();
                features.dedup();
                counts.resize(interner.is_strong.len(), [0, 0]);
                for feature in &features {
                    counts[*feature as usize][side] += 1;
                }
                features
            };
            units.iter().map(of_unit).collect()
        });
        let repeats = documents.map(|(document, units)| repeats(document, units));
        let words = documents.map(|(document, units)| units.iter().map(|unit| words(document, unit)).collect());
        let ids: [Vec<Vec<u64>>; 2] =
            documents.map(|(document, units)| units.iter().map(|unit| ids(document, unit)).collect());
        let partners = partners(&ids);
        let mut owners = vec![None; counts.len()];
        for (unit, features) in sides[1].iter().enumerate() {
            for feature in features {
                owners[*feature as usize] = Some(unit);
            }
        }
        Self {
            sides,
            counts,
            repeats,
            words,
            ids,
            partners,
            owners,
            is_strong: interner.is_strong,
            is_target: interner.is_target,
            is_lead: interner.is_lead,
        }
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
        self.is_strong[feature as usize]
    }

    /// The code that an item or a row opens with tells it from its siblings, in one list. It says nothing elsewhere.
    fn is_lead(&self, feature: Feature) -> bool {
        self.is_lead[feature as usize]
    }

    /// Does it tell a unit from others, there or not there?
    pub(super) fn is_telling(&self, feature: Feature) -> bool {
        self.is_strong(feature) || self.is_lead(feature)
    }

    /// Does a unit of the translation stand beside itself?
    pub(super) fn is_repeated(&self, unit: usize) -> bool {
        self.repeats[1][unit] || self.repeats[1].get(unit + 1) == Some(&true)
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
        for (_, [reference, translation]) in
            self.is_strong.iter().zip(&self.counts).filter(|(is_strong, _)| **is_strong)
        {
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
        if is_there || !self.is_target[feature as usize] { self.telling_weight(feature) } else { 0.0 }
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
    is_strong: Vec<bool>,
    is_target: Vec<bool>,
    is_lead: Vec<bool>,
}

impl Interner {
    fn intern(&mut self, kind: char, value: impl Hash) -> Feature {
        let mut hasher = DefaultHasher::new();
        (kind, value).hash(&mut hasher);
        *self.numbers.entry(hasher.finish()).or_insert_with(|| {
            self.is_strong.push(!matches!(kind, 'w' | 't' | 'o'));
            self.is_target.push(matches!(kind, 'l' | 'f'));
            self.is_lead.push(kind == 'o');
            Feature::try_from(self.is_strong.len() - 1).unwrap_or(Feature::MAX)
        })
    }

    fn unit(&mut self, document: &Document<'_>, unit: &Unit, resolver: Resolver<'_>) -> Vec<Feature> {
        let mut features = Vec::new();
        features.extend(lead(document, unit).map(|code| self.intern('o', without_placeholders(code))));
        for inline in &document.inlines[unit.inlines.clone()] {
            let found = match &inline.kind {
                InlineKind::Link(_) | InlineKind::Malformed(_) => {
                    let target = resolver.target(inline.kind.destination().unwrap_or_default());
                    if target.page.is_empty() {
                        [Some(self.intern('f', target.fragment)), None]
                    } else {
                        // Relative and absolute forms of one page end alike.
                        let end = self.intern('t', target.page.rsplit('/').next().unwrap_or_default());
                        [Some(self.intern('l', target.page)), Some(end)]
                    }
                }
                InlineKind::Image(image) => [Some(self.intern('i', file_stem(&image.destination))), None],
                InlineKind::Code(code) => [Some(self.intern('c', without_placeholders(code))), None],
                InlineKind::Anchor(id) => [Some(self.intern('a', id)), None],
                InlineKind::Emphasis | InlineKind::Strong | InlineKind::Stray(_) => [None, None],
            };
            features.extend(found.into_iter().flatten());
        }
        match &document.blocks[unit.block].kind {
            BlockKind::Code { text, .. } => self.code(text, &mut features),
            _ if unit.shape != Shape::Rule && document.has_prose => {
                let span = document.blocks[unit.text].span;
                self.names(document.source.slice(span), &mut features);
            }
            _ => {}
        }
        features
    }

    /// A code block is known by its lines: comments and strings in it may be translated.
    fn code(&mut self, text: &str, features: &mut Vec<Feature>) {
        let lines = text.lines().map(str::trim).filter(|line| line.len() > 1 && line.is_ascii());
        features.extend(lines.take(64).map(|line| self.intern('k', without_placeholders(line))));
    }

    /// Words with a capital, a digit or an underscore, in ASCII: names, versions, numbers, identifiers.
    fn names(&mut self, text: &str, features: &mut Vec<Feature>) {
        let words = text.split(|char: char| !char.is_ascii_alphanumeric() && char != '_');
        let words = words.map(|word| word.trim_matches('_')).filter(|word| word.len() > 1);
        let is_of_name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        let names = words.filter(|word| word.bytes().any(is_of_name));
        features.extend(names.take(256).map(|name| self.intern('w', name)));
    }
}

/// The code that an item or a row opens with, marked as such or not: `port` or `max_length`.
fn lead<'d>(document: &'d Document<'_>, unit: &Unit) -> Option<&'d str> {
    if !matches!(unit.shape, Shape::Item { .. } | Shape::Row) {
        return None;
    }
    let is_mark = |char: char| !char.is_alphanumeric() && char != '_';
    let text = document.source.slice(document.blocks[unit.text].span).trim_start_matches(is_mark);
    let word = &text[..text.find(|char: char| is_mark(char) && char != '.').unwrap_or(text.len())];
    let is_identifier = word.is_ascii() && word.trim_matches(['_', '.']).contains('_');
    if is_identifier {
        return Some(word);
    }
    let mut inlines = document.inlines[unit.inlines.clone()].iter();
    let first = inlines.find(|inline| !matches!(inline.kind, InlineKind::Emphasis | InlineKind::Strong))?;
    let InlineKind::Code(code) = &first.kind else { return None };
    let before = Span { start: document.blocks[unit.block].span.start, end: first.span.start };
    (!document.source.slice(before).contains(char::is_alphabetic)).then_some(code)
}

/// The ids that tell a heading: a translation often keeps the slug of the reference's heading as an explicit id.
fn ids(document: &Document<'_>, unit: &Unit) -> Vec<u64> {
    let hash = |id: &str| {
        let mut hasher = DefaultHasher::new();
        id.to_lowercase().hash(&mut hasher);
        hasher.finish()
    };
    if !matches!(unit.shape, Shape::Heading(_)) {
        return Vec::new();
    }
    let explicit = document.inlines[unit.inlines.clone()].iter().filter_map(|inline| match &inline.kind {
        InlineKind::Anchor(id) => Some(hash(id)),
        _ => None,
    });
    let mut ids: Vec<u64> = explicit.collect();
    if document.has_prose {
        ids.push(hash(&slug::of_heading(document, unit.block)));
    }
    ids
}

/// Headings that share an id which nobody else of their side has.
fn partners(ids: &[Vec<Vec<u64>>; 2]) -> [Vec<Option<usize>>; 2] {
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

fn words(document: &Document<'_>, unit: &Unit) -> Option<u64> {
    let text = document.source.slice(document.blocks[unit.text].span).trim();
    let can_be_left = matches!(unit.shape, Shape::Heading(_) | Shape::Item { .. });
    (can_be_left && has_words(text)).then(|| {
        let mut hasher = DefaultHasher::new();
        text.trim_start_matches(['#', '*', '-', '+', ' ']).hash(&mut hasher);
        hasher.finish()
    })
}

/// Words that a translator would translate: two without signs in them, and no template call.
fn has_words(text: &str) -> bool {
    let is_word = |word: &&str| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    !text.contains("{{") && text.split_whitespace().filter(is_word).count() > 1
}

fn repeats(document: &Document<'_>, units: &[Unit]) -> Vec<bool> {
    let words = |unit: &Unit| document.source.slice(document.blocks[unit.text].span);
    let repeats =
        |pair: &[Unit]| pair[0].shape == pair[1].shape && pair[1].length > 8 && words(&pair[0]) == words(&pair[1]);
    std::iter::once(false).chain(units.windows(2).map(repeats)).collect()
}

/// Code without what may be translated in it: `{{path/to/file}}`, `<name>`, words in other scripts, white space.
fn without_placeholders(code: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(code.len());
    for char in code.chars() {
        match char {
            '{' | '<' => depth += 1,
            '}' | '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 && char.is_ascii_graphic() => kept.push(char),
            _ => {}
        }
    }
    kept
}
