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
    let translations = files.into_iter().map(translation).collect();
    vec![Article { name: String::new(), reference: None, translations, is_loose: true, is_snapshot: false }]
}

/// Files that are held against a document, or against the files of a folder.
pub(super) fn against(reference: &Path, asked: &[PathBuf], walk: &mut Walk) -> Result<Vec<Article>, ProjectError> {
    if !reference.is_dir() {
        let files = walk.documents(asked).into_iter().filter(|path| path != reference);
        let name = reference.file_name().map(|name| slashed(Path::new(name))).unwrap_or_default();
        let translations = files.map(translation).collect();
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
            let article = articles.entry(there).or_insert_with_key(|there| Article {
                name: slashed(&below),
                reference: Some(there.clone()),
                translations: Vec::new(),
                is_loose: false,
                is_snapshot: false,
            });
            article.translations.push(translation(path));
        }
    }
    if articles.is_empty() {
        return Err(ProjectError::NoReference(reference.to_owned()));
    }
    Ok(articles.into_values().collect())
}

fn translation(path: PathBuf) -> Translation {
    let locale = locale_of(&path);
    Translation { path, locale, is_asked_for: true }
}

/// The locale that a path names: `it.md`, `a.it.md`, else the innermost folder that is called like one.
fn locale_of(path: &Path) -> Option<Locale> {
    let stem = path.file_stem()?.to_str()?;
    let in_name = Locale::parse(stem).or_else(|| Locale::parse(stem.rsplit('.').next()?));
    let folders = path.parent()?.iter().rev().take(6);
    in_name.or_else(|| folders.filter_map(|folder| folder.to_str()).find_map(Locale::parse))
}
