//! What must agree between code, data, fixtures and documentation.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cognate::rule::{Declaration, Kind};
use cognate::rules::BUILTINS;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_rule_has_one_name_everywhere() {
    let (sources, declarations, fixtures) = (names("src/rules"), names("rules"), names("fixtures"));
    for builtin in BUILTINS {
        let id = builtin.id;
        assert!(sources.contains(&format!("{}.rs", id.replace('-', "_"))), "src/rules: {id}");
        assert!(declarations.contains(&format!("{id}.yaml")), "rules: {id}");
        assert!(fixtures.contains(id), "fixtures: {id}");
    }
    let ids: BTreeSet<&str> = BUILTINS.iter().map(|builtin| builtin.id).collect();
    for name in declarations.iter().filter_map(|name| name.strip_suffix(".yaml")) {
        assert!(ids.contains(name), "rules/{name}.yaml belongs to no rule");
    }
    for name in &fixtures {
        assert!(
            ids.contains(name.as_str()) || ["clean", "project", "config", "in-force"].contains(&name.as_str()),
            "fixtures/{name}"
        );
    }
}

#[test]
fn who_blames_the_reference_says_whether_others_excuse() {
    for builtin in BUILTINS {
        let text = read(format!("src/rules/{}.rs", builtin.id.replace('-', "_")));
        let (blames, says) = (text.contains(".in_reference_too("), text.contains("fn is_excused_by_others"));
        assert_eq!(blames, says, "{}", builtin.id);
    }
}

/// (case, expected.txt, locales) of every fixture of a rule.
fn cases(id: &str) -> Vec<(String, String, Vec<String>)> {
    let of = |case: String| {
        let folder = format!("fixtures/{id}/{case}");
        let locales = names(&folder).into_iter().filter_map(|name| Some(name.strip_suffix(".md")?.to_owned()));
        let locales = locales.filter(|name| name != "reference").collect();
        let expected = read(format!("{folder}/expected.txt"));
        (case, expected, locales)
    };
    names(&format!("fixtures/{id}")).into_iter().map(of).collect()
}

#[test]
fn every_rule_is_shown_to_speak_and_to_be_silent() {
    let starts = |locales: &[String], wanted: &[&str]| {
        locales.iter().any(|locale| wanted.iter().any(|start| locale.split('-').next() == Some(*start)))
    };
    for builtin in BUILTINS {
        let cases = cases(builtin.id);
        let told = format!("[{}]", builtin.id);
        assert!(cases.iter().any(|(_, expected, _)| expected.contains(&told)), "{}: no failing case", builtin.id);
        // How a translation stands is told beside what is wrong in it.
        let is_silent = |expected: &String| match builtin.kind {
            Kind::Standing => !expected.contains(&told),
            _ => expected.lines().any(|line| line.starts_with("No findings")),
        };
        assert!(cases.iter().any(|(_, expected, _)| is_silent(expected)), "{}: no silent case", builtin.id);
        // What these say of revisions is the same in every script.
        if builtin.kind == Kind::Standing {
            continue;
        }
        let locales: Vec<String> = cases.into_iter().flat_map(|(_, _, locales)| locales).collect();
        assert!(starts(&locales, &["ja", "ko", "zh", "th", "hi", "ru", "uk"]), "{}: no other script", builtin.id);
        assert!(starts(&locales, &["ar", "he", "fa"]), "{}: no right-to-left script", builtin.id);
    }
    for (case, expected, _) in cases("clean") {
        assert!(expected.starts_with("No findings"), "clean/{case}");
    }
}

#[test]
fn a_fixture_of_a_rule_tells_nothing_else_by_accident() {
    // These show a defect that two rules have a part in, or one rule's silence beside another's word.
    let mixed = [
        "missing-metadata/lost-list-entry",
        "extra-link/bilingual-label-became-link",
        "broken-fragment/lost-id",
        "text-mismatch/versions-and-names",
    ];
    for builtin in BUILTINS.iter().filter(|builtin| builtin.kind != Kind::Standing) {
        for (case, expected, _) in cases(builtin.id) {
            let name = format!("{}/{case}", builtin.id);
            let heads = expected
                .lines()
                .filter(|line| ["error[", "warning[", "info["].iter().any(|head| line.starts_with(head)));
            for head in heads.filter(|_| !mixed.contains(&name.as_str())) {
                assert!(head.contains(&format!("[{}]", builtin.id)), "{name}: {head}");
            }
        }
    }
}

/// The README's table of rules, out of `rules/<id>.yaml`.
fn rule_table() -> String {
    let mut table = String::from("| rule | severity | right | finds |\n|---|---|---|---|\n");
    for builtin in BUILTINS {
        let Declaration { severity, truth, summary, .. } = builtin.declaration().expect(builtin.id);
        let right = match truth {
            Some(truth) if truth.read > 0 => format!("{} of {}", truth.right, truth.read),
            _ => String::new(),
        };
        let _ = writeln!(table, "| `{}` | {severity} | {right} | {summary} |", builtin.id);
    }
    table
}

#[test]
fn the_readme_lists_every_rule() {
    let readme = read("README.md");
    let (before, rest) = readme.split_once("<!-- rules -->\n").expect("a place for the table");
    let (table, after) = rest.split_once("<!-- end of rules -->").expect("its end");
    let is_mending = std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite");
    if is_mending && table != rule_table() {
        let mended = format!("{before}<!-- rules -->\n{}<!-- end of rules -->{after}", rule_table());
        fs::write(root().join("README.md"), mended).expect("README.md");
    } else {
        assert_eq!(table, rule_table(), "SNAPSHOTS=overwrite cargo test --test tidy mends it");
    }
}

#[test]
fn what_the_readme_shows_is_what_is_printed() {
    let readme = read("README.md");
    let command = readme.lines().find(|line| line.starts_with("cargo run")).expect("the first command");
    let (_, arguments) = command.split_once(" -- ").expect("arguments");
    let run = Command::new(env!("CARGO_BIN_EXE_cognate"))
        .env("COGNATE_CACHE_DIR", "")
        .current_dir(root())
        .args(arguments.split_whitespace())
        .env("COLUMNS", "80")
        .output()
        .expect("the binary runs");
    let printed = String::from_utf8(run.stdout).expect("UTF-8");
    let (_, rest) = readme.split_once("```text\n").expect("a picture");
    let (picture, _) = rest.split_once("```").expect("its end");
    let mut from = 0;
    for part in picture.split("...\n").map(str::trim) {
        let at = printed[from..].find(part).unwrap_or_else(|| panic!("not printed:\n{part}\n\nprinted:\n{printed}"));
        from += at + part.len();
    }
    assert!(readme.lines().any(|line| line == "cargo test"), "the command that passes all tests");
}

#[test]
fn files_and_functions_can_be_read() {
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let lines = fs::read_to_string(&path).expect("a source file").lines().count();
                assert!(lines <= 400, "{}: {lines} lines; no file is over 400", path.display());
            }
        }
    }
}
