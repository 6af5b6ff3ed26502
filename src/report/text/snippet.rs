//! A marked line of a file in its frame, drawn by miette.
//!
//! miette shows whole lines as they are, counts its header's columns in bytes and cannot place a mark far to
//! the right. So what it gets is one line, cropped and made visible, that says itself where it stands.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents, ThemeCharacters, ThemeStyles,
};

use super::line::{Cropped, Room, crop};
use super::words::{Ink, fill, is_rtl, visible, width};
use crate::diagnostic::{Place, Severity};
use crate::source::Source;

/// What a snippet is of, which decides its colour.
#[derive(Clone, Copy, Debug)]
pub(super) enum Side {
    Translation(Severity),
    Reference,
}

/// One place to show.
#[derive(Debug)]
pub(super) struct Snippet<'a> {
    pub(super) source: &'a Source,
    pub(super) place: Place,
    pub(super) side: Side,
    /// A few words for the mark.
    pub(super) label: Option<&'a str>,
    /// What is said after the path.
    pub(super) note: Option<String>,
}

/// Columns for the line at least.
const NARROWEST: usize = 30;
/// Columns that a label has at least, whatever becomes of the width.
const LABEL: usize = 12;
/// What joins a label to its mark: `╰── `.
const HOOK: usize = 4;

impl Snippet<'_> {
    /// How many digits the line number has.
    pub(super) fn digits(&self) -> usize {
        self.place.range.start.line.to_string().len()
    }

    /// The rows of the frame from its head to the last label; `joined` continues the frame above it.
    pub(super) fn rows(&self, style: super::Style, digits: usize, joined: bool) -> Vec<String> {
        let room = style.width.saturating_sub(digits + 5).max(NARROWEST);
        let (mut cropped, label, in_words) = self.shown(room);
        let theme = theme(self.side, style.color, joined, in_words);
        // An empty mark at the end of the text needs something to stand below.
        cropped.text.push('\n');
        let shown = OneLine { place: self.place, name: visible(self.source.name()), cropped, label };
        let mut drawn = String::new();
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(style.width)
            .with_context_lines(0)
            .with_links(false)
            .without_syntax_highlighting();
        // Writing to a string cannot fail.
        let _ = handler.render_report(&mut drawn, &shown);
        let indent = " ".repeat(digits.saturating_sub(self.digits()));
        // The first row is for a message and the last closes the frame: both are ours.
        let mut rows: Vec<_> = drawn.lines().skip(1).map(|row| format!("{indent}{}", row.trim_end())).collect();
        rows.pop();
        if in_words && rows.len() > 2 {
            rows.remove(2);
        }
        if let (Some(head), Some(note)) = (rows.first_mut(), &self.note) {
            head.push(' ');
            head.push_str(&Ink::DIM.on(note, style.color));
        }
        rows
    }

    /// The line and its label; true where the place is told in words, because terminals reorder the line.
    fn shown(&self, room: usize) -> (Cropped, Option<String>, bool) {
        let line = self.source.line(self.place.range.start.line);
        let text = self.source.file_text().get(line.range()).unwrap_or_default();
        let offset = |at: u32| {
            let at = (at.saturating_sub(line.start) as usize).min(text.len());
            (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
        };
        let start = offset(self.place.span.start);
        let mark = start..offset(self.place.span.end).max(start);
        // A label that is longer is broken; a line is not cropped for more than a third of it.
        let wanted = self.label.map_or(0, |label| width(label).min(room / 3) + HOOK);
        let cropped = crop(text, mark.clone(), Room { columns: room, label: wanted });
        if is_reordered(&cropped) {
            let words = in_words(self.label, text, mark, room - HOOK);
            let cropped = Cropped { mark: 0..0, ..cropped };
            return (cropped, Some(words), true);
        }
        let before = width(&cropped.text[..cropped.mark.start]);
        let middle = before + width(&cropped.text[cropped.mark.clone()]) / 2;
        let columns = room.saturating_sub(middle + HOOK).max(LABEL);
        let label = self.label.map(|label| fill(&label.replace('\n', " "), columns, columns).join("\n"));
        (cropped, label.filter(|label| !label.is_empty()), false)
    }
}

/// True where a terminal may show the mark elsewhere: text from right to left before it, or around what has
/// no direction of its own. What follows a mark in a line from left to right does not move it.
fn is_reordered(line: &Cropped) -> bool {
    let before = &line.text[..line.mark.end];
    is_rtl(before) || is_rtl(&line.text) && !before.chars().any(char::is_alphabetic)
}

/// The mark in words: what it covers, or what it stands after.
fn in_words(label: Option<&str>, line: &str, mark: std::ops::Range<usize>, columns: usize) -> String {
    let most = Room { columns: columns.min(60) - 2, label: 0 };
    let label = label.unwrap_or_default();
    let words = if mark.is_empty() {
        let before = line[..mark.start].trim_end();
        let place = match before.rsplit(' ').next().filter(|word| !word.is_empty()) {
            Some(word) => format!("after «{}»", crop(word, word.len()..word.len(), most).text),
            None => "at the start of the line".to_owned(),
        };
        if label.is_empty() { place } else { format!("{label}, {place}") }
    } else {
        let label = if label.is_empty() { "marked" } else { label };
        format!("{label}: «{}»", crop(&line[mark], 0..0, most).text)
    };
    fill(&words.replace('\n', " "), columns, columns).join("\n")
}

fn theme(side: Side, color: bool, joined: bool, in_words: bool) -> GraphicalTheme {
    let mut styles = if color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    if color {
        let mark = match side {
            Side::Translation(Severity::Error) => styles.error.bold(),
            Side::Translation(Severity::Warning) => styles.warning.bold(),
            Side::Translation(Severity::Info) => styles.advice.bold(),
            Side::Reference => styles.highlights[2],
        };
        styles.highlights = vec![mark];
        styles.link = styles.help;
    }
    let mut characters = ThemeCharacters::unicode();
    if joined {
        characters.ltop = characters.lcross;
    }
    if in_words {
        characters.uarrow = ' ';
    }
    GraphicalTheme { characters, styles }
}

/// A line as miette gets it: a diagnostic and a source text at once.
#[derive(Debug)]
struct OneLine {
    place: Place,
    name: String,
    cropped: Cropped,
    label: Option<String>,
}

impl SourceCode for OneLine {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let start = self.place.range.start;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.cropped.text.as_bytes(),
            (0, self.cropped.text.len()).into(),
            start.line.saturating_sub(1) as usize,
            start.column.saturating_sub(1) as usize,
            1,
        )))
    }
}

impl miette::Diagnostic for OneLine {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let mark = &self.cropped.mark;
        Some(Box::new(std::iter::once(LabeledSpan::new(self.label.clone(), mark.start, mark.len()))))
    }
}

impl std::error::Error for OneLine {}

impl fmt::Display for OneLine {
    /// Nothing: the message stands above the frame.
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}
