//! A test per folder below `fixtures/`: what `cognate check --verbose` prints there is `expected.txt`.
//!
//! - `fixtures/<rule>/<case>/` with `reference.md` and translations;
//! - any case with a `cognate.yaml` is a whole tree, `fixtures/project/<case>/` always, be it without one;
//! - where that has folders `revisions/1`, `revisions/2`, …, each is laid over the one before and committed to a
//!   repository of its own, and the last state is checked. `{commit:1}` in a file stands for the first commit;
//! - `fixtures/config/<case>/` holds a `cognate.yaml` with mistakes.
//!
//! `SNAPSHOTS=overwrite cargo test --test fixtures` accepts what is printed; read it before.

use std::fs;
use std::io::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use tryfn::{Case, Data, Harness};

fn main() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    Harness::new(root, setup, test)
        .select(["/*/*/reference.*", "/*/*/cognate.yaml", "/project/recognised-*/expected.txt", "!/in-force/**"])
        .test();
}

fn setup(fixture: PathBuf) -> Case {
    let folder = fixture.parent().unwrap_or(&fixture);
    let names = folder.iter().rev().take(2).map(|name| name.to_string_lossy()).collect::<Vec<_>>();
    let expected = Data::read_from(&folder.join("expected.txt"), None).raw();
    Case { name: format!("{}/{}", names[1], names[0]), expected, fixture }
}

fn test(fixture: &Path) -> Result<String, Error> {
    let folder = fixture.parent().unwrap_or(fixture);
    let file = fixture.file_name().unwrap_or_default();
    if file != "cognate.yaml" && file != "expected.txt" {
        return check(folder, &["--reference".as_ref(), file, ".".as_ref()]);
    }
    let tree = Tree::new(folder)?;
    check(&tree.0, &[])
}

fn check(folder: &Path, arguments: &[&std::ffi::OsStr]) -> Result<String, Error> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognate"));
    command.env("COGNATE_CACHE_DIR", "");
    command.current_dir(folder).args(["check", "--verbose"]).args(arguments).env("COLUMNS", "80");
    let output = command.output()?;
    let mut told = String::from_utf8_lossy(&output.stdout).into_owned();
    told.push_str(&String::from_utf8_lossy(&output.stderr));
    Ok(told)
}

/// A case in a temporary folder, away from the project's own history; removed at the end.
struct Tree(PathBuf);

impl Tree {
    fn new(case: &Path) -> Result<Self, Error> {
        let folder = Self::folder(case);
        fs::create_dir_all(&folder)?;
        let tree = Self(folder);
        if !case.join("revisions").is_dir() {
            lay_over(case, &tree.0, &[])?;
            return Ok(tree);
        }
        fs::copy(case.join("cognate.yaml"), tree.0.join("cognate.yaml"))?;
        tree.commit_revisions(case)?;
        Ok(tree)
    }

    fn commit_revisions(&self, case: &Path) -> Result<(), Error> {
        self.git(&["init", "--quiet", "--initial-branch=main"])?;
        let mut commits: Vec<String> = Vec::new();
        for number in 1.. {
            let revision = case.join("revisions").join(number.to_string());
            if !revision.is_dir() {
                break;
            }
            lay_over(&revision, &self.0, &commits)?;
            self.git(&["add", "--all"])?;
            // A day after the one before.
            self.git_on(number, &["commit", "--quiet", "--message", &format!("Revision {number}")])?;
            commits.push(self.git(&["rev-parse", "HEAD"])?.trim().to_owned());
        }
        Ok(())
    }

    fn folder(case: &Path) -> PathBuf {
        let name: Vec<_> = case.iter().rev().take(2).map(|name| name.to_string_lossy()).collect();
        std::env::temp_dir().join(format!("cognate-{}-{}-{}", std::process::id(), name[1], name[0]))
    }

    /// The same names and dates on every machine, so that commits have the same names too.
    fn git(&self, arguments: &[&str]) -> Result<String, Error> {
        self.git_on(1, arguments)
    }

    fn git_on(&self, day: u32, arguments: &[&str]) -> Result<String, Error> {
        let mut command = Command::new("git");
        command.current_dir(&self.0).args(["-c", "core.autocrlf=false", "-c", "commit.gpgSign=false"]).args(arguments);
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").env_remove("GIT_DIR");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Fixture").env(format!("GIT_{role}_EMAIL"), "fixture@example.com");
            command.env(format!("GIT_{role}_DATE"), format!("2024-01-{day:02}T00:00:00Z"));
        }
        let output = command.output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(Error::other(format!("git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr))))
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Copies a tree over another; an empty file takes its counterpart away.
fn lay_over(from: &Path, to: &Path, commits: &[String]) -> Result<(), Error> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (path, there) = { entry.map(|entry| (entry.path(), to.join(entry.file_name())))? };
        if path.is_dir() {
            lay_over(&path, &there, commits)?;
            continue;
        }
        let mut text = fs::read_to_string(&path)?;
        if text.is_empty() {
            fs::remove_file(&there)?;
            continue;
        }
        for (at, commit) in commits.iter().enumerate() {
            text = text.replace(&format!("{{commit:{}}}", at + 1), commit);
        }
        fs::write(there, text)?;
    }
    Ok(())
}
