//! Finding front matter at the start of a text, and cutting it off.

use std::ops::Range;

use super::{Entry, Metadata, SyntaxError, toml, yaml};
use crate::source::{Source, Span};

/// What a reader makes of the lines between the fences: the entries, and what stopped it.
pub(super) type Reading<'s> = (Vec<Entry<'s>>, Option<SyntaxError>);

/// Front matter at the start of a text, and the offset at which the body starts (0 where there is none).
///
/// YAML stands between `---` and `---` or `...`, TOML between two `+++`. A `---` that nothing closes is a thematic
/// break, unless a key follows it: then its author meant front matter, and the error says that it never ends.
pub fn parse(source: &Source) -> (Option<Metadata<'_>>, usize) {
    let text = source.text();
    let opening = Line::at(text, 0);
    let Some(syntax) = Syntax::opened_by(opening.of(text)) else { return (None, 0) };
    let Some(closing) = syntax.closing_line(text, opening.next) else {
        let meant = syntax.is_entry(Line::at(text, opening.next).of(text));
        return (meant.then(|| never_closed(&opening)), 0);
    };
    let content = &text[opening.next..closing.range.start];
    let (entries, error) = match syntax {
        Syntax::Yaml => yaml::read(content, opening.next),
        Syntax::Toml => toml::read(content, opening.next),
    };
    (Some(Metadata { span: Span::new(0..closing.range.end), entries, error }), closing.next)
}

fn never_closed(opening: &Line) -> Metadata<'static> {
    let span = Span::new(opening.range.clone());
    let message = "front matter that starts here is never closed".to_owned();
    Metadata { span, entries: Vec::new(), error: Some(SyntaxError { message, span }) }
}

#[derive(Clone, Copy)]
enum Syntax {
    Yaml,
    Toml,
}

impl Syntax {
    fn opened_by(line: &str) -> Option<Self> {
        match line.trim_end_matches([' ', '\t']) {
            "---" => Some(Self::Yaml),
            "+++" => Some(Self::Toml),
            _ => None,
        }
    }

    fn closing_line(self, text: &str, mut start: usize) -> Option<Line> {
        while start < text.len() {
            let line = Line::at(text, start);
            match (self, line.of(text).trim_end_matches([' ', '\t'])) {
                (Self::Yaml, "---" | "...") | (Self::Toml, "+++") => return Some(line),
                _ => start = line.next,
            }
        }
        None
    }

    /// True for a line that reads as a key with its value. A key of several words is more likely a sentence.
    fn is_entry(self, line: &str) -> bool {
        let (mark, blank) = match self {
            Self::Yaml => (':', true),
            Self::Toml => ('=', false),
        };
        let Some((key, value)) = line.split_once(mark) else { return false };
        let key = if blank { key } else { key.trim_end_matches([' ', '\t']) };
        let key = key.trim_matches(['"', '\'']);
        let is_key = !key.is_empty() && key.chars().all(|char| char.is_alphanumeric() || "_-.".contains(char));
        is_key && (!blank || value.is_empty() || value.starts_with([' ', '\t']))
    }
}

/// One line, ended by `\n`, `\r\n`, a lone `\r` or the end of the text.
struct Line {
    /// Without its line ending.
    range: Range<usize>,
    /// Where the next one starts.
    next: usize,
}

impl Line {
    fn at(text: &str, start: usize) -> Self {
        let rest = &text.as_bytes()[start..];
        let Some(len) = memchr::memchr2(b'\n', b'\r', rest) else {
            return Self { range: start..text.len(), next: text.len() };
        };
        let ending = if rest[len..].starts_with(b"\r\n") { 2 } else { 1 };
        Self { range: start..start + len, next: start + len + ending }
    }

    fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range.clone()]
    }
}
