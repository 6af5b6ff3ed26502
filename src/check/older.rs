//! Values that the reference had before the version that a translation was made from.
//!
//! A translation that is mended piece by piece fits a newer version as a whole, and keeps older values here and there:
//! these it is behind by.

use std::cell::LazyCell;

use super::origin::Found;
use super::pair::Pair;
use super::standard::Standard;
use super::versions;
use crate::source::{Source, Span};
use crate::text::has_token;

impl<'a> Pair<'_, 'a> {
    /// Takes out what stands, letter by letter, in an older version of the reference, and not in the right one.
    pub(super) fn take_older(&self, own: &mut Vec<Found>, standard: &Standard<'a>) -> Vec<Found> {
        let (Some(path), Some(right)) = (&self.run.article.reference, standard.right) else { return Vec::new() };
        let checker = self.run.checker;
        let read = |blob| versions::read(checker, path, blob, right.document.source.name());
        let older: LazyCell<Vec<Source>, _> = LazyCell::new(|| standard.older.iter().filter_map(read).collect());
        let rules = self.member.rules(checker).active;
        let is_older = |found: &Found| {
            let is_value = found.finding.value.is_some() && found.may_be_older(rules);
            let source = self.member.document.source;
            let written = source.slice(found.finding.span).trim();
            let line = line_around(source.text(), found.finding.span);
            // In an older version, and gone from the right one.
            let was_there = |words: &str| {
                !has_token(right.document.source.text(), words)
                    && older.iter().any(|version| has_token(version.text(), words))
            };
            // A call means what the site makes of it today.
            let may_be = is_value && !standard.older.is_empty() && !written.contains("{{");
            may_be && (was_there(written) || was_there(line))
        };
        let (older, rest) = std::mem::take(own).into_iter().partition(is_older);
        *own = rest;
        older
    }
}

/// The line that a place is on, without blanks around it.
fn line_around(text: &str, place: Span) -> &str {
    let (start, end) = (place.start as usize, place.end as usize);
    let from = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let to = text[end..].find('\n').map_or(text.len(), |length| end + length);
    text[from..to].trim()
}
