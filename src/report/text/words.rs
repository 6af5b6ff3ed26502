//! Words on a terminal: what may not reach it, how wide they are, where a line breaks, how they are inked.

use std::fmt::Write as _;

use textwrap::core::{Word, break_words};
use textwrap::{WordSeparator, WrapAlgorithm};
use unicode_width::UnicodeWidthChar;

/// How words are inked: the parameters of an SGR sequence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink(&'static str);

impl Ink {
    pub(super) const BOLD: Self = Self("1");
    pub(super) const DIM: Self = Self("2");
    pub(super) const RED: Self = Self("1;31");
    pub(super) const YELLOW: Self = Self("1;33");
    pub(super) const CYAN: Self = Self("1;36");
    pub(super) const GREEN: Self = Self("1;32");

    /// The text in this ink, or as it is where there is no colour.
    pub(super) fn on(self, text: &str, color: bool) -> String {
        if color && !text.is_empty() { format!("\u{1b}[{}m{text}\u{1b}[0m", self.0) } else { text.to_owned() }
    }
}

/// The text with a visible stand-in for everything that would move, hide or reorder what a terminal shows.
pub(in crate::report) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for char in text.chars() {
        push_visible(&mut shown, char);
    }
    shown
}

/// Writes a character, or what stands for it.
pub(super) fn push_visible(to: &mut String, char: char) {
    match char {
        ' '..='~' => to.push(char),
        '\t' => to.push('→'),
        '\u{7f}' => to.push('␡'),
        // The control pictures follow the order of the controls.
        '\0'..='\u{1f}' => to.extend(char::from_u32(0x2400 + u32::from(char))),
        _ if char.is_control() || is_hidden(char) => {
            // Writing to a string cannot fail.
            let _ = write!(to, "<U+{:04X}>", u32::from(char));
        }
        _ => to.push(char),
    }
}

/// Bidirectional controls, separators of lines, and characters that are nothing to the eye yet may be what
/// a finding is about. Joiners stay: scripts and emoji need them.
fn is_hidden(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// True where a part of the text is written from right to left, so that terminals may reorder it.
pub(super) fn is_rtl(text: &str) -> bool {
    text.chars().any(|char| {
        matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// How many columns a character takes.
pub(super) fn char_width(char: char) -> usize {
    char.width().unwrap_or(0)
}

/// How many columns a text takes, counted character by character as the marks below a line are.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Breaks a text into lines: at spaces, between CJK characters, and inside a word only where it is wider
/// than a line. The first line may have another width than the rest.
pub(super) fn fill(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.trim_end().split('\n') {
        let paragraph = visible(paragraph);
        let words = words(&paragraph, rest);
        let widths = [if lines.is_empty() { first } else { rest }, rest];
        for words in WrapAlgorithm::FirstFit.wrap(&words, &widths) {
            let line: String = words.iter().flat_map(|word| [word.word, word.whitespace]).collect();
            lines.push(line.trim_end().to_owned());
        }
    }
    lines
}

/// Joins items by `between`, into lines of `width` columns; an item is never broken.
pub(super) fn pack(items: &[String], between: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let comma = if i + 1 < items.len() { between.trim_end() } else { "" };
        match lines.last_mut() {
            Some(line) if self::width(line) + self::width(item) + between.len() <= width => {
                let gap = between.len() - between.trim_end().len();
                line.push_str(&" ".repeat(gap));
                line.push_str(item);
                line.push_str(comma);
            }
            _ => lines.push(format!("{item}{comma}")),
        }
    }
    lines
}

fn words(line: &str, limit: usize) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for word in WordSeparator::AsciiSpace.find_words(line) {
        let is_wide = word.word.chars().any(|char| char_width(char) > 1);
        if !is_wide && width(word.word) <= limit {
            words.push(word);
            continue;
        }
        words.extend(WordSeparator::UnicodeBreakProperties.find_words(word.word));
        if let Some(last) = words.last_mut() {
            last.whitespace = word.whitespace;
        }
    }
    break_words(words, limit)
}
