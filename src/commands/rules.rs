//! `cognate rules`

use std::path::Path;
use std::sync::Arc;

use super::{Exit, Failure, Surroundings};
use crate::catalogue::Rule;
use crate::cli::ListFormat;
use crate::config::KeyPath;

pub(super) fn run(format: ListFormat, config: Option<&Path>, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let config = world.config(config)?;
    let rules: Vec<&Arc<Rule>> = config.rules_known().collect();
    match format {
        ListFormat::Text => {
            let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
            for rule in rules {
                let declaration = &rule.declaration;
                writeln!(world.out, "{:width$}  {:7}  {}", rule.id, declaration.severity, declaration.summary)?;
            }
        }
        ListFormat::Json => {
            let rows: Vec<serde_json::Value> = rules.into_iter().map(|rule| row(rule)).collect();
            let text = serde_json::to_string_pretty(&rows).map_err(|error| error.to_string())?;
            writeln!(world.out, "{text}")?;
        }
    }
    Ok(Exit::Clean)
}

fn row(rule: &Rule) -> serde_json::Value {
    let declaration = &rule.declaration;
    serde_json::json!({
        "id": &*rule.id,
        "summary": declaration.summary,
        "severity": declaration.severity,
        "why": declaration.why,
        "help": declaration.help,
        "silent": declaration.silent,
        "category": declaration.category,
        "truth": declaration.truth,
        "check": rule.builtin.id,
        "declared": rule.said(&KeyPath::top("id")),
    })
}
