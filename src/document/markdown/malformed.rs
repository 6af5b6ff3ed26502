//! What was meant as a link and is shown as text.
//!
//! These are found in the text that the parser leaves over: it says nothing about a link that it does not see.
//! Only what looks like a destination counts (`is_place`), for `array[i] (see below)` is prose.

use crate::document::{BlockId, Document, Flaw, Inline, InlineKind, LinkForm, Malformed};
use crate::source::Span;

/// Adds the spoiled links of a block's text.
pub(super) fn find(document: &mut Document<'_>, block: BlockId, runs: &[Span]) {
    let source = document.source;
    let whole = document.blocks[block].span;
    let text = source.slice(whole);
    for run in runs {
        let from = (run.start - whole.start) as usize;
        for at in memchr::memchr_iter(b']', source.slice(*run).as_bytes()).map(|at| from + at) {
            if let Some((flaw, destination)) = read(text, at) {
                let start = open_before(text, at).unwrap_or(at);
                let end = destination.end + usize::from(text[destination.end..].starts_with(')'));
                let place = |range: std::ops::Range<usize>| {
                    Span::new(whole.start as usize + range.start..whole.start as usize + range.end)
                };
                let malformed = Malformed { flaw, destination: source.slice(place(destination)).into() };
                let kind = InlineKind::Malformed(malformed);
                document.inlines.push(Inline { kind, span: place(start..end), block, parent: None });
            }
        }
    }
    leads_nowhere(document, block);
}

/// What is longer than this, in bytes, was not meant as a link.
const LONGEST: usize = 4096;

/// The last bracket that opens before the one at `close`.
fn open_before(text: &str, close: usize) -> Option<usize> {
    let from = close.saturating_sub(LONGEST);
    memchr::memrchr(b'[', &text.as_bytes()[from..close]).map(|at| from + at)
}

/// What is wrong behind the bracket at `close`, and where the destination stands.
fn read(text: &str, close: usize) -> Option<(Flaw, std::ops::Range<usize>)> {
    let before = &text[..close];
    let after = &text[close + 1..];
    let blank = after.len() - after.trim_start_matches([' ', '\u{a0}', '\u{3000}']).len();
    let (flaw, open) = if after[blank..].starts_with('（') {
        (Flaw::FullWidthParenthesis, blank + '（'.len_utf8())
    } else if !after[blank..].starts_with('(') {
        return None;
    } else if blank > 0 {
        (Flaw::SpaceBeforeDestination, blank + 1)
    } else if after.starts_with("((") {
        (Flaw::DoubledParenthesis, 2)
    } else if before.ends_with('\\') {
        (Flaw::EscapedBracket, 1)
    } else {
        (Flaw::UnpairedBracket, 1)
    };
    let start = close + 1 + open;
    let length = place_length(&text[start..])?;
    let destination = start..start + length;
    if !is_place(&text[destination.clone()]) || (flaw != Flaw::UnpairedBracket && open_before(text, close).is_none()) {
        return None;
    }
    let rest = &text[destination.end..];
    match flaw {
        Flaw::UnpairedBracket => Some((unpaired(rest), destination)),
        _ if rest.starts_with([')', '）']) => Some((flaw, destination)),
        _ => None,
    }
}

fn unpaired(rest: &str) -> Flaw {
    if rest.starts_with(')') {
        Flaw::UnpairedBracket
    } else if rest.bytes().take(LONGEST).take_while(|byte| *byte != b'\n').any(|byte| byte == b')') {
        Flaw::BlankInDestination
    } else {
        Flaw::MissingParenthesis
    }
}

/// Length of what can be a destination: up to white space or a parenthesis that was not opened in it.
fn place_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, char) in text.char_indices() {
        match char {
            _ if at > LONGEST => return None,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            '）' | '。' | '，' | '"' => return Some(at),
            _ if char.is_whitespace() => return Some(at),
            _ => {}
        }
    }
    Some(text.len())
}

/// Is this a place rather than words in parentheses?
fn is_place(text: &str) -> bool {
    let path = text.split(['#', '?']).next().unwrap_or_default();
    text.contains("://")
        || ["/", "./", "../", "mailto:"].iter().any(|start| text.starts_with(start) && text.len() > start.len())
        || (text.starts_with('#') && text.len() > 1 && !text.contains('\\'))
        || (path.contains('/') && path.is_ascii())
        || [".md", ".mdx", ".html", ".htm", ".png", ".svg", ".jpg"].iter().any(|end| path.ends_with(end))
}

/// `[x]((/y))` is a link to `(/y)`; `[EN](JA)`, the bilingual form of a user interface's words, is taken for a link to a sentence.
fn leads_nowhere(document: &mut Document<'_>, block: BlockId) {
    let first = document.blocks[block].inlines.start;
    for inline in &mut document.inlines[first..] {
        let InlineKind::Link(link) = &inline.kind else { continue };
        let words = &link.destination;
        let is_prose = link.form == LinkForm::Inline
            && !words.contains([':', '/', '.', '#', '?', '%'])
            && words.chars().any(|char| !char.is_ascii() && char.is_alphabetic());
        let doubled = words.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).filter(|inner| is_place(inner));
        let (flaw, destination) = match doubled {
            Some(inner) => (Flaw::DoubledParenthesis, inner.to_owned().into()),
            None if is_prose => (Flaw::TargetIsProse, words.clone()),
            None => continue,
        };
        inline.kind = InlineKind::Malformed(Malformed { flaw, destination });
    }
}
