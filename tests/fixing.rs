//! `--fix` and `--diff`.

mod scratch;

use std::fs;

use scratch::{Scratch, text};

/// Findings of four rules, with CRLF line endings behind a byte order mark.
fn site(name: &str) -> Scratch {
    let scratch = Scratch::site(name);
    scratch
        .write("en/a.md", "# A {#top}\n\nSee [the map](https://example.org/map) and `max_depth`.\n\nAsk [us](https://example.org/questions).\n")
        .write("ja/a.md", "\u{feff}# 題 {#上}\r\n\r\n🙂 [地図] (https://example.org/map)と`max_dpeth`。\r\n\r\n[質問](https://example.org/questons)\r\n");
    scratch
}

const FIXED: &str = "\u{feff}# 題 {#top}\r\n\r\n🙂 [地図](https://example.org/map)と`max_depth`。\r\n\r\n[質問](https://example.org/questions)\r\n";

fn read(scratch: &Scratch, name: &str) -> String {
    fs::read_to_string(scratch.0.join(name)).expect("a file")
}

/// What `--fix` says, without its line breaks.
fn words(scratch: &Scratch) -> String {
    text(&scratch.run(&["--fix"]).stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_unambiguous_is_mended_once_and_for_all() {
    let scratch = site("fix");
    let output = scratch.run(&["--fix"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("4 findings are mended"), "{}", text(&output.stdout));
    assert_eq!(read(&scratch, "ja/a.md"), FIXED);
    let again = scratch.run(&["--fix"]);
    assert!(!text(&again.stdout).contains("mended"), "{}", text(&again.stdout));
    assert_eq!(read(&scratch, "ja/a.md"), FIXED);
    let left: Vec<_> = fs::read_dir(scratch.0.join("ja")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "no other file is left behind");
}

#[test]
fn a_difference_is_shown_and_nothing_changed() {
    let scratch = site("diff");
    let before = read(&scratch, "ja/a.md");
    let output = scratch.run(&["--diff"]);
    assert_eq!(output.status.code(), Some(1));
    let diff = text(&output.stdout);
    assert!(diff.starts_with("--- a/ja/a.md\n+++ b/ja/a.md\n@@"), "{diff}");
    assert!(diff.contains("+[質問](https://example.org/questions)"), "{diff}");
    assert_eq!(read(&scratch, "ja/a.md"), before);
}

#[test]
fn what_a_fix_uncovers_is_shown_and_mended_as_well() {
    let scratch = site("uncovered");
    let shut = "# 題 {#top}\n\n[地図] (https://docs.microsoft.com/map)と`max_depth`。\n\n[質問](https://example.org/questions)\n";
    scratch.write("en/a.md", read(&scratch, "en/a.md").replace("example.org/map", "learn.microsoft.com/map"));
    scratch.write("ja/a.md", shut);
    let open = "[地図](https://learn.microsoft.com/map)と`max_depth`。";
    let diff = text(&scratch.run(&["--diff"]).stdout);
    assert!(diff.contains(&format!("\n+{open}\n")), "{diff}");
    assert_eq!(read(&scratch, "ja/a.md"), shut);
    scratch.run(&["--fix"]);
    assert!(read(&scratch, "ja/a.md").contains(open));
}

#[test]
fn what_wants_a_look_is_mended_on_request_alone() {
    let scratch = site("unsafe");
    let elsewhere =
        "# 題 {#top}\n\n[地図](https://example.org/map)と`max_depth`。\n\n[質問](https://example.com/elsewhere)\n";
    scratch.write("ja/a.md", elsewhere);
    scratch.run(&["--fix"]);
    assert_eq!(read(&scratch, "ja/a.md"), elsewhere);
    scratch.run(&["--fix", "--unsafe-fixes"]);
    assert_eq!(read(&scratch, "ja/a.md"), elsewhere.replace("example.com/elsewhere", "example.org/questions"));
}

#[test]
fn files_that_nobody_could_get_back_are_left_alone() {
    let scratch = site("dirty");
    scratch.commit("all");
    let dirty = read(&scratch, "ja/a.md").replace('題', "題名");
    scratch.write("ja/a.md", &dirty);
    let told = words(&scratch);
    assert!(told.contains("changes that are not committed") && told.contains("ja/a.md"), "{told}");
    assert_eq!(read(&scratch, "ja/a.md"), dirty);
    scratch.run(&["--fix", "--allow-dirty"]);
    assert_eq!(read(&scratch, "ja/a.md"), FIXED.replace('題', "題名"));
}

#[cfg(unix)]
#[test]
fn a_link_and_a_file_that_may_not_be_written_to_stay_what_they_are() {
    let scratch = site("links");
    let before = read(&scratch, "ja/a.md");
    let file = scratch.0.join("ja/a.md");
    let mut permissions = fs::metadata(&file).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).expect("permissions");
    let told = words(&scratch);
    assert!(told.contains("may not be written to"), "{told}");
    assert_eq!(read(&scratch, "ja/a.md"), before);
    fs::rename(&file, scratch.0.join("ja.txt")).expect("a move");
    std::os::unix::fs::symlink("../ja.txt", &file).expect("a link");
    let told = words(&scratch);
    assert!(told.contains("no regular file"), "{told}");
    assert!(file.is_symlink());
}
