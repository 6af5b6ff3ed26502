//! What changed between two revisions of a reference, where the rules for pairs do not see it: its words.

use foldhash::HashMap;

use crate::align::{Comparison, Shape};
use crate::document::{BlockId, BlockKind, Document, slug};
use crate::rule::Subject;
use crate::source::Span;

/// Something that the newest revision changed and a translation has not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// Where, in the newest reference; `None` where something was taken out of it.
    pub place: Option<Span>,
    /// A few words about it.
    pub label: String,
}

/// Passages of the newest revision whose words are not those of the one that the translation was made from.
///
/// `newest` is the comparison of the newest revision with the translation: a passage that the translation has no
/// counterpart for is missing there, and told as such.
pub fn reworded(from: &Document<'_>, newest: &Comparison<'_>) -> Vec<Change> {
    let mut known: HashMap<String, usize> = HashMap::default();
    for id in 0..from.blocks.len() {
        *known.entry(folded(from, id)).or_default() += 1;
    }
    let document = newest.reference;
    let mut changes = Vec::new();
    for unit in newest.reference_units.iter() {
        let span = document.blocks[unit.text].span;
        let words = folded(document, unit.text);
        if let Some(n) = known.get_mut(&words).filter(|n| **n > 0) {
            *n -= 1;
            continue;
        }
        let (subject, label) = match unit.shape {
            Shape::Rule => continue,
            Shape::Heading(_) => (Subject::Headings, "reworded since"),
            Shape::Code { .. } => (Subject::Code, "changed since"),
            _ => (Subject::Words, "reworded since"),
        };
        if !words.is_empty() && newest.counterpart(unit.block).is_some() {
            let line = document.source.slice(span).lines().next().unwrap_or_default().trim_end();
            let place = Span::new(span.start as usize..span.start as usize + line.len());
            changes.push(Change { subject, place: Some(place), label: label.to_owned() });
        }
    }
    changes
}

/// The words of a passage, without line breaks, markup and destinations; a heading without its id. Code as it is.
fn folded(document: &Document<'_>, block: BlockId) -> String {
    if matches!(document.blocks[block].kind, BlockKind::Heading { .. }) {
        return slug::of_heading(document, block);
    }
    let text = document.source.slice(document.blocks[block].span);
    if matches!(document.blocks[block].kind, BlockKind::Code { .. }) {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        rest = match char {
            ']' => after_target(&rest[1..]),
            _ => &rest[char.len_utf8()..],
        };
        if char.is_alphanumeric() {
            folded.push(char);
        }
    }
    folded
}

/// What follows the destination or label of a link, where one stands there.
fn after_target(rest: &str) -> &str {
    let close = match rest.chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        _ => return rest,
    };
    rest.find(close).map_or(rest, |end| &rest[end + 1..])
}
