//! JSON for programs. `report.schema.json` describes it, and a test holds the output against that.

use std::io::{self, Write};

use serde::Serialize;

use super::Summary;
use super::renderer::{Commas, Pieces, Renderer};
use crate::diagnostic::{
    Basis, Diagnostic, Findings, Fix, Notice, Origin, Related, Role, Severity, Suppressed, Suppressor,
};
use crate::source::Range;

/// The JSON Schema of the report.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// Writes one object.
#[derive(Debug, Default)]
pub struct Json {
    commas: Commas,
    /// What stands behind the diagnostics.
    suppressed: Vec<String>,
}

impl Renderer for Json {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        findings.diagnostics.iter().map(|one| diagnostic(one, findings)).collect()
    }

    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(head().as_bytes())
    }

    fn suppressed(&self, findings: &Findings<'_>) -> Vec<String> {
        findings.suppressed.iter().map(|one| suppressed(one, findings)).collect()
    }

    fn put(&mut self, pieces: Pieces, out: &mut dyn Write) -> io::Result<()> {
        self.suppressed.extend(pieces.suppressed);
        self.commas.put(&pieces.told, out)
    }

    fn tail(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(tail(summary, &self.suppressed).as_bytes())
    }
}

/// Writes the diagnostics alone, one a line.
#[derive(Debug)]
pub struct JsonLines;

impl Renderer for JsonLines {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        findings.diagnostics.iter().map(|one| diagnostic(one, findings) + "\n").collect()
    }
}

#[derive(Serialize)]
struct DiagnosticJson<'a> {
    rule: &'a str,
    severity: Severity,
    origin: Origin,
    message: &'a str,
    help: Option<&'a str>,
    url: Option<&'a str>,
    article: &'a str,
    path: &'a str,
    locale: Option<&'a str>,
    range: Range,
    related: Vec<RelatedJson<'a>>,
    fixes: Vec<FixJson<'a>>,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppression: Option<SuppressionJson<'a>>,
}

#[derive(Serialize)]
struct SuppressionJson<'a> {
    by: Suppressor,
    reason: &'a str,
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    role: Role,
    message: &'a str,
    path: &'a str,
    range: Range,
    basis: Option<Basis>,
    revision: Option<&'a str>,
}

#[derive(Serialize)]
struct FixJson<'a> {
    applicability: crate::diagnostic::Applicability,
    title: &'a str,
    edits: Vec<EditJson<'a>>,
}

#[derive(Serialize)]
struct EditJson<'a> {
    range: Range,
    text: &'a str,
}

/// One diagnostic on one line, without a line ending.
fn diagnostic(diagnostic: &Diagnostic, findings: &Findings<'_>) -> String {
    written(diagnostic, None, findings)
}

/// The same of one that is suppressed.
fn suppressed(one: &Suppressed, findings: &Findings<'_>) -> String {
    let suppression = SuppressionJson { by: one.by, reason: &one.reason };
    written(&one.diagnostic, Some(suppression), findings)
}

fn written(diagnostic: &Diagnostic, suppression: Option<SuppressionJson<'_>>, findings: &Findings<'_>) -> String {
    let json = DiagnosticJson {
        rule: &diagnostic.rule,
        severity: diagnostic.severity,
        origin: diagnostic.origin,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        url: None,
        article: &diagnostic.article,
        path: findings.path(&diagnostic.place),
        locale: diagnostic.locale.as_deref(),
        range: diagnostic.place.range,
        related: diagnostic.related.iter().map(|one| related(one, findings)).collect(),
        fixes: diagnostic.fixes.iter().map(fix).collect(),
        fingerprint: &diagnostic.fingerprint,
        suppression,
    };
    // Only strings and numbers are written: this cannot fail.
    serde_json::to_string(&json).unwrap_or_default()
}

fn related<'d>(one: &'d Related, findings: &'d Findings<'_>) -> RelatedJson<'d> {
    RelatedJson {
        role: one.role,
        message: &one.message,
        path: findings.path(&one.place),
        range: one.place.range,
        basis: one.basis,
        revision: one.revision.as_deref(),
    }
}

fn fix(fix: &Fix) -> FixJson<'_> {
    let edits = fix.edits.iter().map(|edit| EditJson { range: edit.place.range, text: &edit.text });
    FixJson { applicability: fix.applicability, title: &fix.title, edits: edits.collect() }
}

/// What stands before the first diagnostic of a report.
fn head() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "{{\n\"schema\": \"cognate-report/1\",\n\"tool\": {{ \"name\": \"cognate\", \"version\": \"{version}\" }},\n\"diagnostics\": ["
    )
}

/// What stands behind the last diagnostic of a report.
fn tail(summary: &Summary, suppressed: &[String]) -> String {
    #[derive(Serialize)]
    struct Totals {
        articles: usize,
        translations: usize,
        errors: usize,
        warnings: usize,
        infos: usize,
        origins: Origins,
    }
    #[derive(Serialize)]
    struct Origins {
        translation: usize,
        outdated: usize,
        reference: usize,
    }
    let of = |origin| summary.origins.get(&origin).copied().unwrap_or_default();
    let totals = Totals {
        articles: summary.articles,
        translations: summary.translations,
        errors: summary.with_severity(Severity::Error),
        warnings: summary.with_severity(Severity::Warning),
        infos: summary.with_severity(Severity::Info),
        origins: Origins {
            translation: of(Origin::Translation),
            outdated: of(Origin::Outdated),
            reference: of(Origin::Reference),
        },
    };
    let suppressed = suppressed.iter().map(|one| format!("\n{one}")).collect::<Vec<_>>().join(",");
    let notices: &[Notice] = &summary.notices;
    let notices = serde_json::to_string(notices).unwrap_or_default();
    let totals = serde_json::to_string(&totals).unwrap_or_default();
    format!("],\n\"suppressed\": [{suppressed}],\n\"notices\": {notices},\n\"summary\": {totals}\n}}\n")
}
