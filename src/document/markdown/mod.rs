//! Markdown to [`Document`].
//!
//! The front matter is cut off first, for the parser finds metadata blocks in the middle of bodies too. What
//! the parser does not know (bare URLs, heading ids, spoiled links) is read from the text of a block when it closes.

mod anchors;
mod bare_urls;
mod blocks;
mod hidden;
mod inlines;
mod links;
mod malformed;
mod outdent;
mod stray;

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag};

use super::{Dialect, Document, metadata, placeholders};
use crate::source::{Source, Span};
use blocks::Builder;

pub use hidden::hide;
pub use outdent::outdent;

/// Reads a Markdown document. Every text is one: this cannot fail.
pub fn parse<'s>(source: &'s Source, dialect: &Dialect) -> Document<'s> {
    let (metadata, body) = metadata::parse(source);
    let mut document = parse_body(source, body, dialect);
    document.metadata = metadata;
    document.placeholders = placeholders::of_document(&document, &dialect.placeholders);
    document
}

/// Reads the text from `body` (a byte offset) on, as a document without metadata.
pub fn parse_body<'s>(source: &'s Source, body: usize, dialect: &Dialect) -> Document<'s> {
    let mut events = Parser::new_ext(&source.text()[body..], options()).into_offset_iter();
    let mut builder = Builder::new(source, dialect);
    while let Some((event, range)) = events.next() {
        let definition = label(&event)
            .and_then(|label| events.reference_definitions().get(label))
            .map(|definition| Span::new(definition.span.start + body..definition.span.end + body));
        builder.event(event, Span::new(range.start + body..range.end + body), definition);
    }
    builder.finish()
}

/// GitHub's Markdown; metadata blocks and heading attributes stay off (see the module's words).
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
}

/// The label of a reference link, under which its definition is found.
fn label<'a>(event: &'a Event<'_>) -> Option<&'a str> {
    match event {
        Event::Start(
            Tag::Link { id, link_type: LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut, .. }
            | Tag::Image { id, link_type: LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut, .. },
        ) => Some(id),
        _ => None,
    }
}

/// Keeps what is borrowed from the text borrowed.
fn cow(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.into_string()),
    }
}

#[cfg(test)]
mod tests;
