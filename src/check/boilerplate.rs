//! Lines that many of a project's references have in common, and what its translations make of them.
//!
//! A generator writes the same line into every page, and whoever translates the pages leaves it as it is, or not. It
//! is one decision about the site, not a slip on each page.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::norms::{read, sample};
use crate::project::Article;
use crate::site::Norm;
use crate::threads;
use foldhash::{HashMap, HashSet};

/// References of a sample that have to share a line.
const SHARED: usize = 5;
/// Pairs of pages that have to have it in a language, and that are looked at.
const PAIRS: std::ops::RangeInclusive<usize> = 5..=40;
/// Lines with less in them, in bytes of their longer words, are no sentences.
const SHORTEST: usize = 12;

/// The lines that references share, and how those fare that somebody asked for.
#[derive(Debug, Default)]
pub(super) struct Boilerplate {
    /// For each shared line, the translations of the references that have it, by language.
    shared: HashMap<u64, Vec<(String, PathBuf)>>,
    /// By language and line.
    norms: Mutex<HashMap<(String, u64), Norm>>,
}

impl Boilerplate {
    /// Looks at the references of a sample of a project's articles.
    pub(super) fn of(articles: &[Article]) -> Self {
        let sample = sample(articles);
        let lines = |article: &&Article| article.reference.as_deref().map(lines_of).unwrap_or_default();
        let references: Vec<HashSet<u64>> = threads::map(&sample, lines);
        let mut times: HashMap<u64, usize> = HashMap::default();
        references.iter().flatten().for_each(|line| *times.entry(*line).or_default() += 1);
        let mut shared: HashMap<u64, Vec<(String, PathBuf)>> = HashMap::default();
        for (article, lines) in sample.iter().zip(&references) {
            let pages = article.translations.iter();
            let pages = pages.filter_map(|one| Some((one.locale.as_ref()?.language().to_owned(), one.path.clone())));
            let pages: Vec<(String, PathBuf)> = pages.collect();
            for line in lines.iter().filter(|line| times[*line] >= SHARED) {
                shared.entry(*line).or_default().extend_from_slice(&pages);
            }
        }
        Self { shared, norms: Mutex::default() }
    }

    /// How a line of a reference fares in a language, where enough of the references have it.
    pub(super) fn of_line(&self, line: &str, language: &str) -> Option<Norm> {
        let line = key(line)?;
        let pages = self.shared.get(&line)?;
        let asked = (language.to_owned(), line);
        let known = || self.norms.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().get(&asked).copied();
        let norm = found.unwrap_or_else(|| {
            // Reading outside of the lock: two threads may read a page twice, but none waits for the other's.
            let own = pages.iter().filter(|(own, _)| own == language).take(*PAIRS.end());
            let mut norm = Norm::default();
            for (_, page) in own {
                let kept = u32::from(lines_of(page).contains(&line));
                norm.add(Norm { pairs: 1, kept, equal: kept });
            }
            known().insert(asked, norm);
            norm
        });
        (norm.pairs as usize >= *PAIRS.start()).then_some(norm)
    }
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
