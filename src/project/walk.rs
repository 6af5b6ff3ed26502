//! Walking: the files below a folder that may be documents.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::config::Config;

/// Endings of the files that a walk reads. A file that is named is read whatever its ending.
pub(super) const ENDINGS: &[&str] = &["md", "markdown", "mdx"];

/// Globs of the configuration, compiled once; they are relative to its folder.
#[derive(Debug)]
pub struct Globs(Gitignore);

impl Globs {
    /// Compiles globs; the error names the one that cannot be used.
    pub fn new(folder: &Path, globs: &[String]) -> Result<Self, String> {
        let mut builder = GitignoreBuilder::new(folder);
        for glob in globs {
            builder.add_line(None, glob).map_err(|error| format!("`{glob}` is no glob: {error}"))?;
        }
        builder.build().map(Self).map_err(|error| error.to_string())
    }

    /// What `ignore:` leaves out. [`Config::read`] has refused globs that cannot be used.
    pub(super) fn ignored(config: &Config) -> Self {
        Self::new(&config.folder, &config.ignore).unwrap_or_else(|_| Self(Gitignore::empty()))
    }

    /// Does one of them match a path, or a folder that it is in? Nothing outside of the folder does.
    pub fn cover(&self, path: &Path) -> bool {
        path.starts_with(self.0.path()) && self.0.matched_path_or_any_parents(path, false).is_ignore()
    }
}

/// The documents among and below `asked`: named files as they are, folders as far as `.gitignore` and `ignore:` let.
pub(super) fn documents(asked: &[PathBuf], ignored: &Globs) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in asked {
        if path.is_dir() {
            let walk = WalkBuilder::new(path).require_git(false).follow_links(true).build();
            let files = walk.flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
            found.extend(files.map(ignore::DirEntry::into_path).filter(|path| has_known_ending(path)));
        } else {
            found.push(path.clone());
        }
    }
    found.retain(|path| !ignored.cover(path));
    found.sort();
    found.dedup();
    found
}

fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}
