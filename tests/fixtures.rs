//! A test per folder below `fixtures/`: what `cognate check --verbose` prints there is `expected.txt`.
//!
//! `fixtures/<rule>/<case>/` holds `reference.md` and translations; `fixtures/project/<case>/` is a whole tree, with a
//! `cognate.yaml` or such that it needs none. `SNAPSHOTS=overwrite cargo test --test fixtures` accepts what is printed; read it before.

use std::path::{Path, PathBuf};
use std::process::Command;

use tryfn::{Case, Data, Harness};

fn main() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    Harness::new(root, setup, test).select(["/*/*/reference.*", "/project/*/expected.txt"]).test();
}

fn setup(fixture: PathBuf) -> Case {
    let folder = fixture.parent().unwrap_or(&fixture);
    let names = folder.iter().rev().take(2).map(|name| name.to_string_lossy()).collect::<Vec<_>>();
    let expected = Data::read_from(&folder.join("expected.txt"), None).raw();
    Case { name: format!("{}/{}", names[1], names[0]), expected, fixture }
}

fn test(fixture: &Path) -> Result<String, std::io::Error> {
    let folder = fixture.parent().unwrap_or(fixture);
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognate"));
    command.current_dir(folder).args(["check", "--verbose"]).env("COLUMNS", "80");
    let file = fixture.file_name().unwrap_or_default();
    if file != "expected.txt" {
        command.arg("--reference").arg(file).arg(".");
    }
    let output = command.output()?;
    let mut told = String::from_utf8_lossy(&output.stdout).into_owned();
    told.push_str(&String::from_utf8_lossy(&output.stderr));
    Ok(told)
}
