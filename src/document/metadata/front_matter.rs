//! Finding front matter at the start of a text, and cutting it off.

use std::ops::Range;

use super::{Entry, Metadata, SyntaxError, toml, yaml};
use crate::source::{Source, Span};

/// What a reader makes of the lines between the fences: the entries, and what stopped it.
pub(super) type Reading<'s> = (Vec<Entry<'s>>, Option<SyntaxError>);

/// Front matter at the start of a text, and the offset at which the body starts (0 where there is none).
///
/// YAML stands between `---` and `---` or `...`, TOML between two `+++`. A `---` that nothing closes is a thematic
/// break, unless a key follows it: then its author meant front matter, the error says that it never ends, and the body
/// starts at the first blank line.
pub fn parse(source: &Source) -> (Option<Metadata<'_>>, usize) {
    let text = source.text();
    let Some(found) = find(text) else { return (None, 0) };
    let Some(closing) = &found.closing else { return (Some(never_closed(&found.opening)), found.body(text)) };
    let content = &text[found.opening.next..closing.range.start];
    let (entries, error) = within_limit(match found.syntax {
        Syntax::Yaml => yaml::read(content, found.opening.next),
        Syntax::Toml => toml::read(content, found.opening.next),
    });
    (Some(Metadata { span: Span::new(found.opening.range.start..closing.range.end), entries, error }), closing.next)
}

/// The most keys that front matter has; a page of more is data.
const MOST: usize = 1000;

fn within_limit((mut entries, error): Reading<'_>) -> Reading<'_> {
    let Some(first) = entries.get(MOST) else { return (entries, error) };
    let message = format!("front matter has more than {MOST} keys; those from here on are not looked at");
    let error = SyntaxError { message, span: first.key_span };
    entries.truncate(MOST);
    (entries, Some(error))
}

/// Where the body starts, for who does not want the front matter: reading it costs more than the Markdown.
pub fn body(source: &Source) -> usize {
    find(source.text()).map_or(0, |found| found.body(source.text()))
}

/// Front matter that was found, but not read.
struct Found {
    syntax: Syntax,
    opening: Line,
    /// `None` where it never ends.
    closing: Option<Line>,
}

impl Found {
    fn body(&self, text: &str) -> usize {
        self.closing.as_ref().map_or_else(|| end_of_paragraph(text), |closing| closing.next)
    }
}

fn find(text: &str) -> Option<Found> {
    // Hugo allows blank lines before it; elsewhere a page that starts with them and a rule has prose behind that.
    let start = text.len() - text.trim_start_matches(['\n', '\r', ' ', '\t']).len();
    let opening = Line::at(text, text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1));
    let syntax = Syntax::opened_by(opening.of(text))?;
    let closing = syntax.closing_line(text, opening.next);
    let has_entry = syntax.is_entry(Line::at(text, opening.next).of(text));
    let is_meant =
        if opening.range.start == 0 { closing.is_some() || has_entry } else { closing.is_some() && has_entry };
    is_meant.then_some(Found { syntax, opening, closing })
}

/// Where the lines that follow each other from the start end: what was meant as front matter is no body.
fn end_of_paragraph(text: &str) -> usize {
    let mut at = 0;
    while at < text.len() {
        let line = Line::at(text, at);
        if line.of(text).trim().is_empty() {
            break;
        }
        at = line.next;
    }
    at
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
            let words = line.of(text);
            let is_closing = words.starts_with(['-', '.', '+'])
                && matches!(
                    (self, words.trim_end_matches([' ', '\t'])),
                    (Self::Yaml, "---" | "...") | (Self::Toml, "+++")
                );
            if is_closing {
                return Some(line);
            }
            start = line.next;
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::metadata::{Value, ValueKind};

    fn told(text: &str) -> (Option<usize>, Option<String>, usize) {
        let source = Source::new("a.md", text);
        let (metadata, body) = parse(&source);
        let error = metadata.as_ref().and_then(|metadata| metadata.error.clone());
        (metadata.map(|metadata| metadata.entries.len()), error.map(|error| error.message), body)
    }

    #[test]
    fn front_matter_is_cut_off_with_any_line_ending() {
        for (text, entries) in [
            ("---\ntitle: A\n---\nbody", 1),
            ("---\r\ntitle: A\r\nb: 1\r\n---\r\nbody", 2),
            ("---\rtitle: A\rb: 1\r---\rbody", 2),
            ("--- \t\ntitle: A\n--- \nbody", 1),
            ("---\ntitle: A\n...\nbody", 1),
            ("\u{feff}---\ntitle: A\n---\nbody", 1),
            ("\n \n---\ntitle: A\n---\nbody", 1),
            ("\r\r---\rtitle: A\r---\rbody", 1),
            ("---\n---\nbody", 0),
            ("---\n# nothing\n---\nbody", 0),
            ("+++\ntitle = 'A'\n+++\nbody", 1),
            ("+++\rtitle = 'A'\rb = 1\r+++\rbody", 2),
            ("+++\n+++\nbody", 0),
        ] {
            let source = Source::new("a.md", text);
            let (metadata, body) = parse(&source);
            let metadata = metadata.unwrap();
            assert_eq!(metadata.entries.len(), entries, "{text:?}");
            assert_eq!(metadata.error, None, "{text:?}");
            assert_eq!(&source.text()[body..], "body", "{text:?}");
        }
    }

    #[test]
    fn the_span_holds_the_fences_without_the_last_line_ending() {
        let source = Source::new("a.md", "---\ntitle: A\n---\n\nbody");
        let (metadata, body) = parse(&source);
        assert_eq!(source.slice(metadata.unwrap().span), "---\ntitle: A\n---");
        assert_eq!(body, 17);
        assert_eq!(told("---\na: 1\n---"), (Some(1), None, 12));
    }

    #[test]
    fn what_is_no_front_matter_stays_in_the_body() {
        for text in [
            "",
            "---",
            "---\n",
            "\n---\nprose\n---\n",
            " ---\na: 1\n---\n",
            "--- a\nb: 1\n---\n",
            "----\na: 1\n---\n",
            "---\n\nA sentence: with a colon.\n",
            "---\nA sentence: with a colon.\n",
            "---\nhttps://example.com\n",
            "+++\nwords\n",
        ] {
            assert_eq!(told(text), (None, None, 0), "{text:?}");
        }
    }

    #[test]
    fn front_matter_that_never_closes_is_told() {
        let message = Some("front matter that starts here is never closed".to_owned());
        // The body starts behind the lines that were meant as front matter.
        for (text, body) in [
            ("---\ntitle: A\n\n# Heading\n", "\n# Heading\n"),
            ("---\n\"title\":\n", ""),
            ("---\nタイトル: A", ""),
            ("+++\nb = 1\n---\n", ""),
        ] {
            assert_eq!(told(text), (Some(0), message.clone(), text.len() - body.len()), "{text:?}");
        }
        let source = Source::new("a.md", "---\r\ntitle: A\r\n");
        let error = parse(&source).0.unwrap().error.unwrap();
        assert_eq!(source.slice(error.span), "---");
    }

    fn spans_are_sound(source: &Source, value: &Value<'_>) {
        assert!(source.text().get(value.span.range()).is_some());
        if let ValueKind::List(items) = &value.kind {
            for item in items {
                spans_are_sound(source, item);
            }
        }
        if let ValueKind::Map(entries) = &value.kind {
            for entry in entries {
                entry_is_sound(source, entry);
            }
        }
    }

    fn entry_is_sound(source: &Source, entry: &Entry<'_>) {
        assert!(source.text().get(entry.key_span.range()).is_some());
        spans_are_sound(source, &entry.value);
    }

    fn is_sound(text: &str) {
        let source = Source::new("a.md", text);
        let (metadata, body) = parse(&source);
        assert!(source.text().is_char_boundary(body));
        let Some(metadata) = metadata else { return assert_eq!(body, 0) };
        for entry in &metadata.entries {
            entry_is_sound(&source, entry);
        }
        let spans = metadata.error.iter().map(|error| error.span).chain([metadata.span]);
        assert!(spans.into_iter().all(|span| source.text().get(span.range()).is_some()));
    }

    /// Strings of the characters that mean something, which random ones hardly ever hold.
    const TELLING: &str =
        "([a-c]|[ \t\n\r]|: |- |\n  |\\? |[\\[\\]{},:#&*!|>'\"%@`~=.<-]|\\\\|\u{fc}|हि|タ|😀|\u{feff}|\0){0,40}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(
            std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(512),
        ))]

        #[test]
        fn any_text_is_read(text in any::<String>()) {
            is_sound(&text);
        }

        #[test]
        fn any_yaml_is_read(text in TELLING, words in any::<String>()) {
            is_sound(&format!("---\n{text}\n---\n"));
            is_sound(&format!("---\n{words}\n---\n"));
            is_sound(&format!("---\nकुंजी: {text}\n---\n"));
        }

        #[test]
        fn any_toml_is_read(text in TELLING, words in any::<String>()) {
            is_sound(&format!("+++\n{text}\n+++\n"));
            is_sound(&format!("+++\n{words}\n+++\n"));
            is_sound(&format!("+++\na = {text}\n+++\n"));
        }
    }
}
