//! Histories of small repositories, as git tells them.

mod clones;
mod hostile;
pub(super) mod sandbox;

use std::path::Path;

use super::{AtPin, Histories, Oid};
use sandbox::{Repo, expected};

/// What a file was at a commit, as text.
fn text_at(histories: &Histories, file: &Path, pin: &str) -> Option<String> {
    let AtPin::Blob(blob) = histories.at(file, pin) else { return None };
    histories.read(file, &blob).map(|bytes| String::from_utf8(bytes).expect("text"))
}

#[test]
fn histories_are_shared_between_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Histories>();
}

#[test]
fn versions_are_newest_first_and_neighbours_differ() {
    let Some(repo) = Repo::new() else { return };
    let first = repo.put("a.md", "one");
    let second = repo.put("a.md", "two");
    repo.put("other.md", "x");
    repo.git(&["update-index", "--chmod=+x", "a.md"]);
    repo.git(&["commit", "--quiet", "--message=Mode"]);
    let last = repo.put("a.md", "one");
    let histories = repo.histories(&["a.md", "untracked.md"]);
    repo.write("untracked.md", "x");
    assert_eq!(repo.told(&histories, "a.md"), expected(&[("one", &last), ("two", &second), ("one", &first)]));
    let times: Vec<i64> = histories.versions(&repo.path("a.md")).iter().map(|version| version.time).collect();
    assert!(times.is_sorted_by(|newer, older| newer > older) && times[2] >= 1_000, "{times:?}");
    assert!(histories.versions(&repo.path("untracked.md")).is_empty());
    assert!(histories.versions(&repo.path("other.md")).is_empty(), "nobody wants it");
    assert_eq!(histories.notices(), []);
}

#[test]
fn a_merge_is_one_step_of_the_line_that_is_checked_out() {
    let Some(repo) = Repo::new() else { return };
    let first = repo.put("a.md", "one");
    repo.git(&["checkout", "--quiet", "-b", "topic"]);
    repo.put("a.md", "draft");
    let topic = repo.put("a.md", "two");
    repo.git(&["checkout", "--quiet", "main"]);
    repo.put("b.md", "x");
    repo.git(&["merge", "--quiet", "--no-ff", "--message=Merge", "topic"]);
    let merge = repo.git(&["rev-parse", "HEAD"]);
    let histories = repo.histories(&["a.md"]);
    assert_eq!(repo.told(&histories, "a.md"), expected(&[("two", &merge), ("one", &first)]));
    let before = format!("{topic}~1");
    let draft = repo.git(&["rev-parse", &before]);
    assert_eq!(text_at(&histories, &repo.path("a.md"), &draft).as_deref(), Some("draft"), "a pin may be beside it");
}

/// Files enough that they are told of together.
const MANY: &[&str] = &["docs/en/a.md", "docs/b.md", "docs/c.md", "docs/d.md", "docs/e.md", "README.md"];

#[test]
fn renames_are_followed_for_few_files_and_for_many() {
    let Some(repo) = Repo::new() else { return };
    let long = "A line of words that does not change.\n".repeat(8);
    let (edited, moved) = (format!("{long}And a new one.\n"), format!("{long}And one of the move.\n"));
    for name in &MANY[1..] {
        repo.write(name, name);
    }
    let first = repo.put("docs/old name.md", &long);
    let second = repo.put("docs/old name.md", &edited);
    repo.git(&["mv", "docs/old name.md", "docs/a.md"]);
    let exact = repo.commit();
    std::fs::create_dir(repo.path("docs/en")).expect("a folder");
    repo.git(&["mv", "docs/a.md", "docs/en/a.md"]);
    let rename = repo.put("docs/en/a.md", &moved);
    for names in [&MANY[..1], MANY] {
        let histories = repo.histories(names);
        let told = [(&*moved, &rename), (&*edited, &second), (&*long, &first)];
        let file = repo.path("docs/en/a.md");
        assert_eq!(text_at(&histories, &file, &first).as_deref(), Some(&*long));
        assert_eq!(text_at(&histories, &file, &exact).as_deref(), Some(&*edited));
        assert_eq!(repo.told(&histories, "docs/en/a.md"), expected(&told), "{names:?}");
    }
    let histories = repo.histories(MANY);
    assert!(MANY.iter().all(|name| repo.told(&histories, name).len() == if *name == MANY[0] { 3 } else { 1 }));
}

#[test]
fn a_file_that_was_away_has_the_versions_of_both_times() {
    let Some(repo) = Repo::new() else { return };
    repo.put("x.md", "x");
    let first = repo.put("a.md", "one");
    repo.git(&["rm", "--quiet", "a.md"]);
    let away = repo.commit();
    let second = repo.put("a.md", "something quite different");
    for wanted in [&["a.md"][..], &["a.md", "1.md", "2.md", "3.md", "4.md", "5.md"]] {
        let histories = repo.histories(wanted);
        let told = [("something quite different", &second), ("one", &first)];
        assert_eq!(repo.told(&histories, "a.md"), expected(&told));
        assert_eq!(histories.at(&repo.path("a.md"), &away), AtPin::NoFile);
        assert_eq!(text_at(&histories, &repo.path("a.md"), &first).as_deref(), Some("one"));
    }
}

#[test]
fn a_pin_is_the_name_of_a_commit() {
    let Some(repo) = Repo::new() else { return };
    let empty = repo.commit();
    let first = repo.put("docs/a.md", "one");
    let second = repo.put("docs/a.md", "two");
    let (blob, tree) = (repo.git(&["rev-parse", "HEAD:docs/a.md"]), repo.git(&["rev-parse", "HEAD^{tree}"]));
    repo.git(&["branch", "abcdef1"]);
    let (histories, file) = (repo.histories(&["docs/a.md"]), repo.path("docs/a.md"));
    for (pin, text) in [(&*first, "one"), (&first[..7], "one"), (&second.to_uppercase(), "two")] {
        assert_eq!(text_at(&histories, &file, pin).as_deref(), Some(text), "{pin}");
    }
    assert_eq!(histories.at(&file, &empty), AtPin::NoFile);
    assert_eq!(histories.at(&repo.path("docs"), &first), AtPin::NoFile, "a folder is no file");
    let unknown = "0123456789abcdef0123456789abcdef01234567";
    let padded = format!(" {first}");
    let nonsense =
        ["", "--help", "HEAD", "main", "abc; rm", "HEAD:docs/a.md", "abcdef1", &first[..6], "７７７７７７７"];
    let others = [&blob, &blob[..7], &tree, unknown, &padded, &format!("{first}\n"), &format!("{first}{first}")];
    for pin in nonsense.into_iter().chain(others) {
        assert_eq!(histories.at(&file, pin), AtPin::Unknown, "{pin:?}");
    }
    assert_eq!(text_at(&histories, &file, &first).as_deref(), Some("one"), "git still answers");
    assert_eq!(histories.read(&file, &Oid::parse(unknown).expect("a name")), None);
    assert_eq!(histories.read(&file, &Oid::parse(&tree).expect("a name")), None, "a tree is no file");
    assert_eq!(histories.notices(), []);
}

#[test]
fn before_the_first_commit_there_is_nothing_to_say() {
    let Some(repo) = Repo::new() else { return };
    repo.write("a.md", "one");
    let histories = repo.histories(&["a.md"]);
    assert!(histories.versions(&repo.path("a.md")).is_empty());
    assert_eq!(histories.at(&repo.path("a.md"), "0123456"), AtPin::Unknown);
    assert_eq!(histories.notices(), []);
}

#[test]
fn outside_of_repositories_there_is_no_history() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.md");
    std::fs::write(&file, "one").expect("a file");
    std::fs::create_dir(folder.path().join(".git")).expect("a folder");
    let histories = Histories::new(vec![file.clone()]);
    assert!(histories.versions(&file).is_empty());
    assert_eq!(histories.at(&file, "0123456"), AtPin::NoHistory);
    assert_eq!(histories.at(Path::new("/"), "0123456"), AtPin::NoHistory);
    let notices = histories.notices();
    assert!(notices.len() == 1 && notices[0].message.contains("in no git repository"), "{notices:?}");
}

#[test]
fn names_of_sha256_are_read() {
    let Some(repo) = Repo::new() else { return };
    let repo = repo.beside("sha256");
    repo.init(&["--object-format=sha256"]);
    let first = repo.put("a.md", "one");
    let histories = repo.histories(&["a.md"]);
    assert_eq!(first.len(), 64);
    assert_eq!(repo.told(&histories, "a.md"), expected(&[("one", &first)]));
    assert_eq!(text_at(&histories, &repo.path("a.md"), &first[..40]).as_deref(), Some("one"));
}
