//! Settings: what is in force for a document once built-in declarations, packs, configuration, overrides and flags
//! are laid over each other.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde_yaml::Value;

use crate::catalogue::{Rule, Scope};
use crate::config::{Config, ConfigError, KeyPath, Override, RuleOverlay, TypeError};
use crate::diagnostic::{Origin, Severity};
use crate::document::{Dialect, Metadata};
use crate::pack::{self, Pack};
use crate::project::Globs;
use crate::rule::{Check, Kind};
use crate::target::Facts;

/// A rule that is in force.
pub struct ActiveRule {
    /// Its name.
    pub id: Arc<str>,
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
    /// Rules, those that ship with Cognate first.
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

/// Which packs and overrides hold for a document, and which rules do not, by their places in their lists.
#[derive(Default, PartialEq, Eq, Hash)]
struct Key {
    packs: Vec<usize>,
    overrides: Vec<usize>,
    absent: Vec<usize>,
}

/// Makes [`Settings`] and keeps them: a project has few different ones.
pub struct SettingsStore {
    config: Config,
    selection: Selection,
    /// Every rule that the project knows.
    rules: Vec<Arc<Rule>>,
    /// Where each override holds.
    scopes: Vec<Scope>,
    made: Mutex<HashMap<Key, Arc<Settings>>>,
}

impl SettingsStore {
    /// Checks that every layer of the configuration can be applied.
    pub fn new(config: Config, selection: Selection) -> Result<Self, ConfigError> {
        let scopes = config.overrides.iter().map(|one| {
            let globs = (!one.paths.is_empty()).then(|| Globs::new(&config.folder, &one.paths));
            let paths = globs.transpose().map_err(|error| format!("overrides: paths: {error}"))?;
            Ok(Scope { locales: one.locales.clone(), paths })
        });
        let scopes = scopes.collect::<Result<_, String>>();
        let scopes = scopes.map_err(|message| config.refuse(&KeyPath::default(), message))?;
        let rules = config.rules_known().cloned().collect();
        let store = Self { rules, scopes, config, selection, made: Mutex::default() };
        // Every pack and override at once, so that mistakes in options are told before anything is read.
        let (packs, overrides) = (0..pack::builtin().len(), 0..store.config.overrides.len());
        let all = Key { packs: packs.collect(), overrides: overrides.collect(), absent: Vec::new() };
        if let Err((id, error)) = store.make(&all) {
            let options = KeyPath::top("rules").key(&id).key("options").join(&error.path().into());
            return Err(store.config.refuse(&options, error.inner().to_string()));
        }
        Ok(store)
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Every rule that the project knows.
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rules
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

    /// May a check find anything in this run? False where the command line or the configuration switches every rule off
    /// that runs it.
    pub fn may_run(&self, check: &str) -> bool {
        let is_off = |id: &str| self.config.rules.get(id).is_some_and(|overlay| overlay.severity == Some(None));
        let mut running = self.rules.iter().filter(|rule| rule.builtin.id == check);
        running.any(|rule| self.selection.takes(&rule.id) && !is_off(&rule.id))
    }

    /// The dialect of the project: those of the packs that `extends:` names, or that the tree shows, laid over the default
    /// in that order.
    pub fn dialect(&self) -> Dialect {
        let names = self.config.extends.as_ref().unwrap_or(&self.config.recognised).iter();
        let packs: Vec<&Pack> =
            names.filter_map(|name| pack::builtin().iter().find(|pack| pack.name == *name)).collect();
        pack::dialect(&packs)
    }

    /// The settings of a document, by what is in it, where it is and what language it is in.
    pub fn of(&self, metadata: Option<&Metadata<'_>>, path: &Path, locale: Option<&str>) -> Arc<Settings> {
        let absent = self.rules.iter().enumerate().filter(|(_, rule)| !rule.covers(path, locale));
        let key = Key {
            packs: self.packs(metadata).map(|(at, _)| at).collect(),
            overrides: self.overrides(path, locale).map(|(at, _)| at).collect(),
            absent: absent.map(|(at, _)| at).collect(),
        };
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.get(&key) {
            return Arc::clone(known);
        }
        let settings = Arc::new(self.make(&key).unwrap_or_else(|_| Settings::nothing()));
        made.insert(key, Arc::clone(&settings));
        settings
    }

    fn packs(&self, metadata: Option<&Metadata<'_>>) -> impl Iterator<Item = (usize, &'static Pack)> {
        pack::builtin().iter().enumerate().filter(move |(_, pack)| self.takes_pack(pack, metadata))
    }

    fn overrides(&self, path: &Path, locale: Option<&str>) -> impl Iterator<Item = (usize, &Override)> {
        let holds = move |at: usize| self.scopes[at].covers(path, locale);
        self.config.overrides.iter().enumerate().filter(move |(at, _)| holds(*at))
    }

    fn takes_pack(&self, pack: &Pack, metadata: Option<&Metadata<'_>>) -> bool {
        match &self.config.extends {
            Some(names) => pack.recognise.always || names.contains(&pack.name),
            None => self.config.recognised.contains(&pack.name) || pack.recognises(metadata),
        }
    }

    fn make(&self, key: &Key) -> Result<Settings, (Arc<str>, TypeError)> {
        let packs: Vec<&Pack> = key.packs.iter().map(|at| &pack::builtin()[*at]).collect();
        let mut layers: Vec<&BTreeMap<String, RuleOverlay>> = packs.iter().map(|pack| &pack.rules).collect();
        layers.push(&self.config.rules);
        layers.extend(key.overrides.iter().map(|at| &self.config.overrides[*at].rules));
        let mut settings = Settings { facts: pack::facts(&packs), ..Settings::nothing() };
        for pack in packs {
            settings.pins.extend(pack.pins.iter().cloned());
            settings.handoff = pack.handoff.clone().or(settings.handoff);
            settings.patched = pack.patched.clone().or(settings.patched);
            settings.drift_flag = pack.drift_flag.clone().or(settings.drift_flag);
            settings.locale = pack.locale.clone().or(settings.locale);
        }
        for (at, rule) in self.rules.iter().enumerate() {
            if !self.selection.takes(&rule.id) || key.absent.contains(&at) {
                continue;
            }
            let overlays = layers.iter().filter_map(|layer| layer.get(&*rule.id));
            let active = ActiveRule::new(rule, overlays).map_err(|error| (Arc::clone(&rule.id), error))?;
            settings.rules.extend(active);
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

impl ActiveRule {
    /// A rule with what is laid over it; `None` where that switches it off.
    pub(crate) fn new<'o>(
        rule: &Rule,
        overlays: impl Iterator<Item = &'o RuleOverlay>,
    ) -> Result<Option<Self>, TypeError> {
        let (severity, options) = overlay(rule, overlays);
        let Some(severity) = severity else { return Ok(None) };
        let (check, help) = (rule.check(options)?, rule.declaration.help.clone());
        Ok(Some(Self { id: Arc::clone(&rule.id), kind: rule.builtin.kind, severity, help, check }))
    }
}

fn overlay<'o>(rule: &Rule, overlays: impl Iterator<Item = &'o RuleOverlay>) -> (Option<Severity>, Value) {
    let (mut severity, mut options) = (Some(rule.declaration.severity), rule.declaration.options.clone());
    for overlay in overlays {
        severity = overlay.severity.unwrap_or(severity);
        if let Some(later) = &overlay.options {
            merge(&mut options, later);
        }
    }
    (severity, options)
}

/// Can a rule be run with these options over its own and those of every pack?
pub(crate) fn try_options(rule: &Rule, options: &Value) -> Result<(), TypeError> {
    let own = RuleOverlay { severity: None, options: Some(options.clone()) };
    let overlays = pack::builtin().iter().filter_map(|pack| pack.rules.get(&*rule.id)).chain([&own]);
    rule.check(overlay(rule, overlays).1).map(drop)
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
