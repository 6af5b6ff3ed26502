//! `heading-mismatch`: headings that were lost, added, or changed their level.

use serde::Deserialize;

use super::structure::{Sense, Weight, is_twice, tell};
use crate::align::{Bitext, Comparison, Concern, Difference, Shape, Unit};
use crate::document::{BlockId, BlockKind, Document};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "heading-mismatch",
    kind: Kind::Comparative(Subject::Headings),
    yaml: include_str!("../../rules/heading-mismatch.yaml"),
    load: load::<HeadingMismatch>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingMismatch {}

impl Check for HeadingMismatch {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable() else { return };
        let (reference, translation) = (comparison.reference, bitext.translation);
        let is_shifted = is_shifted(comparison);
        let is_heading =
            |document: &Document<'_>, block: BlockId| matches!(document.blocks[block].kind, BlockKind::Heading { .. });
        let weigh = |difference: &Difference| match difference {
            Difference::Changed { reference: r, translation: t }
                if is_shifted && is_heading(reference, *r) && is_heading(translation, *t) =>
            {
                Weight::None
            }
            Difference::Changed { reference: r, .. } if is_shifted_with_its_section(comparison, translation, *r) => {
                Weight::None
            }
            Difference::Changed { reference: r, translation: t } if mends_a_skip(comparison, translation, *r, *t) => {
                Weight::Minor
            }
            Difference::Missing { blocks, .. } if is_in_html(reference, blocks[0], translation) => Weight::None,
            Difference::Extra { blocks, .. } if is_of_own(translation, blocks) => Weight::Minor,
            _ => Weight::Full,
        };
        tell(Concern::Heading, Sense::Either, &weigh, bitext, report);
    }
}

/// Do all headings below the title stand as much deeper or higher? The reference that skips a level does so for no reader.
fn is_shifted(comparison: &Comparison<'_>) -> bool {
    let levels = |(r, t): (&Unit, &Unit)| match (r.shape, t.shape) {
        (Shape::Heading(1), _) | (_, Shape::Heading(1)) => None,
        (Shape::Heading(theirs), Shape::Heading(ours)) => Some(i16::from(ours) - i16::from(theirs)),
        _ => None,
    };
    let mut shifts = comparison.matched().filter_map(levels);
    let Some(first) = shifts.next().filter(|shift| *shift != 0) else { return false };
    let mut others = 0;
    shifts.all(|shift| {
        others += 1;
        shift == first
    }) && others >= 2
}

/// Does a heading stand as much deeper or higher as the one whose section it is in? That one tells it.
fn is_shifted_with_its_section(comparison: &Comparison<'_>, translation: &Document<'_>, block: BlockId) -> bool {
    let level = |document: &Document<'_>, block: BlockId| match document.blocks[block].kind {
        BlockKind::Heading { level } => Some(i16::from(level)),
        _ => None,
    };
    let theirs = |block: BlockId| level(comparison.reference, block);
    let shift = |block: BlockId| Some(level(translation, comparison.counterpart(block)?)? - theirs(block)?);
    let Some(own) = theirs(block) else { return false };
    let parent = (0..block).rev().find(|before| theirs(*before).is_some_and(|level| level < own));
    let is_same = |parent: BlockId| shift(parent) == shift(block) && shift(block).is_some_and(|shift| shift != 0);
    // A title tells nothing of the sections below it.
    parent.is_some_and(|parent| theirs(parent) != Some(1) && is_same(parent))
}

/// Does the reference's heading skip a level, and the translation's does not?
fn mends_a_skip(comparison: &Comparison<'_>, translation: &Document<'_>, r: BlockId, t: BlockId) -> bool {
    let skips = |document: &Document<'_>, block: BlockId| {
        let level = |block: BlockId| match document.blocks[block].kind {
            BlockKind::Heading { level } => Some(level),
            _ => None,
        };
        let before = (0..block).rev().find_map(level).unwrap_or(1);
        level(block).is_some_and(|level| level > before + 1)
    };
    skips(comparison.reference, r) && !skips(translation, t)
}

/// Does the translation write the heading as a tag, `<h2>`?
fn is_in_html(reference: &Document<'_>, block: BlockId, translation: &Document<'_>) -> bool {
    let BlockKind::Heading { level } = reference.blocks[block].kind else { return false };
    let tag = format!("<h{level}");
    let count = |document: &Document<'_>| document.source.file_text().matches(tag.as_str()).count();
    count(translation) > count(reference)
}

/// A whole section that translators added, such as a glossary; not one that stands there twice.
fn is_of_own(translation: &Document<'_>, blocks: &[BlockId]) -> bool {
    blocks.len() > 1 && blocks.iter().all(|block| !is_twice(translation, &[*block]))
}
