//! Files sorted into articles by the layouts.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::layout::{Found, Layout, LayoutError};
use super::walk::{Walk, by_component};
use super::{Article, Translation};
use crate::config::Config;
use crate::locale::Locale;
use crate::threads;

/// Sorts files into articles; of those that are `gone`, the translations of references are asked for.
pub(super) fn articles(
    asked: &[PathBuf],
    gone: &[PathBuf],
    config: &Config,
    walk: &mut Walk,
) -> Result<Vec<Article>, LayoutError> {
    let layouts: Vec<Layout> = config.layout.iter().map(|one| Layout::new(one, config)).collect::<Result<_, _>>()?;
    let mut sorted = Sorted {
        layouts: &layouts,
        config,
        articles: BTreeMap::new(),
        wanted: Vec::new(),
        with_references: BTreeSet::new(),
        unknown: Vec::new(),
    };
    let files = walk.documents(asked);
    let named: HashSet<&Path> = asked.iter().map(PathBuf::as_path).collect();
    sorted.add_all(&files, true, |path| named.contains(path));
    for path in gone {
        let references = sorted.references(path, usize::MAX);
        sorted.wanted.extend(references);
    }
    // A changed reference concerns all its translations, and what others say helps to judge one that is asked for.
    let everywhere = folders(&layouts, config);
    if sorted.wants_more() && !everywhere.iter().all(|folder| asked.iter().any(|asked| folder.starts_with(asked))) {
        let mut others = walk.documents(&everywhere);
        others.retain(|path| files.binary_search_by(|file| by_component(file, path)).is_err());
        sorted.add_all(&others, false, |_| false);
    }
    Ok(sorted.finish(walk))
}

/// The folders that translations are in: the configuration's, and roots outside of it.
pub(super) fn folders(layouts: &[Layout], config: &Config) -> Vec<PathBuf> {
    let mut folders = vec![config.folder.clone()];
    for layout in layouts.iter().filter(|layout| !layout.translation.base.starts_with(&config.folder)) {
        folders.push(layout.translation.base.clone());
    }
    folders.dedup();
    folders
}

/// Which article a file belongs to: the number of its layout and the `{path}` in it.
type Key = (usize, String);

struct Sorted<'a> {
    layouts: &'a [Layout],
    config: &'a Config,
    articles: BTreeMap<Key, Article>,
    /// Articles whose reference is asked for.
    wanted: Vec<Key>,
    /// Layouts whose references were met.
    with_references: BTreeSet<usize>,
    /// Files that are asked for by name and that no layout knows.
    unknown: Vec<PathBuf>,
}

/// What a file may be, by its path.
struct Looked {
    translation: Option<Translated>,
    references: Vec<Key>,
}

/// What a layout found in a path.
struct Translated {
    layout: usize,
    path: String,
    ext: String,
    locale: Option<Locale>,
}

impl Translated {
    fn new(layout: usize, found: &Found<'_>) -> Self {
        Self { layout, path: found.path.to_owned(), ext: found.ext.to_owned(), locale: found.locale.clone() }
    }

    fn found(&self) -> Found<'_> {
        Found { path: &self.path, ext: &self.ext, locale: self.locale.clone() }
    }
}

impl Sorted<'_> {
    /// Sorts files in: each is looked at by itself, and they are put in their places one after the other.
    fn add_all(&mut self, paths: &[PathBuf], is_asked_for: bool, is_named: impl Fn(&Path) -> bool) {
        let looked = threads::map(paths, |path| self.look(path));
        for (path, looked) in paths.iter().zip(looked) {
            self.add(path, looked, is_asked_for, is_named(path));
        }
    }

    /// What a file may be. Beside a snapshot stands a translation; a file without one is none, whatever its name.
    fn look(&self, path: &Path) -> Looked {
        let of_layout = |(at, layout): (usize, &Layout)| {
            let relative = layout.translation.relative(path);
            let found = layout.translation.find(&relative)?;
            let is_there = || {
                let reference = layout.reference_of(&found, self.config.locale_of_references());
                reference.is_some_and(|path| path.is_file())
            };
            (!layout.is_snapshot || is_there()).then(|| Translated::new(at, &found))
        };
        let translation = self.layouts.iter().enumerate().find_map(of_layout);
        let openness = translation.as_ref().map_or(usize::MAX, |translated| translated.found().openness());
        Looked { references: self.references(path, openness), translation }
    }

    fn add(&mut self, path: &Path, looked: Looked, is_asked_for: bool, is_named: bool) {
        match looked.translation {
            // A reference is never a translation, of whatever layout.
            _ if !looked.references.is_empty() => {
                self.with_references.extend(looked.references.iter().map(|(number, _)| *number));
                self.wanted.extend(looked.references.into_iter().filter(|_| is_named));
            }
            Some(translated) => self.add_translation(&translated, path, is_asked_for),
            None if is_named => self.unknown.push(path.to_owned()),
            None => {}
        }
    }

    /// What a path is the reference of, unless a translation's pattern knows it better, as `docs/{locale}/{path}` knows
    /// `docs/fr/a.md` better than `docs/{path}` does.
    fn references(&self, path: &Path, openness: usize) -> Vec<Key> {
        let of = |(number, layout): (usize, &Layout)| {
            let pattern = layout.reference.as_ref()?;
            let relative = pattern.relative(path);
            let found = pattern.find(&relative).filter(|found| found.openness() <= openness)?;
            let is_in_its_locale =
                found.locale.is_none() || found.locale == Locale::parse(self.config.locale_of_references());
            is_in_its_locale.then(|| (number, found.path.to_owned()))
        };
        self.layouts.iter().enumerate().filter_map(of).collect()
    }

    fn add_translation(&mut self, translated: &Translated, path: &Path, is_asked_for: bool) {
        let layout = &self.layouts[translated.layout];
        let reference_locale = self.config.locale_of_references();
        let key = (translated.layout, translated.path.clone());
        let article = self.articles.entry(key).or_insert_with(|| Article {
            name: translated.path.clone(),
            reference: layout.reference_of(&translated.found(), reference_locale),
            translations: Vec::new(),
            is_loose: false,
            is_snapshot: layout.is_snapshot,
        });
        let locale = translated.locale.clone().or_else(|| layout.locale.clone());
        article.translations.push(Translation { path: path.to_owned(), locale, is_asked_for });
    }

    /// Is the rest of the project needed, beyond the files that are asked for?
    fn wants_more(&self) -> bool {
        !self.wanted.is_empty() || !self.articles.is_empty()
    }

    /// Where not one reference of a layout is there, they are somewhere else: that is told once, and not as so many
    /// translations whose reference is gone.
    fn without_references(&mut self, walk: &mut Walk) {
        for (number, layout) in self.layouts.iter().enumerate() {
            let Some(pattern) = &layout.reference else { continue };
            let mut articles: Vec<&mut Article> =
                self.articles.iter_mut().filter(|(key, _)| key.0 == number).map(|(_, article)| article).collect();
            let is_there = |article: &&mut Article| article.reference.as_ref().is_some_and(|path| path.is_file());
            if articles.len() < 2 || self.with_references.contains(&number) || articles.iter().any(is_there) {
                continue;
            }
            for article in &mut articles {
                article.reference = None;
            }
            walk.tell(format!(
                "layout: none of the {} references is there that `{}` stands for; fetch them, or mend the pattern",
                articles.len(),
                pattern.base.join(&pattern.text).display()
            ));
        }
    }

    fn finish(mut self, walk: &mut Walk) -> Vec<Article> {
        for key in &self.wanted {
            if let Some(article) = self.articles.get_mut(key) {
                article.translations.iter_mut().for_each(|translation| translation.is_asked_for = true);
            }
        }
        self.without_references(walk);
        let mut articles: Vec<Article> = self.articles.into_values().collect();
        articles.retain(|article| article.translations.iter().any(|translation| translation.is_asked_for));
        for article in &mut articles {
            article.translations.sort_by(|a, b| by_component(&a.path, &b.path));
        }
        articles.extend(super::loose::alone(&self.unknown, walk));
        articles
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::LayoutConfig;
    use crate::project::paths::slashed;

    fn layout(reference: &str, translation: &str) -> Layout {
        let config = LayoutConfig {
            reference: Some(reference.to_owned()),
            translation: translation.to_owned(),
            ..LayoutConfig::default()
        };
        Layout::new(&config, &Config { folder: "/p".into(), ..Config::default() }).expect("a layout")
    }

    /// What `files` are: `a.md < b.md` for a translation and its reference.
    fn sorted(layouts: &[(&str, &str)], reference_locale: Option<&str>, files: &[&str]) -> Vec<String> {
        let layouts: Vec<Layout> = layouts.iter().map(|(r, t)| layout(r, t)).collect();
        let reference_locale = reference_locale.map(str::to_owned);
        let config = Config { folder: "/p".into(), reference_locale, ..Config::default() };
        let (articles, wanted, unknown) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut sorted =
            Sorted { layouts: &layouts, config: &config, articles, wanted, with_references: BTreeSet::new(), unknown };
        let files: Vec<PathBuf> = files.iter().map(|file| Path::new("/p").join(file)).collect();
        sorted.add_all(&files, true, |_| false);
        let shown = |path: &Path| slashed(path.strip_prefix("/p").expect("in the project"));
        let articles = sorted.articles.into_values();
        articles
            .flat_map(|article| {
                let reference = article.reference.as_deref().map(shown).unwrap_or_default();
                article.translations.into_iter().map(move |one| format!("{} < {reference}", shown(&one.path)))
            })
            .collect()
    }

    #[test]
    fn a_reference_is_no_translation_and_the_closer_pattern_knows_a_file() {
        let files = ["docs/a.md", "docs/fr/a.md", "README.md", "README.zh-CN.md"];
        let both = [("docs/{path}", "docs/{locale}/{path}"), ("{path}.{ext}", "{path}.{locale}.{ext}")];
        assert_eq!(sorted(&both, None, &files), ["docs/fr/a.md < docs/a.md", "README.zh-CN.md < README.md"]);
        let later = [("i18n/{locale}/{path}", "x/{locale}/{path}"), ("content/en/{path}", "content/{locale}/{path}")];
        let files = ["content/en/a.md", "content/ja/a.md"];
        assert_eq!(sorted(&later, None, &files), ["content/ja/a.md < content/en/a.md"]);
        let general = [("content/en/{path}", "{locale}/{path}"), ("{path}.en.{ext}", "{path}.{ext}")];
        assert_eq!(sorted(&general, None, &["content/en/a.md", "b.en.md", "b.md"]), ["b.md < b.en.md"]);
    }

    #[test]
    fn the_reference_may_be_told_by_its_locale_alone() {
        let files = ["content/en-US/a.md", "content/fr/a.md"];
        let layout = [("content/{locale}/{path}", "content/{locale}/{path}")];
        assert_eq!(sorted(&layout, Some("en-US"), &files), ["content/fr/a.md < content/en-US/a.md"]);
        let suffixes = [("{path}.{locale}.{ext}", "{path}.{locale}.{ext}")];
        assert_eq!(sorted(&suffixes, Some("ja"), &["a.ja.md", "a.fr.md"]), ["a.fr.md < a.ja.md"]);
    }
}
