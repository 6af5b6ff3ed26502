//! Fragments: what a renderer makes of headings, and the ids that authors give.

mod heading;
mod sluggers;

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};
use icu_normalizer::ComposingNormalizerBorrowed;
use regex::Regex;

use super::dialect::Slugs;
use super::{BlockId, BlockKind, Document, Inline, InlineKind};

/// Every fragment that is known to resolve on a page.
#[derive(Debug, Default)]
pub struct Fragments {
    /// Folded ids that somebody wrote.
    explicit: HashSet<String>,
    /// Folded ids that a renderer makes of headings.
    made: HashSet<String>,
    /// The page's headings, in order.
    pub headings: Vec<Heading>,
    /// The page takes in content from elsewhere, which may bring fragments that are not seen here.
    pub is_open: bool,
}

/// A heading and its fragment.
#[derive(Debug)]
pub struct Heading {
    /// Its block.
    pub block: BlockId,
    /// From 1 to 6.
    pub level: u8,
    /// The fragment to link to: the heading's own id, else the one that the renderer makes of it.
    pub fragment: String,
    /// All of its fragments, folded.
    folded: Vec<String>,
}

static IDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?x) (?-u:\b)(?:id|ID)\s*=\s*\{?["']([^"'<>{}]+)["'] | <[aA]\s[^<>]*?(?-u:\b)name\s*=\s*["']?([^"'\s<>]+)
          | \{[^{}\n]*\#([^\s{}]+)[^{}\n]*\}"#,
    )
    .ok()
});

static OPENINGS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\{\{|\{%|\{!|\{\*|\[!(?:include|code)|@include|--8<--|<h[1-6]|(?-i:<[A-Z])").ok()
});

impl Fragments {
    /// The fragments of a page whose renderer makes them in one of the ways `slugs`, the likeliest first.
    ///
    /// Ids in code samples count too: where they are none, it costs a finding and does not invent one.
    pub fn of(document: &Document<'_>, slugs: &[Slugs]) -> Self {
        let text = document.source.file_text();
        let ids = IDS.iter().flat_map(|pattern| pattern.captures_iter(text));
        let ids = ids.filter_map(|found| found.iter().skip(1).flatten().next());
        let anchors = document.inlines.iter().filter_map(|inline| match &inline.kind {
            InlineKind::Anchor(id) => Some(&**id),
            _ => None,
        });
        let explicit = ids.map(|id| id.as_str()).chain(anchors).flat_map(forms).collect();
        let is_open = OPENINGS.as_ref().is_some_and(|pattern| pattern.is_match(text));
        let headings = headings(document, slugs);
        let made = headings.iter().flat_map(|heading| heading.folded.iter().cloned()).collect();
        Self { explicit, made, headings, is_open }
    }

    /// Does a fragment, decoded and without its `#`, lead to a place on the page?
    pub fn resolves(&self, fragment: &str) -> bool {
        self.has_id(fragment) || forms(fragment).any(|form| self.made.contains(&form))
    }

    /// Does a fragment lead to an id that somebody wrote?
    pub fn has_id(&self, fragment: &str) -> bool {
        forms(fragment).any(|form| self.explicit.contains(&form))
    }

    /// The heading that a fragment leads to: its place among the headings.
    pub fn heading(&self, fragment: &str) -> Option<usize> {
        let forms: Vec<String> = forms(fragment).collect();
        self.headings.iter().position(|heading| heading.folded.iter().any(|one| forms.contains(one)))
    }
}

fn headings(document: &Document<'_>, slugs: &[Slugs]) -> Vec<Heading> {
    let mut seen: HashMap<(Slugs, String), usize> = HashMap::default();
    let blocks = document.blocks.iter().enumerate();
    let headings = blocks.filter_map(|(block, one)| match one.kind {
        BlockKind::Heading { level } => Some(heading(document, block, level, slugs, &mut seen)),
        _ => None,
    });
    headings.collect()
}

fn heading(
    document: &Document<'_>,
    block: BlockId,
    level: u8,
    slugs: &[Slugs],
    seen: &mut HashMap<(Slugs, String), usize>,
) -> Heading {
    let own = document.inlines_of(block).iter().filter_map(|inline| match &inline.kind {
        InlineKind::Anchor(id) => Some((id, is_attribute(document, inline))),
        _ => None,
    });
    let own: Vec<_> = own.collect();
    let mut fragments: Vec<String> = own.iter().map(|(id, _)| id.to_string()).collect();
    // Where it is not known whether braces are read, the words may still make the fragment.
    if slugs.len() != 1 || !own.iter().any(|(_, is_attribute)| *is_attribute) {
        let words = heading::words(document, block);
        for slugs in slugs {
            fragments.extend(made(*slugs, &words, seen));
        }
    }
    let fragment = fragments.first().cloned().unwrap_or_default();
    let folded = fragments.iter().flat_map(|fragment| forms(fragment)).collect();
    Heading { block, level, fragment, folded }
}

/// What a renderer makes of a heading, numbered where it stood there before.
fn made(slugs: Slugs, words: &heading::Words, seen: &mut HashMap<(Slugs, String), usize>) -> Vec<String> {
    let mut ways = vec![(slugs, &words.text)];
    match slugs {
        Slugs::Goldmark if words.line != words.text => ways.insert(0, (slugs, &words.line)),
        // Sites in other scripts than Latin have it keep all letters.
        Slugs::PythonMarkdown => ways.push((Slugs::Github, &words.text)),
        _ => {}
    }
    let mut fragments = Vec::new();
    for (slugs, words) in ways.into_iter().filter(|(_, words)| !words.contains("{{")) {
        let slug = sluggers::slug(slugs, words);
        let times = seen.entry((slugs, slug.clone())).or_default();
        fragments.push(sluggers::numbered(slugs, &slug, *times));
        *times += 1;
    }
    fragments
}

/// `{#id}` and `{/*id*/}` take the place of what is made of the words; `<a name="id">` does not.
fn is_attribute(document: &Document<'_>, id: &Inline<'_>) -> bool {
    let before = &document.source.text()[..id.span.start as usize];
    before.ends_with('#') || before.trim_end().ends_with("/*")
}

/// Is a fragment meant as a place in a text? Not the top of the page, words that a browser looks for, lines of code, the
/// state of an application, a tab, or a footnote, whose ids renderers make in ways of their own.
pub fn is_a_place(fragment: &str) -> bool {
    let is_line = |text: &str| {
        text.strip_prefix(['L', 'l']).is_some_and(|digits| digits.starts_with(|first: char| first.is_ascii_digit()))
    };
    let is_footnote = |text: &str| {
        let rest = text.strip_prefix("user-content-").unwrap_or(text).strip_prefix("fn");
        rest.is_some_and(|rest| rest.strip_prefix("ref").unwrap_or(rest).starts_with([':', '-', '_']))
    };
    !fragment.is_empty()
        && !matches!(fragment, "top" | "_top")
        && !fragment.contains(['/', '=', '{', '}', '<', '>'])
        && !fragment.contains(":~:")
        && !fragment.starts_with('!')
        && !is_line(fragment)
        && !is_footnote(fragment)
}

/// The slug of a heading, in the most common way.
pub fn of_heading(document: &Document<'_>, heading: BlockId) -> String {
    sluggers::slug(Slugs::Github, &heading::words(document, heading).text)
}

/// Two spellings that are taken for one are equal in one of these: without letter case, compatibility forms and
/// prefix, and as letters and digits alone. What is in doubt is taken to resolve.
fn forms(fragment: &str) -> impl Iterator<Item = String> {
    const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfkc();
    let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8().unwrap_or(Cow::Borrowed(fragment));
    let lower = decoded.to_lowercase();
    let folded = NFKC.normalize(lower.strip_prefix("user-content-").unwrap_or(&lower)).into_owned();
    let bare: String = folded.chars().filter(|char| char.is_alphanumeric()).collect();
    [folded, bare].into_iter().filter(|form| !form.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Dialect, markdown};
    use crate::source::Source;

    fn of(text: &str, slugs: &[Slugs]) -> Fragments {
        let source = Source::new("a.md", text);
        Fragments::of(&markdown::parse(&source, &Dialect::default()), slugs)
    }

    #[test]
    fn headings_of_many_scripts_resolve() {
        let text = "# Aktualisierungs&shy;anleitungen\n\n## Get `x_y` [now](/z)!\n\n## 노드\n\n## 노드\n\n## A {#b}\n\n## हिन्दी में\n";
        let all = of(text, &[Slugs::Github]);
        for fragment in ["aktualisierungsanleitungen", "get-x_y-now", "노드", "노드-1", "b", "हिन्दी-में"]
        {
            assert!(all.resolves(fragment), "{fragment} in {all:?}");
        }
        assert!(!all.resolves("노드-2"));
        assert!(!all.resolves("a"), "{{#b}} took its place");
        assert!(of(text, &Slugs::ALL).resolves("a"), "unless nobody knows whether it is read");
    }

    #[test]
    fn ids_of_every_form_resolve() {
        let all = of(
            "<Tabs>\n<Tab id=\"one\">\n</Tabs>\n\n<div id='two' />\n\n<a name=three></a>\n\n![i](p.png){ .c #four }\n",
            &[Slugs::Github],
        );
        for fragment in ["one", "two", "three", "four", "user-content-three", "%74wo", "Two"] {
            assert!(all.has_id(fragment), "{fragment} in {all:?}");
        }
        assert!(all.is_open);
        assert!(!of("## a < B & C\n", &[Slugs::Github]).is_open);
    }

    #[test]
    fn not_every_fragment_is_a_place() {
        for fragment in
            ["", "top", "/route", "!x", ":~:text=a", "L10-L20", "l3", "fn:1", "user-content-fnref-a", "tab/x"]
        {
            assert!(!is_a_place(fragment), "{fragment}");
        }
        for fragment in ["a", "lists", "fnord", "topic", "概览"] {
            assert!(is_a_place(fragment), "{fragment}");
        }
    }

    #[test]
    fn code_and_entities_keep_their_words() {
        let all = of("## `Map<K, V>` &lt;T&gt;\n\n## [Hook](/x)\n", &[Slugs::Github]);
        assert_eq!(all.headings[0].fragment, "mapk-v-t");
        assert_eq!(all.heading("hook"), Some(1));
        assert_eq!(of("## [Hook](/x)\n", &[Slugs::Goldmark]).headings[0].fragment, "hookx");
    }
}
