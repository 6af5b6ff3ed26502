//! Inlines: links, images, code spans, emphasis and anchors, as the parser's events come.

use pulldown_cmark::{CowStr, Event, Tag};

use super::blocks::Builder;
use super::{anchors, cow, links};
use crate::document::{BlockId, Inline, InlineId, InlineKind};
use crate::source::Span;
use crate::text::length;

/// A link, image or emphasis that is not closed yet.
pub(super) struct OpenInline {
    id: InlineId,
    /// Would a reader see anything of what is inside so far?
    has_content: bool,
    /// Where the inside ends so far.
    inside_end: u32,
    /// The definition of a reference link.
    definition: Option<Span>,
}

impl<'s> Builder<'s, '_> {
    pub(super) fn start_inline(&mut self, tag: Tag<'s>, span: Span, definition: Option<Span>) {
        let kind = match tag {
            Tag::Emphasis => InlineKind::Emphasis,
            Tag::Strong => InlineKind::Strong,
            Tag::Link { link_type, dest_url, .. } => InlineKind::Link(links::open(link_type, cow(dest_url))),
            Tag::Image { link_type, dest_url, .. } => InlineKind::Image(links::open(link_type, cow(dest_url))),
            _ => return,
        };
        let block = self.leaf(span);
        let id = self.push(kind, span, block);
        let inside_end = span.start + 1;
        self.open_inlines.push(OpenInline { id, has_content: false, inside_end, definition });
    }

    pub(super) fn end_inline(&mut self) {
        let Some(open) = self.open_inlines.pop() else { return };
        let source = self.document.source;
        let inline = &mut self.document.inlines[open.id];
        let has_content = open.has_content || matches!(inline.kind, InlineKind::Image(_));
        match &mut inline.kind {
            InlineKind::Link(link) | InlineKind::Image(link) => {
                link.is_empty = !has_content;
                inline.span = links::close(link, source, inline.span, open.inside_end, open.definition);
            }
            _ => {}
        }
        let end = inline.span.end;
        self.seen(end, has_content);
    }

    pub(super) fn inline(&mut self, event: Event<'s>, span: Span) {
        let block = self.leaf(span);
        match event {
            Event::Text(text) => self.text(&text, span, block),
            Event::Code(code) => {
                self.document.blocks[block].prose_len += length(&code);
                self.push(InlineKind::Code(cow(code)), span, block);
                self.seen(span.end, true);
            }
            Event::InlineHtml(html) => {
                anchors::in_html(&mut self.document, block, span);
                self.seen(span.end, shows(&html));
            }
            Event::SoftBreak | Event::HardBreak => self.seen(span.end, false),
            _ => self.seen(span.end, true),
        }
    }

    fn text(&mut self, text: &CowStr<'s>, span: Span, block: BlockId) {
        let prose = length(text);
        self.document.blocks[block].prose_len += prose;
        self.seen(span.end, prose > 0);
        match self.runs.last_mut() {
            Some(run) if run.end == span.start => run.end = span.end,
            _ => self.runs.push(span),
        }
    }

    fn push(&mut self, kind: InlineKind<'s>, span: Span, block: BlockId) -> InlineId {
        let parent = self.open_inlines.last().map(|open| open.id);
        self.document.inlines.push(Inline { kind, span, block, parent });
        self.document.inlines.len() - 1
    }

    /// Tells the inline around that something in it ends at `end`, and whether a reader sees it; it tells the one around
    /// itself when it closes.
    fn seen(&mut self, end: u32, is_content: bool) {
        if let Some(open) = self.open_inlines.last_mut() {
            open.inside_end = open.inside_end.max(end);
            open.has_content |= is_content;
        }
    }
}

/// Pictures and components are seen; anchors and spans are not.
fn shows(html: &str) -> bool {
    let name = html.trim_start_matches('<');
    name.starts_with(|first: char| first.is_ascii_uppercase())
        || ["img", "svg", "video", "i ", "kbd", "icon"].iter().any(|tag| name.starts_with(tag))
}
