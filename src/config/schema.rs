//! The JSON Schemas of `cognate.yaml` and of rule files, for editors. They are made from the types by a test.

/// The schema of `cognate.yaml`.
pub const CONFIG: &str = include_str!("cognate.schema.json");

/// The schema of `rules/<id>.yaml`.
pub const RULE: &str = include_str!("../rule.schema.json");

/// The schema of rule files, with rules of a team's own.
pub const RULE_FILE: &str = include_str!("rule-file.schema.json");

#[cfg(test)]
pub(super) mod generate;
