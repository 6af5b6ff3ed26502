//! Settings: what is in force for a document once built-in declarations, packs, configuration, overrides and flags
//! are laid over each other.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde_yaml::Value;

use crate::config::{Config, ConfigError, KeyPath, Override, RuleOverlay, TypeError};
use crate::diagnostic::{Origin, Severity};
use crate::document::{Dialect, Metadata};
use crate::pack::{self, Pack};
use crate::project::Globs;
use crate::rule::{Check, Declaration, Kind};
use crate::rules::BUILTINS;
use crate::target::Facts;

/// A rule that is in force.
pub struct ActiveRule {
    /// Its name.
    pub id: &'static str,
    /// What it reads, and what its findings are about.
    pub kind: Kind,
    /// How much its findings weigh.
    pub severity: Severity,
    /// What to do about them, unless the check says more.
    pub help: String,
    /// What finds them.
    pub check: Box<dyn Check>,
}

/// What is in force for a document.
pub struct Settings {
    /// Rules, in the order of their declaration.
    pub rules: Vec<ActiveRule>,
    /// What is known of hosts.
    pub facts: Facts,
    /// Metadata keys that name a revision.
    pub pins: Vec<String>,
    /// Metadata key of the hand-off date.
    pub handoff: Option<String>,
    /// What stands behind a pin where the translation was brought up to date in places since.
    pub patched: Option<String>,
    /// Metadata key by which a document says that it is behind.
    pub drift_flag: Option<String>,
    /// Metadata key of the locale.
    pub locale: Option<String>,
}

/// Which rules the command line asks for.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these; all where it is empty.
    pub select: Vec<String>,
    /// All but these.
    pub ignore: Vec<String>,
}

impl Selection {
    fn takes(&self, id: &str) -> bool {
        (self.select.is_empty() || self.select.iter().any(|one| one == id)) && !self.ignore.iter().any(|one| one == id)
    }
}

/// What holds for a document beyond the configuration itself.
#[derive(Debug)]
pub struct Layers<'s> {
    /// Packs that it takes, in the order in which they combine.
    pub packs: Vec<&'static Pack>,
    /// Overrides that hold for it, with their place in the list.
    pub overrides: Vec<(usize, &'s Override)>,
}

/// Which packs and overrides hold for a document.
type Key = (u64, u64);

/// Makes [`Settings`] and keeps them: a project has few different ones.
pub struct SettingsStore {
    config: Config,
    selection: Selection,
    declarations: Vec<Declaration>,
    /// The `paths:` of each override; `None` where it holds everywhere.
    paths: Vec<Option<Globs>>,
    made: Mutex<HashMap<Key, Arc<Settings>>>,
}

impl SettingsStore {
    /// Checks that every layer of the configuration can be applied.
    pub fn new(config: Config, selection: Selection) -> Result<Self, ConfigError> {
        let declarations =
            BUILTINS.iter().map(|builtin| builtin.declaration().map_err(|error| format!("{}: {error}", builtin.id)));
        let paths = config.overrides.iter().map(|one| {
            let globs = (!one.paths.is_empty()).then(|| Globs::new(&config.folder, &one.paths));
            globs.transpose().map_err(|error| format!("overrides: paths: {error}"))
        });
        let refuse = |message: String| config.refuse(&KeyPath::default(), message);
        let paths = paths.collect::<Result<_, _>>().map_err(refuse)?;
        let declarations = declarations.collect::<Result<_, _>>().map_err(refuse)?;
        let store = Self { paths, declarations, config, selection, made: Mutex::default() };
        // Every pack and override at once, so that mistakes in options are told before anything is read.
        if let Err((id, error)) = store.make((u64::MAX, u64::MAX)) {
            let options = KeyPath::top("rules").key(id).key("options").join(&error.path().into());
            return Err(store.config.refuse(&options, error.inner().to_string()));
        }
        Ok(store)
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What is built in of each rule.
    pub(crate) fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    /// What holds for a document, by what is in it, where it is and what language it is in.
    pub fn layers(&self, metadata: Option<&Metadata<'_>>, path: &Path, locale: Option<&str>) -> Layers<'_> {
        Layers {
            packs: self.packs(metadata).map(|(_, pack)| pack).collect(),
            overrides: self.overrides(path, locale).collect(),
        }
    }

    /// What answers about documents depend on beside the documents: the packs that the whole project takes.
    pub fn what_it_goes_by(&self) -> String {
        let packs = self.config.extends.as_ref().unwrap_or(&self.config.recognised);
        format!("{} {:?}", packs.join(" "), self.config.reference_locale)
    }

    /// May a rule find anything in this run? False where the command line or the configuration switches it off.
    pub fn may_run(&self, id: &str) -> bool {
        let is_off = self.config.rules.get(id).is_some_and(|overlay| overlay.severity == Some(None));
        self.selection.takes(id) && !is_off
    }

    /// The dialect of the project: those of the packs that `extends:` names, or that the tree shows, laid over the default
    /// in that order.
    pub fn dialect(&self) -> Dialect {
        let mut dialect = Dialect::default();
        for name in self.config.extends.as_ref().unwrap_or(&self.config.recognised) {
            if let Some(pack) = pack::builtin().iter().find(|pack| pack.name == *name) {
                dialect.overlay(&pack.dialect);
            }
        }
        dialect
    }

    /// The settings of a document, by what is in it, where it is and what language it is in.
    pub fn of(&self, metadata: Option<&Metadata<'_>>, path: &Path, locale: Option<&str>) -> Arc<Settings> {
        let packs = self.packs(metadata).map(|(at, _)| at);
        let key = (bits(packs), bits(self.overrides(path, locale).map(|(at, _)| at)));
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let settings =
            made.entry(key).or_insert_with(|| Arc::new(self.make(key).unwrap_or_else(|_| Settings::nothing())));
        Arc::clone(settings)
    }

    fn packs(&self, metadata: Option<&Metadata<'_>>) -> impl Iterator<Item = (usize, &'static Pack)> {
        pack::builtin().iter().enumerate().filter(move |(_, pack)| self.takes_pack(pack, metadata))
    }

    fn overrides(&self, path: &Path, locale: Option<&str>) -> impl Iterator<Item = (usize, &Override)> {
        let speaks = move |one: &Override| {
            one.locales.is_empty()
                || locale.is_some_and(|locale| one.locales.iter().any(|l| l.eq_ignore_ascii_case(locale)))
        };
        let covers = move |at: usize| self.paths[at].as_ref().is_none_or(|globs| globs.cover(path));
        self.config.overrides.iter().enumerate().filter(move |(at, one)| covers(*at) && speaks(one))
    }

    fn takes_pack(&self, pack: &Pack, metadata: Option<&Metadata<'_>>) -> bool {
        match &self.config.extends {
            Some(names) => pack.recognise.always || names.contains(&pack.name),
            None => self.config.recognised.contains(&pack.name) || pack.recognises(metadata),
        }
    }

    fn make(&self, (packs, overrides): Key) -> Result<Settings, (&'static str, TypeError)> {
        let packs: Vec<&Pack> = of_bits(packs, pack::builtin());
        let mut layers: Vec<&BTreeMap<String, RuleOverlay>> = packs.iter().map(|pack| &pack.rules).collect();
        layers.push(&self.config.rules);
        layers.extend(of_bits(overrides, &self.config.overrides).into_iter().map(|one| &one.rules));
        let mut settings = Settings::nothing();
        for pack in pack::builtin() {
            settings.facts.hosts.extend(pack.hosts.iter().map(|(name, host)| (name.clone(), host.clone())));
        }
        for pack in packs {
            settings.facts.site = pack.site.clone().or(settings.facts.site);
            settings.pins.extend(pack.pins.iter().cloned());
            settings.handoff = pack.handoff.clone().or(settings.handoff);
            settings.patched = pack.patched.clone().or(settings.patched);
            settings.drift_flag = pack.drift_flag.clone().or(settings.drift_flag);
            settings.locale = pack.locale.clone().or(settings.locale);
        }
        for (builtin, declaration) in BUILTINS.iter().zip(&self.declarations) {
            let overlays = layers.iter().filter_map(|layer| layer.get(builtin.id));
            let (severity, options) = overlay(declaration, overlays);
            let Some(severity) = severity.filter(|_| self.selection.takes(builtin.id)) else { continue };
            let check = (builtin.load)(options).map_err(|error| (builtin.id, error))?;
            let (id, kind, help) = (builtin.id, builtin.kind, declaration.help.clone());
            settings.rules.push(ActiveRule { id, kind, severity, help, check });
        }
        Ok(settings)
    }

    /// The highest severity that findings of an origin have.
    pub fn cap(&self, origin: Origin) -> Severity {
        let default = if origin == Origin::Translation { Severity::Error } else { Severity::Info };
        self.config.origins.get(&origin).copied().unwrap_or(default)
    }
}

impl Settings {
    fn nothing() -> Self {
        Self {
            rules: Vec::new(),
            facts: Facts::default(),
            pins: Vec::new(),
            handoff: None,
            patched: None,
            drift_flag: None,
            locale: None,
        }
    }
}

fn overlay<'a>(
    declaration: &Declaration,
    overlays: impl Iterator<Item = &'a RuleOverlay>,
) -> (Option<Severity>, Value) {
    let (mut severity, mut options) = (Some(declaration.severity), declaration.options.clone());
    for overlay in overlays {
        severity = overlay.severity.unwrap_or(severity);
        if let Some(later) = &overlay.options {
            merge(&mut options, later);
        }
    }
    (severity, options)
}

/// Can a rule be run with these options over its own and those of every pack?
pub(crate) fn try_options(id: &str, options: &Value) -> Result<(), TypeError> {
    let Some(builtin) = BUILTINS.iter().find(|builtin| builtin.id == id) else { return Ok(()) };
    // That built-in declarations can be read is proved by a test.
    let Ok(declaration) = builtin.declaration() else { return Ok(()) };
    let own = RuleOverlay { severity: None, options: Some(options.clone()) };
    let overlays = pack::builtin().iter().filter_map(|pack| pack.rules.get(id)).chain([&own]);
    (builtin.load)(overlay(&declaration, overlays).1).map(drop)
}

/// Lays mappings over each other; anything else is replaced.
pub(crate) fn merge(under: &mut Value, over: &Value) {
    match (under, over) {
        (Value::Mapping(under), Value::Mapping(over)) => {
            for (key, value) in over {
                match under.get_mut(key) {
                    Some(known) => merge(known, value),
                    None => drop(under.insert(key.clone(), value.clone())),
                }
            }
        }
        (under, over) => *under = over.clone(),
    }
}

fn bits(positions: impl Iterator<Item = usize>) -> u64 {
    positions.filter(|at| *at < 64).fold(0, |bits, at| bits | 1 << at)
}

fn of_bits<T>(bits: u64, all: &[T]) -> Vec<&T> {
    all.iter().enumerate().filter(|(at, _)| *at < 64 && bits & (1 << at) != 0).map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::dialect::{Construct, Slugs};

    #[test]
    fn the_dialect_is_that_of_the_packs_that_are_named() {
        let of = |extends: &[&str]| {
            let names = extends.iter().map(|name| (*name).to_owned()).collect();
            let config = Config { extends: Some(names), ..Config::default() };
            SettingsStore::new(config, Selection::default()).expect("settings").dialect()
        };
        assert_eq!(of(&[]), Dialect::default());
        assert_eq!(of(&["mdx", "hugo"]).slugs, Some(Slugs::Goldmark), "the later one wins");
        let both = of(&["vitepress", "tldr"]);
        assert_eq!(both.slugs, Some(Slugs::Vitepress), "what a pack does not say stays");
        assert!(!both.hides(Construct::Containers));
    }
}
