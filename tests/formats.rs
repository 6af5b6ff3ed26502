//! Every format, held against its published schema or read as its consumers do, with text before the finding that takes
//! more than one byte and more than one UTF-16 unit.

mod scratch;

use scratch::{Scratch, text};
use serde_json::Value;

/// `文🙂 [` is 3 + 4 + 1 + 1 bytes, four scalars and five UTF-16 units.
const TRANSLATION: &str = "# 題\n\n文🙂 [](/map) と <b>&\"</b>。\n";

fn site(name: &str) -> Scratch {
    let scratch = Scratch::site(name);
    scratch.write("en/a b.md", "# A\n\nSee [the map](/map) and <b>&\"</b>.\n").write("ja/a b.md", TRANSLATION);
    scratch
}

fn report(name: &str, format: &str) -> String {
    let output = site(name).run(&["check", "--format", format]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn fits(schema: &str, report: &Value) {
    let schema: Value = serde_json::from_str(schema).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> =
        validator.iter_errors(report).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn sarif_fits_its_schema_and_counts_code_points() {
    let log: Value = serde_json::from_str(&report("sarif", "sarif")).expect("JSON");
    fits(include_str!("schemas/sarif-2.1.0.json"), &log);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "missing-link-text");
    assert_eq!(
        run["tool"]["driver"]["rules"]
            [usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small")]["id"],
        "missing-link-text"
    );
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "ja/a%20b.md");
    assert_eq!(place["region"], serde_json::json!({ "startLine": 3, "startColumn": 4, "endLine": 3, "endColumn": 12 }));
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"], "en/a%20b.md");
}

#[test]
fn rdjson_fits_its_schema_and_counts_bytes() {
    let result: Value = serde_json::from_str(&report("rdjson", "rdjson")).expect("JSON");
    fits(include_str!("schemas/rdjson.json"), &result);
    let diagnostic = &result["diagnostics"][0];
    assert_eq!(diagnostic["location"]["range"]["start"], serde_json::json!({ "line": 3, "column": 9 }));
    assert_eq!(diagnostic["location"]["range"]["end"], serde_json::json!({ "line": 3, "column": 17 }));
    assert_eq!(diagnostic["related_locations"][0]["location"]["path"], "en/a b.md");
}

#[test]
fn gitlab_has_what_its_report_asks_for() {
    let issues: Value = serde_json::from_str(&report("gitlab", "gitlab")).expect("JSON");
    let issue = &issues[0];
    for key in ["description", "check_name", "fingerprint"] {
        assert!(issue[key].as_str().is_some_and(|value| !value.is_empty()), "{key}");
    }
    assert_eq!(issue["severity"], "major");
    assert_eq!(issue["location"], serde_json::json!({ "path": "ja/a b.md", "lines": { "begin": 3, "end": 3 } }));
}

#[test]
fn xml_is_sound_and_names_the_place() {
    let junit = report("junit", "junit");
    let document = roxmltree::Document::parse(&junit).expect("XML");
    let case = document.descendants().find(|node| node.has_tag_name("testcase")).expect("a case");
    assert_eq!(case.attribute("file"), Some("ja/a b.md"));
    assert!(case.children().any(|node| node.has_tag_name("failure")));
    let checkstyle = report("checkstyle", "checkstyle");
    let document = roxmltree::Document::parse(&checkstyle).expect("XML");
    let error = document.descendants().find(|node| node.has_tag_name("error")).expect("an error");
    assert_eq!((error.attribute("line"), error.attribute("column")), (Some("3"), Some("4")));
    assert_eq!(error.parent().and_then(|file| file.attribute("name")), Some("ja/a b.md"));
}

#[test]
fn a_job_has_annotations_and_a_summary() {
    let scratch = site("github");
    scratch.write("summary.md", "before\n");
    let many = "# 題\n\n".to_owned() + &"[](/map) [](/map) [](/map) [](/map) [](/map) [](/map)\n\n".repeat(2);
    scratch.write("ja/b.md", many).write("en/b.md", "# A\n\n[a](/map)\n");
    let mut command = scratch::command(&scratch.0);
    command.args(["check", "--format", "github"]).env("GITHUB_STEP_SUMMARY", scratch.0.join("summary.md"));
    let told = text(&command.output().expect("the binary runs").stdout);
    let first = told.lines().next().expect("a line");
    assert!(
        first.starts_with(
            "::error file=ja/a b.md,line=3,endLine=3,col=4,endColumn=12,title=cognate%3A missing-link-text::"
        ),
        "{first}"
    );
    assert_eq!(told.lines().filter(|line| line.starts_with("::error")).count(), 10);
    assert!(told.contains("not annotated: a step shows 10"), "{told}");
    let summary = std::fs::read_to_string(scratch.0.join("summary.md")).expect("a summary");
    assert!(
        summary.starts_with("before\n## Cognate\n") && summary.contains("| `missing-link-text` | error | 13 |"),
        "{summary}"
    );
}

#[test]
fn several_formats_go_to_files_of_their_own() {
    let scratch = site("several");
    let output = scratch.run(&["--format", "sarif=out.sarif", "--format", "markdown=out.md", "--format", "concise"]);
    assert!(text(&output.stdout).starts_with("ja/a b.md:3:4: error[missing-link-text]: "));
    let log = std::fs::read_to_string(scratch.0.join("out.sarif")).expect("a log");
    assert!(serde_json::from_str::<Value>(&log).is_ok());
    let markdown = std::fs::read_to_string(scratch.0.join("out.md")).expect("a report");
    assert!(markdown.contains("| error | [ja/a b.md:3](ja/a%20b.md) | `missing-link-text` |"), "{markdown}");
    for (arguments, message) in [
        (["--format=text", "--format=json"], "two formats for one output"),
        (["--format=json=x", "--format=sarif=x"], "two formats for `x`"),
        (["--format=sarfi", "--format=json"], "there is no format `sarfi`; known are text, concise, json"),
        (["--format=json=", "--quiet"], "a file is missing behind `=`"),
    ] {
        let output = scratch.run(&arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
    }
}
