//! GitLab's code quality report (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>).

use std::io::{self, Write};

use serde_json::json;

use super::Summary;
use super::renderer::{Commas, Pieces, Renderer, message, shown};
use crate::diagnostic::{Findings, Severity};

/// Writes a JSON array of issues.
pub struct Gitlab {
    verbose: bool,
    commas: Commas,
}

impl Gitlab {
    /// Without findings of severity `info` unless `verbose`.
    pub fn new(verbose: bool) -> Self {
        Self { verbose, commas: Commas::default() }
    }
}

impl Renderer for Gitlab {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        let issue = |one: &crate::diagnostic::Diagnostic| {
            let severity = match one.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            };
            let lines = json!({ "begin": one.place.range.start.line, "end": one.place.range.end.line });
            json!({
                "description": message(one),
                "check_name": *one.rule,
                "fingerprint": one.fingerprint,
                "severity": severity,
                "location": { "path": findings.path(&one.place), "lines": lines },
            })
        };
        shown(findings, self.verbose).map(|one| issue(one).to_string()).collect()
    }

    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "[")
    }

    fn put(&mut self, pieces: Pieces, out: &mut dyn Write) -> io::Result<()> {
        self.commas.put(&pieces.told, out)
    }

    fn tail(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "]")
    }
}
