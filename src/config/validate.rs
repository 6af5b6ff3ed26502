//! What is wrong with a configuration whose types are right: names, tags, patterns, globs, folders, options.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::Mistake;
use super::file::ConfigFile;
use super::nearest::{did_you_mean, nearest};
use super::path::KeyPath;
use super::{Config, LayoutConfig, RuleOverlay, layout_path, phrase, read};
use crate::locale::Locale;
use crate::pack;
use crate::project::{Globs, Layout, absolute};
use crate::settings;

/// All that is wrong, in no order.
pub(super) fn mistakes(config: &Config, file: &ConfigFile) -> Vec<Mistake> {
    let mut validation = Validation { config, file, mistakes: Vec::new() };
    validation.packs();
    validation.roots();
    for (at, layout) in config.layout.iter().enumerate() {
        validation.layout(&layout_path(Some(file), at), layout);
    }
    let reference_locale = KeyPath::top("reference-locale");
    let tag = config.reference_locale.iter();
    validation.mistakes.extend(tag.filter_map(|tag| locale(file, &reference_locale, tag)));
    validation.mistakes.extend(globs(file, &config.folder, &KeyPath::top("ignore"), &config.ignore));
    validation.rules(&KeyPath::top("rules"), &config.rules);
    for (at, one) in config.overrides.iter().enumerate() {
        let path = KeyPath::top("overrides").index(at);
        let locales = path.key("locales");
        let tags = one.locales.iter().enumerate();
        validation.mistakes.extend(tags.filter_map(|(at, tag)| locale(file, &locales.index(at), tag)));
        validation.mistakes.extend(globs(file, &config.folder, &path.key("paths"), &one.paths));
        validation.rules(&path.key("rules"), &one.rules);
    }
    validation.mistakes
}

struct Validation<'a> {
    config: &'a Config,
    file: &'a ConfigFile,
    mistakes: Vec<Mistake>,
}

impl Validation<'_> {
    fn packs(&mut self) {
        let known: Vec<&str> = pack::builtin().iter().map(|pack| pack.name.as_str()).collect();
        for (at, name) in self.config.extends.iter().flatten().enumerate() {
            if !known.contains(&name.as_str()) {
                let span = self.file.value_span(&KeyPath::top("extends").index(at));
                let mistake = Mistake::new(span, format!("there is no pack `{name}`"), "unknown pack");
                self.mistakes.push(mistake.help(did_you_mean(name, &known)));
            }
        }
    }

    fn roots(&mut self) {
        for (name, folder) in &self.config.roots {
            let there = absolute(&self.config.folder, folder);
            if there.is_dir() {
                continue;
            }
            let span = self.file.value_span(&KeyPath::top("roots").key(name));
            let what = if there.exists() { "is no folder" } else { "is not there" };
            let mistake = Mistake::new(span, format!("the root `{name}` {what}"), what);
            let help = "write the path of a folder from where this file is, or fetch what belongs there";
            self.mistakes.push(mistake.help(help));
        }
    }

    fn layout(&mut self, path: &KeyPath, layout: &LayoutConfig) {
        if let Some(reference) = &layout.reference {
            self.pattern(&path.key("reference"), reference);
        }
        self.pattern(&path.key("translation"), &layout.translation);
        let tag = layout.locale.as_ref();
        self.mistakes.extend(tag.and_then(|tag| locale(self.file, &path.key("locale"), tag)));
    }

    /// Tries a pattern by itself, and finds in it what the error speaks of.
    fn pattern(&mut self, path: &KeyPath, pattern: &str) {
        if pattern.is_empty() {
            let mistake = Mistake::new(self.file.value_span(path), format!("`{path}` is empty"), "no pattern");
            self.mistakes.push(mistake.help("write it as in `content/{locale}/{path}`"));
        }
        let alone = LayoutConfig { translation: pattern.to_owned(), ..LayoutConfig::default() };
        let Err(error) = Layout::new(&alone, self.config) else { return };
        let words = error.to_string();
        // The pattern itself is in the line that is shown.
        let words = words.split_once("`: ").map_or(words.as_str(), |(_, words)| words);
        let (message, help) = words.split_once("; ").unwrap_or((words, "write it as in `content/{locale}/{path}`"));
        let part = message.split('`').skip(1).step_by(2).last().filter(|part| pattern.contains(part));
        let span = match part {
            Some(part) if pattern.starts_with(&format!("{part}:")) => self.file.part_span(path, &format!("{part}:")),
            Some(part) => self.file.part_span(path, part),
            None => None,
        };
        let known: Vec<&str> =
            help.strip_prefix("known are ").map_or_else(Vec::new, |known| known.split(", ").collect());
        let help = match part.and_then(|part| nearest(part, &known)) {
            Some(known) => format!("did you mean `{known}`?"),
            None => help.to_owned(),
        };
        let span = span.or_else(|| self.file.value_span(path));
        self.mistakes.push(Mistake::new(span, format!("`{path}`: {message}"), "here").help(help));
    }

    fn rules(&mut self, path: &KeyPath, rules: &BTreeMap<String, RuleOverlay>) {
        let known: Vec<&str> = self.config.rules_known().map(|rule| &*rule.id).collect();
        for (id, overlay) in rules {
            let path = path.key(id);
            let Some(rule) = self.config.rules_known().find(|rule| *rule.id == **id) else {
                let message = format!("there is no rule `{id}`");
                let mistake = Mistake::new(self.file.key_span(&path), message, "unknown rule");
                self.mistakes.push(mistake.help(did_you_mean(id, &known)));
                continue;
            };
            if let Some(options) = &overlay.options {
                let (_, wrong) = read::salvage(options.clone(), |options| settings::try_options(rule, &options));
                let path = path.key("options");
                let told = wrong.iter().map(|(within, words)| phrase::mistake(self.file, &path.join(within), words));
                self.mistakes.extend(told);
            }
        }
    }
}

/// What is wrong with a language tag.
pub(super) fn locale(file: &ConfigFile, path: &KeyPath, tag: &str) -> Option<Mistake> {
    if Locale::parse(tag).is_some() {
        return None;
    }
    let message = format!("`{path}`: `{tag}` is no known language tag");
    let mistake = Mistake::new(file.value_span(path), message, "no language tag");
    Some(mistake.help("write a BCP 47 tag, such as `fr`, `pt-BR` or `zh-Hans`"))
}

/// What is wrong with the globs of a list.
pub(super) fn globs(file: &ConfigFile, folder: &Path, path: &KeyPath, globs: &[String]) -> Vec<Mistake> {
    let wrong = |(at, glob): (usize, &String)| {
        let error = Globs::new(folder, std::slice::from_ref(glob)).err()?;
        let span = file.value_span(&path.index(at));
        // The crate says which glob it speaks of once more.
        let why = error.rsplit(": ").next().unwrap_or_default();
        let mistake = Mistake::new(span, format!("`{path}`: `{glob}` is no glob: {why}"), "no glob");
        Some(mistake.help("write it as in `.gitignore`, such as `**/includes/**`"))
    };
    globs.iter().enumerate().filter_map(wrong).collect()
}
