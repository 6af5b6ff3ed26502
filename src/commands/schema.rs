//! `cognate schema`

use super::{Exit, Failure, Surroundings};
use crate::cli::SchemaOf;
use crate::config::schema;
use crate::report::json;

pub(super) fn run(of: SchemaOf, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let schema = match of {
        SchemaOf::Config => schema::CONFIG,
        SchemaOf::Rule => schema::RULE,
        SchemaOf::RuleFile => schema::RULE_FILE,
        SchemaOf::Report => json::SCHEMA,
    };
    world.out.write_all(schema.as_bytes())?;
    Ok(Exit::Clean)
}
