//! Cognate, a localization consistency linter for Markdown documentation.
pub mod align;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod locale;
pub mod pack;
pub mod project;
pub mod report;
pub mod rule;
pub mod rules;
pub mod settings;
pub mod source;
pub mod target;
