//! Bare URLs in running text, by the rules of GitHub's autolink extension.
//!
//! <https://github.github.com/gfm/#autolinks-extension->: a URL ends before white space or `<`, and does not take
//! trailing punctuation or an unpaired closing parenthesis. Only `http://` and `https://` count: a `www.` in prose
//! is as often a name as a link.

use crate::document::dialect::Slugs;
use crate::document::{BlockId, Dialect, Document, Inline, InlineKind, Link, LinkForm, Stray};
use crate::source::Span;

/// Adds the bare URLs of a block's text.
pub(super) fn find(document: &mut Document<'_>, block: BlockId, runs: &[Span], dialect: &Dialect) {
    let source = document.source;
    let first = document.blocks[block].inlines.start;
    let taken: Vec<Span> =
        document.inlines[first..].iter().filter(|inline| claims_text(inline)).map(|i| i.span).collect();
    for run in runs {
        let text = source.slice(*run);
        let mut from = 0;
        while let Some(at) = memchr::memmem::find(&text.as_bytes()[from..], b"http").map(|at| from + at) {
            let length = url_length(text, at);
            from = at + length.max(4);
            let span = Span::new(run.start as usize + at..run.start as usize + at + length);
            if length > 0 && !taken.iter().any(|taken| taken.start < span.end && span.start < taken.end) {
                document.inlines.push(Inline { kind: bare(source.slice(span), span), span, block, parent: None });
                // Goldmark, which Hugo uses, ends a URL where ASCII ends.
                let behind = text[at + length..].chars().next().filter(|_| dialect.slugs != Some(Slugs::Goldmark));
                if let Some(char) = behind.filter(|char| !char.is_ascii() && !char.is_whitespace()) {
                    let span = Span::new(span.end as usize..span.end as usize + char.len_utf8());
                    document.inlines.push(Inline {
                        kind: InlineKind::Stray(Stray::UrlRunsOn),
                        span,
                        block,
                        parent: None,
                    });
                }
            }
        }
    }
}

fn claims_text(inline: &Inline<'_>) -> bool {
    matches!(inline.kind, InlineKind::Link(_) | InlineKind::Image(_) | InlineKind::Malformed(_))
}

fn bare(url: &str, span: Span) -> InlineKind<'_> {
    InlineKind::Link(Link {
        form: LinkForm::Bare,
        destination: url.into(),
        destination_span: span,
        text_span: span,
        is_empty: false,
    })
}

/// Length of the URL at `at`, in bytes; 0 where there is none.
fn url_length(text: &str, at: usize) -> usize {
    if text[..at].ends_with(|before: char| before.is_ascii_alphanumeric()) {
        return 0;
    }
    let rest = &text[at..];
    let Some(host) = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://")) else { return 0 };
    if !host.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return 0;
    }
    let end = rest.find(ends_url).unwrap_or(rest.len());
    trim(until_unpaired(&rest[..end])).len()
}

/// GitHub ends a URL at white space and `<`; others also at the first character that is not ASCII, where in Chinese,
/// Japanese and Korean the sentence goes on. Quotes and backticks end one for every reader.
fn ends_url(char: char) -> bool {
    !char.is_ascii() || char.is_ascii_whitespace() || matches!(char, '<' | '>' | '"' | '`' | '|')
}

/// A parenthesis that was not opened in the URL belongs to the prose around it.
fn until_unpaired(url: &str) -> &str {
    let mut depth = 0_i32;
    let unpaired = url.find(|char| {
        depth += i32::from(char == '(') - i32::from(char == ')');
        depth < 0
    });
    &url[..unpaired.unwrap_or(url.len())]
}

fn trim(url: &str) -> &str {
    let mut url = url;
    loop {
        let cut = url.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'']);
        let cut = match cut.strip_suffix(')') {
            Some(inner) if cut.matches(')').count() > cut.matches('(').count() => inner,
            _ => cut.strip_suffix([']', '}']).unwrap_or(cut),
        };
        if cut.len() == url.len() {
            return url;
        }
        url = cut;
    }
}
