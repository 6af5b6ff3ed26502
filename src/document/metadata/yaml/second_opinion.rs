//! YAML that the first parser refuses and a second one reads.
//!
//! The second one gives no places: each top-level key is found again by its line.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value as Yaml};

use super::{Entry, Value, ValueKind};
use crate::source::Span;

/// Larger texts are not read a second time.
const MAX_BYTES: usize = 1 << 15;
/// Nor are texts with more opening brackets than this: the time that the second parser takes grows with their square.
const MAX_BRACKETS: usize = 256;

/// The entries as the second parser reads them; `None` where it refuses the text too.
pub(super) fn read(text: &str, base: usize) -> Option<Vec<Entry<'_>>> {
    if text.len() > MAX_BYTES || text.matches(['[', '{']).count() > MAX_BRACKETS || has_anchor(text) {
        return None;
    }
    match serde_yaml::from_str(text).ok()? {
        Yaml::Mapping(mapping) => Some(entries(&mapping, &Keys::new(text, base))),
        Yaml::Null => Some(Vec::new()),
        _ => None,
    }
}

/// True for a text that may have aliases. The second parser follows each of them, for minutes where they are nested.
fn has_anchor(text: &str) -> bool {
    let is_anchor = |(at, _)| {
        let inside_word = text[..at].ends_with(char::is_alphanumeric);
        !inside_word && text[at + 1..].starts_with(|char: char| !char.is_whitespace())
    };
    text.match_indices('&').any(is_anchor)
}

fn entries<'s>(mapping: &Mapping, keys: &Keys<'s>) -> Vec<Entry<'s>> {
    let mut line = 0;
    let entry = |(key, value): (&Yaml, &Yaml)| {
        let key = scalar(key).unwrap_or_default();
        let (key_span, span) = match keys.find(&key, line) {
            Some((found, key_span, span)) => {
                line = found + 1;
                (key_span, span)
            }
            None => (Span::at(keys.base), Span::at(keys.base)),
        };
        let mut value = Value { kind: kind(value, span), span };
        if let ValueKind::Scalar(text) = &mut value.kind {
            *text = keys.as_written(std::mem::take(text), span);
        }
        Entry { key: Cow::Owned(key), key_span, value }
    };
    mapping.iter().map(entry).collect()
}

fn kind(value: &Yaml, span: Span) -> ValueKind<'static> {
    match value {
        Yaml::Null => ValueKind::Null,
        Yaml::Sequence(items) => {
            ValueKind::List(items.iter().map(|item| Value { kind: kind(item, span), span }).collect())
        }
        Yaml::Mapping(mapping) => {
            let entry = |(key, value): (&Yaml, &Yaml)| Entry {
                key: Cow::Owned(scalar(key).unwrap_or_default()),
                key_span: span,
                value: Value { kind: kind(value, span), span },
            };
            ValueKind::Map(mapping.iter().map(entry).collect())
        }
        Yaml::Tagged(tagged) => kind(&tagged.value, span),
        Yaml::String(_) | Yaml::Number(_) | Yaml::Bool(_) => {
            scalar(value).map_or(ValueKind::Null, |text| ValueKind::Scalar(Cow::Owned(text)))
        }
    }
}

fn scalar(value: &Yaml) -> Option<String> {
    match value {
        Yaml::String(text) => Some(text.clone()),
        Yaml::Number(number) => Some(number.to_string()),
        Yaml::Bool(bool) => Some(bool.to_string()),
        _ => None,
    }
}

/// The lines of a text that start with a key.
struct Keys<'s> {
    text: &'s str,
    base: usize,
    /// Where the line starts, and where its colon is.
    lines: Vec<(usize, usize)>,
}

impl<'s> Keys<'s> {
    fn new(text: &'s str, base: usize) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices(['\n', '\r']).map(|(at, _)| at + 1));
        let colon = |start: usize| {
            let line = text[start..].split(['\n', '\r']).next()?;
            let is_key = line.starts_with(|char: char| !char.is_whitespace() && !"#-".contains(char));
            let ends = |at: usize| line[at + 1..].is_empty() || line[at + 1..].starts_with([' ', '\t']);
            let colon = line.match_indices(':').map(|(at, _)| at).find(|at| ends(*at))?;
            is_key.then_some((start, start + colon))
        };
        Self { text, base, lines: starts.filter_map(colon).collect() }
    }

    /// The first line from `from` on with this key, the key's span and its value's.
    fn find(&self, key: &str, from: usize) -> Option<(usize, Span, Span)> {
        let unquoted = |(start, colon): (usize, usize)| self.text[start..colon].trim_end();
        let is_key = |line: &(usize, usize)| unquoted(*line).trim_matches(['"', '\'']) == key;
        let found = from + self.lines.get(from..)?.iter().position(is_key)?;
        let (start, colon) = self.lines[found];
        let end = self.lines.get(found + 1).map_or(self.text.len(), |(next, _)| *next);
        let region = &self.text[colon + 1..end];
        let written = region.trim();
        let value = if written.is_empty() { colon + 1 } else { end - region.trim_start().len() };
        let span = |start: usize, len: usize| Span::new(self.base + start..self.base + start + len);
        Some((found, span(start, unquoted((start, colon)).len()), span(value, written.len())))
    }

    /// The scalar as the source has it: the parser has made `1` of `1.0`.
    fn as_written(&self, text: Cow<'s, str>, span: Span) -> Cow<'s, str> {
        let range = span.range();
        let Some(written) = self.text.get(range.start - self.base..range.end - self.base) else {
            return text;
        };
        let is_plain = !written.starts_with(['"', '\'', '|', '>', '!', '&', '*']);
        let bare = written.split(" #").next().unwrap_or_default().trim_end();
        let is_line = !written.contains(['\n', '\r']);
        if is_plain && is_line { Cow::Borrowed(bare) } else { text }
    }
}
