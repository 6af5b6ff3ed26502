//! Placeholders: tokens of a dialect that a translation has to keep.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};
use regex::Regex;

use super::dialect::Placeholder;
use super::{BlockKind, Document, InlineKind};
use crate::source::Span;

/// A token that has to survive translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token<'t> {
    /// What it is.
    pub kind: Placeholder,
    /// What is called or taken in: `note`, `/note`, `../shared/x.md`. What may be translated in it is left out.
    pub name: &'t str,
    /// Where it stands, from its first sign to the end of its name.
    pub span: Span,
}

/// The tokens of a text, kind by kind.
pub fn tokens<'t>(text: &'t str, kinds: &[Placeholder]) -> impl Iterator<Item = Token<'t>> {
    let kinds = kinds.iter().filter(|kind| memchr::memmem::find(text.as_bytes(), sign(**kind).as_bytes()).is_some());
    kinds.flat_map(move |&kind| {
        let found = pattern(kind).into_iter().flat_map(|pattern| pattern.captures_iter(text));
        found.filter_map(move |found| {
            let (whole, name) = (found.get(0)?, found.get(1)?);
            let start = whole.start() + whole.as_str().len() - whole.as_str().trim_start().len();
            let token = Token { kind, name: name.as_str(), span: Span::new(start..name.end()) };
            let is_one = token.name.contains(char::is_alphanumeric) && is_closed(kind, &text[name.end()..]);
            is_one.then_some(token)
        })
    })
}

/// The call around a sign that has no other: from its first sign to the end of its name or of the sign, and its name.
pub fn call_at(text: &str, at: usize) -> (Range<usize>, &str) {
    let is_sign = |char: char| "{<%* ".contains(char);
    let start = if text[at..].starts_with('{') {
        at
    } else {
        let line = text[..at].rfind('\n').map_or(0, |line| line + 1);
        let open = text[line..at].rfind(['{', '<', '%']).map_or(at, |open| line + open);
        text[..open].trim_end_matches(is_sign).len().max(line)
    };
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    let inner = text[start..].trim_start_matches(is_sign);
    let name =
        &inner[..inner.find(|char: char| !char.is_alphanumeric() && !"_-/.".contains(char)).unwrap_or(inner.len())];
    let end = text.len() - inner.len() + name.len();
    (start..end.max(start + 1), name)
}

/// Where the signs of a shortcode open one that nothing closes, or close one that nothing opened.
pub fn unpaired(text: &str) -> Vec<usize> {
    let mut signs: Vec<(usize, bool)> = Vec::new();
    for (sign, opens) in [("{{<", true), ("{{%", true), (">}}", false), ("%}}", false)] {
        signs.extend(text.match_indices(sign).map(|(at, _)| (at, opens)));
    }
    signs.sort_unstable();
    let hidden = comments(text);
    signs.retain(|(at, _)| !hidden.iter().any(|comment| comment.contains(Span::at(*at))));
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, opens) in signs {
        match (open, opens) {
            (Some(before), true) => {
                found.push(before);
                open = Some(at);
            }
            (None, true) => open = Some(at),
            (Some(_), false) => open = None,
            (None, false) => found.push(at),
        }
    }
    found.extend(open);
    found
}

/// The names that a document opens and closes, and not equally often.
pub fn unbalanced<'t>(tokens: &[Token<'t>]) -> HashSet<&'t str> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::default();
    for token in tokens {
        match token.name.strip_prefix('/') {
            Some(name) => counts.entry(name.trim_start()).or_default().1 += 1,
            None => counts.entry(token.name).or_default().0 += 1,
        }
    }
    counts.into_iter().filter(|(_, (opens, closes))| *closes > 0 && opens != closes).map(|(name, _)| name).collect()
}

/// What a call has behind its name, without blanks around it.
pub fn arguments<'d>(document: &'d Document<'_>, token: &Token<'_>) -> &'d str {
    let rest = document.source.shown_text().get(token.span.end as usize..).unwrap_or_default();
    rest[..rest.find(['}', '\n']).unwrap_or_default()].trim()
}

/// The value of a named argument behind a token, without its quotes, and its place.
pub fn argument<'d>(document: &'d Document<'_>, token: &Token<'_>, key: &str) -> Option<(Span, &'d str)> {
    let text = document.source.shown_text();
    let rest = text.get(token.span.end as usize..)?;
    let call = &rest[..rest.find("}}")?];
    let at = call.match_indices(key).map(|(at, _)| at).find(|at| {
        call[..*at].ends_with(char::is_whitespace) && call[at + key.len()..].trim_start().starts_with('=')
    })?;
    let behind = at + key.len() + call[at + key.len()..].find('=')? + 1;
    let value = call[behind..].trim_start();
    let start = token.span.end as usize + behind + (call[behind..].len() - value.len());
    let (inner, offset) = match value.chars().next().filter(|first| matches!(first, '"' | '`')) {
        Some(quote) => (value[1..].split(quote).next()?, 1),
        None => (value.split(char::is_whitespace).next()?, 0),
    };
    Some((Span::new(start + offset..start + offset + inner.len()), inner))
}

/// Is a call closed before the next one opens?
fn is_closed(kind: Placeholder, rest: &str) -> bool {
    if !matches!(kind, Placeholder::Shortcodes | Placeholder::Macros | Placeholder::Preprocessor) {
        return true;
    }
    let mut signs = memchr::memchr2_iter(b'{', b'}', rest.as_bytes());
    let next = signs.find(|at| ["{{", "}}"].iter().any(|sign| rest.as_bytes()[*at..].starts_with(sign.as_bytes())));
    let call = next.filter(|at| rest[*at..].starts_with('}')).map(|end| &rest[..end]);
    call.is_some_and(|call| kind != Placeholder::Shortcodes || call.ends_with(['>', '%']))
}

/// The tokens of a document: those that its site reads. Code shows the others, and comments hide all of them.
pub(super) fn of_document<'s>(document: &Document<'s>, kinds: &[Placeholder]) -> Vec<Token<'s>> {
    // What was hidden from the Markdown parser is looked for too.
    let text = document.source.shown_text();
    let body = document.metadata.as_ref().map_or(0, |metadata| metadata.span.end);
    let mut found: Vec<Token<'_>> = tokens(text, kinds).filter(|token| token.span.start >= body).collect();
    if found.is_empty() {
        return found;
    }
    let code: Vec<Span> = document
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Code { .. }))
        .map(|block| block.span)
        .collect();
    let in_code =
        document.inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Code(_))).map(|inline| inline.span);
    let code: Vec<Span> = code.into_iter().chain(in_code).collect();
    let comments: Vec<Span> = comments(text);
    // None of them is in another one of its kind.
    let code = sorted(code);
    let comments = sorted(comments);
    found.retain(|token| {
        let is_in = |spans: &[Span]| {
            let next = spans.partition_point(|span| span.start <= token.span.start);
            spans[..next].last().is_some_and(|span| span.contains(token.span))
        };
        !is_in(&comments)
            && (matches!(token.kind, Placeholder::Shortcodes | Placeholder::Preprocessor) || !is_in(&code))
    });
    found.sort_by_key(|token| token.span);
    found
}

fn sorted(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans
}

/// Where comments stand in a text.
pub fn comments(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = memchr::memmem::find(&text.as_bytes()[from..], b"<!--").map(|at| from + at) {
        let end = memchr::memmem::find(&text.as_bytes()[start..], b"-->").map_or(text.len(), |at| start + at + 3);
        found.push(Span::new(start..end));
        from = end;
    }
    found
}

/// What every token of a kind has in it.
fn sign(kind: Placeholder) -> &'static str {
    match kind {
        Placeholder::Shortcodes | Placeholder::Macros | Placeholder::Preprocessor => "{{",
        Placeholder::Includes | Placeholder::Alerts => "[!",
        Placeholder::Snippets => "",
        Placeholder::Containers => ":::",
        Placeholder::Liquid => "{%",
    }
}

fn pattern(kind: Placeholder) -> Option<&'static Regex> {
    static PATTERNS: LazyLock<Vec<(Placeholder, Option<Regex>)>> = LazyLock::new(|| {
        let compiled = |(kind, pattern): &(Placeholder, &str)| (*kind, Regex::new(pattern).ok());
        SYNTAX.iter().map(compiled).collect()
    });
    PATTERNS.iter().find(|(known, _)| *known == kind)?.1.as_ref()
}

/// What each kind looks like; the first group is its name.
const SYNTAX: &[(Placeholder, &str)] = &[
    (Placeholder::Shortcodes, r"\{\{[<%]\s*(/?\s*[\w./-]+)"),
    (Placeholder::Macros, r"\{\{\s*(\w+)\s*(?:\(|\}\})"),
    (Placeholder::Includes, r"\[!(?i:include|code[\w-]*|video)\s*(?:\[[^\]]*\])?\s*\(?([^)\]\s]+)"),
    (Placeholder::Preprocessor, r"\{\{#\w+\s+([^}\s]+)"),
    (Placeholder::Snippets, r#"(?m)(?:\{\*\s*|^\s*-{2,}8<-{2,}\s*["']?)([^\s"'*{}]+)"#),
    (Placeholder::Containers, r"(?m)^[ \t]*:{3,}[ \t]*([a-z][\w-]*)"),
    (Placeholder::Liquid, r"\{%-?\s*(\w+)"),
    (Placeholder::Alerts, r"(?m)^[ \t]*(?:>[ \t]*)+\[!([^\]\s:]+)\]"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_known_by_its_name() {
        use Placeholder::{Containers, Includes, Liquid, Macros, Preprocessor, Shortcodes, Snippets};
        for (kind, text, names) in [
            (Shortcodes, r#"{{< note >}} a {{% tab name="x" %}} {{< /note >}}"#, vec!["note", "tab", "/note"]),
            (Macros, r#"{{domxref("A")}} {{Compat}} {{< x >}}"#, vec!["domxref", "Compat"]),
            (Includes, "[!INCLUDE [titre](../x.md)] [!code-cpp[main](a.cpp)]", vec!["../x.md", "a.cpp"]),
            (Preprocessor, "{{#include listing.rs:3}}", vec!["listing.rs:3"]),
            (Snippets, "{* ../a.py hl[3] *}\n--8<-- \"b.md\"", vec!["../a.py", "b.md"]),
            (Containers, "::: tip Titre\n:::\n", vec!["tip"]),
            (Liquid, "{% if x %} {%- endif %}", vec!["if", "endif"]),
        ] {
            let found: Vec<&str> = tokens(text, &[kind]).map(|token| token.name).collect();
            assert_eq!(found, names, "{text}");
        }
        assert_eq!(tokens("{{< note >}}", &[]).count(), 0);
    }
}
