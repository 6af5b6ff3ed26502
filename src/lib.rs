//! Cognate, a localization consistency linter for Markdown documentation.
pub mod align;
pub mod diagnostic;
pub mod document;
pub mod locale;
pub mod report;
pub mod source;
pub mod target;
