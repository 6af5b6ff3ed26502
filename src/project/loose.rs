//! Files that no layout ties to a reference.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::paths::slashed;
use super::walk::Walk;
use super::{Article, ProjectError, Translation};
use crate::locale::Locale;

/// Files without a reference.
pub(super) fn alone(asked: &[PathBuf], walk: &mut Walk) -> Vec<Article> {
    let files = walk.documents(asked);
    if files.is_empty() {
        return Vec::new();
    }
    let translations = files.into_iter().map(|path| translation(path, None)).collect();
    vec![Article { name: String::new(), reference: None, translations, is_loose: true, is_snapshot: false }]
}

/// Files that are held against a document, or against the files of a folder.
pub(super) fn against(reference: &Path, asked: &[PathBuf], walk: &mut Walk) -> Result<Vec<Article>, ProjectError> {
    if !reference.is_dir() {
        let files = walk.documents(asked).into_iter().filter(|path| path != reference);
        let name = reference.file_name().map(|name| slashed(Path::new(name))).unwrap_or_default();
        let translations = files.map(|path| translation(path, Some(reference))).collect();
        return Ok(vec![Article {
            name,
            reference: Some(reference.to_owned()),
            translations,
            is_loose: false,
            is_snapshot: false,
        }]);
    }
    let mut articles: BTreeMap<PathBuf, Article> = BTreeMap::new();
    for base in asked {
        for path in walk.documents(std::slice::from_ref(base)) {
            let below = if base.is_dir() { path.strip_prefix(base).ok() } else { path.file_name().map(Path::new) };
            let Some(below) = below.map(Path::to_owned) else { continue };
            let there = reference.join(&below);
            if there == path || !there.is_file() {
                continue;
            }
            let translation = translation(path, Some(&there));
            let article = articles.entry(there).or_insert_with_key(|there| Article {
                name: slashed(&below),
                reference: Some(there.clone()),
                translations: Vec::new(),
                is_loose: false,
                is_snapshot: false,
            });
            article.translations.push(translation);
        }
    }
    if articles.is_empty() {
        return Err(ProjectError::NoReference(reference.to_owned()));
    }
    Ok(articles.into_values().collect())
}

fn translation(path: PathBuf, reference: Option<&Path>) -> Translation {
    let locale = locale_of(&path).or_else(|| locale_beside(&path, reference?));
    Translation { path, locale, is_asked_for: true }
}

/// The locale that a path names: `it.md`, `a.it.md`, else the innermost folder that is called like one.
fn locale_of(path: &Path) -> Option<Locale> {
    let stem = path.file_stem()?.to_str()?;
    let in_name = Locale::parse(stem).or_else(|| Locale::parse(stem.rsplit('.').next()?));
    let folders = path.parent()?.iter().rev().take(6);
    in_name.or_else(|| folders.filter_map(|folder| folder.to_str()).find_map(Locale::parse))
}

/// The locale that stands where a path parts from its reference's: `docs-fr` beside `docs-en`, `fr.site.dev` beside `site.dev`.
fn locale_beside(path: &Path, reference: &Path) -> Option<Locale> {
    let names = path.iter().rev().zip(reference.iter().rev()).filter(|(ours, theirs)| ours != theirs);
    names.filter_map(|(ours, theirs)| Some((ours.to_str()?, theirs.to_str()?))).find_map(|(ours, theirs)| {
        let pieces = |name: &str| name.split_inclusive(SEPARATORS).map(str::to_owned).collect::<Vec<_>>();
        let (ours, theirs) = (pieces(ours), pieces(theirs));
        let same = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
        let end = |piece: &str| piece.trim_end_matches(SEPARATORS).to_owned();
        let behind =
            ours[same..].iter().rev().zip(theirs[same..].iter().rev()).take_while(|(a, b)| end(a) == end(b)).count();
        Locale::parse(ours[same..ours.len() - behind].concat().trim_matches(SEPARATORS))
    })
}

/// What stands between the pieces of a name.
const SEPARATORS: [char; 3] = ['-', '.', '_'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_is_what_the_two_paths_differ_in() {
        for (path, reference, locale) in [
            ("docs-fr/guide/a.md", "docs-en/guide/a.md", Some("fr")),
            ("es.site.dev/a.md", "en.site.dev/a.md", Some("es")),
            ("fr.site.dev/a.md", "site.dev/a.md", Some("fr")),
            ("docs-zh-hans/a.md", "docs-en/a.md", Some("zh-Hans")),
            ("site.it/a.md", "site.en/a.md", Some("it")),
            ("new/a.md", "old/a.md", None),
            ("docs-new/a.md", "docs-old/a.md", None),
        ] {
            let found = locale_beside(Path::new(path), Path::new(reference));
            assert_eq!(found.as_ref().map(Locale::as_str), locale, "{path}");
        }
    }
}
