//! What the rules about text patterns share: the patterns, the parts of a document that they are looked for in, and the
//! readings of one part that are translations of each other.

use std::cell::OnceCell;

use foldhash::HashMap;
use regex::{Regex, RegexBuilder};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::readings::{Home, Reading, readings};
use crate::align::{Bitext, Comparison, Unit};
use crate::document::{BlockId, Document};
use crate::source::Span;

/// A regular expression. `^` and `$` stand for the ends of lines; a reading of prose is one line.
#[derive(Debug)]
pub(super) struct Pattern(Regex);

/// A part of a document.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    /// What a reader reads in headings, paragraphs, lists and tables: no code, no URLs, no markup.
    Prose,
    /// Code blocks and inline code.
    Code,
    /// The values of the front matter.
    Metadata,
    /// The whole file as it is written.
    Source,
}

/// One of the two documents.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Side {
    /// The translation.
    #[default]
    Translation,
    /// The reference.
    Reference,
}

/// What must or must not stand on one side.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Demand {
    /// The patterns, each for itself.
    pub(super) patterns: Vec<Pattern>,
    /// The parts that they are looked for in.
    pub(super) r#in: Vec<Part>,
    /// The side that they are looked for on.
    pub(super) side: Side,
    /// Only in passages in which the reference has this.
    pub(super) where_reference: Option<Pattern>,
}

/// Where a pattern was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'p> {
    pub(super) span: Span,
    pub(super) text: &'p str,
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        let regex = RegexBuilder::new(&written).multi_line(true).build().map_err(|error| {
            // The crate draws the pattern with a mark below it; the last line says what is wrong.
            let words = error.to_string();
            let why = words.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            D::Error::custom(format!("`{written}` is no regular expression: {why}"))
        })?;
        if regex.is_match("") {
            return Err(D::Error::custom(format!("`{written}` matches where nothing stands")));
        }
        Ok(Self(regex))
    }
}

impl Pattern {
    /// The pattern as it was written.
    pub(super) fn written(&self) -> &str {
        self.0.as_str()
    }

    /// Every place in a reading.
    pub(super) fn all<'p>(&self, reading: &'p Reading) -> impl Iterator<Item = Found<'p>> {
        let found = self.0.find_iter(&reading.text).filter(|found| !found.is_empty());
        found.map(|found| Found { span: reading.span(found.range()), text: found.as_str() })
    }

    /// The first place in a reading.
    pub(super) fn first<'p>(&self, reading: &'p Reading) -> Option<Found<'p>> {
        self.all(reading).next()
    }
}

/// The reference's readings beside the translation's.
pub(super) struct Beside<'b> {
    pub(super) reference: Vec<Reading>,
    pub(super) translation: Vec<Reading>,
    comparison: &'b Comparison<'b>,
    document: &'b Document<'b>,
    /// The code of the reference and of the translation, made when somebody asks.
    code: [OnceCell<Vec<Reading>>; 2],
    /// For each matched unit of the translation, by its block, the reference's.
    units: HashMap<BlockId, BlockId>,
    /// The readings of the reference and of the translation by their place in the reference.
    homes: [HashMap<Home, Vec<usize>>; 2],
}

impl<'b> Beside<'b> {
    /// Nothing where there are no two texts to be held against each other: a representative is a translation too.
    pub(super) fn new(bitext: &'b Bitext<'_>, parts: &[Part]) -> Option<Self> {
        bitext.source_document().filter(|reference| reference.has_prose)?;
        let comparison = bitext.comparable()?;
        let mut beside = Self {
            reference: readings(comparison.reference, parts),
            translation: readings(bitext.translation, parts),
            comparison,
            document: bitext.translation,
            code: [OnceCell::new(), OnceCell::new()],
            units: comparison.matched().map(|(theirs, ours)| (ours.block, theirs.block)).collect(),
            homes: [HashMap::default(), HashMap::default()],
        };
        let theirs = beside.reference.iter().map(|reading| Some(beside.home(reading))).collect();
        let ours = beside.translation.iter().map(|reading| beside.home_of(reading)).collect();
        beside.homes = [by_home(theirs), by_home(ours)];
        Some(beside)
    }

    /// The reference's readings that one of the translation was made from.
    pub(super) fn of_reference(&self, ours: &Reading) -> impl Iterator<Item = &Reading> {
        let known = self.home_of(ours).and_then(|home| self.homes[0].get(&home));
        known.into_iter().flatten().map(|at| &self.reference[*at])
    }

    /// The readings that were made from one of the reference.
    pub(super) fn of_translation(&self, theirs: &Reading) -> impl Iterator<Item = &Reading> {
        let known = self.homes[1].get(&self.home(theirs));
        known.into_iter().flatten().map(|at| &self.translation[*at])
    }

    /// Does a pattern or word stand as code where a reading of the reference was translated to? Then it is not lost.
    pub(super) fn is_code_in_translation(&self, theirs: &Reading, is_it: impl Fn(&Reading) -> bool) -> bool {
        let home = Some(self.home(theirs));
        let code = self.code[1].get_or_init(|| readings(self.document, &[Part::Code]));
        code.iter().any(|reading| self.home_of(reading) == home && is_it(reading))
    }

    /// The same of the reading that one of the translation was made from.
    pub(super) fn is_code_in_reference(&self, ours: &Reading, is_it: impl Fn(&Reading) -> bool) -> bool {
        let home = self.home_of(ours);
        let code = self.code[0].get_or_init(|| readings(self.comparison.reference, &[Part::Code]));
        code.iter().any(|reading| Some(self.home(reading)) == home && is_it(reading))
    }

    /// Where in the reference the counterpart of a reading starts, of which nothing may be in the parts looked at.
    pub(super) fn start_of_counterpart(&self, ours: &Reading) -> Span {
        match self.home_of(ours) {
            Some(Home::Block(block)) => Span::at(self.comparison.reference.blocks[block].span.start as usize),
            _ => start(self.comparison.reference),
        }
    }

    /// Where a reading of the reference is, by its unit.
    pub(super) fn home(&self, theirs: &Reading) -> Home {
        of_unit(&theirs.home, &self.comparison.reference_units)
    }

    /// Where in the reference a reading of the translation has its counterpart.
    pub(super) fn home_of(&self, ours: &Reading) -> Option<Home> {
        match of_unit(&ours.home, &self.comparison.translation_units) {
            Home::Block(block) => self.units.get(&block).map(|block| Home::Block(*block)),
            home => Some(home),
        }
    }
}

fn by_home(homes: Vec<Option<Home>>) -> HashMap<Home, Vec<usize>> {
    let mut known: HashMap<Home, Vec<usize>> = HashMap::default();
    for (at, home) in homes.into_iter().enumerate() {
        if let Some(home) = home {
            known.entry(home).or_default().push(at);
        }
    }
    known
}

/// A block by the unit that it is in: cells are aligned as rows.
fn of_unit(home: &Home, units: &[Unit]) -> Home {
    match home {
        Home::Block(block) => {
            let at = units.partition_point(|unit| unit.block <= *block);
            Home::Block(at.checked_sub(1).map_or(*block, |at| units[at].block))
        }
        home => home.clone(),
    }
}

/// Where something stands that has no place of its own: where the body starts.
pub(super) fn start(document: &Document<'_>) -> Span {
    document.blocks.first().map_or_else(Span::default, |block| Span::at(block.span.start as usize))
}
