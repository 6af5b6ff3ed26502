//! YAML: the events of the parser become entries with their places.

mod complaint;
mod lines;
mod places;
mod second_opinion;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests;

use std::borrow::Cow;

use foldhash::HashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marks};

use self::places::Places;
use super::front_matter::Reading;
use super::{Entry, SyntaxError, Value, ValueKind};
use crate::source::Span;

/// How many lists and mappings may be inside each other. Whoever walks the values may recurse this far.
const MAX_DEPTH: usize = 128;

/// Reads the lines between the fences; `base` is where they start in the text that spans point into.
///
/// The parser refuses some YAML that is sound (`title:<tab>A`), so an error counts only where a second one agrees.
pub(crate) fn read(text: &str, base: usize) -> Reading<'_> {
    let Some(entries) = lines::read(text, base) else { return parsed(text, base) };
    let error = complaint::twice(&entries);
    (entries, error)
}

/// The same by the parser alone.
fn parsed(text: &str, base: usize) -> Reading<'_> {
    let mut tree = Tree::new(text, base);
    match tree.grow() {
        Ok(()) => tree.finish(),
        Err(Stop::TooDeep(at)) => {
            let error = complaint::too_deep(MAX_DEPTH, tree.places.char_at(at));
            tree.broken(error)
        }
        Err(Stop::Syntax(error)) => {
            if let Some(entries) = second_opinion::read(text, base) {
                return (entries, None);
            }
            let error = complaint::new(&error, &mut tree.places);
            tree.broken(error)
        }
    }
}

enum Stop {
    Syntax(ScanError),
    /// The offset of what is one level too deep.
    TooDeep(usize),
}

struct Tree<'s> {
    places: Places<'s>,
    /// The lists and mappings that are not closed yet, outermost first.
    open: Vec<Open<'s>>,
    /// The value of every anchor that is a scalar or null.
    anchors: HashMap<usize, ValueKind<'s>>,
    /// How many bytes aliases may still copy: without a bound, a small text could fill the memory.
    copies: usize,
    root: Option<Value<'s>>,
}

struct Open<'s> {
    start: usize,
    end: usize,
    items: Items<'s>,
}

enum Items<'s> {
    List(Vec<Value<'s>>),
    Map { entries: Vec<Entry<'s>>, key: Option<(Cow<'s, str>, Span)> },
}

impl<'s> Tree<'s> {
    fn new(text: &'s str, base: usize) -> Self {
        let places = Places::new(text, base);
        Self { places, open: Vec::new(), anchors: HashMap::default(), copies: text.len(), root: None }
    }

    /// Takes in the first document of the text.
    fn grow(&mut self) -> Result<(), Stop> {
        let mut parser = Parser::new_from_str(self.places.text());
        while let Some(next) = parser.next_event() {
            let (event, marks) = next.map_err(|error| self.stop(error))?;
            match event {
                Event::Alias(anchor) => self.alias(anchor, marks),
                Event::Scalar(text, style, anchor, tag) => {
                    let is_tagged = tag.is_some();
                    self.scalar(Scalar { text, style, anchor, is_tagged, marks });
                }
                Event::SequenceStart(anchor, tag) => {
                    self.open(marks, anchor > 0 || tag.is_some(), Items::List(Vec::new()))?;
                }
                Event::MappingStart(anchor, tag) => {
                    let items = Items::Map { entries: Vec::new(), key: None };
                    self.open(marks, anchor > 0 || tag.is_some(), items)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(marks),
                Event::DocumentStart(_) if self.root.is_some() => break,
                Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::StreamEnd
                | Event::Nothing => {}
            }
        }
        Ok(())
    }

    fn stop(&mut self, error: ScanError) -> Stop {
        // The parser has a limit of its own, for brackets.
        if error.info().contains("recursion limit") {
            return Stop::TooDeep(self.places.at(*error.marker()));
        }
        Stop::Syntax(error)
    }

    fn scalar(&mut self, scalar: Scalar<'s>) {
        let is_plain = scalar.style == ScalarStyle::Plain && !scalar.is_tagged;
        if is_plain && scalar.anchor == 0 && scalar.text.is_empty() {
            let span = self.not_written(scalar.marks);
            return self.add(Value { kind: ValueKind::Null, span });
        }
        let is_null = is_plain && matches!(&*scalar.text, "" | "~" | "null" | "Null" | "NULL");
        let has_properties = scalar.is_tagged || scalar.anchor > 0;
        let (text, span) = self.places.scalar(scalar.text, scalar.style, scalar.marks, has_properties);
        let kind = if is_null { ValueKind::Null } else { ValueKind::Scalar(text) };
        if scalar.anchor > 0 {
            let copy = self.copy(&kind);
            self.anchors.insert(scalar.anchor, copy);
        }
        self.add(Value { kind, span });
    }

    /// Where a value would stand of which there is only the key or the dash.
    fn not_written(&mut self, marks: Marks) -> Span {
        match self.open.last().map(|open| &open.items) {
            Some(Items::Map { key: Some((_, key)), .. }) => self.places.after_colon(*key),
            _ => self.places.after_words(marks.start),
        }
    }

    fn alias(&mut self, anchor: usize, marks: Marks) {
        let kind = match self.anchors.remove(&anchor) {
            Some(kind) => {
                let copy = self.copy(&kind);
                self.anchors.insert(anchor, kind);
                copy
            }
            None => ValueKind::Null,
        };
        let span = self.places.span(marks);
        self.add(Value { kind, span });
    }

    fn copy(&mut self, kind: &ValueKind<'s>) -> ValueKind<'s> {
        match kind {
            ValueKind::Scalar(Cow::Borrowed(text)) => ValueKind::Scalar(Cow::Borrowed(text)),
            ValueKind::Scalar(Cow::Owned(text)) if text.len() <= self.copies => {
                self.copies -= text.len();
                kind.clone()
            }
            _ => ValueKind::Null,
        }
    }

    fn open(&mut self, marks: Marks, has_properties: bool, items: Items<'s>) -> Result<(), Stop> {
        let start = match (&items, self.open.last()) {
            (Items::List(_), Some(Open { items: Items::Map { key: Some((_, key)), .. }, .. })) => {
                self.places.list_start(marks, *key, has_properties)
            }
            _ => self.places.start(marks, has_properties),
        };
        if self.open.len() >= MAX_DEPTH {
            return Err(Stop::TooDeep(start));
        }
        self.open.push(Open { start, end: start, items });
        Ok(())
    }

    fn close(&mut self, marks: Marks) {
        let Some(open) = self.open.pop() else { return };
        let end = self.places.bracket_end(marks).unwrap_or(open.end);
        let kind = match open.items {
            Items::List(items) => ValueKind::List(items),
            Items::Map { entries, .. } => ValueKind::Map(entries),
        };
        let span = Span::new(open.start..end.max(open.start));
        self.add(Value { kind, span });
    }

    fn add(&mut self, value: Value<'s>) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(value);
            return;
        };
        open.end = open.end.max(value.span.range().end);
        match &mut open.items {
            Items::List(items) => items.push(value),
            Items::Map { entries, key } => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value }),
                None => *key = Some(self.places.key(value)),
            },
        }
    }

    fn finish(self) -> Reading<'s> {
        match self.root {
            Some(Value { kind: ValueKind::Map(entries), .. }) => {
                let error = complaint::twice(&entries);
                (entries, error)
            }
            Some(Value { kind: ValueKind::Null, .. }) | None => (Vec::new(), None),
            Some(Value { span, .. }) => {
                let span = self.places.first_line(span);
                let message = "front matter must be keys with values, `key: value`".to_owned();
                (Vec::new(), Some(SyntaxError { message, span }))
            }
        }
    }

    /// The error, and the top-level entries that are complete: not the one on whose last line it is.
    fn broken(self, error: SyntaxError) -> Reading<'s> {
        let line = self.places.line_start(error.span);
        let Some(Open { items: Items::Map { mut entries, .. }, .. }) = self.open.into_iter().next() else {
            return (Vec::new(), Some(error));
        };
        entries.retain(|entry| entry.value.span.range().end <= line);
        (entries, Some(error))
    }
}

/// A scalar event.
struct Scalar<'s> {
    text: Cow<'s, str>,
    style: ScalarStyle,
    /// 0 where it has none.
    anchor: usize,
    is_tagged: bool,
    marks: Marks,
}
