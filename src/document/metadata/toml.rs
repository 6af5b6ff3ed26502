//! TOML: tables become entries with their places.

use std::borrow::Cow;
use std::ops::Range;

use toml_edit::{Document, Item, Key, TableLike, TomlError};

use super::front_matter::Reading;
use super::{Entry, SyntaxError, Value, ValueKind};
use crate::source::Span;

/// Reads the lines between the fences; `base` is where they start in the text that spans point into.
pub(super) fn read(text: &str, base: usize) -> Reading<'_> {
    let origin = Origin { text, base };
    let parsed = with_line_feeds(text);
    match Document::parse(&*parsed) {
        Ok(document) => (origin.entries(document.as_table()), None),
        Err(error) => (origin.entries_before(&parsed, &error), Some(origin.error(&error))),
    }
}

/// TOML knows no lone carriage returns: as line feeds they end lines, and every offset stays.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_lone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    if !memchr::memchr_iter(b'\r', bytes).any(is_lone) {
        return Cow::Borrowed(text);
    }
    let end = |(at, char)| if char == '\r' && is_lone(at) { '\n' } else { char };
    Cow::Owned(text.char_indices().map(end).collect())
}

/// The text that the parser's ranges point into.
struct Origin<'s> {
    text: &'s str,
    base: usize,
}

impl<'s> Origin<'s> {
    // The parser refuses what is nested more than eighty levels deep, so this may recurse.
    fn entries(&self, table: &dyn TableLike) -> Vec<Entry<'s>> {
        let pairs = table.iter().filter_map(|(name, _)| table.get_key_value(name));
        pairs.map(|(key, item)| self.entry(key, item)).collect()
    }

    fn entry(&self, key: &Key, item: &Item) -> Entry<'s> {
        let range = key.span().unwrap_or_default();
        let key_span = self.span(&range);
        Entry { key: self.text(&range, key.get()), key_span, value: self.value(item, key_span.after()) }
    }

    /// The value of an item; `place` is for what is written in several places, and so has no span of its own.
    fn value(&self, item: &Item, place: Span) -> Value<'s> {
        let range = item.span();
        let kind = match item {
            Item::None => ValueKind::Null,
            Item::ArrayOfTables(tables) => {
                ValueKind::List(tables.iter().map(|table| self.table(table, place)).collect())
            }
            Item::Table(table) => return self.table(table, place),
            Item::Value(value) => return self.inline(value, place),
        };
        Value { kind, span: range.map_or(place, |range| self.span(&range)) }
    }

    fn table(&self, table: &toml_edit::Table, place: Span) -> Value<'s> {
        let entries = self.entries(table);
        let hull = || Some(Span { start: entries.first()?.key_span.start, end: entries.last()?.value.span.end });
        let span = table.span().map(|range| self.span(&range)).or_else(hull).filter(|span| span.start <= span.end);
        Value { span: span.unwrap_or(place), kind: ValueKind::Map(entries) }
    }

    fn inline(&self, value: &toml_edit::Value, place: Span) -> Value<'s> {
        let range = value.span();
        let span = range.as_ref().map_or(place, |range| self.span(range));
        let kind = match value {
            toml_edit::Value::String(text) => ValueKind::Scalar(self.text(&range.unwrap_or_default(), text.value())),
            toml_edit::Value::Array(items) => {
                ValueKind::List(items.iter().map(|item| self.inline(item, place)).collect())
            }
            toml_edit::Value::InlineTable(table) => ValueKind::Map(self.entries(table)),
            // Numbers, booleans and dates are told as they are written.
            _ => ValueKind::Scalar(Cow::Borrowed(self.slice(&range.unwrap_or_default()))),
        };
        Value { kind, span }
    }

    /// `text` borrowed from its range, where it stands there as it is, bare or in quotes.
    fn text(&self, range: &Range<usize>, text: &str) -> Cow<'s, str> {
        let written = self.slice(range);
        let quoted = written.get(1..written.len().saturating_sub(1));
        let found = [Some(written), quoted].into_iter().flatten().find(|written| *written == text);
        found.map_or_else(|| Cow::Owned(text.to_owned()), Cow::Borrowed)
    }

    fn slice(&self, range: &Range<usize>) -> &'s str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn span(&self, range: &Range<usize>) -> Span {
        let (start, end) = (self.boundary(range.start), self.boundary(range.end));
        Span::new(self.base + start..self.base + end.max(start))
    }

    /// The nearest character boundary at or before an offset: an error may lie inside a character.
    fn boundary(&self, offset: usize) -> usize {
        let is_boundary = |offset: &usize| self.text.is_char_boundary(*offset);
        (0..=offset.min(self.text.len())).rev().find(is_boundary).unwrap_or_default()
    }

    fn error(&self, error: &TomlError) -> SyntaxError {
        let span = self.span(&error.span().unwrap_or_default());
        let message = match error.message() {
            "duplicate key" => format!("the key `{}` is there twice", self.slice(&error.span().unwrap_or_default())),
            message if message.contains("recurs") => "this is nested too deeply".to_owned(),
            message => message.replace(['\n', '\r'], " "),
        };
        SyntaxError { message, span }
    }

    /// The entries of the lines before the one that cannot be read.
    fn entries_before(&self, parsed: &str, error: &TomlError) -> Vec<Entry<'s>> {
        let at = self.boundary(error.span().unwrap_or_default().start);
        let end = parsed[..at].rfind('\n').map_or(0, |end| end + 1);
        Document::parse(&parsed[..end]).map_or_else(|_| Vec::new(), |document| self.entries(document.as_table()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let (entries, error) = read(text, 0);
        let mut lines = Vec::new();
        tell(text, "", &entries, &mut lines);
        lines.extend(error.map(|error| format!("{} @ {:?}", error.message, &text[error.span.range()])));
        lines
    }

    fn tell(text: &str, prefix: &str, entries: &[Entry<'_>], lines: &mut Vec<String>) {
        for entry in entries {
            assert_eq!(text[entry.key_span.range()].trim_matches(['"', '\'']), entry.key);
            let path = format!("{prefix}{}", entry.key);
            let written = &text[entry.value.span.range()];
            let kind = match &entry.value.kind {
                ValueKind::Scalar(Cow::Borrowed(text)) => format!("<{text}>"),
                ValueKind::Scalar(Cow::Owned(text)) => format!("{text:?}"),
                ValueKind::List(items) => format!("list of {}", items.len()),
                ValueKind::Map(_) => "map".to_owned(),
                _ => "null".to_owned(),
            };
            lines.push(format!("{path} {written:?} -> {kind}"));
            if let ValueKind::Map(entries) = &entry.value.kind {
                tell(text, &format!("{path}."), entries, lines);
            }
        }
    }

    #[test]
    fn values_are_told_as_written() {
        let text = "\"शीर्षक\" = '移行 😀'\ndate = 2024-01-02T03:04:05Z\nn = 1_000 # many\nb = true\ns = \"a\\tb\"\nl = ['x', 2]\n";
        assert_eq!(
            told(text),
            [
                "शीर्षक \"'移行 😀'\" -> <移行 😀>",
                "date \"2024-01-02T03:04:05Z\" -> <2024-01-02T03:04:05Z>",
                "n \"1_000\" -> <1_000>",
                "b \"true\" -> <true>",
                "s \"\\\"a\\\\tb\\\"\" -> \"a\\tb\"",
                "l \"['x', 2]\" -> list of 2",
            ]
        );
    }

    #[test]
    fn tables_are_mappings() {
        let text = "x = {y = 1}\na.b = 1\n[t]\nk = 'v'\n[[u]]\nn = 1\n[[u]]\n[v.w]\nz = 2\n";
        let lines = told(text);
        for line in
            ["x \"{y = 1}\" -> map", "x.y \"1\" -> <1>", "a.b \"1\" -> <1>", "t.k \"'v'\" -> <v>", "v.w.z \"2\" -> <2>"]
        {
            assert!(lines.iter().any(|told| told == line), "{line} in {lines:#?}");
        }
        assert!(lines.iter().any(|line| line.starts_with("u ") && line.ends_with("list of 2")), "{lines:#?}");
    }

    #[test]
    fn errors_are_told_where_they_are() {
        assert_eq!(told("a = 1\nb = 2\na = 3\n")[2..], ["the key `a` is there twice @ \"a\""]);
        let lines = told("\"é\" = 1\nb = \n");
        assert_eq!((lines.len(), &*lines[0]), (2, "é \"1\" -> <1>"));
        assert!(!lines[1].contains('\n'));
    }

    #[test]
    fn carriage_returns_end_lines() {
        assert_eq!(told("a = 'é'\rb = 2\r"), ["a \"'é'\" -> <é>", "b \"2\" -> <2>"]);
        assert_eq!(told("a = 'é'\r\nb = 2\r\n"), ["a \"'é'\" -> <é>", "b \"2\" -> <2>"]);
    }

    #[test]
    fn deep_nesting_is_an_error() {
        for text in [format!("a = {}", "[".repeat(20_000)), "a.".repeat(20_000), format!("[{}a]", "a.".repeat(20_000))]
        {
            assert!(read(&text, 0).1.is_some());
        }
    }
}
