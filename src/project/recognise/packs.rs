//! Which pack a tree is of.

use std::path::Path;

use super::Tree;
use crate::document::{Metadata, metadata};
use crate::pack::{Pack, builtin};
use crate::project::Globs;
use crate::source::Source;

/// The share of documents that must speak for a pack where no file of its generator is there.
const ENOUGH: f32 = 0.2;
/// At most so many paths are held against the globs of a pack.
const MOST_PATHS: usize = 4096;

/// The pack that most speaks for, and the folders in which its generator's files are.
pub(super) fn of(tree: &Tree) -> Option<(&'static Pack, Vec<String>)> {
    let sources: Vec<Source> = tree.samples.iter().map(|text| Source::new("", text)).collect();
    let samples: Vec<Sample<'_>> = sources.iter().map(|source| (source.text(), metadata::parse(source).0)).collect();
    let packs = builtin().iter().filter(|pack| !pack.recognise.always);
    let weighed = packs.map(|pack| (weight(pack, tree, &samples), pack));
    let heaviest = weighed.filter(|(weight, _)| *weight >= ENOUGH).max_by(|(a, _), (b, _)| a.total_cmp(b));
    heaviest.map(|(_, pack)| (pack, folders(tree, pack)))
}

/// The start of a text, and its metadata.
type Sample<'a> = (&'a str, Option<Metadata<'a>>);

/// The folders in which files of a pack's generator are, or the tree's own: `""`, or with a slash at the end.
pub(super) fn folders(tree: &Tree, pack: &Pack) -> Vec<String> {
    let entries = entries(tree, pack);
    let mut folders: Vec<String> = entries
        .filter(|entry| !entry.rsplit('/').next().is_some_and(|name| name.starts_with('.')))
        .map(|entry| entry.rfind('/').map_or("", |slash| &entry[..=slash]).to_owned())
        .collect();
    folders.push(String::new());
    folders.sort();
    folders.dedup();
    folders
}

/// What speaks for a pack: files of its generator, and the shares of documents with its tokens and metadata.
fn weight(pack: &Pack, tree: &Tree, samples: &[Sample<'_>]) -> f32 {
    let has_token = |(text, _): &&Sample<'_>| pack.recognise.tokens.iter().any(|token| text.contains(token.as_str()));
    let has_key = |(_, metadata): &&Sample<'_>| {
        metadata
            .as_ref()
            .is_some_and(|metadata| pack.recognise.metadata.iter().any(|key| metadata.value(key).is_some()))
    };
    let files = match () {
        () if entries(tree, pack).next().is_some() => 1.0,
        () if has_document(tree, pack) => 0.5,
        () => 0.0,
    };
    files + share(samples, has_token) + share(samples, has_key)
}

fn share<T>(all: &[T], has: impl Fn(&&T) -> bool) -> f32 {
    // At most 64 texts are sampled: a u8 holds the numbers, and a float those.
    let count = |n: usize| f32::from(u8::try_from(n).unwrap_or(u8::MAX));
    if all.is_empty() { 0.0 } else { count(all.iter().filter(has).count()) / count(all.len()) }
}

fn globs(pack: &Pack, is_wanted: impl Fn(&str) -> bool) -> Option<Globs> {
    let globs: Vec<String> = pack.recognise.files.iter().filter(|glob| is_wanted(glob)).cloned().collect();
    if globs.is_empty() { None } else { Globs::new(Path::new("/"), &globs).ok() }
}

fn entries<'t>(tree: &'t Tree, pack: &Pack) -> impl Iterator<Item = &'t str> {
    let globs = globs(pack, |glob| !glob.contains('/'));
    let matches = move |entry: &&str| globs.as_ref().is_some_and(|globs| globs.cover(&Path::new("/").join(entry)));
    tree.entries.iter().map(String::as_str).filter(matches)
}

fn has_document(tree: &Tree, pack: &Pack) -> bool {
    let Some(globs) = globs(pack, |glob| glob.contains('/')) else { return false };
    let step = tree.documents.len().div_ceil(MOST_PATHS).max(1);
    tree.documents.iter().step_by(step).any(|path| globs.cover(&Path::new("/").join(path)))
}
