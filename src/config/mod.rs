//! `cognate.yaml`: what is configured, read into types; where each value comes from; what is wrong and where.

mod error;
mod file;
mod nearest;
mod path;
mod phrase;
mod provenance;
mod read;
pub mod rule_file;
pub mod schema;
mod shapes;
mod validate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_yaml::Value;

use crate::catalogue::{self, Rule};
use crate::diagnostic::{Origin, Severity};
use crate::project::{absolute, shown};
use crate::source::Source;

pub use error::{ConfigError, Mistake};
pub use file::ConfigFile;
pub use nearest::did_you_mean;
pub use path::{KeyPath, Step};
pub use provenance::{BUILT_IN, Provenance};
pub use read::TypeError;
pub(crate) use read::typed;
pub(crate) use shapes::one_or_many;

/// The name that is looked for in the working directory and above.
pub const FILE_NAME: &str = "cognate.yaml";

/// What is configured for a project. All patterns in it are relative to the folder that the file is in.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "cognate.yaml"))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Config {
    /// The folder that patterns are relative to.
    #[serde(skip)]
    pub folder: PathBuf,
    /// Where its values come from.
    #[serde(skip)]
    pub provenance: Provenance,
    /// The rules of its rule files.
    #[serde(skip)]
    pub own_rules: Vec<Arc<Rule>>,
    /// Packs that hold for every document because the tree shows them; others still hold where a document does.
    #[serde(skip)]
    pub recognised: Vec<String>,
    /// Packs, by name: what is known of a kind of site. Later ones win. Without this key each document takes the packs
    /// that recognise it by its front matter.
    #[cfg_attr(test, schemars(schema_with = "schema::generate::packs"))]
    pub extends: Option<Vec<String>>,
    /// Folders outside the project, by a name of your own, for references that live in another repository. A layout
    /// writes `name:` before a pattern that is relative to one of them.
    pub roots: BTreeMap<String, PathBuf>,
    /// Where translations and their references are: one layout, or a list of which the first that matches a path wins.
    #[serde(deserialize_with = "shapes::one_or_many")]
    #[cfg_attr(test, schemars(schema_with = "schema::generate::one_or_many"))]
    pub layout: Vec<LayoutConfig>,
    /// The locale of the references, a BCP 47 tag such as `en-US`; `en` where it is left out.
    pub reference_locale: Option<String>,
    /// Files with rules of your own, by name or as globs such as `rules/*.yaml`; `cognate-rules.yaml`, where that stands
    /// beside this file, unless this key says otherwise.
    pub rule_files: Option<Vec<String>>,
    /// Changes to rules, by the name of the rule: a severity, `off`, or a mapping of `severity` and `options`.
    #[cfg_attr(test, schemars(with = "schema::generate::Rules"))]
    pub rules: BTreeMap<String, RuleOverlay>,
    /// Changes to rules for some files; the later of two that hold for a file wins.
    pub overrides: Vec<Override>,
    /// The highest severity that findings of an origin have. Those of `outdated` and `reference` are at most `info`
    /// unless this raises them.
    #[serde(deserialize_with = "shapes::by_origin")]
    #[cfg_attr(test, schemars(schema_with = "schema::generate::origins"))]
    pub origins: BTreeMap<Origin, Severity>,
    /// Files and folders that are left out, as globs in the manner of `.gitignore`, such as `**/includes/**`.
    pub ignore: Vec<String>,
    /// A file with findings that are known and not told, as `cognate check --write-baseline` writes it.
    pub baseline: Option<PathBuf>,
}

/// A folder outside of the project that the command line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// What layouts call it.
    pub name: String,
    /// Where it is.
    pub folder: PathBuf,
}

impl std::str::FromStr for Root {
    type Err = String;

    /// Reads `NAME=DIR`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((name, folder)) if !name.is_empty() && !folder.is_empty() => {
                Ok(Self { name: name.to_owned(), folder: folder.into() })
            }
            _ => Err("write NAME=DIR, such as source=../docs".to_owned()),
        }
    }
}

/// Where translations and their references are. `{path}` stands for one or more segments of a path and is the same on
/// both sides, `{locale}` for a locale tag, `{ext}` for an ending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Layout"))]
#[serde(deny_unknown_fields)]
pub struct LayoutConfig {
    /// Where the reference of a translation is, such as `content/en/{path}`. `name:` before it is one of `roots`. Leave
    /// it out where there is no source: translations made from one revision are then compared with each other.
    pub reference: Option<String>,
    /// Where translations are, such as `content/{locale}/{path}`.
    pub translation: String,
    /// The locale of the translations where their path does not name it, such as `fr`.
    pub locale: Option<String>,
    /// The reference is a copy kept beside the translation, of the revision that it was made from.
    #[serde(default)]
    pub snapshot: bool,
}

/// Changes to rules for some files: those in one of `locales` whose path matches one of `paths`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Override {
    /// Only translations into these locales; all where it is left out.
    pub locales: Vec<String>,
    /// Only files that match one of these globs; all where it is left out.
    pub paths: Vec<String>,
    /// The changes, as in `rules` at the top.
    #[cfg_attr(test, schemars(with = "schema::generate::Rules"))]
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

impl Config {
    /// Reads the configuration in `file`; without one, the nearest `cognate.yaml` in the `working` directory or above,
    /// else the nearest to the `asked` path.
    ///
    /// `roots` are those of the command line, relative to the working directory; they stand for those of the file.
    pub fn find(
        file: Option<&Path>,
        working: &Path,
        asked: Option<&Path>,
        roots: &[Root],
    ) -> Result<Self, ConfigError> {
        let roots: Vec<Root> =
            roots.iter().map(|root| Root { folder: absolute(working, &root.folder), ..root.clone() }).collect();
        let nearest = |from: &Path| from.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file());
        let asked = || nearest(&absolute(working, asked?));
        let named = file.map(|file| absolute(working, file));
        match named.or_else(|| nearest(working)).or_else(asked) {
            // A folder that is named by mistake may be the working directory, which has no name of its own.
            Some(path) if path == working => Self::read(&path),
            Some(path) => Self::read_as(&path, &shown(&path, working), &roots),
            None => {
                let roots = roots.into_iter().map(|root| (root.name, root.folder)).collect();
                let config = Self { folder: working.to_owned(), roots, ..Self::default() };
                let (rule_files, _) = rule_file::find(&config, None, working);
                let own_rules = rule_file::read_all(&rule_files, working, FILE_NAME)?;
                Ok(Self { own_rules, ..config })
            }
        }
    }

    /// Reads one file.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        Self::read_as(path, &path.display().to_string(), &[])
    }

    /// Reads one file that is told under a name of its own.
    fn read_as(path: &Path, name: &str, roots: &[Root]) -> Result<Self, ConfigError> {
        let source = match std::fs::read(path) {
            Ok(bytes) => Source::from_bytes(name, bytes),
            Err(error) => Source::unopened(name, &error),
        };
        read::read(source, path.parent().unwrap_or(path), roots)
    }

    /// Every rule that the project knows: those that ship with Cognate, then its own.
    pub fn rules_known(&self) -> impl Iterator<Item = &Arc<Rule>> {
        catalogue::builtin().iter().chain(&self.own_rules)
    }

    /// The tag of the references' locale: English where nothing says another.
    pub fn locale_of_references(&self) -> &str {
        self.reference_locale.as_deref().unwrap_or("en")
    }

    /// An error at a place of the file that this comes from.
    pub(crate) fn refuse(&self, path: &KeyPath, message: impl Into<String>) -> ConfigError {
        let Some(file) = &self.provenance.file else {
            let name = self.provenance.recognised.as_deref().unwrap_or(FILE_NAME);
            return ConfigError::new(Source::new(name, ""), vec![Mistake::new(None, message, "")]);
        };
        let source = Source::new(file.source().name(), file.source().file_text());
        ConfigError::new(source, vec![Mistake::new(file.value_span(path), message, "here")])
    }

    /// The path of a layout in the file, which may hold one or a list.
    pub fn layout_path(&self, at: usize) -> KeyPath {
        layout_path(self.provenance.file.as_deref(), at)
    }
}

fn layout_path(file: Option<&ConfigFile>, at: usize) -> KeyPath {
    let top = KeyPath::top("layout");
    let item = top.index(at);
    if file.is_some_and(|file| file.has(&item)) { item } else { top }
}

#[cfg(test)]
mod tests;
