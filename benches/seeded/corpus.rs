//! The pages to sow into: every translation with a reference of the sites in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use cognate::config::Config;
use cognate::locale::Locale;
use cognate::project::{self, Article, Request, Translation, recognise};
use cognate::source::Source;

use crate::sow::{Random, Texts};

/// A translation and its reference, on disk.
pub(crate) struct Pair {
    /// The translation below the folder of sites.
    pub(crate) shown: String,
    /// The path that both sides share, with its ending.
    path: String,
    locale: String,
    reference: PathBuf,
    translation: PathBuf,
    /// The packs that the site shows.
    pub(crate) packs: Vec<String>,
}

/// The pairs of all sites, one of each in turn, in an order that the seed decides.
pub(crate) fn pairs(corpus: &Path, seed: u64) -> Vec<Pair> {
    let mut sites: Vec<PathBuf> = folders(corpus);
    sites.sort();
    let mut sites: Vec<Vec<Pair>> = sites.iter().map(|site| site_pairs(corpus, site)).collect();
    for pairs in &mut sites {
        let first = pairs.first().map(|pair| pair.shown.clone()).unwrap_or_default();
        Random::new(seed, &["order", &first]).shuffle(pairs);
    }
    let mut turns: Vec<(usize, usize, Pair)> = Vec::new();
    for (site, pairs) in sites.into_iter().enumerate() {
        turns.extend(pairs.into_iter().enumerate().map(|(turn, pair)| (turn, site, pair)));
    }
    turns.sort_by_key(|(turn, site, _)| (*turn, *site));
    turns.into_iter().map(|(.., pair)| pair).collect()
}

fn folders(corpus: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(corpus).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// The pairs of a site, found as `cognate check` finds them; none where that cannot be read.
fn site_pairs(corpus: &Path, site: &Path) -> Vec<Pair> {
    let Ok(config) = Config::find(None, site, None, &[]) else { return Vec::new() };
    let request = Request::default();
    let (config, _) = recognise::complete(config, &request, site);
    let packs = config.extends.clone().unwrap_or_else(|| config.recognised.clone());
    let articles = project::articles(&request, &config, site).map(|listing| listing.articles).unwrap_or_default();
    let of_article = |article: &Article| {
        let pair = |translation: &Translation| pair(corpus, &packs, article, translation);
        article.translations.iter().filter_map(pair).collect::<Vec<_>>()
    };
    articles.iter().flat_map(of_article).collect()
}

fn pair(corpus: &Path, packs: &[String], article: &Article, translation: &Translation) -> Option<Pair> {
    let reference = article.reference.clone().filter(|path| path.is_file())?;
    let ending =
        translation.path.extension()?.to_str().filter(|ending| matches!(*ending, "md" | "mdx" | "markdown"))?;
    let name = article.name.trim_start_matches('/');
    let has_ending = Path::new(name).extension().is_some_and(|own| own == ending);
    Some(Pair {
        shown: project::shown(&translation.path, corpus),
        path: if has_ending { name.to_owned() } else { format!("{name}.{ending}") },
        locale: translation.locale.as_ref().map(Locale::as_str)?.to_owned(),
        reference,
        translation: translation.path.clone(),
        packs: packs.to_vec(),
    })
}

impl Pair {
    /// Both texts; `None` where they are no texts, or where one file has both.
    pub(crate) fn texts(&self) -> Option<Texts> {
        let read = |path: &Path| {
            let source = Source::from_bytes("", fs::read(path).ok()?);
            let is_fit = source.defect().is_none() && !source.text().contains("sxs-lookup");
            is_fit.then(|| source.text().to_owned())
        };
        Some(Texts {
            name: self.path.clone(),
            locale: self.locale.clone(),
            reference: read(&self.reference)?,
            translation: read(&self.translation)?,
        })
    }
}
