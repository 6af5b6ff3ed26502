//! `inline-code-mismatch`: code in a sentence that is not the reference's any more.

use foldhash::HashSet;
use serde::Deserialize;

use super::spoilt_names;
use super::words::is_marked;
use crate::align::{Bitext, Comparison, Passage, Unit};
use crate::code::{
    differing_word, holds, is_keyword, is_near_miss, is_same, is_slip_in_words, is_spoilt, is_translated_path, is_word,
    shape,
};
use crate::diagnostic::{Applicability, Basis};
use crate::document::{Document, Inline, InlineId, InlineKind};
use crate::locale::{is_localized, writes_latin};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;
use crate::text::{differ_in_numbers, edits, has_token, is_token};

pub(super) const RULE: Builtin = Builtin {
    id: "inline-code-mismatch",
    kind: Kind::Comparative(Subject::Code),
    yaml: include_str!("../../rules/inline-code-mismatch.yaml"),
    load: load::<InlineCodeMismatch>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InlineCodeMismatch {}

impl Check for InlineCodeMismatch {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable().filter(|comparison| comparison.reference.has_prose) else { return };
        let passages = comparison.passages();
        let has_code =
            |document: &Document<'_>| document.inlines.iter().any(|inline| matches!(inline.kind, InlineKind::Code(_)));
        if comparison.basis == Basis::Cohort && !has_code(comparison.reference) && !has_code(bitext.translation) {
            return;
        }
        let is_other_script = bitext.language().is_some_and(|language| !writes_latin(language));
        let sides_of = |passage| Sides::of(passage, comparison, bitext.translation, is_other_script);
        let mut sides: Vec<Sides<'_>> = passages.iter().filter_map(sides_of).collect();
        take_out_moved(&mut sides);
        for mut sides in sides {
            sides.take_out(|theirs, ours| is_own_locale(theirs, ours, bitext.language()));
            sides.tell(report);
        }
        for passage in passages {
            if comparison.basis != Basis::Cohort {
                spoilt_names::tell(passage, comparison, bitext.translation, report);
            }
        }
    }
}

/// A code span that the other side of its passage does not have.
#[derive(Clone, Copy)]
struct Code<'d> {
    inline: InlineId,
    text: &'d str,
}

/// `paper-boat`: a name of an example, where it is no slip.
fn is_kebab(code: &str) -> bool {
    let code = code.trim();
    let is_part = |part: &str| !part.is_empty() && part.chars().all(char::is_lowercase);
    code.contains('-') && code.split('-').all(is_part)
}

/// Does a path name the translation's language where the reference's names another one?
fn is_own_locale(theirs: &str, ours: &str, language: Option<&str>) -> bool {
    let differing = differing_word(theirs, ours);
    differing.is_some_and(|(theirs, ours)| {
        is_localized(theirs.trim_start_matches('/'), ours.trim_start_matches('/'), language)
    })
}

/// What is left of the code of a passage once what both sides have is taken out.
struct Sides<'d> {
    documents: [&'d Document<'d>; 2],
    /// The words of both sides.
    words: [String; 2],
    /// The translation's language is not written in Latin letters: what is, nobody translated.
    is_other_script: bool,
    reference: Vec<Code<'d>>,
    translation: Vec<Code<'d>>,
}

impl<'d> Sides<'d> {
    /// `None` where there is no code.
    fn of(
        passage: &Passage,
        comparison: &'d Comparison<'_>,
        translation: &'d Document<'_>,
        is_other_script: bool,
    ) -> Option<Self> {
        let reference = codes(passage.of_reference(comparison.reference));
        let codes = codes(passage.of_translation(translation));
        if reference.is_empty() && codes.is_empty() {
            return None;
        }
        let mut sides = Self {
            documents: [comparison.reference, translation],
            words: [words(&passage.reference, comparison.reference), words(&passage.translation, translation)],
            is_other_script,
            reference,
            translation: codes,
        };
        sides.take_out(|theirs, ours| theirs == ours);
        Some(sides)
    }

    fn tell(mut self, report: &mut Report) {
        for ours in std::mem::take(&mut self.translation) {
            match self.glued(ours) {
                Some(first) => tell_glued(first, ours, self.documents, report),
                None => self.translation.push(ours),
            }
        }
        self.pair_off(report, |theirs, ours| is_spoilt(theirs.text, ours.text));
        if self.is_other_script {
            self.pair_off(report, |theirs, ours| is_slip_in_words(theirs.text, ours.text));
        }
        self.take_out(is_same);
        self.pair_off(report, |theirs, ours| holds(ours.text, theirs.text));
        // What stands on the other side all the same was only marked as code on one of them, or moved.
        let [their_words, our_words] = &self.words;
        let is_more = |words: &str, others: &str, code: &Code<'_>| times(words, code) > times(others, code);
        self.reference.retain(|code| !is_more(our_words, their_words, code));
        self.translation.retain(|code| !is_more(their_words, our_words, code));
        let is_near = |theirs: Code<'_>, ours: Code<'_>| is_near_miss(theirs.text, ours.text);
        let is_alike = |theirs: Code<'_>, ours: Code<'_>| shape(theirs.text) == shape(ours.text);
        self.take_out_renamed(is_near);
        self.pair_off(report, is_near);
        self.take_out_renamed(is_alike);
        // One alone on either side took the other's place, be it a word of the language or other code of the page.
        let reference = self.documents[0];
        let is_known = |code: &Code<'d>| all_code(reference).any(|other| has_token(other, code.text.trim()));
        if let ([theirs], [ours]) = (self.reference.as_slice(), self.translation.as_slice())
            && is_known(ours)
        {
            // `import type` for `type` says more, and nothing else.
            if !has_token(ours.text, theirs.text.trim()) {
                tell(*theirs, *ours, self.documents, report);
            }
            return;
        }
        self.translation.retain(|ours| !is_known(ours));
        if self.reference.len() == self.translation.len() {
            self.pair_off(report, |theirs, ours| {
                let are_names = is_kebab(theirs.text) && is_kebab(ours.text);
                ((is_keyword(theirs.text) && is_word(ours.text) && !are_names)
                    || is_translated_path(theirs.text, ours.text))
                    && is_alike(theirs, ours)
            });
        }
    }

    /// Takes out what both sides have.
    fn take_out(&mut self, is_same: impl Fn(&str, &str) -> bool) {
        let reference = &mut self.reference;
        self.translation.retain(|ours| {
            let same = reference.iter().position(|theirs| is_same(theirs.text, ours.text));
            same.map(|same| reference.remove(same)).is_none()
        });
    }

    /// Takes out the pairs that go together and are names which the translation changed throughout.
    fn take_out_renamed(&mut self, goes: impl Fn(Code<'_>, Code<'_>) -> bool) {
        for ours in std::mem::take(&mut self.translation) {
            let renamed = |theirs: &Code<'d>| goes(*theirs, ours) && self.is_renamed(*theirs, ours);
            match self.reference.iter().position(renamed) {
                Some(at) => drop(self.reference.remove(at)),
                None => self.translation.push(ours),
            }
        }
    }

    /// Tells the pairs that `goes` together, the first of each.
    fn pair_off(&mut self, report: &mut Report, goes: impl Fn(Code<'d>, Code<'d>) -> bool) {
        let mut at = 0;
        while at < self.translation.len() {
            let ours = self.translation[at];
            match self.reference.iter().position(|theirs| goes(*theirs, ours)) {
                Some(found) => {
                    let theirs = self.reference.remove(found);
                    self.translation.remove(at);
                    tell(theirs, ours, self.documents, report);
                }
                None => at += 1,
            }
        }
    }

    /// Does the translation call it so in all of its code blocks, or in all of its code?
    fn is_renamed(&self, theirs: Code<'d>, ours: Code<'d>) -> bool {
        let whole = (theirs.text.trim(), ours.text.trim());
        let (theirs, ours) = differing_word(theirs.text, ours.text).unwrap_or(whole);
        let [reference, page] = self.documents;
        if all_code(reference).any(|text| has_token(text, ours)) {
            return false;
        }
        let is_near = is_near_miss(theirs, ours);
        let name = if ours.is_ascii() { ours } else { ours.trim_start_matches('/') };
        let in_blocks = page.code_blocks().flat_map(str::lines).filter(|line| has_token(line, name)).take(2).count();
        // A slip is hardly made twice.
        if in_blocks > usize::from(is_near) {
            return true;
        }
        if all_code(page).any(|text| has_token(text, theirs)) {
            return false;
        }
        let times = page.code_spans().filter(|text| has_token(text, ours)).count();
        in_blocks > 0 || (times >= if is_near { 2 } else { 3 } && edits(theirs, ours, 1).is_none())
    }

    /// Two code spans of the reference that have no blank between them any more.
    fn glued(&self, ours: Code<'d>) -> Option<Code<'d>> {
        let (first, second) = ours.text.split_once("``")?;
        let is_code = |part: &str| self.reference.iter().copied().find(|theirs| is_same(theirs.text, part));
        is_code(first.trim()).filter(|_| is_code(second.trim()).is_some())
    }
}

fn all_code<'d>(document: &'d Document<'_>) -> impl Iterator<Item = &'d str> {
    document.code_blocks().chain(document.code_spans())
}

fn codes<'d>(inlines: Vec<(InlineId, &'d Inline<'_>)>) -> Vec<Code<'d>> {
    let code = |(inline, node): (InlineId, &'d Inline<'_>)| match &node.kind {
        InlineKind::Code(text) if !text.trim().is_empty() && !is_marked(text) => Some(Code { inline, text }),
        _ => None,
    };
    inlines.into_iter().filter_map(code).collect()
}

/// How often words hold a name that is marked as code elsewhere.
fn times(words: &str, code: &Code<'_>) -> usize {
    let code = code.text.trim();
    words.match_indices(code).filter(|(at, _)| is_token(words, *at, code)).take(64).count()
}

/// The words of some units, without the code in them.
fn words(units: &[Unit], document: &Document<'_>) -> String {
    let mut words = String::new();
    for unit in units {
        let block = document.blocks[unit.text].span;
        let mut from = block.start;
        let inlines = document.inlines[unit.inlines.clone()].iter();
        let code = inlines.filter(|inline| matches!(inline.kind, InlineKind::Code(_)));
        for span in code.map(|inline| inline.span).filter(|span| span.start >= block.start && span.end <= block.end) {
            words.push_str(document.source.slice(Span { start: from.min(span.start), end: span.start }));
            words.push(' ');
            from = span.end;
        }
        words.push_str(document.source.slice(Span { start: from, end: block.end.max(from) }));
        words.push('\n');
    }
    words
}

/// Code that one passage lost and another gained moved with its sentence.
fn take_out_moved(sides: &mut [Sides<'_>]) {
    fn texts<'d>(sides: &[Sides<'d>], side: impl Fn(&Sides<'d>) -> Vec<&'d str>) -> HashSet<&'d str> {
        sides.iter().flat_map(side).collect()
    }
    let lost = texts(sides, |sides| sides.reference.iter().map(|code| code.text).collect());
    let gained = texts(sides, |sides| sides.translation.iter().map(|code| code.text).collect());
    for sides in sides {
        sides.reference.retain(|code| !gained.contains(code.text));
        sides.translation.retain(|code| !lost.contains(code.text));
    }
}

fn tell(theirs: Code<'_>, ours: Code<'_>, [reference, translation]: [&Document<'_>; 2], report: &mut Report) {
    let (here, there) = (translation.inlines[ours.inline].span, reference.inlines[theirs.inline].span);
    let (x, y) = (ours.text.trim(), theirs.text.trim());
    if is_other_form(y, x) || is_mended(y, x, reference) {
        return;
    }
    let is_spoilt = is_spoilt(y, x);
    let message = if is_spoilt {
        format!("the code `{x}` has other signs or blanks than the reference's `{y}`")
    } else {
        format!("the code `{x}` is `{y}` in the reference")
    };
    let finding = report.at(here, message);
    finding.label("other code").reference(there, "the reference's code").value(ours.text);
    finding.help(format!("write `{y}`, and explain it outside of the code if need be"));
    let is_slip = is_spoilt || is_near_miss(y, x);
    if is_slip {
        finding.slip();
    }
    let sure = if is_slip && !differ_in_numbers(x, y) { Applicability::Safe } else { Applicability::Unsafe };
    // Code that goes on in the next line of the reference does not do so here.
    let written = reference.source.slice(there).split_whitespace().collect::<Vec<_>>();
    let is_broken = reference.source.slice(there).contains('\n');
    let text = if is_broken { written.join(" ") } else { reference.source.slice(there).to_owned() };
    finding.fix(sure, format!("write `{y}`"), here, text);
}

/// One name: as a call or not, with what it belongs to or without, with a blank or a sign before its value.
fn is_other_form(theirs: &str, ours: &str) -> bool {
    let plain = |code: &str| code.trim_end_matches("()").replace('=', " ");
    let ends = |long: &str, short: &str| {
        let rest = long.strip_suffix(short).and_then(|rest| rest.strip_suffix('.')).unwrap_or_default();
        !rest.is_empty() && rest.chars().all(|char| char.is_alphanumeric() || "_.".contains(char))
    };
    plain(theirs) == plain(ours) || ends(theirs, ours) || ends(ours, theirs)
}

/// Does the reference's own code have what the translation writes, and not what its sentence says?
fn is_mended(theirs: &str, ours: &str, reference: &Document<'_>) -> bool {
    let is_there = |text: &str| reference.code_blocks().any(|code| has_token(code, text));
    is_there(ours) && !is_there(theirs)
}

fn tell_glued(first: Code<'_>, ours: Code<'_>, [reference, translation]: [&Document<'_>; 2], report: &mut Report) {
    let (here, there) = (translation.inlines[ours.inline].span, reference.inlines[first.inline].span);
    let finding = report.at(here, format!("two pieces of code became one: `{}`", ours.text.trim()));
    finding.label("shown as one, with its backquotes").reference(there, "the first of them").slip();
    finding.help("put a blank or a word between the two");
}
