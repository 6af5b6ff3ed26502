//! Annotations of GitHub Actions: workflow commands on standard output.
//!
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::Summary;
use super::renderer::{Pieces, Renderer, message, shown};
use crate::diagnostic::{Diagnostic, Findings, Severity};

/// Annotations of each severity that a step shows.
const SHOWN: usize = 10;

/// Writes annotations, as many as are shown, and how many more there are.
pub struct Github {
    verbose: bool,
    written: BTreeMap<char, usize>,
}

impl Github {
    /// Without findings of severity `info` unless `verbose`.
    pub fn new(verbose: bool) -> Self {
        Self { verbose, written: BTreeMap::new() }
    }
}

impl Renderer for Github {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        shown(findings, self.verbose).map(|one| annotation(one, findings)).collect()
    }

    fn put(&mut self, pieces: Pieces, out: &mut dyn Write) -> io::Result<()> {
        for piece in pieces.told {
            // `::error`, `::warning`, `::notice`
            let written = self.written.entry(piece.chars().nth(2).unwrap_or_default()).or_default();
            *written += 1;
            if *written <= SHOWN {
                writeln!(out, "{piece}")?;
            }
        }
        Ok(())
    }

    fn tail(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let more: usize = self.written.values().map(|written| written.saturating_sub(SHOWN)).sum();
        if more > 0 {
            let are = if more == 1 { "finding is" } else { "findings are" };
            writeln!(out, "{more} more {are} not annotated: a step shows {SHOWN} of each severity")?;
        }
        Ok(())
    }
}

fn annotation(one: &Diagnostic, findings: &Findings<'_>) -> String {
    let command = match one.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = (one.place.range.start, one.place.range.end);
    let mut places = format!("file={},line={},endLine={}", property(findings.path(&one.place)), start.line, end.line);
    // Columns of several lines are taken for those of the first.
    if start.line == end.line {
        let _ = write!(places, ",col={},endColumn={}", start.column, end.column);
    }
    let title = property(&format!("cognate: {}", one.rule));
    format!("::{command} {places},title={title}::{}", data(&message(one)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_command() {
        assert_eq!(data("100%\n::error::x"), "100%25%0A::error::x");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
