//! Sowing: one defect of a family in a copy of a translation that is otherwise left as it is.
//!
//! Each family finds the places of a page where its defect can be, and says what becomes of the page's structure: a
//! change that makes anything else of it is thrown away.

mod blocks;
mod code;
mod counts;
mod edits;
mod family;
mod links;
mod marks;
mod metadata;
mod page;
#[path = "../../generator/random.rs"]
mod random;
mod tokens;

use std::ops::{Range, RangeInclusive};

pub(crate) use counts::Counts;
pub(crate) use family::{FAMILIES, Family};
pub(crate) use page::{Page, Texts};
pub(crate) use random::Random;

/// A change to a text.
pub(crate) struct Defect {
    /// What is replaced, in order and apart from each other, and by what.
    edits: Vec<(Range<usize>, String)>,
    /// The place of the old text where it may be told.
    reach: Range<usize>,
    /// What was done, for people.
    what: String,
}

/// A text with a defect.
pub(crate) struct Sown {
    /// The whole text.
    pub(crate) text: String,
    /// The lines where the defect is, from 1.
    pub(crate) lines: RangeInclusive<usize>,
    /// What was done.
    pub(crate) what: String,
}

impl Defect {
    /// Other text for a place.
    fn new(place: Range<usize>, text: impl Into<String>, what: impl Into<String>) -> Self {
        Self { reach: place.clone(), edits: vec![(place, text.into())], what: what.into() }
    }

    /// Several changes through the whole page.
    fn throughout(edits: Vec<(Range<usize>, String)>, what: impl Into<String>) -> Self {
        let end = edits.last().map_or(0, |(place, _)| place.end);
        Self { reach: 0..end, edits, what: what.into() }
    }

    /// The same, told anywhere in `reach`.
    fn within(self, reach: Range<usize>) -> Self {
        Self { reach, ..self }
    }

    fn apply(&self, text: &str) -> Sown {
        let mut changed = String::with_capacity(text.len());
        let (mut from, mut reach) = (0, self.reach.clone());
        for (place, new) in &self.edits {
            changed.push_str(&text[from..place.start]);
            changed.push_str(new);
            from = place.end;
            // What follows the edit moves with it.
            if self.reach.end >= place.end {
                reach.end = (reach.end + new.len()).saturating_sub(place.len());
            }
        }
        changed.push_str(&text[from..]);
        let line = |at: usize| 1 + changed[..at.min(changed.len())].matches('\n').count();
        Sown { lines: line(reach.start)..=line(reach.end), what: self.what.clone(), text: changed }
    }
}

impl Family {
    /// At most `most` defects of this family for a page, each in a copy of its own.
    pub(crate) fn sow(&self, page: &Page<'_>, random: &mut Random, most: usize) -> Vec<Sown> {
        let mut defects = (self.find)(page, random);
        random.shuffle(&mut defects);
        let before = page.counts();
        let is_so = |sown: &Sown| sown.text != page.text && (self.holds)(&before, &page.counts_of(&sown.text));
        defects.iter().map(|defect| defect.apply(page.text)).filter(is_so).take(most).collect()
    }
}

/// A few words of a text, on one line.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(60).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}
