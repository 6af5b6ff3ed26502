//! Alignment: a translation beside its reference, node by node.
//!
//! Nothing is paired by position alone. Blocks are split at features that are unique on both sides and then
//! aligned by bounded dynamic programming (`sequence`); links are paired inside matched blocks first, then
//! across the page (`links`).

mod absent;
mod enclosures;
mod features;
mod links;
mod lists;
mod passages;
mod peers;
mod presence;
mod sentences;
mod sequence;
mod skeleton;
mod structure;
mod unit;

use std::rc::Rc;

use foldhash::HashMap;

use crate::diagnostic::Basis;
use crate::document::{BlockId, Document, InlineId};
use crate::revision::Standing;
use crate::site::{Side, Site};
use crate::source::Span;
use crate::target::{Resolver, Target};

use sequence::Alignment;

pub use links::LinkPair;
pub(crate) use lists::{Count, other_marks};
pub use passages::Passage;
pub use peers::{Peers, Voice};
pub use skeleton::Skeleton;
pub use structure::{Concern, Container, Difference};
pub use unit::{Shape, Unit};

/// A translation, and how it compares with its reference where it has one.
#[derive(Debug)]
pub struct Bitext<'a> {
    /// The translation.
    pub translation: &'a Document<'a>,
    /// The reference's side.
    pub comparison: Option<Comparison<'a>>,
    /// How the translation stands to the revisions of its reference; known once everything else was checked.
    pub standing: Standing,
    /// The pages around it, where they are known.
    pub site: Option<&'a dyn Site>,
    /// What other translations made from the same revision have, where they stand in for the reference.
    pub peers: Option<&'a Peers<'a>>,
    resolver: Resolver<'a>,
}

/// What the alignment of two documents found.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The reference.
    pub reference: &'a Document<'a>,
    /// The reference's units, in order.
    pub reference_units: Rc<[Unit]>,
    /// The translation's units, in order.
    pub translation_units: Rc<[Unit]>,
    /// Pairs of units in the translation's order; a missing one follows its left neighbour in the reference.
    pub pairs: Vec<Pair>,
    /// Pairs of links, empty where the documents are not comparable.
    pub links: Vec<LinkPair>,
    /// Differences of structure, empty where the documents are not comparable.
    pub differences: Vec<Difference>,
    /// How much of the two documents agrees, from 0 to 1.
    pub agreement: f32,
    /// How the reference was found.
    pub basis: Basis,
    /// The reference's link for each paired link of the translation.
    reference_links: HashMap<InlineId, InlineId>,
    /// For each unit of the translation: does its counterpart share with it what survives translation?
    kindred: Vec<bool>,
    homes: passages::Homes,
    passages: Vec<Passage>,
    alignment: Alignment,
}

/// One slot of the alignment of units: indices into the two lists of units of a [`Comparison`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// On both sides.
    Matched {
        /// Index into [`Comparison::reference_units`].
        reference: usize,
        /// Index into [`Comparison::translation_units`].
        translation: usize,
    },
    /// Only in the reference.
    Missing {
        /// Index into [`Comparison::reference_units`].
        reference: usize,
    },
    /// Only in the translation.
    Extra {
        /// Index into [`Comparison::translation_units`].
        translation: usize,
    },
}

/// Below this agreement two documents are taken for different articles. Measured: see ARCHITECTURE.md.
pub const COMPARABLE: f32 = 0.45;

impl<'a> Bitext<'a> {
    /// A translation without a reference.
    pub fn alone(translation: &'a Document<'a>, resolver: Resolver<'a>) -> Self {
        Self { translation, comparison: None, standing: Standing::default(), site: None, peers: None, resolver }
    }

    /// Aligns a translation with its reference.
    pub fn new(
        reference: &'a Document<'a>,
        basis: Basis,
        translation: &'a Document<'a>,
        resolver: Resolver<'a>,
    ) -> Self {
        let comparison = Comparison::new(reference, basis, translation, resolver);
        Self { comparison: Some(comparison), ..Self::alone(translation, resolver) }
    }

    /// The canonical form of a destination in this pair of documents.
    pub fn target(&self, destination: &str) -> Rc<Target> {
        self.resolver.target(destination)
    }

    /// Between translations of a cohort: does a link lead to a page that only some of their languages have?
    pub fn is_optional(&self, destination: &str) -> bool {
        let is_cohort = self.comparison.as_ref().is_some_and(|comparison| comparison.basis == Basis::Cohort);
        is_cohort && self.site.is_some_and(|site| site.is_in_some_languages(&self.target(destination)))
    }

    /// The language of the translation, where it is known.
    pub fn language(&self) -> Option<&'a str> {
        self.resolver.languages.first().copied()
    }

    /// Does a fragment of the reference's resolve on none of the project's pages that it may be meant for?
    pub fn is_dead(&self, target: &Target) -> bool {
        let Some(site) = self.site.filter(|site| site.is_calibrated()) else { return false };
        if target.fragment.is_empty() || target.is_fragment_only() || !target.is_local() {
            return false;
        }
        let pages = site.pages(target, Side::Reference);
        !pages.is_empty() && pages.iter().all(|page| !page.resolves(&target.fragment))
    }

    /// Does most of what is translated into this language leave a line of the reference as it is, on page after page?
    pub fn is_boilerplate(&self, place: Span) -> bool {
        let (Some(site), Some(comparison)) = (self.site, &self.comparison) else { return false };
        let line = comparison.reference.source.line_around(Span::at(place.start as usize));
        site.norm_of_line(line).is_some_and(|norm| norm.keeps(50))
    }

    /// The language of the reference, where that is known.
    pub fn reference_language(&self) -> Option<&'a str> {
        self.resolver.languages.get(1).copied()
    }

    /// The reference's counterpart of a link of the translation.
    pub fn reference_link(&self, link: InlineId) -> Option<InlineId> {
        self.comparison.as_ref()?.reference_links.get(&link).copied()
    }

    /// The reference itself, where there is one that speaks with its own voice: the representative of a cohort is a
    /// translation too, and lends its structure and targets alone.
    pub fn source_document(&self) -> Option<&'a Document<'a>> {
        self.comparison
            .as_ref()
            .filter(|comparison| comparison.basis != Basis::Cohort)
            .map(|comparison| comparison.reference)
    }

    /// The comparison, where the two documents are of one article.
    pub fn comparable(&self) -> Option<&Comparison<'a>> {
        self.comparison.as_ref().filter(|comparison| comparison.is_comparable())
    }
}

impl<'a> Comparison<'a> {
    /// Aligns a translation with its reference.
    pub fn new(
        reference: &'a Document<'a>,
        basis: Basis,
        translation: &'a Document<'a>,
        resolver: Resolver<'_>,
    ) -> Self {
        let skeletons = [&Skeleton::new(reference), &Skeleton::new(translation)];
        Self::between([reference, translation], skeletons, basis, resolver)
    }

    /// Aligns a translation with its reference, in this order, by what is known of each.
    pub fn between(
        [reference, translation]: [&'a Document<'a>; 2],
        skeletons: [&Skeleton; 2],
        basis: Basis,
        resolver: Resolver<'_>,
    ) -> Self {
        let [reference_units, translation_units] = skeletons.map(|skeleton| Rc::clone(&skeleton.units));
        let documents = [(reference, skeletons[0]), (translation, skeletons[1])];
        let features = features::Features::new(documents, resolver);
        let alignment = sequence::align(&reference_units, &translation_units, &features);
        let agreement = alignment.agreement([&reference_units, &translation_units], &features);
        let homes = passages::Homes::new([&reference_units, &translation_units], &alignment, &features);
        let mut comparison = Self {
            reference,
            pairs: alignment.pairs(),
            reference_units,
            translation_units,
            links: Vec::new(),
            differences: Vec::new(),
            agreement,
            basis,
            reference_links: HashMap::default(),
            kindred: alignment.kindred(&features),
            homes,
            passages: Vec::new(),
            alignment,
        };
        if comparison.is_comparable() {
            comparison.passages = comparison.find_passages();
            comparison.links = links::align(&comparison, translation, resolver);
            comparison.differences = structure::differences(&comparison, translation, &features);
            comparison.reference_links =
                comparison.links.iter().filter_map(LinkPair::both).map(|(r, t)| (t, r)).collect();
        }
        comparison
    }

    /// The block of the translation that holds the words of a block of the reference.
    pub fn counterpart(&self, reference: BlockId) -> Option<BlockId> {
        let unit = unit_of(&self.reference_units, reference)?;
        Some(self.translation_units[self.alignment.translation_of(unit)?].text)
    }

    /// The block of the reference that a block of the translation was made from.
    pub fn reference_block(&self, translation: BlockId) -> Option<BlockId> {
        let unit = unit_of(&self.translation_units, translation)?;
        Some(self.reference_units[self.alignment.reference_of(unit)?].text)
    }

    /// The same, where more than their kind and place says so: good enough to be shown beside it.
    pub fn kindred_block(&self, translation: BlockId) -> Option<BlockId> {
        let unit = unit_of(&self.translation_units, translation)?;
        self.kindred[unit].then(|| self.reference_block(translation)).flatten()
    }

    /// Is a block of the translation the reference's own heading or item, left beside its translation?
    pub fn is_left(&self, translation: BlockId) -> bool {
        unit_of(&self.translation_units, translation).is_some_and(|unit| self.alignment.is_left(unit))
    }

    /// Where a unit that only the reference has should stand: the end of the matched one before it.
    pub fn place_of_missing(&self, reference: usize, translation: &Document<'_>) -> Span {
        let before = self.alignment.to_translation[..reference].iter().rev().flatten().next();
        match (before, translation.blocks.first()) {
            (Some(unit), _) => translation.blocks[self.translation_units[*unit].block].span.after(),
            (None, Some(first)) => Span::at(first.span.start as usize),
            (None, None) => Span::at(translation.source.text().len()),
        }
    }

    /// Where a unit that only the translation has would stand in the reference.
    pub fn place_of_extra(&self, translation: usize) -> Span {
        let before = self.alignment.to_reference[..translation].iter().rev().flatten().next();
        match (before, self.reference.blocks.first()) {
            (Some(unit), _) => self.reference.blocks[self.reference_units[*unit].block].span.after(),
            (None, Some(first)) => Span::at(first.span.start as usize),
            (None, None) => Span::at(self.reference.source.text().len()),
        }
    }

    /// Do enough blocks agree for the differences to mean something?
    pub fn is_comparable(&self) -> bool {
        self.agreement >= COMPARABLE
    }

    /// The matched pairs of blocks.
    pub fn matched(&self) -> impl Iterator<Item = (&Unit, &Unit)> {
        self.pairs.iter().filter_map(|pair| match *pair {
            Pair::Matched { reference, translation } => {
                Some((&self.reference_units[reference], &self.translation_units[translation]))
            }
            _ => None,
        })
    }

    /// The passages of the translation that have no counterpart.
    pub fn unmatched(&self, translation: &Document<'_>) -> Vec<Span> {
        let extra = self.pairs.iter().filter_map(|pair| match *pair {
            Pair::Extra { translation } => Some(self.translation_units[translation].block),
            _ => None,
        });
        extra.map(|block| translation.blocks[block].span).collect()
    }

    /// The differences of structure that are about one thing.
    pub fn about(&self, concern: Concern, translation: &Document<'_>) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(move |one| one.concern(self.reference, translation) == concern)
    }

    /// For each container of the reference, the translation's container that holds most of its matched units.
    pub fn containers(&self, translation: &Document<'_>) -> HashMap<BlockId, BlockId> {
        let mut votes: HashMap<(BlockId, BlockId), usize> = HashMap::default();
        for (r, t) in self.matched() {
            let ours = unit::containers(self.reference, r.block);
            for (a, b) in ours.zip(unit::containers(translation, t.block)) {
                *votes.entry((a, b)).or_default() += 1;
            }
        }
        let mut best: HashMap<BlockId, (usize, BlockId)> = HashMap::default();
        for ((reference, translation), n) in votes {
            let entry = best.entry(reference).or_insert((n, translation));
            if (n, std::cmp::Reverse(translation)) > (entry.0, std::cmp::Reverse(entry.1)) {
                *entry = (n, translation);
            }
        }
        best.into_iter().map(|(reference, (_, translation))| (reference, translation)).collect()
    }
}

/// The unit that a block is, or is part of.
fn unit_of(units: &[Unit], block: BlockId) -> Option<usize> {
    units.partition_point(|unit| unit.block <= block).checked_sub(1)
}

#[cfg(test)]
mod tests;
