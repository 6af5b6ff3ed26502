//! `cognate.yaml`: what is configured, read into types.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_yaml::Value;

use crate::diagnostic::{Origin, Severity};
use crate::pack;
use crate::project::Globs;
use crate::rules::BUILTINS;

/// The name that is looked for in the working directory and above.
pub const FILE_NAME: &str = "cognate.yaml";

/// A configuration; patterns in it are relative to [`Config::folder`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Config {
    /// The folder that patterns are relative to.
    #[serde(skip)]
    pub folder: PathBuf,
    /// Packs that hold for every document because the tree shows them; others still hold where a document does.
    #[serde(skip)]
    pub recognised: Vec<String>,
    /// Packs, by name; `None` lets each document take those that recognise it.
    pub extends: Option<Vec<String>>,
    /// Folders outside the project, by the name that a layout calls them.
    pub roots: BTreeMap<String, PathBuf>,
    /// Where translations and their references are; the first that matches a path wins.
    #[serde(deserialize_with = "one_or_many")]
    pub layout: Vec<LayoutConfig>,
    /// The locale of the references.
    pub reference_locale: Option<String>,
    /// Changes to rules.
    pub rules: BTreeMap<String, RuleOverlay>,
    /// Changes to rules for some files.
    pub overrides: Vec<Override>,
    /// The highest severity that findings of an origin have.
    pub origins: BTreeMap<Origin, Severity>,
    /// Files that are left out.
    pub ignore: Vec<String>,
}

/// Where translations and their references are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutConfig {
    /// Pattern of the reference; left out where there is no source.
    pub reference: Option<String>,
    /// Pattern of the translations.
    pub translation: String,
    /// The locale, where the pattern does not name it.
    pub locale: Option<String>,
    /// The reference is a copy kept beside the translation, of the revision that it was made from.
    #[serde(default)]
    pub snapshot: bool,
}

/// Changes to rules for some files.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Override {
    /// Only these locales; all where it is empty.
    pub locales: Vec<String>,
    /// Only paths that match one of these; all where it is empty.
    pub paths: Vec<String>,
    /// The changes.
    pub rules: BTreeMap<String, RuleOverlay>,
}

/// A change to a rule: a severity, `off`, or a mapping that overlays its YAML.
#[derive(Clone, Debug, Default)]
pub struct RuleOverlay {
    /// `Some(None)` is `off`.
    pub severity: Option<Option<Severity>>,
    /// Merged over the rule's options.
    pub options: Option<Value>,
}

/// Why a configuration cannot be used.
#[derive(Clone, Debug)]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong, where and what to do.
    pub message: String,
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl Config {
    /// Reads the configuration in `file`; without one, the nearest `cognate.yaml` in the `working` directory or above,
    /// else the nearest to the `asked` path.
    pub fn find(file: Option<&Path>, working: &Path, asked: Option<&Path>) -> Result<Self, ConfigError> {
        let nearest = |from: &Path| from.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file());
        let asked = || nearest(&crate::project::absolute(working, asked?));
        let named = file.map(|file| crate::project::absolute(working, file));
        match named.or_else(|| nearest(working)).or_else(asked) {
            Some(path) => Self::read(&path),
            None => Ok(Self { folder: working.to_owned(), ..Self::default() }),
        }
    }

    /// Reads one file.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let fail = |message: String| ConfigError { path: path.to_owned(), message };
        let text = std::fs::read_to_string(path).map_err(|error| fail(error.to_string()))?;
        let mut config: Self = if text.trim().is_empty() {
            Self::default()
        } else {
            serde_yaml::from_str(&text).map_err(|error| fail(error.to_string()))?
        };
        config.folder = path.parent().map(Path::to_owned).unwrap_or_default();
        config.validate().map_err(fail)?;
        Globs::new(&config.folder, &config.ignore).map_err(|error| fail(format!("ignore: {error}")))?;
        Ok(config)
    }

    fn validate(&self) -> Result<(), String> {
        let packs: Vec<&str> = pack::builtin().iter().map(|pack| pack.name.as_str()).collect();
        if let Some(name) = self.extends.iter().flatten().find(|name| !packs.contains(&name.as_str())) {
            return Err(format!("extends: there is no pack `{name}`; {}", did_you_mean(name, &packs)));
        }
        let rules: Vec<&str> = BUILTINS.iter().map(|builtin| builtin.id).collect();
        for id in self.rules.keys().chain(self.overrides.iter().flat_map(|one| one.rules.keys())) {
            if !rules.contains(&id.as_str()) {
                return Err(format!("rules: there is no rule `{id}`; {}", did_you_mean(id, &rules)));
            }
        }
        Ok(())
    }
}

/// The nearest known name, or all of them.
pub fn did_you_mean(name: &str, known: &[&str]) -> String {
    let near = known.iter().map(|known| (distance(name, known), known)).min();
    match near {
        Some((far, known)) if far <= name.len().max(3) / 3 => format!("did you mean `{known}`?"),
        _ => format!("known are {}", known.join(", ")),
    }
}

/// Levenshtein's edit distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

pub(crate) fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<LayoutConfig>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(Vec::new()),
        Value::Sequence(many) => many
            .into_iter()
            .map(|one| serde_yaml::from_value(one).map_err(|e| D::Error::custom(format!("layout: {e}"))))
            .collect(),
        one => Ok(vec![serde_yaml::from_value(one).map_err(|e| D::Error::custom(format!("layout: {e}")))?]),
    }
}

impl<'de> Deserialize<'de> for RuleOverlay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Mapping {
            severity: Option<Value>,
            options: Option<Value>,
        }
        match Value::deserialize(deserializer)? {
            value @ Value::Mapping(_) => {
                let mapping: Mapping = serde_yaml::from_value(value).map_err(D::Error::custom)?;
                let severity = mapping.severity.as_ref().map(severity).transpose().map_err(D::Error::custom)?;
                Ok(Self { severity, options: mapping.options })
            }
            value => Ok(Self { severity: Some(severity(&value).map_err(D::Error::custom)?), options: None }),
        }
    }
}

/// A severity, or `None` for `off` (which YAML 1.1 calls false).
fn severity(value: &Value) -> Result<Option<Severity>, String> {
    match value {
        Value::Bool(false) => Ok(None),
        Value::String(word) if word == "off" => Ok(None),
        value => serde_yaml::from_value(value.clone()).map(Some).map_err(|_| {
            let word = serde_yaml::to_string(value).unwrap_or_default();
            format!(
                "`{}` is no severity; write error, warning, info or off, or a mapping of `severity` and `options`",
                word.trim()
            )
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        let config: Config = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        config.validate()?;
        Ok(config)
    }

    #[test]
    fn a_rule_is_a_severity_off_or_a_mapping() {
        let config =
            read("rules: { stale-host: error, extra-link: off, drifted-url: { severity: info } }").expect("sound");
        assert_eq!(config.rules["stale-host"].severity, Some(Some(Severity::Error)));
        assert_eq!(config.rules["extra-link"].severity, Some(None));
        assert_eq!(config.rules["drifted-url"].severity, Some(Some(Severity::Info)));
    }

    #[test]
    fn mistakes_name_the_nearest_right_word() {
        assert!(read("rules: { stale-hosts: error }").is_err_and(|e| e.contains("did you mean `stale-host`?")));
        assert!(read("rules: { stale-host: fatal }").is_err_and(|e| e.contains("`fatal` is no severity")));
        assert!(read("extends: [microsoft-lern]").is_err_and(|e| e.contains("did you mean `microsoft-learn`?")));
        assert!(read("layouts: {}").is_err_and(|e| e.contains("unknown field `layouts`")));
        assert!(read("layout: { reference: x }").is_err_and(|e| e.contains("missing field `translation`")));
    }
}
