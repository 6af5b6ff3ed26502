//! SARIF 2.1.0, for code scanning (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>).

use std::io::{self, Write};
use std::sync::Arc;

use serde_json::{Value, json};

use super::Summary;
use super::renderer::{Commas, Pieces, Renderer, message, references, shown, uri};
use crate::catalogue::Rule;
use crate::diagnostic::{Applicability, Diagnostic, Findings, Fix, Place, Severity, Suppressed, Suppressor};
use crate::source::Range;

/// Writes a SARIF log of one run.
pub struct Sarif {
    rules: Vec<Arc<Rule>>,
    verbose: bool,
    commas: Commas,
}

impl Sarif {
    /// A log that describes these rules.
    pub fn new(rules: Vec<Arc<Rule>>, verbose: bool) -> Self {
        Self { rules, verbose, commas: Commas::default() }
    }

    fn result(&self, one: &Diagnostic, suppressions: &Value, findings: &Findings<'_>) -> Value {
        let related: Vec<Value> = references(one)
            .enumerate()
            .map(|(id, related)| {
                let place = physical(&related.place, findings);
                json!({ "id": id, "message": { "text": related.message }, "physicalLocation": place })
            })
            .collect();
        json!({
            "ruleId": *one.rule,
            "ruleIndex": self.rules.iter().position(|rule| *rule.id == *one.rule),
            "level": level(one.severity),
            "message": { "text": message(one) },
            "locations": [{ "physicalLocation": physical(&one.place, findings) }],
            "relatedLocations": related,
            "partialFingerprints": { "cognate/v1": one.fingerprint },
            "fixes": one.fixes.iter().map(|fix| self::fix(fix, findings)).collect::<Vec<_>>(),
            "suppressions": suppressions,
            "properties": { "origin": one.origin.to_string(), "locale": one.locale.as_deref(), "article": *one.article },
        })
    }
}

impl Renderer for Sarif {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        let results = shown(findings, self.verbose).map(|one| without_nulls(self.result(one, &json!([]), findings)));
        results.map(|result| result.to_string()).collect()
    }

    fn suppressed(&self, findings: &Findings<'_>) -> Vec<String> {
        let result = |one: &Suppressed| {
            let kind = match one.by {
                Suppressor::Comment => "inSource",
                Suppressor::Baseline => "external",
            };
            let suppressions = json!([{ "kind": kind, "justification": one.reason }]);
            without_nulls(self.result(&one.diagnostic, &suppressions, findings)).to_string()
        };
        let is_shown = |one: &&Suppressed| self.verbose || one.diagnostic.severity > Severity::Info;
        findings.suppressed.iter().filter(is_shown).map(result).collect()
    }

    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "{{\n\"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\n\
             \"version\": \"2.1.0\",\n\"runs\": [ {{\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": ["
        )
    }

    fn put(&mut self, pieces: Pieces, out: &mut dyn Write) -> io::Result<()> {
        self.commas.put(&pieces.told, out)?;
        self.commas.put(&pieces.suppressed, out)
    }

    fn tail(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let rules: Vec<Value> = self.rules.iter().map(|rule| self::rule(rule)).collect();
        let driver = json!({ "name": "cognate", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
        let notices: Vec<Value> = summary
            .notices
            .iter()
            .map(|notice| json!({ "level": level(notice.level), "message": { "text": notice.message } }))
            .collect();
        let is_successful = summary.notices.iter().all(|notice| notice.level < Severity::Error);
        let invocation = json!({ "executionSuccessful": is_successful, "toolExecutionNotifications": notices });
        writeln!(out, "],\n\"tool\": {},\n\"invocations\": [{invocation}]\n}} ]\n}}", json!({ "driver": driver }))
    }
}

fn rule(rule: &Rule) -> Value {
    let declaration = &rule.declaration;
    json!({
        "id": *rule.id,
        "shortDescription": { "text": declaration.summary },
        "fullDescription": { "text": declaration.why },
        "help": { "text": declaration.help },
        "defaultConfiguration": { "level": level(declaration.severity) },
        "properties": { "tags": ["localization", declaration.category.mqm] },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn physical(place: &Place, findings: &Findings<'_>) -> Value {
    json!({ "artifactLocation": artifact(findings.path(place)), "region": region(place.range) })
}

fn artifact(path: &str) -> Value {
    json!({ "uri": uri(path) })
}

fn region(Range { start, end }: Range) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn fix(fix: &Fix, findings: &Findings<'_>) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| json!({ "deletedRegion": region(edit.place.range), "insertedContent": { "text": edit.text } }))
        .collect();
    let file = fix.edits.first().map(|edit| findings.path(&edit.place)).unwrap_or_default();
    let sure = if fix.applicability == Applicability::Safe { "" } else { " (look at it)" };
    json!({
        "description": { "text": format!("{}{sure}", fix.title) },
        "artifactChanges": [{ "artifactLocation": artifact(file), "replacements": replacements }],
    })
}

/// What is not known is left out: SARIF has no nulls.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        other => other,
    }
}
