//! Marks of strong emphasis that are none: the parser leaves them in the text.

use crate::document::dialect::Emphasis;
use crate::document::{BlockId, Dialect, Document, Inline, InlineKind, Stray};
use crate::source::Span;
use crate::text::is_dense;

/// Adds the `**` and `__` of a block's text that readers see.
pub(super) fn find(document: &mut Document<'_>, block: BlockId, runs: &[Span], dialect: &Dialect) {
    let source = document.source;
    let mut found = Vec::new();
    for run in runs {
        let text = source.slice(*run);
        if memchr::memchr2(b'*', b'_', text.as_bytes()).is_none() {
            continue;
        }
        for mark in ["**", "__"] {
            let mut from = 0;
            while let Some(at) = memchr::memmem::find(&text.as_bytes()[from..], mark.as_bytes()).map(|at| from + at) {
                let length = text[at..].bytes().take_while(|byte| *byte == mark.as_bytes()[0]).count();
                from = at + length;
                if is_mark(source.text(), run.start as usize + at, length) {
                    found.push(Span::new(run.start as usize + at..run.start as usize + at + length));
                }
            }
        }
    }
    // To Python-Markdown every pair emphasizes what is between, wherever it stands.
    if dialect.emphasis == Emphasis::PythonMarkdown && found.len() % 2 == 0 {
        found.sort_unstable();
        let strong = |pair: &[Span]| Inline {
            kind: InlineKind::Strong,
            span: Span { start: pair[0].start, end: pair[1].end },
            block,
            parent: None,
        };
        document.inlines.extend(found.chunks_exact(2).map(strong));
        return;
    }
    let stray = |kind, span| Inline { kind: InlineKind::Stray(kind), span, block, parent: None };
    document.inlines.extend(found.into_iter().map(|span| stray(Stray::Strong, span)));
    if !source.slice(document.blocks[block].span).is_ascii() {
        let weak = runs.iter().flat_map(|run| underscored(source.text(), *run));
        document.inlines.extend(weak.map(|span| stray(Stray::Weak, span)));
    }
}

/// Words between two single underscores of a run of text, with a letter of a script without blanks beside one of them.
fn underscored(text: &str, run: Span) -> impl Iterator<Item = Span> {
    let (start, end) = (run.start as usize, run.end as usize);
    let marks: Vec<usize> = memchr::memchr_iter(b'_', &text.as_bytes()[start..end]).map(|at| start + at).collect();
    let beside = |char: Option<char>| char.is_some_and(|char| is_dense(char) && char.is_alphabetic());
    let is_pair = move |pair: &[usize]| {
        let (before, inner, after) = (&text[..pair[0]], &text[pair[0] + 1..pair[1]], &text[pair[1] + 1..]);
        let has_words = !inner.is_empty() && inner.trim() == inner && !inner.contains(['\n', '*']);
        let is_alone = !before.ends_with(['_', '\\']) && !after.starts_with('_');
        has_words && is_alone && (beside(before.chars().next_back()) || beside(after.chars().next()))
    };
    let mut pairs = Vec::new();
    let mut at = 0;
    while at + 1 < marks.len() {
        let is_found = is_pair(&marks[at..at + 2]);
        pairs.extend(is_found.then(|| Span::new(marks[at]..marks[at + 1] + 1)));
        at += if is_found { 2 } else { 1 };
    }
    pairs.into_iter()
}

/// A mark with words beside it, in the text or in a link or code that starts there: not a power (`2**3`), a name
/// (`__init__`), a pattern (`a/**`), asterisks for a password.
fn is_mark(text: &str, at: usize, length: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    let is_code = |char: Option<char>| {
        char.is_some_and(|char| {
            char.is_ascii_alphanumeric() || matches!(char, '/' | '\\' | '=' | '*' | '_' | '.' | '`' | '$' | '{' | '}')
        })
    };
    let is_space =
        |char: Option<char>| char.is_none_or(|char| char.is_whitespace() || matches!(char, '(' | ')' | '（' | '）'));
    match text.as_bytes()[at] {
        // Underscores are part of names as often as not.
        b'_' if length != 2 || is_code(before) || is_code(after) => false,
        b'_' => !is_space(before) || !is_space(after),
        _ if length == 2 => {
            let is_digit = |char: Option<char>| char.is_some_and(char::is_numeric);
            let is_power =
                is_code(before) && is_code(after) && (text.is_ascii() || (is_digit(before) && is_digit(after)));
            let is_path = before.is_some_and(|char| matches!(char, '/' | '\\'))
                || after.is_some_and(|char| matches!(char, '/' | '\\'));
            !is_power && !is_path && (!is_space(before) || !is_space(after))
        }
        _ => length == 4 && !(is_space(before) || is_space(after)),
    }
}
