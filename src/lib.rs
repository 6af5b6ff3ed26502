//! Cognate, a localization consistency linter for Markdown documentation.
pub mod diagnostic;
pub mod document;
pub mod report;
pub mod source;
