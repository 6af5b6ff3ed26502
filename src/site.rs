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

    /// Is a local target a page that only some of the languages of this page have? Translations that are held against
    /// each other may link to it or not.
    fn is_in_some_languages(&self, target: &Target) -> bool;
}
