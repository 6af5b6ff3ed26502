//! From a text to a [`Config`], or to all that is wrong in it.

use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};

use super::error::{ConfigError, Mistake};
use super::file::ConfigFile;
use super::path::{KeyPath, Step};
use super::provenance::Provenance;
use super::{Config, Root, phrase, rule_file, validate};
use crate::source::{Source, Span};

/// Why a value is not of its type, and where in it.
pub type TypeError = serde_path_to_error::Error<serde_yaml::Error>;

/// What is wrong with a value, and where.
pub(crate) type Wrong = (KeyPath, String);

/// Reads a configuration; patterns in it are relative to `folder`.
pub(super) fn read(source: Source, folder: &Path, roots: &[Root]) -> Result<Config, ConfigError> {
    let (file, value) = parse(source, "a configuration")?;
    let (config, wrong) = salvage(value, typed::<Config>);
    let mut mistakes: Vec<Mistake> = wrong.iter().map(|(path, words)| phrase::mistake(&file, path, words)).collect();
    let mut config = config.unwrap_or_default();
    folder.clone_into(&mut config.folder);
    config.roots.extend(roots.iter().map(|root| (root.name.clone(), root.folder.clone())));
    let (rule_files, wrong) = rule_file::find(&config, Some(&file), folder);
    mistakes.extend(wrong);
    config.own_rules = rule_file::read_all(&rule_files, folder, file.source().name())?;
    mistakes.extend(validate::mistakes(&config, &file));
    if !mistakes.is_empty() {
        return Err(refused(file, mistakes));
    }
    config.provenance = Provenance { file: Some(Arc::new(file)), recognised: None };
    Ok(config)
}

/// Reads a file that people write for Cognate as far as YAML goes; `noun` says what it is.
pub(super) fn parse(source: Source, noun: &'static str) -> Result<(ConfigFile, Value), ConfigError> {
    if let Some(defect) = source.defect() {
        let mistake = Mistake::new(None, &defect.reason, "").help(defect.remedy);
        return Err(ConfigError::new(source, vec![mistake]));
    }
    let (file, mut mistakes) = ConfigFile::new(source, noun);
    if !mistakes.is_empty() {
        return Err(refused(file, mistakes));
    }
    let value: Value = match serde_yaml::from_str(file.source().text()) {
        Ok(value) => value,
        Err(error) => {
            mistakes.push(syntax(&error, noun, file.source().text()));
            return Err(refused(file, mistakes));
        }
    };
    let value = if value.is_null() { Value::Mapping(Mapping::new()) } else { with_text_keys(value) };
    Ok((file, value))
}

fn refused(file: ConfigFile, mistakes: Vec<Mistake>) -> ConfigError {
    ConfigError::new(file.into_source(), mistakes)
}

/// What the second parser refuses and the first one does not.
fn syntax(error: &serde_yaml::Error, noun: &str, text: &str) -> Mistake {
    let words = error.to_string();
    if words.contains("more than one document") {
        let span = text.rfind("\n---").map(|at| Span::new(at + 1..at + 4));
        let message = format!("a second YAML document starts here; {noun} is one");
        let mistake = Mistake::new(span, message, "another document");
        return mistake.help("remove the `---`");
    }
    Mistake::new(error.location().map(|location| Span::at(location.index())), words, "here")
}

/// The same with `1:` for the key `"1"`, so that it is told like any other that is not known.
fn with_text_keys(value: Value) -> Value {
    let text = |key: Value| match key {
        Value::Bool(word) => word.to_string().into(),
        Value::Number(number) => number.to_string().into(),
        Value::Null => "null".into(),
        key => key,
    };
    match value {
        Value::Mapping(mapping) => {
            let entries = mapping.into_iter().map(|(key, value)| (text(key), with_text_keys(value)));
            Value::Mapping(entries.collect())
        }
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(with_text_keys).collect()),
        value => value,
    }
}

/// Reads a value without its parts that are wrong, and tells each of these.
pub(crate) fn salvage<T>(mut value: Value, read: impl Fn(Value) -> Result<T, TypeError>) -> (Option<T>, Vec<Wrong>) {
    let mut told: Vec<Wrong> = Vec::new();
    let mut filled: Vec<KeyPath> = Vec::new();
    loop {
        let error = match read(value.clone()) {
            Ok(read) => return (Some(read), told),
            Err(error) => error,
        };
        let path = KeyPath::from(error.path());
        let words = error.inner().to_string();
        let missing = words.strip_prefix("missing field `").and_then(|rest| Some(path.key(rest.split_once('`')?.0)));
        // What is missing may have been taken away because it was wrong, and what stands in for it is no mistake.
        let place = missing.as_ref().unwrap_or(&path);
        if !told.iter().any(|(known, _)| known == place) && !filled.iter().any(|known| path.is_in(known)) {
            told.push((path.clone(), words));
        }
        let is_filled = missing.as_ref().is_some_and(|missing| fill(&mut value, missing));
        filled.extend(missing.filter(|_| is_filled));
        if !is_filled && !remove(&mut value, &path) {
            return (None, told);
        }
    }
}

/// Puts something at a place where a key is missing, so that what stands beside it can be read.
fn fill(value: &mut Value, path: &KeyPath) -> bool {
    let Some((Step::Key(key), parents)) = path.steps().split_last() else { return false };
    let mapping = walk(value, parents).and_then(Value::as_mapping_mut);
    mapping.is_some_and(|mapping| mapping.insert(key.as_str().into(), "_".into()).is_none())
}

/// Takes the innermost entry of a mapping away that a path goes through: paths through lists stay true.
fn remove(value: &mut Value, path: &KeyPath) -> bool {
    let steps = path.steps();
    let Some(last) = steps.iter().rposition(|step| matches!(step, Step::Key(_))) else { return false };
    let (Some(parent), Step::Key(key)) = (walk(value, &steps[..last]), &steps[last]) else { return false };
    parent.as_mapping_mut().is_some_and(|mapping| mapping.remove(key.as_str()).is_some())
}

fn walk<'v>(value: &'v mut Value, steps: &[Step]) -> Option<&'v mut Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key.as_str()),
        Step::Index(index) => value.get_mut(*index),
    })
}

/// Reads a value of any type, with the place of what is wrong.
pub(crate) fn typed<T: DeserializeOwned>(value: Value) -> Result<T, TypeError> {
    serde_path_to_error::deserialize(value)
}
