//! The command line as its users meet it: exit codes, formats, output files, mistakes.

mod scratch;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use scratch::{Scratch, command, text};
use serde_json::Value;

fn harbour() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/project/harbour")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)))
}

#[test]
fn exit_codes_say_how_it_ended() {
    let scratch = Scratch::new("exit");
    scratch.write("en.md", "# A\n\n[a](/a)\n").write("it.md", "# B\n\n[b](/a)\n").write("fr.md", "# C\n\n[](/a)\n");
    let code = |arguments: &[&str]| scratch.run(arguments).status.code();
    assert_eq!(code(&["--reference", "en.md", "it.md"]), Some(0));
    assert_eq!(code(&["check", "--reference", "en.md", "it.md", "fr.md"]), Some(1));
    assert_eq!(code(&["--reference", "en.md", "fr.md", "--ignore", "missing-link-text"]), Some(0));
    assert_eq!(code(&["--reference", "en.md", "fr.md", "--locale", "it"]), Some(0));
    assert_eq!(code(&["--reference", "en.md", "fr.md", "--origin", "outdated"]), Some(0));
    assert_eq!(code(&["--reference", "nowhere.md", "fr.md"]), Some(2));
    assert_eq!(code(&["--no-such-flag"]), Some(2));
    scratch.write("de.md", b"# \xff\n");
    let both = scratch.run(&["--reference", "en.md", "de.md", "fr.md"]);
    assert_eq!(both.status.code(), Some(2), "what cannot be read beats what was found");
    assert!(text(&both.stdout).contains("missing-link-text"), "the other files are reported");
    assert!(text(&both.stderr).contains("de.md: the file is not UTF-8"));
}

#[test]
fn the_report_fits_its_schema() {
    let schema: Value = serde_json::from_str(cognate::report::json::SCHEMA).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    let report = json(&command(&harbour()).args(["--format", "json"]).output().expect("the binary runs"));
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(report["diagnostics"].as_array().is_some_and(|all| all.len() > 20));
    let lines = command(&harbour()).args(["--format", "json-lines"]).output().expect("the binary runs");
    let lines: Vec<Value> = text(&lines.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(Value::Array(lines), report["diagnostics"]);
}

#[test]
fn positions_are_those_of_editors() {
    let scratch = Scratch::new("positions");
    scratch.write("en.md", "# A\n\n日本 😀 [a](/a)\n").write("ja.md", "\u{feff}# B\r\n\r\n日本 😀 [](/a)\r\n");
    let report = json(&scratch.run(&["--format", "json", "--reference", "en.md", "ja.md"]));
    let start = &report["diagnostics"][0]["range"]["start"];
    assert_eq!((start["line"].as_u64(), start["column"].as_u64()), (Some(3), Some(6)));
    assert_eq!((start["utf16"].as_u64(), start["byte"].as_u64()), (Some(7), Some(22)));
}

#[test]
fn output_goes_whole_into_its_file_and_leaves_devices_alone() {
    let scratch = Scratch::new("output");
    scratch.write("en.md", "[a](/a)\n").write("it.md", "[](/a)\n").write("report.json", "old");
    let run = scratch.run(&["--format", "json", "--output", "report.json", "--reference", "en.md", "it.md"]);
    assert_eq!((run.status.code(), run.stdout.len()), (Some(1), 0));
    let written = fs::read(scratch.0.join("report.json")).expect("a report");
    assert_eq!(serde_json::from_slice::<Value>(&written).expect("JSON")["summary"]["errors"], 1);
    assert_eq!(fs::read_dir(&scratch.0).expect("a folder").count(), 3, "nothing else is left");
    if Path::new("/dev/null").exists() {
        scratch.run(&["--output", "/dev/null", "--reference", "en.md", "it.md"]);
        assert!(!fs::metadata("/dev/null").expect("/dev/null").is_file());
    }
    let folder = scratch.run(&["--output", ".", "--reference", "en.md", "it.md"]);
    assert_eq!(folder.status.code(), Some(2));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = command(&harbour())
        .args(["--verbose", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().expect("standard error").read_to_string(&mut said).expect("text");
    assert_eq!(said, "");
    assert_eq!(child.wait().expect("an end").code(), Some(0));
}

#[test]
fn no_colour_into_a_file_unless_asked() {
    let plain = command(&harbour()).output().expect("the binary runs");
    assert!(!text(&plain.stdout).contains('\x1b'));
    let coloured = command(&harbour()).args(["--color", "always"]).output().expect("the binary runs");
    assert!(text(&coloured.stdout).contains('\x1b'));
}

#[test]
fn mistakes_name_the_place_and_the_remedy() {
    let scratch = Scratch::new("mistakes");
    let said = |config: &str, arguments: &[&str]| {
        scratch.write("cognate.yaml", config);
        let run = scratch.run(arguments);
        assert_eq!(run.status.code(), Some(2), "{config}");
        text(&run.stderr)
    };
    for (config, arguments, words) in [
        ("", &["--select", "stale-hots"][..], "did you mean `stale-host`?"),
        ("", &["explain", "drifted-urls"][..], "did you mean `drifted-url`?"),
        ("", &["nowhere"][..], "nowhere: no such file or folder"),
        ("", &["--locale", "klingon"][..], "`klingon` is no known language tag"),
        ("rules: { stale-hots: error }", &[][..], "did you mean `stale-host`?"),
        ("rules: { stale-host: { options: { host: {} } } }", &[][..], "has no key `host`"),
        ("layout: { translation: \"{lang}/x\" }", &[][..], "unknown `{lang}`"),
        ("layout: [", &[][..], "cognate.yaml"),
        ("ignore: [\"[z-a]\"]", &[][..], "`ignore`: `[z-a]` is no glob"),
        ("overrides: [ { paths: [\"[z-a]\"] } ]", &[][..], "`overrides[0].paths`: `[z-a]` is no glob"),
    ] {
        let said = said(config, arguments);
        assert!(said.contains(words), "{config:?} {arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn an_outline_with_a_mistake_is_told_with_its_place() {
    let scratch = Scratch::new("outline");
    scratch.write("outline.yaml", "body:\n  - headline: 1\n").write("it.md", "# A\n");
    let run = scratch.run(&["--reference", "outline.yaml", "it.md"]);
    assert_eq!(run.status.code(), Some(2));
    for words in ["error: unknown block `headline`", "[outline.yaml:2:5]", "help: write heading, paragraph"] {
        assert!(text(&run.stderr).contains(words), "{}", text(&run.stderr));
    }
}

#[test]
fn every_rule_explains_itself() {
    let folder = harbour();
    let table = command(&folder).arg("rules").output().expect("the binary runs");
    let rules: Value = json(&command(&folder).args(["rules", "--format", "json"]).output().expect("the binary runs"));
    for rule in rules.as_array().expect("rules") {
        let id = rule["id"].as_str().expect("an id");
        assert!(text(&table.stdout).contains(id));
        let page = text(&command(&folder).args(["explain", id]).output().expect("the binary runs").stdout);
        assert!(page.contains("What to do") && page.contains("Why"), "{page}");
        assert!(page.lines().all(|line| line.chars().count() <= 80 || line.contains('{')), "{page}");
    }
}

#[test]
fn layouts_sort_files_and_cohorts_compare_them() {
    let scratch = Scratch::new("layouts");
    scratch
        .write("cognate.yaml", "layout: { translation: \"{locale}/{path}\" }\nignore: [\"**/skip.md\"]\n")
        .write("it/a.md", "# A\n\n[a](/a) [b](/b)\n")
        .write("fr/a.md", "# A\n\n[a](/a) [b](/b)\n")
        .write("de/a.md", "# A\n\n[a](/a) b\n")
        .write("de/skip.md", "[](/x)\n")
        .write("src/a.md", "[](/x)\n");
    let report = json(&scratch.run(&["--format", "json"]));
    let told: Vec<_> = report["diagnostics"].as_array().expect("diagnostics").iter().collect();
    assert_eq!(told.len(), 1, "{report}");
    assert_eq!((told[0]["rule"].as_str(), told[0]["path"].as_str()), (Some("missing-link"), Some("de/a.md")));
    assert_eq!(told[0]["related"][0]["basis"], "cohort");
    assert_eq!(report["summary"]["translations"], 3);
    // One file asked for is still compared with its cohort.
    let one = json(&scratch.run(&["--format", "json", "de/a.md"]));
    assert_eq!(one["diagnostics"].as_array().map(Vec::len), Some(1));
    assert_eq!(one["summary"]["translations"], 1);
}

#[test]
fn a_changed_reference_checks_all_its_translations() {
    let scratch = Scratch::new("reference");
    scratch
        .write("cognate.yaml", "layout: { reference: \"en/{path}\", translation: \"{locale}/{path}\" }\n")
        .write("en/a.md", "[a](/a)\n")
        .write("it/a.md", "[](/a)\n")
        .write("fr/a.md", "[](/a)\n")
        .write("fr/b.md", "[](/a)\n");
    let report = json(&scratch.run(&["--format", "json", "en/a.md"]));
    assert_eq!(report["summary"]["translations"], 2);
    assert_eq!(report["summary"]["errors"], 2);
}

#[test]
fn a_pin_of_any_letters_is_told() {
    let scratch = Scratch::new("pin");
    scratch.write("it.md", "---\nms.openlocfilehash: aéééééééééé\n---\n# A\n");
    let run = scratch.run(&["it.md"]);
    assert_eq!(run.status.code(), Some(0));
    assert!(text(&run.stdout).contains("made from revision aééééééééé\n"), "{}", text(&run.stdout));
}

#[test]
fn overrides_hold_for_their_paths_and_locales() {
    let scratch = Scratch::new("overrides");
    let off = "rules: { missing-link-text: off }";
    let config = format!(
        "layout: {{ translation: \"docs/{{locale}}/{{path}}\" }}\noverrides:\n  - {{ paths: [\"docs/*/old/**\"], {off} }}\n  - {{ locales: [ko], {off} }}\n"
    );
    scratch.write("cognate.yaml", config);
    for file in ["docs/it/old/a.md", "docs/ko/a.md", "docs/it/b.md"] {
        scratch.write(file, "[](/a)\n");
    }
    let report = json(&scratch.run(&["--format", "json"]));
    let told: Vec<_> = report["diagnostics"].as_array().expect("diagnostics").iter().map(|one| &one["path"]).collect();
    assert_eq!(told, ["docs/it/b.md"]);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_or_to_nowhere_are_told() {
    let folder = Scratch::new("links");
    folder.write("content/en/a.md", "# A\n").write("content/fr/a.md", "# A\n");
    folder
        .write("cognate.yaml", "layout: { reference: 'content/en/{path}', translation: 'content/{locale}/{path}' }\n");
    std::os::unix::fs::symlink("..", folder.0.join("content/fr/circle")).expect("a link");
    std::os::unix::fs::symlink("gone.md", folder.0.join("content/fr/b.md")).expect("a link");
    let run = folder.run(&["check", "--format", "json"]);
    assert_eq!(run.status.code(), Some(0));
    let notices = json(&run)["notices"].to_string();
    for (path, words) in
        [("content/fr/circle", "leads back to a folder above it"), ("content/fr/b.md", "leads nowhere")]
    {
        assert!(notices.contains(path) && notices.contains(words), "{notices}");
    }
}

#[test]
fn a_file_by_itself_is_judged_as_in_the_whole_run() {
    let folder = Scratch::new("siblings");
    folder
        .write("cognate.yaml", "layout: { reference: 'content/en/{path}', translation: 'content/{locale}/{path}' }\n");
    folder.write("content/en/a.md", "# Tides\n\nHigh water.\n\nSee the [table](/table).\n\n## New\n\nLow water.\n");
    for (locale, text) in [
        ("fr", "# Marées\n\nPleine mer.\n\nVoir la table.\n"),
        ("de", "# Gezeiten\n\nHochwasser.\n\nSiehe die [Tafel](/de/table).\n"),
        ("it", "# Maree\n\nAlta marea.\n\nVedi la [tavola](/it/table).\n"),
    ] {
        folder.write(&format!("content/{locale}/a.md"), text);
    }
    let told = |arguments: &[&str]| {
        let report = json(&folder.run(arguments));
        let found = report["diagnostics"].as_array().expect("a list").clone();
        let french = found.into_iter().filter(|one| one["path"] == "content/fr/a.md");
        french.map(|one| (one["rule"].clone(), one["origin"].clone())).collect::<Vec<_>>()
    };
    let whole = told(&["check", "--format", "json"]);
    // Nobody has the new section, so that is the reference's change; the link was lost by one.
    assert_eq!(
        whole,
        [("outdated-translation".into(), "outdated".into()), ("missing-link".into(), "translation".into())]
    );
    assert_eq!(told(&["check", "--format", "json", "content/fr/a.md"]), whole);
}

#[test]
fn a_root_of_the_command_line_stands_for_the_configured_one() {
    let folder = Scratch::new("roots");
    folder.write("docs/src/a.md", "# Tides\n\nSee the [table](/table).\n");
    folder.write("docs.fr/src/a.md", "# Marées\n\nVoir la table.\n");
    let there = folder.0.join("docs.fr");
    let run = |arguments: &[&str]| command(&there).args(arguments).output().expect("the binary runs");
    let found = run(&["check", "--root", "source=../docs", "--format", "json"]);
    assert_eq!((found.status.code(), json(&found)["diagnostics"][0]["locale"].as_str()), (Some(1), Some("fr")));
    folder.write(
        "docs.fr/cognate.yaml",
        "roots: { up: ../gone }\nlayout: { reference: 'up:{path}', translation: '{path}' }\n",
    );
    assert_eq!(run(&["check"]).status.code(), Some(2));
    assert_eq!(run(&["check", "--root", "up=../docs"]).status.code(), Some(1));
    for (root, words) in [("up=../nowhere", "`../nowhere` is not there"), ("docs", "write NAME=DIR")] {
        let refused = run(&["check", "--root", root]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(text(&refused.stderr).contains(words), "{}", text(&refused.stderr));
    }
}

#[test]
fn references_that_are_elsewhere_are_told_once() {
    let folder = Scratch::new("elsewhere");
    folder
        .write("cognate.yaml", "layout: { reference: 'content/eng/{path}', translation: 'content/{locale}/{path}' }\n");
    for name in ["a", "b", "c"] {
        folder.write(&format!("content/fr/{name}.md"), "# A\n").write(&format!("content/en/{name}.md"), "# A\n");
    }
    let report = json(&folder.run(&["check", "--format", "json"]));
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(0));
    let notice = report["notices"][0]["message"].as_str().expect("a notice");
    assert!(notice.contains("none of the 3 references is there") && notice.contains("content/eng/{path}"), "{notice}");
}

#[test]
fn quiet_shows_findings_alone_and_statistics_none() {
    let told = |flags: &[&str]| {
        let run = command(&harbour()).arg("check").args(flags).output().expect("the binary runs");
        assert_eq!((run.status.code(), run.stderr.len()), (Some(1), 0));
        text(&run.stdout)
    };
    let quiet = told(&["--quiet"]);
    assert!(quiet.contains("error[missing-link-text]") && !quiet.contains("by rule") && !quiet.contains("Found"));
    let statistics = told(&["--statistics"]);
    assert!(!statistics.contains("error[") && statistics.contains("Found 5 errors"), "{statistics}");
    let row = statistics.lines().find(|line| line.ends_with(" missing-link-text")).expect("a row");
    let figures: Vec<&str> = row.split_whitespace().collect();
    assert_eq!((figures[0], figures[1], figures[3]), ("5", "2", "ms"));
    assert_eq!(
        command(&harbour()).args(["check", "--quiet", "--verbose"]).output().expect("a run").status.code(),
        Some(2)
    );
}

#[test]
fn translations_without_reference_and_pin_are_not_held_against_each_other() {
    let folder = Scratch::new("gone");
    folder
        .write("cognate.yaml", "layout: { reference: 'content/en/{path}', translation: 'content/{locale}/{path}' }\n");
    folder.write("content/en/b.md", "# B\n").write("content/de/b.md", "# B\n");
    folder.write("content/fr/a.md", "# A\n\nUn [lien](/x).\n").write("content/de/a.md", "# A\n\nEin Satz.\n\n- x\n");
    let report = json(&folder.run(&["check", "--format", "json"]));
    let found = report["diagnostics"].as_array().expect("a list").iter();
    assert!(found.clone().all(|one| one["rule"] == "orphaned-translation"), "{report}");
    assert_eq!(found.count(), 2);
}
