//! What git knows of reference files: their versions, what they were at a commit, and the bytes of both.
//!
//! A translation is held against the version of the reference that it was made from. Nothing else in Cognate runs git.
//! A repository is asked on first need only, and it is never written to, fetched for, or allowed to run programs of its
//! own (see [`command`]). What cannot be found out is absent; why, [`Histories::notices`] says.

mod batch;
mod changed;
mod command;
mod log;
mod notices;
mod oid;
mod repository;
mod roots;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::Notice;
pub use changed::{Change, changed, dirty};
use notices::Notices;
pub use oid::Oid;
use repository::{Repository, Wanted};
use roots::Roots;

/// One version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The commit that brought it to the checked-out line of history.
    pub commit: Oid,
    /// When that commit was made (the committer's time), in seconds since 1970.
    pub time: i64,
    /// Its bytes, for [`Histories::read`].
    pub blob: Oid,
}

/// What a file was at a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtPin {
    /// Its bytes, for [`Histories::read`].
    Blob(Oid),
    /// The commit is known, and has no such file.
    NoFile,
    /// The pin is no name of a commit, or of none that git knows here.
    Unknown,
    /// There is no repository, or git cannot be asked.
    NoHistory,
}

/// The histories of reference files, of as many repositories as they are in.
pub struct Histories {
    wanted: Vec<PathBuf>,
    dated: Vec<PathBuf>,
    roots: Roots,
    /// By root; `None` for those that git cannot or will not read.
    repositories: Mutex<HashMap<Arc<Path>, Option<Arc<Repository>>>>,
    notices: Arc<Notices>,
}

impl Histories {
    /// `wanted` are the files, by absolute paths, whose versions may be asked for: each repository tells those of all
    /// its files at once. Nothing runs yet.
    pub fn new(wanted: Vec<PathBuf>) -> Self {
        let (roots, dated) = (Roots::default(), Vec::new());
        Self { wanted, dated, roots, repositories: Mutex::default(), notices: Arc::default() }
    }

    /// The same, where the last changes of other files of these repositories may be asked for as well.
    #[must_use]
    pub fn with_last_changes(self, dated: Vec<PathBuf>) -> Self {
        Self { dated, ..self }
    }

    /// The versions of a wanted file on the checked-out line of history, the one of `HEAD` first. Of neighbours with
    /// equal bytes only the oldest is told. Renames are followed. There are none where the file is not wanted, not
    /// tracked, a symbolic link or in no repository, nor where git cannot be asked.
    pub fn versions(&self, file: &Path) -> Arc<[Version]> {
        let Some((repository, name)) = self.find(file) else { return Arc::default() };
        repository.versions(&name, || self.wanted_in(repository.root()))
    }

    /// When a file was changed last on the checked-out line of history (the committer's time, in seconds since 1970), and its
    /// bytes since; `None` where it is not in the repository of `reference`.
    pub fn last_change(&self, file: &Path, reference: &Path) -> Option<(i64, Oid)> {
        let (repository, name) = self.find(file)?;
        let (root, _) = self.roots.find(reference)?;
        if *root != *repository.root() {
            return None;
        }
        repository.last_change(&name, || self.wanted_in(repository.root()))
    }

    /// What a file was at the commit that `pin` names: 7 to 64 hexadecimal digits. Names that it had before are tried
    /// too where the file is wanted.
    pub fn at(&self, file: &Path, pin: &str) -> AtPin {
        let Some((repository, name)) = self.find(file) else { return AtPin::NoHistory };
        repository.at(&name, pin, || self.wanted_in(repository.root())).unwrap_or(AtPin::NoHistory)
    }

    /// Where a wanted file is now that is gone, if it was renamed and what became of it is there.
    pub fn successor(&self, file: &Path) -> Option<PathBuf> {
        let (repository, name) = self.find(file)?;
        repository.successor(&name, || self.wanted_in(repository.root())).filter(|path| path.is_file())
    }

    /// Is a wanted file, which is gone, in no commit of a repository whose history is whole?
    pub fn was_never_there(&self, file: &Path) -> bool {
        let Some((repository, name)) = self.find(file) else { return false };
        repository.is_whole() && repository.versions(&name, || self.wanted_in(repository.root())).is_empty()
    }

    /// The bytes of a blob of the repository that `file` is in: at most 64 MiB, and never fetched.
    pub fn read(&self, file: &Path, blob: &Oid) -> Option<Vec<u8>> {
        self.find(file)?.0.read(blob)
    }

    /// What is to be said of what was asked so far, each once. Paths are those of work trees, absolute.
    pub fn notices(&self) -> Vec<Notice> {
        if self.roots.are_none() {
            self.notices.no_repository();
        }
        self.notices.all()
    }

    /// The repository that a file is in, and its name there.
    fn find(&self, file: &Path) -> Option<(Arc<Repository>, String)> {
        let (root, name) = self.roots.find(file)?;
        let mut known = self.repositories.lock().unwrap_or_else(PoisonError::into_inner);
        let repository =
            known.entry(root).or_insert_with_key(|root| Repository::open(root, &self.notices).map(Arc::new));
        Some((repository.clone()?, name))
    }

    /// The wanted files of one repository, by name.
    fn wanted_in(&self, root: &Path) -> Wanted {
        let names = |files: &[PathBuf]| {
            let places = files.iter().filter_map(|file| self.roots.find(file));
            let mut names: Vec<_> = places.filter(|(other, _)| **other == *root).map(|(_, name)| name).collect();
            names.sort();
            names.dedup();
            names
        };
        Wanted { names: names(&self.wanted), dated: names(&self.dated) }
    }
}
