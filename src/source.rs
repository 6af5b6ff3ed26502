//! Source texts, and places in them.
//!
//! A [`Source`] owns one file's text. Everything downstream borrows from it and speaks of places as
//! [`Span`]s, byte ranges into [`Source::text`]; lines and columns are computed only for what is told.

use std::sync::{Arc, OnceLock};

use crate::text::count;

/// A half-open byte range into a [`Source`]'s text. Both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte, 0-based.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range`. Sources are smaller than 4 GiB ([`Source::MAX_BYTES`]).
    #[expect(clippy::cast_possible_truncation, reason = "Source::MAX_BYTES is below u32::MAX")]
    pub fn new(range: std::ops::Range<usize>) -> Self {
        Self { start: range.start as u32, end: range.end as u32 }
    }

    /// The empty span at `offset`.
    pub fn at(offset: usize) -> Self {
        Self::new(offset..offset)
    }

    /// The empty span where this one ends: the place of something missing after it.
    #[must_use]
    pub fn after(self) -> Self {
        Self { start: self.end, end: self.end }
    }

    /// The same place in a text that `offset` bytes stand before.
    #[must_use]
    pub fn shifted(self, offset: u32) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// The range of bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True where the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True where `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A place as editors count it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
    /// Column in UTF-16 code units, from 1.
    pub utf16: u32,
    /// Offset into the file in bytes, from 0; a byte order mark counts.
    pub byte: u32,
}

/// Two [`Position`]s; the end is exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Range {
    /// Where it starts.
    pub start: Position,
    /// One past where it ends.
    pub end: Position,
}

/// One file's text under its name, or an excerpt of it (one language of a bilingual file).
#[derive(Debug)]
pub struct Source {
    name: Arc<str>,
    file: Arc<str>,
    excerpt: Option<Excerpt>,
    has_bom: bool,
    defect: Option<Unreadable>,
    lines: OnceLock<Vec<u32>>,
    /// Unicode scalars and UTF-16 code units before every [`Source::STRIDE`] bytes; made for long lines alone.
    marks: OnceLock<Vec<(u32, u32)>>,
}

/// Text made of pieces of a file, and where each piece came from.
#[derive(Debug)]
struct Excerpt {
    text: String,
    /// The same before a dialect hid something of it, where it is not the whole file.
    shown: Option<String>,
    /// (offset in the excerpt, offset in the file) of each piece, ascending in the first.
    pieces: Vec<(u32, u32)>,
}

/// Why bytes are not a text that can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, in words for a message.
    pub reason: String,
    /// What the user can do about it.
    pub remedy: &'static str,
    /// How many bytes from the start are sound.
    pub valid_up_to: usize,
}

impl Unreadable {
    fn new(reason: impl Into<String>, remedy: &'static str, valid_up_to: usize) -> Self {
        Self { reason: reason.into(), remedy, valid_up_to }
    }
}

impl Source {
    /// The largest file that is read, in bytes (8 MiB): what somebody wrote is smaller, and a page of nothing but links
    /// takes a hundred times its size.
    pub const MAX_BYTES: usize = 8 << 20;
    const STRIDE: usize = 1024;

    /// Takes a text as it is; a byte order mark at its start is dropped and remembered.
    pub fn new(name: impl Into<Arc<str>>, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let body = text.strip_prefix('\u{feff}');
        Self {
            name: name.into(),
            has_bom: body.is_some(),
            file: Arc::from(body.unwrap_or(text)),
            excerpt: None,
            defect: None,
            lines: OnceLock::new(),
            marks: OnceLock::new(),
        }
    }

    /// Reads the bytes of a file.
    ///
    /// UTF-8 with or without a byte order mark is text. UTF-16, NUL bytes, any other encoding and files over
    /// [`Source::MAX_BYTES`] are not: the source then holds what is sound before the fault, and [`Source::defect`]
    /// says what is wrong.
    pub fn from_bytes(name: impl Into<Arc<str>>, bytes: Vec<u8>) -> Self {
        let has_nul = memchr::memchr(0, &bytes);
        if let (..=Self::MAX_BYTES, None, Ok(text)) = (bytes.len(), has_nul, simdutf8::basic::from_utf8(&bytes)) {
            return Self::new(name, text);
        }
        let defect = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            Unreadable::new("the file is UTF-16", "save it as UTF-8", 0)
        } else if bytes.len() > Self::MAX_BYTES {
            Unreadable::new("the file is larger than 8 MiB", "split it, or leave it out with `ignore:`", 0)
        } else if let Some(at) = has_nul {
            let remedy = "the file is binary, or UTF-16 without a byte order mark; save it as UTF-8";
            Unreadable::new("the file has a NUL byte in it", remedy, at)
        } else {
            match String::from_utf8(bytes) {
                Ok(text) => return Self::new(name, text),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    let reason = format!("the file is not UTF-8: it has the byte 0x{:02x}", error.as_bytes()[at]);
                    return Self::broken(name, error.into_bytes(), Unreadable::new(reason, "save it as UTF-8", at));
                }
            }
        };
        Self::broken(name, bytes, defect)
    }

    /// What could not be read at all: a missing file, a folder, a lack of permission.
    pub fn unopened(name: impl Into<Arc<str>>, error: &std::io::Error) -> Self {
        let remedy = "check that the file is there and that it may be read";
        Self::broken(name, Vec::new(), Unreadable::new(format!("the file cannot be read: {error}"), remedy, 0))
    }

    fn broken(name: impl Into<Arc<str>>, mut bytes: Vec<u8>, defect: Unreadable) -> Self {
        bytes.truncate(defect.valid_up_to);
        // A NUL byte may follow other bytes that are no UTF-8.
        let sound = String::from_utf8(bytes).unwrap_or_default();
        Self { defect: Some(defect), ..Self::new(name, sound) }
    }

    /// Why the file is not a text that can be checked, if it is not.
    pub fn defect(&self) -> Option<&Unreadable> {
        self.defect.as_ref()
    }

    /// A text made of `pieces` of this one, in order, that still knows where each came from.
    #[must_use]
    pub fn excerpt(&self, pieces: &[Span]) -> Self {
        let mut text = String::new();
        let mut map = Vec::with_capacity(pieces.len());
        for piece in pieces {
            map.push((Span::at(text.len()).start, self.in_file(*piece).start));
            text.push_str(self.slice(*piece));
        }
        self.with_excerpt(Excerpt { shown: Some(text.clone()), text, pieces: map })
    }

    /// This source with another text of the same length, in which a dialect hid what is not Markdown.
    #[must_use]
    pub fn masked(&self, text: String) -> Self {
        debug_assert_eq!(text.len(), self.text().len());
        let pieces = self.excerpt.as_ref().map_or_else(|| vec![(0, 0)], |excerpt| excerpt.pieces.clone());
        let shown = self.excerpt.as_ref().and_then(|excerpt| excerpt.shown.clone());
        self.with_excerpt(Excerpt { text, shown, pieces })
    }

    /// What is wrong with a file is wrong with each excerpt of it.
    fn with_excerpt(&self, excerpt: Excerpt) -> Self {
        Self {
            name: Arc::clone(&self.name),
            file: Arc::clone(&self.file),
            excerpt: Some(excerpt),
            has_bom: self.has_bom,
            defect: self.defect.clone(),
            lines: OnceLock::new(),
            marks: OnceLock::new(),
        }
    }

    /// The name that the file is told under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text that spans point into.
    pub fn text(&self) -> &str {
        self.excerpt.as_ref().map_or(&*self.file, |excerpt| &excerpt.text)
    }

    /// The whole text of the file, of which [`Source::text`] may be an excerpt.
    pub fn file_text(&self) -> &str {
        &self.file
    }

    /// Did a byte order mark stand at the start of the file?
    pub fn has_mark(&self) -> bool {
        self.has_bom
    }

    /// What spans point into, with what a dialect hid of it.
    pub fn shown_text(&self) -> &str {
        match &self.excerpt {
            Some(excerpt) => excerpt.shown.as_deref().unwrap_or(&self.file),
            None => &self.file,
        }
    }

    /// Is something of the file hidden from the parser, or only a part of it looked at?
    pub fn is_partial(&self) -> bool {
        self.excerpt.is_some()
    }

    /// The text of one span; empty where the span is not of this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.range()).unwrap_or_default()
    }

    /// The lines that a span is on, as they stand in [`Source::text`], without blanks around them.
    pub fn line_around(&self, span: Span) -> &str {
        let (text, span) = (self.text(), span.range());
        let (Some(before), Some(after)) = (text.get(..span.start), text.get(span.end..)) else { return "" };
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let end = after.find('\n').map_or(text.len(), |length| span.end + length);
        text[start..end].trim()
    }

    /// The same place as a span into [`Source::file_text`].
    pub fn in_file(&self, span: Span) -> Span {
        let Some(excerpt) = &self.excerpt else { return span };
        if span.is_empty() {
            return Span::at(excerpt.in_file(span.start) as usize);
        }
        // The end belongs to the piece of the last byte, not to the piece that starts there.
        Span { start: excerpt.in_file(span.start), end: excerpt.in_file(span.end - 1) + 1 }
    }

    /// Lines and columns of a span.
    pub fn locate(&self, span: Span) -> Range {
        let span = self.in_file(span);
        let start = self.position(span.start);
        let starts = self.lines();
        let next = starts.get(start.line as usize).copied().unwrap_or(u32::MAX);
        if span.end >= next || span.len() > Self::STRIDE {
            return Range { start, end: self.position(span.end) };
        }
        // On the same line it is counted from the start.
        let (columns, utf16) = self.units_between(span.start as usize, (span.end as usize).min(self.file.len()));
        let end = Position {
            line: start.line,
            column: start.column + columns,
            utf16: start.utf16 + utf16,
            byte: start.byte + (span.end - span.start),
        };
        Range { start, end }
    }

    /// The span of a line (from 1) of [`Source::file_text`], without its line ending.
    pub fn line(&self, line: u32) -> Span {
        let starts = self.lines();
        let start = starts.get(line.saturating_sub(1) as usize).copied().unwrap_or_default() as usize;
        let end = starts.get(line as usize).map_or(self.file.len(), |next| *next as usize);
        let text = self.file[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start..start + text.len())
    }

    fn position(&self, byte: u32) -> Position {
        let starts = self.lines();
        debug_assert!(byte as usize <= self.file.len(), "the span of another document");
        let byte = byte.min(Span::at(self.file.len()).start);
        let line = starts.partition_point(|start| *start <= byte).max(1) - 1;
        let (column, utf16) = self.units_between(starts[line] as usize, byte as usize);
        let line = Span::at(line).start + 1;
        Position { line, column: column + 1, utf16: utf16 + 1, byte: byte + if self.has_bom { 3 } else { 0 } }
    }

    /// Unicode scalars and UTF-16 code units between two offsets.
    fn units_between(&self, from: usize, to: usize) -> (u32, u32) {
        if to - from <= 2 * Self::STRIDE {
            return units(&self.file.as_bytes()[from..to]);
        }
        // On a line without end thousands of findings may ask: each counts from the mark before it.
        let (start, end) = (self.units_before(from), self.units_before(to));
        (end.0 - start.0, end.1 - start.1)
    }

    fn units_before(&self, offset: usize) -> (u32, u32) {
        let marks = self.marks.get_or_init(|| {
            let chunks = self.file.as_bytes().chunks(Self::STRIDE);
            let add = |sum: &mut (u32, u32), chunk| {
                let (before, (scalars, utf16)) = (*sum, units(chunk));
                *sum = (before.0 + scalars, before.1 + utf16);
                Some(before)
            };
            chunks.scan((0, 0), add).collect()
        });
        let mark = (offset / Self::STRIDE).min(marks.len().saturating_sub(1));
        let (scalars, utf16) = marks.get(mark).copied().unwrap_or_default();
        let rest = units(&self.file.as_bytes()[mark * Self::STRIDE..offset]);
        (scalars + rest.0, utf16 + rest.1)
    }

    /// Offsets of the first byte of every line. A line ends at `\n`, `\r\n` or a lone `\r`, as in `CommonMark`.
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.file.as_bytes();
            let mut starts = vec![0];
            for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
                if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                    starts.push(Span::at(at + 1).start);
                }
            }
            starts
        })
    }
}

/// Unicode scalars and UTF-16 code units that start in a piece of UTF-8.
fn units(bytes: &[u8]) -> (u32, u32) {
    // Continuation bytes are 0x80 to 0xbf; four-byte sequences start at 0xf0 and are surrogate pairs.
    let scalars = count(bytes, |byte| byte & 0xc0 != 0x80);
    (scalars, scalars + count(bytes, |byte| byte >= 0xf0))
}

impl Excerpt {
    fn in_file(&self, offset: u32) -> u32 {
        let piece = self.pieces.partition_point(|(start, _)| *start <= offset);
        let (start, origin) = self.pieces[..piece].last().copied().unwrap_or_default();
        origin + (offset - start)
    }
}

#[cfg(test)]
mod tests;
