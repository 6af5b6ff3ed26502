//! Layouts: where translations and their references are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;

use super::paths::{absolute, slashed};
use super::walk::{ENDINGS, Walk};
use super::{Article, Translation};
use crate::config::{Config, LayoutConfig};
use crate::locale::Locale;

/// A pattern of the configuration that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutError(String);

impl std::fmt::Display for LayoutError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "layout: {}", self.0)
    }
}

/// One layout, ready to match.
#[derive(Debug)]
pub struct Layout {
    reference: Option<Pattern>,
    translation: Pattern,
    locale: Option<Locale>,
    is_snapshot: bool,
}

/// A path with places for `{path}`, `{locale}` and `{ext}`.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The folder that it is relative to.
    base: PathBuf,
    text: String,
    regex: Regex,
}

/// What a pattern found in a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found<'p> {
    pub(super) path: &'p str,
    pub(super) ext: &'p str,
    pub(super) locale: Option<Locale>,
}

impl Found<'_> {
    /// How much of the file's name the pattern leaves open: the less, the better it knows the file.
    fn openness(&self) -> usize {
        self.path.len() + self.ext.len()
    }
}

impl Layout {
    /// Compiles a layout.
    pub fn new(config: &LayoutConfig, project: &Config) -> Result<Self, LayoutError> {
        let locale = config.locale.as_deref().map(|tag| {
            Locale::parse(tag).ok_or_else(|| LayoutError(format!("locale: `{tag}` is no known language tag")))
        });
        Ok(Self {
            reference: config.reference.as_deref().map(|text| Pattern::new(text, project)).transpose()?,
            translation: Pattern::new(&config.translation, project)?,
            locale: locale.transpose()?,
            is_snapshot: config.snapshot,
        })
    }

    /// The reference that belongs to what the translation's pattern found.
    fn reference_of(&self, found: &Found<'_>, reference_locale: &str) -> Option<PathBuf> {
        let pattern = self.reference.as_ref()?;
        let path = |ext: &str| absolute(&pattern.base, Path::new(&pattern.fill(found.path, ext, reference_locale)));
        let endings = std::iter::once(found.ext).chain(ENDINGS.iter().copied());
        Some(endings.map(path).find(|path| path.is_file()).unwrap_or_else(|| path(found.ext)))
    }
}

impl Pattern {
    pub(super) fn new(text: &str, project: &Config) -> Result<Self, LayoutError> {
        let (base, text) = match text.split_once(':') {
            Some((root, rest)) => {
                let folder = project.roots.get(root).ok_or_else(|| {
                    LayoutError(format!(
                        "`{text}`: no root `{root}` is declared; write `roots: {{ {root}: ../folder }}`"
                    ))
                })?;
                (absolute(&project.folder, folder), rest)
            }
            None => (project.folder.clone(), text),
        };
        let text = text.trim_start_matches("./").to_owned();
        if text.starts_with('/') || text.split('/').any(|part| part == "..") {
            return Err(LayoutError(format!(
                "`{text}` leaves the project; name the folder outside, as in `roots: {{ other: ../other }}`, and write \
                 `other:{{path}}`"
            )));
        }
        let regex = Regex::new(&to_regex(&text)?).map_err(|error| LayoutError(format!("`{text}`: {error}")))?;
        Ok(Self { base, text, regex })
    }

    /// A path relative to its folder, with forward slashes; empty where it is outside.
    fn relative(&self, path: &Path) -> String {
        path.strip_prefix(&self.base).map(slashed).unwrap_or_default()
    }

    /// What it finds in a path that is relative to its folder.
    pub(super) fn find<'p>(&self, path: &'p str) -> Option<Found<'p>> {
        let captures = self.regex.captures(path)?;
        let part = |name| captures.name(name).map_or("", |part| part.as_str());
        let locale = match captures.name("locale") {
            Some(tag) => Some(Locale::parse(tag.as_str())?),
            None => None,
        };
        Some(Found { path: part("path"), ext: part("ext"), locale })
    }

    /// The path that it names, relative to its folder.
    pub(super) fn fill(&self, path: &str, ext: &str, locale: &str) -> String {
        // `{path}` last: a file may be called `{ext}`.
        self.text.replace("{ext}", ext).replace("{locale}", locale).replace("{path}", path)
    }
}

fn to_regex(text: &str) -> Result<String, LayoutError> {
    let mut regex = String::from("^");
    let mut rest = text;
    let mut seen = Vec::new();
    while let Some((literal, tail)) = rest.split_once('{') {
        regex.push_str(&regex::escape(literal));
        let (name, tail) =
            tail.split_once('}').ok_or_else(|| LayoutError(format!("`{text}`: a `{{` is never closed")))?;
        let part = match name {
            // As little as can be, so that the locale of `a-zh-CN.md` is all of `zh-CN`.
            "path" => "(?P<path>.+?)".to_owned(),
            "locale" => format!("(?P<locale>{})", Locale::pattern()),
            "ext" => r"(?P<ext>[^./]+)".to_owned(),
            _ => {
                return Err(LayoutError(format!(
                    "`{text}`: unknown `{{{name}}}`; known are {{path}}, {{locale}}, {{ext}}"
                )));
            }
        };
        if seen.contains(&name) {
            return Err(LayoutError(format!("`{text}`: `{{{name}}}` stands there twice")));
        }
        seen.push(name);
        regex.push_str(&part);
        rest = tail;
    }
    regex.push_str(&regex::escape(rest));
    regex.push('$');
    Ok(regex)
}

/// Sorts files into articles.
pub(super) fn articles(asked: &[PathBuf], config: &Config, walk: &mut Walk) -> Result<Vec<Article>, LayoutError> {
    let layouts: Vec<Layout> = config.layout.iter().map(|one| Layout::new(one, config)).collect::<Result<_, _>>()?;
    let mut sorted =
        Sorted { layouts: &layouts, config, articles: BTreeMap::new(), wanted: Vec::new(), unknown: Vec::new() };
    let files = walk.documents(asked);
    for path in &files {
        sorted.add(path, true, asked.contains(path));
    }
    // A changed reference concerns all its translations, and what others say helps to judge one that is asked for.
    let everywhere = folders(&layouts, config);
    if sorted.wants_more() && !everywhere.iter().all(|folder| asked.iter().any(|asked| folder.starts_with(asked))) {
        for path in walk.documents(&everywhere) {
            if files.binary_search(&path).is_err() {
                sorted.add(&path, false, false);
            }
        }
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
    /// Files that are asked for by name and that no layout knows.
    unknown: Vec<PathBuf>,
}

impl Sorted<'_> {
    /// Sorts one file in. Beside a snapshot stands a translation; a file without one is none, whatever its name.
    fn add(&mut self, path: &Path, is_asked_for: bool, is_named: bool) {
        let relative: Vec<String> = self.layouts.iter().map(|layout| layout.translation.relative(path)).collect();
        let of_layout = self.layouts.iter().zip(&relative).enumerate();
        let mut translations = of_layout.filter_map(|(at, (layout, path))| Some((at, layout.translation.find(path)?)));
        let translation = translations.find(|(at, found)| {
            let layout = &self.layouts[*at];
            !layout.is_snapshot
                || layout.reference_of(found, self.reference_locale()).is_some_and(|path| path.is_file())
        });
        let openness = translation.as_ref().map_or(usize::MAX, |(_, found)| found.openness());
        let references = self.references(path, openness);
        match translation {
            // A reference is never a translation, of whatever layout.
            _ if !references.is_empty() && is_named => self.wanted.extend(references),
            _ if !references.is_empty() => {}
            Some((number, found)) => self.add_translation(number, &found, path, is_asked_for),
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
            let is_in_its_locale = found.locale.is_none() || found.locale == Locale::parse(self.reference_locale());
            is_in_its_locale.then(|| (number, found.path.to_owned()))
        };
        self.layouts.iter().enumerate().filter_map(of).collect()
    }

    fn reference_locale(&self) -> &str {
        self.config.reference_locale.as_deref().unwrap_or("en")
    }

    fn add_translation(&mut self, number: usize, found: &Found<'_>, path: &Path, is_asked_for: bool) {
        let layout = &self.layouts[number];
        let reference_locale = self.config.reference_locale.as_deref().unwrap_or("en");
        let reference = || layout.reference_of(found, reference_locale);
        let article = self.articles.entry((number, found.path.to_owned())).or_insert_with(|| Article {
            name: found.path.to_owned(),
            reference: reference(),
            translations: Vec::new(),
            is_loose: false,
            is_snapshot: layout.is_snapshot,
        });
        let locale = found.locale.clone().or_else(|| layout.locale.clone());
        article.translations.push(Translation { path: path.to_owned(), locale, is_asked_for });
    }

    /// Is the rest of the project needed, beyond the files that are asked for?
    fn wants_more(&self) -> bool {
        !self.wanted.is_empty() || !self.articles.is_empty()
    }

    fn finish(mut self, walk: &mut Walk) -> Vec<Article> {
        for key in &self.wanted {
            if let Some(article) = self.articles.get_mut(key) {
                article.translations.iter_mut().for_each(|translation| translation.is_asked_for = true);
            }
        }
        let mut articles: Vec<Article> = self.articles.into_values().collect();
        articles.retain(|article| article.translations.iter().any(|translation| translation.is_asked_for));
        for article in &mut articles {
            article.translations.sort();
        }
        articles.extend(super::loose::alone(&self.unknown, walk));
        articles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(reference: Option<&str>, translation: &str, locale: Option<&str>) -> Result<Layout, LayoutError> {
        let owned = |text: &str| text.to_owned();
        let config = LayoutConfig {
            reference: reference.map(owned),
            translation: translation.to_owned(),
            locale: locale.map(owned),
            snapshot: false,
        };
        Layout::new(&config, &Config { folder: "/p".into(), ..Config::default() })
    }

    #[test]
    fn patterns_of_every_scheme() {
        for (translation, path, key, locale) in [
            ("content/{locale}/{path}", "content/zh-cn/a/b.md", "a/b.md", Some("zh-CN")),
            ("{locale}.react.dev/{path}", "fr.react.dev/src/a.md", "src/a.md", Some("fr")),
            ("docs/{path}.{locale}.{ext}", "docs/a/b.pt-BR.md", "a/b", Some("pt-BR")),
            ("i18n/{locale}/current/{path}", "i18n/ja/current/a.mdx", "a.mdx", Some("ja")),
            ("{path}.md", "guide/a.md", "guide/a", None),
            ("pages.{locale}/{path}", "pages.zh_TW/common/a.md", "common/a.md", Some("zh-TW")),
            ("{path}_{locale}.{ext}", "a_b_pt_BR.md", "a_b", Some("pt-BR")),
            ("{path}-{locale}.{ext}", "get-on-zh-cn.md", "get-on", Some("zh-CN")),
            ("{path}.{locale}.{ext}", "README.sr-Latn-RS.md", "README", Some("sr-Latn-RS")),
            ("{locale}/{path}", "zh-Hans/a.md", "a.md", Some("zh-Hans")),
            ("docs/{locale}/docs/{path}", "docs/fr/docs/docs/a.md", "docs/a.md", Some("fr")),
        ] {
            let layout = layout(None, translation, None).expect(translation);
            let found = layout.translation.find(path).expect(path);
            assert_eq!((found.path, found.locale.as_ref().map(Locale::as_str)), (key, locale), "{translation}");
        }
        let layout = layout(None, "content/{locale}/{path}", None).expect("a layout");
        assert_eq!(layout.translation.find("content/src/a.md"), None);
    }

    #[test]
    fn mistakes_in_patterns_are_told() {
        for (pattern, words) in [
            ("{lang}/{path}", "unknown `{lang}`"),
            ("{locale/x", "never closed"),
            ("{path}/{path}", "twice"),
            ("src:{path}", "no root `src`"),
            ("../docs/{path}", "roots:"),
            ("docs/../../{path}", "roots:"),
            ("/docs/{path}", "leaves the project"),
        ] {
            let error = layout(None, pattern, None).expect_err(pattern);
            assert!(error.to_string().contains(words), "{error}");
        }
        assert!(layout(None, "{path}", Some("klingon")).is_err());
    }

    /// What `files` are: `a.md < b.md` for a translation and its reference.
    fn sorted(layouts: &[(&str, &str)], reference_locale: Option<&str>, files: &[&str]) -> Vec<String> {
        let layouts: Vec<Layout> = layouts.iter().map(|(r, t)| layout(Some(r), t, None).expect("a layout")).collect();
        let reference_locale = reference_locale.map(str::to_owned);
        let config = Config { folder: "/p".into(), reference_locale, ..Config::default() };
        let (articles, wanted, unknown) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut sorted = Sorted { layouts: &layouts, config: &config, articles, wanted, unknown };
        for file in files {
            sorted.add(&Path::new("/p").join(file), true, false);
        }
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
