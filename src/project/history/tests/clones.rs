//! Repositories that are not whole, and several of them.

use super::sandbox::{Repo, expected};
use super::text_at;
use crate::diagnostic::Severity;
use crate::project::history::{AtPin, Histories};

#[test]
fn a_shallow_clone_says_so_once() {
    let Some(repo) = Repo::new() else { return };
    let (first, last) = (repo.put("a.md", "one"), repo.put("a.md", "two"));
    let clone = repo.beside("shallow");
    clone.clone_of(&repo, &["--depth=1"]);
    let histories = clone.histories(&["a.md"]);
    assert_eq!(text_at(&histories, &clone.path("a.md"), &last).as_deref(), Some("two"));
    assert_eq!(histories.notices(), [], "nothing was missed");
    assert_eq!(clone.told(&histories, "a.md"), expected(&[("two", &last)]));
    assert_eq!(histories.at(&clone.path("a.md"), &first), AtPin::Unknown);
    let notices = histories.notices();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].message.contains("--unshallow"));
    assert_eq!((notices[0].level, notices[0].path.as_deref()), (Severity::Info, clone.root.to_str()));
}

#[test]
fn a_partial_clone_is_not_completed() {
    let Some(repo) = Repo::new() else { return };
    let empty = repo.commit();
    let (first, last) = (repo.put("docs/a.md", "one"), repo.put("docs/a.md", "two"));
    repo.git(&["mv", "docs/a.md", "docs/b.md"]);
    repo.commit();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = repo.beside("partial");
    clone.clone_of(&repo, &["--filter=blob:none", "--no-checkout"]);
    clone.write("docs/b.md", "two");
    let (histories, file) = (clone.histories(&["docs/b.md"]), clone.path("docs/b.md"));
    let commits: Vec<String> = histories.versions(&file).iter().map(|version| version.commit.to_string()).collect();
    assert_eq!(commits, [last, first.clone()], "exact renames need no contents");
    assert_eq!(histories.notices(), []);
    let AtPin::Blob(blob) = histories.at(&file, &first) else { panic!("its name is known") };
    assert_eq!(blob, histories.versions(&file)[1].blob);
    assert_eq!(histories.read(&file, &blob), None);
    assert_eq!(histories.at(&file, &empty), AtPin::NoFile);
    let notices = histories.notices();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].message.contains("partial clone"));
    let objects = clone.git(&["rev-list", "--objects", "--all", "--missing=print"]);
    assert!(objects.contains(&format!("?{blob}")), "nothing was fetched");
}

#[test]
fn without_trees_it_is_not_known_what_a_commit_had() {
    let Some(repo) = Repo::new() else { return };
    let (first, _) = (repo.put("docs/a.md", "one"), repo.put("docs/a.md", "two"));
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = repo.beside("treeless");
    clone.clone_of(&repo, &["--filter=tree:0", "--no-checkout"]);
    clone.write("docs/a.md", "two");
    let histories = clone.histories(&["docs/a.md"]);
    assert_eq!(histories.at(&clone.path("docs/a.md"), &first), AtPin::Unknown);
    assert!(histories.versions(&clone.path("docs/a.md")).is_empty());
    let notices = histories.notices();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].message.contains("partial clone"));
}

#[test]
fn a_history_that_breaks_off_is_told_as_far_as_it_goes() {
    let Some(repo) = Repo::new() else { return };
    let (first, last) = (repo.put("a.md", "one"), repo.put("a.md", "two"));
    let newest = repo.put("a.md", "three");
    std::fs::remove_file(repo.path(&format!(".git/objects/{}/{}", &first[..2], &first[2..]))).expect("an object");
    let histories = repo.histories(&["a.md"]);
    let told = repo.told(&histories, "a.md");
    assert!(expected(&[("three", &newest), ("two", &last)]).starts_with(&told), "{told:?}");
    let notices = histories.notices();
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].message.contains("all of its history"));
    assert_eq!(text_at(&histories, &repo.path("a.md"), &last).as_deref(), Some("two"));
}

#[test]
fn each_repository_tells_of_its_own_files() {
    let Some(repo) = Repo::new() else { return };
    let first = repo.put("a.md", "one");
    let sibling = repo.beside("sibling");
    sibling.init(&[]);
    let second = sibling.put("a.md", "two");
    let inner = repo.beside("site/inner");
    inner.init(&[]);
    let third = inner.put("docs/a.md", "three");
    let files = [repo.path("a.md"), sibling.path("a.md"), inner.path("docs/a.md")];
    let histories = Histories::new(files.to_vec());
    assert_eq!(repo.told(&histories, "a.md"), expected(&[("one", &first)]));
    assert_eq!(sibling.told(&histories, "a.md"), expected(&[("two", &second)]));
    assert_eq!(inner.told(&histories, "docs/a.md"), expected(&[("three", &third)]));
    assert_eq!(histories.at(&files[0], &second), AtPin::Unknown);
    assert_eq!(text_at(&histories, &repo.path("../sibling/a.md"), &second).as_deref(), Some("two"));
}

#[test]
fn a_linked_work_tree_has_a_history() {
    let Some(repo) = Repo::new() else { return };
    let first = repo.put("docs/a.md", "one");
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", "--detach", &linked.root.to_string_lossy()]);
    repo.put("docs/a.md", "two");
    let histories = linked.histories(&["docs/a.md"]);
    assert_eq!(linked.told(&histories, "docs/a.md"), expected(&[("one", &first)]));
}
