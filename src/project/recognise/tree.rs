//! What is read of a tree: paths, names, and the starts of a few texts.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::published::unlisted;
use crate::config::Config;
use crate::project::paths::slashed;
use crate::project::walk::Walk;

/// What recognition goes by.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Paths of the documents, relative to the tree's folder, with forward slashes, sorted.
    pub documents: Vec<String>,
    /// Names in the tree's folder and, with its name and a slash before, in each folder there; hidden ones too. Those
    /// in the folders above, up to the repository's, count as the tree's own.
    pub entries: Vec<String>,
    /// Starts of some documents' texts, evenly spread.
    pub samples: Vec<String>,
    /// Globs of folders of locales that the site does not build; no document is in one.
    pub unlisted: Vec<String>,
}

/// Documents that are looked into.
const SAMPLES: usize = 64;
/// Bytes that are read of each.
const START: u64 = 16 * 1024;
/// Names in the tree's folder that are looked into, if they are folders.
const FOLDERS: usize = 256;

impl Tree {
    /// Reads the tree below the configuration's folder, as far as `.gitignore` and `ignore:` let.
    pub fn read(config: &Config) -> Self {
        let folder = &config.folder;
        let mut paths = Walk::new(config).documents(std::slice::from_ref(folder));
        let relative = |path: &PathBuf| path.strip_prefix(folder).map(slashed).unwrap_or_default();
        let mut documents: Vec<String> = paths.iter().map(relative).collect();
        let unlisted = unlisted(folder, &documents);
        let is_listed = |path: &str| !unlisted.iter().any(|glob| path.starts_with(glob.trim_end_matches("**")));
        paths.retain(|path| is_listed(&relative(path)));
        documents.retain(|path| is_listed(path));
        let take = |at: usize| start(&paths[at * paths.len() / SAMPLES.min(paths.len())]);
        let samples = (0..SAMPLES.min(paths.len())).filter_map(take).collect();
        Self { documents, entries: entries(folder), samples, unlisted }
    }
}

fn start(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(START).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn entries(folder: &Path) -> Vec<String> {
    let mut entries = Vec::new();
    for (at, name) in names(folder).into_iter().enumerate() {
        let below = folder.join(&name);
        if name != ".git" && name != "node_modules" && at < FOLDERS && below.is_dir() {
            entries.extend(names(&below).into_iter().map(|inner| format!("{name}/{inner}")));
        }
        entries.push(name);
    }
    if let Some(repository) = repository(folder) {
        let above = folder.ancestors().skip(1).take_while(|above| above.starts_with(repository));
        entries.extend(above.flat_map(names));
    }
    entries
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| slashed(Path::new(&entry.file_name()))).collect();
    names.sort();
    names
}

/// The nearest folder, from `path` upwards, that is a repository's.
pub(super) fn repository(path: &Path) -> Option<&Path> {
    path.ancestors().find(|folder| folder.join(".git").exists())
}
