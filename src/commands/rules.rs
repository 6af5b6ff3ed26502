//! `cognate rules`

use super::{Exit, Failure, Surroundings};
use crate::cli::ListFormat;
use crate::rule::Declaration;
use crate::rules::BUILTINS;

pub(super) fn run(format: ListFormat, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let declarations: Vec<Declaration> = BUILTINS
        .iter()
        .map(|builtin| builtin.declaration().map_err(|error| error.to_string()))
        .collect::<Result<_, _>>()?;
    match format {
        ListFormat::Text => {
            let width = declarations.iter().map(|one| one.id.len()).max().unwrap_or_default();
            for one in &declarations {
                writeln!(world.out, "{:width$}  {:7}  {}", one.id, one.severity, one.summary)?;
            }
        }
        ListFormat::Json => {
            let rows: Vec<serde_json::Value> = declarations.iter().map(row).collect();
            let text = serde_json::to_string_pretty(&rows).map_err(|error| error.to_string())?;
            writeln!(world.out, "{text}")?;
        }
    }
    Ok(Exit::Clean)
}

fn row(one: &Declaration) -> serde_json::Value {
    serde_json::json!({
        "id": one.id,
        "summary": one.summary,
        "severity": one.severity,
        "why": one.why,
        "help": one.help,
        "silent": one.silent,
        "category": one.category,
        "truth": one.truth,
    })
}
