//! Walking: the files below a folder that may be documents.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::config::Config;

/// Endings of the files that a walk reads. A file that is named is read whatever its ending.
pub(super) const ENDINGS: &[&str] = &["md", "markdown", "mdx"];

/// What `ignore:` of the configuration leaves out.
pub(super) struct Ignored(Gitignore);

impl Ignored {
    pub(super) fn of(config: &Config) -> Self {
        Self(matcher(&config.folder, &config.ignore))
    }

    pub(super) fn covers(&self, path: &Path) -> bool {
        path.starts_with(self.0.path()) && self.0.matched_path_or_any_parents(path, false).is_ignore()
    }
}

/// Does one of the globs match a path that is relative to the folder they belong to?
pub fn globs_match(globs: &[String], path: &str) -> bool {
    matcher(Path::new(""), globs).matched_path_or_any_parents(path, false).is_ignore()
}

fn matcher(folder: &Path, globs: &[String]) -> Gitignore {
    let mut builder = GitignoreBuilder::new(folder);
    for glob in globs {
        // A glob that does not parse matches nothing.
        let _ = builder.add_line(None, glob);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The documents among and below `asked`: named files as they are, folders as far as `.gitignore` and `ignore:` let.
pub(super) fn documents(asked: &[PathBuf], ignored: &Ignored) -> Vec<PathBuf> {
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
    found.retain(|path| !ignored.covers(path));
    found.sort();
    found.dedup();
    found
}

fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}
