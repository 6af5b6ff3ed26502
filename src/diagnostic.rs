//! What is told: a diagnostic, its places and its weight.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::source::{Range, Source, Span};

/// How much a finding weighs. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(description = "How much a finding weighs."))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Counted, and shown on request.
    Info,
    /// Worth mending.
    Warning,
    /// Must be mended.
    Error,
}

/// Whose a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Wrong in the translation.
    Translation,
    /// A consequence of an older revision of the reference.
    Outdated,
    /// The reference has it too.
    Reference,
}

/// How the reference that a finding speaks of was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Named on the command line.
    Given,
    /// The revision that the translation's front matter pins.
    Pinned,
    /// A copy of the reference kept beside the translation.
    Snapshot,
    /// The revision that fits best.
    Inferred,
    /// The reference as it is now.
    Head,
    /// Inside the translation's own file.
    Bilingual,
    /// A declared structure.
    Outline,
    /// The representative of the translations that share a revision.
    Cohort,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Id of the rule.
    pub rule: Arc<str>,
    /// How much it weighs.
    pub severity: Severity,
    /// Whose it is.
    pub origin: Origin,
    /// What is wrong; no line numbers, no totals.
    pub message: String,
    /// A few words for the marked place in a snippet.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// The article that the file belongs to.
    pub article: Arc<str>,
    /// The translation's locale; `None` at a reference, or where it is not known.
    pub locale: Option<Arc<str>>,
    /// Where.
    pub place: Place,
    /// Other places that belong to it: the reference's side, the same finding in other locales.
    pub related: Vec<Related>,
    /// What would mend it.
    pub fixes: Vec<Fix>,
    /// Survives edits elsewhere in the file.
    pub fingerprint: String,
}

/// A place in one of the sources of [`Findings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index into [`Findings::sources`].
    pub source: usize,
    /// Bytes of the file's text ([`Source::file_text`]).
    pub span: Span,
    /// Lines and columns of the same.
    pub range: Range,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug)]
pub struct Related {
    /// What it is to the finding.
    pub role: Role,
    /// A few words about it.
    pub message: String,
    /// Where.
    pub place: Place,
    /// The locale of that place; `None` for a reference.
    pub locale: Option<Arc<str>>,
    /// How the reference was found; `None` for [`Role::Same`].
    pub basis: Option<Basis>,
    /// The revision of the reference, where it is known.
    pub revision: Option<Arc<str>>,
}

/// What a related place is to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The reference's side of it.
    Reference,
    /// The same finding elsewhere.
    Same,
}

/// An edit that mends a finding.
#[derive(Clone, Debug)]
pub struct Fix {
    /// May it be applied unseen?
    pub applicability: Applicability,
    /// What it does.
    pub title: String,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

/// How sure a fix is; the surest come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Has one right answer.
    Safe,
    /// Wants a look.
    Unsafe,
}

/// New text for a place.
#[derive(Clone, Debug)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// By what.
    pub text: String,
}

/// The findings of one article, with the texts they point into.
#[derive(Debug, Default)]
pub struct Findings<'a> {
    /// In order: path, range, rule.
    pub diagnostics: Vec<Diagnostic>,
    /// What is not told, in no order.
    pub suppressed: Vec<Suppressed>,
    /// What [`Place::source`] counts.
    pub sources: Vec<&'a Source>,
}

/// A finding that somebody says is meant, or known.
#[derive(Clone, Debug)]
pub struct Suppressed {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// What says so.
    pub by: Suppressor,
    /// Why; empty where nobody says.
    pub reason: String,
}

/// What says that a finding is not to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Suppressor {
    /// A comment in the file, or its front matter.
    Comment,
    /// The baseline.
    Baseline,
}

impl Findings<'_> {
    /// The name of the file that a place is in.
    pub fn path(&self, place: &Place) -> &str {
        self.sources[place.source].name()
    }
}

/// Something to say about the run rather than about a place in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Notice {
    /// How much it weighs.
    pub level: Severity,
    /// What is to be said.
    pub message: String,
    /// The file that it is about.
    pub path: Option<String>,
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Translation => "translation",
            Self::Outdated => "outdated",
            Self::Reference => "reference",
        })
    }
}
