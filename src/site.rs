//! The pages around a document, as far as rules may ask about them.

use std::fmt::Debug;
use std::sync::Arc;

use crate::document::dialect::Slugs;
use crate::document::slug::Fragments;
use crate::target::Target;

/// Which of the two documents of a bitext a link stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The reference.
    Reference,
    /// The translation.
    Translation,
}

/// How a metadata key of the references fares in translations, or a line that many of them have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Norm {
    /// References that have it, each with one translation.
    pub pairs: u32,
    /// Translations that have it as well.
    pub kept: u32,
    /// Translations that have it with the same value.
    pub equal: u32,
}

impl Norm {
    /// Adds what other pages say.
    pub fn add(&mut self, other: Self) {
        self.pairs += other.pairs;
        self.kept += other.kept;
        self.equal += other.equal;
    }

    /// Do at least so many of a hundred keep the key?
    pub fn keeps(self, percent: u32) -> bool {
        self.kept * 100 >= self.pairs * percent
    }

    /// Do at least so many of a hundred that have the key have the reference's value?
    pub fn equals(self, percent: u32) -> bool {
        self.kept > 0 && self.equal * 100 >= self.kept * percent
    }
}

/// The site that a translation is a page of.
pub trait Site: Debug + Sync {
    /// The ways in which its renderer may make fragments of headings, the likeliest first.
    fn slugs(&self) -> &[Slugs];

    /// Do the reference's own fragments resolve in these ways? Else nothing can be said of headings.
    fn is_calibrated(&self) -> bool;

    /// The fragments of the pages that a local target may lead to, the likeliest first: in the language of that side,
    /// of the reference where the page was not translated, of both where the target does not say which. None where no
    /// page of the project is meant.
    fn pages(&self, target: &Target, side: Side) -> Vec<Arc<Fragments>>;

    /// How a metadata key of the references fares in this language, where enough of its pages are known.
    fn norm(&self, key: &str) -> Option<Norm>;

    /// How a line that many references have fares in this language; numbers in it do not matter.
    fn norm_of_line(&self, line: &str) -> Option<Norm>;

    /// Is a local target a page that only some of the languages of this page have? Translations that are held against
    /// each other may link to it or not.
    fn is_in_some_languages(&self, target: &Target) -> bool;
}
