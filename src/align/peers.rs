//! Peers: what the translations of a cohort say, place by place.
//!
//! The representative of a cohort lends its structure and targets, never its prose: it speaks another language. What most
//! of its members do at one place says more: a link whose text ends in a full stop in one language alone swallowed it.

use foldhash::{HashMap, HashSet};

use super::{Comparison, LinkPair};
use crate::document::{BlockId, Document, InlineId, InlineKind};
use crate::text::length;

/// A text that is so many times as long as the usual one was cut off in most languages: nothing makes it grow so.
const CUT_OFF: u32 = 4;

/// What the members of a cohort have at the places of their representative.
#[derive(Debug, Default)]
pub struct Peers<'a> {
    links: HashMap<InlineId, Voices<'a>>,
    emphasis: HashMap<BlockId, Vec<(&'a Document<'a>, usize)>>,
    /// The blocks in which two members have emphasis.
    emphasized: HashSet<BlockId>,
}

/// What the members have as the text of one link.
#[derive(Debug, Default)]
struct Voices<'a> {
    voices: Vec<Voice<'a>>,
    /// How long these are, in order.
    lengths: Vec<u32>,
}

/// A member's text of a link.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    /// Whose it is.
    pub document: &'a Document<'a>,
    /// The text without blanks around it, markup included.
    pub text: &'a str,
    /// How long it is, in letters of a Latin script.
    pub length: u32,
}

impl<'a> Peers<'a> {
    /// What the members of a cohort have, each beside the representative.
    pub fn of<'c>(members: impl Iterator<Item = (&'a Document<'a>, &'c Comparison<'a>)>) -> Self
    where
        'a: 'c,
    {
        let mut peers = Self::default();
        members.for_each(|(document, comparison)| peers.hear(document, comparison));
        for link in peers.links.values_mut() {
            link.lengths = link.voices.iter().map(|voice| voice.length).collect();
            link.lengths.sort_unstable();
        }
        let has_two =
            |voices: &[(&Document<'_>, usize)]| voices.iter().filter(|(_, strong)| *strong > 0).nth(1).is_some();
        peers.emphasized =
            peers.emphasis.iter().filter(|(_, voices)| has_two(voices)).map(|(block, _)| *block).collect();
        peers
    }

    fn hear(&mut self, document: &'a Document<'a>, comparison: &Comparison<'_>) {
        if !comparison.is_comparable() {
            return;
        }
        for (there, here) in comparison.links.iter().filter_map(LinkPair::both) {
            if let InlineKind::Link(link) = &document.inlines[here].kind {
                let text = document.source.slice(link.text_span).trim();
                self.links.entry(there).or_default().voices.push(Voice { document, text, length: length(text) });
            }
        }
        for passage in comparison.passages() {
            let inlines = passage.of_translation(document);
            let strong = inlines.iter().filter(|(_, inline)| matches!(inline.kind, InlineKind::Strong)).count();
            self.emphasis.entry(passage.reference[0].block).or_default().push((document, strong));
        }
    }

    /// What the others have as the text of a link, by the representative's link.
    pub fn texts(&self, link: InlineId, but: &Document<'_>) -> impl Iterator<Item = Voice<'a>> {
        let voices = self.links.get(&link).into_iter().flat_map(|link| &link.voices);
        voices.filter(move |voice| !std::ptr::addr_eq(voice.document, but)).copied()
    }

    /// How many others have a text of a link, and how long that is: the length of the middle one, or, where machines cut it off
    /// in most languages, what three of them reach.
    pub fn usual_length(&self, link: InlineId, but: &Document<'_>) -> Option<(usize, u32)> {
        let Voices { voices, lengths } = self.links.get(&link)?;
        let own = voices.iter().find(|voice| std::ptr::addr_eq(voice.document, but));
        let own = own.map_or(lengths.len(), |own| lengths.partition_point(|length| *length < own.length));
        let others = voices.len() - usize::from(own < lengths.len());
        let nth = |at: usize| lengths.get(at + usize::from(own <= at)).copied();
        let middle = nth(others / 2)?;
        let reached = others.checked_sub(3).and_then(nth).filter(|long| *long >= CUT_OFF * middle);
        Some((others, reached.unwrap_or(middle)))
    }

    /// Have two members strong emphasis in a passage?
    pub fn emphasize(&self, block: BlockId) -> bool {
        self.emphasized.contains(&block)
    }

    /// How much strong emphasis the others have in a passage, by the representative's block.
    pub fn emphasis(&self, block: BlockId, but: &Document<'_>) -> impl Iterator<Item = usize> {
        let voices = self.emphasis.get(&block).into_iter().flatten();
        voices.filter(move |(document, _)| !std::ptr::addr_eq(*document, but)).map(|(_, strong)| *strong)
    }
}
