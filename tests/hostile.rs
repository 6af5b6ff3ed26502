//! Input that means harm: each gets a result or a message, within limits, and the run goes on with the others.

#[path = "../fuzz/entries.rs"]
mod entries;
mod scratch;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;
use scratch::{Scratch, text};

/// Texts that ask for much work, or for more than there is: each by its name, of about as many pieces.
fn texts(pieces: usize) -> Vec<(&'static str, String)> {
    let n = pieces;
    let each = |piece: fn(usize) -> String| (0..n).map(piece).collect::<String>();
    let fenced = |yaml: &str| format!("---\n{yaml}\n---\n# A\n");
    let alias = |i: usize| format!("a{}: &a{0} [{}]\n", i + 1, format!("*a{i},").repeat(9));
    vec![
        ("quotes", ">".repeat(n)),
        ("nested lists", (0..n / 20).map(|i| "  ".repeat(i) + "- a\n").collect()),
        ("brackets", format!("{}a{}", "[".repeat(n), "]".repeat(n))),
        ("links without an end", "[a](".repeat(n)),
        ("links in links", format!("{}a{}", "[".repeat(n), "](b)".repeat(n))),
        ("pictures in pictures", format!("{}a{}", "![".repeat(n), "](b)".repeat(n))),
        ("empty links", "[](/a) ".repeat(n)),
        ("other links", each(|i| format!("[a](/b{i}) "))),
        ("definitions", each(|i| format!("[a{i}]: /b{i}\n")) + "\n" + &each(|i| format!("[a{i}] "))),
        ("emphasis", "*a_ **b".repeat(n)),
        ("asterisks", format!("{}a{}", "*".repeat(n), "*".repeat(n))),
        ("backticks", (0..n / 20).map(|i| "`".repeat(i) + " ").collect()),
        ("tags", "<a ".repeat(n)),
        ("comments", "<!-- ".repeat(n)),
        ("spans", "<span class=\"sxs-lookup\">".repeat(n)),
        ("entities", "&#x1F600;".repeat(n)),
        ("a wide table", format!("|{0}\n|{1}\n|{0}\n", "a|".repeat(n), "-|".repeat(n))),
        ("a long table", format!("|a|b|\n|-|-|\n{}", "|a|[](/x)|\n".repeat(n))),
        ("headings", "# a\n\n".repeat(n)),
        ("items", "- a\n".repeat(n)),
        ("paragraphs", "a b c.\n\n".repeat(n)),
        ("code blocks", "```\na\n```\n\n".repeat(n)),
        ("code", format!("```js\n{}```\n", "let a = (b + c) * 2;\n".repeat(n))),
        ("inline code", each(|i| format!("`a{i}` "))),
        ("a word", "the ".repeat(n)),
        ("shortcodes", "{{< a ".repeat(n)),
        ("paired shortcodes", "{{< a >}}{{< /a >}}".repeat(n)),
        ("containers", ":::a\n".repeat(n)),
        ("Liquid", "{% if a %}".repeat(n)),
        ("components", "<A b={".repeat(n)),
        ("suppressions", "<!-- cognate-ignore list-mismatch: so -->\n".repeat(n)),
        ("percent signs", "[a](%41".repeat(n)),
        ("addresses", "https://a.example/b。".repeat(n)),
        ("full-width brackets", "［a］（b）".repeat(n)),
        ("blanks", " ".repeat(n) + "a"),
        ("marks on one letter", "a".to_owned() + &"\u{301}".repeat(n)),
        ("aliases of aliases", fenced(&("a0: &a0 [x,x]\n".to_owned() + &(0..9).map(alias).collect::<String>()))),
        ("open flows", fenced(&format!("a: {}", "[".repeat(n)))),
        ("flows", fenced(&format!("a: {}{}", "[".repeat(n), "]".repeat(n)))),
        ("maps in flows", fenced(&format!("a: {}{}", "{a: ".repeat(n), "}".repeat(n)))),
        ("keys", fenced(&each(|i| format!("k{i}: v\n")))),
        ("one key again and again", fenced(&"k: v\n".repeat(n))),
        ("a surrogate alone", fenced("title: \"\\ud800\"")),
        ("front matter without an end", "---\ntitle: a\n".to_owned() + &"b: c\n".repeat(n)),
        ("TOML", format!("+++\na = {}\n+++\n", "[".repeat(n))),
        ("carriage returns", "# a\r\rb [](/a)\r".repeat(n / 10)),
        ("control characters", "\u{1}\u{7}\u{1b}[31m\u{9b}1m\u{202e}\u{2066}\u{200f}".repeat(n / 10)),
        ("odd addresses", "[a](".to_owned() + &ODD.join(") [a](") + ")"),
    ]
}

const ODD: [&str; 24] = [
    "http://[::1",
    "http://a:99999999/",
    "//",
    "///",
    "https://%",
    "%zz",
    "#",
    "?",
    "?#",
    "mailto:",
    "javascript:alert(1)",
    "data:,x",
    "http://\u{202e}a",
    "../../../../../..",
    "http://xn--/",
    "http://a.b:0",
    "file:///etc/passwd",
    "\\\\a\\b",
    "http://user:pw@h/",
    "http:/a",
    "ht!tp://a",
    "%00",
    "http://例え.テスト/パス",
    "/it/../..//",
];

const PAGE: &str = "---\ntitle: A\n---\n# A\n\nSee [the map](/map) and `code`.\n\n- one\n- two\n";

#[test]
fn whatever_a_page_holds_it_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, hostile) in texts(400) {
        for (reference, translation) in [(PAGE, hostile.as_str()), (&hostile, PAGE), (&hostile, &hostile)] {
            let input = [reference.as_bytes(), entries::BETWEEN, translation.as_bytes()].concat();
            let run = std::panic::catch_unwind(|| entries::reports(&input, folder.path()));
            assert!(run.is_ok(), "{name}");
        }
        entries::document(hostile.as_bytes());
        entries::front_matter(hostile.as_bytes());
        entries::configuration(hostile.as_bytes(), folder.path());
        entries::outline_of(hostile.as_bytes());
    }
}

/// Twenty thousand of each: who looks for everything from everywhere does not come to an end.
#[test]
fn much_of_one_thing_comes_to_an_end() {
    let scratch = Scratch::site("much");
    for (name, hostile) in texts(20_000) {
        scratch.write(&format!("en/{name}.md"), &hostile).write(&format!("fr/{name}.md"), hostile + "\n\n[](/x)\n");
    }
    let output = scratch.run(&["--no-cache", "--format", "concise"]);
    assert_ne!(output.status.code(), None, "{}", text(&output.stderr));
    assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    const GOOD: &str = "# A\n\nSee [the map](/map).\n";
    const BAD: &str = "# A\n\nVoir [](/map).\n";

    #[test]
    fn what_cannot_be_read_is_told_and_the_others_are_checked() {
        let scratch = Scratch::site("odd-files");
        for name in ["ok", "sp ace", "new\nline", "-x", "::error file=x::y", "\u{1b}[31m"] {
            scratch.write(&format!("en/{name}.md"), GOOD).write(&format!("fr/{name}.md"), BAD);
        }
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(BAD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let large = "[](/map) ".repeat(1_000_000);
        for (name, bytes) in
            [("utf16", utf16), ("bytes", b"# A \xff\n".to_vec()), ("nul", b"# A\0\n".to_vec()), ("large", large.into())]
        {
            scratch.write(&format!("en/{name}.md"), GOOD).write(&format!("fr/{name}.md"), bytes);
        }
        let fr = scratch.0.join("fr");
        fs::write(fr.join(OsStr::from_bytes(b"\xff\xfe.md")), BAD).expect("a file");
        fs::create_dir(fr.join("folder.md")).expect("a folder");
        symlink("..", fr.join("loop")).expect("a link");
        symlink("nowhere.md", fr.join("dangling.md")).expect("a link");
        symlink("self.md", fr.join("self.md")).expect("a link");
        let output = scratch.run(&["--format", "concise", "--select", "missing-link-text,unreadable-file"]);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert_eq!(out.matches("error[missing-link-text]").count(), 6, "{out}");
        assert_eq!(out.matches("error[unreadable-file]").count(), 4, "{out}");
        for words in [
            "fr/utf16.md: the file is UTF-16; save it as UTF-8",
            "fr/bytes.md: the file is not UTF-8: it has the byte 0xff",
            "fr/nul.md: the file has a NUL byte in it",
            "fr/large.md: the file is larger than 8 MiB; split it",
            "the name of this file is not UTF-8; rename it",
            "fr/loop: this link leads back to a folder above it",
            "fr/dangling.md: this link leads nowhere",
            "fr/self.md: ",
        ] {
            assert!(err.contains(words), "{words}\n{err}");
        }
        // Nothing of a name moves the cursor, and nothing of it is a command to a runner of workflows.
        assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'), "{out}{err}");
        let commands = text(&scratch.run(&["--format", "github", "--select", "missing-link-text"]).stdout);
        assert!(
            commands.lines().all(|line| !line.contains("::y") || line.starts_with("::error file=fr/%3A%3Aerror")),
            "{commands}"
        );
    }

    #[test]
    fn what_never_ends_is_not_read() {
        let scratch = Scratch::site("endless");
        scratch.write("en/zero.md", GOOD).write("fr/b.md", BAD);
        symlink("/dev/zero", scratch.0.join("fr/zero.md")).expect("a link");
        symlink("/dev/zero", scratch.0.join("en/b.md")).expect("a link");
        let output = scratch.run(&["--format", "concise", "fr/zero.md", "fr/b.md"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stdout).contains("fr/zero.md:1:1: error[unreadable-file]"), "{}", text(&output.stdout));
        assert!(text(&output.stderr).contains("it is no regular file"), "{}", text(&output.stderr));
    }

    #[test]
    fn a_closed_pipe_ends_the_run_and_a_full_disk_is_told() {
        let scratch = Scratch::site("pipes");
        scratch.write("en/a.md", GOOD).write("fr/a.md", BAD.repeat(2000));
        let mut child = scratch::command(&scratch.0).stdout(Stdio::piped()).spawn().expect("the binary runs");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
        if !Path::new("/dev/full").exists() {
            return;
        }
        for arguments in [&["--format", "json"][..], &["--output", "/dev/full"]] {
            let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
            let output = run(scratch::command(&scratch.0).args(arguments).stdout(full));
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(text(&output.stderr).contains("No space left"), "{}", text(&output.stderr));
        }
    }

    fn run(command: &mut Command) -> Output {
        command.stderr(Stdio::piped()).spawn().and_then(std::process::Child::wait_with_output).expect("the binary runs")
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        let folder = tempfile::tempdir().expect("a folder");
        entries::document(&bytes);
        entries::front_matter(&bytes);
        entries::configuration(&bytes, folder.path());
        entries::outline_of(&bytes);
        entries::reports(&bytes, folder.path());
    }
}
