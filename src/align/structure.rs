//! Differences of structure, each told once: a lost or added block owns everything in it.

use foldhash::HashSet;

use super::absent::{Absent, list_of};
use super::features::Features;
use super::presence::Presence;
use super::unit::{Shape, Unit, containers};
use super::{Comparison, Pair, lists};
use crate::document::{BlockId, BlockKind, Document, InlineKind};
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
    /// Two items of the reference's list that are one in the translation.
    Joined {
        /// The second of the reference's items.
        reference: BlockId,
        /// The translation's item.
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
    /// Rows of tables.
    Table,
    /// Anything else.
    Block,
}

impl Difference {
    /// What the difference is about.
    pub fn concern(&self, reference: &Document<'_>, translation: &Document<'_>) -> Concern {
        let kind = |document: &Document<'_>, block: &BlockId| match document.blocks[*block].kind {
            BlockKind::Heading { .. } => Concern::Heading,
            BlockKind::Item { .. } => Concern::List,
            BlockKind::Row => Concern::Table,
            _ => Concern::Block,
        };
        let of = |concerns: &mut dyn Iterator<Item = Concern>| {
            concerns.fold(Concern::Block, |all, one| match (all, one) {
                (Concern::Heading, _) | (_, Concern::Heading) => Concern::Heading,
                (Concern::List, _) | (_, Concern::List) => Concern::List,
                (Concern::Table, _) | (_, Concern::Table) => Concern::Table,
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
            Self::Joined { .. } => Concern::List,
            Self::Wrapped { .. } => Concern::Block,
        }
    }
}

/// The differences between two documents, in the translation's order.
pub(super) fn differences(
    comparison: &Comparison<'_>,
    translation: &Document<'_>,
    features: &Features<'_>,
) -> Vec<Difference> {
    let is_complete = comparison.pairs.iter().all(|pair| matches!(pair, Pair::Matched { .. }));
    let absent = if is_complete {
        Absent::default()
    } else {
        Absent::of(comparison, translation, &Presence::new(comparison, translation, features))
    };
    let mut told = HashSet::default();
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
                let is_of_paragraph =
                    list_of(translation, t.block).is_some_and(|list| absent.of_paragraphs.contains(&list));
                if !is_of_paragraph {
                    runs.differences.extend(changed(comparison.reference, translation, r, t, &mut told));
                }
            }
        }
    }
    runs.close();
    let mut differences = runs.differences;
    for difference in &mut differences {
        if let Some(joined) = joined(difference, comparison, translation) {
            *difference = joined;
        }
    }
    differences
}

/// Is an item missing because its mark is: in a list that is one short, with one item that goes on in a new line, as none
/// of the reference's does?
fn joined(difference: &Difference, comparison: &Comparison<'_>, translation: &Document<'_>) -> Option<Difference> {
    let Difference::Missing { blocks, .. } = difference else { return None };
    let [item] = blocks.as_slice() else { return None };
    let list = list_of(comparison.reference, *item)?;
    let counterpart = comparison.containers(translation).get(&list).copied()?;
    let theirs: Vec<&Unit> = comparison.reference_units.iter().filter(|unit| unit.parent == Some(list)).collect();
    let ours: Vec<&Unit> =
        comparison.translation_units.iter().filter(|unit| unit.parent == Some(counterpart)).collect();
    let goes_on = |unit: &&Unit| unit.lines > 1;
    let mut long = (0..ours.len()).filter(|at| goes_on(&ours[*at]));
    let (Some(at), None) = (long.next(), long.next()) else { return None };
    if theirs.len() != ours.len() + 1 || theirs.iter().any(goes_on) {
        return None;
    }
    let (first, second, both) = (theirs[at].length, theirs[at + 1].length, ours[at].length);
    let is_both = both.abs_diff(first + second) < both.abs_diff(first.max(second));
    is_both.then(|| Difference::Joined { reference: theirs[at + 1].block, translation: ours[at].block })
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
    if lists::is_legitimate(reference, translation, r, t) {
        return None;
    }
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
