//! What is checked where only a change is asked for, and the text of an editor.

mod scratch;

use scratch::{Scratch, text};

/// Two articles in two languages, committed.
fn site(name: &str) -> Scratch {
    let scratch = Scratch::site(name);
    scratch
        .write("en/a.md", "# A\n\nSee [the map](/map).\n")
        .write("fr/a.md", "# A\n\nVoir [](/map).\n")
        .write("de/a.md", "# A\n\nDie [](/map).\n")
        .write("en/b.md", "# B\n\nSee [the list](/list).\n")
        .write("fr/b.md", "# B\n\nVoir [](/list).\n")
        .commit("all");
    scratch
}

/// The files of the findings, one for each.
fn files(scratch: &Scratch, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["--format", "concise", "--select", "missing-link-text"];
    all.extend(arguments);
    let output = scratch.run(&all);
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    text(&output.stdout).lines().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
}

#[test]
fn since_a_revision_what_changed_is_checked_with_all_translations_of_references() {
    let scratch = site("since");
    assert_eq!(files(&scratch, &[]), ["de/a.md", "fr/a.md", "fr/b.md"]);
    assert!(files(&scratch, &["--since", "HEAD"]).is_empty());
    scratch.write("fr/b.md", "# B\n\nVoir [](/list) !\n");
    assert_eq!(files(&scratch, &["--since", "HEAD"]), ["fr/b.md"]);
    scratch.write("en/a.md", "# A\n\nSee [the map](/map) now.\n").commit("two");
    assert!(files(&scratch, &["--since", "HEAD"]).is_empty());
    assert_eq!(files(&scratch, &["--since", "HEAD~1"]), ["de/a.md", "fr/a.md", "fr/b.md"]);
    assert_eq!(files(&scratch, &["--since", "HEAD~1", "fr"]), ["fr/b.md"]);
    // What nobody added yet is a change too.
    scratch.write("de/b.md", "# B\n\nDie [](/list).\n");
    assert_eq!(files(&scratch, &["--since", "HEAD"]), ["de/b.md"]);
}

#[test]
fn a_reference_that_is_gone_leaves_orphans() {
    let scratch = site("gone");
    scratch.git(&["rm", "--quiet", "en/a.md"]);
    for arguments in [&["--staged"][..], &["--since", "HEAD"]] {
        let mut all = vec!["--format", "concise", "--select", "orphaned-translation"];
        all.extend(arguments);
        let told = text(&scratch.run(&all).stdout);
        let files: Vec<&str> = told.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
        assert_eq!(files, ["de/a.md", "fr/a.md"], "{arguments:?}");
    }
}

#[test]
fn staged_is_what_the_next_commit_changes() {
    let scratch = site("staged");
    scratch.write("fr/b.md", "# B\n\nVoir [](/list) !\n");
    assert!(files(&scratch, &["--staged"]).is_empty());
    scratch.git(&["add", "fr/b.md"]);
    assert_eq!(files(&scratch, &["--staged"]), ["fr/b.md"]);
    scratch.write("fr/b.md", "# B\n\nVoir [la liste](/list) !\n");
    let told = text(&scratch.run(&["--staged", "--format", "concise"]).stderr);
    assert!(told.contains("fr/b.md: what is on disk was checked, and something else is staged"), "{told}");
}

#[test]
fn a_revision_is_no_option() {
    let scratch = site("options");
    for revision in ["nowhere", "-x", "..", "HEAD^{tree}"] {
        let output = scratch.run(&[&format!("--since={revision}")]);
        assert_eq!(output.status.code(), Some(2), "{revision}");
        assert!(text(&output.stderr).contains("no revision that git knows here"), "{}", text(&output.stderr));
    }
    assert!(!scratch.0.join("x").exists());
    let outside = Scratch::new("outside");
    let output = outside.write("a.md", "a\n").run(&["--staged"]);
    assert!(text(&output.stderr).contains("is in no git repository"), "{}", text(&output.stderr));
}

#[test]
fn the_text_of_an_editor_stands_for_its_file() {
    let scratch = site("editor");
    let check = |name: &str, words: &str| {
        let output = scratch.pipe(&["--format", "concise", "--stdin-filename", name, "-"], words);
        text(&output.stdout)
    };
    assert_eq!(check("fr/a.md", "# A\n\nVoir [la carte](/map).\n"), "");
    assert!(check("fr/a.md", "# A\n\nVoir la carte.\n").starts_with("fr/a.md:3:1: warning[missing-link]"));
    // The file need not be there yet.
    assert!(check("it/b.md", "# B\n\nLa [](/list).\n").starts_with("it/b.md:3:4: error[missing-link-text]"));
    let output = scratch.pipe(&["-"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--stdin-filename"));
}

#[test]
fn what_is_behind_is_told_beside_the_newest_version() {
    let scratch = Scratch::site("newest");
    let passage = |word: &str, i: u32| {
        format!("## {word} {i}\n\n{word} `code{i}` and [{word}](/link{i}).\n\n- {word} `a{i}`\n- {word} `b{i}`\n\n")
    };
    let page = |word: &str, passages: &[u32]| {
        format!("# {word}\n\n{}", passages.iter().map(|i| passage(word, *i)).collect::<String>())
    };
    let all = [0, 1, 2, 3, 4, 5, 6, 7];
    let end = "Nobody remembers what this paragraph was about, and `nothing` else does.\n";
    scratch.write("en/a.md", page("Word", &all) + end);
    scratch.write("fr/a.md", page("Mot", &all)).write("de/a.md", page("Wort", &all)).commit("all");
    // The end of what they were made from lies behind the end of the newest version.
    scratch.write("en/a.md", page("Word", &all[3..]) + end).commit("fewer");
    let output = scratch.run(&["--verbose"]);
    let told = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{told}{}", text(&output.stderr));
    assert!(told.contains("3 headings and 1 block"), "{told}");
    assert_eq!(told.matches("taken out here since").count(), 1, "{told}");
    assert!(told.contains("38 │ Nobody remembers"), "{told}");
}

#[test]
fn a_page_whose_reference_never_was_there_is_its_languages_own() {
    let scratch = Scratch::site("own-pages");
    let page = "# A\n\nSee [the map](/map).\n";
    scratch.write("en/a.md", page).write("en/gone.md", page).write("fr/a.md", page).commit("both");
    scratch.write("fr/own.md", page).write("fr/gone.md", page).git(&["rm", "--quiet", "en/gone.md"]);
    scratch.commit("one less");
    let output = scratch.run(&["--format", "concise", "--verbose", "--select", "orphaned-translation"]);
    let told = text(&output.stdout);
    assert!(told.contains("fr/own.md:1:1: info[orphaned-translation]: this page has no reference"), "{told}");
    assert!(told.contains("fr/gone.md:1:1: warning[orphaned-translation]"), "{told}");
}
