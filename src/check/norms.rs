//! What the translations of a project make of the reference's metadata keys: which they keep, and with which values.
//!
//! Which keys are translated, dropped or copied differs from site to site and is written down nowhere; nearly all
//! translations of a site agree about it.

use std::path::Path;

use crate::document::metadata::{self, Metadata};
use crate::project::Article;
use crate::site::Norm;
use crate::source::Source;
use crate::threads;
use foldhash::HashMap;

/// How each key of the references fares.
#[derive(Debug, Default)]
pub(super) struct Norms {
    /// In all languages.
    overall: HashMap<String, Norm>,
    /// By language.
    by_language: HashMap<String, HashMap<String, Norm>>,
}

/// Articles that are looked at.
const ARTICLES: usize = 200;
/// Translations of each that are looked at.
const TRANSLATIONS: usize = 12;
/// Fewer pairs say nothing.
const FEWEST: u32 = 20;

impl Norms {
    /// Looks at a sample of a project's articles.
    pub(super) fn of(articles: &[Article]) -> Self {
        let parts = threads::map(&sample(articles), |article| Self::of_article(article));
        let mut norms = Self::default();
        for part in parts {
            add(&mut norms.overall, part.overall);
            for (language, keys) in part.by_language {
                add(norms.by_language.entry(language).or_default(), keys);
            }
        }
        norms
    }

    fn of_article(article: &Article) -> Self {
        let mut norms = Self::default();
        let Some(reference) = article.reference.as_deref().and_then(read) else { return norms };
        let (Some(theirs), _) = metadata::parse(&reference) else { return norms };
        let step = article.translations.len().div_ceil(TRANSLATIONS).max(1);
        for translation in article.translations.iter().step_by(step) {
            let Some(source) = read(&translation.path) else { continue };
            let (Some(ours), _) = metadata::parse(&source) else { continue };
            if theirs.error.is_some() || ours.error.is_some() {
                continue;
            }
            let keys = compared(&theirs, &ours);
            if let Some(locale) = &translation.locale {
                add(norms.by_language.entry(locale.language().to_owned()).or_default(), keys.clone());
            }
            add(&mut norms.overall, keys);
        }
        norms
    }

    /// How a key fares in a language, or in all where that has too few pages.
    pub(super) fn of_key(&self, key: &str, language: Option<&str>) -> Option<Norm> {
        let is_enough = |norm: &&Norm| norm.pairs >= FEWEST;
        let own = language.and_then(|language| self.by_language.get(language)?.get(key)).filter(is_enough);
        own.or_else(|| self.overall.get(key).filter(is_enough)).copied()
    }
}

/// Articles from all over a project.
pub(super) fn sample(articles: &[Article]) -> Vec<&Article> {
    articles.iter().step_by(articles.len().div_ceil(ARTICLES).max(1)).collect()
}

pub(super) fn read(path: &Path) -> Option<Source> {
    let source = Source::from_bytes("", crate::project::files::read(path).ok()?);
    source.defect().is_none().then_some(source)
}

fn compared(theirs: &Metadata<'_>, ours: &Metadata<'_>) -> HashMap<String, Norm> {
    let of_entry = |entry: &metadata::Entry<'_>| {
        let own = ours.get(&entry.key).filter(|own| !own.value.is_empty());
        let is_equal = own.is_some_and(|own| own.value.same(&entry.value));
        (entry.key.clone().into_owned(), Norm { pairs: 1, kept: own.is_some().into(), equal: is_equal.into() })
    };
    theirs.entries.iter().filter(|entry| !entry.value.is_empty()).map(of_entry).collect()
}

fn add(all: &mut HashMap<String, Norm>, more: HashMap<String, Norm>) {
    for (key, norm) in more {
        all.entry(key).or_default().add(norm);
    }
}
