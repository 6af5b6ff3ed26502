//! Which work tree a file is in, found without running git.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The places of folders, found once each.
#[derive(Default)]
pub(super) struct Roots(Mutex<HashMap<PathBuf, Option<Place>>>);

/// Where a folder is.
#[derive(Clone)]
struct Place {
    /// The top folder of its work tree.
    root: Arc<Path>,
    /// Its name in it: empty, or with a slash at its end.
    prefix: String,
}

impl Roots {
    /// The root of the work tree that a file is in and its name there, with forward slashes. `None` outside of all work
    /// trees, and for names that cannot be asked for: not Unicode, or with control characters.
    pub(super) fn find(&self, file: &Path) -> Option<(Arc<Path>, String)> {
        let name = askable(file.file_name()?.to_str()?)?;
        let folder = file.parent()?;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains_key(folder) {
            known.insert(folder.to_owned(), Place::of(folder));
        }
        let place = known.get(folder)?.as_ref()?;
        Some((Arc::clone(&place.root), format!("{}{name}", place.prefix)))
    }

    /// Was every file that was asked for outside of all work trees?
    pub(super) fn are_none(&self) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A folder whose name cannot be asked for is in a work tree all the same.
        let is_outside = |folder: &PathBuf| !folder.ancestors().any(is_root);
        !known.is_empty() && known.values().all(Option::is_none) && known.keys().all(is_outside)
    }
}

impl Place {
    /// Symbolic links and `..` on the way are resolved: git knows a file by its real folder alone.
    fn of(folder: &Path) -> Option<Self> {
        let folder = dunce::canonicalize(folder).ok()?;
        let root = folder.ancestors().find(|folder| is_root(folder))?;
        let mut prefix = String::new();
        for component in folder.strip_prefix(root).ok()?.components() {
            let Component::Normal(name) = component else { return None };
            prefix.push_str(askable(name.to_str()?)?);
            prefix.push('/');
        }
        Some(Self { root: root.into(), prefix })
    }
}

/// `.git` is a file in submodules and in work trees beside the first one.
fn is_root(folder: &Path) -> bool {
    let git = folder.join(".git");
    git.is_file() || git.join("HEAD").symlink_metadata().is_ok()
}

/// git is asked in lines.
fn askable(name: &str) -> Option<&str> {
    (!name.contains(char::is_control)).then_some(name)
}
