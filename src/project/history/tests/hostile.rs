//! Names, environments and configurations that are against us.

use std::env;
use std::fs;
use std::process::Command;

use super::sandbox::{Repo, expected};
use super::text_at;
use crate::project::history::{AtPin, Histories};

#[cfg(unix)]
#[test]
fn any_name_is_only_a_name() {
    let Some(repo) = Repo::new() else { return };
    let names =
        ["--help", "-x.md", ":(glob)x.md", "with space.md", "docs/日本語/ã é.md", "a:b.md", "*.md", "\"q\".md", "ä.md"];
    for name in names {
        repo.write(name, name);
    }
    let first = repo.commit();
    for wanted in names.iter().map(std::slice::from_ref).chain([&names[..]]) {
        let histories = repo.histories(wanted);
        for name in wanted {
            assert_eq!(repo.told(&histories, name), expected(&[(name, &first)]));
            assert_eq!(text_at(&histories, &repo.path(name), &first).as_deref(), Some(*name));
        }
    }
}

#[test]
fn a_name_that_would_be_two_questions_is_not_asked() {
    let Some(repo) = Repo::new() else { return };
    let first = repo.put("a.md", "one");
    for name in ["a.md\nHEAD:a.md", "a.md\r", "a\u{85}.md"] {
        let histories = repo.histories(&[name, "a.md"]);
        assert_eq!(histories.at(&repo.path(name), &first), AtPin::NoHistory, "{name:?}");
        assert!(histories.versions(&repo.path(name)).is_empty());
        assert_eq!(text_at(&histories, &repo.path("a.md"), &first).as_deref(), Some("one"));
    }
    let histories = repo.histories(&[]);
    for name in ["..", "../..", "../../x.md", "gone/../../../x.md"] {
        assert_eq!(histories.at(&repo.path(name), &first), AtPin::NoHistory, "{name}");
    }
    assert_eq!(histories.notices(), []);
}

#[cfg(unix)]
#[test]
fn symbolic_links_to_folders_are_resolved() {
    let Some(repo) = Repo::new() else { return };
    let first = repo.put("docs/a.md", "one");
    std::os::unix::fs::symlink(repo.path("docs"), repo.path("link")).expect("a link");
    std::os::unix::fs::symlink("docs/a.md", repo.path("b.md")).expect("a link");
    repo.commit();
    let histories = repo.histories(&["link/a.md", "b.md"]);
    assert_eq!(repo.told(&histories, "link/a.md"), expected(&[("one", &first)]));
    assert_eq!(repo.told(&histories, "b.md"), []);
}

/// A script that leaves a file behind, and that file.
#[cfg(unix)]
fn trap(repo: &Repo) -> (String, std::path::PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    let (script, trace) = (repo.path("../trap"), repo.path("../trace"));
    fs::write(&script, format!("#!/bin/sh\necho ran >> '{}'\n", trace.display())).expect("a file");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("a mode");
    (script.to_string_lossy().into_owned(), trace)
}

#[cfg(unix)]
#[test]
fn a_repository_does_not_choose_what_runs() {
    let Some(repo) = Repo::new() else { return };
    let first = repo.put("a.md", "one");
    // A signature is shown by a program that the configuration names.
    let object = repo.git(&["cat-file", "commit", "HEAD"]);
    let signature = "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----\n\n";
    fs::write(repo.path("../signed"), object.replacen("\n\n", signature, 1)).expect("a file");
    let signed = repo.git(&["hash-object", "-t", "commit", "-w", "../signed"]);
    repo.git(&["update-ref", "HEAD", &signed]);
    let (script, trace) = trap(&repo);
    for key in ["core.fsmonitor", "gpg.program", "diff.external", "core.pager", "diff.trap.textconv", "core.sshCommand"]
    {
        repo.git(&["config", key, &script]);
    }
    repo.git(&["config", "log.showSignature", "true"]);
    repo.write(".git/info/attributes", "*.md diff=trap\n").write("a.md", "one");
    let histories = repo.histories(&["a.md"]);
    assert_eq!(repo.told(&histories, "a.md"), expected(&[("one", &signed)]));
    assert_eq!(histories.at(&repo.path("a.md"), &first), histories.at(&repo.path("a.md"), &signed));
    assert!(!trace.exists(), "nothing ran");
    let plain = Command::new("git").arg("-C").arg(&repo.root).args(["log", "--raw"]).output();
    assert!(plain.is_ok() && trace.exists(), "the trap works");
}

#[test]
fn a_configuration_does_not_change_what_is_read() {
    let Some(repo) = Repo::new() else { return };
    let first = repo.put("docs/a.md", "one");
    repo.git(&["mv", "docs/a.md", "docs/b.md"]);
    let last = repo.put("docs/b.md", "one");
    let second = repo.put("docs/b.md", "two");
    for setting in [
        "log.showRoot=false",
        "log.follow=true",
        "log.diffMerges=combined",
        "log.date=relative",
        "diff.renames=false",
        "diff.renameLimit=1",
        "diff.orderFile=nowhere",
        "diff.relative=true",
        "diff.noprefix=true",
        "color.ui=always",
        "color.diff=always",
        "core.abbrev=4",
        "core.quotePath=true",
        "format.pretty=oneline",
        "notes.displayRef=*",
    ] {
        let (key, value) = setting.split_once('=').expect("a setting");
        repo.git(&["config", key, value]);
    }
    let others = ["docs/b.md", "1.md", "2.md", "3.md", "docs/4.md", "docs/5.md"];
    for wanted in [&others[..1], &others] {
        let histories = repo.histories(wanted);
        assert_eq!(repo.told(&histories, "docs/b.md"), expected(&[("two", &second), ("one", &first)]), "{wanted:?}");
        assert_eq!(text_at(&histories, &repo.path("docs/b.md"), &last[..9]).as_deref(), Some("one"));
    }
}

#[test]
fn replaced_objects_are_read_as_they_were() {
    let Some(repo) = Repo::new() else { return };
    let first = repo.put("a.md", "one");
    let blob = repo.git(&["rev-parse", "HEAD:a.md"]);
    repo.put("a.md", "two");
    let other = repo.git(&["rev-parse", "HEAD:a.md"]);
    repo.git(&["replace", &blob, &other]);
    let histories = repo.histories(&["a.md"]);
    assert_eq!(text_at(&histories, &repo.path("a.md"), &first).as_deref(), Some("one"));
}

#[test]
fn what_git_cannot_read_is_said() {
    let Some(repo) = Repo::new() else { return };
    let first = repo.put("a.md", "one");
    repo.write(".git/config", "[core\n");
    let histories = repo.histories(&["a.md"]);
    assert!(histories.versions(&repo.path("a.md")).is_empty());
    assert_eq!(histories.at(&repo.path("a.md"), &first), AtPin::NoHistory);
    let notices = histories.notices();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].message.starts_with("git cannot read it: bad config"), "{notices:?}");
}

/// Runs one test of this file anew in an environment of its own; true inside of that.
fn is_inside(test: &str, environment: &[(&str, &str)]) -> bool {
    const MARK: &str = "COGNATE_TEST_INSIDE";
    if env::var(MARK).is_ok_and(|inside| inside == test) {
        return true;
    }
    let name = format!("{}::{test}", module_path!().split_once("::").expect("a crate").1);
    let mut command = Command::new(env::current_exe().expect("this test"));
    command.args(["--exact", &name, "--nocapture"]).env(MARK, test).envs(environment.iter().copied());
    let output = command.output().expect("a test");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && printed.contains("1 passed"), "{printed}\n{output:?}");
    false
}

#[test]
fn a_hooks_environment_does_not_choose_the_repository() {
    let Some(wrong) = Repo::new() else { return };
    wrong.put("a.md", "wrong");
    let (root, git) = (wrong.root.to_string_lossy(), wrong.path(".git"));
    let git = git.to_string_lossy();
    let environment =
        [("GIT_DIR", &*git), ("GIT_WORK_TREE", &root), ("GIT_INDEX_FILE", "nowhere"), ("GIT_PREFIX", "x/")];
    if !is_inside("a_hooks_environment_does_not_choose_the_repository", &environment) {
        return;
    }
    let repo = wrong.beside("right");
    repo.init(&[]);
    let first = repo.put("a.md", "right");
    let linked = wrong.beside("linked");
    repo.git(&["worktree", "add", "--quiet", "--detach", &linked.root.to_string_lossy()]);
    let histories = Histories::new(vec![repo.path("a.md"), linked.path("a.md")]);
    assert_eq!(repo.told(&histories, "a.md"), expected(&[("right", &first)]));
    assert_eq!(linked.told(&histories, "a.md"), expected(&[("right", &first)]));
}

#[test]
fn without_git_it_is_said_once() {
    if !is_inside("without_git_it_is_said_once", &[("PATH", "")]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let files = ["one", "two"].map(|name| folder.path().join(name).join("a.md"));
    for file in &files {
        fs::create_dir_all(file.with_file_name(".git")).expect("a folder");
        fs::write(file.with_file_name(".git").join("HEAD"), "ref: refs/heads/main").expect("a file");
    }
    let histories = Histories::new(files.to_vec());
    assert!(files.iter().all(|file| histories.versions(file).is_empty()));
    assert_eq!(histories.at(&files[0], "0123456"), AtPin::NoHistory);
    let notices = histories.notices();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].message.starts_with("git cannot be run"));
}
