//! Revisions: which version of its reference a translation was made from, and how it stands to the others.
//!
//! Everything here is pure; [`crate::project::history`] asks git, and [`crate::check`] brings the two together.

mod changes;
mod fit;
mod profile;

pub use changes::{Change, reworded};
pub use fit::{Fit, best, is_misfit, may_be_misfit};
pub use profile::Profile;

use crate::source::Span;

/// Which revision of its reference a translation is held against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Policy {
    /// The pinned one where it fits, a snapshot, else the one that fits best
    #[default]
    Auto,
    /// The one that front matter pins; the newest where none is pinned
    Pinned,
    /// The one that fits best
    Inferred,
    /// The newest: the file as it is on disk
    Head,
}

/// How a translation stands to the revisions of its reference: what the rules of [`crate::rule::Kind::Standing`] read.
#[derive(Debug, Default)]
pub struct Standing {
    /// Where its front matter pins a revision: the value.
    pub pin: Option<Span>,
    /// How it is behind, where it is.
    pub behind: Option<Behind>,
    /// The pin names another revision than the one that the text was made from.
    pub misfit: Option<Misfit>,
    /// The reference that it should have is not there.
    pub orphaned: Option<Orphaned>,
    /// What the document suppresses and is not there, with the rules.
    pub needless: Vec<(Span, String, Needless)>,
}

/// Why a suppression does nothing for anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needless {
    /// The rule finds nothing there.
    Unused,
    /// There is no such rule.
    Unknown,
    /// It does not say why.
    WithoutReason,
}

/// A reference that is not there.
#[derive(Debug)]
pub struct Orphaned {
    /// Where it should be.
    pub path: String,
    /// Where it went, if that is known.
    pub moved_to: Option<String>,
    /// In all of the repository's history it never was there: the page is its language's own.
    pub was_never_there: bool,
}

/// How a translation is behind.
#[derive(Debug)]
pub struct Behind {
    /// What the newest revision changed and the translation has not followed; places are in the newest reference.
    pub changes: Vec<Change>,
    /// How that is known.
    pub evidence: Evidence,
}

/// How it is known that a translation is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The revision that it was made from and the newest one were compared.
    Compared,
    /// Translations of the same article were made from a newer revision.
    NewerCohort,
    /// Translations into several languages differ from the reference in the same way.
    Shared,
    /// It differs from the reference in so many places that it was made from another revision.
    Many,
    /// It says so itself, at this place of its front matter.
    Flag(Span),
}

/// A pin that does not name the revision that the text was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The commit that brought the version that fits.
    pub fits: String,
    /// That version is newer than the pinned one.
    pub is_newer: bool,
}
