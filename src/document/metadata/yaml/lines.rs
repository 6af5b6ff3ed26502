//! Front matter of plain lines, read without the parser.
//!
//! Nearly all front matter is keys with one-line scalars and lists of such, and the parser takes longer over that than
//! everything else takes over the page. What is read here is read as the parser does; whatever could mean anything else
//! is left to it.

use std::borrow::Cow;

use crate::document::metadata::{Entry, Value, ValueKind};
use crate::source::Span;
use crate::text::holds;

/// The parser gives up on longer keys.
const LONGEST_KEY: usize = 200;

/// The entries of a text, unless it holds more than plain lines; `base` is where it starts in what spans point into.
pub(super) fn read(text: &str, base: usize) -> Option<Vec<Entry<'_>>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut list = None;
    let mut next = 0;
    let has_controls = holds(text.as_bytes(), |byte| (byte < b' ' && byte != b'\n') || byte == 0x7f);
    while next < text.len() {
        let start = next;
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |len| start + len);
        next = end + 1;
        let line = Line { text, start, end: start + trimmed(&text[start..end], has_controls)?.len(), base };
        match line.first() {
            None | Some(b'#') => {}
            Some(b' ' | b'-') => line.item(entries.last_mut()?, &mut list)?,
            Some(_) => {
                list = None;
                entries.push(line.entry()?);
            }
        }
    }
    Some(entries)
}

/// A line without the blanks that it ends with, unless it holds characters that the parser has something to say about;
/// `may_have_controls` says whether any of these is in ASCII.
fn trimmed(line: &str, may_have_controls: bool) -> Option<&str> {
    let line = if may_have_controls { line.strip_suffix('\r').unwrap_or(line) } else { line };
    let is_plain = if line.is_ascii() {
        !may_have_controls || line.bytes().all(|byte| matches!(byte, b' '..=b'~'))
    } else {
        let is_odd = |char: char| matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}'..);
        !line.chars().any(|char| char.is_control() || is_odd(char))
    };
    is_plain.then(|| line.trim_end_matches(' '))
}

/// A line of the text, by offsets into it.
struct Line<'s> {
    text: &'s str,
    start: usize,
    end: usize,
    base: usize,
}

impl<'s> Line<'s> {
    fn first(&self) -> Option<u8> {
        self.text.as_bytes()[self.start..self.end].first().copied()
    }

    /// `key: value`, or a key alone.
    fn entry(&self) -> Option<Entry<'s>> {
        let line = &self.text.as_bytes()[self.start..self.end];
        let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        let len = line.iter().position(|byte| !is_of_key(byte))?;
        if !(1..LONGEST_KEY).contains(&len) || !(line[0].is_ascii_alphabetic() || line[0] == b'_') || line[len] != b':'
        {
            return None;
        }
        let colon = self.start + len;
        let key = Cow::Borrowed(&self.text[self.start..colon]);
        Some(Entry { key, key_span: self.span(self.start, colon), value: self.value(colon + 1)? })
    }

    /// `- value` below a key that has none; `list` is how far the items of that are indented.
    fn item(&self, entry: &mut Entry<'s>, list: &mut Option<usize>) -> Option<()> {
        let line = &self.text.as_bytes()[self.start..self.end];
        let indent = line.iter().position(|byte| *byte != b' ')?;
        let dash = self.start + indent;
        if line[indent] != b'-' || list.is_some_and(|known| known != indent) {
            return None;
        }
        let value = self.value(dash + 1).filter(|value| !value.span.is_empty())?;
        if list.replace(indent).is_none() {
            if !entry.value.span.is_empty() {
                return None;
            }
            entry.value = Value { kind: ValueKind::List(Vec::new()), span: self.span(dash, dash) };
        }
        let ValueKind::List(items) = &mut entry.value.kind else { return None };
        entry.value.span.end = value.span.end;
        items.push(value);
        Some(())
    }

    /// What stands from `at` on, behind a blank: a scalar, or nothing.
    fn value(&self, at: usize) -> Option<Value<'s>> {
        if at == self.end {
            return Some(Value { kind: ValueKind::Null, span: self.span(at, at) });
        }
        let written = self.text[at..self.end].strip_prefix(' ')?.trim_start_matches(' ');
        let span = self.span(self.end - written.len(), self.end);
        let kind = match written.as_bytes()[0] {
            quote @ (b'\'' | b'"') => ValueKind::Scalar(Cow::Borrowed(quoted(written, quote)?)),
            _ if !is_plain(written) => return None,
            _ if matches!(written, "null" | "Null" | "NULL") => ValueKind::Null,
            _ => ValueKind::Scalar(Cow::Borrowed(written)),
        };
        Some(Value { kind, span })
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start..self.base + end)
    }
}

/// What stands between two quotes, where that is what it says.
fn quoted(written: &str, quote: u8) -> Option<&str> {
    let inner = written.as_bytes().get(1..written.len() - 1).filter(|_| written.as_bytes().last() == Some(&quote))?;
    let speaks_for_itself = memchr::memchr2(quote, if quote == b'"' { b'\\' } else { quote }, inner).is_none();
    speaks_for_itself.then(|| &written[1..written.len() - 1])
}

/// Is it a plain scalar, whoever reads it?
fn is_plain(written: &str) -> bool {
    let bytes = written.as_bytes();
    let starts =
        bytes[0].is_ascii_alphanumeric() || matches!(bytes[0], b'/' | b'.' | b'_' | b'(' | b'$') || bytes[0] >= 0x80;
    let means_more = |at: usize| match bytes[at] {
        b':' => bytes.get(at + 1).is_none_or(|next| *next == b' '),
        _ => bytes[at - 1] == b' ',
    };
    starts && !memchr::memchr2_iter(b':', b'#', bytes).any(means_more)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parsed;
    use super::*;

    /// What is read here is what the parser makes of it; says whether it was read here.
    fn is_as_parsed(text: &str) -> bool {
        let read = read(text, 3);
        if let Some(entries) = &read {
            let (parsed, error) = parsed(text, 3);
            assert_eq!(format!("{entries:?}"), format!("{parsed:?}"), "{text:?}");
            assert!(error.is_none_or(|error| error.message.contains("twice")), "{text:?}");
        }
        read.is_some()
    }

    #[test]
    fn what_most_pages_have_is_read_here() {
        for text in [
            "",
            "title: A\n",
            "title: Zusammenhänge über 3 Häfen  \r\nms.date: 08/05/2021\r\n",
            "a: https://example.com/a:b#c\nb: 'x: y # z'\nc: \"\"\n\nd:\n# words\ne: null\n",
            "a:\n- \"1\"\n- two words\nb:\n  - x\n\n  - 'y'\n",
            "タイトル: A\n",
        ] {
            assert_eq!(is_as_parsed(text), !text.starts_with('タ'), "{text:?}");
        }
    }

    #[test]
    fn what_says_more_is_left_to_the_parser() {
        for text in [
            "a: b\n  c\n",
            "a: [b]\n",
            "a: b: c\n",
            "a: b #c\n",
            "a: 'it''s'\n",
            "a: \"\\t\"\n",
            "a:\n  b: c\n",
            "a: |\n  b\n",
            "a: &b c\n",
            "- a\n",
            "a:\n- - b\n",
            "a:\n- b\n - c\n",
            "a: b\n- c\n",
            "a: ~\n",
            "a:b\n",
            "a:\n-\n",
            "a: 'b' # c\n",
            "a: '\n",
        ] {
            assert!(!is_as_parsed(text), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(
            std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2048),
        ))]

        #[test]
        fn lines_are_read_as_the_parser_reads_them(
            text in "((a|b|title|ms\\.x|- |  - |-| )(:|: | #)?([a-c1:#'\" .-]|ü|\u{85}|\u{2028}|''|\"\"|null|\\\\){0,6}(\r?\n)){0,6}",
        ) {
            is_as_parsed(&text);
        }

        #[test]
        fn any_text_is_read_as_the_parser_reads_it(text in "([a-c]|[ \t\n\r]|: |- |\n  |[\\[\\]{},:#&*!|>'\"%@`~?=.<-]|\u{fc}|\u{feff}|\0){0,40}") {
            is_as_parsed(&text);
        }
    }
}
