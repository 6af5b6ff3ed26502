//! Layouts: where translations and their references are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;

use super::paths::{absolute, slashed};
use super::walk::{ENDINGS, Globs, documents};
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
}

/// A path with places for `{path}`, `{locale}` and `{ext}`.
#[derive(Debug)]
struct Pattern {
    /// The folder that it is relative to.
    base: PathBuf,
    text: String,
    regex: Regex,
}

/// What a pattern found in a path.
struct Found<'p> {
    path: &'p str,
    ext: &'p str,
    locale: Option<Locale>,
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
        })
    }

    /// The reference that belongs to what the translation's pattern found.
    fn reference_of(&self, found: &Found<'_>, reference_locale: &str) -> Option<PathBuf> {
        let pattern = self.reference.as_ref()?;
        let path = |ext: &str| pattern.fill(found.path, ext, reference_locale);
        let endings = std::iter::once(found.ext).chain(ENDINGS.iter().copied());
        Some(endings.map(path).find(|path| path.is_file()).unwrap_or_else(|| path(found.ext)))
    }
}

impl Pattern {
    fn new(text: &str, project: &Config) -> Result<Self, LayoutError> {
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
        let regex = Regex::new(&to_regex(&text)?).map_err(|error| LayoutError(format!("`{text}`: {error}")))?;
        Ok(Self { base, text, regex })
    }

    fn find<'p>(&self, path: &'p str) -> Option<Found<'p>> {
        let captures = self.regex.captures(path)?;
        let part = |name| captures.name(name).map_or("", |part| part.as_str());
        let locale = match captures.name("locale") {
            Some(tag) => Some(Locale::parse(tag.as_str())?),
            None => None,
        };
        Some(Found { path: part("path"), ext: part("ext"), locale })
    }

    fn fill(&self, path: &str, ext: &str, locale: &str) -> PathBuf {
        let filled = self.text.replace("{path}", path).replace("{ext}", ext).replace("{locale}", locale);
        absolute(&self.base, Path::new(&filled))
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
            "path" => "(?P<path>.+)",
            "locale" => "(?P<locale>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,4})*)",
            "ext" => r"(?P<ext>[^./]+)",
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
        regex.push_str(part);
        rest = tail;
    }
    regex.push_str(&regex::escape(rest));
    regex.push('$');
    Ok(regex)
}

/// Sorts files into articles.
pub(super) fn articles(asked: &[PathBuf], config: &Config) -> Result<Vec<Article>, LayoutError> {
    let layouts: Vec<Layout> = config.layout.iter().map(|one| Layout::new(one, config)).collect::<Result<_, _>>()?;
    let ignored = Globs::ignored(config);
    let mut sorted =
        Sorted { layouts: &layouts, config, articles: BTreeMap::new(), wanted: Vec::new(), unknown: Vec::new() };
    let files = documents(asked, &ignored);
    for path in &files {
        sorted.add(path, true, asked.contains(path));
    }
    // A changed reference concerns all its translations, and a cohort is known by all its members.
    if sorted.wants_more() {
        for path in documents(std::slice::from_ref(&config.folder), &ignored) {
            if files.binary_search(&path).is_err() {
                sorted.add(&path, false, false);
            }
        }
    }
    Ok(sorted.finish())
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
    fn add(&mut self, path: &Path, is_asked_for: bool, is_named: bool) {
        for (number, layout) in self.layouts.iter().enumerate() {
            if let Some(found) = layout.reference.as_ref().and_then(|pattern| Some(find(pattern, path)?.0)) {
                if is_named {
                    self.wanted.push((number, found));
                }
                return;
            }
            let Some((key, found)) = find_translation(layout, path) else { continue };
            let locale = found.or_else(|| layout.locale.clone());
            self.add_translation((number, key), layout, path, locale, is_asked_for);
            return;
        }
        if is_named {
            self.unknown.push(path.to_owned());
        }
    }

    fn add_translation(&mut self, key: Key, layout: &Layout, path: &Path, locale: Option<Locale>, is_asked_for: bool) {
        let reference_locale = self.config.reference_locale.as_deref().unwrap_or("en");
        let relative = slashed(path.strip_prefix(&layout.translation.base).unwrap_or(path));
        let article = self.articles.entry(key).or_insert_with_key(|(_, name)| Article {
            name: name.clone(),
            reference: layout
                .translation
                .find(&relative)
                .and_then(|found| layout.reference_of(&found, reference_locale)),
            translations: Vec::new(),
            is_loose: false,
            is_snapshot: false,
        });
        article.translations.push(Translation { path: path.to_owned(), locale, is_asked_for });
    }

    /// Is the rest of the project needed, beyond the files that are asked for?
    fn wants_more(&self) -> bool {
        !self.wanted.is_empty() || self.articles.values().any(|article| article.reference.is_none())
    }

    fn finish(mut self) -> Vec<Article> {
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
        articles.extend(super::loose::alone(&self.unknown, self.config));
        articles
    }
}

fn find(pattern: &Pattern, path: &Path) -> Option<(String, Option<Locale>)> {
    let relative = slashed(path.strip_prefix(&pattern.base).ok()?);
    let found = pattern.find(&relative)?;
    Some((found.path.to_owned(), found.locale))
}

fn find_translation(layout: &Layout, path: &Path) -> Option<(String, Option<Locale>)> {
    find(&layout.translation, path)
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
        ] {
            let layout = layout(None, translation, None).expect(translation);
            let (found, tag) = find_translation(&layout, &Path::new("/p").join(path)).expect(path);
            assert_eq!((found.as_str(), tag.as_ref().map(Locale::as_str)), (key, locale), "{translation}");
        }
        let layout = layout(None, "content/{locale}/{path}", None).expect("a layout");
        assert!(find_translation(&layout, Path::new("/p/content/src/a.md")).is_none());
    }

    #[test]
    fn mistakes_in_patterns_are_told() {
        for (pattern, words) in [
            ("{lang}/{path}", "unknown `{lang}`"),
            ("{locale/x", "never closed"),
            ("{path}/{path}", "twice"),
            ("src:{path}", "no root `src`"),
        ] {
            let error = layout(None, pattern, None).expect_err(pattern);
            assert!(error.to_string().contains(words), "{error}");
        }
        assert!(layout(None, "{path}", Some("klingon")).is_err());
    }
}
