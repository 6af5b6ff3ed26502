//! `number-mismatch`: a number that is another one than the reference's.

use serde::Deserialize;

use super::prose::{between, not_read};
use crate::align::{Bitext, Unit};
use crate::document::{BlockKind, Document};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "number-mismatch",
    kind: Kind::Comparative(Subject::Words),
    yaml: include_str!("../../rules/number-mismatch.yaml"),
    load: load::<NumberMismatch>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberMismatch {}

impl Check for NumberMismatch {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable().filter(|_| bitext.source_document().is_some()) else { return };
        for passage in comparison.passages() {
            let side = |units: &[Unit], document: &Document<'_>| {
                units.iter().flat_map(|unit| numbers(document, unit)).collect::<Vec<_>>()
            };
            let (mut theirs, mut ours) =
                (side(&passage.reference, comparison.reference), side(&passage.translation, bitext.translation));
            ours.retain(|number| {
                let same = theirs.iter().position(|other| other.digits == number.digits);
                same.map(|same| theirs.remove(same)).is_none()
            });
            // Of several nobody knows which became which; one alone may be a word on the other side.
            let ([there], [here]) = (theirs.as_slice(), ours.as_slice()) else { continue };
            // The '90s are the 1990s.
            let is_short = there.digits.ends_with(&here.digits) || here.digits.ends_with(&there.digits);
            if there.is_counted
                || here.is_counted
                || is_short
                || is_multiplied(&there.digits, &here.digits)
                || there.digits.len() < 2
                || here.digits.len() < 2
            {
                continue;
            }
            let (number, own) = (&there.written, &here.written);
            let finding = report.at(here.span, format!("the number `{own}` is `{number}` in the reference"));
            finding.label("another number").reference(there.span, "the reference's number").value(here.digits.as_str());
            finding.help(format!("write {number}, as this language writes it"));
            if bitext.is_boilerplate(there.span) {
                finding.minor();
            }
        }
    }
}

/// `20,000` and `20 thousand`, in a language whose words for it are not known.
fn is_multiplied(a: &str, b: &str) -> bool {
    a.trim_end_matches('0') == b.trim_end_matches('0') && a.len().abs_diff(b.len()) > 2
}

/// A number of a text.
struct Number {
    /// As it is written.
    written: String,
    /// Its digits alone: languages group and point them in ways of their own.
    digits: String,
    span: Span,
    /// A word behind it multiplies it, or says that it is a part of a day.
    is_counted: bool,
}

/// The numbers of a unit's words.
fn numbers(document: &Document<'_>, unit: &Unit) -> Vec<Number> {
    if matches!(document.blocks[unit.block].kind, BlockKind::Code { .. } | BlockKind::Html) {
        return Vec::new();
    }
    let span = document.blocks[unit.text].span;
    let text = document.source.slice(span);
    if !text.contains(char::is_numeric) {
        return Vec::new();
    }
    let mut hidden = not_read(document, &document.inlines[unit.inlines.clone()], span);
    hidden.extend(between(text, "{", "}").map(|call| call.shifted(span.start)));
    hidden.sort_unstable();
    let mut hidden = hidden.into_iter().peekable();
    let mut hidden_up_to = 0;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|char: char| digit(char).is_some()).map(|start| at + start) {
        let end = end_of(text, start);
        at = end;
        let place = Span::new(span.start as usize + start..span.start as usize + end);
        let is_word = text[..start].ends_with(|before: char| before.is_ascii_alphabetic() || before == '_');
        let is_mark = text[end..].starts_with(['.', ')'])
            && text[..start].rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
        while let Some(next) = hidden.next_if(|hidden| hidden.start < place.end) {
            hidden_up_to = hidden_up_to.max(next.end);
        }
        if place.start < hidden_up_to || is_word || is_mark {
            continue;
        }
        let written = text[start..end].to_owned();
        let digits = written.chars().filter_map(digit).collect();
        found.push(Number { is_counted: is_counted(&text[end..]), written, digits, span: place });
    }
    found
}

/// Where a number ends: separators count where digits go on behind them.
fn end_of(text: &str, start: usize) -> usize {
    let mut end = start;
    for (at, char) in text[start..].char_indices() {
        let goes_on = || {
            let next = text[start + at + char.len_utf8()..].chars().next();
            next.is_some_and(|next| digit(next).is_some())
        };
        let is_separator = matches!(char, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '٬' | '٫');
        if digit(char).is_some() || (is_separator && goes_on()) {
            end = start + at + char.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// The value of a decimal digit of any script.
fn digit(char: char) -> Option<char> {
    let zero = match char {
        '0'..='9' => return Some(char),
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{9e6}'..='\u{9ef}' => '\u{9e6}',
        '\u{e50}'..='\u{e59}' => '\u{e50}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    char::from_digit(char as u32 - zero as u32, 10)
}

/// `50億`, `5 billion`, `3 PM`, `30 feet`
fn is_counted(behind: &str) -> bool {
    let behind = behind.trim_start_matches([' ', '\u{a0}', '-']);
    let word = &behind[..behind.find(|char: char| !char.is_ascii_alphabetic()).unwrap_or(behind.len())];
    let multiplies = ["thousand", "million", "billion", "trillion", "lakh", "crore", "k", "K", "M", "B"];
    let half_of_a_day = ["a", "p", "am", "pm", "AM", "PM"];
    behind.starts_with(['万', '億', '亿', '兆', '千', '百', '만', '억', '천', '時', '时', '시'])
        || multiplies.contains(&word)
        || (half_of_a_day.contains(&word) && (word.len() == 2 || behind[1..].starts_with(".m")))
        || is_other_unit(word)
}

/// Units that most languages convert.
fn is_other_unit(word: &str) -> bool {
    const UNITS: [&str; 18] = [
        "inch", "inches", "feet", "foot", "ft", "yard", "yards", "mile", "miles", "mph", "pound", "pounds", "lb",
        "lbs", "ounce", "ounces", "gallon", "gallons",
    ];
    UNITS.contains(&word) || word == "Fahrenheit"
}
