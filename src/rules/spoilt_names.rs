//! Names with signs in them, written in other ways in prose: `c + +`, `/deck: wet`, `std:: sort`.

use std::ops::Range;

use crate::align::{Comparison, Passage, Unit};
use crate::document::{Document, Inline, InlineKind};
use crate::rule::Report;
use crate::source::Span;
use crate::text::squeezed;

/// Of so many names of a passage is it looked how they are written.
const MOST_NAMES: usize = 64;

/// Names with signs in them that the reference writes as prose, with full-width signs or blanks in them here.
pub(super) fn tell(passage: &Passage, comparison: &Comparison<'_>, translation: &Document<'_>, report: &mut Report) {
    let theirs = text(&passage.reference, comparison.reference);
    let mut names: Vec<&str> = names(&theirs).map(|range| &theirs[range]).collect();
    names.dedup();
    for name in names.into_iter().take(MOST_NAMES) {
        for unit in &passage.translation {
            let block = translation.blocks[unit.text].span;
            let ours = translation.source.slice(block);
            let Some(found) = spoilt(ours, name) else { continue };
            let here = Span::new(block.start as usize + found.start..block.start as usize + found.end);
            // Marked as code it is held against the reference's code.
            let is_code =
                |inline: &Inline<'_>| matches!(inline.kind, InlineKind::Code(_)) && inline.span.contains(here);
            if translation.inlines_of(unit.text).iter().any(is_code) {
                continue;
            }
            let written = &ours[found];
            let finding = report.at(here, format!("the name `{name}` is written `{written}`"));
            finding.label("not the reference's signs").value(written);
            let place = passage.reference.iter().find_map(|unit| place_of(comparison.reference, unit.text, name));
            if let Some(place) = place {
                finding.reference(place, "the reference's name");
            }
            finding.help(format!("write `{name}`"));
        }
    }
}

fn place_of(document: &Document<'_>, block: usize, name: &str) -> Option<Span> {
    let span = document.blocks[block].span;
    let at = document.source.slice(span).find(name)? + span.start as usize;
    Some(Span::new(at..at + name.len()))
}

/// Names that have `::` or `->` in them, options with a value (`/deck:wet`), and names that end in signs (`C++`).
fn names(text: &str) -> impl Iterator<Item = Range<usize>> {
    let signs = text.match_indices("::").chain(text.match_indices("->"));
    let is_part = |char: &char| char.is_ascii_alphanumeric() || "_~".contains(*char);
    let inside = signs.filter_map(move |(at, sign)| {
        let before = text[..at].chars().rev().take_while(is_part).count();
        let after = text[at + sign.len()..].chars().take_while(is_part).count();
        (before > 0 && after > 0).then(|| at - before..at + sign.len() + after)
    });
    let plus = text.match_indices("++").filter_map(move |(at, sign)| {
        let letter = text[..at].chars().next_back().filter(char::is_ascii_uppercase)?;
        let is_alone =
            !text[..at - 1].ends_with(|char: char| is_part(&char)) && !text[at + sign.len()..].starts_with('+');
        is_alone.then(|| at - letter.len_utf8()..at + sign.len())
    });
    let options = text.match_indices('/').filter_map(move |(at, _)| {
        let name = text[at + 1..].chars().take_while(is_part).count();
        let value = text[at + 1 + name..].strip_prefix(':')?;
        let value = value.chars().take_while(|char| is_part(char) || "+.".contains(*char)).count();
        let is_alone = !text[..at].ends_with(|char: char| is_part(&char) || ":/.)".contains(char));
        (is_alone && name > 0 && value > 0).then(|| at..at + 2 + name + value)
    });
    inside.chain(plus).chain(options)
}

/// Where a text has a name with other signs or with blanks in it, and nowhere as it should be.
fn spoilt(text: &str, name: &str) -> Option<Range<usize>> {
    if text.contains(name) {
        return None;
    }
    let first = name.chars().next()?;
    let starts = text.char_indices().filter(|(at, char)| {
        char.eq_ignore_ascii_case(&first) && !text[..*at].ends_with(|before: char| before.is_ascii_alphanumeric())
    });
    let is_other = |found: &Range<usize>| {
        // A capital at the start of a sentence is none of an option.
        let is_same_letters = text[found.clone()].eq_ignore_ascii_case(name) && first.is_ascii_alphanumeric();
        !is_same_letters && !text[found.end..].starts_with(|after: char| after.is_ascii_alphanumeric())
    };
    starts.filter_map(|(start, _)| written_otherwise(text, start, name)).find(is_other)
}

/// The place from `start` on that is a name but for blanks, letter case and the forms of signs.
fn written_otherwise(text: &str, start: usize, name: &str) -> Option<Range<usize>> {
    let mut seen = String::new();
    for (at, char) in text[start..].char_indices().take(name.len() * 2) {
        seen.push_str(&squeezed(char.encode_utf8(&mut [0; 4])));
        if !name.get(..seen.len()).is_some_and(|start| start.eq_ignore_ascii_case(&seen)) {
            return None;
        }
        if seen.len() == name.len() {
            return Some(start..start + at + char.len_utf8());
        }
    }
    None
}

/// The text of some units.
fn text(units: &[Unit], document: &Document<'_>) -> String {
    units.iter().map(|unit| document.source.slice(document.blocks[unit.text].span)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(reference: &str, translation: &str) -> Vec<String> {
        names(reference)
            .filter_map(|name| Some(translation[spoilt(translation, &reference[name])?].to_owned()))
            .collect()
    }

    #[test]
    fn names_are_known_but_for_blanks_case_and_the_forms_of_signs() {
        for (reference, translation, found) in [
            ("C++ decks", "c + + 甲板", "c + +"),
            ("use **/deck:wet** here", "**/Deck： wet**を使う", "/Deck： wet"),
            ("call std::sort", "std:: Sort を呼ぶ", "std:: Sort"),
            ("set /clr:safe", "setze /CLR:safe", "/CLR:safe"),
        ] {
            assert_eq!(written(reference, translation), [found], "{translation}");
        }
    }

    #[test]
    fn what_is_written_as_in_the_reference_is_no_other_name() {
        for (reference, translation) in [
            ("C++ decks", "C++ 甲板, c + + too"),
            ("std::sort is stable", "Std::sort ist stabil"),
            ("see https://example.com/a:b", "voir https://example.com/A:b"),
            ("either/or: both", "Either/Or: beide"),
            ("C++ decks", "a cat + dog"),
        ] {
            assert_eq!(written(reference, translation), [""; 0], "{translation}");
        }
    }
}
