//! One line for each finding: `path:line:column: severity[rule]: message`, as editors read it.

use super::renderer::{Renderer, message, shown};
use super::text::visible;
use crate::diagnostic::Findings;

/// Writes one line for each finding.
pub struct Concise {
    verbose: bool,
}

impl Concise {
    /// Without findings of severity `info` unless `verbose`.
    pub fn new(verbose: bool) -> Self {
        Self { verbose }
    }
}

impl Renderer for Concise {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        let line = |one: &crate::diagnostic::Diagnostic| {
            let start = one.place.range.start;
            let (path, words) = (visible(findings.path(&one.place)), message(one));
            format!(
                "{path}:{}:{}: {}[{}]: {}\n",
                start.line,
                start.column,
                one.severity,
                one.rule,
                visible(&words).replace('\n', " ")
            )
        };
        shown(findings, self.verbose).map(line).collect()
    }
}
