//! Places in paths where a locale may stand.

use std::collections::{BTreeMap, HashMap};

use super::known::{Known, stem};
use crate::locale::Locale;

/// Where in a path the locale stands, with all that is the same in the paths of one layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scheme<'t> {
    /// `{before}{locale}{after}/{path}`: a folder is named after the locale, or has it in its name.
    Folder { before: &'t str, after: &'t str },
    /// `{path}{separator}{locale}.{ext}`.
    Suffix { separator: char },
}

/// A document whose path has a locale at the place of a scheme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'t> {
    /// Position of the document.
    pub(super) document: usize,
    /// The locale as it is spelled.
    pub(super) locale: &'t str,
    /// What the layout leaves to `{path}`, without the ending.
    pub(super) key: &'t str,
}

impl Scheme<'_> {
    /// The pattern of the translations, or with a locale's own name that of its files.
    pub(super) fn pattern(&self, locale: &str) -> String {
        match self {
            Self::Folder { before, after } => format!("{before}{locale}{after}/{{path}}"),
            Self::Suffix { separator } => format!("{{path}}{separator}{locale}.{{ext}}"),
        }
    }

    /// Where the references may be if their path has no locale in it: the start of their paths.
    pub(super) fn without_locale(&self) -> Vec<String> {
        match self {
            Self::Suffix { .. } => vec![String::new()],
            Self::Folder { before, after } if after.is_empty() && (before.is_empty() || before.ends_with('/')) => {
                // The folder itself, and those that it is in: `docs/i18n/fr/a.md` may be of `docs/a.md`.
                let ends = before.match_indices('/').map(|(at, _)| at + 1).rev().chain([0]);
                ends.map(|end| before[..end].to_owned()).collect()
            }
            Self::Folder { before, after } => {
                let (folder, name) = before.rsplit_once('/').map_or(("", *before), |(folder, name)| (folder, name));
                let slash = if folder.is_empty() { "" } else { "/" };
                // Collections: `_fr/tour/a.md` is of `_tour/a.md`.
                if after.is_empty() && SEPARATORS.iter().any(|separator| name == separator.to_string()) {
                    return vec![(*before).to_owned(), format!("{folder}{slash}")];
                }
                let name = match name.strip_suffix(SEPARATORS) {
                    Some(start) => format!("{start}{after}"),
                    None => after.trim_start_matches(SEPARATORS).to_owned(),
                };
                vec![format!("{folder}{slash}{name}/")]
            }
        }
    }

    /// Is the folder around the locale called after what it is for? Then even a lone `README.md` says something.
    pub(super) fn is_named_for_locales(&self) -> bool {
        let Self::Folder { before, .. } = self else { return false };
        before.trim_end_matches('/').rsplit('/').next().is_some_and(|name| FOR_LOCALES.contains(&name))
    }
}

/// What divides a locale from the rest of a name.
const SEPARATORS: [char; 3] = ['.', '-', '_'];

/// Names of folders that hold a folder for each locale.
const FOR_LOCALES: [&str; 10] =
    ["i18n", "l10n", "lang", "langs", "languages", "locale", "locales", "localized", "translation", "translations"];

/// Characters that have a meaning of their own in patterns.
const SPECIAL: [char; 3] = ['{', '}', ':'];

/// Every place of every document where a locale may stand, by scheme.
pub(super) fn gather<'t>(known: &Known<'t>) -> BTreeMap<Scheme<'t>, Vec<Spot<'t>>> {
    let mut schemes: BTreeMap<Scheme<'t>, Vec<Spot<'t>>> = BTreeMap::new();
    let mut folders: HashMap<&'t str, Vec<(usize, usize)>> = HashMap::new();
    for (document, path) in known.documents.iter().enumerate() {
        let path = stem(path);
        let mut start = 0;
        while let Some(length) = path[start..].find('/') {
            let end = start + length;
            for (from, to) in folders.entry(&path[start..end]).or_insert_with(|| locales_in(&path[start..end])) {
                let (before, after) = (&path[..start + *from], &path[start + *to..end]);
                if !before.contains(SPECIAL) && !after.contains(SPECIAL) {
                    let spot = Spot { document, locale: &path[start + *from..start + *to], key: &path[end + 1..] };
                    schemes.entry(Scheme::Folder { before, after }).or_default().push(spot);
                }
            }
            start = end + 1;
        }
        if let Some((separator, at)) = suffix(&path[start..]) {
            let spot = Spot { document, locale: &path[start + at + 1..], key: &path[..start + at] };
            schemes.entry(Scheme::Suffix { separator }).or_default().push(spot);
        }
    }
    schemes
}

/// Where locales stand in the name of a folder: all of it, else each longest piece between separators.
fn locales_in(name: &str) -> Vec<(usize, usize)> {
    let is_locale = |text: &str| text.len() <= LONGEST && text.is_ascii() && Locale::of_name(text).is_some();
    if is_locale(name) {
        return vec![(0, name.len())];
    }
    let mut starts: Vec<usize> = vec![0];
    starts.extend(name.match_indices(SEPARATORS).map(|(at, _)| at + 1));
    let ends: Vec<usize> = starts[1..].iter().map(|start| start - 1).chain([name.len()]).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (first, start) in starts.iter().enumerate() {
        if found.last().is_some_and(|(_, end)| end > start) {
            continue;
        }
        let longest = ends[first..].iter().take(3).rev().find(|end| is_locale(&name[*start..**end]));
        found.extend(longest.map(|end| (*start, *end)));
    }
    found
}

/// The folder on the way to a path that is called after a locale, with a slash at the end, and that locale; none where
/// its code is another word as well.
pub(super) fn folder_of_locale(path: &str) -> Option<(&str, Locale)> {
    let ends = path.match_indices('/').map(|(at, _)| at);
    let named = |end: usize| {
        let start = path[..end].rfind('/').map_or(0, |slash| slash + 1);
        let pieces = locales_in(&path[start..end]).into_iter();
        let mut locales = pieces.filter_map(|(from, to)| Locale::of_name(&path[start + from..start + to]));
        locales.find(|locale| locale.is_telling() && locale.language() != "en").map(|locale| (&path[..=end], locale))
    };
    ends.into_iter().find_map(named)
}

/// Length of the longest tag, `sr-Latn-419`.
const LONGEST: usize = 11;

/// The separator before the locale that a file's name ends in, and where it is.
fn suffix(name: &str) -> Option<(char, usize)> {
    let places: Vec<(usize, &str)> = name.rmatch_indices(SEPARATORS).take(3).collect();
    let longest = places.iter().rev().find(|(at, _)| *at > 0 && Locale::of_name(&name[at + 1..]).is_some());
    longest.and_then(|(at, separator)| Some((separator.chars().next()?, *at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_stand_in_names() {
        let pieces = |name: &'static str| -> Vec<&str> {
            locales_in(name).into_iter().map(|(from, to)| &name[from..to]).collect()
        };
        assert_eq!(pieces("zh_CN"), ["zh_CN"]);
        assert_eq!(pieces("docs-zh-hans"), ["zh-hans"]);
        assert_eq!(pieces("pt-br.react.dev"), ["pt-br"]);
        assert_eq!(pieces("how-it-is-done"), ["it-is"]);
        assert!(pieces("source").is_empty() && pieces("日本-語").is_empty() && pieces("").is_empty());
        assert_eq!(suffix("a.b.zh-CN"), Some(('.', 3)));
        assert_eq!(suffix("README_pt_BR"), Some(('_', 6)));
        assert_eq!(suffix(".it"), None);
        assert_eq!(suffix("it"), None);
        assert_eq!(folder_of_locale("a/b-ja/c/").map(|(folder, _)| folder), Some("a/b-ja/"));
        assert_eq!(folder_of_locale("a/my/c/"), None);
    }

    #[test]
    fn references_without_a_locale_have_the_same_name_but_for_it() {
        let without = |before, after| Scheme::Folder { before, after }.without_locale();
        assert_eq!(without("docs/i18n/", ""), ["docs/i18n/", "docs/", ""]);
        assert_eq!(without("", ""), [""]);
        assert_eq!(without("pages.", ""), ["pages/"]);
        assert_eq!(without("", ".react.dev"), ["react.dev/"]);
        assert_eq!(without("docs/_", ""), ["docs/_", "docs/"]);
        assert_eq!(without("x/docs-", "-old"), ["x/docs-old/"]);
    }
}
