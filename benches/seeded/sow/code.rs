//! Code blocks that change or get lost.

use std::ops::Range;

use cognate::align::{Shape, Unit};
use cognate::document::{Block, BlockKind};

use super::links::without_a_letter;
use super::{Defect, Page, Random, excerpt};

/// A line of a code block that the reference's block has as well, once on each side.
struct Line {
    /// What of it is code, before any comment or text in quotes.
    code: Range<usize>,
    whole: Range<usize>,
}

/// Fenced blocks with their counterparts.
fn blocks<'a>(page: &Page<'a>) -> impl Iterator<Item = (&'a Block<'a>, &'a Block<'a>)> {
    let is_fenced = |unit: &Unit| unit.shape == Shape::Code { fenced: true };
    let (reference, translation) = (page.reference, page.translation);
    page.settled()
        .filter(move |(_, r, t)| is_fenced(r) && is_fenced(t))
        .map(|(_, r, t)| (&reference.blocks[r.block], &translation.blocks[t.block]))
}

fn text_of<'b>(block: &'b Block<'_>) -> (&'b str, &'b str) {
    match &block.kind {
        BlockKind::Code { language, text, .. } => (language, text),
        _ => ("", ""),
    }
}

fn lines(page: &Page<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (r, t) in blocks(page) {
        let (language, theirs) = text_of(r);
        // Words of diagrams and of what a program says may be translated.
        if matches!(language, "mermaid" | "text" | "txt" | "console" | "output" | "markdown" | "md") {
            continue;
        }
        let own = text_of(t).1;
        for whole in lines_of(page, t) {
            let line = page.text[whole.clone()].trim();
            let count = |text: &str| text.lines().filter(|one| one.trim() == line).count();
            let start = whole.start + page.text[whole.clone()].find(line).unwrap_or_default();
            let code = start..start + code_part(line);
            if line.len() >= 4 && !code.is_empty() && count(theirs) == 1 && count(own) == 1 {
                lines.push(Line { code, whole });
            }
        }
    }
    lines
}

/// The lines of a block between its fences.
fn lines_of(page: &Page<'_>, block: &Block<'_>) -> Vec<Range<usize>> {
    let mut at = block.span.range().start;
    let lines = page.slice(block.span).split_inclusive('\n').map(|line| {
        at += line.len();
        at - line.len()..at
    });
    let lines: Vec<Range<usize>> = lines.collect();
    lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default().to_vec()
}

/// How much of a line stands before a comment or a text.
fn code_part(line: &str) -> usize {
    let ends = ["#", "//", "--", "<!--", "/*", "\"", "'", "`", "* ", "%"];
    ends.iter().filter_map(|end| line.find(end)).min().unwrap_or(line.len())
}

pub(super) fn word_changed(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    changed(page, random, |code, random| {
        let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_';
        let words: Vec<&str> = code.split(|char| !is_word(char)).filter(|word| is_identifier(word)).collect();
        let word = random.pick(&words)?;
        let at = word.as_ptr() as usize - code.as_ptr() as usize;
        Some((at..at + word.len(), without_a_letter(word, word.len(), random)?))
    })
}

fn is_identifier(word: &str) -> bool {
    word.len() >= 4 && word.bytes().filter(u8::is_ascii_alphabetic).count() >= 4 && word.is_ascii()
}

pub(super) fn number_changed(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    changed(page, random, |code, random| {
        let digits: Vec<(usize, u8)> = code.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).collect();
        let (at, digit) = random.pick(&digits)?;
        Some((at..at + 1, ((digit - b'0' + 1) % 10).to_string()))
    })
}

pub(super) fn mark_changed(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    changed(page, random, |code, random| {
        let marks: Vec<(usize, char)> = code.char_indices().filter(|(_, char)| other_mark(*char).is_some()).collect();
        let (at, mark) = random.pick(&marks)?;
        Some((at..at + 1, other_mark(mark)?[random.below(2)].to_owned()))
    })
}

/// A slip of the hand, and what a keyboard of another script writes.
fn other_mark(mark: char) -> Option<[&'static str; 2]> {
    Some(match mark {
        ':' => [";", "："],
        ';' => [":", "；"],
        ',' => [".", "，"],
        '(' => ["[", "（"],
        ')' => ["]", "）"],
        '{' => ["(", "｛"],
        '}' => [")", "｝"],
        '=' => ["-", "＝"],
        _ => return None,
    })
}

/// One change to the code of each line.
fn changed(
    page: &Page<'_>,
    random: &mut Random,
    change: impl Fn(&str, &mut Random) -> Option<(Range<usize>, String)>,
) -> Vec<Defect> {
    let mut defects = Vec::new();
    for line in lines(page) {
        if let Some((place, new)) = change(&page.text[line.code.clone()], random) {
            let place = line.code.start + place.start..line.code.start + place.end;
            let what =
                format!("`{}` became `{new}` in: {}", &page.text[place.clone()], excerpt(&page.text[line.whole]));
            defects.push(Defect::new(place, new, what));
        }
    }
    defects
}

pub(super) fn dropped(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let is_alone_in_line =
        |block: &&Block<'_>| page.before_in_line(block.span.range().start).chars().all(char::is_whitespace);
    blocks(page).map(|(_, t)| t).filter(is_alone_in_line).map(|t| super::blocks::dropped(page, t)).collect()
}

/// A comment that stands alone in its line, in words of another language.
pub(super) fn comment_translated(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let mut edits = Vec::new();
    for (_, t) in blocks(page) {
        let mark = comment_mark(text_of(t).0);
        for line in lines_of(page, t) {
            let words = mark.and_then(|mark| page.text[line.clone()].trim().strip_prefix(mark));
            if let Some(words) = words.filter(|words| is_prose(words)) {
                let start = line.start + page.text[line.clone()].find(words).unwrap_or_default();
                let what = format!("comment translated: {}", excerpt(words));
                edits.push(Defect::new(start..start + words.len(), "примечание к следующей строке", what));
            }
        }
    }
    edits
}

/// What starts a comment that goes on to the end of its line.
fn comment_mark(language: &str) -> Option<&'static str> {
    match language.to_ascii_lowercase().as_str() {
        "sh" | "bash" | "shell" | "zsh" | "yaml" | "yml" | "python" | "py" | "ruby" | "toml" | "dockerfile" => {
            Some("# ")
        }
        "js" | "jsx" | "ts" | "tsx" | "go" | "java" | "c" | "cpp" | "c++" | "csharp" | "cs" | "rust" | "php"
        | "javascript" | "typescript" | "angular-ts" | "swift" | "kotlin" => Some("// "),
        _ => None,
    }
}

/// Three words or more, and nothing that tools read.
fn is_prose(words: &str) -> bool {
    let is_word = |word: &str| word.chars().all(|char| char.is_alphabetic() || matches!(char, ',' | '.'));
    words.split_whitespace().count() >= 3 && words.split_whitespace().all(is_word)
}

/// `~~~` for all fences of backticks.
pub(super) fn fences_changed(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let mut edits = Vec::new();
    for block in &page.translation.blocks {
        let BlockKind::Code { fenced: true, text, .. } = &block.kind else { continue };
        let whole = page.slice(block.span);
        let length = whole.len() - whole.trim_start_matches('`').len();
        if length < 3 || whole.len() < 2 * length || text.contains("~~~") || !whole.ends_with(&"`".repeat(length)) {
            continue;
        }
        let place = block.span.range();
        edits.push((place.start..place.start + length, "~".repeat(length)));
        edits.push((place.end - length..place.end, "~".repeat(length)));
    }
    super::edits::throughout(edits, "fences of tildes")
}
