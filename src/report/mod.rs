//! How findings are told: a [`Renderer`] for each format.

mod concise;
mod github;
mod gitlab;
pub mod json;
mod markdown;
mod rdjson;
mod renderer;
mod sarif;
pub mod text;
mod xml;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Findings, Notice, Origin, Severity};

pub use concise::Concise;
pub use github::Github;
pub use gitlab::Gitlab;
pub use json::{Json, JsonLines};
pub use markdown::Markdown;
pub use rdjson::Rdjson;
pub use renderer::{Pieces, Renderer};
pub use sarif::Sarif;
pub use xml::{Checkstyle, Junit};

/// What a whole run came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// Articles checked.
    pub articles: usize,
    /// Translations checked.
    pub translations: usize,
    /// Findings by severity.
    pub severities: BTreeMap<Severity, usize>,
    /// Findings by origin.
    pub origins: BTreeMap<Origin, usize>,
    /// Findings by rule and severity.
    pub rules: BTreeMap<(Arc<str>, Severity), usize>,
    /// Findings of at least `Warning` by locale (empty string where it is not known).
    pub locales: BTreeMap<String, usize>,
    /// Files with findings, by rule.
    pub files: BTreeMap<Arc<str>, usize>,
    /// Findings that are suppressed, by comments or the baseline.
    pub suppressed: usize,
    /// What is to be said about the run itself.
    pub notices: Vec<Notice>,
}

impl Summary {
    /// Counts one finding in.
    pub fn count(&mut self, diagnostic: &Diagnostic) {
        *self.severities.entry(diagnostic.severity).or_default() += 1;
        *self.origins.entry(diagnostic.origin).or_default() += 1;
        *self.rules.entry((Arc::clone(&diagnostic.rule), diagnostic.severity)).or_default() += 1;
        if diagnostic.severity > Severity::Info {
            let locale = diagnostic.locale.as_deref().unwrap_or_default();
            *self.locales.entry(locale.to_owned()).or_default() += 1;
        }
    }

    /// Counts the findings of one article in.
    pub fn count_all(&mut self, findings: &Findings<'_>) {
        let mut files: Vec<(&Arc<str>, usize)> = Vec::new();
        for diagnostic in &findings.diagnostics {
            self.count(diagnostic);
            files.push((&diagnostic.rule, diagnostic.place.source));
        }
        self.suppressed += findings.suppressed.len();
        files.sort_unstable();
        files.dedup();
        for (rule, _) in files {
            *self.files.entry(Arc::clone(rule)).or_default() += 1;
        }
    }

    /// How many findings have this severity.
    pub fn with_severity(&self, severity: Severity) -> usize {
        self.severities.get(&severity).copied().unwrap_or_default()
    }

    /// The totals alone.
    #[must_use]
    pub fn without_tables(&self) -> Self {
        Self {
            articles: self.articles,
            translations: self.translations,
            severities: self.severities.clone(),
            origins: self.origins.clone(),
            suppressed: self.suppressed,
            notices: self.notices.clone(),
            ..Self::default()
        }
    }

    /// Adds another part of the same run.
    pub fn merge(&mut self, other: Self) {
        self.articles += other.articles;
        self.translations += other.translations;
        self.suppressed += other.suppressed;
        add(&mut self.severities, other.severities);
        add(&mut self.origins, other.origins);
        add(&mut self.rules, other.rules);
        add(&mut self.locales, other.locales);
        add(&mut self.files, other.files);
        self.notices.extend(other.notices);
    }
}

fn add<K: Ord>(to: &mut BTreeMap<K, usize>, from: BTreeMap<K, usize>) {
    for (key, n) in from {
        *to.entry(key).or_default() += n;
    }
}
