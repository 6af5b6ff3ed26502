//! Layouts: where translations and their references are.

use std::path::{Path, PathBuf};

use regex::Regex;

use super::paths::{absolute, slashed};
use super::walk::ENDINGS;
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
    pub(super) reference: Option<Pattern>,
    pub(super) translation: Pattern,
    pub(super) locale: Option<Locale>,
    pub(super) is_snapshot: bool,
}

/// A path with places for `{path}`, `{locale}` and `{ext}`.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The folder that it is relative to.
    pub(super) base: PathBuf,
    pub(super) text: String,
    regex: Regex,
    /// The same for anything that has the form of a locale: in most paths it finds the same in a fraction of the time.
    form: Regex,
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
    pub(super) fn openness(&self) -> usize {
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
    pub(super) fn reference_of(&self, found: &Found<'_>, reference_locale: &str) -> Option<PathBuf> {
        let pattern = self.reference.as_ref()?;
        let path = |ext: &str| absolute(&pattern.base, Path::new(&pattern.fill(found.path, ext, reference_locale)));
        let named = path(found.ext);
        if named.is_file() {
            return Some(named);
        }
        // A reference that became MDX is still the one.
        let is_of_pattern = pattern.text.contains("{ext}");
        let with_ending = |ending: &&str| if is_of_pattern { path(ending) } else { named.with_extension(ending) };
        let other = ENDINGS.iter().map(with_ending).find(|path| path.is_file());
        Some(other.unwrap_or(named))
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
        let regex = |locale: &str| {
            Regex::new(&to_regex(&text, locale)?).map_err(|error| LayoutError(format!("`{text}`: {error}")))
        };
        let (regex, form) = (regex(&Locale::pattern())?, regex(Locale::FORM)?);
        Ok(Self { base, text, regex, form })
    }

    /// A path relative to its folder, with forward slashes; empty where it is outside.
    pub(super) fn relative(&self, path: &Path) -> String {
        path.strip_prefix(&self.base).map(slashed).unwrap_or_default()
    }

    /// What it finds in a path that is relative to its folder.
    pub(super) fn find<'p>(&self, path: &'p str) -> Option<Found<'p>> {
        if let Some(found) = self.below_locale(path) {
            return Some(found);
        }
        // Whatever has the form and is a locale, the exact expression finds at the same place: it tries them in one order.
        let by_form = self.form.captures(path)?;
        let is_locale = by_form.name("locale").is_none_or(|tag| Locale::parse(tag.as_str()).is_some());
        let captures = if is_locale { by_form } else { self.regex.captures(path)? };
        let part = |name| captures.name(name).map_or("", |part| part.as_str());
        let locale = match captures.name("locale") {
            Some(tag) => Some(Locale::parse(tag.as_str())?),
            None => None,
        };
        Some(Found { path: part("path"), ext: part("ext"), locale })
    }

    /// What a pattern that ends in `{locale}/{path}` finds, without its expressions, where a locale stands there.
    fn below_locale<'p>(&self, path: &'p str) -> Option<Found<'p>> {
        let folder = self.text.strip_suffix("{locale}/{path}").filter(|folder| !folder.contains(['{', '}']))?;
        let (tag, path) = path.strip_prefix(folder)?.split_once('/').filter(|(_, path)| !path.is_empty())?;
        Some(Found { path, ext: "", locale: Some(Locale::parse(tag)?) })
    }

    /// The path that it names, relative to its folder.
    pub(super) fn fill(&self, path: &str, ext: &str, locale: &str) -> String {
        // `{path}` last: a file may be called `{ext}`.
        self.text.replace("{ext}", ext).replace("{locale}", locale).replace("{path}", path)
    }
}

fn to_regex(text: &str, locale: &str) -> Result<String, LayoutError> {
    // A name may have line breaks in it.
    let mut regex = String::from("(?s)^");
    let mut rest = text;
    let mut seen = Vec::new();
    while let Some((literal, tail)) = rest.split_once('{') {
        regex.push_str(&regex::escape(literal));
        let (name, tail) =
            tail.split_once('}').ok_or_else(|| LayoutError(format!("`{text}`: a `{{` is never closed")))?;
        let part = match name {
            // As little as can be, so that the locale of `a-zh-CN.md` is all of `zh-CN`.
            "path" => "(?P<path>.+?)".to_owned(),
            "locale" => format!("(?P<locale>{locale})"),
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
}
