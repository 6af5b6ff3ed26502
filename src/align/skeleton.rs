//! Skeletons: what alignment looks at in one document, whatever it is laid beside.
//!
//! A reference is laid beside each of its translations, and a translation beside several versions; what each has by
//! itself is found once.

use std::hash::{BuildHasher, Hash};
use std::rc::Rc;

use foldhash::fast::FixedState;

use super::unit::{self, Shape, Unit};
use crate::document::{BlockKind, Document, InlineId, InlineKind, slug};
use crate::source::Span;
use crate::target::file_stem;
use crate::text::is_letter;

/// What alignment looks at in a document.
#[derive(Debug)]
pub struct Skeleton {
    /// Its units, in order.
    pub(super) units: Rc<[Unit]>,
    /// For each unit: what survives translation.
    pub(super) marks: Vec<Vec<Mark>>,
    /// For each unit: does it repeat the words of the unit before?
    pub(super) repeats: Vec<bool>,
    /// For each unit: the words of a heading or an item, hashed, unless they are hardly more than a name.
    pub(super) words: Vec<Option<u64>>,
    /// For each unit: the ids of a heading, its slug where it has none, hashed.
    pub(super) ids: Vec<Vec<u64>>,
}

/// Something of a unit that is the same in every language.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mark {
    /// A value of a kind, hashed.
    Value(u64, MarkKind),
    /// Where a link leads, which depends on the languages of both sides.
    Link(InlineId),
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum MarkKind {
    /// The code that an item or a row opens with.
    Lead,
    /// A fragment of the page itself.
    Fragment,
    /// The page that a link leads to.
    Page,
    /// The last segment of that.
    PageEnd,
    /// A picture.
    Image,
    /// Inline code.
    Code,
    /// An explicit id.
    Anchor,
    /// A line of a code block.
    CodeLine,
    /// A name, a version, a number.
    Name,
}

impl MarkKind {
    /// Does it survive every translation (targets, code), rather than most (names)?
    pub(super) fn is_strong(self) -> bool {
        !matches!(self, Self::Name | Self::PageEnd | Self::Lead)
    }

    /// Is it a target, which changes as the site does?
    pub(super) fn is_target(self) -> bool {
        matches!(self, Self::Page | Self::Fragment)
    }
}

impl Skeleton {
    /// What alignment looks at in a document.
    pub fn new(document: &Document<'_>) -> Self {
        let units = unit::units(document);
        Self {
            marks: units.iter().map(|unit| marks(document, unit)).collect(),
            repeats: repeats(document, &units),
            words: units.iter().map(|unit| words(document, unit)).collect(),
            ids: units.iter().map(|unit| ids(document, unit)).collect(),
            units: units.into(),
        }
    }
}

/// A value of a kind as a number.
pub(super) fn hashed(kind: MarkKind, value: &str) -> u64 {
    hash((kind, value))
}

/// The same in every run: what is found must not depend on chance.
fn hash(value: impl Hash) -> u64 {
    FixedState::default().hash_one(value)
}

fn marks(document: &Document<'_>, unit: &Unit) -> Vec<Mark> {
    let value = |kind, value: &str| Mark::Value(hashed(kind, value), kind);
    let mut marks = Vec::new();
    marks.extend(lead(document, unit).map(|code| value(MarkKind::Lead, &without_placeholders(code))));
    for (inline, at) in document.inlines[unit.inlines.clone()].iter().zip(unit.inlines.clone()) {
        match &inline.kind {
            InlineKind::Link(_) | InlineKind::Malformed(_) => marks.push(Mark::Link(at)),
            InlineKind::Image(image) => marks.push(value(MarkKind::Image, file_stem(&image.destination))),
            InlineKind::Code(code) => marks.push(value(MarkKind::Code, &without_placeholders(code))),
            InlineKind::Anchor(id) => marks.push(value(MarkKind::Anchor, id)),
            InlineKind::Emphasis | InlineKind::Strong | InlineKind::Stray(_) => {}
        }
    }
    match &document.blocks[unit.block].kind {
        BlockKind::Code { text, .. } => {
            // A code block is known by its lines: comments and strings in it may be translated.
            let lines = text.lines().map(str::trim).filter(|line| line.len() > 1 && line.is_ascii());
            marks.extend(lines.take(64).map(|line| value(MarkKind::CodeLine, &without_placeholders(line))));
        }
        _ if unit.shape != Shape::Rule && document.has_prose => {
            let text = document.source.slice(document.blocks[unit.text].span);
            marks.extend(names(text).take(256).map(|name| value(MarkKind::Name, name)));
        }
        _ => {}
    }
    marks
}

/// Words with a capital, a digit or an underscore, in ASCII: names, versions, numbers, identifiers.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let is_of_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_of_name = |byte: u8| NAME_SIGNS[usize::from(byte)];
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            // Few words have a sign of a name: these are looked for, and then where their word starts and ends.
            let sign = rest.bytes().position(is_of_name)?;
            let start = rest[..sign].bytes().rposition(|byte| !is_of_word(byte)).map_or(0, |before| before + 1);
            let length = rest.as_bytes()[sign..].iter().position(|byte| !is_of_word(*byte));
            let (words, behind) = rest.split_at(length.map_or(rest.len(), |length| sign + length));
            rest = behind;
            let name = words[start..].trim_matches('_');
            if name.len() > 1 && name.bytes().any(is_of_name) {
                return Some(name);
            }
        }
    })
}

/// For each byte: is it a capital, a digit or an underscore?
const NAME_SIGNS: [bool; 256] = {
    let mut signs = [false; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        signs[byte as usize] = byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        byte += 1;
    }
    signs
};

/// The code that an item or a row opens with, marked as such or not: `port` or `max_length`.
fn lead<'d>(document: &'d Document<'_>, unit: &Unit) -> Option<&'d str> {
    if !matches!(unit.shape, Shape::Item { .. } | Shape::Row) {
        return None;
    }
    let is_of_word = |char: char| char == '_' || char.is_alphanumeric();
    let text = document.source.slice(document.blocks[unit.text].span).trim_start_matches(|char| !is_of_word(char));
    let length = text.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')));
    let (word, behind) = text.split_at(length.unwrap_or(text.len()));
    // A word that goes on in another script is no identifier.
    let is_identifier = word.trim_matches(['_', '.']).contains('_') && !behind.starts_with(char::is_alphanumeric);
    if is_identifier {
        return Some(word);
    }
    let mut inlines = document.inlines[unit.inlines.clone()].iter();
    let first = inlines.find(|inline| !matches!(inline.kind, InlineKind::Emphasis | InlineKind::Strong))?;
    let InlineKind::Code(code) = &first.kind else { return None };
    let before = Span { start: document.blocks[unit.block].span.start, end: first.span.start };
    (!document.source.slice(before).contains(char::is_alphabetic)).then_some(code)
}

/// The ids that tell a heading: a translation often keeps the slug of the reference's heading as an explicit id.
fn ids(document: &Document<'_>, unit: &Unit) -> Vec<u64> {
    // Most ids are in small letters already.
    let is_lower = |id: &str| id.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let hash = |id: &str| if is_lower(id) { hash(id) } else { hash(id.to_lowercase().as_str()) };
    if !matches!(unit.shape, Shape::Heading(_)) {
        return Vec::new();
    }
    let explicit = document.inlines[unit.inlines.clone()].iter().filter_map(|inline| match &inline.kind {
        InlineKind::Anchor(id) => Some(hash(id)),
        _ => None,
    });
    let mut ids: Vec<u64> = explicit.collect();
    if document.has_prose {
        ids.push(hash(&slug::of_heading(document, unit.block)));
    }
    ids
}

fn words(document: &Document<'_>, unit: &Unit) -> Option<u64> {
    let text = document.source.slice(document.blocks[unit.text].span).trim();
    let can_be_left = matches!(unit.shape, Shape::Heading(_) | Shape::Item { .. });
    (can_be_left && has_words(text)).then(|| hash(text.trim_start_matches(['#', '*', '-', '+', ' '])))
}

/// Words that a translator would translate: two without signs in them, and no template call.
fn has_words(text: &str) -> bool {
    let is_word = |word: &&str| word.chars().nth(1).is_some() && word.chars().all(is_letter);
    !text.contains("{{") && text.split_whitespace().filter(is_word).nth(1).is_some()
}

fn repeats(document: &Document<'_>, units: &[Unit]) -> Vec<bool> {
    let words = |unit: &Unit| document.source.slice(document.blocks[unit.text].span);
    let repeats =
        |pair: &[Unit]| pair[0].shape == pair[1].shape && pair[1].length > 8 && words(&pair[0]) == words(&pair[1]);
    std::iter::once(false).chain(units.windows(2).map(repeats)).collect()
}

/// Code without what may be translated in it: `{{path/to/file}}`, `<name>`, words in other scripts, white space.
fn without_placeholders(code: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(code.len());
    for char in code.chars() {
        match char {
            '{' | '<' => depth += 1,
            '}' | '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 && char.is_ascii_graphic() => kept.push(char),
            _ => {}
        }
    }
    kept
}
