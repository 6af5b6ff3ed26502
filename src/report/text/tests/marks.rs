//! Marks under lines of all kinds.

use super::*;

#[test]
fn marks_stand_below_wide_characters() {
    let out = at("詳しくは[サポート窓口](https://example.com/ja)をご覧ください。\n", "https://example.com/ja");
    assert!(out.contains("[ja-JP/a.md:1:14]"));
    assert!(is_above(&out, "https", "───────────┬──────────"));
    let out = at("Fertig 🎉🎉 👍🏽 [hier](/b)\n", "/b");
    assert!(is_above(&out, "/b", "─┬"));
}

#[test]
fn wide_text_is_reflowed_and_cropped() {
    let long = "翻訳は参照と同じページを指していません。".repeat(8);
    let source = Source::new("ja-JP/a.md", format!("{long}[こちら](/b){long}"));
    let sources = vec![&source];
    let mut one = finding(place(&sources, 0, "/b"), "ja-JP");
    one.message.clone_from(&long);
    one.help = Some(long);
    let out = shown(&Findings { diagnostics: vec![one], sources, ..Findings::default() }, PLAIN);
    assert!(widest(&out) <= 80);
    assert!(is_above(&out, "/b", "─┬"));
    assert!(out.contains("[ja-JP/a.md:1:167]"));
}

#[test]
fn right_to_left_lines_are_marked_in_words() {
    let out = at("למידע נוסף ראו [פנייה לתמיכה](https://example.com/b) באתר.\n", "פנייה לתמיכה");
    assert!(out.contains("[ja-JP/a.md:1:17]"));
    assert!(out.contains("· ╰── leads elsewhere: «פנייה לתמיכה»\n"));
    let out = at("لمزيد من المعلومات\u{202e}، راجع [الدعم](https://example.com/b)\n", "https://example.com/b");
    assert!(out.contains("· ╰── leads elsewhere: «https://example.com/b»\n"));
    assert!(out.contains("<U+202E>"));
    assert!(!out.contains('▲') && !out.contains('┬'));
    let out = at("Siehe [x](/b) שלום\n", "/b");
    assert!(is_above(&out, "/b", "─┬"), "what follows does not move it");
}

#[test]
fn an_empty_place_in_a_right_to_left_line_is_told_in_words() {
    let source = Source::new("he-IL/a.md", "שלום עולם\n");
    let sources = vec![&source];
    let mut one = finding(place_at(&sources, 0, 17..17), "he-IL");
    one.label = Some("missing here".to_owned());
    let out =
        shown(&Findings { diagnostics: vec![one.clone()], sources: sources.clone(), ..Findings::default() }, PLAIN);
    assert!(out.contains("╰── missing here, after «עולם»"));
    one.place = place_at(&sources, 0, 0..0);
    one.label = None;
    let out = shown(&Findings { diagnostics: vec![one], sources, ..Findings::default() }, PLAIN);
    assert!(out.contains("╰── at the start of the line"));
}

#[test]
fn a_very_long_line_is_cropped_around_its_mark() {
    let long = "слово ".repeat(100_000 / 6);
    let out = at(&format!("{long}[x](/wrong)"), "/wrong");
    assert!(out.contains("[ja-JP/a.md:1:100001]"));
    assert!(out.contains("│ …"));
    assert!(out.contains("[x](/wrong)\n"));
    assert!(is_above(&out, "/wrong", "───┬──"));
    assert!(widest(&out) <= 80);
    let out = at(&format!("{long}[x](/wrong){long}"), "/wrong");
    assert_eq!(out.matches('…').count(), 2);
    assert!(widest(&out) <= 80);
}

#[test]
fn a_mark_that_is_wider_than_the_room_shows_its_start() {
    let long = "word ".repeat(100);
    let out = at(&format!("Before it, {long}"), &long);
    assert!(out.contains("│ …ore it, word word"));
    assert!(widest(&out) <= 80);
}

#[test]
fn places_without_text_have_a_caret() {
    let source = Source::new("it/a.md", "# Uno\n\nDue\n");
    let sources = vec![&source];
    let empty = |at| {
        let mut one = finding(place_at(&sources, 0, at..at), "it");
        one.label = Some(format!("missing at {at}"));
        one
    };
    let diagnostics = vec![empty(5), empty(6), empty(10), empty(11)];
    let out = shown(&Findings { diagnostics, sources, ..Findings::default() }, PLAIN);
    assert!(out.contains(" 1 │ # Uno\n   ·      ▲\n   ·      ╰── missing at 5\n"));
    assert!(out.contains("[it/a.md:2:1]\n 2 │\n   · ▲\n"));
    assert!(out.contains("[it/a.md:3:4]\n 3 │ Due\n   ·    ▲\n"));
    assert!(out.contains("[it/a.md:4:1]\n 4 │\n   · ▲\n"));
    let nothing = Source::new("it/a.md", "");
    let sources = vec![&nothing];
    let diagnostics = vec![finding(place_at(&sources, 0, 0..0), "it")];
    assert!(shown(&Findings { diagnostics, sources, ..Findings::default() }, PLAIN).contains("[it/a.md:1:1]"));
}

#[test]
fn of_several_lines_the_first_is_marked() {
    let out = at("Eins\nzwei drei\nvier\n", "drei\nvier");
    assert!(out.contains("[ja-JP/a.md:2:6]\n 2 │ zwei drei\n   ·      ──┬─\n"));
}

#[test]
fn a_long_label_is_broken_where_its_mark_stands_far_to_the_right() {
    let source = Source::new("it/a.md", format!("{}[qui](/b)", "parola ".repeat(9)));
    let sources = vec![&source];
    let mut one = finding(place(&sources, 0, "/b"), "it");
    one.label = Some("leads to a page that the reference does not know at this place".to_owned());
    let out = shown(&Findings { diagnostics: vec![one], sources, ..Findings::default() }, PLAIN);
    assert!(widest(&out) <= 80);
    assert!(out.contains("╰─┤ leads to a page"));
}
