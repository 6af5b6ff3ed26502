//! No configuration at all: what `check` takes from the tree, and what `init` writes down.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A folder that is gone with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cognate-recognise-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a scratch folder");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
        self
    }

    fn run(&self, below: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cognate"));
        command.env("COGNATE_CACHE_DIR", "");
        command.current_dir(self.0.join(below)).args(arguments).env("COLUMNS", "80");
        command.output().expect("the binary runs")
    }

    fn report(&self, below: &str, arguments: &[&str]) -> Value {
        let arguments = [arguments, &["--format", "json"]].concat();
        let output = self.run(below, &arguments);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)))
    }

    /// Pages in English, with a French one that lost a link's text.
    fn site(name: &str) -> Self {
        let scratch = Self::new(name);
        scratch
            .write("content/en/a.md", "# A\n\n[a](/a)\n")
            .write("content/fr/a.md", "# B\n\n[](/a)\n")
            .write("content/en/b.md", "# A\n")
            .write("content/fr/b.md", "# B\n");
        scratch
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// (the notice about the layout, how many translations were checked, how many errors were found)
fn seen(report: &Value) -> (String, u64, u64) {
    let notices = report["notices"].as_array().expect("notices");
    let notice = notices.iter().filter_map(|one| one["message"].as_str()).find(|one| one.contains("took"));
    let number = |name: &str| report["summary"][name].as_u64().expect("a number");
    (notice.unwrap_or_default().to_owned(), number("translations"), number("errors"))
}

const TOOK: &str = "no cognate.yaml: took `content/en/{path}` for the references and `content/{locale}/{path}` for \
    the translations (1 locale, 2 pairs); `cognate init` writes this down";

#[test]
fn the_tree_says_where_translations_are() {
    let site = Scratch::site("tree");
    assert_eq!(seen(&site.report("", &[])), (TOOK.to_owned(), 2, 1));
    let told = text(&site.run("", &[]).stdout);
    assert!(told.contains("info: no cognate.yaml: took `content/en/{path}`"), "{told}");
    let one = site.report("", &["content/fr/a.md"]);
    assert_eq!(seen(&one), (TOOK.to_owned(), 1, 1));
    assert_eq!(one["diagnostics"][0]["related"][0]["path"], "content/en/a.md");
    site.write("content/fr/c.md", "# C\n");
    assert_eq!(seen(&site.report("", &["content/fr/c.md"])), (TOOK.to_owned(), 1, 0), "its reference is gone");
    assert_eq!(seen(&site.report("", &["content/en/a.md"])), (TOOK.to_owned(), 1, 1), "a changed reference");
}

#[test]
fn a_tree_elsewhere_is_recognised_where_it_is() {
    let site = Scratch::site("elsewhere");
    site.write("work/x.txt", "");
    let there = TOOK.replace("content/", "");
    assert_eq!(seen(&site.report("work", &["../content"])), (there, 2, 1));
    // A single folder of a locale shows nothing; the repository that it is in does.
    assert_eq!(seen(&site.report("content/fr", &[])).0, "");
    site.write(".git/HEAD", "");
    assert_eq!(seen(&site.report("content/fr", &[])), (TOOK.to_owned(), 2, 1));
    assert_eq!(seen(&site.report("work", &["../content/fr/b.md"])), (TOOK.to_owned(), 1, 0));
}

#[test]
fn what_is_written_or_given_wins() {
    let site = Scratch::site("written");
    assert_eq!(seen(&site.report("", &["--reference", "content/en", "content/fr"])).0, "");
    site.write("cognate.yaml", "layout: { reference: \"content/fr/{path}\", translation: \"content/en/{path}\" }\n");
    assert_eq!(seen(&site.report("", &[])), (String::new(), 2, 0));
    site.write("cognate.yaml", "rules: { missing-link-text: warning }\n");
    let (notice, translations, errors) = seen(&site.report("", &[]));
    assert!(notice.starts_with("no `layout:` in the configuration: took `content/en/{path}`"), "{notice}");
    assert!(!notice.contains("cognate init"), "{notice}");
    assert_eq!((translations, errors), (2, 0));
    site.write("other.yaml", "extends: [hugo]\n");
    let (notice, translations, _) = seen(&site.report("", &["--config", "other.yaml"]));
    assert!(notice.starts_with("no `layout:` in the configuration") && translations == 2, "{notice}");
}

#[test]
fn a_named_pack_says_where_its_translations_are() {
    let scratch = Scratch::new("pack");
    let plugin = "i18n/it/docusaurus-plugin-content-docs/current";
    scratch
        .write("cognate.yaml", "extends: [docusaurus]\n")
        .write("docs/a.md", "[a](/a)\n")
        .write("docs/b.md", "# B\n")
        .write(&format!("{plugin}/a.md"), "[](/a)\n")
        .write(&format!("{plugin}/b.md"), "# B\n");
    let (notice, translations, errors) = seen(&scratch.report("", &[]));
    assert!(notice.contains("`i18n/{locale}/docusaurus-plugin-content-docs/current/{path}`"), "{notice}");
    assert_eq!((translations, errors), (2, 1));
}

#[test]
fn where_nothing_is_seen_files_are_checked_one_by_one() {
    let scratch = Scratch::new("nothing");
    scratch.write("docs/a.md", "[](/a)\n").write("docs/it/b.md", "# B\n");
    let report = scratch.report("", &[]);
    assert_eq!(seen(&report), (String::new(), 2, 1));
}

#[test]
fn every_pack_is_known() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/packs");
    let files = fs::read_dir(folder).expect("a folder").flatten();
    let mut files: Vec<String> = files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let mut packs: Vec<String> = cognate::pack::builtin().iter().map(|pack| format!("{}.yaml", pack.name)).collect();
    files.sort();
    packs.sort();
    assert_eq!(files, packs, "src/pack.rs lists the packs");
}

#[test]
fn a_recognised_pack_holds_for_the_whole_tree() {
    let scratch = Scratch::new("whole");
    let page = |body: &str| format!("---\ntitle: A\nbrowser-compat: x\n---\n\n{body}\n");
    scratch
        .write("files/en-us/a/index.md", &page("{{Glossary(\"a\")}}"))
        .write("files/fr/a/index.md", "---\ntitle: B\n---\n\n{{Glossary(\"a\")}}\n");
    let report = scratch.report("", &[]);
    assert!(seen(&report).0.contains("pack mdn"), "{report}");
    assert_eq!(
        report["diagnostics"].as_array().map(Vec::len),
        Some(0),
        "the translation does not show its pack itself"
    );
}

#[test]
fn init_writes_what_check_takes() {
    let site = Scratch::site("init");
    let shown = text(&site.run("", &["init", "--print"]).stdout);
    assert!(!site.0.join("cognate.yaml").exists());
    assert!(
        shown.contains("  - reference: 'content/en/{path}'\n    translation: 'content/{locale}/{path}'\n"),
        "{shown}"
    );
    let written = site.run("", &["init"]);
    assert_eq!(written.status.code(), Some(0));
    assert!(text(&written.stdout).ends_with("next: cognate check\n"), "{}", text(&written.stdout));
    assert_eq!(fs::read_to_string(site.0.join("cognate.yaml")).expect("a file"), shown);
    assert_eq!(seen(&site.report("", &[])), (String::new(), 2, 1));
    assert_eq!(fs::read_dir(&site.0).expect("a folder").count(), 2, "nothing else is left");
}

#[test]
fn init_never_writes_over_a_file() {
    let site = Scratch::site("over");
    site.write("cognate.yaml", "ignore: [x]\n");
    let refused = site.run("content", &["init", ".."]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("../cognate.yaml is there already"), "{}", text(&refused.stderr));
    assert_eq!(fs::read_to_string(site.0.join("cognate.yaml")).expect("a file"), "ignore: [x]\n");
    assert_eq!(site.run("", &["init", "--print"]).status.code(), Some(0));
    assert_eq!(site.run("", &["init", "nowhere"]).status.code(), Some(2));
}

#[test]
fn init_leaves_the_layout_open_where_nothing_is_seen() {
    let scratch = Scratch::new("open");
    scratch.write("docs/a.md", "# A\n");
    let written = text(&scratch.run("", &["init"]).stdout);
    assert!(written.contains("nothing here looks like translations"), "{written}");
    let config = fs::read_to_string(Path::new(&scratch.0).join("cognate.yaml")).expect("a file");
    assert!(config.contains("# layout:"), "{config}");
    assert_eq!(scratch.run("", &["check"]).status.code(), Some(0), "what is written can be read");
}
