//! Small repositories in a temporary folder.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use tempfile::TempDir;

use crate::project::history::command::git;
use crate::project::history::{Histories, Version};

/// A work tree that is gone with the test.
pub(in crate::project::history) struct Repo {
    folder: Rc<TempDir>,
    pub(in crate::project::history) root: PathBuf,
    /// Commits are a second apart.
    clock: Cell<i64>,
}

impl Repo {
    #[expect(clippy::print_stderr, reason = "a test that does not run says so")]
    /// A new repository; `None`, saying so, where git is missing.
    pub(in crate::project::history) fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("skipped: git is missing");
            return None;
        }
        let folder = Rc::new(tempfile::tempdir().expect("a folder"));
        // Temporary folders may be behind a symbolic link.
        let root = dunce::canonicalize(folder.path()).expect("a folder").join("site");
        let repo = Self { folder, root, clock: Cell::new(1_000) };
        repo.init(&["--initial-branch=main"]);
        Some(repo)
    }

    pub(super) fn init(&self, arguments: &[&str]) {
        fs::create_dir_all(&self.root).expect("a folder");
        self.git(&[&["init", "--quiet"], arguments].concat());
    }

    /// Another work tree in the same temporary folder, not there yet.
    pub(super) fn beside(&self, name: &str) -> Self {
        let root = self.root.parent().expect("a folder").join(name);
        Self { folder: Rc::clone(&self.folder), root, clock: Cell::new(5_000) }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
        self
    }

    /// Commits all that changed; its name.
    pub(in crate::project::history) fn commit(&self) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message=Change"]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Writes a file and commits it.
    pub(in crate::project::history) fn put(&self, name: &str, text: &str) -> String {
        self.write(name, text).commit()
    }

    /// Runs git here; what it prints.
    pub(in crate::project::history) fn git(&self, arguments: &[&str]) -> String {
        run(&self.root, arguments, self.clock.replace(self.clock.get() + 1))
    }

    /// Clones another repository to this place.
    pub(super) fn clone_of(&self, other: &Self, arguments: &[&str]) {
        let url = format!("file://{}", other.root.display());
        let root = self.root.to_string_lossy();
        run(&other.root, &[&["clone", "--quiet"], arguments, &[&url, &root]].concat(), 0);
    }

    /// The histories of files that are there.
    pub(super) fn histories(&self, names: &[&str]) -> Histories {
        Histories::new(names.iter().map(|name| self.path(name)).collect())
    }

    /// Blobs, as text, and commits of the versions of a file.
    pub(super) fn told(&self, histories: &Histories, name: &str) -> Vec<(String, String)> {
        let text = |version: &Version| {
            let bytes = histories.read(&self.path(name), &version.blob).unwrap_or_default();
            (String::from_utf8(bytes).expect("text"), version.commit.to_string())
        };
        histories.versions(&self.path(name)).iter().map(text).collect()
    }
}

fn run(root: &Path, arguments: &[&str], time: i64) -> String {
    let mut command = git(root);
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Ann").env(format!("GIT_{who}_EMAIL"), "ann@example.org");
        command.env(format!("GIT_{who}_DATE"), format!("@{time} +0000"));
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_ALLOW_PROTOCOL", "file");
    let output = command.args(arguments).stderr(std::process::Stdio::piped()).output().expect("git");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// The name, the text, and the commit, as [`Repo::told`] gives them.
pub(super) fn expected(versions: &[(&str, &String)]) -> Vec<(String, String)> {
    versions.iter().map(|(text, commit)| ((*text).to_owned(), (*commit).clone())).collect()
}
