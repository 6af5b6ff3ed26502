//! What of a document survives translation, as a multiset: how well a version fits is told by it.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::document::metadata::{Value, ValueKind};
use crate::document::{BlockKind, Document, InlineKind};
use crate::target::Resolver;

/// The features of a document that no language changes, hashed and sorted: targets, images, code, shapes of headings,
/// lists and tables, explicit ids, numbers, placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    body: Vec<u64>,
    /// Keys and values of the front matter. It is often brought up to date by itself, so it only decides between
    /// versions whose bodies fit alike.
    metadata: Vec<u64>,
    /// The kinds of blocks alone: what a sweep over links, levels or code in all languages at once does not change.
    blocks: Vec<u64>,
}

impl Profile {
    /// The features of a document.
    pub fn of(document: &Document<'_>, resolver: Resolver<'_>) -> Self {
        let mut features = Features::default();
        for token in &document.placeholders {
            features.add((token.kind, token.name));
        }
        for block in &document.blocks {
            features.block(&block.kind);
            if matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Paragraph | BlockKind::Cell) {
                features.numbers(document.source.slice(block.span));
            }
        }
        for inline in &document.inlines {
            features.inline(&inline.kind, resolver);
        }
        let mut metadata = Features::default();
        for entry in document.metadata.iter().flat_map(|metadata| &metadata.entries) {
            metadata.add(&entry.key);
            metadata.values(&entry.key, &entry.value);
        }
        let mut blocks = Features::default();
        document.blocks.iter().for_each(|block| blocks.add(block.noun()));
        Self { body: features.sorted(), metadata: metadata.sorted(), blocks: blocks.sorted() }
    }

    /// The same for the kinds of blocks alone.
    pub fn block_distance(&self, other: &Self) -> usize {
        difference(&self.blocks, &other.blocks)
    }

    /// Is a version at that distance hardly the one that this was made from?
    pub fn is_strange(&self, distance: usize) -> bool {
        distance * 4 > self.body.len()
    }

    /// The size of the symmetric difference of the two multisets: 0 where nothing speaks against one being made from
    /// the other.
    pub fn distance(&self, other: &Self) -> usize {
        difference(&self.body, &other.body)
    }

    /// The same for front matter.
    pub fn metadata_distance(&self, other: &Self) -> usize {
        difference(&self.metadata, &other.metadata)
    }
}

/// The size of the symmetric difference of two sorted multisets.
fn difference(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut differ) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        differ += usize::from(x != y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    differ + (a.len() - i) + (b.len() - j)
}

#[derive(Default)]
struct Features(Vec<u64>);

impl Features {
    fn sorted(mut self) -> Vec<u64> {
        self.0.sort_unstable();
        self.0
    }

    fn add(&mut self, feature: impl Hash) {
        let mut hasher = DefaultHasher::new();
        feature.hash(&mut hasher);
        self.0.push(hasher.finish());
    }

    /// The values of a key, those of a list each by itself.
    fn values(&mut self, key: &str, value: &Value<'_>) {
        match &value.kind {
            ValueKind::Scalar(text) => self.add((key, text.trim())),
            ValueKind::List(items) => items.iter().for_each(|item| self.values(key, item)),
            ValueKind::Map(entries) => entries.iter().for_each(|entry| self.values(&entry.key, &entry.value)),
            ValueKind::Null | ValueKind::Any => {}
        }
    }

    fn block(&mut self, kind: &BlockKind<'_>) {
        match kind {
            BlockKind::Heading { level } => self.add(('h', *level)),
            BlockKind::Paragraph => self.add('p'),
            BlockKind::Item { ordered, depth } => self.add(('i', *ordered, *depth)),
            BlockKind::Table { columns } => self.add(('t', *columns)),
            BlockKind::Row => self.add('r'),
            BlockKind::Alert { .. } | BlockKind::Quote => self.add('q'),
            BlockKind::Code { language, text, .. } => {
                self.add(('c', language));
                for line in text.lines().filter_map(code_line) {
                    self.add(('k', line));
                }
            }
            BlockKind::List { .. } | BlockKind::Cell | BlockKind::Html | BlockKind::Rule | BlockKind::Footnote => {}
        }
    }

    fn inline(&mut self, kind: &InlineKind<'_>, resolver: Resolver<'_>) {
        match kind {
            InlineKind::Link(link) => {
                let target = resolver.target(&link.destination);
                // Translated headings have translated fragments.
                self.add(('l', &target.page, &target.query, !target.fragment.is_empty()));
            }
            InlineKind::Image(image) => self.add(('g', image.destination.rsplit('/').next())),
            InlineKind::Code(code) if code.is_ascii() => self.add(('s', code)),
            InlineKind::Anchor(id) => self.add(('a', id)),
            InlineKind::Code(_)
            | InlineKind::Malformed(_)
            | InlineKind::Emphasis
            | InlineKind::Strong
            | InlineKind::Stray(_) => {}
        }
    }

    /// Numbers of several digits: versions, years, ports.
    fn numbers(&mut self, text: &str) {
        let bytes = text.as_bytes();
        for digits in bytes.split(|byte| !byte.is_ascii_digit()).filter(|digits| digits.len() > 1) {
            self.add(('n', digits));
        }
    }
}

/// A line of code without its comment and white space; `None` where words of a language may be in it.
fn code_line(line: &str) -> Option<&str> {
    let code = line.split_once("//").map_or(line, |(code, _)| code).trim();
    let is_comment = code.starts_with(['#', '*']) || code.starts_with("/*") || code.starts_with("--");
    (code.len() > 1 && code.is_ascii() && !is_comment && !code.contains(['"', '\''])).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Dialect, markdown};
    use crate::source::Source;
    use crate::target::Facts;

    fn profile(text: &str) -> Profile {
        let facts = Facts::default();
        let resolver = Resolver::new(&facts, &["it", "en"], "");
        Profile::of(&markdown::parse(&Source::new("a.md", text), &Dialect::default()), resolver)
    }

    #[test]
    fn a_faithful_translation_is_at_no_distance() {
        let reference =
            "# Docks\n\nSee [tides](/docs/tides#low) and `port 80`.\n\n```sh\nmoor --fast // comment\n```\n";
        let translation =
            "# Moli\n\nVedi `port 80` e [maree](/it/docs/tides#bassa).\n\n```sh\nmoor --fast // commento\n```\n";
        assert_eq!(profile(reference).distance(&profile(translation)), 0);
    }

    #[test]
    fn each_feature_counts_once() {
        let one = profile("# A\n\n- [b](/b)\n- c\n");
        assert_eq!(one.distance(&profile("# A\n\n- [b](/b)\n- c\n- d\n")), 2);
        assert_eq!(one.distance(&profile("# A\n\n- [b](/x)\n- c\n")), 2);
        assert_eq!(profile("").distance(&one), one.distance(&profile("")));
    }
}
