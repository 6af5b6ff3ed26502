//! Configurations: mistakes in them, what is in force, and their schemas.
//!
//! `fixtures/config/<case>/` is a `cognate.yaml` with mistakes; what is told of it is held by `tests/fixtures.rs`.
//! `fixtures/in-force/` holds what `cognate config` shows. `SNAPSHOTS=overwrite cargo test` accepts what is printed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cognate::config::{Config, schema};
use cognate::rules::BUILTINS;
use serde_json::Value;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognate"));
    command.env("COGNATE_CACHE_DIR", "");
    command.current_dir(folder).args(arguments).env("COLUMNS", "80").env_remove("NO_COLOR");
    command.output().expect("the binary runs")
}

fn shown(folder: &Path, arguments: &[&str]) -> String {
    let run = run(folder, arguments);
    assert_eq!(run.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("UTF-8")
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The folders in a folder that have a configuration.
fn folders(path: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root(path)).expect(path).flatten().map(|entry| entry.path());
    entries.filter(|path| path.join("cognate.yaml").is_file()).collect()
}

/// What a schema says against a value.
fn against(schema: &str, value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    validator.iter_errors(value).map(|error| error.to_string()).collect()
}

#[test]
fn mistakes_end_the_run_and_name_a_place_and_a_remedy() {
    for folder in folders("fixtures/config") {
        let run = run(&folder, &["check"]);
        let told = String::from_utf8(run.stderr).expect("UTF-8");
        assert_eq!((run.status.code(), run.stdout.len()), (Some(2), 0), "{}", folder.display());
        assert!(
            told.starts_with("error: ") && (told.contains("─[cognate.yaml:") || told.contains("─[cognate-rules.yaml:")),
            "{told}"
        );
        assert!(!told.contains('\x1b') && !told.contains("panicked"), "{told}");
        assert_eq!(run_code(&folder, &["config"]), Some(2), "{}", folder.display());
    }
}

fn run_code(folder: &Path, arguments: &[&str]) -> Option<i32> {
    run(folder, arguments).status.code()
}

#[test]
fn a_configuration_that_is_not_there_is_told_by_its_name() {
    let run = run(&root("fixtures/in-force/berths"), &["check", "--config", "nowhere.yaml"]);
    let told = String::from_utf8(run.stderr).expect("UTF-8");
    assert_eq!(run.status.code(), Some(2));
    assert!(told.starts_with("error: nowhere.yaml: the file cannot be read"), "{told}");
}

#[test]
fn only_a_document_that_is_there_can_be_shown() {
    let folder = root("fixtures/in-force/berths");
    for (path, words) in [("nowhere.md", "error: nowhere.md: no such file"), ("guide", "error: guide is a folder")] {
        let run = run(&folder, &["config", path]);
        assert_eq!((run.status.code(), run.stdout.len()), (Some(2), 0));
        assert!(String::from_utf8_lossy(&run.stderr).starts_with(words), "{path}");
    }
}

#[test]
fn mistakes_are_coloured_where_that_is_asked_for() {
    let folder = root("fixtures/config/unknown-names");
    let told = String::from_utf8(run(&folder, &["--color", "always"]).stderr).expect("UTF-8");
    assert!(told.contains("\x1b[1;31merror\x1b[0m"), "{told}");
}

#[test]
fn what_is_in_force_is_shown_with_where_it_comes_from() {
    let folder = root("fixtures/in-force/berths");
    for (name, arguments) in [
        ("project", &["config"][..]),
        ("translation", &["config", "guide/ko/old/tariffs.md"][..]),
        ("reference", &["config", "guide/en/old/tariffs.md"][..]),
    ] {
        let expected = snapbox::Data::read_from(&folder.join(format!("expected/{name}.txt")), None).raw();
        snapbox::Assert::new().action_env("SNAPSHOTS").eq(shown(&folder, arguments), expected);
    }
    let folder = root("fixtures/in-force/own-rules");
    let expected = snapbox::Data::read_from(&folder.join("expected/project.txt"), None).raw();
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(shown(&folder, &["config"]), expected);
}

#[test]
fn what_is_shown_is_a_configuration_itself() {
    let folder = root("fixtures/in-force/berths");
    for arguments in [&["config"][..], &["config", "--all"][..], &["config", "--all", "guide/ko/old/tariffs.md"][..]] {
        let shown = shown(&folder, arguments);
        assert_eq!(against(schema::CONFIG, &yaml(&shown)), [""; 0], "{shown}");
        assert!(!shown.contains('\x1b'));
    }
    let all = shown(&folder, &["config", "--all"]);
    for builtin in BUILTINS {
        assert!(
            all.contains(&format!("\n  {}: ", builtin.id)) || all.contains(&format!("\n  {}:\n", builtin.id)),
            "{}: {all}",
            builtin.id
        );
    }
    assert!(all.contains("by: learn.microsoft.com") && !all.contains("--all shows it"));
}

/// Lines without what is said of them.
fn bare(shown: &str) -> Vec<&str> {
    let lines = shown.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split("  # ").next().unwrap_or_default().trim_end()).collect()
}

#[test]
fn what_is_shown_configures_the_same_again() {
    let first = root("fixtures/in-force/berths");
    let again = std::env::temp_dir().join(format!("cognate-again-{}", std::process::id()));
    fs::create_dir_all(again.join("guide")).expect("a folder");
    for arguments in [&["config"][..], &["config", "--all"][..]] {
        let expected = shown(&first, arguments);
        fs::write(again.join("cognate.yaml"), &expected).expect("a file");
        assert_eq!(bare(&shown(&again, arguments)), bare(&expected));
    }
    fs::remove_dir_all(&again).expect("the folder");
}

#[test]
fn as_json_every_value_says_where_it_comes_from() {
    let folder = root("fixtures/in-force/berths");
    let shown: Value = serde_json::from_str(&shown(&folder, &["config", "--format", "json"])).expect("JSON");
    let severity = &shown["values"]["rules"]["missing-metadata"]["severity"];
    assert_eq!((severity["value"].as_str(), severity["from"].as_str()), (Some("info"), Some("cognate.yaml:11")));
    assert_eq!(shown["configuration"], "cognate.yaml");
}

#[test]
fn without_a_file_all_is_built_in() {
    let folder = std::env::temp_dir().join(format!("cognate-built-in-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let shown = shown(&folder, &["config"]);
    fs::remove_dir_all(&folder).expect("the folder");
    assert!(shown.contains("configuration: none, all is built in\n"), "{shown}");
    assert!(
        shown
            .lines()
            .filter(|line| !line.starts_with('#') && !line.ends_with(':'))
            .all(|line| line.contains("# built in") || line.ends_with("{}")),
        "{shown}"
    );
}

#[test]
fn every_file_of_ours_fits_its_schema() {
    for builtin in BUILTINS {
        assert_eq!(against(schema::RULE, &yaml(builtin.yaml)), [""; 0], "{}", builtin.id);
    }
    for folder in folders("fixtures/project").iter().chain(&folders("fixtures/in-force")) {
        let text = read(&folder.join("cognate.yaml"));
        assert_eq!(against(schema::CONFIG, &yaml(&text)), [""; 0], "{}", folder.display());
    }
    for file in ["project/rules-of-a-team/rules/terms.yaml", "project/rules-of-a-team/rules/site.yaml"] {
        let text = read(&root("fixtures").join(file));
        assert_eq!(against(schema::RULE_FILE, &yaml(&text)), [""; 0], "{file}");
    }
    let readme = read(&root("README.md"));
    let blocks = readme.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let examples: Vec<&str> = blocks.filter(|block| block.contains("layout:")).collect();
    assert!(!examples.is_empty());
    for example in examples {
        assert_eq!(against(schema::CONFIG, &yaml(example)), [""; 0], "{example}");
    }
}

#[test]
fn the_schemas_refuse_what_is_wrong() {
    for wrong in [
        "layouts: {}",
        "layout: { reference: a }",
        "extends: [microsoft-lern]",
        "rules: { Stale Host: error }",
        "rules: { of-our-own: fatal }",
        "rules: { stale-host: fatal }",
        "rules: { stale-host: { options: { host: {} } } }",
        "rules: { missing-metadata: { options: { required: title } } }",
        "origins: { outdatet: info }",
        "overrides: { locales: [ko] }",
        "ignore: a",
    ] {
        assert_ne!(against(schema::CONFIG, &yaml(wrong)), [""; 0], "{wrong}");
    }
    for wrong in [
        "{ id: a, check: missing-link }",
        "{ id: A b, check: missing-link, summary: x }",
        "{ id: a, check: nowhere, summary: x }",
        "rules: [ { id: a, check: forbidden-text, summary: x, options: { pattern: [x] } } ]",
        "{ id: a, check: missing-link, summary: x, examples: { bad: [ { reference: x } ] } }",
    ] {
        assert_ne!(against(schema::RULE_FILE, &yaml(wrong)), [""; 0], "{wrong}");
    }
    let sound = yaml(BUILTINS[0].yaml);
    for (key, value) in [("severity", "fatal"), ("sumary", "A typing error"), ("options", "none")] {
        let mut wrong = sound.clone();
        wrong[key] = value.into();
        assert_ne!(against(schema::RULE, &wrong), [""; 0], "{key}");
    }
}

#[test]
fn schemas_are_printed_for_editors() {
    for (of, schema) in [
        ("config", schema::CONFIG),
        ("rule", schema::RULE),
        ("rule-file", schema::RULE_FILE),
        ("report", cognate::report::json::SCHEMA),
    ] {
        assert_eq!(shown(&root("src"), &["schema", of]), schema, "{of}");
    }
    assert_eq!(shown(&root("src"), &["schema"]), schema::CONFIG);
}

#[test]
fn what_the_reader_takes_is_what_the_schema_takes() {
    for folder in folders("fixtures/project").iter().chain(&folders("fixtures/in-force")) {
        assert!(Config::read(&folder.join("cognate.yaml")).is_ok(), "{}", folder.display());
    }
}
