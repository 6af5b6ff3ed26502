//! Differences of structure, each told once: a lost or added block owns everything in it.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::features::Features;
use super::presence::Presence;
use super::unit::{Shape, Unit, containers};
use super::{Comparison, Pair};
use crate::document::{BlockId, BlockKind, Document, Inline, InlineKind};
use crate::source::Span;

/// One difference of structure.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// Blocks that only the reference has, one after the other.
    Missing {
        /// The outermost blocks that are wholly lost.
        blocks: Vec<BlockId>,
        /// Where they should stand in the translation.
        place: Span,
    },
    /// Blocks that only the translation has, one after the other.
    Extra {
        /// The outermost blocks that are wholly added.
        blocks: Vec<BlockId>,
        /// Where they would stand in the reference.
        place: Span,
    },
    /// Matched blocks of different kinds, levels or nesting.
    Changed {
        /// The reference's block.
        reference: BlockId,
        /// The translation's block.
        translation: BlockId,
    },
    /// Words that stand in a quote, an alert or a list on one side only.
    Wrapped {
        /// The container, on the side that has it.
        container: Container,
        /// The reference's block inside.
        reference: BlockId,
        /// The translation's block inside.
        translation: BlockId,
    },
}

/// A container of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Of the reference: lost.
    Reference(BlockId),
    /// Of the translation: added.
    Translation(BlockId),
}

/// What a difference is about: each belongs to one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// Headings, and the sections under them.
    Heading,
    /// Marks, items and nesting of lists.
    List,
    /// Anything else.
    Block,
}

impl Difference {
    /// What the difference is about.
    pub fn concern(&self, reference: &Document<'_>, translation: &Document<'_>) -> Concern {
        let kind = |document: &Document<'_>, block: &BlockId| match document.blocks[*block].kind {
            BlockKind::Heading { .. } => Concern::Heading,
            BlockKind::Item { .. } => Concern::List,
            _ => Concern::Block,
        };
        let of = |concerns: &mut dyn Iterator<Item = Concern>| {
            concerns.fold(Concern::Block, |all, one| match (all, one) {
                (Concern::Heading, _) | (_, Concern::Heading) => Concern::Heading,
                (Concern::List, _) | (_, Concern::List) => Concern::List,
                _ => Concern::Block,
            })
        };
        match self {
            Self::Missing { blocks, .. } => of(&mut blocks.iter().map(|block| kind(reference, block))),
            Self::Extra { blocks, .. } => of(&mut blocks.iter().map(|block| kind(translation, block))),
            Self::Changed { translation: t, .. } if matches!(translation.blocks[*t].kind, BlockKind::Code { .. }) => {
                Concern::Block
            }
            Self::Changed { reference: r, translation: t } => {
                of(&mut [kind(reference, r), kind(translation, t)].into_iter())
            }
            Self::Wrapped { .. } => Concern::Block,
        }
    }
}

/// The differences between two documents, in the translation's order.
pub(super) fn differences(
    comparison: &Comparison<'_>,
    translation: &Document<'_>,
    features: &Features,
) -> Vec<Difference> {
    let absent = Absent::of(comparison, translation, &Presence::new(comparison, translation, features));
    let mut told = HashSet::new();
    let mut runs = Runs { comparison, translation, open: None, last: None, differences: Vec::new() };
    for pair in &comparison.pairs {
        match *pair {
            Pair::Missing { reference } => {
                if let Some(owner) = absent.missing.get(&reference) {
                    runs.extend(Side::Reference, *owner, reference);
                }
            }
            Pair::Extra { translation: unit } => {
                if let Some(owner) = absent.extra.get(&unit) {
                    runs.extend(Side::Translation, *owner, unit);
                }
            }
            Pair::Matched { reference, translation: unit } => {
                runs.close();
                runs.last = None;
                let (r, t) = (&comparison.reference_units[reference], &comparison.translation_units[unit]);
                runs.differences.extend(changed(comparison.reference, translation, r, t, &mut told));
            }
        }
    }
    runs.close();
    runs.differences
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Reference,
    Translation,
}

/// Absent blocks that follow each other: each run of them is one difference.
struct Runs<'c> {
    comparison: &'c Comparison<'c>,
    translation: &'c Document<'c>,
    open: Option<Run>,
    /// The run right before, where nothing that is matched stands between.
    last: Option<Run>,
    differences: Vec<Difference>,
}

struct Run {
    side: Side,
    first_unit: usize,
    blocks: Vec<BlockId>,
}

/// What becomes of a lost and an added block at one place.
enum Replacement {
    /// They are told as one difference.
    Told(Difference),
    /// They are the same kind of block, with other code or another picture in it.
    Silent,
}

impl Runs<'_> {
    fn extend(&mut self, side: Side, owner: BlockId, unit: usize) {
        let takes = self.open.as_ref().is_some_and(|run| run.side == side && self.takes(run, owner));
        match &mut self.open {
            Some(run) if takes => {
                if run.blocks.last() != Some(&owner) {
                    run.blocks.push(owner);
                }
            }
            _ => {
                self.close();
                self.open = Some(Run { side, first_unit: unit, blocks: vec![owner] });
            }
        }
    }

    /// A section that is absent is one difference with all that is under it; the next one is another.
    fn takes(&self, run: &Run, block: BlockId) -> bool {
        let document = if run.side == Side::Reference { self.comparison.reference } else { self.translation };
        let level = |block: BlockId| match document.blocks[block].kind {
            BlockKind::Heading { level } => Some(level),
            _ => None,
        };
        match (level(run.blocks[0]), level(block)) {
            (Some(first), Some(next)) => next > first,
            (None, Some(_)) => false,
            (_, None) => true,
        }
    }

    fn close(&mut self) {
        let Some(run) = self.open.take() else { return };
        if let Some(replacement) = self.last.take().and_then(|last| self.other_form(&last, &run)) {
            self.differences.pop();
            if let Replacement::Told(difference) = replacement {
                self.differences.push(difference);
            }
            return;
        }
        self.differences.push(match run.side {
            Side::Reference => Difference::Missing {
                place: self.comparison.place_of_missing(run.first_unit, self.translation),
                blocks: run.blocks.clone(),
            },
            Side::Translation => {
                Difference::Extra { place: self.comparison.place_of_extra(run.first_unit), blocks: run.blocks.clone() }
            }
        });
        self.last = Some(run);
    }

    /// One block lost and one added at the same place are one block in another form: told once, or not at all where
    /// only its code or its picture is another one.
    fn other_form(&self, last: &Run, run: &Run) -> Option<Replacement> {
        let (Side::Reference, Side::Translation) = (last.side, run.side) else {
            return if last.side == run.side { None } else { self.other_form(run, last) };
        };
        let ([r], [t]) = (last.blocks.as_slice(), run.blocks.as_slice()) else { return None };
        let (theirs, ours) = (&self.comparison.reference.blocks[*r], &self.translation.blocks[*t]);
        match (&theirs.kind, &ours.kind) {
            (BlockKind::Heading { .. } | BlockKind::Item { .. } | BlockKind::Row, _)
            | (_, BlockKind::Heading { .. } | BlockKind::Item { .. } | BlockKind::Row) => None,
            (BlockKind::Code { .. }, BlockKind::Code { .. }) => Some(Replacement::Silent),
            (BlockKind::Paragraph, BlockKind::Paragraph) => {
                let is_picture = |document: &Document<'_>, block: BlockId| {
                    let pictures = document.inlines_of(block).iter();
                    pictures.clone().count() > 0
                        && pictures.clone().all(|inline| matches!(inline.kind, InlineKind::Image(_)))
                };
                (is_picture(self.comparison.reference, *r) && is_picture(self.translation, *t))
                    .then_some(Replacement::Silent)
            }
            (a, b) if std::mem::discriminant(a) == std::mem::discriminant(b) => None,
            _ => Some(Replacement::Told(Difference::Changed { reference: *r, translation: *t })),
        }
    }
}

/// Units without a counterpart, with the outermost block around each that is wholly absent.
struct Absent {
    missing: BTreeMap<usize, BlockId>,
    extra: BTreeMap<usize, BlockId>,
}

impl Absent {
    fn of(comparison: &Comparison<'_>, translation: &Document<'_>, presence: &Presence<'_>) -> Self {
        let alignment = &comparison.alignment;
        let missing: Vec<usize> =
            (0..comparison.reference_units.len()).filter(|unit| alignment.translation_of(*unit).is_none()).collect();
        let extra: Vec<usize> =
            (0..comparison.translation_units.len()).filter(|unit| alignment.reference_of(*unit).is_none()).collect();
        let mut absent = Self {
            missing: owners(comparison.reference, &comparison.reference_units, &missing),
            extra: owners(translation, &comparison.translation_units, &extra),
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
        absent
    }

    /// Items of one list that found no counterpart on either side are the same items in other words.
    fn settle_lists(&mut self, comparison: &Comparison<'_>, translation: &Document<'_>) {
        let counterparts = comparison.containers(translation);
        let mut by_list: HashMap<BlockId, VecDeque<usize>> = HashMap::new();
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
fn list_of(document: &Document<'_>, item: BlockId) -> Option<BlockId> {
    let block = &document.blocks[item];
    if matches!(block.kind, BlockKind::Item { .. }) { block.parent } else { None }
}

/// For each absent unit the outermost block around it in which everything is absent.
fn owners(document: &Document<'_>, units: &[Unit], absent: &[usize]) -> BTreeMap<usize, BlockId> {
    let is_absent: HashSet<usize> = absent.iter().copied().collect();
    let mut present = HashSet::new();
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
        Shape::Text => {
            unit.length == 0 && document.has_prose && document.inlines[unit.inlines.clone()].iter().all(is_anchor)
        }
        _ => false,
    }
}

fn is_anchor(inline: &Inline<'_>) -> bool {
    matches!(inline.kind, InlineKind::Anchor(_))
}

/// What changed about a matched pair.
fn changed(
    reference: &Document<'_>,
    translation: &Document<'_>,
    r: &Unit,
    t: &Unit,
    told: &mut HashSet<(BlockId, BlockId)>,
) -> Option<Difference> {
    let is_same = match (r.shape, t.shape) {
        (Shape::Code { .. }, Shape::Code { .. }) | (Shape::Html, _) | (_, Shape::Html) => true,
        (a, b) => a == b,
    };
    if !is_same {
        // Each list that changed its marks or its depth is told once.
        let of_list = |document: &Document<'_>, unit: &Unit| list_of(document, unit.block).unwrap_or(unit.block);
        let is_new = told.insert((of_list(reference, r), of_list(translation, t)));
        return is_new.then_some(Difference::Changed { reference: r.block, translation: t.block });
    }
    let ours = quotes(translation, t.block);
    let theirs = quotes(reference, r.block);
    // Where containers are hidden, `> [!NOTE]` on one side may be `{{% alert %}}` or `:::note` on the other.
    let has_hidden_containers = reference.source.is_partial() || translation.source.is_partial();
    if ours.len() == theirs.len() || has_hidden_containers {
        return None;
    }
    let container = match ours.get(theirs.len()) {
        Some(added) => Container::Translation(*added),
        None => Container::Reference(theirs[ours.len()]),
    };
    let key = match container {
        Container::Translation(block) => (usize::MAX, block),
        Container::Reference(block) => (block, usize::MAX),
    };
    told.insert(key).then_some(Difference::Wrapped { container, reference: r.block, translation: t.block })
}

/// The quotes and alerts around a block, outermost first.
fn quotes(document: &Document<'_>, block: BlockId) -> Vec<BlockId> {
    let is_quote = |id: &BlockId| matches!(document.blocks[*id].kind, BlockKind::Quote | BlockKind::Alert { .. });
    containers(document, block).filter(is_quote).collect()
}
