//! The words of a heading, as far as they make its fragment.

use crate::document::{BlockId, Document};

/// The words of a heading in the two ways that renderers take them.
pub(super) struct Words {
    /// Without markup, tags, targets and its id.
    pub(super) text: String,
    /// The line as it is written, without its marks and its id: what goldmark makes ids of.
    pub(super) line: String,
}

/// The words of a heading.
pub(super) fn words(document: &Document<'_>, heading: BlockId) -> Words {
    let raw = document.source.slice(document.blocks[heading].span);
    let raw = raw.lines().next().unwrap_or_default().trim_start_matches('#').trim();
    let raw = raw.trim_end_matches('#').trim_end();
    let line = raw.rsplit_once('{').map_or(raw, |(words, id)| if id.ends_with('}') { words.trim_end() } else { raw });
    Words { text: text(&unescaped(line)), line: line.to_owned() }
}

/// The references to characters that headings hold; angle brackets become forms that no tag is made of.
fn unescaped(line: &str) -> String {
    const KNOWN: [(&str, &str); 7] = [
        ("&shy;", ""),
        ("&lt;", "\u{fe64}"),
        ("&gt;", "\u{fe65}"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    if !line.contains('&') {
        return line.to_owned();
    }
    KNOWN.iter().fold(line.to_owned(), |line, (name, char)| line.replace(name, char))
}

/// Without emphasis, tags, soft hyphens and targets of links; code stays, angle brackets in it and all.
fn text(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let (mut in_code, mut in_tag, mut in_target) = (false, false, false);
    let mut chars = line.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '`' => in_code = !in_code,
            '\u{ad}' => {}
            _ if in_code => text.push(char),
            '<' if chars.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '/') => in_tag = true,
            '>' if in_tag => in_tag = false,
            ']' if chars.peek() == Some(&'(') => in_target = true,
            ')' if in_target => in_target = false,
            '*' => {}
            _ if in_tag || in_target => {}
            _ => text.push(char),
        }
    }
    text
}
