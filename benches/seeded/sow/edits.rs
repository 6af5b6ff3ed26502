//! Legitimate edits: what translators do and nothing is to be said of.

use std::ops::Range;

use cognate::align::Unit;
use cognate::document::BlockKind;

use super::{Defect, Page, Random};

/// All changes of a page as one, if there are any.
pub(super) fn throughout(mut edits: Vec<(Range<usize>, String)>, what: &str) -> Vec<Defect> {
    edits.sort_by_key(|(place, _)| place.start);
    // Of marks that share a place, as where a fence is never closed, the first is enough.
    let mut end = 0;
    edits.retain(|(place, _)| {
        let is_free = place.start >= end;
        end = end.max(place.end);
        is_free
    });
    if edits.is_empty() { Vec::new() } else { vec![Defect::throughout(edits, what)] }
}

/// Paragraphs of plain lines in a script that puts blanks between words.
fn plain_paragraphs<'a>(page: &Page<'a>) -> impl Iterator<Item = &'a Unit> {
    let is_plain = |unit: &Unit| {
        let text = page.slice(page.block(unit.block).span);
        let has_words = text.split_whitespace().count() >= 6 && text.len() / text.split_whitespace().count() < 20;
        has_words && !text.contains(['<', '{', '|', '\\', '\t']) && !text.contains("  ") && !text.contains("\n ")
    };
    page.paragraphs().map(|(_, t)| t).filter(move |t| is_plain(t))
}

/// The places of a unit's text that are outside of links, code and other inlines.
fn bare(page: &Page<'_>, unit: &Unit, at: usize) -> bool {
    page.inlines(unit).all(|(_, inline)| !inline.span.range().contains(&at))
}

/// Soft line breaks at other places.
pub(super) fn rewrapped(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    let mut defects = Vec::new();
    for unit in plain_paragraphs(page) {
        let place = page.block(unit.block).span.range();
        let text = &page.text[place.clone()];
        let width = 30 + random.below(60);
        let (mut edits, mut start) = (Vec::new(), 0);
        for (at, blank) in text.match_indices([' ', '\n']) {
            let next = text[at + 1..].chars().next();
            let may_break = next.is_some_and(char::is_alphabetic) && bare(page, unit, place.start + at);
            let is_due = at - start > width;
            if may_break && is_due != (blank == "\n") && !text[..at].ends_with('\r') {
                let new = if is_due { "\n" } else { " " };
                edits.push((place.start + at..place.start + at + 1, new.to_owned()));
            }
            if (may_break && is_due) || (!may_break && blank == "\n") {
                start = at;
            }
        }
        defects.extend(throughout(edits, "a paragraph with other line breaks"));
    }
    defects
}

/// A word of prose gives way to another one of the page.
pub(super) fn word_replaced(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for unit in plain_paragraphs(page) {
        let place = page.block(unit.block).span.range();
        let mut at = place.start;
        for word in page.text[place].split([' ', '\n']) {
            let is_word = word.chars().count() >= 4 && word.chars().all(char::is_lowercase);
            if is_word && bare(page, unit, at) {
                words.push(at..at + word.len());
            }
            at += word.len() + 1;
        }
    }
    let replace = |place: &Range<usize>| {
        let new = &page.text[words[random.below(words.len())].clone()];
        Defect::new(place.clone(), new, format!("{} became {new}", &page.text[place.clone()]))
    };
    words.iter().map(replace).collect()
}

/// `*` for all list marks `-`.
pub(super) fn list_marks_changed(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let is_item = |kind: &BlockKind<'_>| matches!(kind, BlockKind::Item { ordered: false, .. });
    let items = page.translation.blocks.iter().filter(|block| is_item(&block.kind));
    let starts = items.map(|block| block.span.range().start).filter(|at| page.text[*at..].starts_with('-'));
    throughout(starts.map(|at| (at..at + 1, "*".to_owned())).collect(), "list marks of stars")
}
