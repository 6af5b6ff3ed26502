//! `untranslated`: passages that are still in the reference's language.

use std::borrow::Borrow;
use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::HashMap;
use serde::Deserialize;

use super::prose::{Word, pieces, words_of};
use super::set_apart::{is_in_link, is_set_apart};
use super::small_words::{Small, SmallWords};
use super::words::quoted;
use crate::align::{Bitext, Comparison, Passage, Unit};
use crate::document::{BlockId, BlockKind, Document};
use crate::locale::writes_latin;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;
use crate::text::is_dense;

pub(super) const RULE: Builtin = Builtin {
    id: "untranslated",
    kind: Kind::Absolute(Subject::Words),
    yaml: include_str!("../../rules/untranslated.yaml"),
    load: load::<Untranslated>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Untranslated {
    /// By language: the small words that tell it, with those that other languages have as well behind them.
    words: BTreeMap<String, SmallWords>,
    /// Parts of the names of components that show what a program prints.
    printed: Vec<String>,
    /// What generators write into the pages that they make, in small letters.
    generated: Vec<String>,
}

impl Check for Untranslated {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let (Some(own), Some(theirs)) = (bitext.language(), bitext.reference_language()) else { return };
        let Some(small) = self.words.get(theirs).filter(|_| own != theirs) else { return };
        let document = bitext.translation;
        let finder = Finder { small, writes_latin: writes_latin(own), printed: &self.printed };
        let beside_reference = bitext.source_document().is_some_and(|reference| reference.has_prose);
        let found = match bitext.comparable() {
            Some(comparison) if beside_reference => finder.beside(comparison, document),
            _ if bitext.source_document().is_some() => return,
            _ => finder.alone(document),
        };
        // A page that no reference or sister page belongs to was perhaps never meant to be a translation.
        if bitext.comparison.is_none() && !found.is_empty() && share(&found, document) > OWN {
            return;
        }
        let is_generated = !found.is_empty() && self.is_generated(bitext);
        let told = report.findings.len();
        tell(&found, theirs, bitext, report);
        if is_generated {
            report.findings[told..].iter_mut().for_each(|finding| {
                finding.minor();
            });
        }
    }
}

impl Untranslated {
    /// Was the reference written by a program, to be left as it is until somebody teaches that another language?
    fn is_generated(&self, bitext: &Bitext<'_>) -> bool {
        let Some(reference) = bitext.source_document() else { return false };
        let text = reference.source.file_text().to_lowercase();
        self.generated.iter().any(|words| text.contains(words.as_str()))
    }
}

/// Words in the reference's language, and where the reference has them.
struct Found {
    place: Span,
    reference: Option<Span>,
    words: usize,
}

/// Looks for words of one language.
struct Finder<'r> {
    small: &'r SmallWords,
    /// The translation's language is written in Latin letters.
    writes_latin: bool,
    printed: &'r [String],
}

/// Fewer words than these are a name or a title, unless they are a sentence.
const FEWEST: usize = 6;
/// So many sure words make a sentence foreign without its counterpart, where letters do not tell.
const SURE: usize = 3;
/// Fewer are never told.
const SENTENCE: usize = 4;

impl Finder<'_> {
    /// Runs of words that a passage of the reference has too.
    fn beside(&self, comparison: &Comparison<'_>, translation: &Document<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        for passage in comparison.passages() {
            self.beside_passage(passage, comparison.reference, translation, &mut found);
        }
        found
    }

    fn beside_passage(
        &self,
        passage: &Passage,
        reference: &Document<'_>,
        translation: &Document<'_>,
        found: &mut Vec<Found>,
    ) {
        if !passage.translation.iter().all(|unit| is_prose(translation, unit)) {
            return;
        }
        let all = || passage.reference.iter().flat_map(|unit| pieces(reference, unit));
        let theirs = LazyCell::new(|| Indexed::new(all().flat_map(|piece| words_of(reference, piece)).collect()));
        let pieces = passage.translation.iter().flat_map(|unit| pieces(translation, unit));
        for piece in pieces {
            // Most passages have none of the words that would tell.
            if !self.may_hold(translation.source.slice(translation.blocks[piece].span), 1) {
                continue;
            }
            let ours = words_of(translation, piece);
            if !ours.iter().any(|word| self.may_tell(word.text)) {
                continue;
            }
            let mut at = 0;
            while at < ours.len() {
                let Some((there, length)) = theirs.longest_run(&ours, at) else {
                    at += 1;
                    continue;
                };
                let run = at..at + length;
                at = run.end;
                let some = &ours[run.clone()];
                let is_apart = |words: &[Word<'_>]| is_set_apart(translation, piece, words, self.printed);
                let is_fence = || translation.source.slice(translation.blocks[piece].span).contains("```");
                if self.is_left(&ours, &run)
                    && !is_fence()
                    && !is_apart(some)
                    && !is_apart(quotation(some, translation))
                {
                    let there = theirs.span(there..there + length);
                    let place = Span { start: some[0].span.start, end: some[length - 1].span.end };
                    found.push(Found { place, reference: Some(there), words: length });
                }
            }
        }
    }

    fn may_tell(&self, word: &str) -> bool {
        self.small.kind(word).is_some_and(|kind| kind == Small::Sure || !self.writes_latin)
    }

    /// May a text have so many words that tell?
    fn may_hold(&self, text: &str, least: usize) -> bool {
        let (sure, also) = self.small.at_most(text);
        sure >= least || (!self.writes_latin && also > 0)
    }

    /// Is a run of words that the reference has too more than a name?
    fn is_left(&self, words: &[Word<'_>], run: &Range<usize>) -> bool {
        let some = &words[run.clone()];
        let is_everything = run.len() == words.len() && self.count(some).0 > 0 && plain(some) > 2;
        is_everything
            || (self.is_of_language(some) && is_whole(words, run))
            || (!self.writes_latin && self.is_surely_foreign(some))
    }

    /// Sentences that can only be the reference's, where the reference itself is not known.
    fn alone(&self, document: &Document<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        for (block, kind) in document.blocks.iter().enumerate() {
            if !matches!(kind.kind, BlockKind::Paragraph | BlockKind::Heading { .. }) {
                continue;
            }
            if !self.may_hold(document.source.slice(kind.span), if self.writes_latin { SURE } else { 1 }) {
                continue;
            }
            let all = words_of(document, block);
            let runs = if self.writes_latin { sentences(&all) } else { latin_runs(&all, document) };
            for run in runs {
                let some = &all[run];
                // The title of a page that is there in no other language says nothing.
                let outside =
                    || some.iter().filter(|word| !is_in_link(document, block, word)).collect::<Vec<&Word<'_>>>();
                let is_told = if self.writes_latin {
                    self.count(some).0 >= SURE && self.is_surely_foreign(&outside())
                } else {
                    self.is_surely_foreign(some)
                };
                if is_told && !is_set_apart(document, block, some, self.printed) {
                    let place = Span { start: some[0].span.start, end: some[some.len() - 1].span.end };
                    found.push(Found { place, reference: None, words: some.len() });
                }
            }
        }
        found
    }

    fn count<'w>(&self, words: &[impl Borrow<Word<'w>>]) -> (usize, usize) {
        self.small.count(words.iter().map(|word| word.borrow().text))
    }

    /// Words that a passage of the reference has as well, and that are no names.
    fn is_of_language(&self, words: &[Word<'_>]) -> bool {
        let (sure, also) = self.count(words);
        let is_list = words.len() > 12 && (sure + also) * 8 < words.len();
        let is_enough = if self.writes_latin {
            sure >= 2 || (sure == 1 && also >= 2)
        } else {
            sure + also >= 2 || words.len() >= FEWEST
        };
        is_enough && sure + also > 0 && !is_list && !self.is_title(words)
    }

    /// Nothing but its smallest words starts with a small letter: `Rules of the Road`.
    fn is_title(&self, words: &[Word<'_>]) -> bool {
        let is_small = |word: &str| self.small.kind(word).is_some();
        let is_large = |word: &&Word<'_>| word.text.starts_with(char::is_uppercase);
        let has_more = words.iter().any(|word| word.text.starts_with(char::is_lowercase) && !is_small(word.text));
        !has_more && words.iter().filter(is_large).count() > 1
    }

    fn is_surely_foreign<'w>(&self, words: &[impl Borrow<Word<'w>>]) -> bool {
        let (sure, also) = self.count(words);
        if self.writes_latin {
            words.len() >= FEWEST && sure >= SURE && (sure + also) * 4 >= words.len()
        } else {
            let plain = plain(words);
            words.len() > SENTENCE && plain >= 3 && plain * 2 >= words.len() && sure + also >= 1
        }
    }
}

/// Words without the number before a quotation.
fn quotation<'w, 't>(words: &'w [Word<'t>], document: &Document<'_>) -> &'w [Word<'t>] {
    let numbers = words.iter().take_while(|word| !word.text.contains(char::is_alphabetic)).count();
    let (Some(last), Some(first)) = (numbers.checked_sub(1).map(|last| &words[last]), words.get(numbers)) else {
        return words;
    };
    let between = document.source.slice(Span { start: last.span.end, end: first.span.start });
    if between.contains(['"', '“', '„', '«', '「', '\'']) { &words[numbers..] } else { words }
}

/// Words that are no names, numbers or signs.
fn plain<'w>(words: &[impl Borrow<Word<'w>>]) -> usize {
    let is_plain = |word: &str| {
        word.starts_with(char::is_lowercase) && word.len() > 1 && !word.contains(|char: char| char.is_ascii_digit())
    };
    words.iter().filter(|word| is_plain((*word).borrow().text)).count()
}

fn is_prose(document: &Document<'_>, unit: &Unit) -> bool {
    let kind = |block: BlockId| &document.blocks[block].kind;
    !matches!(kind(unit.block), BlockKind::Code { .. } | BlockKind::Html | BlockKind::Rule)
}

/// Words with the places of each run of as many as are told at least.
struct Indexed<'t> {
    words: Vec<Word<'t>>,
    places: HashMap<[&'t str; SENTENCE], Vec<usize>>,
}

impl<'t> Indexed<'t> {
    /// Of what stands there more often than this, the first places are looked at.
    const PLACES: usize = 32;

    fn new(words: Vec<Word<'t>>) -> Self {
        let mut places: HashMap<[&str; SENTENCE], Vec<usize>> = HashMap::default();
        for (at, some) in words.windows(SENTENCE).enumerate() {
            let known = places.entry(std::array::from_fn(|at| some[at].text)).or_default();
            if known.len() < Self::PLACES {
                known.push(at);
            }
        }
        Self { words, places }
    }

    /// The longest run of words at a place of ours that stands here too, and where.
    fn longest_run(&self, ours: &[Word<'_>], at: usize) -> Option<(usize, usize)> {
        let some = ours.get(at..at + SENTENCE)?;
        let first: [&str; SENTENCE] = std::array::from_fn(|at| some[at].text);
        let run = |there: &usize| {
            let pairs = self.words[*there..].iter().zip(&ours[at..]);
            (*there, pairs.take_while(|(a, b)| a.text == b.text).count())
        };
        self.places.get(&first)?.iter().map(run).max_by_key(|(there, length)| (*length, std::cmp::Reverse(*there)))
    }

    fn span(&self, words: Range<usize>) -> Span {
        let some = &self.words[words];
        Span { start: some[0].span.start, end: some[some.len() - 1].span.end }
    }
}

/// A whole sentence, or so much of one that it is no name.
fn is_whole(words: &[Word<'_>], run: &Range<usize>) -> bool {
    let is_sentence = words[run.start].starts && words.get(run.end).is_none_or(|next| next.starts);
    is_sentence || run.len() >= FEWEST
}

fn sentences(words: &[Word<'_>]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = (0..words.len()).filter(|at| words[*at].starts).collect();
    starts.push(words.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// Words in Latin letters with nothing but blanks and signs between them.
fn latin_runs(words: &[Word<'_>], document: &Document<'_>) -> Vec<Range<usize>> {
    let is_latin =
        |word: &Word<'_>| word.text.chars().all(|char| char.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&char));
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| is_latin(word)) {
        let between = |last: &Range<usize>| {
            let gap = Span { start: words[last.end - 1].span.end, end: word.span.start };
            document.source.slice(gap).chars().any(|char| is_dense(char) || "(（/|".contains(char))
        };
        match runs.last_mut() {
            Some(last) if last.end == at && !between(last) => last.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The share of a page's words, in percent, from which on it is told as a whole.
const PAGE: usize = 80;

/// The same share from which on a page that belongs to no other is one in that language.
const OWN: usize = 10;

fn is_whole_page(found: &[Found], document: &Document<'_>) -> bool {
    found.len() > 3 && share(found, document) > PAGE
}

/// The share of a page's words that was found, in percent.
fn share(found: &[Found], document: &Document<'_>) -> usize {
    let has_words = |block: &BlockId| {
        matches!(document.blocks[*block].kind, BlockKind::Paragraph | BlockKind::Heading { .. } | BlockKind::Cell)
    };
    let all: usize = (0..document.blocks.len()).filter(has_words).map(|block| words_of(document, block).len()).sum();
    found.iter().map(|one| one.words).sum::<usize>() * 100 / all.max(1)
}

/// Passages of a page that are told one by one.
const MOST: usize = 20;

fn tell(found: &[Found], language: &str, bitext: &Bitext<'_>, report: &mut Report) {
    let document = bitext.translation;
    if let Some(first) = found.first().filter(|_| is_whole_page(found, document)) {
        let finding = report.at(first.place, format!("this page is still in the reference's language, `{language}`"));
        finding.label("from here on").help("translate it, or take it out until somebody does");
        return;
    }
    if let Some(first) = found.first().filter(|_| found.len() > MOST) {
        let message = format!("many passages of this page are still in the reference's language, `{language}`");
        let finding = report.at(first.place, message);
        finding.label("the first of them");
        return;
    }
    let mut last = None;
    for one in found {
        // Several runs of one passage are one cause.
        let passage = document.blocks.partition_point(|block| block.span.start <= one.place.start);
        if last.replace(passage) == Some(passage) {
            continue;
        }
        let words = document.source.slice(one.place).replace("**", "");
        let finding = report.at(one.place, format!("{} is in the reference's language, `{language}`", quoted(&words)));
        finding.label("not translated");
        if let Some(there) = one.reference {
            finding.reference(there, "the same words");
            if bitext.is_boilerplate(there) {
                finding.minor();
            }
        }
    }
}
