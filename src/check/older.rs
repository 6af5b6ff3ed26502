//! Values that the reference had before the version that a translation was made from.
//!
//! A translation that is mended piece by piece fits a newer version as a whole, and keeps older values here and there:
//! these it is behind by.

use std::cell::LazyCell;

use super::origin::Found;
use super::pair::Pair;
use super::standard::Standard;
use super::versions;
use crate::source::Source;
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
            let written = self.member.document.source.slice(found.finding.span).trim();
            is_value
                && !standard.older.is_empty()
                // A call means what the site makes of it today.
                && !written.contains("{{")
                && !has_token(right.document.source.text(), written)
                && older.iter().any(|version| has_token(version.text(), written))
        };
        let (older, rest) = std::mem::take(own).into_iter().partition(is_older);
        *own = rest;
        older
    }
}
