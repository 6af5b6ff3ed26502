use std::fmt::Write;
use std::time::{Duration, Instant};

use super::*;

/// Every key and value with what stands at its span: `key=span -> value`.
fn told(text: &str) -> Vec<String> {
    let (entries, error) = read(text, 0);
    let mut lines = Vec::new();
    for entry in &entries {
        tell_entry(text, "", entry, &mut lines);
    }
    lines.extend(error.map(|error| format!("{} @ {}", error.message, &text[error.span.range()])));
    lines
}

fn tell_entry(text: &str, prefix: &str, entry: &Entry<'_>, lines: &mut Vec<String>) {
    let written = &text[entry.key_span.range()];
    assert_eq!(written.trim_matches(['"', '\'']), entry.key);
    tell(text, &format!("{prefix}{}", entry.key), &entry.value, lines);
}

fn tell(text: &str, path: &str, value: &Value<'_>, lines: &mut Vec<String>) {
    let written = &text[value.span.range()];
    let kind = match &value.kind {
        ValueKind::Scalar(Cow::Borrowed(text)) => format!("<{text}>"),
        ValueKind::Scalar(Cow::Owned(text)) => format!("{text:?}"),
        ValueKind::List(_) => "list".to_owned(),
        ValueKind::Map(_) => "map".to_owned(),
        _ => "null".to_owned(),
    };
    lines.push(format!("{path} «{written}» -> {kind}"));
    if let ValueKind::List(items) = &value.kind {
        for item in items {
            tell(text, &format!("{path}[]"), item, lines);
        }
    }
    if let ValueKind::Map(entries) = &value.kind {
        for entry in entries {
            tell_entry(text, &format!("{path}."), entry, lines);
        }
    }
}

#[test]
fn scalars_borrow_and_spans_hold_the_quotes() {
    let text =
        "a: plain words # comment\n'b': 'quo ted' # comment\n\"c\": \"x\"\nd: 'it''s'\ne: \"a\\tb\"\nf: '2024-01-02'\n";
    assert_eq!(
        told(text),
        [
            "a «plain words» -> <plain words>",
            "b «'quo ted'» -> <quo ted>",
            "c «\"x\"» -> <x>",
            "d «'it''s'» -> \"it's\"",
            "e «\"a\\tb\"» -> \"a\\tb\"",
            "f «'2024-01-02'» -> <2024-01-02>",
        ]
    );
}

#[test]
fn spans_count_bytes_behind_any_script() {
    let text = "शीर्षक: \"हिन्दी पाठ\" # टिप्पणी\nタイトル: 移行 😀\n😀: [あ, \"い\"] # え\nlast: é\n";
    assert_eq!(
        told(text),
        [
            "शीर्षक «\"हिन्दी पाठ\"» -> <हिन्दी पाठ>",
            "タイトル «移行 😀» -> <移行 😀>",
            "😀 «[あ, \"い\"]» -> list",
            "😀[] «あ» -> <あ>",
            "😀[] «\"い\"» -> <い>",
            "last «é» -> <é>",
        ]
    );
}

#[test]
fn nothing_stands_right_after_its_key() {
    let text = "a:\nb: ~\nc: null\nd: 'null'\ne:   # none\nf: {x: , y}\ng:\n-\n- z\n";
    assert_eq!(
        told(text),
        [
            "a «» -> null",
            "b «~» -> null",
            "c «null» -> null",
            "d «'null'» -> <null>",
            "e «» -> null",
            "f «{x: , y}» -> map",
            "f.x «» -> null",
            "f.y «» -> null",
            "g «-\n- z» -> list",
            "g[] «» -> null",
            "g[] «z» -> <z>",
        ]
    );
    let (entries, _) = read(text, 10);
    assert_eq!(entries[0].value.span, Span::at(12));
    assert_eq!(entries[4].value.span, Span::at(10 + text.find("   # none").unwrap()));
}

#[test]
fn blocks_end_with_their_last_line() {
    let text =
        "a:\n  - x\n  - k: v\n    l:\n      m: n\n\nb: >-\n  one\n  two\n\nc: |2 # more\n\n   x\nd: |\ne: one\n  two\n";
    assert_eq!(
        told(text),
        [
            "a «- x\n  - k: v\n    l:\n      m: n» -> list",
            "a[] «x» -> <x>",
            "a[] «k: v\n    l:\n      m: n» -> map",
            "a[].k «v» -> <v>",
            "a[].l «m: n» -> map",
            "a[].l.m «n» -> <n>",
            "b «>-\n  one\n  two» -> \"one two\"",
            "c «|2 # more\n\n   x» -> \"\\n x\\n\"",
            "d «|» -> \"\"",
            "e «one\n  two» -> \"one two\"",
        ]
    );
}

#[test]
fn carriage_returns_end_lines() {
    for end in ["\r\n", "\r"] {
        let text = format!("a: é{end}b:{end}  - |{end}    x{end}  - 'y'{end}c: z{end}");
        let lines = told(&text);
        assert_eq!(lines[0], "a «é» -> <é>");
        assert!(lines[2].ends_with("-> \"x\\n\""), "{lines:?}");
        assert_eq!(lines[3..], ["b[] «'y'» -> <y>", "c «z» -> <z>"]);
    }
}

#[test]
fn anchors_and_tags_are_no_part_of_a_value() {
    let text = "a: &x one\nb: *x\nc: !!str 'q'\nd: &y [1]\ne: *y\nf: !t &z |\n  w\ng: &n\n";
    assert_eq!(
        told(text),
        [
            "a «one» -> <one>",
            "b «*x» -> <one>",
            "c «'q'» -> <q>",
            "d «[1]» -> list",
            "d[] «1» -> <1>",
            "e «*y» -> null",
            "f «|\n  w» -> \"w\\n\"",
            "g «&n» -> null",
        ]
    );
}

#[test]
fn errors_are_told_where_they_are() {
    for (text, lines) in [
        (
            "a: 1\nb: x: y\n",
            &["a «1» -> <1>", "a `:` cannot stand here; put the value in quotes, or check the indentation @ :"][..],
        ),
        ("a: \"x\nb: 1\n", &["this quote is never closed @ \""]),
        ("a: 'b' c\n", &["there is more after the closing quote @ c"]),
        ("a: 1\nwords\nb: 2\n", &["a «1» -> <1>", "this line is not `key: value` @ words"]),
        ("é: `x`\n", &["a value that starts with a backtick needs quotes @ `"]),
        ("é: @x\n", &["a value that starts with `@` needs quotes @ @"]),
        ("a: [x\n", &["a `,` or the closing `]` is missing here @ "]),
        ("a: *x\n", &["no anchor has this name; a value that starts with `*` needs quotes @ *"]),
        ("- a\n- b\n", &["front matter must be keys with values, `key: value` @ - a"]),
        ("words\nand more\n", &["front matter must be keys with values, `key: value` @ words"]),
    ] {
        assert_eq!(told(text), lines, "{text:?}");
    }
}

#[test]
fn a_key_that_is_there_twice_is_told_at_the_second() {
    let text = "z: 1\na: 2\nb:\n  c: 1\n  c: 1\na: 3\nz: 4\n";
    let (entries, error) = read(text, 0);
    let error = error.unwrap();
    assert_eq!((entries.len(), &*error.message), (5, "the key `a` is there twice"));
    let second = text.rfind("a: 3").unwrap();
    assert_eq!(error.span, Span::new(second..second + 1));
}

#[test]
fn only_the_first_document_is_read() {
    assert_eq!(told("a: 1\n--- b\n"), ["a «1» -> <1>"]);
}

#[test]
fn deep_nesting_and_alias_bombs_cost_nothing() {
    let start = Instant::now();
    for (text, words) in [
        (format!("a: 1\nb: {}", "[".repeat(20_000)), "nested"),
        (format!("a: 1\nb: {}", "{x: ".repeat(20_000)), "nested"),
        (format!("a: 1\nb:\n {}x", "- ".repeat(20_000)), "nested more than 128 levels deep"),
    ] {
        let (entries, error) = read(&text, 0);
        assert!(error.is_some_and(|error| error.message.contains(words)));
        assert!(entries.len() <= 1);
    }
    let mut bomb = "a0: &a0 \"lol\\n\"\n".to_owned();
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    assert_eq!(read(&bomb, 0).0.len(), 30);
    let wide = format!("a: &a \"{}\\n\"\nb: [{}]\n", "x".repeat(10_000), "*a, ".repeat(10_000));
    assert!(read(&wide, 0).1.is_none());
    for text in [format!("t:\tA\n{bomb}"), format!("t:\tA\nb: {}", "[".repeat(20_000))] {
        assert!(read(&text, 0).1.is_some());
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn what_the_second_parser_reads_is_no_error() {
    let text = "title:\tA\n\"日付\": 2024-01-02\nversion: 1.10 # now\nlist: [x]\nwords: 'it''s'\nnone:\n";
    let (entries, error) = read(text, 0);
    assert_eq!(error, None);
    let told: Vec<_> = entries
        .iter()
        .map(|entry| {
            let text = if let ValueKind::Scalar(text) = &entry.value.kind { text } else { "" };
            (&*entry.key, text)
        })
        .collect();
    let expected = [("title", "A"), ("日付", "2024-01-02"), ("version", "1.10"), ("list", ""), ("words", "it's")];
    assert_eq!(told[..5], expected);
    for entry in &entries {
        assert_eq!(text[entry.key_span.range()].trim_matches('"'), entry.key);
    }
    assert_eq!(&text[entries[0].value.span.range()], "A");
    assert_eq!(&text[entries[3].value.span.range()], "[x]");
    assert_eq!(&text[entries[4].value.span.range()], "'it''s'");
    assert_eq!(entries[5].value.span.range().start, text.len() - 1);
}
