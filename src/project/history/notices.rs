//! What is said of repositories, each once.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::{Notice, Severity};
use crate::project::paths::slashed;

/// Notices, collected from many threads.
#[derive(Default)]
pub(super) struct Notices(Mutex<BTreeSet<Notice>>);

impl Notices {
    /// All that was said, in order.
    pub(super) fn all(&self) -> Vec<Notice> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(super) fn no_git(&self) {
        let message = "git cannot be run, so translations are not compared with the revisions that they were made from";
        self.say(Severity::Info, message.to_owned(), None);
    }

    pub(super) fn no_repository(&self) {
        let message = "the references are in no git repository, so translations are held against them as they are; what \
                       several languages share, or many places show, is taken for age";
        self.say(Severity::Info, message.to_owned(), None);
    }

    /// What git printed when it would not read a repository.
    pub(super) fn refused(&self, root: &Path, printed: &str) {
        self.say(Severity::Warning, refusal(printed), Some(root));
    }

    pub(super) fn shallow(&self, root: &Path) {
        let message = "the history of this repository is shallow; fetch all of it (`git fetch --unshallow`, or \
                       `fetch-depth: 0` in CI) for comparison with the revisions that translations were made from";
        self.say(Severity::Info, message.to_owned(), Some(root));
    }

    pub(super) fn partial(&self, root: &Path) {
        let message = "it is a partial clone without the contents of old versions; fetch them (`git fetch --refetch \
                       --no-filter`) for comparison with the revisions that translations were made from";
        self.say(Severity::Info, message.to_owned(), Some(root));
    }

    pub(super) fn broken_log(&self, root: &Path) {
        let message = "git could not tell all of its history; `git fsck` may say why";
        self.say(Severity::Warning, message.to_owned(), Some(root));
    }

    pub(super) fn died(&self, root: &Path) {
        let message = "`git cat-file --batch` ended twice while old versions were read, so the rest of them are not \
                       compared with; `git fsck` may say why";
        self.say(Severity::Warning, message.to_owned(), Some(root));
    }

    fn say(&self, level: Severity, message: String, root: Option<&Path>) {
        let notice = Notice { level, message, path: root.map(slashed) };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(notice);
    }
}

/// Why git would not read a repository, and git's own remedy where it names one.
fn refusal(printed: &str) -> String {
    let mut lines = printed.lines().map(str::trim).filter(|line| !line.is_empty());
    let remedy = lines.clone().find(|line| line.starts_with("git config") && line.contains("safe.directory"));
    if let Some(remedy) = remedy {
        return format!("git does not read it, because it belongs to another user; if you trust it, run `{remedy}`");
    }
    let reason = lines.next().map_or("no reason given", |line| line.trim_start_matches("fatal: "));
    format!("git cannot read it: {reason}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_gits_remedy() {
        let printed = "fatal: detected dubious ownership in repository at '/a'\nTo add an exception for this directory, \
                       call:\n\n\tgit config --global --add safe.directory /a\n";
        assert!(refusal(printed).ends_with("run `git config --global --add safe.directory /a`"));
        assert_eq!(refusal("fatal: bad config line 1\n"), "git cannot read it: bad config line 1");
        assert_eq!(refusal(""), "git cannot read it: no reason given");
    }
}
