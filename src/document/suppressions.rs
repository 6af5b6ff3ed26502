//! Comments that say which findings are meant: `<!-- cognate-ignore drifted-url: moved to our own mirror -->`.
//!
//! One stands before the block that it holds for, or as `cognate-ignore-file` anywhere for the whole file; in MDX between
//! `{/*` and `*/}`. Formats without comments have the key `cognate-ignore` in their front matter.

use std::ops::Range;

use super::metadata::{Value, ValueKind};
use super::{BlockKind, Document, InlineKind};
use crate::source::Span;

/// What a comment says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The rules whose findings are meant.
    pub rules: Vec<String>,
    /// Why; empty where nobody says.
    pub reason: String,
    /// The comment, or the entry of the front matter.
    pub place: Span,
    /// Where it holds: a block with all that is in it, or the whole file.
    pub scope: Option<Span>,
}

impl Suppression {
    /// Does it hold for a finding at a place? What is missing stands where the block before it ends.
    pub fn covers(&self, place: Span) -> bool {
        self.scope.is_none_or(|scope| scope.start <= place.start && place.start <= scope.end)
    }
}

/// The word that such a comment starts with.
const WORD: &str = "cognate-ignore";
/// What comments stand in.
const MARKS: [(&str, &str); 2] = [("<!--", "-->"), ("{/*", "*/}")];

/// What a document says of its findings.
pub fn suppressions(document: &Document<'_>) -> Vec<Suppression> {
    let text = document.source.shown_text();
    let mut found = of_metadata(document);
    for at in memchr::memmem::find_iter(text.as_bytes(), WORD) {
        let comment = MARKS.iter().find_map(|marks| comment(text, at, *marks));
        let Some((place, words)) = comment.filter(|(place, _)| !is_code(document, place.start)) else { continue };
        let (is_file, words) = match words.strip_prefix("-file") {
            Some(words) => (true, words),
            None => (false, words),
        };
        if !words.starts_with(|char: char| char.is_whitespace() || char == ':') {
            continue;
        }
        let scope = if is_file { None } else { Some(block_behind(document, place.end)) };
        let (rules, reason) = words.split_once(':').unwrap_or((words, ""));
        let mut rules: Vec<String> =
            rules.split([',', ' ', '\n']).map(str::trim).filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
        if rules.is_empty() {
            rules.push(String::new());
        }
        found.push(Suppression {
            rules,
            reason: reason.split_whitespace().collect::<Vec<_>>().join(" "),
            place: Span::new(place),
            scope,
        });
    }
    found
}

/// The comment that opens right before a place, and what stands in it behind the word there.
fn comment<'t>(text: &'t str, at: usize, (open, close): (&str, &str)) -> Option<(Range<usize>, &'t str)> {
    let before = text[..at].trim_end();
    let start = before.strip_suffix(open).filter(|before| !before.ends_with('\\'))?.len();
    let rest = &text[at + WORD.len()..];
    let end = rest.find(close)?;
    Some((start..at + WORD.len() + end + close.len(), &rest[..end]))
}

fn is_code(document: &Document<'_>, at: usize) -> bool {
    let holds = |span: Span| span.range().contains(&at);
    document.blocks.iter().any(|block| matches!(block.kind, BlockKind::Code { .. }) && holds(block.span))
        || document.inlines.iter().any(|inline| matches!(inline.kind, InlineKind::Code(_)) && holds(inline.span))
}

/// The block that a comment stands in the middle of, else the next one; nothing at the end of the file.
fn block_behind(document: &Document<'_>, end: usize) -> Span {
    let is_words =
        |kind: &BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading { .. } | BlockKind::Cell);
    let around = document.blocks.iter().rfind(|block| is_words(&block.kind) && block.span.range().contains(&end));
    let next = || document.blocks.iter().find(|block| block.span.start as usize >= end);
    around.or_else(next).map_or(Span::new(end..end), |block| block.span)
}

/// `cognate-ignore: [rule]`, or `cognate-ignore: { rule: reason }`.
fn of_metadata(document: &Document<'_>) -> Vec<Suppression> {
    let Some(entry) = document.metadata.as_ref().and_then(|metadata| metadata.get(WORD)) else { return Vec::new() };
    let place = Span { start: entry.key_span.start, end: entry.value.span.end };
    let of = |rule: &str, reason: &str| Suppression {
        rules: vec![rule.trim().to_owned()],
        reason: reason.trim().to_owned(),
        place,
        scope: None,
    };
    rules_in(&entry.value).into_iter().map(|(rule, reason)| of(&rule, &reason)).collect()
}

/// Rules with their reasons, of a scalar, a list or a mapping.
fn rules_in(value: &Value<'_>) -> Vec<(String, String)> {
    let scalar = |value: &Value<'_>| match &value.kind {
        ValueKind::Scalar(text) => text.to_string(),
        _ => String::new(),
    };
    match &value.kind {
        ValueKind::Scalar(rule) => vec![(rule.to_string(), String::new())],
        ValueKind::List(rules) => rules.iter().flat_map(rules_in).collect(),
        ValueKind::Map(entries) => entries.iter().map(|one| (one.key.to_string(), scalar(&one.value))).collect(),
        ValueKind::Null | ValueKind::Any => vec![(String::new(), String::new())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Dialect, markdown};
    use crate::source::Source;

    fn found(name: &str, text: &str) -> Vec<(String, String, Option<String>)> {
        let source = Source::new(name, text);
        let document = markdown::parse(&source, &Dialect::default());
        let scope = |one: &Suppression| one.scope.map(|scope| source.slice(scope).trim().to_owned());
        suppressions(&document).iter().map(|one| (one.rules.join(" "), one.reason.clone(), scope(one))).collect()
    }

    fn one(rules: &str, reason: &str, scope: Option<&str>) -> Vec<(String, String, Option<String>)> {
        vec![(rules.to_owned(), reason.to_owned(), scope.map(str::to_owned))]
    }

    #[test]
    fn a_comment_holds_for_the_block_behind_it() {
        let text = "a\n\n<!-- cognate-ignore extra-link, drifted-url: our\n own -->\n- b\n- c\n\nd\n";
        assert_eq!(found("a.md", text), one("extra-link drifted-url", "our own", Some("- b\n- c")));
        assert_eq!(
            found("a.md", "a <!-- cognate-ignore x --> b\n\nc\n"),
            one("x", "", Some("a <!-- cognate-ignore x --> b"))
        );
        assert_eq!(found("a.mdx", "{/* cognate-ignore x: y */}\n\nb\n"), one("x", "y", Some("b")));
        assert_eq!(found("a.md", "b\n\n<!-- cognate-ignore-file x: y -->\n"), one("x", "y", None));
        assert_eq!(found("a.md", "b\n\n<!-- cognate-ignore x: y -->\n"), one("x", "y", Some("")));
    }

    #[test]
    fn front_matter_holds_for_the_file() {
        assert_eq!(found("a.md", "---\ncognate-ignore: x\n---\nb\n"), one("x", "", None));
        assert_eq!(found("a.md", "---\ncognate-ignore: { x: y z }\n---\nb\n"), one("x", "y z", None));
        assert_eq!(found("a.md", "---\ncognate-ignore:\n  - x: y z\n---\nb\n"), one("x", "y z", None));
    }

    #[test]
    fn what_is_shown_as_code_says_nothing() {
        for text in [
            "```html\n<!-- cognate-ignore x: y -->\n```\n",
            "`<!-- cognate-ignore x -->`\n",
            "<!-- cognate-ignored x -->",
        ] {
            assert_eq!(found("a.md", text), [], "{text}");
        }
    }
}
