use super::*;

#[test]
fn positions_count_scalars_utf16_and_bytes() {
    let source = Source::new("a.md", "\u{feff}añ😀\r\nb\rc\n");
    let smile = source.locate(Span::new(3..7));
    assert_eq!(smile.start, Position { line: 1, column: 3, utf16: 3, byte: 6 });
    assert_eq!(smile.end, Position { line: 1, column: 4, utf16: 5, byte: 10 });
    assert_eq!(source.locate(Span::at(9)).start.line, 2);
    assert_eq!(source.locate(Span::at(11)).start.line, 3);
    assert_eq!(source.slice(source.line(1)), "añ😀");
}

#[test]
fn long_lines_are_counted_alike() {
    let source = Source::new("a.md", format!("x\n{}", "añ😀".repeat(2_000)));
    let end = source.locate(Span::at(2 + 7 * 1_999)).start;
    assert_eq!(end, Position { line: 2, column: 3 * 1_999 + 1, utf16: 4 * 1_999 + 1, byte: 2 + 7 * 1_999 });
}

#[test]
fn an_excerpt_points_into_its_file() {
    let source = Source::new("a.md", "one <x>two</x> three");
    let excerpt = source.excerpt(&[Span::new(0..4), Span::new(7..10), Span::new(14..20)]);
    assert_eq!(excerpt.text(), "one two three");
    assert_eq!(excerpt.in_file(Span::new(4..7)), Span::new(7..10));
    assert_eq!(excerpt.in_file(Span::new(0..13)), Span::new(0..20));
}

#[test]
fn what_is_not_utf8_is_told() {
    let defect = |bytes: &[u8]| Source::from_bytes("a.md", bytes.to_vec()).defect().cloned().expect("a defect");
    assert_eq!(defect(&[0xff, 0xfe, 0x23, 0]).reason, "the file is UTF-16");
    assert_eq!(defect(b"a\0b").valid_up_to, 1);
    assert!(defect(b"ab\xe9").reason.contains("0xe9"));
    assert!(Source::from_bytes("a.md", b"\xef\xbb\xbfab".to_vec()).defect().is_none());
    let broken = Source::from_bytes("a.md", b"ab\xe9".to_vec());
    assert!(broken.masked("  ".to_owned()).defect().is_some() && broken.excerpt(&[]).defect().is_some());
}
