//! What is wrong with front matter, in words for those who write it.

use saphyr_parser::ScanError;

use super::places::Places;
use super::{Entry, SyntaxError};

/// Words that the parser's message holds, and what is told instead.
const MESSAGES: &[(&str, &str)] = &[
    ("mapping values are not allowed", "a `:` cannot stand here; put the value in quotes, or check the indentation"),
    ("illegal placement of ':'", "a `:` cannot stand here; put the value in quotes, or check the indentation"),
    ("unexpected end of stream", "this quote is never closed"),
    ("unexpected document indicator", "this quote is never closed"),
    ("invalid indentation in quoted scalar", "this quote is never closed"),
    ("invalid trailing content after", "there is more after the closing quote"),
    ("simple key expect ':'", "this line is not `key: value`"),
    ("did not find expected key", "expected `key: value` here; check the indentation and the quotes"),
    ("invalid indentation", "this is not indented as the lines above"),
    ("wrongly indented line", "this is not indented as the lines above"),
    ("expected ',' or ']'", "a `,` or the closing `]` is missing here"),
    ("expected ',' or '}'", "a `,` or the closing `}` is missing here"),
    ("misplaced bracket", "this bracket closes nothing; a value that starts with one needs quotes"),
    ("unknown anchor", "no anchor has this name; a value that starts with `*` needs quotes"),
    ("anchor or alias", "a value that starts with `*` or `&` needs quotes"),
    ("found a tab", "indentation must be spaces, not tabs"),
    ("tab cannot be used", "indentation must be spaces, not tabs"),
    ("tabs disallowed", "indentation must be spaces, not tabs"),
    ("cannot start with a tab", "indentation must be spaces, not tabs"),
    ("block sequence entries are not allowed", "a list item cannot stand here; check the indentation"),
    ("did not find expected '-'", "expected a list item here; check the indentation"),
    ("did not find expected node content", "a value is missing here"),
    ("comments must be separated", "a comment needs a blank before its `#`"),
    ("comment intercepting", "a comment cannot stand inside a value of several lines"),
    ("unprintable", "there is a character here that cannot be printed"),
    ("valid YAML whitespace", "a blank is missing here: a tab does not separate"),
    ("escape", "a backslash in double quotes needs to be doubled"),
];

/// The parser's error, with the narrowest place that is known.
pub(super) fn new(error: &ScanError, places: &mut Places<'_>) -> SyntaxError {
    let at = places.at(*error.marker());
    let info = error.info();
    let span = match places.char_at(at) {
        // The parser sees that a line is no entry only at the next one.
        _ if info.contains("simple key expect") => places.line_before(at),
        span if span.is_empty() => places.line_before(at).after(),
        span => span,
    };
    SyntaxError { message: message(info, places.slice(span)), span }
}

/// The error for what is nested too deeply.
pub(super) fn too_deep(limit: usize, span: crate::source::Span) -> SyntaxError {
    SyntaxError { message: format!("this is nested more than {limit} levels deep"), span }
}

/// So many keys are compared with each other sooner than they are sorted.
const FEW: usize = 48;

/// The error for a key that is there twice, at the second one.
pub(super) fn twice(entries: &[Entry<'_>]) -> Option<SyntaxError> {
    let is_new = |(at, entry): (usize, &Entry<'_>)| entries[..at].iter().all(|other| other.key != entry.key);
    if entries.len() <= FEW && entries.iter().enumerate().all(is_new) {
        return None;
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|index| (&*entries[*index].key, *index));
    let is_pair = |pair: &&[usize]| entries[pair[0]].key == entries[pair[1]].key;
    let second = order.windows(2).filter(is_pair).map(|pair| pair[1]).min()?;
    let entry = &entries[second];
    Some(SyntaxError { message: format!("the key `{}` is there twice", entry.key), span: entry.key_span })
}

fn message(info: &str, at: &str) -> String {
    if info.starts_with("unexpected character") {
        let at = if at == "`" { "a backtick".to_owned() } else { format!("`{at}`") };
        return format!("a value that starts with {at} needs quotes");
    }
    let told = MESSAGES.iter().find(|(words, _)| info.contains(words));
    told.map_or_else(|| info.replace(['\n', '\r'], " "), |(_, message)| (*message).to_owned())
}
