//! Two blocks of code beside each other.

use std::collections::HashMap;
use std::ops::Range;

use super::lexer::{Line, Token, TokenKind};
use crate::pairing::{self, NEVER};
use crate::text::edits;

/// Lines that differ, in places of the two lists of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The reference's lines; empty where they are only in the translation.
    pub reference: Range<usize>,
    /// The translation's lines; empty where they are only in the reference.
    pub translation: Range<usize>,
    /// What differs in a line of each, in bytes of the two blocks.
    pub words: Option<[Range<usize>; 2]>,
}

/// The differences that no translation explains. `None` where the two have too little in common to be one block.
pub fn compare(reference: &[Line<'_>], translation: &[Line<'_>], vocabulary: &Vocabulary<'_>) -> Option<Vec<Change>> {
    if !is_one_block(reference, translation, vocabulary) {
        return None;
    }
    let same = common(reference, translation);
    let mut changes = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (r, t) in same.into_iter().chain([(reference.len(), translation.len())]) {
        if i < r || j < t {
            changes.extend(differing(reference, translation, i..r, j..t, vocabulary));
        }
        (i, j) = (r + 1, t + 1);
    }
    Some(changes)
}

/// Do the two share most of their words?
fn is_one_block(reference: &[Line<'_>], translation: &[Line<'_>], vocabulary: &Vocabulary<'_>) -> bool {
    fn words<'l, 't>(lines: &'l [Line<'t>]) -> impl Iterator<Item = &'t str> + use<'l, 't> {
        let is_word = |token: &&Token<'t>| matches!(token.kind, TokenKind::Word | TokenKind::Number);
        lines.iter().flat_map(|line| &line.tokens).filter(is_word).map(|token| token.text)
    }
    let (theirs, mut ours): (Vec<&str>, Vec<&str>) = (words(reference).collect(), words(translation).collect());
    let all = theirs.len().max(ours.len());
    ours.sort_unstable();
    let mut shared = 0;
    for word in theirs {
        let near = || {
            let goes = |other: &&str| vocabulary.is_renamed(word, other) || (all <= 4 && is_slip(word, other));
            if all <= 64 { ours.iter().position(goes) } else { None }
        };
        if let Some(at) = ours.binary_search(&word).ok().or_else(near) {
            ours.remove(at);
            shared += 1;
        }
    }
    shared * 2 >= all
}

/// Lines that are the same, as many as there can be.
fn common(reference: &[Line<'_>], translation: &[Line<'_>]) -> Vec<(usize, usize)> {
    let is_same = |i: usize, j: usize| {
        let (a, b) = (&reference[i].tokens, &translation[j].tokens);
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_equal(a, b))
    };
    let start = (0..reference.len().min(translation.len())).take_while(|at| is_same(*at, *at)).count();
    let shorter = reference.len().min(translation.len()) - start;
    let end = (1..=shorter).take_while(|at| is_same(reference.len() - at, translation.len() - at)).count();
    let (n, m) = (reference.len() - start - end, translation.len() - start - end);
    let between = pairing::pairs(n, m, |i, j| if is_same(start + i, start + j) { 1.0 } else { NEVER });
    let between = between.into_iter().map(|(i, j)| (start + i, start + j));
    let after = (1..=end).rev().map(|at| (reference.len() - at, translation.len() - at));
    (0..start).map(|at| (at, at)).chain(between).chain(after).collect()
}

fn is_equal(a: &Token<'_>, b: &Token<'_>) -> bool {
    a.kind == b.kind && (a.text == b.text || (a.kind == TokenKind::Quoted && inside(a) == inside(b)))
}

/// A key or path without its quotes, of which there are several kinds.
fn inside<'t>(token: &Token<'t>) -> &'t str {
    token.text.trim_matches(['"', '\'', '`'])
}

/// How often each word stands in the code of either side.
#[derive(Debug, Default)]
pub struct Vocabulary<'t> {
    reference: HashMap<&'t str, usize>,
    translation: HashMap<&'t str, usize>,
}

impl<'t> Vocabulary<'t> {
    /// Counts the words of all code of the two sides.
    pub fn of(reference: impl Iterator<Item = &'t str>, translation: impl Iterator<Item = &'t str>) -> Self {
        fn count<'t>(texts: impl Iterator<Item = &'t str>) -> HashMap<&'t str, usize> {
            let mut counts = HashMap::new();
            let words = texts.flat_map(|text| text.split(is_sign)).filter(|word| !word.is_empty());
            words.for_each(|word| *counts.entry(word).or_default() += 1);
            counts
        }
        Self { reference: count(reference), translation: count(translation) }
    }

    /// Is that a name which the translation calls otherwise, all the time? One that is there once may be a slip.
    fn is_renamed(&self, old: &str, new: &str) -> bool {
        let times = self.translation.get(new).copied().unwrap_or_default();
        let enough = if is_slip(old, new) { 3 } else { 2 };
        times >= enough && !self.translation.contains_key(old) && !self.reference.contains_key(new)
    }

    fn agree(&self, a: &Token<'_>, b: &Token<'_>) -> bool {
        if is_equal(a, b) {
            return true;
        }
        match (a.kind, b.kind) {
            // Letters beyond ASCII are a name in the reader's language.
            (TokenKind::Word, TokenKind::Word) if !b.text.is_ascii() && a.text.is_ascii() => true,
            (TokenKind::Word, TokenKind::Word) => {
                let are_constants = is_constant(a.text) && is_constant(b.text);
                self.is_renamed(a.text, b.text) || (are_constants && !is_slip(a.text, b.text))
            }
            (TokenKind::Quoted, TokenKind::Quoted) => {
                !(is_code(inside(a)) && is_code(inside(b)) && is_slip(a.text, b.text))
                    || self.agree_inside(inside(a), inside(b))
            }
            _ => false,
        }
    }

    /// Paths whose pieces are the same but for names that are other ones throughout.
    fn agree_inside(&self, a: &str, b: &str) -> bool {
        let (mut x, mut y) = (a.split(is_sign), b.split(is_sign));
        loop {
            match (x.next(), y.next()) {
                (None, None) => return true,
                (Some(old), Some(new)) if old == new || self.is_renamed(old, new) => {}
                _ => return false,
            }
        }
    }
}

fn is_sign(char: char) -> bool {
    !char.is_alphanumeric() && char != '_'
}

/// A key, a path or an identifier, rather than words for people.
fn is_code(quoted: &str) -> bool {
    quoted.is_ascii() && !quoted.contains(char::is_whitespace) && quoted.contains(['/', '.', '_', '@', '-', ':'])
}

/// One letter off, or two in a long word.
fn is_slip(a: &str, b: &str) -> bool {
    a.is_ascii() == b.is_ascii() && edits(a, b, if a.len() < 8 { 1 } else { 2 }).is_some()
}

/// `YOUR_KEY`
fn is_constant(word: &str) -> bool {
    word.len() > 3 && word.chars().all(|char| char.is_ascii_uppercase() || char.is_ascii_digit() || char == '_')
}

/// What of a hunk differs.
fn differing<'t>(
    reference: &[Line<'t>],
    translation: &[Line<'t>],
    r: Range<usize>,
    t: Range<usize>,
    names: &Vocabulary<'_>,
) -> Vec<Change> {
    if r.len() != t.len() {
        // The same code may be broken into lines another way.
        let tokens = |lines: &[Line<'t>]| {
            lines.iter().flat_map(|line| line.tokens.clone()).filter(|token| token.text != ",").collect()
        };
        let [theirs, ours] =
            [&reference[r.clone()], &translation[t.clone()]].map(|lines| Line { number: 0, tokens: tokens(lines) });
        let is_told = difference(&theirs, &ours, names).is_some();
        return if is_told { vec![Change { reference: r, translation: t, words: None }] } else { Vec::new() };
    }
    let mut changes: Vec<Change> = Vec::new();
    for (i, j) in r.zip(t) {
        let Some(words) = difference(&reference[i], &translation[j], names) else { continue };
        match changes.last_mut() {
            Some(last) if last.reference.end == i => {
                (last.reference.end, last.translation.end, last.words) = (i + 1, j + 1, None);
            }
            _ => changes.push(Change { reference: i..i + 1, translation: j..j + 1, words: Some(words) }),
        }
    }
    changes
}

/// What of two lines no translation explains: from the first token that differs to the last one.
fn difference(a: &Line<'_>, b: &Line<'_>, names: &Vocabulary<'_>) -> Option<[Range<usize>; 2]> {
    let (x, y) = (&a.tokens, &b.tokens);
    let start = x.iter().zip(y).take_while(|(a, b)| names.agree(a, b)).count();
    let rest = x.len().min(y.len()) - start;
    let end = x.iter().rev().zip(y.iter().rev()).take(rest).take_while(|(a, b)| names.agree(a, b)).count();
    let (x, y) = ((&x[..start], &x[start..x.len() - end]), (&y[..start], &y[start..y.len() - end]));
    // What is elided is not there.
    let elides = y.1.windows(3).any(|three| three.iter().all(|token| token.text == "."))
        || y.1.iter().any(|token| token.text == "…");
    let is_same = (x.1.is_empty() && y.1.is_empty()) || (elides && x.1.len() > y.1.len()) || is_reordered(x.1, y.1);
    (!is_same).then(|| [place(x), place(y)])
}

/// The same code around words for people, in another order: `'Hello ' + name`.
fn is_reordered(a: &[Token<'_>], b: &[Token<'_>]) -> bool {
    let sorted = |tokens: &[Token<'_>]| {
        let mut texts: Vec<String> =
            tokens.iter().filter(|token| token.kind != TokenKind::Quoted).map(|token| token.text.to_owned()).collect();
        texts.sort_unstable();
        texts
    };
    let has_words = |tokens: &[Token<'_>]| tokens.iter().any(|token| token.kind == TokenKind::Quoted);
    has_words(a) && has_words(b) && sorted(a) == sorted(b)
}

/// Where the tokens of a change stand; behind those before where there are none.
fn place((before, change): (&[Token<'_>], &[Token<'_>])) -> Range<usize> {
    let end = |token: &Token<'_>| token.at + token.text.len();
    match (change.first(), change.last()) {
        (Some(first), Some(last)) => first.at..end(last),
        _ => before.last().map_or(0..0, |last| end(last)..end(last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::lines;

    fn told<'t>(reference: &'t str, translation: &'t str, language: &str) -> Vec<Option<(&'t str, &'t str)>> {
        let changes = compare(
            &lines(reference, language),
            &lines(translation, language),
            &Vocabulary::of([reference].into_iter(), [translation].into_iter()),
        )
        .expect("one block");
        let words = |[theirs, ours]: [Range<usize>; 2]| (&reference[theirs], &translation[ours]);
        changes.into_iter().map(|change| change.words.map(words)).collect()
    }

    #[test]
    fn what_runs_is_the_same_in_every_language() {
        let code = "let total = add(1, 2); // the sum\nprint(\"the sum\", total)\n";
        assert_eq!(told(code, "let total = add(1, 2); // la somme\nprint(\"la somme\", total)\n", "js"), []);
        assert_eq!(told(code, "let somme = add(1, 2);\nprint(\"la somme\", somme)\n", "js"), []);
        assert_eq!(told(code, "let total = add(1, 3);\nprint(\"the sum\", total)\n", "js"), [Some(("2", "3"))]);
        assert_eq!(told(code, "let total = ad(1, 2);\nprint(\"the sum\", total)\n", "js"), [Some(("add", "ad"))]);
        assert_eq!(told(code, "let 合計 = add(1, 2);\nprint(\"和\", 合計)\n", "js"), []);
        assert_eq!(told("a\nb(1)\nc\nd\n", "a\nc\nd\n", "js"), [None]);
    }
}
