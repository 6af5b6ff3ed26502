//! The pages of a project, for rules that follow links: the only place where a check reads other files.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use foldhash::HashMap;

use super::boilerplate::Boilerplate;
use super::calibration::{Calibration, calibrate};
use super::norms::Norms;
use super::reading::Text;
use crate::diagnostic::Notice;
use crate::document::dialect::{Dialect, Slugs};
use crate::document::slug::Fragments;
use crate::document::{markdown, metadata};
use crate::locale::Locale;
use crate::project::{Article, absolute, slashed};
use crate::site::{Norm, Side, Site};
use crate::source::Source;
use crate::target::Target;

/// What finds the articles of the whole project.
pub type FindAll = Box<dyn Fn() -> Vec<Article> + Send + Sync>;

/// The pages of a project and their fragments, which are read once.
pub struct Pages {
    dialect: Dialect,
    calibration: Calibration,
    /// Made when the first link asks for it, for a run over a few files may have none.
    index: OnceLock<Index>,
    find_all: FindAll,
    known: Mutex<HashMap<PathBuf, Option<Arc<Fragments>>>>,
    /// Made when the first key of metadata differs.
    norms: OnceLock<Norms>,
    /// Made when the first line was left as it is.
    boilerplate: OnceLock<Boilerplate>,
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages").field("calibration", &self.calibration).finish_non_exhaustive()
    }
}

impl Pages {
    /// The pages of a run; `find_all` finds what it needs to know beyond the articles that are checked.
    pub fn new(articles: &[Article], dialect: Dialect, find_all: FindAll) -> Self {
        let references: Vec<&Path> = articles.iter().filter_map(|article| article.reference.as_deref()).collect();
        let calibration = calibrate(&references, &dialect);
        Self {
            dialect,
            calibration,
            index: OnceLock::new(),
            find_all,
            known: Mutex::default(),
            norms: OnceLock::new(),
            boilerplate: OnceLock::new(),
        }
    }

    /// What is to be said before anything is checked.
    pub fn notice(&self) -> Option<Notice> {
        self.calibration.notice.clone()
    }

    /// The pages as one translation sees them.
    pub(super) fn around<'a>(&'a self, article: &'a Article, path: &'a Path, locale: Option<&'a Locale>) -> Around<'a> {
        Around { pages: self, article, path, locale }
    }

    fn norms(&self) -> &Norms {
        self.norms.get_or_init(|| Norms::of(&self.index().articles))
    }

    fn boilerplate(&self) -> &Boilerplate {
        self.boilerplate.get_or_init(|| Boilerplate::of(&self.index().articles))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of((self.find_all)()))
    }

    fn fragments(&self, path: &Path) -> Option<Arc<Fragments>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(path) {
            return found.clone();
        }
        // Reading outside of the lock: two threads may read a page twice, but none waits for the other's.
        drop(known);
        let read = self.read(path).map(Arc::new);
        known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(path.to_owned()).or_insert(read).clone()
    }

    fn read(&self, path: &Path) -> Option<Fragments> {
        let source = Source::from_bytes("", crate::project::files::read(path).ok()?);
        source.defect().is_none().then_some(())?;
        let text = Text::new(source, &self.dialect);
        let body = metadata::body(&text.translation);
        let document = markdown::parse_body(&text.translation, body, &self.dialect);
        Some(Fragments::of(&document, &self.calibration.slugs))
    }
}

/// The pages around one translation.
#[derive(Debug)]
pub(super) struct Around<'a> {
    pages: &'a Pages,
    article: &'a Article,
    path: &'a Path,
    locale: Option<&'a Locale>,
}

impl Site for Around<'_> {
    fn slugs(&self) -> &[Slugs] {
        &self.pages.calibration.slugs
    }

    fn is_calibrated(&self) -> bool {
        self.pages.calibration.is_sound
    }

    fn pages(&self, target: &Target, side: Side) -> Vec<Arc<Fragments>> {
        let Some(reference) = self.article.reference.as_deref() else { return Vec::new() };
        let paths = match target.page.strip_prefix('/') {
            Some(address) => self.below_root(address, reference, side, target.locale.is_some()),
            None => self.beside(&target.page, reference, side),
        };
        paths.iter().filter_map(|path| self.pages.fragments(path)).collect()
    }

    fn norm(&self, key: &str) -> Option<Norm> {
        self.pages.norms().of_key(key, self.locale.map(Locale::language))
    }

    fn norm_of_line(&self, line: &str) -> Option<Norm> {
        self.pages.boilerplate().of_line(line, self.locale?.language())
    }

    fn is_in_some_languages(&self, target: &Target) -> bool {
        let index = self.pages.index();
        let found = match target.page.strip_prefix('/') {
            Some(address) => index.below_root(address),
            None => self.names_beside(&target.page).iter().find_map(|name| index.named(name)),
        };
        found.filter(|_| target.is_local()).is_some_and(|page| {
            let has = |locale: &Option<Locale>| page.translations.iter().any(|one| one.locale == *locale);
            !self.article.translations.iter().all(|one| has(&one.locale))
        })
    }
}

impl Around<'_> {
    /// The pages with an address below the site's root.
    fn below_root(&self, address: &str, reference: &Path, side: Side, names_locale: bool) -> Vec<PathBuf> {
        let index = self.pages.index();
        let root = root_of(reference, &self.article.name);
        // `/docs/a` is `a` below the folder `docs`.
        let rest = root.as_ref().and_then(|root| below(root, address));
        let entry = index.below_root(address).or_else(|| index.named(rest?));
        let Some(entry) = entry else {
            // Not translated into any language.
            let mut addresses = std::iter::once("").chain(index.prefixes()).map(|folder| format!("{folder}{address}"));
            let found = root.and_then(|root| addresses.find_map(|address| file_of(&root.join(address))));
            return found.into_iter().collect();
        };
        let mut files: Vec<PathBuf> = self.file(entry, side).into_iter().collect();
        // `/docs/a` on a site that has its languages below `/ja` is the reference's page, unless the site says otherwise.
        if side == Side::Translation && !names_locale && self.is_one_site() {
            files.extend(self.file(entry, Side::Reference).filter(|path| files.first() != Some(path)));
        }
        files
    }

    /// The pages with an address relative to this one. Some sites count from the page's folder, others from its own
    /// address, and some from the root.
    fn beside(&self, address: &str, reference: &Path, side: Side) -> Vec<PathBuf> {
        let index = self.pages.index();
        let entries = self.names_beside(address).into_iter().filter_map(|name| index.named(&name));
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| self.file(entry, side)).collect();
        if files.is_empty() {
            let folders = [reference.parent().unwrap_or(reference).to_owned(), reference.with_extension("")];
            files.extend(folders.iter().filter_map(|folder| file_of(&absolute(folder, Path::new(address)))));
        }
        if files.is_empty() && !address.starts_with('.') {
            files = self.below_root(address, reference, side, false);
        }
        files.dedup();
        files
    }

    /// What a relative address may be called among the articles.
    fn names_beside(&self, address: &str) -> [String; 2] {
        let name = Path::new(&self.article.name);
        let folders = [name.parent().unwrap_or(name).to_owned(), PathBuf::from(plain(&self.article.name))];
        folders.map(|folder| slashed(&absolute(&folder, Path::new(address))))
    }

    /// Are the translations a part of the reference's site, below their languages' names, rather than sites of their own?
    fn is_one_site(&self) -> bool {
        let Some(root) = root_of(self.path, &self.article.name) else { return true };
        let mut folders = root.iter().filter_map(|folder| folder.to_str()).filter_map(Locale::parse);
        folders.any(|folder| Some(&folder) == self.locale)
    }

    /// The file of an article in the language of a side.
    fn file(&self, article: &Article, side: Side) -> Option<PathBuf> {
        let mut own = article.translations.iter().filter(|one| one.locale.as_ref() == self.locale);
        let own = own.next().filter(|_| side == Side::Translation).map(|one| one.path.clone());
        let is_document =
            |path: &PathBuf| path.is_file() && !path.extension().is_some_and(|it| it == "yaml" || it == "yml");
        own.or_else(|| article.reference.clone().filter(is_document))
    }
}

/// What of an address is left below a folder whose path ends as the address begins.
fn below<'a>(folder: &Path, address: &'a str) -> Option<&'a str> {
    let mut cuts = address.match_indices('/').map(|(at, _)| (&address[..at], &address[at + 1..]));
    cuts.find(|(head, _)| folder.ends_with(head)).map(|(_, rest)| rest)
}

/// The document at an address without its ending.
fn file_of(address: &Path) -> Option<PathBuf> {
    let name = address.file_name()?.to_str()?;
    let beside = ["md", "mdx", "markdown"].map(|ending| address.with_file_name(format!("{name}.{ending}")));
    let within = ["_index.md", "index.md", "index.mdx", "README.md"].map(|index| address.join(index));
    beside.into_iter().chain(within).find(|path| path.is_file())
}

/// The folder that an article's name is relative to.
fn root_of(reference: &Path, name: &str) -> Option<PathBuf> {
    let path = reference.to_str()?;
    let at = path.rfind(name).filter(|at| !name.is_empty() && path[at + name.len()..].find('/').is_none())?;
    Some(PathBuf::from(&path[..at]))
}

/// Articles by their addresses.
struct Index {
    articles: Vec<Article>,
    by_name: HashMap<String, usize>,
    /// The folder that all names begin with, with its slash.
    common: String,
}

impl Index {
    fn of(articles: Vec<Article>) -> Self {
        let mut common = articles.first().map(|first| folder(&first.name).to_lowercase()).unwrap_or_default();
        let mut by_name = HashMap::default();
        for (number, article) in articles.iter().enumerate() {
            let name = plain(&article.name);
            while !name.starts_with(&common) {
                common.truncate(folder(common.trim_end_matches('/')).len());
            }
            by_name.insert(name, number);
        }
        Self { articles, by_name, common }
    }

    /// The article at an address: its name, or its name below the folder that all have in common.
    fn below_root(&self, address: &str) -> Option<&Article> {
        std::iter::once("").chain(self.prefixes()).find_map(|prefix| self.named(&format!("{prefix}{address}")))
    }

    fn named(&self, name: &str) -> Option<&Article> {
        self.by_name.get(&name.to_lowercase()).and_then(|number| self.articles.get(*number))
    }

    /// The folders that all names begin with, outermost first: `src/`, `src/content/`.
    fn prefixes(&self) -> impl Iterator<Item = &str> {
        self.common.match_indices('/').map(|(at, _)| &self.common[..=at])
    }
}

/// The folder of a name, with its slash; empty where it has none.
fn folder(name: &str) -> &str {
    name.rfind('/').map_or("", |at| &name[..=at])
}

/// A name as an address has it: without ending and index page, in lower case.
fn plain(name: &str) -> String {
    let name = name.to_lowercase();
    let name = [".md", ".mdx", ".markdown"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    let index = ["/index", "/_index", "/readme"].iter().find_map(|index| name.strip_suffix(index));
    index.unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(name: &str) -> Article {
        Article {
            name: name.to_owned(),
            reference: None,
            translations: Vec::new(),
            is_loose: false,
            is_snapshot: false,
        }
    }

    #[test]
    fn addresses_are_names_below_what_all_have_in_common() {
        let index =
            Index::of(["src/content/learn/a.md", "src/content/b/_index.md", "src/content/c.MDX"].map(article).into());
        let name = |address: &str| index.below_root(address).map(|article| article.name.as_str());
        assert_eq!(name("learn/a"), Some("src/content/learn/a.md"));
        assert_eq!(name("content/B"), Some("src/content/b/_index.md"));
        assert_eq!(name("c"), Some("src/content/c.MDX"));
        assert_eq!(name("a"), None);
    }

    #[test]
    fn roots_are_what_stands_before_the_name() {
        let root = |path: &str, name: &str| root_of(Path::new(path), name);
        assert_eq!(root("/p/en/docs/a.md", "docs/a.md"), Some("/p/en/".into()));
        assert_eq!(root("/p/docs/a.en.md", "docs/a"), Some("/p/".into()));
        assert_eq!(root("/p/docs/a.md", "b"), None);
        assert_eq!(below(Path::new("/p/docs"), "docs/b/a"), Some("b/a"));
        assert_eq!(below(Path::new("/p/docs"), "blog/a"), None);
    }
}
