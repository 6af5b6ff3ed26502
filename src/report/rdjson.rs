//! Reviewdog's diagnostic format (<https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>). Its columns count the
//! bytes of UTF-8, from 1.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Summary;
use super::renderer::{Commas, Pieces, Renderer, message, references, shown};
use crate::diagnostic::{Applicability, Diagnostic, Findings, Place, Severity};
use crate::source::Position;

/// Writes a `DiagnosticResult`.
pub struct Rdjson {
    verbose: bool,
    commas: Commas,
}

impl Rdjson {
    /// Without findings of severity `info` unless `verbose`.
    pub fn new(verbose: bool) -> Self {
        Self { verbose, commas: Commas::default() }
    }
}

impl Renderer for Rdjson {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        shown(findings, self.verbose).map(|one| diagnostic(one, findings).to_string()).collect()
    }

    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\n\"source\": {{ \"name\": \"cognate\" }},\n\"diagnostics\": [")
    }

    fn put(&mut self, pieces: Pieces, out: &mut dyn Write) -> io::Result<()> {
        self.commas.put(&pieces.told, out)
    }

    fn tail(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "]\n}}")
    }
}

fn diagnostic(one: &Diagnostic, findings: &Findings<'_>) -> Value {
    let severity = match one.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    };
    let related: Vec<Value> = references(one)
        .map(|related| json!({ "message": related.message, "location": location(&related.place, findings) }))
        .collect();
    // A suggestion is offered to be taken with a click: only what has one right answer, in one place.
    let sure = one.fixes.iter().filter(|fix| fix.applicability == Applicability::Safe);
    let suggestions: Vec<Value> = sure
        .filter_map(|fix| match fix.edits.as_slice() {
            [edit] => Some(json!({ "range": range(&edit.place, findings), "text": edit.text })),
            _ => None,
        })
        .collect();
    json!({
        "message": message(one),
        "location": location(&one.place, findings),
        "severity": severity,
        "code": { "value": *one.rule },
        "suggestions": suggestions,
        "related_locations": related,
    })
}

fn location(place: &Place, findings: &Findings<'_>) -> Value {
    json!({ "path": findings.path(place), "range": range(place, findings) })
}

fn range(place: &Place, findings: &Findings<'_>) -> Value {
    let source = findings.sources[place.source];
    let position = |at: u32, Position { line, .. }: Position| json!({ "line": line, "column": at.saturating_sub(source.line(line).start) + 1 });
    json!({
        "start": position(place.span.start, place.range.start),
        "end": position(place.span.end, place.range.end),
    })
}
