//! Edits that mend findings, applied to a text.

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Origin};

/// The edits of the fixes of a finding that are as sure as wanted, or surer: of the first there is, or of one for each
/// file where it stands in several.
pub fn edits(diagnostic: &Diagnostic, wanted: Applicability) -> impl Iterator<Item = &[Edit]> {
    let most = if diagnostic.origin == Origin::Reference { usize::MAX } else { 1 };
    let is_wanted = move |fix: &&Fix| fix.applicability <= wanted && !fix.edits.is_empty();
    diagnostic.fixes.iter().filter(is_wanted).take(most).map(|fix| fix.edits.as_slice())
}

/// A text with fixes in it, and how many of them: one that overlaps another, or touches it, waits for the next run.
///
/// A fix is all of its edits or none; bytes count from the start of the text.
pub fn apply<'e>(text: &str, fixes: impl Iterator<Item = &'e [Edit]>) -> (String, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    for edits in fixes {
        let is_free = |edit: &Edit| {
            let span = edit.place.span;
            let is_apart = |other: &&Edit| span.end < other.place.span.start || other.place.span.end < span.start;
            text.get(span.range()).is_some() && taken.iter().all(is_apart)
        };
        if edits.iter().all(is_free) {
            taken.extend(edits);
            applied += 1;
        }
    }
    taken.sort_by_key(|edit| edit.place.span);
    let mut mended = String::with_capacity(text.len());
    let mut from = 0;
    for edit in taken {
        let range = edit.place.span.range();
        mended.push_str(&text[from..range.start]);
        mended.push_str(&edit.text);
        from = range.end;
    }
    mended.push_str(&text[from..]);
    (mended, applied)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::source::{Range, Span};

    fn edit(range: std::ops::Range<usize>, text: &str) -> Edit {
        let place = Place { source: 0, span: Span::new(range), range: Range::default() };
        Edit { place, text: text.to_owned() }
    }

    #[test]
    fn what_overlaps_waits() {
        let fixes = [
            vec![edit(4..5, "X")],
            vec![edit(0..1, "A"), edit(4..6, "Y")],
            vec![edit(1..2, "")],
            vec![edit(5..5, "!")],
        ];
        assert_eq!(apply("abcdef", fixes.iter().map(Vec::as_slice)), ("acdXf".to_owned(), 2));
        assert_eq!(apply("文b", [vec![edit(1..2, "x")]].iter().map(Vec::as_slice)), ("文b".to_owned(), 0));
    }
}
