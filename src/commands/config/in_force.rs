//! What is in force once all layers are laid over each other, each value with where it comes from.

use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use super::node::Node;
use super::subject::Subject;
use crate::catalogue::Rule;
use crate::config::rule_file::RULE_FILE;
use crate::config::{BUILT_IN, Config, KeyPath, Override, RuleOverlay};
use crate::diagnostic::{Origin, Severity};
use crate::pack::Pack;
use crate::settings::{SettingsStore, merge};

/// Makes the values that are shown.
pub(super) struct InForce<'a> {
    store: &'a SettingsStore,
    config: &'a Config,
    subject: Option<&'a Subject<'a>>,
    packs: Vec<&'static Pack>,
    /// With what is built in of rules.
    all: bool,
}

/// One change to a rule, and where it is said.
struct Layer<'a> {
    overlay: &'a RuleOverlay,
    from: Said<'a>,
}

#[derive(Clone)]
enum Said<'a> {
    Pack(&'a str),
    /// The overlay's path in the configuration.
    File(KeyPath),
}

impl<'a> InForce<'a> {
    pub(super) fn new(store: &'a SettingsStore, subject: Option<&'a Subject<'a>>, all: bool) -> Self {
        let config = store.config();
        let packs = match subject {
            Some(subject) => subject.layers.packs.clone(),
            None => store.layers(None, &config.folder, None).packs,
        };
        Self { store, config, subject, packs, all }
    }

    /// In the order of the documentation.
    pub(super) fn values(&self) -> Node {
        let mut values = vec![
            ("extends".to_owned(), self.extends()),
            ("roots".to_owned(), self.roots()),
            ("layout".to_owned(), self.layout()),
            ("reference-locale".to_owned(), self.reference_locale()),
            ("rule-files".to_owned(), self.rule_files()),
            ("rules".to_owned(), self.rules()),
        ];
        if self.subject.is_none() {
            values.push(("overrides".to_owned(), self.overrides()));
        }
        values.push(("origins".to_owned(), self.origins()));
        values.push((
            "ignore".to_owned(),
            self.leaf(texts(&self.config.ignore), !self.config.ignore.is_empty(), "ignore"),
        ));
        let baseline = self
            .config
            .baseline
            .as_ref()
            .map_or(Value::Null, |file| Value::from(file.to_string_lossy().replace('\\', "/")));
        values.push(("baseline".to_owned(), self.leaf(baseline, self.config.baseline.is_some(), "baseline")));
        Node::Map(values)
    }

    /// A value at the top: built in unless something says it.
    fn leaf(&self, value: Value, is_said: bool, key: &str) -> Node {
        let path = KeyPath::top(key);
        let is_in_file = self.config.provenance.file.as_ref().is_some_and(|file| file.has(&path));
        Node::leaf(value, if is_said || is_in_file { self.config.provenance.of(&path) } else { BUILT_IN.to_owned() })
    }

    fn extends(&self) -> Node {
        if let Some(names) = &self.config.extends {
            return self.leaf(texts(names), true, "extends");
        }
        if self.subject.is_none() && !self.config.recognised.is_empty() {
            let words = "recognised from the tree; each document takes others that recognise it";
            return Node::leaf(texts(&self.config.recognised), words.to_owned());
        }
        if self.subject.is_none() {
            return Node::leaf(Value::Null, format!("{BUILT_IN}: each document takes the packs that recognise it"));
        }
        let taken = self.packs.iter().filter(|pack| !pack.recognise.always).map(|pack| pack.name.clone());
        let taken: Vec<String> = taken.collect();
        Node::leaf(texts(&taken), Subject::recognition(taken.len()))
    }

    fn roots(&self) -> Node {
        if self.config.roots.is_empty() {
            return self.leaf(Value::Mapping(Mapping::new()), false, "roots");
        }
        let path = KeyPath::top("roots");
        let root = |(name, folder): (&String, &std::path::PathBuf)| {
            let value = Value::String(folder.to_string_lossy().into_owned());
            (name.clone(), Node::leaf(value, self.config.provenance.of(&path.key(name))))
        };
        Node::Map(self.config.roots.iter().map(root).collect())
    }

    fn layout(&self) -> Node {
        if self.config.layout.is_empty() {
            return self.leaf(Value::Sequence(Vec::new()), false, "layout");
        }
        let layouts = self.config.layout.iter().enumerate().map(|(at, layout)| {
            let path = self.config.layout_path(at);
            let parts = [
                ("reference", layout.reference.as_ref()),
                ("translation", Some(&layout.translation)),
                ("locale", layout.locale.as_ref()),
            ];
            let part = |(key, value): (&str, Option<&String>)| {
                let from = self.config.provenance.of(&path.key(key));
                Some((key.to_owned(), Node::leaf(Value::String(value?.clone()), from)))
            };
            Node::Map(parts.into_iter().filter_map(part).collect())
        });
        Node::List(layouts.collect())
    }

    fn reference_locale(&self) -> Node {
        let is_said = self.config.reference_locale.is_some();
        self.leaf(text(self.config.locale_of_references()), is_said, "reference-locale")
    }

    fn rule_files(&self) -> Node {
        if let Some(files) = &self.config.rule_files {
            return self.leaf(texts(files), true, "rule-files");
        }
        if self.config.own_rules.is_empty() {
            return Node::leaf(texts(&[]), BUILT_IN.to_owned());
        }
        Node::leaf(texts(&[RULE_FILE.to_owned()]), "it stands beside the configuration".to_owned())
    }

    fn origins(&self) -> Node {
        let path = KeyPath::top("origins");
        let origins = [Origin::Translation, Origin::Outdated, Origin::Reference].map(|origin| {
            let is_said = self.config.origins.contains_key(&origin);
            let name = origin.to_string();
            let from = if is_said { self.config.provenance.of(&path.key(&name)) } else { BUILT_IN.to_owned() };
            (name, Node::leaf(weight(Some(self.store.cap(origin))), from))
        });
        Node::Map(origins.into())
    }

    /// Overrides as they are written: which of them hold is a matter of the document.
    fn overrides(&self) -> Node {
        if self.config.overrides.is_empty() {
            return self.leaf(Value::Sequence(Vec::new()), false, "overrides");
        }
        let written = self.config.overrides.iter().enumerate().map(|(at, one)| self.one_override(at, one));
        Node::List(written.collect())
    }

    fn one_override(&self, at: usize, one: &Override) -> Node {
        let path = KeyPath::top("overrides").index(at);
        let mut parts = Vec::new();
        for (key, values) in [("locales", &one.locales), ("paths", &one.paths)] {
            if !values.is_empty() {
                parts.push((key.to_owned(), Node::leaf(texts(values), self.config.provenance.of(&path.key(key)))));
            }
        }
        let rules = one.rules.iter().map(|(id, overlay)| {
            let layer = Layer { overlay, from: Said::File(path.key("rules").key(id)) };
            (id.clone(), self.changes(None, &[layer]).unwrap_or_else(|| Node::Map(Vec::new())))
        });
        parts.push(("rules".to_owned(), Node::Map(rules.collect())));
        Node::Map(parts)
    }

    fn rules(&self) -> Node {
        let rule = |rule: &Arc<Rule>| Some((rule.id.to_string(), self.changes(Some(rule), &self.layers(&rule.id))?));
        let holds = |rule: &&Arc<Rule>| self.subject.is_none_or(|subject| subject.is_covered_by(rule));
        let rules: Vec<_> = self.store.rules().iter().filter(holds).filter_map(rule).collect();
        if rules.is_empty() { self.leaf(Value::Mapping(Mapping::new()), false, "rules") } else { Node::Map(rules) }
    }

    fn layers(&self, id: &str) -> Vec<Layer<'_>> {
        let of_pack = |pack: &&'static Pack| {
            let overlay = pack.rules.get(id)?;
            Some(Layer { overlay, from: Said::Pack(&pack.name) })
        };
        let mut layers: Vec<Layer<'_>> = self.packs.iter().filter_map(of_pack).collect();
        let path = KeyPath::top("rules").key(id);
        layers.extend(self.config.rules.get(id).map(|overlay| Layer { overlay, from: Said::File(path) }));
        for (at, one) in self.subject.iter().flat_map(|subject| &subject.layers.overrides) {
            let path = KeyPath::top("overrides").index(*at).key("rules").key(id);
            layers.extend(one.rules.get(id).map(|overlay| Layer { overlay, from: Said::File(path) }));
        }
        layers
    }

    /// What layers make of a rule; `None` where there is nothing to show of it.
    fn changes(&self, rule: Option<&Rule>, layers: &[Layer<'_>]) -> Option<Node> {
        let severity = self.severity(rule, layers);
        let mut merged = rule.map_or(Value::Null, |rule| rule.declaration.options.clone());
        for options in layers.iter().filter_map(|layer| layer.overlay.options.as_ref()) {
            merge(&mut merged, options);
        }
        let is_empty = merged.is_null() || merged.as_mapping().is_some_and(Mapping::is_empty);
        let options = if is_empty { None } else { self.options(rule, &merged, &KeyPath::default(), layers) };
        match (severity, options) {
            (severity, None) => severity,
            (severity, Some(options)) => {
                let severity = severity.map(|severity| ("severity".to_owned(), severity));
                Some(Node::Map(severity.into_iter().chain([("options".to_owned(), options)]).collect()))
            }
        }
    }

    fn severity(&self, rule: Option<&Rule>, layers: &[Layer<'_>]) -> Option<Node> {
        let said = layers.iter().rev().find_map(|layer| Some((layer.overlay.severity?, layer)));
        match (said, rule) {
            (Some((severity, layer)), _) => Some(Node::leaf(weight(severity), self.severity_from(&layer.from))),
            (None, Some(rule)) => {
                let from = self.declared(rule, &KeyPath::top("severity"))?;
                Some(Node::leaf(weight(Some(rule.declaration.severity)), from))
            }
            (None, None) => None,
        }
    }

    /// `rule: error` says it at the rule itself.
    fn severity_from(&self, from: &Said<'_>) -> String {
        let below = self.told(from, &KeyPath::top("severity"));
        if below == BUILT_IN { self.told(from, &KeyPath::default()) } else { below }
    }

    /// Where a rule says a value of its own; what is built in only where all is asked for.
    fn declared(&self, rule: &Rule, within: &KeyPath) -> Option<String> {
        rule.said(within).or_else(|| self.all.then(|| BUILT_IN.to_owned()))
    }

    fn told(&self, from: &Said<'_>, within: &KeyPath) -> String {
        match from {
            Said::Pack(name) => format!("pack {name}"),
            Said::File(path) => self.config.provenance.of(&path.join(within)),
        }
    }

    /// Options with where each of them comes from, those that are built in only where all are asked for.
    fn options(&self, rule: Option<&Rule>, value: &Value, path: &KeyPath, layers: &[Layer<'_>]) -> Option<Node> {
        if let Some(mapping) = value.as_mapping().filter(|mapping| !mapping.is_empty()) {
            let inner = |(key, value): (&Value, &Value)| {
                let key = key.as_str()?;
                Some((key.to_owned(), self.options(rule, value, &path.key(key), layers)?))
            };
            let inner: Vec<_> = mapping.iter().filter_map(inner).collect();
            return (!inner.is_empty()).then_some(Node::Map(inner));
        }
        let says = |layer: &&Layer<'_>| layer.overlay.options.as_ref().is_some_and(|options| holds(options, path));
        let from = match layers.iter().rev().find(says) {
            Some(layer) => self.told(&layer.from, &KeyPath::top("options").join(path)),
            None => self.declared(rule?, &KeyPath::top("options").join(path))?,
        };
        Some(Node::leaf(value.clone(), from))
    }
}

fn holds(value: &Value, path: &KeyPath) -> bool {
    let step = |value, step: &crate::config::Step| match step {
        crate::config::Step::Key(key) => Value::get(value, key.as_str()),
        crate::config::Step::Index(index) => Value::get(value, *index),
    };
    path.steps().iter().try_fold(value, step).is_some()
}

fn weight(severity: Option<Severity>) -> Value {
    severity.map_or_else(|| text("off"), |severity| text(&severity.to_string()))
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn texts(texts: &[String]) -> Value {
    Value::Sequence(texts.iter().map(|one| text(one)).collect())
}
