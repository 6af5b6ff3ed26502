//! Cognate, a localization consistency linter for Markdown documentation.
//!
//! It aligns every translation with its reference, node by node, and reports what no longer agrees. One direction:
//!
//! ```text
//! cli, config ─► project ─► source ─► document ─► align ─► rules ─► diagnostic ─► report
//!                impure     └────────────── pure, cannot fail ──────────────┘     impure
//! ```
//!
//! - [`project`] finds out which files are translations of what, from a layout or from the tree itself, and asks git for
//!   the versions of references; [`check`] reads one article's files, decides which version each translation was made
//!   from ([`revision`]), and lets them go.
//! - [`source`] is a text under its name; [`document`] is what is in it: metadata, blocks and inlines with their places.
//! - [`align`] pairs a translation with its reference, by [`pairing`] what keeps its order; [`target`] tells whether two links lead to one place.
//! - [`rules`] look at a pair, each for itself, with what [`settings`] lays together out of YAML, packs and
//!   configuration.
//! - [`catalogue`] has the rules that a project knows, Cognate's and its own; [`examples`] tries what they say of
//!   themselves.
//! - [`report`] tells what was found, for people and for programs.
//!
//! The library prints nothing: [`commands`] write into what they are given. ARCHITECTURE.md has the whole map.

pub mod align;
pub mod baseline;
pub mod catalogue;
pub mod check;
pub mod cli;
pub mod code;
pub mod commands;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod examples;
pub mod fix;
pub mod fnv;
pub mod locale;
pub mod pack;
pub mod pairing;
pub mod project;
pub mod report;
pub mod revision;
pub mod rule;
pub mod rules;
pub mod settings;
pub mod site;
pub mod source;
pub mod target;
pub mod text;
mod threads;
