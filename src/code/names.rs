//! Names that a translation may call otherwise.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::lexer::{Line, Token, TokenKind};
use crate::locale::is_localized;
use crate::text::{edits, squeezed};

/// How often each word stands in the code of either side.
#[derive(Debug, Default)]
pub struct Vocabulary<'t> {
    reference: HashMap<&'t str, usize>,
    translation: HashMap<&'t str, usize>,
    /// The language of the translation, where it is known.
    language: Option<&'t str>,
    /// How often the pieces of those words do, of either side; counted when somebody asks.
    pieces: OnceCell<[HashMap<String, usize>; 2]>,
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
        Self { reference: count(reference), translation: count(translation), ..Self::default() }
    }

    /// The same for a translation into a language.
    #[must_use]
    pub fn into_language(self, language: Option<&'t str>) -> Self {
        Self { language, ..self }
    }

    fn pieces(&self) -> &[HashMap<String, usize>; 2] {
        self.pieces.get_or_init(|| {
            [&self.reference, &self.translation].map(|words| {
                let mut counts = HashMap::new();
                for (word, times) in words {
                    pieces(word).for_each(|piece| *counts.entry(piece.to_lowercase()).or_default() += times);
                }
                counts
            })
        })
    }

    /// The same for one of the translation's blocks.
    pub(super) fn in_block<'v>(&'v self, translation: &'v [Line<'t>]) -> Names<'v, 't> {
        let words = translation.iter().flat_map(|line| &line.tokens).map(|token| token.text);
        Names { vocabulary: self, kept: words.collect() }
    }
}

/// The vocabulary of two documents, for a pair of their blocks.
pub(super) struct Names<'v, 't> {
    vocabulary: &'v Vocabulary<'t>,
    /// What stands in the translation's block.
    kept: HashSet<&'t str>,
}

impl Names<'_, '_> {
    /// Is that a name which the translation calls otherwise, all the time? One that is there once may be a slip, unless
    /// other names are made of its pieces.
    pub(super) fn is_renamed(&self, old: &str, new: &str) -> bool {
        let times = self.vocabulary.translation.get(new).copied().unwrap_or_default();
        let is_slip = is_slip(old, new);
        // Another thing may have the old name: a tag, a key of somebody else's.
        let is_kept = self.kept.contains(old) && (is_slip || times < 4);
        if is_kept || self.vocabulary.reference.contains_key(new) {
            return false;
        }
        times >= if is_slip { 3 } else { 2 } || (!is_slip && self.is_made_of_new_pieces(new))
    }

    fn is_made_of_new_pieces(&self, name: &str) -> bool {
        let [theirs, ours] = self.vocabulary.pieces();
        let mut is_new = false;
        pieces(name).map(str::to_lowercase).all(|piece| {
            let is_known = theirs.contains_key(&piece);
            is_new |= !is_known;
            is_known || ours.get(&piece).is_some_and(|times| *times > 1)
        }) && is_new
    }

    /// Does no more than translation stand between two tokens?
    pub(super) fn agree(&self, a: &Token<'_>, b: &Token<'_>) -> bool {
        if is_equal(a, b) || is_localized(inside(a), inside(b), self.vocabulary.language) {
            return true;
        }
        match (a.kind, b.kind) {
            // Letters beyond ASCII are a name in the reader's language.
            (TokenKind::Word, TokenKind::Word) if !b.text.is_ascii() && a.text.is_ascii() => true,
            (TokenKind::Word, TokenKind::Word) => {
                let are_constants = is_constant(a.text) && is_constant(b.text);
                self.is_renamed(a.text, b.text) || (are_constants && !is_slip(a.text, b.text))
            }
            (TokenKind::Text, TokenKind::Text) => true,
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

/// The pieces of `work_item` and `workItem`.
fn pieces(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches('_');
        let mut last = ' ';
        let end = rest.char_indices().find_map(|(at, char)| {
            let is_end = char == '_' || (char.is_uppercase() && last.is_lowercase());
            last = char;
            is_end.then_some(at)
        });
        let (piece, left) = rest.split_at(end.unwrap_or(rest.len()));
        rest = left;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Do two runs of tokens without a blank in them stand for names that everybody chooses for himself?
pub(super) fn are_free(a: &[Token<'_>], b: &[Token<'_>]) -> bool {
    let is_text = |run: &[Token<'_>]| matches!(run, [token] if token.kind == TokenKind::Text);
    let is_word = |run: &[Token<'_>]| run[0].kind != TokenKind::Sign && run[0].kind != TokenKind::Number;
    if is_text(a) && is_word(b) {
        return true;
    }
    if is_text(b) {
        // A word alone may be one of a few that the program knows.
        return a.len() > 1 && is_word(a);
    }
    if a.iter().any(|token| token.kind == TokenKind::Quoted) || a[0].text == "-" {
        return false;
    }
    let text = |tokens: &[Token<'_>]| tokens.iter().map(|token| token.text).collect::<String>();
    let (theirs, ours) = (text(a), text(b));
    let is_in_own_letters = theirs.is_ascii() && ours.contains(|char: char| !char.is_ascii() && char.is_alphabetic());
    let is_other = !is_slip(&theirs, &ours) && squeezed(&ours) != squeezed(&theirs);
    is_other && (is_in_own_letters || (is_example(&theirs) && ours.contains(char::is_alphabetic)))
}

/// Does a name say that it stands for one of the reader's: `my-project`, `YOUR-LOCALE`, `user@machine`, `file-name`?
fn is_example(name: &str) -> bool {
    const EXAMPLES: [&str; 7] = ["my", "you", "your", "user", "username", "example", "sample"];
    let is_one = |piece: &str| EXAMPLES.iter().any(|example| piece.eq_ignore_ascii_case(example));
    name.ends_with("-name") || name.split(|char: char| !char.is_ascii_alphanumeric()).flat_map(pieces).any(is_one)
}

/// A key, a path or an identifier, rather than words for people.
fn is_code(quoted: &str) -> bool {
    quoted.is_ascii() && !quoted.contains(char::is_whitespace) && quoted.contains(['/', '.', '_', '@', '-', ':'])
}

/// One letter off, or two in a long word.
pub(super) fn is_slip(a: &str, b: &str) -> bool {
    a.is_ascii() == b.is_ascii() && edits(a, b, if a.len() < 8 { 1 } else { 2 }).is_some()
}

/// `YOUR_KEY`
fn is_constant(word: &str) -> bool {
    word.len() > 3 && word.chars().all(|char| char.is_ascii_uppercase() || char.is_ascii_digit() || char == '_')
}

/// The same token, whatever its quotes.
pub(super) fn is_equal(a: &Token<'_>, b: &Token<'_>) -> bool {
    let is_dots = |token: &Token<'_>| matches!(token.text, "..." | "…");
    a.kind == b.kind
        && (a.text == b.text || (a.kind == TokenKind::Quoted && inside(a) == inside(b)) || (is_dots(a) && is_dots(b)))
}

/// A key or path without its quotes, of which there are several kinds.
fn inside<'t>(token: &Token<'t>) -> &'t str {
    token.text.trim_matches(['"', '\'', '`'])
}
