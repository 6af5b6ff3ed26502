//! Blocks that only one side has: the outermost ones that are wholly absent, without what is there all the same.

use std::collections::{BTreeMap, VecDeque};

use foldhash::{HashMap, HashSet};

use super::Comparison;
use super::presence::Presence;
use super::unit::{Shape, Unit, containers};
use crate::document::{BlockId, BlockKind, Document, Inline, InlineKind};

/// Units without a counterpart, with the outermost block around each that is wholly absent.
#[derive(Default)]
pub(super) struct Absent {
    pub(super) missing: BTreeMap<usize, BlockId>,
    pub(super) extra: BTreeMap<usize, BlockId>,
    /// Lists of the translation whose items say together what a paragraph of the reference does.
    pub(super) of_paragraphs: HashSet<BlockId>,
}

impl Absent {
    pub(super) fn of(comparison: &Comparison<'_>, translation: &Document<'_>, presence: &Presence<'_>) -> Self {
        let alignment = &comparison.alignment;
        let missing: Vec<usize> =
            (0..comparison.reference_units.len()).filter(|unit| alignment.translation_of(*unit).is_none()).collect();
        let extra: Vec<usize> =
            (0..comparison.translation_units.len()).filter(|unit| alignment.reference_of(*unit).is_none()).collect();
        let mut absent = Self {
            missing: owners(comparison.reference, &comparison.reference_units, &missing),
            extra: owners(translation, &comparison.translation_units, &extra),
            of_paragraphs: HashSet::default(),
        };
        absent.settle_lists(comparison, translation);
        // What is inside of something absent is as absent.
        let is_alone = |units: &[Unit], at: usize, owner: BlockId| units[at].block == owner;
        absent
            .missing
            .retain(|at, owner| !(is_alone(&comparison.reference_units, *at, *owner) && presence.is_there(0, *at)));
        absent
            .extra
            .retain(|at, owner| !(is_alone(&comparison.translation_units, *at, *owner) && presence.is_there(1, *at)));
        absent.extra.retain(|at, _| {
            !is_lead_in(translation, &comparison.translation_units[*at])
                && !is_beside_its_reference(comparison, translation, *at)
        });
        absent.missing.retain(|at, _| !is_lead_in_elsewhere(comparison, translation, *at));
        for side in [0, 1] {
            absent.settle_sentences(side, comparison, translation, presence);
        }
        absent.settle_paragraphs(comparison, translation, presence);
        absent
    }

    /// A list that was made of a sentence, or the other way round: what stands in it stands in the passage before.
    fn settle_sentences(
        &mut self,
        side: usize,
        comparison: &Comparison<'_>,
        translation: &Document<'_>,
        presence: &Presence<'_>,
    ) {
        let document = if side == 0 { comparison.reference } else { translation };
        let own = if side == 0 { &mut self.missing } else { &mut self.extra };
        let mut lists: BTreeMap<BlockId, Vec<usize>> = BTreeMap::new();
        for (unit, owner) in
            own.iter().filter(|(_, owner)| matches!(document.blocks[**owner].kind, BlockKind::List { .. }))
        {
            lists.entry(*owner).or_default().push(*unit);
        }
        for (list, units) in lists {
            if presence.is_in_sentence(side, &units) {
                own.retain(|_, owner| *owner != list);
            }
        }
    }

    /// A paragraph that became a list: one item is its counterpart, and together they are as long as it is.
    fn settle_paragraphs(&mut self, comparison: &Comparison<'_>, translation: &Document<'_>, presence: &Presence<'_>) {
        let lists: HashSet<BlockId> = self.extra.values().filter_map(|owner| list_of(translation, *owner)).collect();
        for list in lists {
            let units = &comparison.translation_units;
            let items = || (0..units.len()).filter(|at| units[*at].parent == Some(list));
            let (paired, added): (Vec<usize>, Vec<usize>) =
                items().partition(|at| comparison.alignment.reference_of(*at).is_some());
            let [paired] = paired.as_slice() else { continue };
            let is_text = comparison
                .alignment
                .reference_of(*paired)
                .is_some_and(|reference| comparison.reference_units[reference].shape == Shape::Text);
            if is_text && presence.are_one(*paired, &added) {
                self.extra.retain(|at, _| !added.contains(at));
                self.of_paragraphs.insert(list);
            }
        }
    }

    /// Items of one list that found no counterpart on either side are the same items in other words.
    fn settle_lists(&mut self, comparison: &Comparison<'_>, translation: &Document<'_>) {
        let counterparts = comparison.containers(translation);
        let mut by_list: HashMap<BlockId, VecDeque<usize>> = HashMap::default();
        for (unit, owner) in &self.extra {
            if let Some(list) = list_of(translation, *owner) {
                by_list.entry(list).or_default().push_back(*unit);
            }
        }
        self.missing.retain(|_, owner| {
            let list = list_of(comparison.reference, *owner).and_then(|list| counterparts.get(&list));
            let found = list.and_then(|list| by_list.get_mut(list)).and_then(VecDeque::pop_front);
            found.is_none_or(|found| self.extra.remove(&found).is_none())
        });
    }
}

/// The list that an item is in.
pub(super) fn list_of(document: &Document<'_>, item: BlockId) -> Option<BlockId> {
    let block = &document.blocks[item];
    if matches!(block.kind, BlockKind::Item { .. }) { block.parent } else { None }
}

/// For each absent unit the outermost block around it in which everything is absent.
fn owners(document: &Document<'_>, units: &[Unit], absent: &[usize]) -> BTreeMap<usize, BlockId> {
    let is_absent: HashSet<usize> = absent.iter().copied().collect();
    let mut present = HashSet::default();
    for (at, unit) in units.iter().enumerate() {
        if !is_absent.contains(&at) {
            present.insert(unit.block);
            present.extend(containers(document, unit.block));
        }
    }
    let mut owners = BTreeMap::new();
    for at in absent {
        let unit = &units[*at];
        // Footnotes are notes of either side's own.
        let is_note = |block: &BlockId| matches!(document.blocks[*block].kind, BlockKind::Footnote);
        if containers(document, unit.block).any(|block| is_note(&block)) {
            continue;
        }
        // An empty item around present blocks is a mark that moved, which the blocks inside tell.
        if present.contains(&unit.block) || is_silent(document, unit) {
            continue;
        }
        let outermost = containers(document, unit.block).find(|container| !present.contains(container));
        owners.insert(*at, outermost.unwrap_or(unit.block));
    }
    owners
}

/// Rules and bare HTML say nothing to a reader; neither does an empty paragraph.
fn is_silent(document: &Document<'_>, unit: &Unit) -> bool {
    match unit.shape {
        Shape::Rule | Shape::Html => true,
        Shape::Text if is_spoilt_call(document, unit) => true,
        Shape::Text => {
            unit.length == 0 && document.has_prose && document.inlines[unit.inlines.clone()].iter().all(is_anchor)
        }
        _ => false,
    }
}

/// The reference's words stand right beside their translation: these are left over, and told by `untranslated`.
fn is_beside_its_reference(comparison: &Comparison<'_>, translation: &Document<'_>, at: usize) -> bool {
    let units = &comparison.translation_units;
    let is_paired = |near: &usize| comparison.alignment.reference_of(*near).is_some();
    let near =
        [(at.saturating_sub(NEAR)..at).rev().find(is_paired), (at + 1..(at + NEAR).min(units.len())).find(is_paired)];
    near.into_iter().flatten().any(|near| {
        let theirs = comparison.alignment.reference_of(near).map(|reference| &comparison.reference_units[reference]);
        theirs.is_some_and(|theirs| {
            units[near].shape == units[at].shape
                && theirs.length >= LEFT
                && text(comparison.reference, theirs) == text(translation, &units[near])
                && text(translation, &units[at]) != text(translation, &units[near])
        })
    })
}

/// How far they are looked for, in units.
const NEAR: usize = 4;
/// Shorter words may be the same in two languages, in letters.
const LEFT: u32 = 40;

/// `For example:` ends the passage before.
fn is_lead_in_elsewhere(comparison: &Comparison<'_>, translation: &Document<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| comparison.alignment.translation_of(before));
    let ends = |unit: usize| ends_with_colon(translation, &comparison.translation_units[unit]);
    let unit = &comparison.reference_units[at];
    unit.shape == Shape::Text && ends_with_colon(comparison.reference, unit) && before.is_some_and(ends)
}

/// `For example:` as a paragraph of its own was split from the one before.
fn is_lead_in(document: &Document<'_>, unit: &Unit) -> bool {
    unit.shape == Shape::Text && unit.length <= LEAD_IN && ends_with_colon(document, unit)
}

fn ends_with_colon(document: &Document<'_>, unit: &Unit) -> bool {
    text(document, unit).trim_end_matches(['*', '_', ' ']).ends_with([':', '：'])
}

fn text<'d>(document: &'d Document<'_>, unit: &Unit) -> &'d str {
    document.source.slice(document.blocks[unit.text].span).trim()
}

/// How long it is at the most, in letters of a Latin script.
const LEAD_IN: u32 = 24;

/// A shortcode or container that lost one of its signs is a line of its own: `placeholder-mismatch` tells it.
fn is_spoilt_call(document: &Document<'_>, unit: &Unit) -> bool {
    let text = document.source.slice(document.blocks[unit.block].span).trim();
    let opens = ["{{", "{<", "{%", ":::", "{ {"].iter().any(|open| text.starts_with(open));
    let closes = ["}}", ">}", "%}", ":::"].iter().any(|close| text.ends_with(close));
    (opens || closes) && text.lines().count() == 1 && (opens || text.contains('{'))
}

fn is_anchor(inline: &Inline<'_>) -> bool {
    matches!(inline.kind, InlineKind::Anchor(_))
}
