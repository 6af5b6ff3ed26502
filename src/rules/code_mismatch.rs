//! `code-mismatch`: a code block that is not the reference's any more.

use std::cell::LazyCell;
use std::ops::Range;

use foldhash::HashSet;
use serde::Deserialize;

use super::words::{is_marked, quoted};
use crate::align::Bitext;
use crate::code::{self, Change, Line, Token, Vocabulary};
use crate::diagnostic::Applicability;
use crate::document::{BlockId, BlockKind, Document};
use crate::locale::Locale;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;
use crate::text::{differ_in_numbers, edits};

pub(super) const RULE: Builtin = Builtin {
    id: "code-mismatch",
    kind: Kind::Comparative(Subject::Code),
    yaml: include_str!("../../rules/code-mismatch.yaml"),
    load: load::<CodeMismatch>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeMismatch {}

impl Check for CodeMismatch {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable().filter(|comparison| comparison.reference.has_prose) else { return };
        let documents = [comparison.reference, bitext.translation];
        let [theirs, ours] = documents.map(|document| document.code_blocks().chain(document.code_spans()));
        let vocabulary = LazyCell::new(|| Vocabulary::of(theirs, ours).into_language(bitext.language()));
        let mut told = HashSet::default();
        for passage in comparison.passages() {
            let ([theirs], [ours]) = (passage.reference.as_slice(), passage.translation.as_slice()) else { continue };
            let (Some((language, reference)), Some((_, translation))) =
                (documents[0].code_block(theirs.block), documents[1].code_block(ours.block))
            else {
                continue;
            };
            // Markers are told as such; what stands elsewhere on the other side was put beside the wrong one.
            let is_elsewhere = |text: &str, here: usize, there: usize| {
                let n = count(documents[there], text);
                n > 0 && n >= count(documents[here], text)
            };
            if reference == translation
                || is_marked(translation)
                || is_elsewhere(translation, 1, 0)
                || is_elsewhere(reference, 0, 1)
            {
                continue;
            }
            let said = language;
            let language = code::language(said, reference);
            let sides = [code::lines(reference, language), code::lines(translation, language)];
            let blocks = [theirs.block, ours.block];
            let pair = Pair {
                documents,
                blocks,
                sides: [&sides[0], &sides[1]],
                texts: [reference, translation],
                is_prose: code::is_prose(said),
            };
            let mut changes = code::compare(&sides[0], &sides[1], &vocabulary).unwrap_or_default();
            let is_of_locale = pair.is_of_locale(bitext.language());
            changes.retain(|change| !pair.is_in_neighbour(change) && (!is_of_locale || pair.is_slip(change)));
            pair.tell(&changes, &mut told, report);
        }
    }
}

/// How often a document has a block of code.
fn count(document: &Document<'_>, text: &str) -> usize {
    document.code_blocks().filter(|other| other.trim() == text.trim()).count()
}

/// Code on one line in backquotes: it has quotes of its own.
fn shown(code: &str) -> String {
    let quoted = quoted(code);
    format!("`{}`", quoted.strip_prefix('“').and_then(|code| code.strip_suffix('”')).unwrap_or(code))
}

/// Hunks of one block that are told one by one.
const MOST: usize = 3;

/// Two blocks of code.
struct Pair<'d> {
    documents: [&'d Document<'d>; 2],
    blocks: [BlockId; 2],
    sides: [&'d [Line<'d>]; 2],
    texts: [&'d str; 2],
    /// Words for people stand anywhere in it.
    is_prose: bool,
}

impl Pair<'_> {
    fn tell(&self, changes: &[Change], told: &mut HashSet<String>, report: &mut Report) {
        if changes.len() > MOST {
            let finding =
                report.at(self.place(1, &changes[0].translation), "this code is not the reference's in several places");
            finding.label("the first of them").reference(self.place(0, &changes[0].reference), "the reference's code");
            return;
        }
        for change in changes {
            let (here, there) = (self.place(1, &change.translation), self.place(0, &change.reference));
            let message = self.message(change);
            // One word that was changed throughout a page is one change.
            if change.words.is_some() && !told.insert(message.clone()) {
                continue;
            }
            let finding = report.at(here, message);
            let label = if change.translation.is_empty() { "should follow here" } else { "other code" };
            finding.label(label).reference(there, "the reference's code");
            finding.value(self.text(1, &change.translation));
            if self.is_prose && self.has_own_letters(change) {
                finding.minor();
            }
            if self.is_slip(change) {
                finding.slip();
                if let Some((place, theirs)) = self.slip(change) {
                    finding.fix(Applicability::Safe, format!("write `{theirs}`"), place, theirs);
                }
            }
        }
    }

    /// Does what differs have letters that the reference's code has not: words of the reader's language?
    fn has_own_letters(&self, change: &Change) -> bool {
        let text = |side: usize, lines: &Range<usize>| match &change.words {
            Some(words) => self.texts[side][words[side].clone()].to_owned(),
            None => self.text(side, lines),
        };
        !text(1, &change.translation).is_ascii() && text(0, &change.reference).is_ascii()
    }

    /// Lines that one side has in a block of their own beside this one: a command apart from what it prints.
    fn is_in_neighbour(&self, change: &Change) -> bool {
        let (side, lines) = match (change.reference.is_empty(), change.translation.is_empty()) {
            (false, true) => (0, &change.reference),
            (true, false) => (1, &change.translation),
            _ => return false,
        };
        let is_at_edge = lines.start == 0 || lines.end == self.sides[side].len();
        let (other, block) = (self.documents[1 - side], self.blocks[1 - side]);
        let code = |block: usize| other.code_block(block).map(|(_, text)| text);
        let before = (0..block).rev().find_map(code);
        let neighbours = before.into_iter().chain((block + 1..other.blocks.len()).find_map(code));
        let text = self.text(side, lines);
        let has_all = |code: &str| text.lines().all(|line| code.lines().any(|other| other.trim() == line));
        is_at_edge && neighbours.into_iter().any(has_all)
    }

    /// Does the translation's code name the reader's own locale, and the reference's not? An example of a site in several
    /// languages is made for the reader's.
    fn is_of_locale(&self, language: Option<&str>) -> bool {
        let Some(own) = language.and_then(Locale::parse).filter(Locale::is_telling) else { return false };
        let is_own = |token: &Token<'_>| {
            let tag = Locale::parse(token.text.trim_matches(['"', '\'']));
            tag.is_some_and(|tag| tag.language() == own.language())
        };
        let names = |side: usize| self.sides[side].iter().flat_map(|line| &line.tokens).any(is_own);
        names(1) && !names(0)
    }

    /// A letter or two of one word, rather than code that was written anew.
    fn is_slip(&self, change: &Change) -> bool {
        let words =
            change.words.as_ref().map(|[there, here]| (&self.texts[0][there.clone()], &self.texts[1][here.clone()]));
        words.is_some_and(|(theirs, ours)| {
            theirs.len() > 3 && theirs.contains(char::is_alphabetic) && edits(theirs, ours, 2).is_some()
        })
    }

    /// Where the translation's word stands, the only one of its line, and the reference's.
    fn slip(&self, change: &Change) -> Option<(Span, &str)> {
        let [there, here] = change.words.as_ref()?;
        let (theirs, ours) = (&self.texts[0][there.clone()], &self.texts[1][here.clone()]);
        if differ_in_numbers(theirs, ours) {
            return None;
        }
        let line = self.place(1, &change.translation);
        let text = self.documents[1].source.slice(line);
        let at = text.find(ours).filter(|_| text.matches(ours).count() == 1)? + line.start as usize;
        Some((Span::new(at..at + ours.len()), theirs))
    }

    fn message(&self, change: &Change) -> String {
        let are =
            |n: usize| if n == 1 { "a line of this code is".to_owned() } else { format!("{n} lines of this code are") };
        match (&change.words, change.reference.len(), change.translation.len()) {
            (_, n, 0) => format!("{} missing", are(n)),
            (_, 0, n) => format!("{} not in the reference", are(n)),
            (Some([theirs, ours]), ..) => {
                let (theirs, ours) = (&self.texts[0][theirs.clone()], &self.texts[1][ours.clone()]);
                match (theirs, ours) {
                    (theirs, "") => format!("{} is missing in this code", shown(theirs)),
                    ("", ours) => format!("{} in this code is not in the reference", shown(ours)),
                    _ => format!("{} in this code is {} in the reference", shown(ours), shown(theirs)),
                }
            }
            (None, ..) => "this code is not the reference's".to_owned(),
        }
    }

    /// The lines of a change on one side: in the file, from the first letter to the last one.
    fn place(&self, side: usize, lines: &std::ops::Range<usize>) -> Span {
        let all = self.sides[side];
        let (first, last) = match (all.get(lines.start), lines.is_empty()) {
            (Some(first), false) => (first.number, all[lines.end - 1].number),
            // What is missing stands behind the line before.
            _ => match lines.start.checked_sub(1).and_then(|before| all.get(before)) {
                Some(before) => return self.line(side, before.number).after(),
                None => return Span::at(self.line(side, 0).start as usize),
            },
        };
        Span { start: self.line(side, first).start, end: self.line(side, last).end }
    }

    /// A line of the block by its number.
    fn line(&self, side: usize, number: usize) -> Span {
        let (document, block) = (self.documents[side], &self.documents[side].blocks[self.blocks[side]]);
        let is_fenced = matches!(block.kind, BlockKind::Code { fenced: true, .. });
        let text = document.source.slice(block.span);
        let mut at = block.span.start as usize;
        for (n, line) in text.split_inclusive('\n').enumerate() {
            if n == number + usize::from(is_fenced) {
                let trimmed = line.trim();
                let start = at + line.len() - line.trim_start().len();
                return Span::new(start..start + trimmed.len());
            }
            at += line.len();
        }
        block.span.after()
    }

    fn text(&self, side: usize, lines: &Range<usize>) -> String {
        let numbers: Vec<usize> = self.sides[side][lines.clone()].iter().map(|line| line.number).collect();
        let all = self.texts[side].lines().enumerate().filter(|(number, _)| numbers.contains(number));
        all.map(|(_, line)| line.trim()).collect::<Vec<_>>().join("\n")
    }
}
