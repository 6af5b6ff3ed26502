//! From the parser's marks to places in the text.
//!
//! The parser counts characters, takes blanks and comments after a closing quote or bracket for a part of it, and
//! starts a block scalar at its first line of content. Spans here are bytes and hold what an author would select.

use std::borrow::Cow;

use saphyr_parser::{Marker, ScalarStyle, Span as Marks};

use super::{Value, ValueKind};
use crate::source::Span;

/// A text, and where its marks are. All offsets that go in or out count from the start of the whole source.
pub(super) struct Places<'s> {
    text: &'s str,
    base: usize,
    is_ascii: bool,
    /// The mark that was asked for last, in characters and in bytes: the next one is near.
    last: (usize, usize),
}

impl<'s> Places<'s> {
    pub(super) fn new(text: &'s str, base: usize) -> Self {
        Self { text, base, is_ascii: text.is_ascii(), last: (0, 0) }
    }

    pub(super) fn text(&self) -> &'s str {
        self.text
    }

    /// What the marks hold, without the blanks after it.
    pub(super) fn span(&mut self, marks: Marks) -> Span {
        let (start, end) = (self.offset(marks.start), self.offset(marks.end));
        self.absolute(start, start.max(end))
    }

    /// Where a node starts, behind its anchor and its tag.
    pub(super) fn start(&mut self, marks: Marks, has_properties: bool) -> usize {
        let start = self.offset(marks.start);
        self.base + if has_properties { self.behind_properties(start) } else { start }
    }

    /// Where the value of `key` starts, which is a list: a block without indentation has its mark behind its dash.
    pub(super) fn list_start(&mut self, marks: Marks, key: Span, has_properties: bool) -> usize {
        let mut start = self.behind_blanks(self.after_colon(key).range().start - self.base);
        if has_properties {
            start = self.behind_properties(start);
        }
        if self.text[start..].starts_with('-') { self.base + start } else { self.start(marks, has_properties) }
    }

    /// The end of a `]` or `}` that the marks start at; `None` where a block ends.
    pub(super) fn bracket_end(&mut self, marks: Marks) -> Option<usize> {
        if marks.is_empty() {
            return None;
        }
        let start = self.offset(marks.start);
        self.text[start..].starts_with([']', '}']).then_some(self.base + start + 1)
    }

    /// A scalar's text, borrowed where it stands in the source as it is, and its span with the quotes.
    pub(super) fn scalar(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        marks: Marks,
        has_properties: bool,
    ) -> (Cow<'s, str>, Span) {
        // Of a node that is only an anchor or a tag, these are all that is written.
        let has_properties = has_properties && !(style == ScalarStyle::Plain && text.is_empty());
        let mut start = self.start(marks, has_properties) - self.base;
        let mut end = self.offset(marks.end).max(start);
        match style {
            ScalarStyle::Plain => {}
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                end = self.closing_quote(start).unwrap_or(end);
            }
            ScalarStyle::Literal | ScalarStyle::Folded if has_properties => {}
            ScalarStyle::Literal | ScalarStyle::Folded => start = self.block_header(start),
        }
        let written = self.text[start..end].trim_end();
        let content = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => written.get(1..written.len().max(2) - 1),
            _ => Some(written),
        };
        let span = self.absolute(start, start + written.len());
        (content.filter(|content| *content == text).map_or(text, Cow::Borrowed), span)
    }

    /// The text and the span of a key. One that is no scalar, such as `{{ page }}`, is told as it is written.
    pub(super) fn key(&self, key: Value<'s>) -> (Cow<'s, str>, Span) {
        let text = if let ValueKind::Scalar(text) = key.kind { text } else { Cow::Borrowed(self.slice(key.span)) };
        (text, key.span)
    }

    /// The place right after the colon of a key, or after the key where it has none.
    pub(super) fn after_colon(&self, key: Span) -> Span {
        let end = key.range().end - self.base;
        let colon = self.behind_blanks(end);
        Span::at(self.base + if self.text[colon..].starts_with(':') { colon + 1 } else { end })
    }

    /// The place before the blanks that a mark stands behind.
    pub(super) fn after_words(&mut self, mark: Marker) -> Span {
        let offset = self.offset(mark);
        Span::at(self.base + self.text[..offset].trim_end_matches([' ', '\t']).len())
    }

    /// One character at an offset; empty at the end of a line.
    pub(super) fn char_at(&self, offset: usize) -> Span {
        let rest = &self.text[offset - self.base..];
        let len = rest.chars().next().filter(|char| !matches!(char, '\n' | '\r')).map_or(0, char::len_utf8);
        Span::new(offset..offset + len)
    }

    /// The mark as an offset.
    pub(super) fn at(&mut self, mark: Marker) -> usize {
        self.base + self.offset(mark)
    }

    /// The last line before an offset that has something on it, without blanks around it.
    pub(super) fn line_before(&self, offset: usize) -> Span {
        let before = self.text[..offset - self.base].trim_end();
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let indent = before[start..].len() - before[start..].trim_start().len();
        self.absolute(start + indent, before.len())
    }

    /// Where the line starts that a span starts on.
    pub(super) fn line_start(&self, span: Span) -> usize {
        let before = &self.text[..span.range().start - self.base];
        self.base + before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
    }

    /// The first line of a span.
    pub(super) fn first_line(&self, span: Span) -> Span {
        let line = self.slice(span).split(['\n', '\r']).next().unwrap_or_default();
        let start = span.range().start;
        Span::new(start..start + line.trim_end().len())
    }

    pub(super) fn slice(&self, span: Span) -> &'s str {
        self.text.get(span.range().start - self.base..span.range().end - self.base).unwrap_or_default()
    }

    fn absolute(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start..self.base + end)
    }

    /// The byte at which a mark's character starts. Marks ascend, so all of them together cost one pass.
    fn offset(&mut self, mark: Marker) -> usize {
        let index = mark.index();
        if self.is_ascii {
            return index.min(self.text.len());
        }
        let (mut chars, mut byte) = self.last;
        let bytes = self.text.as_bytes();
        let is_start = |byte: usize| bytes.get(byte).is_none_or(|byte| byte & 0xc0 != 0x80);
        while chars < index && byte < bytes.len() {
            byte += 1;
            chars += usize::from(is_start(byte));
        }
        while !is_start(byte) {
            byte += 1;
        }
        while chars > index {
            byte -= 1;
            chars -= usize::from(is_start(byte));
        }
        self.last = (chars, byte);
        byte
    }

    fn behind_properties(&self, mut start: usize) -> usize {
        while self.text[start..].starts_with(['&', '!']) {
            let rest = &self.text[start..];
            start = self.behind_blanks(start + rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len()));
        }
        start
    }

    /// Skips blanks, line ends and comments.
    fn behind_blanks(&self, start: usize) -> usize {
        let mut rest = self.text[start..].trim_start();
        while rest.starts_with('#') {
            rest = rest.find(['\n', '\r']).map_or("", |end| rest[end..].trim_start());
        }
        self.text.len() - rest.len()
    }

    /// One past the quote that closes the one at `start`.
    fn closing_quote(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let quote = *bytes.get(start)?;
        let mut at = start + 1;
        loop {
            at += memchr::memchr2(quote, b'\\', bytes.get(at..)?)?;
            match (bytes[at], bytes.get(at + 1)) {
                (b'\\', _) if quote == b'"' => at += 2,
                (b'\\', _) => at += 1,
                (b'\'', Some(b'\'')) => at += 2,
                _ => return Some(at + 1),
            }
        }
    }

    /// Where the `|` or `>` of a block scalar stands whose content starts at `content`.
    fn block_header(&self, content: usize) -> usize {
        if self.text[content..].starts_with(['|', '>']) && self.is_block_header(content) {
            return content;
        }
        let line = self.text[..content].rfind(['\n', '\r']).map_or(content, |end| end + 1);
        let before = self.text[..line].trim_end();
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let indicators = before[line..].match_indices(['|', '>']);
        indicators.map(|(at, _)| line + at).find(|at| self.is_block_header(*at)).unwrap_or(content)
    }

    /// True for a `|` or `>` behind a blank, with nothing after it but `+`, `-`, a digit and a comment.
    fn is_block_header(&self, at: usize) -> bool {
        let rest = self.text[at + 1..].trim_start_matches(|char: char| matches!(char, '+' | '-' | '1'..='9'));
        let blanks = rest.trim_start_matches([' ', '\t']);
        let ends = blanks.is_empty() || blanks.starts_with(['\n', '\r']);
        let is_comment = blanks.len() < rest.len() && blanks.starts_with('#');
        self.text[..at].ends_with([' ', '\t', '\n', '\r']) && (ends || is_comment)
    }
}
