//! Heading slugs: the fragments that a renderer makes of headings.

use std::collections::{HashMap, HashSet};

use super::{BlockKind, Document, InlineKind};

/// Every fragment that resolves on a page: explicit anchors and the slugs of its headings, in lower case.
#[derive(Debug)]
pub struct Fragments(HashSet<String>);

impl Fragments {
    /// The fragments of a page.
    ///
    /// Slugs are made as GitHub does: lower case, without punctuation, blanks as hyphens, repeated ones numbered
    /// (<https://github.com/Flet/github-slugger>). Renderers differ in what they drop, so each is also known without
    /// anything but letters and digits.
    pub fn of(document: &Document<'_>) -> Self {
        Self(fragments(document))
    }

    /// Does a fragment, decoded and without its `#`, lead to a place on the page?
    pub fn resolves(&self, fragment: &str) -> bool {
        let fragment = fragment.to_lowercase();
        self.0.contains(&fragment) || self.0.contains(&bare(&fragment))
    }
}

fn fragments(document: &Document<'_>) -> HashSet<String> {
    let mut fragments = HashSet::new();
    for inline in &document.inlines {
        if let InlineKind::Anchor(id) = &inline.kind {
            fragments.insert(id.to_lowercase());
        }
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for block in document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading { .. })) {
        let slug = slug(&heading_text(document, block.span));
        let repeated = seen.entry(slug.clone()).or_default();
        let numbered = if *repeated == 0 { slug } else { format!("{slug}-{repeated}") };
        *repeated += 1;
        fragments.insert(bare(&numbered));
        fragments.insert(numbered);
    }
    fragments
}

/// The slug of a heading.
pub fn of_heading(document: &Document<'_>, heading: super::BlockId) -> String {
    slug(&heading_text(document, document.blocks[heading].span))
}

/// Letters and digits alone.
fn bare(slug: &str) -> String {
    slug.chars().filter(|char| char.is_alphanumeric()).collect()
}

fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for char in text.trim().chars() {
        match char {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(char),
            _ if char.is_alphanumeric() || is_mark(char) => slug.extend(char.to_lowercase()),
            _ => {}
        }
    }
    slug
}

/// Combining marks belong to their letters: Indic vowel signs, Arabic and Hebrew points.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{981}'..='\u{983}' | '\u{9bc}'..='\u{9cd}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

/// The words of a heading, without its marks, tags and id.
fn heading_text(document: &Document<'_>, span: crate::source::Span) -> String {
    let raw = document.source.slice(span);
    let raw = raw.lines().next().unwrap_or_default().trim_start_matches('#').trim();
    let raw = raw.trim_end_matches('#').trim_end();
    let raw = raw.rsplit_once('{').map_or(raw, |(words, id)| if id.ends_with('}') { words } else { raw });
    let raw = raw.replace("&shy;", "");
    let mut text = String::with_capacity(raw.len());
    let (mut in_tag, mut in_target) = (false, false);
    let mut chars = raw.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            ']' if chars.peek() == Some(&'(') => in_target = true,
            ')' if in_target => in_target = false,
            '\u{ad}' | '*' | '`' => {}
            _ if in_tag || in_target => {}
            _ => text.push(char),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::markdown, source::Source};

    #[test]
    fn headings_of_many_scripts_resolve() {
        let text = "# Aktualisierungs&shy;anleitungen\n\n## Get `x_y` [now](/z)!\n\n## 노드\n\n## 노드\n\n## A {#b}\n\n## हिन्दी में\n";
        let source = Source::new("a.md", text);
        let all = Fragments::of(&markdown::parse(&source));
        for fragment in ["aktualisierungsanleitungen", "get-x_y-now", "노드", "노드-1", "b", "हिन्दी-में"]
        {
            assert!(all.resolves(fragment), "{fragment} in {all:?}");
        }
        assert!(!all.resolves("노드-2"));
    }
}
