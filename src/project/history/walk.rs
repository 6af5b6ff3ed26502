//! From the newest commit to the oldest: which files a log still tells of, and under which names.

use std::collections::HashMap;

use super::{Oid, Version};

/// What was read of one file.
pub(super) struct History {
    /// Its name now.
    pub(super) name: String,
    /// Names that it had before, newest first.
    pub(super) older_names: Vec<String>,
    /// Newest first; neighbours differ.
    pub(super) versions: Vec<Version>,
}

/// What one commit did to a file.
pub(super) struct Change {
    /// Its new bytes; `None` where it is no file any more.
    pub(super) blob: Option<Oid>,
    /// Its name before, where the commit renamed it.
    pub(super) old: Option<String>,
}

/// The wanted files on the way back through history.
pub(super) struct Walk {
    histories: Vec<History>,
    /// Who had a name at this point: a name that was left can be taken anew, and both are told of it.
    followed: HashMap<String, Vec<usize>>,
    /// Commit and time.
    at: Option<(Oid, i64)>,
    /// Renames of this commit, by file: names change when it has been read.
    renamed: Vec<(usize, String, String)>,
    /// What became of names that were left, by old name; the newest that was heard of.
    successors: HashMap<String, String>,
    /// Files of which only the last change is wanted: its time, and their bytes since.
    last: LastChanges,
}

/// By name: when a file was changed last, and its bytes since; `None` where no commit told of it.
type LastChanges = HashMap<String, Option<(i64, Oid)>>;

impl Walk {
    /// For the histories of some files, and the last changes of others.
    pub(super) fn new(names: &[String], dated: &[String]) -> Self {
        let history = |name: &String| History { name: name.clone(), older_names: Vec::new(), versions: Vec::new() };
        Self {
            histories: names.iter().map(history).collect(),
            followed: names.iter().enumerate().map(|(file, name)| (name.clone(), vec![file])).collect(),
            at: None,
            renamed: Vec::new(),
            successors: HashMap::new(),
            last: dated.iter().map(|name| (name.clone(), None)).collect(),
        }
    }

    /// Takes that this commit changed a file, whether it is wanted or not.
    pub(super) fn touch(&mut self, name: &str, blob: Option<Oid>) {
        if let (Some(last @ None), Some(blob), Some((_, time))) = (self.last.get_mut(name), blob, self.at) {
            *last = Some((time, blob));
        }
    }

    /// Takes that a commit renamed a file, whether it is wanted or not.
    pub(super) fn moved(&mut self, old: &str, new: &str) {
        if !self.successors.contains_key(old) {
            // Where that was moved again, there it is now.
            let new = self.successors.get(new).map_or(new, String::as_str).to_owned();
            self.successors.insert(old.to_owned(), new);
        }
    }

    /// Is a wanted file of this name here?
    pub(super) fn follows(&self, name: &str) -> bool {
        self.followed.contains_key(name)
    }

    /// Goes on to the next older commit.
    pub(super) fn enter(&mut self, commit: (Oid, i64)) {
        for (file, new, old) in std::mem::take(&mut self.renamed) {
            if let Some(files) = self.followed.get_mut(&new) {
                files.retain(|other| *other != file);
                if files.is_empty() {
                    self.followed.remove(&new);
                }
            }
            let names = &mut self.histories[file].older_names;
            if !names.contains(&old) {
                names.push(old.clone());
            }
            self.followed.entry(old).or_default().push(file);
        }
        self.at = Some(commit);
    }

    /// Takes what this commit did to the file of this name.
    pub(super) fn add(&mut self, name: &str, change: &Change) {
        let (Some((commit, time)), Some(files)) = (self.at, self.followed.get(name)) else { return };
        for &file in files {
            if let Some(blob) = change.blob {
                let versions = &mut self.histories[file].versions;
                // The older of two equal neighbours brought them.
                versions.pop_if(|newer| newer.blob == blob);
                versions.push(Version { commit, time, blob });
            }
            if let Some(old) = &change.old {
                self.renamed.push((file, name.to_owned(), old.clone()));
            }
        }
    }

    /// What was read, in the order of the names that were given, what became of names that were left, and the last changes.
    pub(super) fn finish(self) -> (Vec<History>, HashMap<String, String>, LastChanges) {
        (self.histories, self.successors, self.last)
    }
}
