//! The words of a block, each with its place, without code, destinations and tags.

use crate::align::Unit;
use crate::document::{BlockId, BlockKind, Document, Inline, InlineKind};
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
    let mut hidden = not_read(document, document.inlines_of(block), span);
    hidden.sort_unstable();
    let mut hidden = hidden.into_iter().peekable();
    let mut hidden_up_to = 0;
    let mut words = Vec::new();
    let mut starts = true;
    let mut from = 0;
    for piece in pieces_of(text) {
        let at = span.start as usize + from;
        from += piece.len();
        let is_sign = |char: char| !char.is_alphanumeric();
        let behind_signs = piece.trim_start_matches(is_sign);
        let (offset, word) = (piece.len() - behind_signs.len(), behind_signs.trim_end_matches(is_sign));
        if word.is_empty() {
            continue;
        }
        let place = Span::new(at + offset..at + offset + word.len());
        while let Some(next) = hidden.next_if(|hidden| hidden.start <= place.start) {
            hidden_up_to = hidden_up_to.max(next.end);
        }
        if place.end > hidden_up_to {
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
            let is_cut = before.is_whitespace() || ends_piece(before) || starts_piece(char);
            (is_cut || (is_dense(before) != is_dense(char) && !char.is_whitespace())).then_some(at)
        });
        let (piece, left) = rest.split_at(end.unwrap_or(rest.len()));
        rest = left;
        (!piece.is_empty()).then_some(piece)
    })
}

fn ends_piece(char: char) -> bool {
    matches!(
        char,
        '/' | '('
            | '['
            | '|'
            | '>'
            | '「'
            | '『'
            | '（'
            | '《'
            | '【'
            | '“'
            | '、'
            | '。'
            | '，'
            | '；'
            | '：'
            | '！'
            | '？'
            | '،'
            | '؛'
    )
}

fn starts_piece(char: char) -> bool {
    matches!(char, '「' | '『' | '（' | '《' | '【' | '」' | '』' | '）' | '》' | '】' | '“' | '”')
}

/// Where a text is not for people to read: code, destinations, what was meant as a link, tags.
pub(super) fn not_read(document: &Document<'_>, inlines: &[Inline<'_>], span: Span) -> Vec<Span> {
    let part = |inline: &Inline<'_>| match &inline.kind {
        InlineKind::Code(_) | InlineKind::Anchor(_) | InlineKind::Malformed(_) => Some(inline.span),
        InlineKind::Link(link) | InlineKind::Image(link) => {
            let is_text = link.text_span != link.destination_span;
            let from = if is_text { link.text_span.end } else { inline.span.start };
            Some(Span { start: from, end: inline.span.end })
        }
        InlineKind::Emphasis | InlineKind::Strong | InlineKind::Stray(_) => None,
    };
    let mut spans: Vec<Span> = inlines.iter().filter_map(part).collect();
    let text = document.source.slice(span);
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let rest = &text[at + 1..];
        if !rest.starts_with(|next: char| next.is_ascii_alphabetic() || "/!".contains(next)) {
            continue;
        }
        let code = ["code", "kbd", "samp"].into_iter().find(|name| rest.starts_with(name));
        let code = code.and_then(|name| rest.find(&format!("</{name}>")));
        if let Some(length) = code.or_else(|| rest.find('>')) {
            spans.push(Span::new(at..at + 1 + length + 1).shifted(span.start));
        }
    }
    spans
}

/// Each place of `open` up to the next `close`, both included.
pub(super) fn between<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = Span> + 't {
    text.match_indices(open).filter_map(move |(at, _)| {
        let length = text[at..].find(close)?;
        Some(Span::new(at..at + length + close.len()))
    })
}
