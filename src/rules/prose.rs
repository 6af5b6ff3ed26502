//! The words of a block, each with its place, without code, destinations and tags.

use crate::align::Unit;
use crate::document::{BlockId, BlockKind, Document, InlineKind};
use crate::source::Span;
use crate::text::is_dense;

/// A word of a text.
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    /// A sentence starts with it.
    pub(super) starts: bool,
}

/// The blocks that a unit's words are in: cells, where it is a row.
pub(super) fn pieces(document: &Document<'_>, unit: &Unit) -> Vec<BlockId> {
    if document.blocks[unit.block].kind == BlockKind::Row {
        return document.children(unit.block).collect();
    }
    vec![unit.text]
}

/// The words of a block, without code and destinations.
pub(super) fn words_of<'d>(document: &'d Document<'_>, block: BlockId) -> Vec<Word<'d>> {
    let span = document.blocks[block].span;
    let text = document.source.slice(span);
    let hidden = hidden(document, block);
    let mut words = Vec::new();
    let mut starts = true;
    let mut from = 0;
    for piece in pieces_of(text) {
        let at = span.start as usize + from;
        from += piece.len();
        let word = piece.trim_matches(|char: char| !char.is_alphanumeric());
        let Some(offset) = piece.find(word).filter(|_| !word.is_empty()) else { continue };
        let place = Span::new(at + offset..at + offset + word.len());
        if !hidden.iter().any(|hidden| hidden.start <= place.start && place.end <= hidden.end) {
            words.push(Word { text: word, span: place, starts });
            starts = piece.trim_end().ends_with(['.', '!', '?', ':', '。', '！', '？', '：']);
        }
    }
    words
}

/// A text cut behind blanks and brackets, and where one script ends and another starts.
fn pieces_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut last: Option<char> = None;
        let end = rest.char_indices().find_map(|(at, char)| {
            let before = last.replace(char)?;
            let is_cut = before.is_whitespace()
                || "/([|>「『（《【“、。，；：！？،؛".contains(before)
                || "「『（《【」』）》】“”".contains(char);
            (is_cut || (is_dense(before) != is_dense(char) && !char.is_whitespace())).then_some(at)
        });
        let (piece, left) = rest.split_at(end.unwrap_or(rest.len()));
        rest = left;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Where a block has no words: code, destinations, names that are nobody's to translate.
fn hidden(document: &Document<'_>, block: BlockId) -> Vec<Span> {
    let part = |inline: &crate::document::Inline<'_>| match &inline.kind {
        InlineKind::Code(_) | InlineKind::Anchor(_) => Some(inline.span),
        InlineKind::Link(link) | InlineKind::Image(link) => {
            Some(Span { start: link.text_span.end, end: inline.span.end })
        }
        _ => None,
    };
    let mut hidden: Vec<Span> = document.inlines_of(block).iter().filter_map(part).collect();
    let span = document.blocks[block].span;
    let text = document.source.slice(span);
    if !text.contains('<') {
        return hidden;
    }
    for name in ["code", "kbd", "samp"] {
        for (at, _) in text.match_indices(&format!("<{name}")) {
            let length = text[at..].find(&format!("</{name}>")).unwrap_or_default();
            hidden.push(Span::new(span.start as usize + at..span.start as usize + at + length));
        }
    }
    for (at, _) in text.match_indices('<') {
        let is_tag = text[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!'));
        if let Some(length) = text[at..].find('>').filter(|_| is_tag) {
            hidden.push(Span::new(span.start as usize + at..span.start as usize + at + length + 1));
        }
    }
    hidden
}
