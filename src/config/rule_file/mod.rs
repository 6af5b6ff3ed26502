//! Rules of a team's own: `cognate-rules.yaml`, and what `rule-files:` names.

mod find;
mod validate;

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use super::file::ConfigFile;
use super::path::KeyPath;
use super::read::{self, Wrong};
use super::{ConfigError, Mistake, phrase};
use crate::catalogue::{self, Own, Rule, Scope};
use crate::diagnostic::Severity;
use crate::examples::Examples;
use crate::project::{Globs, slashed};
use crate::rule::{Category, Declaration, Truth};
use crate::source::Source;

pub(super) use find::find;

/// The rule file that is read where it stands beside the configuration and `rule-files:` names no other.
pub const RULE_FILE: &str = "cognate-rules.yaml";

/// A rule of a team's own. What it leaves out is what the rule says whose check it runs.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "OwnRule"))]
#[cfg_attr(test, schemars(transform = super::schema::generate::options_of_checks))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnDeclaration {
    /// Its name in reports and configurations: the problem, in lower-case words with hyphens between.
    #[cfg_attr(test, schemars(regex(pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$")))]
    pub id: String,
    /// The rule whose check it runs under its own name, with its own options.
    #[cfg_attr(test, schemars(schema_with = "super::schema::generate::checks"))]
    pub check: String,
    /// What it finds, in one line.
    pub summary: String,
    /// Why that matters.
    pub why: Option<String>,
    /// What to do about a finding, as it stands behind `help:`; no capital at its start, no full stop.
    pub help: Option<String>,
    /// What looks like a finding and is not told.
    pub silent: Option<String>,
    /// How much a finding weighs unless `rules:` of the configuration says another.
    pub severity: Option<Severity>,
    /// The kind of error in the terms of the field.
    pub category: Option<Category>,
    /// How often it was right where that was measured.
    pub truth: Option<Truth>,
    /// What a finding says, in the place of what the check says: `{message}` stands for that, `{found}` for the text
    /// that is marked.
    pub message: Option<String>,
    /// Only translations into these locales; all where it is left out.
    #[serde(default)]
    pub locales: Vec<String>,
    /// Only files that match one of these globs, which are relative to the configuration's folder; all where it is left
    /// out.
    #[serde(default)]
    pub paths: Vec<String>,
    /// What the check goes by. A key that is left out is as the rule behind the check has it.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "std::collections::BTreeMap<String, serde_json::Value>"))]
    pub options: Mapping,
    /// Short texts that show what it finds and what it passes over: `cognate test-rules` tries them.
    #[serde(default)]
    pub examples: Examples,
}

/// Several rules in one file.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct OwnRules {
    /// The rules.
    pub rules: Vec<OwnDeclaration>,
}

/// Reads rule files, which are named relative to `folder`; `near` is the name of the configuration that they belong to.
pub(super) fn read_all(files: &[String], folder: &Path, near: &str) -> Result<Vec<Arc<Rule>>, ConfigError> {
    let above = Path::new(near).parent().unwrap_or(Path::new(""));
    let mut rules = Vec::new();
    for file in files {
        read_file(&folder.join(file), &slashed(&above.join(file)), folder, &mut rules)?;
    }
    Ok(rules)
}

/// Reads one rule file that is told under a name of its own, and adds its rules to those of others. `paths:` in it are
/// relative to `folder`.
pub fn read_file(path: &Path, name: &str, folder: &Path, rules: &mut Vec<Arc<Rule>>) -> Result<(), ConfigError> {
    let source = match std::fs::read(path) {
        Ok(bytes) => Source::from_bytes(name, bytes),
        Err(error) => Source::unopened(name, &error),
    };
    rules.extend(read_text(source, folder, rules)?);
    Ok(())
}

fn read_text(source: Source, folder: &Path, others: &[Arc<Rule>]) -> Result<Vec<Arc<Rule>>, ConfigError> {
    let (file, value) = read::parse(source, "a rule file")?;
    let file = Arc::new(file);
    let (declared, wrong) = declared(value);
    let mut mistakes: Vec<Mistake> = wrong.iter().map(|(path, words)| phrase::mistake(&file, path, words)).collect();
    let mut rules: Vec<Arc<Rule>> = Vec::new();
    for (path, declaration) in declared {
        let known: Vec<&Rule> = catalogue::builtin().iter().chain(others).chain(&rules).map(Arc::as_ref).collect();
        let told = mistakes.len();
        mistakes.extend(validate::mistakes(&declaration, &path, &file, folder, &known));
        if told == mistakes.len() {
            rules.extend(rule(declaration, path, &file, folder).map(Arc::new));
        }
    }
    if mistakes.is_empty() {
        return Ok(rules);
    }
    let source = Source::new(file.source().name(), file.source().file_text());
    Err(ConfigError::new(source, mistakes))
}

/// The rules of a file, which is one rule or a list of them, and what is wrong with their types.
fn declared(value: Value) -> (Vec<(KeyPath, OwnDeclaration)>, Vec<Wrong>) {
    match value.as_mapping() {
        Some(mapping) if mapping.is_empty() => (Vec::new(), Vec::new()),
        Some(mapping) if mapping.contains_key("rules") => {
            let (list, wrong) = read::salvage(value, read::typed::<OwnRules>);
            let rules = list.unwrap_or_default().rules.into_iter().enumerate();
            (rules.map(|(at, rule)| (KeyPath::top("rules").index(at), rule)).collect(), wrong)
        }
        _ => {
            let (rule, wrong) = read::salvage(value, read::typed::<OwnDeclaration>);
            (rule.into_iter().map(|rule| (KeyPath::default(), rule)).collect(), wrong)
        }
    }
}

/// A declaration over what the rule says whose check it runs.
fn rule(own: OwnDeclaration, path: KeyPath, file: &Arc<ConfigFile>, folder: &Path) -> Option<Rule> {
    let base = catalogue::builtin().iter().find(|rule| *rule.id == *own.check)?;
    let paths = if own.paths.is_empty() { None } else { Globs::new(folder, &own.paths).ok() };
    let options = options(base, &own.options);
    let declaration = Declaration {
        id: own.id,
        summary: own.summary,
        why: own.why.unwrap_or_default(),
        help: own.help.clone().unwrap_or_else(|| base.declaration.help.clone()),
        silent: own.silent.unwrap_or_default(),
        severity: own.severity.unwrap_or(base.declaration.severity),
        category: own.category.unwrap_or_else(|| base.declaration.category.clone()),
        truth: own.truth,
        options,
        examples: own.examples,
    };
    let scope = Scope { locales: own.locales, paths };
    let own = Own { file: Arc::clone(file), path, message: own.message, help: own.help, scope };
    Some(Rule { id: declaration.id.as_str().into(), builtin: base.builtin, declaration, own: Some(own) })
}

/// Options over those of the rule behind a check: a key stands for the whole of what that has under it.
fn options(base: &Rule, own: &Mapping) -> Value {
    let mut options = base.declaration.options.as_mapping().cloned().unwrap_or_default();
    for (key, value) in own {
        options.insert(key.clone(), value.clone());
    }
    Value::Mapping(options)
}

#[cfg(test)]
mod tests;
