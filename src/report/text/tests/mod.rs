//! The look is a part of what is tested: `cargo test text -- --nocapture --test-threads=1` shows it.
#![expect(clippy::print_stderr, reason = "tests show what they render")]

mod groups;
mod marks;
mod summary;

use std::sync::Arc;

use super::*;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{Source, Span};

const PLAIN: Style = Style { color: false, width: 80, verbose: false };

/// The first place of `needle` in a source.
fn place(sources: &[&Source], source: usize, needle: &str) -> Place {
    let at = sources[source].file_text().find(needle).unwrap();
    place_at(sources, source, at..at + needle.len())
}

fn place_at(sources: &[&Source], source: usize, range: std::ops::Range<usize>) -> Place {
    let span = Span::new(range);
    Place { source, span, range: sources[source].locate(span) }
}

fn finding(place: Place, locale: &str) -> Diagnostic {
    Diagnostic {
        rule: "drifted-url".into(),
        severity: Severity::Warning,
        origin: Origin::Translation,
        message: "the link leads to another page than the reference's".to_owned(),
        label: Some("leads elsewhere".to_owned()),
        help: None,
        article: Arc::from("a.md"),
        locale: Some(Arc::from(locale)),
        place,
        related: Vec::new(),
        fixes: Vec::new(),
        fingerprint: String::new(),
    }
}

fn reference(place: Place, message: &str) -> Related {
    Related {
        role: Role::Reference,
        message: message.to_owned(),
        place,
        locale: None,
        basis: Some(Basis::Head),
        revision: None,
    }
}

/// One finding at `needle` of one text.
fn at(text: &str, needle: &str) -> String {
    let source = Source::new("ja-JP/a.md", text);
    let sources = vec![&source];
    let diagnostics = vec![finding(place(&sources, 0, needle), "ja-JP")];
    shown(&Findings { diagnostics, sources, ..Findings::default() }, PLAIN)
}

fn shown(findings: &Findings<'_>, style: Style) -> String {
    let text = render(findings, &style);
    eprint!("{text}");
    text
}

/// True where `needle` and the mark below it start in the same column.
fn is_above(out: &str, needle: &str, mark: &str) -> bool {
    let rows: Vec<_> = out.lines().collect();
    let column = |row: &str, needle: &str| row.find(needle).map(|at| width(&row[..at]));
    rows.windows(2).any(|rows| column(rows[0], needle).is_some_and(|at| column(rows[1], mark) == Some(at)))
}

fn widest(out: &str) -> usize {
    out.lines().map(width).max().unwrap_or_default()
}

#[test]
fn a_finding_shows_both_sides() {
    let it = Source::new(
        "content/it-IT/transfer-licenses.md",
        "\n\n\n\n\n\n\n\n- [Contatta il supporto](https://support.microsoft.com/help/4471406) per assistenza\n",
    );
    let en = Source::new(
        "content/en-US/transfer-licenses.md",
        "\n\n\n\n\n\n\n\n\n\n- [Contact support](https://support.microsoft.com/help/4471407) for help\n",
    );
    let sources = vec![&it, &en];
    let mut one = finding(place(&sources, 0, "https://support.microsoft.com/help/4471406"), "it-IT");
    one.related.push(Related {
        basis: Some(Basis::Pinned),
        revision: Some(Arc::from("1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b")),
        ..reference(place(&sources, 1, "https://support.microsoft.com/help/4471407"), "the reference's target")
    });
    one.help = Some(
        "write https://support.microsoft.com/help/4471407, the reference's target, or say with \
         `cognate-ignore` why the two differ"
            .to_owned(),
    );
    let out = shown(&Findings { diagnostics: vec![one], sources, ..Findings::default() }, PLAIN);
    assert_eq!(
        out,
        "\
warning[drifted-url]: the link leads to another page than the reference's
    ╭─[content/it-IT/transfer-licenses.md:9:26]
  9 │ - [Contatta il supporto](https://support.microsoft.com/help/4471406) per…
    ·                          ─────────────────────┬────────────────────
    ·                                               ╰── leads elsewhere
    ├─[content/en-US/transfer-licenses.md:11:21] pinned revision 1a2b3c4d5e
 11 │ - [Contact support](https://support.microsoft.com/help/4471407) for help
    ·                     ─────────────────────┬────────────────────
    ·                                          ╰── the reference's target
    ╰─ help: write https://support.microsoft.com/help/4471407, the reference's
             target, or say with `cognate-ignore` why the two differ

"
    );
}

#[test]
fn nothing_moves_or_recolors_the_terminal() {
    let text = "a\u{1b}[31m\u{9b}2J\u{7}\tb\u{200f}\u{2066}\u{61c}\u{7f}\u{200b}[x](/b)";
    let source = Source::new("ja-JP/\u{1b}[2Ja.md", text);
    let sources = vec![&source];
    let mut one = finding(place(&sources, 0, "/b"), "ja\u{1b}");
    one.message = "what\u{1b}[31m".to_owned();
    one.label = Some("la\u{1b}bel\u{202e}".to_owned());
    one.help = Some("help\u{1b}".to_owned());
    one.related.push(reference(place(&sources, 0, "[x]"), "ref\u{1b}"));
    let out = shown(&Findings { diagnostics: vec![one], sources, ..Findings::default() }, PLAIN);
    assert!(out.contains("a␛[31m<U+009B>2J␇→b<U+200F><U+2066><U+061C>␡<U+200B>[x](/b)"));
    assert!(out.chars().all(|char| char == '\n' || !char.is_control()));
    assert!(is_above(&out, "/b", "─┬"));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let source = Source::new("it/a.md", "eins\nשלום [x](/b)\n");
    let sources = vec![&source];
    let mut one = finding(place(&sources, 0, "eins"), "it");
    one.related.push(reference(place(&sources, 0, "/b"), "here"));
    one.help = Some("mend it".to_owned());
    let findings = Findings { diagnostics: vec![one], sources, ..Findings::default() };
    let plain = shown(&findings, PLAIN);
    assert!(!plain.contains('\u{1b}'));
    let colored = shown(&findings, Style { color: true, ..PLAIN });
    let sgr = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    let trimmed: Vec<_> = colored.lines().map(|row| sgr.replace_all(row, "").trim_end().to_owned()).collect();
    assert_eq!(trimmed.join("\n"), plain.trim_end_matches('\n').to_owned() + "\n");
    assert_ne!(plain, colored);
}

#[test]
fn a_narrow_terminal_is_no_reason_to_fail() {
    let source = Source::new("it/a.md", format!("{}[qui](/b) שלום", "parola ".repeat(40)));
    for at in (0..source.file_text().len()).filter(|at| source.file_text().is_char_boundary(*at)) {
        let sources = vec![&source];
        let diagnostics = vec![finding(place_at(&sources, 0, at..at), "it")];
        assert!(
            !render(&Findings { diagnostics, sources, ..Findings::default() }, &Style { width: 1, ..PLAIN }).is_empty()
        );
    }
}

proptest::proptest! {
    #[test]
    fn any_place_in_any_text_can_be_shown(
        text in "(\\PC|[\\x00-\\x1f\u{202e}\u{5d0}\u{301}あ🎉\r\n]){0,200}",
        start in 0_usize..400,
        len in 0_usize..300,
        label in proptest::option::of("\\PC{0,90}"),
        width in 0_usize..130,
    ) {
        let source = Source::new("a.md", &text);
        let file = source.file_text();
        let boundary = |at: usize| (0..=at.min(file.len())).rev().find(|at| file.is_char_boundary(*at)).unwrap();
        let sources = vec![&source];
        let mut one = finding(place_at(&sources, 0, boundary(start)..boundary(start + len)), "it");
        one.label = label;
        one.help = Some(text.clone());
        one.related.push(reference(one.place, &text));
        let out = render(&Findings { diagnostics: vec![one], sources, ..Findings::default() }, &Style { width, ..PLAIN });
        let is_calm = out.chars().all(|char| char == '\n' || !char.is_control() && char != '\u{202e}');
        proptest::prop_assert!(is_calm);
        let start = source.locate(Span::at(boundary(start))).start;
        let head = format!("[a.md:{}:{}]", start.line, start.column);
        proptest::prop_assert!(out.contains(&head));
        proptest::prop_assert!(widest(&out) <= width.max(78) + 2, "{}", out);
    }
}
