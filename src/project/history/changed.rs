//! Which files changed: since a revision, or in the index.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::command::git;

/// What counts as changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// What differs from where this branch left a revision, files that are not added yet included.
    Since(String),
    /// What the next commit would change.
    Staged,
    /// What differs from the index.
    Unstaged,
}

/// Names alone, as they are in the index, with what is gone; nothing of the repository's own runs.
const DIFF: [&str; 6] = ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"];

/// The files that changed in the work tree around a folder, by absolute paths, with those that are gone.
///
/// Errors say what cannot be asked: outside of a work tree, or of a revision that is not here.
pub fn changed(folder: &Path, change: &Change) -> Result<Vec<PathBuf>, String> {
    let flag = match change {
        Change::Since(_) => "--since",
        Change::Staged | Change::Unstaged => "--staged",
    };
    let none = || format!("{flag}: {} is in no git repository", folder.display());
    let top = one_line(folder, &["rev-parse", "--show-toplevel"]).ok_or_else(none)?;
    let root = PathBuf::from(top);
    let mut names = match change {
        Change::Unstaged => listed(&root, &DIFF),
        Change::Staged => listed(&root, &[&DIFF[..], &["--cached"]].concat()),
        Change::Since(revision) => {
            let commit = commit(&root, revision)?;
            // A revision that shares no history is compared with as it is.
            let base = one_line(&root, &["merge-base", &commit, "HEAD"]).unwrap_or(commit);
            listed(&root, &[&DIFF[..], &[&base, "--"]].concat())
        }
    }
    .ok_or_else(|| format!("{flag}: git could not tell what changed in {}", root.display()))?;
    if matches!(change, Change::Since(_)) {
        names.extend(listed(&root, &["ls-files", "-z", "--others", "--exclude-standard"]).unwrap_or_default());
    }
    // git knows the folder by its real name, whoever asks perhaps by a link.
    let real = dunce::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let as_asked = |file: PathBuf| file.strip_prefix(&real).map(|rest| folder.join(rest)).unwrap_or(file.clone());
    let files = names.into_iter().map(|name| root.join(name));
    let mut files: Vec<PathBuf> = files.map(as_asked).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// The files around a folder that have changes which are not committed, by absolute paths; none outside of a work tree,
/// where nothing is committed. A file that is not tracked has no other copy either.
pub fn dirty(folder: &Path) -> HashSet<PathBuf> {
    let head = changed(folder, &Change::Since("HEAD".to_owned()));
    head.unwrap_or_default().into_iter().collect()
}

/// The commit that a revision names. What starts with a hyphen is no revision, and never becomes an option.
fn commit(root: &Path, revision: &str) -> Result<String, String> {
    let asked = format!("{revision}^{{commit}}");
    let known = Some(asked).filter(|_| !revision.starts_with('-') && !revision.is_empty());
    let found =
        known.and_then(|asked| one_line(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &asked]));
    found.ok_or_else(|| {
        format!("--since: `{revision}` is no revision that git knows here; fetch it first (a shallow clone lacks most)")
    })
}

fn one_line(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = git(folder).args(arguments).output().ok().filter(|output| output.status.success())?;
    let line = String::from_utf8(output.stdout).ok()?.trim_end().to_owned();
    (!line.is_empty()).then_some(line)
}

fn listed(folder: &Path, arguments: &[&str]) -> Option<Vec<PathBuf>> {
    let output = git(folder).args(arguments).output().ok().filter(|output| output.status.success())?;
    let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Some(names.map(path).collect())
}

#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}
