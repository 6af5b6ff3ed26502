//! A document as the rules see it: metadata, blocks and inlines, each with its place.
//!
//! Markdown files, outlines, each side of a bilingual file and the representative of a cohort all become a
//! [`Document`]; no rule knows which one it holds. Parsing never fails: odd Markdown is a document, and broken
//! front matter is a document whose [`Metadata`] carries the error.

pub mod bilingual;
pub mod dialect;
pub mod markdown;
pub mod metadata;
pub mod outline;
pub mod placeholders;
pub mod slug;
pub mod suppressions;

use std::borrow::Cow;

pub use dialect::Dialect;
pub use metadata::Metadata;

use crate::source::{Source, Span};

/// Index into [`Document::blocks`].
pub type BlockId = usize;
/// Index into [`Document::inlines`].
pub type InlineId = usize;

/// One document. Blocks and inlines are flat, in document order, with parent indices.
#[derive(Debug)]
pub struct Document<'s> {
    /// The text that every span points into.
    pub source: &'s Source,
    /// Front matter; `None` where the document has none and so says nothing about metadata.
    pub metadata: Option<Metadata<'s>>,
    /// Blocks, parents before children.
    pub blocks: Vec<Block<'s>>,
    /// Inlines, parents before children.
    pub inlines: Vec<Inline<'s>>,
    /// Tokens of the site's own syntax, in order.
    pub placeholders: Vec<placeholders::Token<'s>>,
    /// False for an outline, which declares structure and targets and knows nothing of the words.
    pub has_prose: bool,
}

/// One block.
#[derive(Clone, Debug)]
pub struct Block<'s> {
    /// What it is.
    pub kind: BlockKind<'s>,
    /// The whole block.
    pub span: Span,
    /// The block that it is in.
    pub parent: Option<BlockId>,
    /// Its inlines: a range of [`Document::inlines`]. Empty for containers.
    pub inlines: std::ops::Range<InlineId>,
    /// Length of its words as if in Latin letters, without destinations and markup: a character of a script that says
    /// more with one counts for several.
    pub prose_len: u32,
}

/// The kinds of block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind<'s> {
    /// A heading; `level` from 1 to 6.
    Heading {
        /// From 1 to 6.
        level: u8,
    },
    /// A paragraph. The text of a tight list item is one too, so that loose and tight lists are equal.
    Paragraph,
    /// A list.
    List {
        /// Numbered rather than bulleted.
        ordered: bool,
    },
    /// A list item.
    Item {
        /// Numbered rather than bulleted.
        ordered: bool,
        /// How many lists it is in, from 1.
        depth: u8,
    },
    /// A code block, fenced or indented.
    Code {
        /// The first word of the info string; empty where there is none.
        language: Cow<'s, str>,
        /// True for a fenced block.
        fenced: bool,
        /// Its lines, without the fence.
        text: Cow<'s, str>,
    },
    /// A table.
    Table {
        /// Number of columns.
        columns: u32,
    },
    /// A table row, the header row included.
    Row,
    /// A table cell.
    Cell,
    /// A block quote.
    Quote,
    /// A GFM alert, such as `> [!NOTE]`.
    Alert {
        /// `note`, `tip`, `important`, `warning` or `caution`.
        kind: &'static str,
    },
    /// A block of HTML.
    Html,
    /// A thematic break.
    Rule,
    /// A footnote definition.
    Footnote,
}

/// One inline.
#[derive(Clone, Debug)]
pub struct Inline<'s> {
    /// What it is.
    pub kind: InlineKind<'s>,
    /// The whole inline, markup included.
    pub span: Span,
    /// The block that it is in.
    pub block: BlockId,
    /// The inline that it is in.
    pub parent: Option<InlineId>,
}

/// The kinds of inline.
#[derive(Clone, Debug)]
pub enum InlineKind<'s> {
    /// A link.
    Link(Link<'s>),
    /// An image.
    Image(Link<'s>),
    /// What was meant as a link and is not one.
    Malformed(Malformed<'s>),
    /// A code span; its content.
    Code(Cow<'s, str>),
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// An explicit anchor: `<a name="x">`, `<a id="x">`, `{#x}` or `{/*x*/}`.
    Anchor(Cow<'s, str>),
    /// Markup that readers see as it is written, or that takes more than it was meant to.
    Stray(Stray),
}

/// Markup that went astray.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stray {
    /// `**` or `__` that neither opens nor closes strong emphasis.
    Strong,
    /// `_words_` beside a letter of a script without blanks, where underscores emphasize nothing.
    Weak,
    /// Text right behind a bare URL, which renderers take for a part of it.
    UrlRunsOn,
}

/// A link or an image.
#[derive(Clone, Debug)]
pub struct Link<'s> {
    /// How it is written.
    pub form: LinkForm,
    /// Where it leads, unescaped.
    pub destination: Cow<'s, str>,
    /// The destination as it is written; for a reference link, in its definition.
    pub destination_span: Span,
    /// The text between the brackets, or the whole of an autolink.
    pub text_span: Span,
    /// True where nothing would be shown: no text, code or image between the brackets.
    pub is_empty: bool,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkForm {
    /// `[text](destination)`
    Inline,
    /// `[text][label]`, `[label][]` or `[label]`
    Reference,
    /// `<https://example.com>`
    Autolink,
    /// A URL in running text.
    Bare,
    /// Declared in an outline.
    Declared,
}

/// A link that its syntax spoils: it is shown as text.
#[derive(Clone, Debug)]
pub struct Malformed<'s> {
    /// What is wrong with it.
    pub flaw: Flaw,
    /// Where it was meant to lead; empty where that is lost.
    pub destination: Cow<'s, str>,
}

/// What spoils a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// `[text] (url)`
    SpaceBeforeDestination,
    /// `[text]（url）`: full-width parentheses
    FullWidthParenthesis,
    /// `[text]((url)`
    DoubledParenthesis,
    /// `[text\](url)`: the backslash makes the bracket a letter
    EscapedBracket,
    /// `[text](url` without its closing parenthesis
    MissingParenthesis,
    /// `[text](url with blank)`
    BlankInDestination,
    /// `text](url)` without its opening bracket, or with brackets inside that do not pair
    UnpairedBracket,
    /// `[text](words)`: the target is a word or a sentence, not a place
    TargetIsProse,
}

impl<'s> Document<'s> {
    /// An empty document over `source`.
    pub fn new(source: &'s Source) -> Self {
        Self {
            source,
            metadata: None,
            blocks: Vec::new(),
            inlines: Vec::new(),
            placeholders: Vec::new(),
            has_prose: true,
        }
    }

    /// The inlines of one block.
    pub fn inlines_of(&self, block: BlockId) -> &[Inline<'s>] {
        &self.inlines[self.blocks[block].inlines.clone()]
    }

    /// The language and the text of a code block.
    pub fn code_block(&self, block: BlockId) -> Option<(&str, &str)> {
        match &self.blocks[block].kind {
            BlockKind::Code { language, text, .. } => Some((language, text)),
            _ => None,
        }
    }

    /// The texts of its code blocks.
    pub fn code_blocks(&self) -> impl Iterator<Item = &str> {
        (0..self.blocks.len()).filter_map(|block| self.code_block(block)).map(|(_, text)| text)
    }

    /// The code in its sentences.
    pub fn code_spans(&self) -> impl Iterator<Item = &str> {
        self.inlines.iter().filter_map(|inline| match &inline.kind {
            InlineKind::Code(text) => Some(text.as_ref()),
            _ => None,
        })
    }

    /// Where a link leads, as its author wrote it where a template call stands in it.
    pub fn shown_destination<'d>(&'d self, link: &'d Link<'_>) -> &'d str {
        let written = self.source.in_file(link.destination_span);
        match self.source.file_text().get(written.range()) {
            Some(written) if written.contains("{{") => written,
            _ => &link.destination,
        }
    }

    /// The blocks around `block`, innermost first.
    pub fn ancestors(&self, block: BlockId) -> impl Iterator<Item = &Block<'s>> {
        std::iter::successors(self.blocks[block].parent, |id| self.blocks[*id].parent).map(|id| &self.blocks[id])
    }

    /// The blocks directly inside `parent`.
    pub fn children(&self, parent: BlockId) -> impl Iterator<Item = BlockId> {
        (parent + 1..self.blocks.len())
            .take_while(move |id| self.blocks[*id].parent.is_some_and(|up| up >= parent))
            .filter(move |id| self.blocks[*id].parent == Some(parent))
    }
}

impl Block<'_> {
    /// True for blocks that hold text or code themselves, rather than other blocks.
    pub fn is_leaf(&self) -> bool {
        use BlockKind::{Cell, Code, Heading, Html, Paragraph, Rule};
        matches!(self.kind, Heading { .. } | Paragraph | Code { .. } | Cell | Html | Rule)
    }

    /// What a reader calls it.
    pub fn noun(&self) -> &'static str {
        match self.kind {
            BlockKind::Heading { .. } => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::List { .. } => "list",
            BlockKind::Item { .. } => "list item",
            BlockKind::Code { .. } => "code block",
            BlockKind::Table { .. } => "table",
            BlockKind::Row => "table row",
            BlockKind::Cell => "table cell",
            BlockKind::Quote => "block quote",
            BlockKind::Alert { .. } => "alert",
            BlockKind::Html => "HTML block",
            BlockKind::Rule => "thematic break",
            BlockKind::Footnote => "footnote",
        }
    }
}

impl<'s> InlineKind<'s> {
    /// The link, where it is one.
    pub fn as_link(&self) -> Option<&Link<'s>> {
        if let Self::Link(link) = self { Some(link) } else { None }
    }

    /// Where it leads, for links, images and what was meant as a link.
    pub fn destination(&self) -> Option<&str> {
        match self {
            Self::Link(link) | Self::Image(link) => Some(&link.destination),
            Self::Malformed(malformed) => Some(&malformed.destination),
            Self::Code(_) | Self::Emphasis | Self::Strong | Self::Anchor(_) | Self::Stray(_) => None,
        }
    }
}
