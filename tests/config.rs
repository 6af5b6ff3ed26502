//! Configurations: mistakes in them.
//!
//! `fixtures/config/<case>/` is a `cognate.yaml` with mistakes; what is told of it is held by `tests/fixtures.rs`.
//! `SNAPSHOTS=overwrite cargo test` accepts what is printed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognate"));
    command.current_dir(folder).args(arguments).env("COLUMNS", "80").env_remove("NO_COLOR");
    command.output().expect("the binary runs")
}

fn folders(path: &str) -> Vec<PathBuf> {
    fs::read_dir(root(path)).expect(path).flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

#[test]
fn mistakes_end_the_run_and_name_a_place_and_a_remedy() {
    for folder in folders("fixtures/config") {
        let run = run(&folder, &["check"]);
        let told = String::from_utf8(run.stderr).expect("UTF-8");
        assert_eq!((run.status.code(), run.stdout.len()), (Some(2), 0), "{}", folder.display());
        assert!(told.starts_with("error: ") && told.contains("─[cognate.yaml:"), "{told}");
        assert!(!told.contains('\x1b') && !told.contains("panicked"), "{told}");
    }
}

#[test]
fn a_configuration_that_is_not_there_is_told_by_its_name() {
    let run = run(&root("fixtures/project/harbour"), &["check", "--config", "nowhere.yaml"]);
    let told = String::from_utf8(run.stderr).expect("UTF-8");
    assert_eq!(run.status.code(), Some(2));
    assert!(told.starts_with("error: nowhere.yaml: the file cannot be read"), "{told}");
}

#[test]
fn mistakes_are_coloured_where_that_is_asked_for() {
    let folder = root("fixtures/config/unknown-names");
    let told = String::from_utf8(run(&folder, &["--color", "always"]).stderr).expect("UTF-8");
    assert!(told.contains("\x1b[1;31merror\x1b[0m"), "{told}");
}
