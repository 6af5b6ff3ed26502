//! The small words of a language, by which a text in it is known.

use std::collections::BTreeSet;

use foldhash::HashMap;
use serde::Deserialize;

/// Longer words, in bytes, are not small.
const LONGEST: usize = 16;

/// The small words of a language.
#[derive(Deserialize)]
#[serde(from = "Written")]
pub(super) struct SmallWords {
    /// Each word with its number; those that no other language has come first.
    numbers: HashMap<Box<str>, usize>,
    /// How many no other language has.
    sure: usize,
    /// For each first and last letter in ASCII, the lengths of the words, as bits: most words of a text are none of these.
    lengths: Box<[[u32; 27]; 27]>,
    /// Their letters beyond ASCII.
    letters: BTreeSet<char>,
}

/// The same as rules' YAML has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// Words that no other language has.
    sure: BTreeSet<Box<str>>,
    /// Words that are small in this language, and something else in others.
    also: BTreeSet<Box<str>>,
}

/// How small a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Small {
    /// In no other language.
    Sure,
    /// In others it is another word.
    Also,
}

impl From<Written> for SmallWords {
    fn from(written: Written) -> Self {
        let sure = written.sure.len();
        let also = written.also.into_iter().filter(|word| !written.sure.contains(word)).collect::<Vec<_>>();
        let mut words =
            Self { numbers: HashMap::default(), sure, lengths: Box::new([[0; 27]; 27]), letters: BTreeSet::new() };
        for (number, word) in written.sure.into_iter().chain(also).enumerate() {
            if let Some((first, last)) = ends(word.as_bytes()) {
                words.lengths[usize::from(first)][usize::from(last)] |= 1 << word.len().min(31);
            }
            words.letters.extend(word.chars().filter(|char| !char.is_ascii()));
            words.numbers.insert(word, number);
        }
        words
    }
}

impl SmallWords {
    /// What a word is, in any letter case.
    pub(super) fn kind(&self, word: &str) -> Option<Small> {
        Some(if self.number(word)? < self.sure { Small::Sure } else { Small::Also })
    }

    /// How many different words of each kind there are among some.
    pub(super) fn count<'w>(&self, words: impl Iterator<Item = &'w str>) -> (usize, usize) {
        let mut numbers: Vec<usize> = words.filter_map(|word| self.number(word)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let sure = numbers.partition_point(|number| *number < self.sure);
        (sure, numbers.len() - sure)
    }

    /// Words of a text that may be small, of each kind: no fewer than there are. It takes a fraction of the time that
    /// reading the words does, and nearly every translated passage has none.
    pub(super) fn at_most(&self, text: &str) -> (usize, usize) {
        let is_letter = |char: char| char.to_lowercase().any(|char| self.letters.contains(&char));
        if !self.letters.is_empty() && !text.is_ascii() && text.contains(is_letter) {
            return (usize::MAX, usize::MAX);
        }
        let (mut sure, mut also) = (0, 0);
        let (mut start, mut first, mut last) = (0, 0, 0);
        // What is no letter ends a word, and so does the end of the text.
        for (at, byte) in text.bytes().chain([b' ']).enumerate() {
            let letter = LETTERS[usize::from(byte)];
            if letter > 0 {
                if first == 0 {
                    (start, first) = (at, letter);
                }
                last = letter;
                continue;
            }
            if first > 0 && self.may_be((first, last), at - start) {
                match self.kind(&text[start..at]) {
                    Some(Small::Sure) => sure += 1,
                    Some(Small::Also) => also += 1,
                    None => {}
                }
            }
            first = 0;
        }
        (sure, also)
    }

    /// Is there a word of that length between these letters? Of the words of a text in another language, few are left.
    fn may_be(&self, (first, last): (u8, u8), length: usize) -> bool {
        self.lengths[usize::from(first)][usize::from(last)] >> length.min(31) & 1 == 1
    }

    fn number(&self, word: &str) -> Option<usize> {
        if word.len() > LONGEST {
            return None;
        }
        if !word.is_ascii() {
            return self.numbers.get(word.to_lowercase().as_str()).copied();
        }
        if !self.may_be(ends(word.as_bytes())?, word.len()) {
            return None;
        }
        let mut small = [0; LONGEST];
        let small = &mut small[..word.len()];
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        self.numbers.get(std::str::from_utf8(small).ok()?).copied()
    }
}

/// The first and the last letter of a word, by [`LETTERS`].
fn ends(word: &[u8]) -> Option<(u8, u8)> {
    let letter = |byte: &u8| LETTERS[usize::from(*byte)];
    Some((letter(word.first()?), letter(word.last()?)))
}

/// For each byte, its number in ASCII's alphabet, from 1 and in either letter case; 0 for what is no letter of it.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut letter = 0;
    while letter < 26 {
        letters[(b'a' + letter) as usize] = letter + 1;
        letters[(b'A' + letter) as usize] = letter + 1;
        letter += 1;
    }
    letters
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_once_and_seldom_looked_up() {
        let german: SmallWords =
            serde_yaml::from_str("{ sure: [und, über, nicht], also: [die, in, und] }").expect("words");
        assert_eq!(german.kind("Und"), Some(Small::Sure));
        assert_eq!(german.kind("ÜBER"), Some(Small::Sure));
        assert_eq!(german.kind("IN"), Some(Small::Also));
        assert_eq!([german.kind("unde"), german.kind(""), german.kind("undundundundundundund")], [None; 3]);
        assert_eq!(german.count(["und", "die", "Die", "Katze", "und"].into_iter()), (1, 1));
        assert_eq!(german.at_most("Und die, die nicht/in [und]"), (3, 3));
        assert_eq!(german.at_most("猫 über"), (usize::MAX, usize::MAX));
        assert_eq!(german.at_most("猫と犬"), (0, 0));
    }
}
