//! One repository, as far as it is asked.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::batch::{Batch, Lost, contents};
use super::command::git;
use super::log::Log;
use super::notices::Notices;
use super::{AtPin, Oid, Version};

/// Blobs of more bytes are not read.
const MAX_BLOB: u64 = 64 << 20;

/// What is asked of one repository.
pub(super) struct Wanted {
    /// Files whose versions are wanted.
    pub(super) names: Vec<String>,
    /// Files of which only the last change is.
    pub(super) dated: Vec<String>,
}

/// A work tree whose repository git reads.
pub(super) struct Repository {
    root: Arc<Path>,
    is_shallow: bool,
    /// Objects may be missing: they would be fetched on need.
    is_partial: bool,
    log: OnceLock<Log>,
    objects: Batch,
    contents: Batch,
    /// The commits that pins name.
    pins: Mutex<HashMap<String, Option<Oid>>>,
    notices: Arc<Notices>,
}

impl Repository {
    /// Looks whether git reads the repository at `root`; why not is noted.
    pub(super) fn open(root: &Arc<Path>, notices: &Arc<Notices>) -> Option<Self> {
        let Ok(output) = run(root, &["rev-parse", "--is-shallow-repository"]) else {
            notices.no_git();
            return None;
        };
        if !output.status.success() {
            notices.refused(root, &String::from_utf8_lossy(&output.stderr));
            return None;
        }
        let promisors = ["config", "--type=bool", "--get-regexp", r"^remote\..*\.promisor$", "true"];
        Some(Self {
            root: Arc::clone(root),
            is_shallow: output.stdout.starts_with(b"true"),
            is_partial: run(root, &promisors).is_ok_and(|output| output.status.success()),
            log: OnceLock::new(),
            objects: Batch::of_objects(root),
            contents: Batch::of_contents(root),
            pins: Mutex::default(),
            notices: Arc::clone(notices),
        })
    }

    /// The top folder of the work tree.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The versions of a file among those whose names `wanted` gives.
    pub(super) fn versions(&self, name: &str, wanted: impl FnOnce() -> Wanted) -> Arc<[Version]> {
        if self.is_shallow {
            self.notices.shallow(&self.root);
        }
        self.log(wanted).versions(name)
    }

    /// What a file was at a commit.
    pub(super) fn at(&self, name: &str, pin: &str, wanted: impl FnOnce() -> Wanted) -> Result<AtPin, Lost> {
        let Some(commit) = self.told(self.commit(pin))? else {
            if self.is_shallow {
                self.notices.shallow(&self.root);
            }
            return Ok(AtPin::Unknown);
        };
        if let Some(blob) = self.told(self.blob_at(commit, name))? {
            return Ok(AtPin::Blob(blob));
        }
        for older in self.log(wanted).older_names(name) {
            if let Some(blob) = self.told(self.blob_at(commit, older))? {
                return Ok(AtPin::Blob(blob));
            }
        }
        let has_tree = || self.succeeds(&["cat-file", "-e", &format!("{commit}^{{tree}}")]);
        Ok(if !self.is_partial || has_tree() { AtPin::NoFile } else { AtPin::Unknown })
    }

    /// Are all commits and all trees there?
    pub(super) fn is_whole(&self) -> bool {
        !self.is_shallow && !self.is_partial
    }

    /// Where a file went that was renamed.
    pub(super) fn successor(&self, name: &str, wanted: impl FnOnce() -> Wanted) -> Option<std::path::PathBuf> {
        self.log(wanted).successor(name).map(|name| self.root.join(name))
    }

    /// When a dated file was changed last, and its bytes since.
    pub(super) fn last_change(&self, name: &str, wanted: impl FnOnce() -> Wanted) -> Option<(i64, Oid)> {
        self.log(wanted).last_change(name)
    }

    /// The bytes of a blob.
    pub(super) fn read(&self, blob: &Oid) -> Option<Vec<u8>> {
        let answer = self.contents.ask(&blob.to_string(), |object, output| contents(object, MAX_BLOB, output));
        let found = self.told(answer).ok()?;
        if found.is_none() && self.is_partial {
            self.notices.partial(&self.root);
        }
        found?
    }

    fn log(&self, wanted: impl FnOnce() -> Wanted) -> &Log {
        self.log.get_or_init(|| {
            let Wanted { names, dated } = wanted();
            let (log, is_whole) = Log::read(&self.root, &names, &dated, self.is_partial);
            // Before the first commit there is nothing to tell.
            if !is_whole && self.succeeds(&["rev-parse", "--verify", "--quiet", "HEAD"]) {
                let note = if self.is_partial { Notices::partial } else { Notices::broken_log };
                note(&self.notices, &self.root);
            }
            log
        })
    }

    /// The commit that a pin names, found once.
    fn commit(&self, pin: &str) -> Result<Option<Oid>, Lost> {
        if !(7..=64).contains(&pin.len()) || !pin.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let pin = pin.to_ascii_lowercase();
        if let Some(known) = self.pins.lock().unwrap_or_else(PoisonError::into_inner).get(&pin) {
            return Ok(*known);
        }
        let commit = self.objects.ask(&format!("{pin}^{{commit}}"), |object, _| Ok(object.oid))?;
        // A branch may be called like a commit.
        let commit = commit.filter(|commit| commit.to_string().starts_with(&pin));
        self.pins.lock().unwrap_or_else(PoisonError::into_inner).insert(pin, commit);
        Ok(commit)
    }

    fn blob_at(&self, commit: Oid, name: &str) -> Result<Option<Oid>, Lost> {
        let found = self.objects.ask(&format!("{commit}:{name}"), |object, _| Ok(object))?;
        match found {
            Some(object) => Ok(object.is_blob.then_some(object.oid)),
            // Its name is known where only its bytes are missing.
            None if self.is_partial => Ok(self.listed(commit, name)),
            None => Ok(None),
        }
    }

    /// The blob of a file in the tree of a commit, whether its bytes are there or not.
    fn listed(&self, commit: Oid, name: &str) -> Option<Oid> {
        let output = run(&self.root, &["ls-tree", "-z", "--full-tree", &commit.to_string(), "--", name]).ok()?;
        let (fields, _) = str::from_utf8(&output.stdout).ok()?.split_once('\t')?;
        let mut fields = fields.split(' ').skip(1);
        fields.next().filter(|kind| *kind == "blob")?;
        Oid::parse(fields.next()?)
    }

    fn succeeds(&self, arguments: &[&str]) -> bool {
        run(&self.root, arguments).is_ok_and(|output| output.status.success())
    }

    /// Notes that a process is given up.
    fn told<T>(&self, answer: Result<T, Lost>) -> Result<T, Lost> {
        answer.inspect_err(|_| self.notices.died(&self.root))
    }
}

/// Runs git to its end. Nothing that is run so prints much.
fn run(root: &Path, arguments: &[&str]) -> io::Result<Output> {
    git(root).args(arguments).stderr(Stdio::piped()).output()
}
