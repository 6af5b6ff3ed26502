//! Two blocks of code beside each other.

use std::ops::Range;

use super::lexer::{Line, Token, TokenKind};
use super::names::{Names, Vocabulary, are_free, is_equal, is_slip};
use crate::pairing::{self, NEVER};

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
    let names = vocabulary.in_block(translation);
    if !is_one_block(reference, translation, &names) {
        return None;
    }
    let same = common(reference, translation);
    let mut changes = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (r, t) in same.into_iter().chain([(reference.len(), translation.len())]) {
        if i < r || j < t {
            changes.extend(differing(reference, translation, i..r, j..t, &names));
        }
        (i, j) = (r + 1, t + 1);
    }
    // What is broken into lines another way may be so beside lines that look the same.
    let agree = |a: &Token<'_>, b: &Token<'_>| names.agree(a, b);
    if !changes.is_empty()
        && reference.len() != translation.len()
        && all_pairs(&flat(reference).tokens, &flat(translation).tokens, agree)
    {
        return Some(Vec::new());
    }
    take_out_moved(&mut changes, reference, translation, &names);
    // A bracket that the reference forgot to close.
    changes.retain(|change| !change.reference.is_empty() || !closes(&translation[change.translation.clone()]));
    Some(changes)
}

/// The tokens of all lines in one, without commas: styles write line breaks in their stead.
fn flat<'t>(lines: &[Line<'t>]) -> Line<'t> {
    let tokens = lines.iter().flat_map(|line| &line.tokens).filter(|token| token.text != ",").copied();
    Line { number: 0, tokens: tokens.collect() }
}

/// Takes out lines that only changed places: whoever translates moves none, and older code has another order.
fn take_out_moved(changes: &mut Vec<Change>, reference: &[Line<'_>], translation: &[Line<'_>], names: &Names<'_, '_>) {
    let is_moved = |one: &Change, other: &Change| {
        let (theirs, ours) = (&reference[one.reference.clone()], &translation[other.translation.clone()]);
        one.translation.is_empty()
            && other.reference.is_empty()
            && all_pairs(theirs, ours, |a, b| all_pairs(&a.tokens, &b.tokens, |a, b| names.agree(a, b)))
    };
    let mut is_out = vec![false; changes.len()];
    for missing in 0..changes.len().min(MOST) {
        let goes = |extra: &usize| !is_out[*extra] && is_moved(&changes[missing], &changes[*extra]);
        if let Some(extra) = (0..changes.len().min(MOST)).find(goes) {
            (is_out[missing], is_out[extra]) = (true, true);
        }
    }
    let mut is_out = is_out.into_iter();
    changes.retain(|_| !is_out.next().unwrap_or_default());
}

/// Changes of one block that are held against each other.
const MOST: usize = 64;

/// As many on both sides, and each like its counterpart?
fn all_pairs<T>(a: &[T], b: &[T], is_alike: impl Fn(&T, &T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_alike(a, b))
}

/// Nothing but closing brackets?
fn closes(lines: &[Line<'_>]) -> bool {
    lines.iter().flat_map(|line| &line.tokens).all(|token| matches!(token.text, "}" | ")" | "]"))
}

fn is_same(a: &Line<'_>, b: &Line<'_>) -> bool {
    all_pairs(&a.tokens, &b.tokens, is_equal)
}

/// Do the two share most of their words?
fn is_one_block(reference: &[Line<'_>], translation: &[Line<'_>], names: &Names<'_, '_>) -> bool {
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
            let goes = |other: &&str| names.is_renamed(word, other) || (all <= 4 && is_slip(word, other));
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
    let is_same = |i: usize, j: usize| is_same(&reference[i], &translation[j]);
    let start = (0..reference.len().min(translation.len())).take_while(|at| is_same(*at, *at)).count();
    let shorter = reference.len().min(translation.len()) - start;
    let end = (1..=shorter).take_while(|at| is_same(reference.len() - at, translation.len() - at)).count();
    let (n, m) = (reference.len() - start - end, translation.len() - start - end);
    let between = pairing::pairs(n, m, |i, j| if is_same(start + i, start + j) { 1.0 } else { NEVER });
    let between = between.into_iter().map(|(i, j)| (start + i, start + j));
    let after = (1..=end).rev().map(|at| (reference.len() - at, translation.len() - at));
    (0..start).map(|at| (at, at)).chain(between).chain(after).collect()
}

/// What of a hunk differs.
fn differing<'t>(
    reference: &[Line<'t>],
    translation: &[Line<'t>],
    r: Range<usize>,
    t: Range<usize>,
    names: &Names<'_, '_>,
) -> Vec<Change> {
    if r.len() != t.len() {
        // The same code may be broken into lines another way.
        let is_told = difference(&flat(&reference[r.clone()]), &flat(&translation[t.clone()]), names).is_some();
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
fn difference(a: &Line<'_>, b: &Line<'_>, names: &Names<'_, '_>) -> Option<[Range<usize>; 2]> {
    let (x, y) = (&a.tokens, &b.tokens);
    let start = x.iter().zip(y).take_while(|(a, b)| names.agree(a, b)).count();
    let rest = x.len().min(y.len()) - start;
    let end = x.iter().rev().zip(y.iter().rev()).take(rest).take_while(|(a, b)| names.agree(a, b)).count();
    if are_names(x, y, names) {
        return None;
    }
    let (x, y) = ((&x[..start], &x[start..x.len() - end]), (&y[..start], &y[start..y.len() - end]));
    // What is elided is not there.
    let elides = y.1.iter().any(|token| matches!(token.text, "..." | "…"));
    let is_same = (x.1.is_empty() && y.1.is_empty()) || (elides && x.1.len() > y.1.len()) || is_reordered(x.1, y.1);
    (!is_same).then(|| [place(x), place(y)])
}

/// Do two lines differ in names alone?
fn are_names(a: &[Token<'_>], b: &[Token<'_>], names: &Names<'_, '_>) -> bool {
    all_pairs(&runs(a), &runs(b), |a, b| all_pairs(a, b, |a, b| names.agree(a, b)) || are_free(a, b))
}

/// A line in runs that have no blank in them and could be a name or a path.
fn runs<'l, 't>(tokens: &'l [Token<'t>]) -> Vec<&'l [Token<'t>]> {
    let is_part = |token: &Token<'_>| token.kind != TokenKind::Sign || "-./_@~".contains(token.text);
    let goes_on = |a: &Token<'_>, b: &Token<'_>| a.at + a.text.len() == b.at && is_part(a) && is_part(b);
    tokens.chunk_by(goes_on).collect()
}

/// The same code around words for people, in another order: `'Hello ' + name`.
fn is_reordered(a: &[Token<'_>], b: &[Token<'_>]) -> bool {
    let is_words = |token: &Token<'_>| token.kind == TokenKind::Quoted || token.text == "+";
    let sorted = |tokens: &[Token<'_>]| {
        let mut texts: Vec<String> =
            tokens.iter().filter(|token| !is_words(token)).map(|token| token.text.to_owned()).collect();
        texts.sort_unstable();
        texts
    };
    let has_words = |tokens: &[Token<'_>]| tokens.iter().any(|token| token.kind == TokenKind::Quoted);
    (has_words(a) || has_words(b)) && sorted(a) == sorted(b)
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

    #[test]
    fn styles_and_names_of_examples_are_free() {
        for (theirs, ours, language) in [
            ("a.map(x => x + 1)", "a.map((x) => x + 1)", "js"),
            ("<Tide level={n}></Tide>", "<Tide level={n} />", "jsx"),
            ("<p>\n  Your name:\n</p>", "<p>\n  Ihr Name:{' '}\n</p>", "jsx"),
            ("sail on --to ./my-harbour", "sail on --to ./mein-hafen", "sh"),
            ("sail on YOUR-PORT/log.md", "sail on IHR-HAFEN/log.md", "sh"),
            ("job: tide-collector\nport: 80", "job: tide-コレクター\nport: 80", "yaml"),
            ("name: a\nkind: B\nsize: 1", "kind: B\nname: a\nsize: 1", "yaml"),
            ("say(n + \"'s berth\")", "say(\"Platz von \" + n)", "js"),
            ("name: Deploy\nn: 1", "name: Déploiement\nn: 1", "yaml"),
            ("get it at/{import-path}/x", "get it at/{caminho-de-importacao}/x", "sh"),
            ("a(1)\nb(2)\nc", "b(2)\na(1)\nc", "js"),
            ("run on <a list of\nnames> at last", "run on <eine Liste von Namen> at last", "sh"),
            ("┌────┐\n│ ok │", "┌──────┐\n│ gut  │", "text"),
            ("12M , 20M files", "12M, 20M Dateien", ""),
            ("<a href=\"x\"><img src=\"y\"></a>", "<a href=\"x\"\n  ><img\n  src=\"y\"\n/></a>", "html"),
            ("f([{ a: 1 }])", "f([\n  {\n    a: 1\n  }\n])", "js"),
        ] {
            assert_eq!(told(theirs, ours, language), [], "{theirs}");
        }
        for (theirs, ours, language) in [
            ("sail on to --all-harbours", "sail on to --alle-häfen", "sh"),
            ("enabled: true\nn: 1", "enabled: सही\nn: 1", "yaml"),
            ("job: my-berth-list\nport: 8", "job: my-bert-list\nport: 8", "yaml"),
        ] {
            assert_ne!(told(theirs, ours, language), [], "{theirs}");
        }
    }
}
