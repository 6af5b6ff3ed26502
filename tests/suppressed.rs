//! Findings that are not told: by comments, by the baseline.

mod scratch;

use scratch::{LAYOUT, Scratch, text};

fn site(name: &str) -> Scratch {
    let scratch = Scratch::site(name);
    scratch
        .write("cognate.yaml", format!("{LAYOUT}baseline: known.json\n"))
        .write("en/a.md", "# A\n\nSee [the map](/map) and [the list](/list).\n")
        .write("fr/a.md", "# A\n\nVoir [](/map) et [](/list).\n");
    scratch
}

/// What is told in one line each, and the exit code.
fn told(scratch: &Scratch, arguments: &[&str]) -> (String, Option<i32>) {
    let mut all = vec!["--format", "concise"];
    all.extend(arguments);
    let output = scratch.run(&all);
    (text(&output.stdout) + &text(&output.stderr), output.status.code())
}

#[test]
fn a_baseline_tells_what_is_new_alone_and_only_shrinks() {
    let scratch = site("baseline");
    assert_eq!(told(&scratch, &["--no-baseline"]).0.lines().count(), 2);
    assert_eq!(told(&scratch, &[]).1, Some(2));
    assert_eq!(told(&scratch, &["--write-baseline"]), (String::new(), Some(0)));
    assert_eq!(told(&scratch, &[]), (String::new(), Some(0)));
    assert!(told(&scratch, &["--write-baseline"]).0.contains("only shrinks"));
    // One more of the same in another place.
    scratch.write("fr/a.md", "# A\n\nUn [](/new).\n\nVoir [](/map) et [](/list).\n");
    let (new, code) = told(&scratch, &[]);
    assert_eq!((new.lines().count(), code), (1, Some(1)), "{new}");
    assert!(new.contains("/new"));
    // One is mended.
    scratch.write("fr/a.md", "# A\n\nVoir [la carte](/map) et [](/list).\n");
    let report = text(&scratch.run(&[]).stdout);
    assert!(report.contains("the baseline has 1 finding that is no longer there"), "{report}");
    assert!(!text(&scratch.run(&["fr/a.md"]).stdout).contains("no longer there"));
    assert!(text(&scratch.run(&["--prune-baseline"]).stdout).contains("lost 1 finding and has 1 finding left"));
    assert!(!text(&scratch.run(&[]).stdout).contains("no longer there"));
    scratch.write("known.json", "{}");
    assert!(told(&scratch, &[]).0.contains("known.json: this is no baseline"));
}

#[test]
fn comments_suppress_what_they_name_for_a_block_or_a_file() {
    let scratch = site("comments");
    scratch.write("cognate.yaml", LAYOUT);
    let with = |words: &str| {
        scratch.write("fr/a.md", words);
        told(&scratch, &[])
    };
    let silent = (String::new(), Some(0));
    let body = "# A\n\n<!-- cognate-ignore missing-link-text: later -->\n\nVoir [](/map) et [](/list).\n";
    assert_eq!(with(body), silent);
    let before = "<!-- cognate-ignore missing-link-text: later -->\n\n# A\n\nVoir [](/map) et [](/list).\n";
    let (told, _) = with(before);
    assert_eq!(told.lines().count(), 3, "{told}");
    assert!(told.starts_with("fr/a.md:1:1: warning[unused-suppression]: nothing here is `missing-link-text`"));
    assert_eq!(with(&before.replace("ignore ", "ignore-file ")), silent);
    let front = "---\ncognate-ignore: { missing-link-text: later }\n---\n# A\n\nVoir [](/map) et [](/list).\n";
    assert_eq!(with(front), silent);
    let (told, _) = with(&body.replace(": later", ""));
    assert!(told.contains("nobody says why `missing-link-text` is meant"), "{told}");
}
