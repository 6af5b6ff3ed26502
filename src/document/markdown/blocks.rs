//! Blocks: opened and closed as the parser's events come.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::{anchors, bare_urls, cow, inlines::OpenInline, malformed, stray};
use crate::document::{Block, BlockId, BlockKind, Dialect, Document, Inline};
use crate::source::{Source, Span};
use crate::text::holds;

/// A document in the making.
pub(super) struct Builder<'s, 'd> {
    pub(super) document: Document<'s>,
    dialect: &'d Dialect,
    /// Open blocks, outermost first.
    open: Vec<BlockId>,
    /// For each open list: is it numbered?
    lists: Vec<bool>,
    /// Open links, images and emphases, outermost first.
    pub(super) open_inlines: Vec<OpenInline>,
    /// The text of the open leaf block outside code and HTML, in runs without gaps.
    pub(super) runs: Vec<Span>,
    /// The part of an open code or HTML block that was read so far.
    content: Option<Span>,
}

impl<'s, 'd> Builder<'s, 'd> {
    pub(super) fn new(source: &'s Source, dialect: &'d Dialect) -> Self {
        Self {
            document: Document::new(source),
            dialect,
            open: Vec::new(),
            lists: Vec::new(),
            open_inlines: Vec::new(),
            runs: Vec::new(),
            content: None,
        }
    }

    pub(super) fn finish(mut self) -> Document<'s> {
        while let Some(&block) = self.open.last() {
            let end = self.document.blocks[block].span.end;
            self.close(end);
        }
        self.document
    }

    pub(super) fn event(&mut self, event: Event<'s>, span: Span, definition: Option<Span>) {
        match event {
            Event::Start(tag) => self.start(tag, span, definition),
            Event::End(tag) => self.end(tag, span),
            Event::Text(_) | Event::Html(_) if self.in_raw_block() => self.raw(span),
            Event::Rule => {
                self.open_block(BlockKind::Rule, span);
                self.close(span.end);
            }
            inline => self.inline(inline, span),
        }
    }

    fn start(&mut self, tag: Tag<'s>, span: Span, definition: Option<Span>) {
        match self.block_kind(&tag) {
            Some(BlockKind::List { ordered }) => {
                self.lists.push(ordered);
                self.open_block(BlockKind::List { ordered }, span);
            }
            Some(kind) => self.open_block(kind, span),
            None => self.start_inline(tag, span, definition),
        }
    }

    /// The block that a tag starts; `None` for inlines.
    fn block_kind(&self, tag: &Tag<'s>) -> Option<BlockKind<'s>> {
        Some(match tag {
            Tag::Paragraph => BlockKind::Paragraph,
            Tag::Heading { level, .. } => BlockKind::Heading { level: *level as u8 },
            Tag::BlockQuote(None) => BlockKind::Quote,
            Tag::BlockQuote(Some(kind)) => BlockKind::Alert { kind: alert(*kind) },
            Tag::CodeBlock(kind) => code(kind),
            Tag::HtmlBlock => BlockKind::Html,
            Tag::List(start) => BlockKind::List { ordered: start.is_some() },
            Tag::Item => BlockKind::Item {
                ordered: self.lists.last().copied().unwrap_or_default(),
                depth: u8::try_from(self.lists.len()).unwrap_or(u8::MAX),
            },
            Tag::FootnoteDefinition(_) => BlockKind::Footnote,
            Tag::Table(columns) => BlockKind::Table { columns: u32::try_from(columns.len()).unwrap_or(u32::MAX) },
            Tag::TableHead | Tag::TableRow => BlockKind::Row,
            Tag::TableCell => BlockKind::Cell,
            _ => return None,
        })
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image => self.end_inline(),
            TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Paragraph => self.close(span.end),
            _ => {
                self.close_tight();
                if matches!(tag, TagEnd::List(_)) {
                    self.lists.pop();
                }
                self.close(span.end);
            }
        }
    }

    /// True inside a code or HTML block, whose text is not prose.
    fn in_raw_block(&self) -> bool {
        self.open
            .last()
            .is_some_and(|block| matches!(self.document.blocks[*block].kind, BlockKind::Code { .. } | BlockKind::Html))
    }

    fn raw(&mut self, span: Span) {
        // Lines that a container indents do not touch: such a block's text is put together when it closes.
        self.runs.push(span);
        let content = self.content.get_or_insert(span);
        content.end = span.end;
    }

    fn open_block(&mut self, kind: BlockKind<'s>, span: Span) {
        self.close_tight();
        let here = self.document.inlines.len();
        let block = Block { kind, span, parent: self.open.last().copied(), inlines: here..here, prose_len: 0 };
        self.open.push(self.document.blocks.len());
        self.document.blocks.push(block);
        self.runs.clear();
        self.content = None;
    }

    /// The block that takes the next inline: text right inside an item or a quote gets a paragraph of its own.
    pub(super) fn leaf(&mut self, span: Span) -> BlockId {
        match self.open.last() {
            Some(&block) if self.document.blocks[block].is_leaf() => {
                let end = &mut self.document.blocks[block].span.end;
                *end = span.end.max(*end);
                block
            }
            _ => {
                self.open_block(BlockKind::Paragraph, span);
                self.document.blocks.len() - 1
            }
        }
    }

    /// Ends the paragraph that [`Builder::leaf`] made for the text of a tight item.
    fn close_tight(&mut self) {
        if let Some(&block) = self.open.last()
            && self.document.blocks[block].kind == BlockKind::Paragraph
        {
            let end = self.document.blocks[block].span.end;
            self.close(end);
        }
    }

    fn close(&mut self, end: u32) {
        let Some(block) = self.open.pop() else { return };
        let span = &mut self.document.blocks[block].span;
        span.end = end;
        // A block ends with its last character: what is missing after it should stand there.
        span.end = span.start + Span::at(self.document.source.slice(*span).trim_end().len()).start;
        if !self.document.blocks[block].is_leaf() {
            return;
        }
        match self.document.blocks[block].kind {
            BlockKind::Code { .. } => self.close_code(block),
            BlockKind::Html => self.close_html(block),
            _ => self.close_prose(block),
        }
        self.open_inlines.clear();
        self.runs.clear();
    }

    fn close_code(&mut self, block: BlockId) {
        let source = self.document.source;
        let content = self.content.take().unwrap_or_default();
        let joined: usize = self.runs.iter().map(|run| run.len()).sum();
        let whole = if joined == content.len() {
            source.slice(content).into()
        } else {
            self.runs.iter().map(|run| source.slice(*run)).collect::<String>().into()
        };
        if let BlockKind::Code { text, .. } = &mut self.document.blocks[block].kind {
            *text = whole;
        }
    }

    /// A comment is no block: translators keep the reference's words or notes of their own in them.
    fn close_html(&mut self, block: BlockId) {
        let span = self.document.blocks[block].span;
        let text = self.document.source.slice(span).trim();
        if text.starts_with("<!--") && text.find("-->").is_none_or(|end| end + 3 == text.len()) {
            self.document.blocks.truncate(block);
            return;
        }
        let first = self.document.inlines.len();
        anchors::in_html(&mut self.document, block, span);
        self.document.blocks[block].inlines = first..self.document.inlines.len();
    }

    fn close_prose(&mut self, block: BlockId) {
        let first = self.document.blocks[block].inlines.start;
        let found = self.document.inlines.len();
        let hidden = anchors::of_heading(&mut self.document, block, &self.dialect.heading_ids);
        let text = self.document.source.slice(self.document.blocks[block].span).as_bytes();
        let (has_brackets, has_colons) = (holds(text, |byte| byte == b']'), holds(text, |byte| byte == b':'));
        let has_marks = holds(text, |byte| byte == b'*' || byte == b'_');
        if has_brackets {
            malformed::find(&mut self.document, block, &self.runs);
        }
        if has_colons {
            bare_urls::find(&mut self.document, block, &self.runs, self.dialect);
        }
        if has_marks {
            stray::find(&mut self.document, block, &self.runs, self.dialect);
        }
        if self.document.inlines.len() > found {
            sort(&mut self.document.inlines, first, hidden);
        }
        self.document.blocks[block].inlines = first..self.document.inlines.len();
    }
}

/// Puts the inlines from `first` on into document order, without what lies in `hidden` (`{/*id*/}` holds what the
/// parser takes for emphasis), and mends their parents.
fn sort(inlines: &mut Vec<Inline<'_>>, first: usize, hidden: Option<Span>) {
    let mut order: Vec<usize> = (first..inlines.len()).collect();
    order.retain(|at| !is_hidden(&inlines[*at], hidden));
    order.sort_by_key(|at| (inlines[*at].span.start, std::cmp::Reverse(inlines[*at].span.end), *at));
    let mut moved = vec![None; inlines.len() - first];
    for (to, from) in order.iter().enumerate() {
        moved[from - first] = Some(first + to);
    }
    let mut old: Vec<Option<Inline<'_>>> = inlines.drain(first..).map(Some).collect();
    for from in order {
        if let Some(mut inline) = old[from - first].take() {
            inline.parent = inline.parent.and_then(|parent| moved[parent - first]);
            inlines.push(inline);
        }
    }
}

fn is_hidden(inline: &Inline<'_>, hidden: Option<Span>) -> bool {
    use crate::document::InlineKind::{Emphasis, Strong};
    matches!(inline.kind, Emphasis | Strong) && hidden.is_some_and(|hidden| hidden.contains(inline.span))
}

fn code<'s>(kind: &CodeBlockKind<'s>) -> BlockKind<'s> {
    let (language, fenced) = match kind {
        CodeBlockKind::Indented => ("".into(), false),
        CodeBlockKind::Fenced(info) => match cow(info.clone()) {
            std::borrow::Cow::Borrowed(info) => (first_word(info).into(), true),
            std::borrow::Cow::Owned(info) => (first_word(&info).to_owned().into(), true),
        },
    };
    BlockKind::Code { language, fenced, text: "".into() }
}

fn first_word(info: &str) -> &str {
    info.split([' ', '\t', ',', '{']).next().unwrap_or_default()
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}
