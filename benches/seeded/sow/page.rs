//! A translation beside its reference, as those who sow look at it.

use std::ops::Range;

use cognate::align::{Bitext, Comparison, Pair, Shape, Unit};
use cognate::diagnostic::Basis;
use cognate::document::{Block, BlockId, BlockKind, Dialect, Document, Inline, InlineId, markdown};
use cognate::source::{Source, Span};
use cognate::target::{Facts, Resolver};

use super::Counts;

/// The texts of a translation and its reference.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    /// What the file is called; its ending says how it is read.
    pub(crate) name: String,
    /// The translation's locale.
    pub(crate) locale: String,
    pub(crate) reference: String,
    pub(crate) translation: String,
}

/// Units that a page has at least: of less a defect leaves nothing to compare.
const ENOUGH: usize = 5;

/// A page whose two sides are comparable.
pub(crate) struct Page<'a> {
    name: &'a str,
    pub(super) locale: &'a str,
    pub(super) reference: &'a Document<'a>,
    pub(super) translation: &'a Document<'a>,
    pub(super) bitext: &'a Bitext<'a>,
    pub(super) comparison: &'a Comparison<'a>,
    /// The translation's text.
    pub(super) text: &'a str,
    /// For each unit of the translation the one of the reference.
    counterparts: Vec<Option<usize>>,
}

impl Texts {
    /// Looks at the page; `None` where its sides are not comparable, or hardly anything is on it.
    pub(crate) fn page<T>(&self, look: impl FnOnce(&Page<'_>) -> T) -> Option<T> {
        let dialect = Dialect::default();
        let reference = source(&self.name, &self.reference);
        let translation = source(&self.name, &self.translation);
        let reference = markdown::parse(&reference, &dialect);
        let translation = markdown::parse(&translation, &dialect);
        let facts = Facts::default();
        let languages = [self.locale.split('-').next().unwrap_or_default(), "en"];
        let resolver = Resolver::new(&facts, &languages, &self.name);
        let bitext = Bitext::new(&reference, Basis::Given, &translation, resolver);
        let comparison = bitext.comparable().filter(|comparison| comparison.translation_units.len() >= ENOUGH)?;
        let mut counterparts = vec![None; comparison.translation_units.len()];
        for pair in &comparison.pairs {
            if let Pair::Matched { reference, translation } = pair {
                counterparts[*translation] = Some(*reference);
            }
        }
        let (name, locale, text) = (self.name.as_str(), self.locale.as_str(), translation.source.file_text());
        let (reference, translation, bitext) = (&reference, &translation, &bitext);
        Some(look(&Page { name, locale, reference, translation, bitext, comparison, text, counterparts }))
    }
}

/// The text as the parser takes it.
fn source(name: &str, text: &str) -> Source {
    let source = Source::new(name, text);
    markdown::hide(&source, &Dialect::default()).unwrap_or(source)
}

impl<'a> Page<'a> {
    pub(super) fn counts(&self) -> Counts {
        Counts::of(self.translation)
    }

    /// The counts of another text under the page's name.
    pub(super) fn counts_of(&self, text: &str) -> Counts {
        Counts::of(&markdown::parse(&source(self.name, text), &Dialect::default()))
    }

    /// The units of the translation that have a counterpart of their own shape, with that.
    pub(super) fn matched(&self) -> impl Iterator<Item = (usize, &'a Unit, &'a Unit)> {
        let comparison = self.comparison;
        self.counterparts.iter().enumerate().filter_map(move |(at, counterpart)| {
            let (r, t) = (&comparison.reference_units[(*counterpart)?], &comparison.translation_units[at]);
            (r.shape == t.shape).then_some((at, r, t))
        })
    }

    /// The same, where the units before and after are pairs as well: there is no doubt what stands for what.
    pub(super) fn settled(&self) -> impl Iterator<Item = (usize, &'a Unit, &'a Unit)> {
        self.matched().filter(|(at, ..)| {
            let here = self.counterparts[*at];
            let is_pair = |unit: usize, there: Option<usize>| match self.counterparts.get(unit) {
                Some(counterpart) => counterpart.is_some() && *counterpart == there,
                None => true,
            };
            let before = *at == 0 || is_pair(at - 1, here.and_then(|here| here.checked_sub(1)));
            before && is_pair(at + 1, here.map(|here| here + 1))
        })
    }

    /// Settled paragraphs of words, outside of everything else, with their counterparts.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = (&'a Unit, &'a Unit)> {
        let is_top = |unit: &Unit| unit.parent.is_none() && unit.shape == Shape::Text;
        self.settled().filter(move |(_, r, t)| is_top(r) && is_top(t) && t.length >= 40).map(|(_, r, t)| (r, t))
    }

    /// Blocks without children that may hold words, with the blocks that hold their counterparts.
    pub(super) fn passages(&self) -> impl Iterator<Item = (&'a Unit, &'a Unit)> {
        let holds_words = |unit: &Unit| matches!(unit.shape, Shape::Text | Shape::Item { .. } | Shape::Row);
        self.matched().filter(move |(_, _, t)| holds_words(t)).map(|(_, r, t)| (r, t))
    }

    pub(super) fn block(&self, block: BlockId) -> &'a Block<'a> {
        &self.translation.blocks[block]
    }

    /// The inlines of a unit of the translation.
    pub(super) fn inlines(&self, unit: &Unit) -> impl Iterator<Item = (InlineId, &'a Inline<'a>)> {
        let translation = self.translation;
        unit.inlines.clone().map(move |id| (id, &translation.inlines[id]))
    }

    /// The inlines of a unit of the reference.
    pub(super) fn reference_inlines(&self, unit: &Unit) -> &'a [Inline<'a>] {
        &self.reference.inlines[unit.inlines.clone()]
    }

    /// Is anything inside of an inline?
    pub(super) fn has_children(&self, id: InlineId) -> bool {
        self.translation.inlines[id + 1..].iter().take(8).any(|inline| inline.parent == Some(id))
    }

    /// The text of a place of the translation, as it stands in the file.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    /// From the end of the block before a place to the start of the block after it: where something lost is looked for.
    pub(super) fn gap(&self, place: &Range<usize>) -> Range<usize> {
        let leaves = || self.translation.blocks.iter().filter(|block| block.is_leaf() || block.kind == BlockKind::Row);
        let end = |block: &Block<'_>| block.span.range().end;
        let before = leaves().map(end).filter(|end| *end <= place.start).max();
        let after = leaves().map(|block| block.span.range().start).find(|start| *start >= place.end);
        before.unwrap_or(place.start)..after.unwrap_or(place.end)
    }

    /// The whole lines of a place, with the last one's end.
    pub(super) fn lines(&self, place: Range<usize>) -> Range<usize> {
        let start = self.text[..place.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[place.end..].find('\n').map_or(self.text.len(), |at| place.end + at + 1);
        start..end
    }

    /// What stands before a place in its line.
    pub(super) fn before_in_line(&self, at: usize) -> &'a str {
        self.text[..at].rsplit('\n').next().unwrap_or_default()
    }

    /// Is a place in code or in a comment, where nothing of it is shown as it is meant?
    pub(super) fn is_hidden(&self, at: usize) -> bool {
        is_in_comment(self.text, at)
            || self
                .translation
                .blocks
                .iter()
                .any(|block| matches!(block.kind, BlockKind::Code { .. }) && block.span.range().contains(&at))
            || self.translation.inlines.iter().any(|inline| {
                matches!(inline.kind, cognate::document::InlineKind::Code(_)) && inline.span.range().contains(&at)
            })
    }
}

/// Is a place inside of `<!-- … -->`?
pub(super) fn is_in_comment(text: &str, at: usize) -> bool {
    let open = text[..at].rfind("<!--");
    open.is_some_and(|open| !text[open..at].contains("-->"))
}
