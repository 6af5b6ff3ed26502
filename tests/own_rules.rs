//! Rules of a team's own, as their users meet them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cognate::config::schema;
use serde_json::Value;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn team() -> PathBuf {
    root("fixtures/project/rules-of-a-team")
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognate"));
    command.env("COGNATE_CACHE_DIR", "").env("COLUMNS", "80");
    command.current_dir(folder).args(arguments).output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn shown(folder: &Path, arguments: &[&str]) -> String {
    let run = run(folder, arguments);
    assert!(run.stderr.is_empty(), "{arguments:?}: {}", text(&run.stderr));
    text(&run.stdout)
}

/// The rules of a JSON report.
fn told(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let report: Value =
        serde_json::from_str(&shown(folder, &[&["--format", "json"], arguments].concat())).expect("JSON");
    let diagnostics = report["diagnostics"].as_array().expect("a list").iter();
    diagnostics.map(|one| one["rule"].as_str().expect("a rule").to_owned()).collect()
}

#[test]
fn they_are_selected_and_ignored_by_their_names() {
    assert_eq!(told(&team(), &["--select", "product-name"]), ["product-name"]);
    assert_eq!(told(&team(), &["--select", "tenant-not-mieter,product-name", "--ignore", "product-name"]).len(), 1);
    let run = run(&team(), &["--select", "tenant-not-miter"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains("did you mean `tenant-not-mieter`?"), "{}", text(&run.stderr));
}

#[test]
fn they_are_listed_and_explained() {
    let list = shown(&team(), &["rules"]);
    assert!(list.contains("internal-host           error    A link leads to a host that only the team"), "{list}");
    let rows: Value = serde_json::from_str(&shown(&team(), &["rules", "--format", "json"])).expect("JSON");
    let row = rows.as_array().expect("a list").iter().find(|row| row["id"] == "tenant-not-mieter").expect("a row");
    assert_eq!((&row["check"], &row["declared"]), (&"forbidden-text".into(), &"rules/terms.yaml:3".into()));
    let page = shown(&team(), &["explain", "tenant-not-mieter"]);
    for words in
        ["readers looked for the landlord", "error: “Mieter” is no tenant", "rules/terms.yaml:3", "Locales   de"]
    {
        assert!(page.contains(words), "{page}");
    }
    let run = run(&team(), &["explain", "product-names"]);
    assert!(text(&run.stderr).contains("did you mean `product-name`?"), "{}", text(&run.stderr));
}

#[test]
fn what_ships_is_explained_however_the_configuration_looks() {
    let folder = root("fixtures/config/own-rules");
    assert_eq!(run(&folder, &["explain", "stale-host"]).status.code(), Some(0));
    assert_eq!(run(&folder, &["rules"]).status.code(), Some(2));
}

#[test]
fn their_examples_are_tried() {
    let run = run(&team(), &["test-rules"]);
    let printed = text(&run.stdout);
    assert_eq!(run.status.code(), Some(0), "{printed}");
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines[0], "internal-host      ok       2 of 2 examples");
    assert_eq!(lines[1], "tenant-not-mieter  ok       3 of 3 examples");
    assert_eq!(lines[3], "shouting           warning  no examples: add `examples:` with `bad:` and `good:`");
    assert_eq!(lines[5], "All examples of 4 rules pass; 1 has no examples.");
}

#[test]
fn an_example_that_fails_says_what_was_expected_and_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = "id: shouting\ncheck: forbidden-text\nsummary: Nobody shouts\noptions: { patterns: ['!!'] }\nexamples:\n  bad:\n    - translation: Bonjour !\n  good:\n    - { locale: ja, translation: おはよう!! }\n";
    fs::write(folder.path().join("team.yaml"), file).expect("a file");
    let failing = run(folder.path(), &["test-rules", "team.yaml"]);
    assert_eq!(failing.status.code(), Some(1));
    let expected = "\
shouting  failed   0 of 2 examples
  team.yaml:7: a finding was expected, and there is none
    in translation (fr)
    │ Bonjour !
  team.yaml:9: no finding was expected
    in translation (ja)
    │ おはよう!!
    line 1: warning: “!!” must not stand in a translation

Examples of 1 of 1 rule fail.
";
    assert_eq!(text(&failing.stdout), expected);
    for arguments in [&["test-rules"][..], &["test-rules", "nowhere.yaml"]] {
        let run = run(folder.path(), arguments);
        assert_eq!((run.status.code(), run.stdout.len()), (Some(2), 0), "{arguments:?}");
        assert!(text(&run.stderr).starts_with("error: "), "{}", text(&run.stderr));
    }
}

#[test]
fn a_rule_file_holds_without_a_configuration_and_not_where_that_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("cognate-rules.yaml", "{ id: shouting, check: forbidden-text, summary: x, options: { patterns: ['!!'] } }");
    write("en.md", "# A\n\nHello!\n");
    write("de.md", "# A\n\nHallo!!\n");
    let check = ["check", "--reference", "en.md", "de.md"];
    assert_eq!(told(folder.path(), &check[1..]), ["shouting"]);
    write("cognate.yaml", "rule-files: []\n");
    assert_eq!(told(folder.path(), &check[1..]), [""; 0]);
}

#[test]
fn they_hold_where_they_say() {
    let shows = |path: &str| shown(&team(), &["config", path]).contains("tenant-not-mieter");
    assert!(shows("docs/de/tenants.md") && !shows("docs/ja/tenants.md"));
    assert_eq!(told(&team(), &["--locale", "ja"]), [""; 0]);
}

#[test]
fn a_mistake_is_told_by_the_path_from_where_one_is() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("docs/rules")).expect("a folder");
    fs::write(folder.path().join("cognate.yaml"), "rule-files: ['docs/rules/*.yaml']\n").expect("a file");
    fs::write(folder.path().join("docs/rules/a.yaml"), "id: a\ncheck: missing-lin\nsummary: x\n").expect("a file");
    let run = run(&folder.path().join("docs"), &["check"]);
    assert_eq!(run.status.code(), Some(2));
    let told = text(&run.stderr);
    assert!(told.contains("[../docs/rules/a.yaml:2:8]") && told.contains("did you mean `missing-link`?"), "{told}");
}

#[test]
fn the_example_of_the_readme_works() {
    let readme = fs::read_to_string(root("README.md")).expect("the README");
    let (_, section) = readme.split_once("### Rules of your own\n").expect("the section");
    let (_, block) = section.split_once("```yaml\n").expect("an example");
    let (example, _) = block.split_once("```").expect("its end");
    let value: Value = serde_yaml::from_str(example).expect("YAML");
    let schema: Value = serde_json::from_str(schema::RULE_FILE).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(wrong, [""; 0], "{example}");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("cognate-rules.yaml"), example).expect("a file");
    let run = run(folder.path(), &["test-rules"]);
    assert_eq!(run.status.code(), Some(0), "{}{}", text(&run.stdout), text(&run.stderr));
    assert!(!text(&run.stdout).contains("warning"), "{}", text(&run.stdout));
}
