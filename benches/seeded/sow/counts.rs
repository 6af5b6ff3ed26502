//! What a page is made of, in numbers: by these a defect is known to be the only one.

use cognate::document::{BlockKind, Document, InlineKind, LinkForm};

/// How many there are of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) blocks: Blocks,
    pub(crate) inlines: Inlines,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Blocks {
    pub(crate) headings: i32,
    /// The sum of their levels.
    pub(crate) levels: i32,
    pub(crate) paragraphs: i32,
    pub(crate) lists: i32,
    pub(crate) items: i32,
    pub(crate) code: i32,
    pub(crate) rows: i32,
    pub(crate) quotes: i32,
    pub(crate) others: i32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inlines {
    pub(crate) links: i32,
    pub(crate) empty_links: i32,
    pub(crate) other_links: i32,
    pub(crate) images: i32,
    pub(crate) code: i32,
    pub(crate) emphases: i32,
    pub(crate) strong: i32,
    pub(crate) anchors: i32,
}

impl Counts {
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let mut counts = Self::default();
        for block in &document.blocks {
            counts.blocks.count(&block.kind);
        }
        for inline in &document.inlines {
            counts.inlines.count(&inline.kind);
        }
        counts
    }
}

impl Blocks {
    fn count(&mut self, kind: &BlockKind<'_>) {
        *match kind {
            BlockKind::Heading { level } => {
                self.levels += i32::from(*level);
                &mut self.headings
            }
            BlockKind::Paragraph => &mut self.paragraphs,
            BlockKind::List { .. } => &mut self.lists,
            BlockKind::Item { .. } => &mut self.items,
            BlockKind::Code { .. } => &mut self.code,
            BlockKind::Row => &mut self.rows,
            BlockKind::Quote | BlockKind::Alert { .. } => &mut self.quotes,
            BlockKind::Cell => return,
            _ => &mut self.others,
        } += 1;
    }
}

impl Inlines {
    fn count(&mut self, kind: &InlineKind<'_>) {
        *match kind {
            InlineKind::Link(link) if link.form != LinkForm::Inline => {
                // A URL that is shown as text is a link to some parsers.
                self.other_links += i32::from(link.form != LinkForm::Bare);
                return;
            }
            InlineKind::Link(link) => {
                self.empty_links += i32::from(link.is_empty);
                &mut self.links
            }
            InlineKind::Image(_) => &mut self.images,
            InlineKind::Code(_) => &mut self.code,
            InlineKind::Emphasis => &mut self.emphases,
            InlineKind::Strong => &mut self.strong,
            InlineKind::Anchor(_) => &mut self.anchors,
            // What spoilt markup becomes is the defect's own.
            InlineKind::Malformed(_) | InlineKind::Stray(_) => return,
        } += 1;
    }
}
