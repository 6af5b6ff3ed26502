//! Units: the blocks that are aligned.
//!
//! A unit is a block that holds words or code itself. A list item stands for its first paragraph, so that loose and
//! tight lists are equal; a table row stands for its cells.

use std::ops::Range;

use super::enclosures::Enclosures;
use crate::document::{BlockId, BlockKind, Document, InlineId, InlineKind};

/// A block that is aligned.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The block: a heading, paragraph, item, row, code block, HTML block or rule.
    pub block: BlockId,
    /// The block whose words these are: the first paragraph of an item, else the block itself.
    pub text: BlockId,
    /// What it is.
    pub shape: Shape,
    /// The block that it is in.
    pub parent: Option<BlockId>,
    /// A further block of a list item.
    pub is_in_item: bool,
    /// In a quote or an alert.
    pub is_quoted: bool,
    /// A paragraph that is wholly in italics or in bold.
    pub is_emphasized: bool,
    /// How many template calls and tags with two ends stand around it.
    pub enclosed: u8,
    /// Its inlines.
    pub inlines: Range<InlineId>,
    /// Length of its words ([`crate::document::Block::prose_len`]); of its text in bytes for code.
    pub length: u32,
    /// How many lines its text takes.
    pub lines: u32,
}

/// What a unit is, as far as alignment cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A heading of a level.
    Heading(u8),
    /// A paragraph outside lists, or a further one of an item.
    Text,
    /// A list item.
    Item {
        /// Numbered rather than bulleted.
        ordered: bool,
        /// How many lists it is in, from 1.
        depth: u8,
    },
    /// A table row.
    Row,
    /// A code block; fenced or indented.
    Code {
        /// Fenced rather than indented.
        fenced: bool,
    },
    /// HTML.
    Html,
    /// A thematic break.
    Rule,
}

/// The units of a document, in order.
pub(super) fn units(document: &Document<'_>) -> Vec<Unit> {
    let enclosures = Enclosures::of(document);
    let mut units = Vec::with_capacity(document.blocks.len());
    let mut block = 0;
    while block < document.blocks.len() {
        let (unit, next) = unit_at(document, block, &enclosures);
        units.extend(unit);
        block = next;
    }
    units
}

/// The unit that starts at a block, if any, and the block to go on with.
fn unit_at(document: &Document<'_>, id: BlockId, enclosures: &Enclosures) -> (Option<Unit>, BlockId) {
    let block = &document.blocks[id];
    let unit = |shape, text: BlockId, length| {
        let inlines = document.blocks[text].inlines.clone();
        let is_in_item = block.parent.is_some_and(|up| matches!(document.blocks[up].kind, BlockKind::Item { .. }));
        let is_quoted = document.ancestors(id).any(|up| matches!(up.kind, BlockKind::Quote | BlockKind::Alert { .. }));
        let lines = lines(document, text);
        let enclosed = enclosures.around(block.span.start as usize);
        Some(Unit {
            block: id,
            text,
            shape,
            parent: block.parent,
            is_in_item,
            is_quoted,
            is_emphasized: is_emphasized(document, text),
            enclosed,
            inlines,
            length,
            lines,
        })
    };
    match &block.kind {
        BlockKind::Heading { level } => (unit(Shape::Heading(*level), id, block.prose_len), id + 1),
        BlockKind::Paragraph => (unit(Shape::Text, id, block.prose_len), id + 1),
        BlockKind::Code { fenced, text, .. } => {
            (unit(Shape::Code { fenced: *fenced }, id, u32::try_from(text.len()).unwrap_or(u32::MAX)), id + 1)
        }
        BlockKind::Html => (unit(Shape::Html, id, 0), id + 1),
        BlockKind::Rule => (unit(Shape::Rule, id, 0), id + 1),
        BlockKind::Item { ordered, depth } => {
            let shape = Shape::Item { ordered: *ordered, depth: *depth };
            match document.blocks.get(id + 1) {
                Some(first) if first.parent == Some(id) && first.kind == BlockKind::Paragraph => {
                    (unit(shape, id + 1, first.prose_len), id + 2)
                }
                _ => (unit(shape, id, 0), id + 1),
            }
        }
        BlockKind::Row => row(document, id, enclosures),
        _ => (None, id + 1),
    }
}

fn is_emphasized(document: &Document<'_>, block: BlockId) -> bool {
    let text = document.source.slice(document.blocks[block].span).trim();
    document.blocks[block].kind == BlockKind::Paragraph
        && document.inlines_of(block).first().is_some_and(|inline| {
            matches!(inline.kind, InlineKind::Emphasis | InlineKind::Strong) && inline.span.range().len() == text.len()
        })
}

fn lines(document: &Document<'_>, block: BlockId) -> u32 {
    let text = document.source.slice(document.blocks[block].span);
    u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1).unwrap_or(u32::MAX)
}

fn row(document: &Document<'_>, id: BlockId, enclosures: &Enclosures) -> (Option<Unit>, BlockId) {
    let end = (id + 1..document.blocks.len()).find(|next| document.blocks[*next].parent != Some(id));
    let end = end.unwrap_or(document.blocks.len());
    let cells = &document.blocks[id + 1..end];
    let first = cells.first().map_or(0, |cell| cell.inlines.start);
    let inlines = first..cells.last().map_or(first, |cell| cell.inlines.end);
    let length = cells.iter().map(|cell| cell.prose_len).sum();
    let parent = document.blocks[id].parent;
    let unit = Unit {
        block: id,
        text: id,
        shape: Shape::Row,
        parent,
        is_in_item: false,
        is_quoted: false,
        is_emphasized: false,
        enclosed: enclosures.around(document.blocks[id].span.start as usize),
        inlines,
        length,
        lines: 1,
    };
    (Some(unit), end)
}

/// The containers around a block that a reader sees (lists, items, tables, quotes), outermost first.
pub(super) fn containers(document: &Document<'_>, block: BlockId) -> impl Iterator<Item = BlockId> {
    let up = std::iter::successors(document.blocks[block].parent, |id| document.blocks[*id].parent);
    up.collect::<Vec<_>>().into_iter().rev()
}
