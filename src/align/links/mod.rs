//! Links: paired by where they lead, inside matched blocks first, then across the page.

mod calls;
mod likeness;

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use foldhash::HashMap;

use super::{Comparison, Unit};
use crate::document::{Document, InlineId, InlineKind};
use crate::target::{Relation, Resolver, Target};
use calls::Calls;
use likeness::similarity;

/// One slot of the alignment of links: inlines of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkPair {
    /// The reference's link.
    pub reference: Option<InlineId>,
    /// The translation's link, or what was meant as one.
    pub translation: Option<InlineId>,
    /// How the two targets relate; [`Relation::Different`] where one is absent.
    pub relation: Relation,
    /// Where the translation's link is missing: the paired link before it in the same block.
    pub after: Option<InlineId>,
}

impl LinkPair {
    /// The links of both sides, where it has both.
    pub fn both(&self) -> Option<(InlineId, InlineId)> {
        self.reference.zip(self.translation)
    }
}

/// A link of one side.
struct Node {
    inline: InlineId,
    /// The unit of the reference that it belongs to, if that is known.
    home: Option<usize>,
    target: Rc<Target>,
    /// The link on the other side.
    pair: Option<(usize, Relation)>,
}

pub(super) fn align(comparison: &Comparison<'_>, translation: &Document<'_>, resolver: Resolver<'_>) -> Vec<LinkPair> {
    let [of_reference, of_translation] = &comparison.homes.0;
    let (reference_home, translation_home) = (|unit: usize| of_reference[unit], |unit: usize| of_translation[unit]);
    let reference = nodes(comparison.reference, &comparison.reference_units, reference_home, resolver);
    let translation_nodes = nodes(translation, &comparison.translation_units, translation_home, resolver);
    if are_the_same(&reference, &translation_nodes) {
        return reference.iter().zip(&translation_nodes).map(|(there, here)| equal(there, here)).collect();
    }
    let mut calls = Calls::default();
    calls.count(comparison.reference, &comparison.reference_units, reference_home, 1);
    calls.count(translation, &comparison.translation_units, translation_home, -1);
    let mut links = Links {
        homes: homes(&reference),
        calls,
        reference,
        translation: translation_nodes,
        documents: [comparison.reference, translation],
    };
    links.pair_equal(true);
    links.pair_in_blocks(|links, r, t| links.relation(r, t) == Relation::Equivalent);
    links.pair_equal(false);
    links.pair_elsewhere();
    links.pair_in_blocks(|links, r, t| links.relation(r, t) == Relation::SamePage);
    links.pair_drifted();
    links.pair_alike_elsewhere();
    links.into_pairs()
}

/// Do links to the same places stand in the same blocks, in one order? Then the k-th to a place is the k-th, and none is
/// left.
fn are_the_same(reference: &[Node], translation: &[Node]) -> bool {
    let is_same = |(there, here): (&Node, &Node)| {
        there.home.is_some() && there.home == here.home && there.target.identity() == here.target.identity()
    };
    reference.len() == translation.len() && reference.iter().zip(translation).all(is_same)
}

fn equal(reference: &Node, translation: &Node) -> LinkPair {
    let (reference, translation) = (Some(reference.inline), Some(translation.inline));
    LinkPair { reference, translation, relation: Relation::Equivalent, after: None }
}

fn nodes(
    document: &Document<'_>,
    units: &[Unit],
    home: impl Fn(usize) -> Option<usize>,
    resolver: Resolver<'_>,
) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| !unit.inlines.is_empty()) {
        let home = home(at);
        for inline in unit.inlines.clone() {
            if let (InlineKind::Link(_) | InlineKind::Malformed(_), Some(destination)) =
                (&document.inlines[inline].kind, document.inlines[inline].kind.destination())
            {
                nodes.push(Node { inline, home, target: resolver.target(destination), pair: None });
            }
        }
    }
    nodes
}

struct Links<'a> {
    reference: Vec<Node>,
    translation: Vec<Node>,
    documents: [&'a Document<'a>; 2],
    /// For each block of the reference its nodes.
    homes: HashMap<Option<usize>, std::ops::Range<usize>>,
    calls: Calls,
}

impl Links<'_> {
    /// Pairs the k-th free link of the reference to a place with the translation's k-th, in one block or anywhere.
    fn pair_equal(&mut self, in_one_block: bool) {
        let key = |node: &Node| {
            let home = if in_one_block { Some(node.home?) } else { None };
            Some((home, Place(Rc::clone(&node.target))))
        };
        let mut free: HashMap<_, Vec<usize>> = HashMap::default();
        for (at, node) in self.translation.iter().enumerate().rev().filter(|(_, node)| node.pair.is_none()) {
            if let Some(key) = key(node) {
                free.entry(key).or_default().push(at);
            }
        }
        for r in 0..self.reference.len() {
            let key = key(&self.reference[r]).filter(|_| self.reference[r].pair.is_none());
            if let Some(t) = key.and_then(|key| free.get_mut(&key)).and_then(Vec::pop) {
                self.pair(r, t, Relation::Equivalent);
            }
        }
    }

    /// Pairs free links of matched blocks in order, where `goes` says that they go together.
    fn pair_in_blocks(&mut self, goes: impl Fn(&Self, usize, usize) -> bool) {
        for (rs, ts) in self.free_by_block() {
            for r in rs {
                let free = ts.iter().filter(|t| self.translation[**t].pair.is_none());
                if let Some(t) = free.copied().find(|t| goes(self, r, *t)) {
                    let relation = self.relation(r, t);
                    self.pair(r, t, relation);
                }
            }
        }
    }

    /// Pairs free links anywhere that are two forms of one place, known by their last segment.
    fn pair_elsewhere(&mut self) {
        let end = |node: &Node| node.target.page.rsplit('/').next().unwrap_or_default().to_owned();
        let mut free: HashMap<String, Vec<usize>> = HashMap::default();
        for (at, node) in self.translation.iter().enumerate().filter(|(_, node)| node.pair.is_none()) {
            free.entry(end(node)).or_default().push(at);
        }
        for r in 0..self.reference.len() {
            let candidates = free.get(&end(&self.reference[r])).filter(|_| self.reference[r].pair.is_none());
            let is_form =
                |t: &&usize| self.translation[**t].pair.is_none() && self.relation(r, **t) == Relation::Equivalent;
            if let Some(t) = candidates.and_then(|all| all.iter().take(64).find(is_form)).copied() {
                self.pair(r, t, Relation::Equivalent);
            }
        }
    }

    /// Pairs what is left on the page where the last segment or the fragment stayed: a drift that also moved.
    fn pair_alike_elsewhere(&mut self) {
        let ends = |node: &Node| {
            let segment = node.target.page.rsplit('/').next().unwrap_or_default();
            [segment, &node.target.fragment].map(|end| Some(end.to_owned()).filter(|end| end.len() > 3))
        };
        let mut free: HashMap<String, Vec<usize>> = HashMap::default();
        for (at, node) in
            self.translation.iter().enumerate().filter(|(_, node)| node.pair.is_none() && node.home.is_some())
        {
            ends(node).into_iter().flatten().for_each(|end| free.entry(end).or_default().push(at));
        }
        for r in 0..self.reference.len() {
            let node = &self.reference[r];
            if node.pair.is_some() || node.home.is_none() {
                continue;
            }
            let candidates = ends(node).into_iter().flatten().filter_map(|end| free.get(&end)).flatten().take(64);
            let candidate = candidates.copied().find(|t| self.translation[*t].pair.is_none());
            if let Some(t) = candidate {
                let relation = self.relation(r, t);
                self.pair(r, t, relation);
            }
        }
    }

    /// Pairs what is left in matched blocks where there is evidence that one became the other.
    fn pair_drifted(&mut self) {
        for (rs, ts) in self.free_by_block() {
            let mut candidates = Vec::new();
            for (i, r) in rs.iter().enumerate() {
                for (j, t) in ts.iter().enumerate() {
                    // As many on both sides: each takes the other's place, unless something speaks for another.
                    let by_place = if rs.len() == ts.len() && i == j { 0.6 } else { 0.0 };
                    candidates.push((self.evidence(*r, *t) + by_place, *r, *t));
                }
            }
            candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
            for (evidence, r, t) in candidates {
                if evidence >= 0.5 && self.reference[r].pair.is_none() && self.translation[t].pair.is_none() {
                    self.pair(r, t, Relation::Different);
                }
            }
        }
    }

    /// Free links by block: those of the reference beside those of the translation, at most 64 of each.
    fn free_by_block(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut blocks: HashMap<usize, (Vec<usize>, Vec<usize>)> = HashMap::default();
        let free = |node: &Node| node.home.filter(|_| node.pair.is_none());
        for (at, home) in self.reference.iter().enumerate().filter_map(|(at, node)| Some((at, free(node)?))) {
            blocks.entry(home).or_default().0.push(at);
        }
        for (at, home) in self.translation.iter().enumerate().filter_map(|(at, node)| Some((at, free(node)?))) {
            blocks.entry(home).or_default().1.push(at);
        }
        let mut blocks: Vec<_> = blocks.into_iter().filter(|(_, (r, t))| !r.is_empty() && !t.is_empty()).collect();
        blocks.sort_unstable_by_key(|(home, _)| *home);
        blocks
            .into_iter()
            .map(|(_, (mut r, mut t))| {
                r.truncate(64);
                t.truncate(64);
                (r, t)
            })
            .collect()
    }

    fn relation(&self, r: usize, t: usize) -> Relation {
        self.reference[r].target.relation(&self.translation[t].target)
    }

    /// How much speaks for a link having become another, from 0 to 2.
    fn evidence(&self, r: usize, t: usize) -> f32 {
        let (a, b) = (&self.reference[r].target, &self.translation[t].target);
        if a.page.is_empty() || b.page.is_empty() {
            return if a.page.is_empty() && b.page.is_empty() { 0.5 } else { 0.0 };
        }
        let same_words = match (self.text(0, &self.reference[r]), self.text(1, &self.translation[t])) {
            (Some(x), Some(y)) if x.trim().len() > 1 && x.trim() == y.trim() => 0.6,
            _ => 0.0,
        };
        similarity(&a.page, &b.page) + same_words
    }

    fn text(&self, side: usize, node: &Node) -> Option<&str> {
        let link = self.documents[side].inlines[node.inline].kind.as_link()?;
        Some(self.documents[side].source.slice(link.text_span))
    }

    fn pair(&mut self, r: usize, t: usize, relation: Relation) {
        self.reference[r].pair = Some((t, relation));
        self.translation[t].pair = Some((r, relation));
    }

    /// Pairs in the translation's order, what is missing last. The links of a lost or added block belong to it.
    fn into_pairs(mut self) -> Vec<LinkPair> {
        let mut pairs = Vec::with_capacity(self.translation.len());
        let mut calls = std::mem::take(&mut self.calls);
        for node in &self.translation {
            let (reference, relation) = match node.pair {
                Some((r, relation)) => (Some(self.reference[r].inline), relation),
                None if node.home.is_none() || self.is_repeated(node) => continue,
                None if calls.take(node.home, 1) => continue,
                None => (None, Relation::Different),
            };
            pairs.push(LinkPair { reference, translation: Some(node.inline), relation, after: None });
        }
        let mut before: HashMap<usize, InlineId> = HashMap::default();
        for node in &self.reference {
            match (node.pair, node.home) {
                (Some((t, _)), Some(home)) if self.translation[t].home == Some(home) => {
                    before.insert(home, self.translation[t].inline);
                }
                // A call in the translation that the reference does not have stands for the link.
                (None, Some(_)) if calls.take(node.home, -1) => {}
                (None, Some(home)) => pairs.push(LinkPair {
                    reference: Some(node.inline),
                    translation: None,
                    relation: Relation::Different,
                    after: before.get(&home).copied(),
                }),
                _ => {}
            }
        }
        pairs
    }

    /// A further link to what the same passage of the reference links to as well says nothing wrong.
    fn is_repeated(&self, node: &Node) -> bool {
        let twin = |other: &Node| other.home == node.home && other.target.identity() == node.target.identity();
        self.homes.get(&node.home).is_some_and(|there| self.reference[there.clone()].iter().take(64).any(twin))
    }
}

/// Where a link leads: two are one where their targets have one identity.
struct Place(Rc<Target>);

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.0.identity() == other.0.identity()
    }
}

impl Eq for Place {}

impl Hash for Place {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.identity().hash(state);
    }
}

/// For each block the nodes of the reference in it, which follow each other.
fn homes(nodes: &[Node]) -> HashMap<Option<usize>, std::ops::Range<usize>> {
    let mut homes: HashMap<Option<usize>, std::ops::Range<usize>> = HashMap::default();
    for (at, node) in nodes.iter().enumerate() {
        homes.entry(node.home).or_insert(at..at).end = at + 1;
    }
    homes
}
