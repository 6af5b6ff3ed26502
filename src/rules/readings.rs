//! Readings: the texts of a part of a document, each on its own and with its places.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::patterns::Part;
use crate::document::metadata::{Entry, Value, ValueKind};
use crate::document::{Block, BlockId, BlockKind, Document, Inline, InlineKind, LinkForm};
use crate::source::Span;

/// A text out of a document that knows where each of its pieces stands.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) text: String,
    pub(super) home: Home,
    /// (offset in the text, offset in the document) of each piece, ascending in the first.
    pieces: Vec<(usize, usize)>,
}

/// What a reading is part of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Home {
    /// A block.
    Block(BlockId),
    /// The value of a metadata key.
    Key(String),
    /// The whole file.
    #[default]
    File,
}

impl Reading {
    fn new(home: Home) -> Self {
        Self { home, ..Self::default() }
    }

    fn whole(document: &Document<'_>, span: Span, home: Home) -> Self {
        let mut reading = Self::new(home);
        reading.push(document.source.slice(span), span.start as usize);
        reading
    }

    fn push(&mut self, text: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(text);
    }

    /// Where a range of the text stands in the document.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let place = |offset: usize| {
            let piece = self.pieces.partition_point(|(start, _)| *start <= offset);
            let (start, at) = self.pieces[..piece].last().copied().unwrap_or_default();
            at + (offset - start)
        };
        if range.is_empty() {
            Span::at(place(range.start))
        } else {
            Span::new(place(range.start)..place(range.end - 1) + 1)
        }
    }

    /// Where the whole of it stands.
    pub(super) fn place(&self) -> Span {
        self.span(0..self.text.trim_end().len())
    }
}

/// The readings of some parts of a document, part by part.
pub(super) fn readings(document: &Document<'_>, parts: &[Part]) -> Vec<Reading> {
    let mut readings = Vec::new();
    for part in parts {
        match part {
            Part::Prose => prose(document, &mut readings),
            Part::Code => code(document, &mut readings),
            Part::Metadata => {
                metadata(document, "", document.metadata.iter().flat_map(|it| &it.entries), &mut readings);
            }
            Part::Source => readings.push(source(document)),
        }
    }
    readings.retain(|reading| !reading.text.trim().is_empty());
    readings
}

/// The whole file; what a dialect hides from the parser is as long as what stands there.
fn source(document: &Document<'_>) -> Reading {
    let (read, written) = (document.source.text(), document.source.file_text());
    let mut reading = Reading::new(Home::File);
    reading.push(if read.len() == written.len() { written } else { read }, 0);
    reading
}

fn code(document: &Document<'_>, readings: &mut Vec<Reading>) {
    for (id, block) in document.blocks.iter().enumerate() {
        if let BlockKind::Code { fenced, .. } = block.kind {
            readings.push(Reading::whole(
                document,
                if fenced { inside(document, block) } else { block.span },
                Home::Block(id),
            ));
        }
        for inline in document.inlines_of(id).iter().filter(|inline| matches!(inline.kind, InlineKind::Code(_))) {
            let span = trimmed(document, inline.span, |char| char == '`');
            readings.push(Reading::whole(document, span, Home::Block(id)));
        }
    }
}

/// A fenced block without its fences.
fn inside(document: &Document<'_>, block: &Block<'_>) -> Span {
    let text = document.source.slice(block.span);
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let is_fence = |line: &str| line.trim_start_matches(['>', ' ', '\t']).starts_with(['`', '~']);
    let closing = text.trim_end().rfind('\n').map(|at| at + 1).filter(|at| is_fence(&text[*at..]));
    let end = closing.unwrap_or(text.len()).max(start);
    Span::new(block.span.start as usize + start..block.span.start as usize + end)
}

fn metadata<'m, 's: 'm>(
    document: &Document<'_>,
    path: &str,
    entries: impl Iterator<Item = &'m Entry<'s>>,
    readings: &mut Vec<Reading>,
) {
    for entry in entries {
        let path = format!("{path}.{}", entry.key);
        value(document, &path, &entry.value, readings);
    }
}

fn value(document: &Document<'_>, path: &str, value: &Value<'_>, readings: &mut Vec<Reading>) {
    match &value.kind {
        ValueKind::Scalar(_) => {
            let span = trimmed(document, value.span, |char| matches!(char, '"' | '\''));
            readings.push(Reading::whole(document, span, Home::Key(path.to_owned())));
        }
        ValueKind::List(items) => items.iter().for_each(|item| self::value(document, path, item, readings)),
        ValueKind::Map(entries) => metadata(document, path, entries.iter(), readings),
        ValueKind::Null | ValueKind::Any => {}
    }
}

fn trimmed(document: &Document<'_>, span: Span, is_mark: impl Fn(char) -> bool) -> Span {
    let text = document.source.slice(span);
    let start = text.len() - text.trim_start_matches(&is_mark).len();
    let end = start + text[start..].trim_end_matches(&is_mark).len();
    Span::new(span.start as usize + start..span.start as usize + end)
}

/// The end of a line inside of a block, with the marks of quotes that the next line starts with.
static LINE_END: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[ \t]*\\?\r?\n[ \t]*(?:>[ \t]?)*[ \t]*").ok());
/// What stands in a block and is not read: tags, comments, the marks and the id of a heading.
static MARKUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"</?[A-Za-z][^<>]*>|<!--(?s:.*?)-->|\A#{1,6}[ \t]+|[ \t]#+[ \t]*\z|\n[ \t]*(?:=+|-+)[ \t]*\z|\{[:#/][^{}]*\}[ \t]*\z").ok()
});

fn prose(document: &Document<'_>, readings: &mut Vec<Reading>) {
    for (id, block) in document.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Paragraph | BlockKind::Cell) {
            readings.push(words(document, id, block));
        }
    }
}

/// What is read of a block, on one line.
fn words(document: &Document<'_>, id: BlockId, block: &Block<'_>) -> Reading {
    let mut holes: Vec<(Range<usize>, &str)> = Vec::new();
    for inline in document.inlines_of(id) {
        holes.extend(unread(inline).into_iter().map(|hole| (hole.range(), "")));
    }
    let (start, text) = (block.span.start as usize, document.source.slice(block.span).trim_end());
    let is_heading = matches!(block.kind, BlockKind::Heading { .. });
    let markup =
        MARKUP.iter().flat_map(|markup| markup.find_iter(text)).filter(|it| is_heading || it.as_str().starts_with('<'));
    holes.extend(markup.map(|it| (start + it.start()..start + it.end(), "")));
    let ends = LINE_END.iter().flat_map(|end| end.find_iter(text));
    holes.extend(ends.map(|it| (start + it.start()..start + it.end(), " ")));
    holes.sort_by_key(|(hole, _)| (hole.start, hole.end));
    let mut reading = Reading::new(Home::Block(id));
    let mut at = start + text.len() - text.trim_start().len();
    for (hole, instead) in holes {
        if hole.start > at {
            reading.push(document.source.slice(Span::new(at..hole.start)), at);
        }
        if hole.start >= at && !instead.is_empty() {
            reading.push(instead, hole.start);
        }
        at = at.max(hole.end);
    }
    if start + text.len() > at {
        reading.push(document.source.slice(Span::new(at..start + text.len())), at);
    }
    reading.text.truncate(reading.text.trim_end().len());
    reading
}

/// What of an inline is not read: code, destinations, marks.
fn unread(inline: &Inline<'_>) -> Vec<Span> {
    let Range { start, end } = inline.span.range();
    match &inline.kind {
        InlineKind::Link(link) if matches!(link.form, LinkForm::Autolink | LinkForm::Bare) => vec![inline.span],
        InlineKind::Link(link) | InlineKind::Image(link) => {
            let text = link.text_span.range();
            vec![Span::new(start..text.start.max(start)), Span::new(text.end.min(end)..end)]
        }
        InlineKind::Code(_) => vec![inline.span],
        InlineKind::Emphasis => vec![Span::new(start..start + 1), Span::new(end - 1..end)],
        InlineKind::Strong => vec![Span::new(start..start + 2), Span::new(end - 2..end)],
        InlineKind::Malformed(_) | InlineKind::Anchor(_) | InlineKind::Stray(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Dialect, markdown};
    use crate::source::Source;

    fn texts(text: &str, part: Part) -> Vec<String> {
        let source = Source::new("a.md", text);
        let document = markdown::parse(&source, &Dialect::default());
        readings(&document, &[part]).into_iter().map(|reading| reading.text).collect()
    }

    #[test]
    fn prose_is_what_is_read() {
        let text = "## Die *neue* Seite {#new}\n\n> Klicken **Sie\n> hier** auf [die `x` Karte](/map \"t\") <b>oder</b> <https://a.b>.\n\n| a | b |\n|---|---|\n| eins | ![Bild](x.png) |\n";
        let expected = ["Die neue Seite", "Klicken Sie hier auf die  Karte oder .", "a", "b", "eins", "Bild"];
        assert_eq!(texts(text, Part::Prose), expected);
        assert_eq!(texts("Titel\n=====\n", Part::Prose), ["Titel"]);
    }

    #[test]
    fn code_and_metadata_are_without_their_marks() {
        assert_eq!(texts("a `b c` d\n\n```sh\nx\ny\n```\n\n    z\n", Part::Code), ["b c", "x\ny\n", "z"]);
        let text = "---\ntitle: \"A b\"\ntags: [x, y]\nmenu: { main: z }\n---\n";
        assert_eq!(texts(text, Part::Metadata), ["A b", "x", "y", "z"]);
    }

    #[test]
    fn a_reading_knows_where_its_words_stand() {
        let source = Source::new("a.md", "# T\n\nSehen **Sie\nhier** nach.\n");
        let document = markdown::parse(&source, &Dialect::default());
        let readings = readings(&document, &[Part::Prose]);
        let at = readings[1].text.find("Sie hier").expect("the words");
        assert_eq!(source.slice(readings[1].span(at..at + 8)), "Sie\nhier");
        assert_eq!(source.slice(readings[1].place()), "Sehen **Sie\nhier** nach.");
    }
}
