//! What is wrong with a rule of a team's own whose types are right.

use std::path::Path;

use serde_yaml::Value;

use super::{OwnDeclaration, options};
use crate::catalogue::{PLACEHOLDERS, Rule};
use crate::config::file::ConfigFile;
use crate::config::{KeyPath, Mistake, did_you_mean, phrase, read, validate};
use crate::examples::Example;
use crate::pack;
use crate::settings::merge;

/// All that is wrong with the rule at a place of a file, where others are known already.
pub(super) fn mistakes(
    own: &OwnDeclaration,
    path: &KeyPath,
    file: &ConfigFile,
    folder: &Path,
    known: &[&Rule],
) -> Vec<Mistake> {
    let mut validation = Validation { own, path, file, known, mistakes: Vec::new() };
    // What is not written was told already.
    if file.has(&path.key("id")) {
        validation.id();
    }
    if file.has(&path.key("check")) {
        validation.check();
    }
    validation.message();
    let locales = path.key("locales");
    let tags = own.locales.iter().enumerate();
    validation.mistakes.extend(tags.filter_map(|(at, tag)| validate::locale(file, &locales.index(at), tag)));
    validation.mistakes.extend(validate::globs(file, folder, &path.key("paths"), &own.paths));
    validation.mistakes
}

struct Validation<'a> {
    own: &'a OwnDeclaration,
    path: &'a KeyPath,
    file: &'a ConfigFile,
    known: &'a [&'a Rule],
    mistakes: Vec<Mistake>,
}

impl Validation<'_> {
    fn tell(&mut self, path: &KeyPath, message: String, label: &str, help: String) {
        self.mistakes.push(Mistake::new(self.file.value_span(path), message, label).help(help));
    }

    fn id(&mut self) {
        let (path, id) = (self.path.key("id"), &self.own.id);
        if !is_kebab(id) {
            let help = "write lower-case letters, digits and single hyphens, such as `old-product-name`".to_owned();
            self.tell(&path, format!("`{id}` is no name of a rule"), "no name", help);
        } else if let Some(other) = self.known.iter().find(|rule| *rule.id == **id) {
            let (message, help) = match other.said(&KeyPath::top("id")) {
                Some(place) => {
                    (format!("the rule `{id}` is there twice"), format!("rename one; the other is in {place}"))
                }
                None => (
                    format!("`{id}` is the name of a rule that ships with Cognate"),
                    format!("choose another name, and write `check: {id}` to run its check"),
                ),
            };
            self.tell(&path, message, "taken", help);
        }
    }

    fn check(&mut self) {
        let checks: Vec<&Rule> = self.known.iter().copied().filter(|rule| rule.own.is_none()).collect();
        let Some(base) = checks.iter().find(|rule| *rule.id == *self.own.check) else {
            let names: Vec<&str> = checks.iter().map(|rule| &*rule.id).collect();
            let message = format!("there is no check `{}`", self.own.check);
            self.tell(&self.path.key("check"), message, "unknown check", did_you_mean(&self.own.check, &names));
            return;
        };
        let given = Value::Mapping(self.own.options.clone());
        let with = |given: Value| base.check(options(base, &given.as_mapping().cloned().unwrap_or_default())).map(drop);
        let (_, wrong) = read::salvage(given, with);
        if !wrong.is_empty() {
            let path = self.path.key("options");
            let told = wrong.iter().map(|(within, words)| phrase::mistake(self.file, &path.join(within), words));
            self.mistakes.extend(told);
            return;
        }
        let examples = &self.own.examples;
        for (key, examples) in [("bad", &examples.bad), ("good", &examples.good)] {
            for (at, example) in examples.iter().enumerate() {
                self.example(&self.path.key("examples").key(key).index(at), example, base);
            }
        }
    }

    fn example(&mut self, path: &KeyPath, example: &Example, base: &Rule) {
        let tag = example.locale.as_ref();
        self.mistakes.extend(tag.and_then(|tag| validate::locale(self.file, &path.key("locale"), tag)));
        let packs: Vec<&str> = pack::builtin().iter().map(|pack| pack.name.as_str()).collect();
        for (at, name) in example.packs.iter().enumerate().filter(|(_, name)| !packs.contains(&name.as_str())) {
            let place = path.key("packs").index(at);
            self.tell(&place, format!("there is no pack `{name}`"), "unknown pack", did_you_mean(name, &packs));
        }
        let Some(over) = &example.options else { return };
        let own = options(base, &self.own.options);
        let (_, wrong) = read::salvage(over.clone(), |over| {
            let mut all = own.clone();
            merge(&mut all, &over);
            base.check(all).map(drop)
        });
        let path = path.key("options");
        let told = wrong.iter().map(|(within, words)| phrase::mistake(self.file, &path.join(within), words));
        self.mistakes.extend(told);
    }

    fn message(&mut self) {
        let Some(message) = &self.own.message else { return };
        let path = self.path.key("message");
        let parts = message.split('{').skip(1).filter_map(|part| part.split_once('}'));
        for name in parts.map(|(name, _)| format!("{{{name}}}")).filter(|name| !PLACEHOLDERS.contains(&name.as_str())) {
            let span = self.file.part_span(&path, &name).or_else(|| self.file.value_span(&path));
            let mistake = Mistake::new(span, format!("`{path}`: unknown `{name}`"), "unknown");
            self.mistakes.push(mistake.help(did_you_mean(&name, &PLACEHOLDERS)));
        }
    }
}

fn is_kebab(id: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    id.starts_with(|first: char| first.is_ascii_lowercase()) && id.split('-').all(is_word)
}
