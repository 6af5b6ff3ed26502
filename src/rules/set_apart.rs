//! Words that are somebody else's: quoted, printed by a program, the name of a button or of a work.

use super::prose::Word;
use crate::document::{BlockId, BlockKind, Document, Inline, InlineKind};
use crate::source::Span;

/// Words in quotes or brackets, before a translation in brackets, or in links alone, are a title or a message.
pub(super) fn is_set_apart(document: &Document<'_>, block: BlockId, words: &[Word<'_>], printed: &[String]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return true };
    let place = Span { start: first.span.start, end: last.span.end };
    let outside = words.iter().filter(|word| !is_in_link(document, block, word)).count();
    let text = document.source.text();
    let before = text[..place.start as usize].chars().rev().find(|char| !"*_ ".contains(*char));
    let after = text[place.end as usize..].chars().find(|char| !"*_.!?,: ".contains(*char));
    let is_open = before.is_some_and(|char| "\"“„«‹「『（(【《'‘‟".contains(char));
    let is_plural = text[place.end as usize..].starts_with("(s)");
    let is_glossed = after.is_some_and(|char| "（(".contains(char)) && !is_plural;
    // Lines of code that the page does not mark as such.
    let is_code = words.len() < 16 && document.source.slice(place).contains(['{', '}', '=', ';', '$']);
    let is_named = is_message(document, block)
        || is_quotation(document, block, place)
        || is_printed(document, block, printed)
        || is_in_quotes(document, block, place)
        || is_change(document, block)
        || is_emphasized_alone(document, block, place)
        || is_spelled(document, place)
        || (is_open && is_quoted_first(document, words));
    outside < 2
        || is_glossed
        || is_code
        || is_named
        || (is_open && after.is_some_and(|char| "\"”“»›」』）)】》'’".contains(char)))
}

/// `` `l`ess than or `e`qual ``: where a name comes from, which only its own language can say.
fn is_spelled(document: &Document<'_>, place: Span) -> bool {
    let text = document.source.text();
    let from = place.start as usize - text[..place.start as usize].bytes().rev().take(3).filter(u8::is_ascii).count();
    let words = text.get(from..place.end as usize).unwrap_or_default().as_bytes();
    words
        .windows(4)
        .any(|some| matches!(some, [b'`', a, b'`', b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic()))
}

/// A quotation with a word or two behind it, as in “Get on board” guide, or with its author.
fn is_quoted_first(document: &Document<'_>, words: &[Word<'_>]) -> bool {
    let closes = |pair: &[Word<'_>]| {
        let between = Span { start: pair[0].span.end, end: pair[1].span.start };
        document.source.slice(between).contains(['"', '”', '“', '»', '›', '」', '』', '’'])
    };
    let is_name = |word: &Word<'_>| word.text.len() < 4 || word.text.starts_with(char::is_uppercase);
    words.windows(2).rposition(closes).is_some_and(|at| words.len() - at < 4 || words[at + 1..].iter().all(is_name))
}

/// The line of a change, in a list of them: it names the change that brought it.
fn is_change(document: &Document<'_>, block: BlockId) -> bool {
    let is_item = document.ancestors(block).next().is_some_and(|up| matches!(up.kind, BlockKind::Item { .. }));
    let opens_with_link = document.source.slice(document.blocks[block].span).starts_with('[');
    let leads_to_change = |inline: &Inline<'_>| {
        let address = inline.kind.destination().unwrap_or_default();
        ["/pull/", "/commit/", "/merge_requests/", "/issues/"].iter().any(|kind| address.contains(kind))
    };
    (is_item || opens_with_link) && document.inlines_of(block).iter().any(leads_to_change)
}

/// Does the component around a block show what a program prints?
fn is_printed(document: &Document<'_>, block: BlockId, printed: &[String]) -> bool {
    let before = document.source.shown_text()[..document.blocks[block].span.start as usize].trim_end();
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    let name = line.strip_prefix('<').and_then(|tag| tag.split(|char: char| !char.is_alphanumeric()).next());
    name.is_some_and(|name| printed.iter().any(|part| name.to_lowercase().contains(part)))
}

pub(super) fn is_in_link(document: &Document<'_>, block: BlockId, word: &Word<'_>) -> bool {
    document
        .inlines_of(block)
        .iter()
        .filter_map(|inline| inline.kind.as_link())
        .any(|link| link.text_span.contains(word.span))
}

/// `**RouteNotFound**: No route was found.`: what a program says.
fn is_message(document: &Document<'_>, block: BlockId) -> bool {
    let text = document.source.slice(document.blocks[block].span);
    let Some((name, rest)) = text.strip_prefix("**").and_then(|text| text.split_once("**")) else { return false };
    let is_name = name.chars().all(|char| char.is_ascii_alphanumeric())
        && name.chars().filter(char::is_ascii_uppercase).count() > 1
        && name.contains(|char: char| char.is_ascii_lowercase());
    is_name && rest.trim_start().starts_with([':', '：'])
}

/// The words of somebody else: in a block quote, unless it starts with a label that nobody translated either.
fn is_quotation(document: &Document<'_>, block: BlockId, place: Span) -> bool {
    let text = document.source.slice(document.blocks[block].span);
    let label = text.strip_prefix("**").and_then(|text| text.find("**")).unwrap_or_default();
    let is_in_label = (place.start as usize) < document.blocks[block].span.start as usize + label;
    document.ancestors(block).any(|around| around.kind == BlockKind::Quote) && !is_in_label
}

/// Does a quotation that holds code or links go around the words?
fn is_in_quotes(document: &Document<'_>, block: BlockId, place: Span) -> bool {
    const QUOTES: [(char, char); 6] = [('“', '”'), ('„', '“'), ('«', '»'), ('「', '」'), ('『', '』'), ('‹', '›')];
    let span = document.blocks[block].span;
    let (start, end) = (place.start - span.start, place.end - span.start);
    let text = document.source.slice(span);
    let (Some(before), Some(after)) = (text.get(..start as usize), text.get(end as usize..)) else { return false };
    let is_between = |(open, close): &(char, char)| {
        let opened = before.rfind(*open);
        opened.is_some() && before.rfind(*close) <= opened && after.contains(*close)
    };
    QUOTES.iter().any(is_between) || (before.matches('"').count() % 2 == 1 && after.contains('"'))
}

/// Emphasized words in a sentence of the translation's own: the name of a button or of a work.
fn is_emphasized_alone(document: &Document<'_>, block: BlockId, place: Span) -> bool {
    let is_around = |inline: &Inline<'_>| {
        matches!(inline.kind, InlineKind::Strong | InlineKind::Emphasis) && inline.span.contains(place)
    };
    let around = document.inlines_of(block).iter().find(|inline| is_around(inline));
    around.is_some_and(|inline| {
        let outside = document.blocks[block].span.len() - inline.span.len();
        outside > 8 && inline.span.len() < place.len() + 8
    })
}
