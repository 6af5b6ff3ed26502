#![allow(clippy::print_stderr, reason = "a skipped test says so")]
//! The five sample files of the product's brief, finding by finding, where they are there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const FILES: [&str; 5] = [
    "000_ec06a86cf3e5a8b9.txt",
    "001_eda88ff86033ff96.txt",
    "002_221a714a5994a5f5.txt",
    "003_6133cc13acdc1f63.txt",
    "004_81b2d803b80694b2.txt",
];

fn seeds() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: the sample files are not beside the project");
    None
}

fn run(folder: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_cognate"))
        .env("COGNATE_CACHE_DIR", "")
        .current_dir(folder)
        .args(["check", "--format", "json"])
        .args(arguments)
        .output()
        .expect("the binary runs");
    serde_json::from_slice(&output.stdout).expect("a report")
}

/// For each rule and origin: (locale, line) of its findings.
fn told(report: &Value) -> BTreeMap<String, Vec<(String, u64)>> {
    let mut told: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    for one in report["diagnostics"].as_array().expect("diagnostics") {
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        let line = one["range"]["start"]["line"].as_u64().unwrap_or_default();
        told.entry(format!("{} {}", text("rule"), text("origin"))).or_default().push((text("locale"), line));
    }
    told
}

fn places(rows: &[(&str, u64)]) -> Vec<(String, u64)> {
    rows.iter().map(|(locale, line)| ((*locale).to_owned(), *line)).collect()
}

fn expect_links(told: &BTreeMap<String, Vec<(String, u64)>>) {
    assert_eq!(
        told["missing-link-text translation"],
        places(&[("nb-NO", 29), ("nb-NO", 29), ("nb-NO", 30), ("lv-LV", 29), ("lv-LV", 30)])
    );
    let stale = &told["stale-host translation"];
    for locale in ["nb-NO", "zh-TW", "fr-FR", "lv-LV"] {
        assert_eq!(stale.iter().filter(|(at, _)| at == locale).count(), 3, "{locale}");
    }
    assert_eq!(stale.len(), 12);
    assert_eq!(told["drifted-url translation"], places(&[("zh-TW", 25), ("zh-TW", 27), ("zh-TW", 35)]));
    for rule in ["heading-mismatch", "list-mismatch", "missing-link", "extra-link", "missing-block", "extra-block"] {
        assert!(!told.keys().any(|key| key.starts_with(&format!("{rule} "))), "{rule}");
    }
}

#[test]
fn against_the_first_as_reference() {
    let Some(folder) = seeds() else { return };
    let told = told(&run(&folder, &[&["--reference"], &FILES[..]].concat()));
    expect_links(&told);
    let locales: Vec<&str> = told["missing-metadata translation"].iter().map(|(locale, _)| locale.as_str()).collect();
    assert_eq!(locales, ["zh-TW", "zh-TW", "fr-FR"]);
    assert_eq!(told["missing-metadata reference"], places(&[("", 6)]));
}

#[test]
fn against_an_outline_of_the_first() {
    let Some(folder) = seeds() else { return };
    let written = Command::new(env!("CARGO_BIN_EXE_cognate")).current_dir(&folder).args(["outline", FILES[0]]).output();
    let outline = std::env::temp_dir().join(format!("cognate-outline-{}.yaml", std::process::id()));
    std::fs::write(&outline, written.expect("the binary runs").stdout).expect("the outline is written");
    let path = outline.to_string_lossy().into_owned();
    let told = told(&run(&folder, &[&["--reference", &path], &FILES[..]].concat()));
    std::fs::remove_file(&outline).expect("the outline is removed");
    expect_links(&told);
}

#[test]
fn together_without_a_reference() {
    let Some(folder) = seeds() else { return };
    let report = run(&folder, &FILES);
    assert_eq!(told(&report)["missing-link-text translation"].len(), 5);
    let notices = report["notices"].as_array().expect("notices");
    for (file, revision) in FILES.iter().zip(["2b248ada63", "696826bffa", "e3bbe36ff5", "b664d65f5b", "bd928d9450"]) {
        let of_file = notices.iter().find(|notice| notice["path"] == *file).expect(file);
        assert!(of_file["message"].as_str().is_some_and(|message| message.contains(revision)), "{of_file}");
    }
    assert_eq!(report["summary"]["articles"], 5);
}
