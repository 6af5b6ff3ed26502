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

/// A page with more findings differs as a whole.
const MOST: usize = 256;

impl<'a> Pair<'_, 'a> {
    /// Takes out what stands, letter by letter, in an older version of the reference, and not in the right one.
    pub(super) fn take_older(&self, own: &mut Vec<Found>, standard: &Standard<'a>) -> Vec<Found> {
        let (Some(path), Some(right)) = (&self.run.article.reference, standard.right) else { return Vec::new() };
        if standard.older.is_empty() || own.len() > MOST {
            return Vec::new();
        }
        let checker = self.run.checker;
        let read = |blob| versions::read(checker, path, blob, right.document.source.name());
        let older: LazyCell<Vec<Source>, _> = LazyCell::new(|| standard.older.iter().filter_map(read).collect());
        let rules = self.member.rules(checker).active;
        let is_older = |found: &Found| {
            let is_value = found.finding.value.is_some() && found.may_be_older(rules);
            let source = self.member.document.source;
            let written = source.slice(found.finding.span).trim();
            // In an older version, and gone from the right one.
            let was_there = |words: &str| {
                !has_token(right.document.source.text(), words)
                    && older.iter().any(|version| has_token(version.text(), words))
            };
            // A call means what the site makes of it today.
            let may_be = is_value && !written.contains("{{");
            may_be && (was_there(written) || was_there(source.line_around(found.finding.span)))
        };
        let (older, rest) = std::mem::take(own).into_iter().partition(is_older);
        *own = rest;
        older
    }
}
