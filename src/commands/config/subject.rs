//! The document that a configuration is shown for.

use std::path::{Path, PathBuf};

use super::super::Failure;
use crate::catalogue::Rule;
use crate::config::BUILT_IN;
use crate::document::markdown;
use crate::locale::Locale;
use crate::project::{Article, Globs, Request, articles, shown};
use crate::settings::{Layers, SettingsStore};
use crate::source::Source;

/// A document and what holds for it.
pub(super) struct Subject<'s> {
    name: String,
    path: PathBuf,
    locale: Option<Locale>,
    /// Its locale as its path says it, which is what overrides and rules of a team's own go by.
    tag: Option<String>,
    /// The reference of its article, as it is told.
    reference: Option<String>,
    is_reference: bool,
    is_ignored: bool,
    /// Where the overrides that hold for it are said.
    overrides: Vec<String>,
    pub(super) layers: Layers<'s>,
}

impl<'s> Subject<'s> {
    /// Reads a document and finds out what it is a translation of.
    pub(super) fn read(store: &'s SettingsStore, path: &Path, name: &str, working: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            return Err(format!("{name} is a folder; name a document, or nothing for the whole project").into());
        }
        if !path.exists() {
            return Err(format!("{name}: no such file; name a document that is there").into());
        }
        let config = store.config();
        let request = Request { paths: vec![path.to_owned()], ..Request::default() };
        let articles = articles(&request, config, working).map_err(|error| error.to_string())?.articles;
        let bytes = std::fs::read(path).map_err(|error| format!("{name}: {error}"))?;
        let source = Source::from_bytes(name, bytes);
        let document = markdown::parse(&source, &store.dialect());
        let metadata = document.metadata.as_ref();
        let place = place(&articles, path);
        let of_path = place.and_then(|(_, locale)| locale.cloned());
        let tag = of_path.as_ref().map(Locale::as_str);
        let settings = store.of(metadata, path, tag);
        let own = settings.locale.as_ref().and_then(|key| metadata?.scalar(key)).and_then(Locale::parse);
        let layers = store.layers(metadata, path, tag);
        let said = |(at, _): &(usize, _)| config.provenance.of(&crate::config::KeyPath::top("overrides").index(*at));
        Ok(Self {
            name: name.to_owned(),
            path: path.to_owned(),
            tag: tag.map(str::to_owned),
            locale: if place.is_some_and(|(article, _)| article.is_loose) { own.or(of_path) } else { of_path.or(own) },
            reference: place.and_then(|(article, _)| Some(shown(article.reference.as_ref()?, working))),
            is_reference: articles.iter().any(|article| article.reference.as_deref() == Some(path)),
            is_ignored: Globs::new(&config.folder, &config.ignore).is_ok_and(|globs| globs.cover(path)),
            overrides: layers.overrides.iter().map(said).collect(),
            layers,
        })
    }

    /// Does a rule hold for it?
    pub(super) fn is_covered_by(&self, rule: &Rule) -> bool {
        rule.covers(&self.path, self.tag.as_deref())
    }

    /// What it is, for the head of what is shown.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("in force for {}", self.name)];
        let locale = self.locale.as_ref().map(|locale| format!("locale {locale}"));
        let reference = self.reference.as_ref().map(|reference| format!("reference {reference}"));
        let facts = [
            locale,
            reference,
            self.is_reference.then(|| "a reference, which is not checked itself".to_owned()),
            self.is_ignored.then(|| "left out by `ignore`".to_owned()),
            (!self.overrides.is_empty()).then(|| format!("overrides that hold: {}", self.overrides.join(", "))),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        if !facts.is_empty() {
            lines.push(facts.join("; "));
        }
        lines
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "path": self.name,
            "locale": self.locale.as_ref().map(Locale::as_str),
            "reference": self.reference,
            "is-reference": self.is_reference,
            "is-ignored": self.is_ignored,
            "overrides": self.overrides,
        })
    }

    /// Where the packs come from that the document takes by itself.
    pub(super) fn recognition(packs: usize) -> String {
        if packs == 0 {
            format!("{BUILT_IN}: no pack recognises the document")
        } else {
            "recognised in the document".to_owned()
        }
    }
}

/// The article that a translation is in, and its locale.
fn place<'a>(articles: &'a [Article], path: &Path) -> Option<(&'a Article, Option<&'a Locale>)> {
    articles.iter().find_map(|article| {
        let translation = article.translations.iter().find(|translation| translation.path == path)?;
        Some((article, translation.locale.as_ref()))
    })
}
