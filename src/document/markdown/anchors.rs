//! Explicit anchors: `<a name="x">`, `id="x"` on any tag, `{#x}` and `{/*x*/}` behind a heading.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::dialect::HeadingId;
use crate::document::{BlockId, BlockKind, Document, Inline, InlineKind};
use crate::source::Span;

static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"<(?:[aA]\s[^<>]*?\b(?:name|id)|[A-Za-z][\w.-]*\s[^<>]*?\bid)\s*=\s*["']?([^"'\s<>{}]+)"#).ok()
});

static BRACES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\{:?\s*(?:[^{}#]*\s)?#([^\s{}]+)[^{}]*\}[\s#]*$").ok());
static COMMENT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{\s*/\*\s*([^*\s]+)\s*\*/\s*\}[\s#]*$").ok());

/// Adds the anchors of a piece of HTML.
pub(super) fn in_html(document: &mut Document<'_>, block: BlockId, html: Span) {
    let Some(pattern) = &*TAG else { return };
    let text = document.source.slice(html);
    if !text.contains('=') {
        return;
    }
    for id in pattern.captures_iter(text).filter_map(|captures| captures.get(1)) {
        let span = Span::new(html.start as usize + id.start()..html.start as usize + id.end());
        let kind = InlineKind::Anchor(id.as_str().into());
        document.inlines.push(Inline { kind, span, block, parent: None });
    }
}

/// Adds the id behind a heading; gives the span of its braces.
pub(super) fn of_heading(document: &mut Document<'_>, block: BlockId, syntaxes: &[HeadingId]) -> Option<Span> {
    let BlockKind::Heading { .. } = document.blocks[block].kind else { return None };
    let whole = document.blocks[block].span;
    let text = document.source.slice(whole).trim_end();
    // The line under a setext heading belongs to it, but not to its text.
    let text = match text.rsplit_once('\n') {
        Some((title, rule)) if rule.trim().trim_matches(['=', '-']).is_empty() => title.trim_end(),
        _ => text,
    };
    if !text.contains('{') {
        return None;
    }
    let captures = syntaxes.iter().find_map(|syntax| match syntax {
        HeadingId::Braces => BRACES.as_ref()?.captures(text),
        HeadingId::Comment => COMMENT.as_ref()?.captures(text),
    })?;
    let id = captures.get(1)?;
    let at = whole.start as usize;
    let kind = InlineKind::Anchor(id.as_str().into());
    document.inlines.push(Inline { kind, span: Span::new(at + id.start()..at + id.end()), block, parent: None });
    captures.get(0).map(|braces| Span::new(at + braces.start()..at + braces.end()))
}
