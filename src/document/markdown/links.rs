//! The parts of a link, of which the parser tells only the whole.

use std::borrow::Cow;

use pulldown_cmark::LinkType;

use crate::document::{Link, LinkForm};
use crate::source::{Source, Span};

/// A link that is not closed yet.
pub(super) fn open(kind: LinkType, destination: Cow<'_, str>) -> Link<'_> {
    let form = match kind {
        LinkType::Inline => LinkForm::Inline,
        LinkType::Autolink | LinkType::Email => LinkForm::Autolink,
        _ => LinkForm::Reference,
    };
    let destination = if kind == LinkType::Email { format!("mailto:{destination}").into() } else { destination };
    Link { form, destination, destination_span: Span::default(), text_span: Span::default(), is_empty: true }
}

/// Finds text and destination of a link once its inside is known; `span` may grow by a `[]` that the parser leaves out.
pub(super) fn close(
    link: &mut Link<'_>,
    source: &Source,
    span: Span,
    inside_end: u32,
    definition: Option<Span>,
) -> Span {
    let text = source.text();
    let bang = usize::from(text[span.range()].starts_with('!'));
    let start = (span.start as usize + bang + 1).min(span.end as usize);
    match link.form {
        LinkForm::Inline => {
            let close = find(text, inside_end as usize, span.end as usize, "](");
            link.text_span = Span::new(start..close.max(start));
            link.destination_span =
                destination(text, (close + 2).min(span.end as usize), span.end as usize, &link.destination);
            span
        }
        LinkForm::Reference => {
            let close = find(text, inside_end as usize, span.end as usize, "]");
            link.text_span = Span::new(start..close.max(start));
            link.destination_span = definition.map_or(span.after(), |definition| {
                let at = find(text, definition.start as usize, definition.end as usize, "]:");
                destination(text, (at + 2).min(definition.end as usize), definition.end as usize, &link.destination)
            });
            let bare = text[..span.end as usize].ends_with(']') && text[span.end as usize..].starts_with("[]");
            Span { start: span.start, end: span.end + if bare { 2 } else { 0 } }
        }
        _ => {
            link.text_span = Span::new(start..(span.end as usize - 1).max(start));
            link.destination_span = link.text_span;
            span
        }
    }
}

/// The first `needle` in a range, else the range's end.
fn find(text: &str, from: usize, to: usize, needle: &str) -> usize {
    text.get(from.min(to)..to).and_then(|part| part.find(needle)).map_or(to, |at| from.min(to) + at)
}

/// The destination behind `](` or `]:`, as it is written.
fn destination(text: &str, from: usize, to: usize, unescaped: &str) -> Span {
    let part = text.get(from..to).unwrap_or_default();
    let start = from + part.len() - part.trim_start().len();
    let rest = &text[start..to.max(start)];
    if let Some(inner) = rest.strip_prefix('<') {
        return Span::new(start + 1..start + 1 + inner.find('>').unwrap_or(inner.len()));
    }
    if rest.starts_with(unescaped) {
        return Span::new(start..start + unescaped.len());
    }
    let end = rest.find(|char: char| char.is_whitespace()).unwrap_or(rest.len());
    Span::new(start..start + rest[..end].trim_end_matches(')').len())
}
