//! How git is run: with fixed arguments, deaf to the environment and to whatever a repository's configuration would run.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

/// Variables of git that say where its own files are. All others are for another repository (hooks and aliases run with
/// `GIT_DIR` and the like) or change what is printed.
const KEPT: &[&str] = &["GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"];

/// Nothing is fetched, locked, asked for or replaced. Before 2.45 git does not know `GIT_NO_LAZY_FETCH`; that no protocol
/// is allowed keeps those from fetching.
const VARIABLES: &[(&str, &str)] = &[
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_GRAFT_FILE", "/dev/null"),
    ("LC_ALL", "C"),
];

/// What a repository's configuration must not decide.
const SETTINGS: &[&str] = &[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    "log.showRoot=true",
    "log.follow=false",
    "log.diffMerges=first-parent",
    "diff.relative=false",
];

/// git in the work tree at `root`.
pub(super) fn git(root: &Path) -> Command {
    clean(root, std::env::vars_os().map(|(name, _)| name))
}

/// git without the variables among `environment` that are not [`KEPT`].
fn clean(root: &Path, environment: impl Iterator<Item = OsString>) -> Command {
    let mut command = Command::new("git");
    for name in environment {
        let known = name.to_string_lossy().to_uppercase();
        if known.starts_with("GIT_") && !KEPT.contains(&known.as_str()) {
            command.env_remove(name);
        }
    }
    command.envs(VARIABLES.iter().copied()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.arg("-C").arg(root).args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"]);
    command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    command
}

/// A process that does not outlive its owner.
pub(super) struct Process(pub(super) Child);

impl Process {
    /// Waits for its end.
    pub(super) fn wait(&mut self) -> io::Result<ExitStatus> {
        self.0.wait()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // Both fail only where it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_does_not_choose_another_repository() {
        let names = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL", "git_work_tree", "PATH"];
        let command = clean(Path::new("/a"), names.map(OsString::from).into_iter());
        let removed = |name: &str| command.get_envs().any(|(key, value)| key == name && value.is_none());
        assert_eq!(names.map(removed), [true, true, true, false, true, false]);
        assert!(command.get_envs().any(|(key, value)| key == "GIT_NO_LAZY_FETCH" && value == Some("1".as_ref())));
    }
}
