//! Lines that many of a project's references have in common, and what its translations make of them.
//!
//! A generator writes the same line into every page, and whoever translates the pages leaves it as it is, or not. It
//! is one decision about the site, not a slip on each page.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use rayon::prelude::*;

use super::norms::{read, sample};
use crate::project::{Article, Translation};
use crate::site::Norm;

/// References of a sample that have to share a line.
const SHARED: usize = 5;
/// Pairs of pages that have to have it in a language.
const PAIRS: u32 = 5;
/// Lines with less in them, in bytes of their longer words, are no sentences.
const SHORTEST: usize = 12;

/// By language and line: how it fares.
#[derive(Debug, Default)]
pub(super) struct Boilerplate(HashMap<(String, u64), Norm>);

impl Boilerplate {
    /// Looks at a sample of a project's articles.
    pub(super) fn of(articles: &[Article]) -> Self {
        let sample = sample(articles);
        let references: Vec<HashSet<u64>> =
            sample.par_iter().map(|article| article.reference.as_deref().map(lines_of).unwrap_or_default()).collect();
        let mut times: HashMap<u64, usize> = HashMap::new();
        references.iter().flatten().for_each(|line| *times.entry(*line).or_default() += 1);
        let shared = |lines: &HashSet<u64>| lines.iter().copied().filter(|line| times[line] >= SHARED).collect();
        let pairs = sample.par_iter().zip(&references).map(|(article, lines)| of_article(article, &shared(lines)));
        let mut all: HashMap<(String, u64), Norm> = HashMap::new();
        for (key, norm) in pairs.collect::<Vec<_>>().into_iter().flatten() {
            all.entry(key).or_default().add(norm);
        }
        Self(all)
    }

    /// How a line of a reference fares in a language, where enough of the references have it.
    pub(super) fn of_line(&self, line: &str, language: &str) -> Option<Norm> {
        let norm = self.0.get(&(language.to_owned(), key(line)?))?;
        (norm.pairs >= PAIRS).then_some(*norm)
    }
}

fn of_article(article: &Article, lines: &HashSet<u64>) -> Vec<((String, u64), Norm)> {
    if lines.is_empty() {
        return Vec::new();
    }
    let of_translation = |translation: &Translation| {
        let language = translation.locale.as_ref()?.language().to_owned();
        let own = lines_of(&translation.path);
        let norm = |line: &u64| {
            let kept = u32::from(own.contains(line));
            ((language.clone(), *line), Norm { pairs: 1, kept, equal: kept })
        };
        Some(lines.iter().map(norm).collect::<Vec<_>>())
    };
    article.translations.iter().filter_map(of_translation).flatten().collect()
}

fn lines_of(path: &Path) -> HashSet<u64> {
    read(path).map(|source| source.text().lines().filter_map(key).collect()).unwrap_or_default()
}

/// What a line is known by: its longer words, whatever its marks, numbers and dates.
fn key(line: &str) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let mut letters = 0;
    for word in line.split(|char: char| !char.is_alphabetic()).filter(|word| word.len() > 3) {
        word.hash(&mut hasher);
        letters += word.len();
    }
    (letters >= SHORTEST).then(|| hasher.finish())
}
