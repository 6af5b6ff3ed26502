//! The baseline: findings that were there when a project began to check, and that nobody wants to hear of.
//!
//! It only shrinks: what is mended is taken out, and nothing comes in but by writing a new one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Findings, Suppressed, Suppressor};

/// The version of the format.
const SCHEMA: &str = "cognate-baseline/1";

/// Known findings, and which of them a run met.
#[derive(Debug, Default)]
pub struct Baseline {
    /// By fingerprint.
    known: BTreeMap<String, Entry>,
    met: Mutex<BTreeMap<String, Entry>>,
    /// Takes whatever it meets.
    is_new: bool,
}

/// A known finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    path: String,
    rule: String,
    fingerprint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Entry>,
}

impl Baseline {
    /// One that takes whatever it meets.
    pub fn recording() -> Self {
        Self { is_new: true, ..Self::default() }
    }

    /// Reads one. Errors say what is wrong with the text.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(text).map_err(|error| format!("this is no baseline: {error}"))?;
        if file.schema != SCHEMA {
            return Err(format!("this is a baseline of another version: `{}` rather than `{SCHEMA}`", file.schema));
        }
        let known = file.findings.into_iter().map(|entry| (entry.fingerprint.clone(), entry));
        Ok(Self { known: known.collect(), ..Self::default() })
    }

    /// Sets known findings apart from the others.
    pub fn apply(&self, findings: &mut Findings<'_>) {
        let (known, new): (Vec<Diagnostic>, Vec<Diagnostic>) = std::mem::take(&mut findings.diagnostics)
            .into_iter()
            .partition(|one| self.is_new || self.known.contains_key(&one.fingerprint));
        findings.diagnostics = new;
        if known.is_empty() {
            return;
        }
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        for one in &known {
            let entry = Entry {
                path: findings.path(&one.place).to_owned(),
                rule: one.rule.to_string(),
                fingerprint: one.fingerprint.clone(),
            };
            met.insert(one.fingerprint.clone(), entry);
        }
        drop(met);
        let suppressed = known.into_iter().map(|diagnostic| Suppressed {
            diagnostic,
            by: Suppressor::Baseline,
            reason: String::new(),
        });
        findings.suppressed.extend(suppressed);
    }

    /// How many findings a run met.
    pub fn met(&self) -> usize {
        self.met.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// How many known findings a whole run did not meet.
    pub fn stale(&self) -> usize {
        let met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        self.known.keys().filter(|fingerprint| !met.contains_key(*fingerprint)).count()
    }

    /// What a run met, to be kept: a line for each, in the order of the files.
    pub fn text(&self) -> String {
        let met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let entries: BTreeSet<&Entry> = met.values().collect();
        // Only strings are written: this cannot fail.
        let lines: Vec<String> = entries.iter().filter_map(|entry| serde_json::to_string(entry).ok()).collect();
        let lines: Vec<String> = lines.iter().map(|line| format!("\n    {line}")).collect();
        let end = if lines.is_empty() { "" } else { "\n  " };
        format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": [{}{end}]\n}}\n", lines.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_baseline_is_read_as_it_was_written() {
        let entry = |n: &str| Entry { path: "a.md".to_owned(), rule: "x".to_owned(), fingerprint: n.to_owned() };
        let written = Baseline::recording();
        written
            .met
            .lock()
            .expect("no panic")
            .extend([("2", entry("2")), ("1", entry("1"))].map(|(n, one)| (n.to_owned(), one)));
        let read = Baseline::read(&written.text()).expect("a baseline");
        assert_eq!((read.known.len(), read.stale()), (2, 2));
        assert!(Baseline::read("[]").is_err());
        assert!(Baseline::read("{ \"schema\": \"cognate-baseline/9\", \"findings\": [] }").is_err());
        assert!(Baseline::read(&Baseline::recording().text()).is_ok());
    }
}
