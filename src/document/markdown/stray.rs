//! Marks of strong emphasis that are none: the parser leaves them in the text.

use crate::document::dialect::Emphasis;
use crate::document::{BlockId, Dialect, Document, Inline, InlineKind, Stray};
use crate::source::Span;

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
    let stray = |span| Inline { kind: InlineKind::Stray(Stray::Strong), span, block, parent: None };
    document.inlines.extend(found.into_iter().map(stray));
}

/// A mark with words beside it, in the text or in a link or code that starts there: not a power (`2**3`), a name (`__init__`), a pattern (`a/**`), asterisks for a password.
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
