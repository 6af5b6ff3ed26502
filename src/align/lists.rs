//! What whoever translates may do to a list, and what hardly is the same list.

use super::absent::list_of;
use super::unit::{Shape, Unit};
use crate::document::{BlockId, BlockKind, Document};

/// Is the difference between two matched units, one of them an item, none to tell, or told by another?
pub(super) fn is_legitimate(reference: &Document<'_>, translation: &Document<'_>, r: &Unit, t: &Unit) -> bool {
    is_lone_form(reference, translation, r, t)
        || is_numbered_otherwise(translation, r, t)
        || is_moved_with_its_parent(reference, translation, r, t)
        || fell_out(reference, translation, r, t)
        || other_marks(reference, r.block, translation, t.block) == Some(Count::Other)
}

/// How many items two lists with other marks have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    /// As many: bullets for steps, or numbers for an order.
    Same,
    /// Another number: they are hardly one list.
    Other,
}

/// Numbers on one side and bullets on the other, of two lists of several items each, at one depth.
pub(crate) fn other_marks(
    reference: &Document<'_>,
    item: BlockId,
    translation: &Document<'_>,
    own: BlockId,
) -> Option<Count> {
    let mark = |document: &Document<'_>, item: BlockId| match document.blocks[item].kind {
        BlockKind::Item { ordered, depth } => Some((ordered, depth)),
        _ => None,
    };
    let ((theirs, depth), (ours, own_depth)) = (mark(reference, item)?, mark(translation, own)?);
    if theirs == ours || depth != own_depth {
        return None;
    }
    let items = |document: &Document<'_>, item: BlockId| {
        document.blocks[item].parent.map_or(0, |list| document.children(list).count())
    };
    let (items, own_items) = (items(reference, item), items(translation, own));
    (items.min(own_items) > 1).then_some(if items == own_items { Count::Same } else { Count::Other })
}

/// A list of one item is a paragraph to many.
fn is_lone_form(reference: &Document<'_>, translation: &Document<'_>, r: &Unit, t: &Unit) -> bool {
    let is_lone = |document: &Document<'_>, unit: &Unit| {
        list_of(document, unit.block).is_some_and(|list| document.children(list).count() == 1)
    };
    match (r.shape, t.shape) {
        (Shape::Item { ordered: false, .. }, Shape::Text) => is_lone(reference, r),
        (Shape::Text, Shape::Item { ordered: false, .. }) => is_lone(translation, t),
        _ => false,
    }
}

/// `၁။` and `۱.` number items for people who read those digits, and are no marks to Markdown.
fn is_numbered_otherwise(translation: &Document<'_>, r: &Unit, t: &Unit) -> bool {
    if !matches!((r.shape, t.shape), (Shape::Item { ordered: true, .. }, Shape::Text)) {
        return false;
    }
    let text = translation.source.slice(translation.blocks[t.text].span);
    let is_digit = |char: char| char.is_numeric() && !char.is_ascii();
    let rest = text.trim_start_matches(is_digit);
    let has_more = rest.lines().skip(1).any(|line| line.starts_with(is_digit));
    rest.len() < text.len() && rest.starts_with(['.', '။', ')', '）', '．', '、', '-', ':']) && !has_more
}

/// An item of a list that is as much deeper or higher as the item around it: that one tells it.
fn is_moved_with_its_parent(reference: &Document<'_>, translation: &Document<'_>, r: &Unit, t: &Unit) -> bool {
    let (Shape::Item { ordered: theirs, depth }, Shape::Item { ordered: ours, depth: own }) = (r.shape, t.shape) else {
        return false;
    };
    let outer = |document: &Document<'_>, unit: &Unit| {
        let list = list_of(document, unit.block)?;
        match document.blocks[document.blocks[list].parent?].kind {
            BlockKind::Item { depth, .. } => Some(i16::from(depth)),
            _ => None,
        }
    };
    let shift = i16::from(own) - i16::from(depth);
    let parents = outer(reference, r).zip(outer(translation, t));
    theirs == ours && shift != 0 && parents.is_some_and(|(theirs, ours)| ours - theirs == shift)
}

/// Bullets that the reference indents too little to stand in the numbered item before: translations have them in it.
fn fell_out(reference: &Document<'_>, translation: &Document<'_>, r: &Unit, t: &Unit) -> bool {
    let (Shape::Item { ordered: false, depth }, Shape::Item { ordered: false, depth: own }) = (r.shape, t.shape) else {
        return false;
    };
    let is_numbered = |document: &Document<'_>, item: BlockId| {
        matches!(document.blocks[item].kind, BlockKind::Item { ordered: true, .. })
    };
    let Some(list) = list_of(reference, r.block) else { return false };
    let parent = reference.blocks[list].parent;
    let before = (0..list).rev().find(|id| reference.blocks[*id].parent == parent);
    let is_behind_steps = before.is_some_and(|before| {
        matches!(reference.blocks[before].kind, BlockKind::List { .. })
            && reference.children(before).any(|item| is_numbered(reference, item))
    });
    let outer = list_of(translation, t.block).and_then(|list| translation.blocks[list].parent);
    own > depth && is_behind_steps && outer.is_some_and(|item| is_numbered(translation, item))
}
