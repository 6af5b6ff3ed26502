//! Whether what found no counterpart is there all the same: joined with a neighbour, moved, or written another way.
//!
//! That something is missing or added is told only where something speaks for it: targets and code that the other side
//! has nowhere, or lengths that fit better without it.

use std::ops::Range;

use super::Comparison;
use super::features::{Feature, Features};
use super::sentences;
use super::unit::{Shape, Unit};
use crate::document::{BlockKind, Document, Inline, InlineKind};

/// Two documents whose units found their counterparts, as far as they have any.
pub(super) struct Presence<'p> {
    documents: [&'p Document<'p>; 2],
    units: [&'p [Unit]; 2],
    counterparts: [Vec<Option<usize>>; 2],
    features: &'p Features<'p>,
    /// Length of the translation's words by the reference's, in what is paired.
    scale: f32,
}

/// How much better the lengths around an added passage have to be without it.
const CLEARLY: f32 = 0.1;
/// The least share of a unit that its neighbour's counterpart has to be too long by, and where its sentences are as many
/// as those of the two.
const SOME: f32 = 0.3;
const A_LITTLE: f32 = 0.15;
/// How many units around one are looked at, to either side.
const AROUND: usize = 3;

impl<'p> Presence<'p> {
    /// Letters that tell how long translations into a language are.
    const ENOUGH: u32 = 1500;
    /// What most translations are longer by; see `sequence::score`.
    const USUAL: f32 = 1.15;

    pub(super) fn new(comparison: &'p Comparison<'_>, translation: &'p Document<'_>, features: &'p Features) -> Self {
        let units = [&*comparison.reference_units, &*comparison.translation_units];
        let alignment = &comparison.alignment;
        let counterparts = [
            (0..units[0].len()).map(|unit| alignment.translation_of(unit)).collect(),
            (0..units[1].len()).map(|unit| alignment.reference_of(unit)).collect(),
        ];
        let mut presence =
            Self { documents: [comparison.reference, translation], units, counterparts, features, scale: 1.0 };
        presence.scale = presence.scale();
        presence
    }

    #[expect(clippy::cast_precision_loss, reason = "lengths of documents")]
    fn scale(&self) -> f32 {
        let paired = self.counterparts[0].iter().enumerate().filter_map(|(r, t)| Some((r, (*t)?)));
        let (mut r, mut t) = (0_u32, 0_u32);
        for (one, other) in paired {
            r += self.words(0, one);
            t += self.words(1, other);
        }
        // On a short page what is absent bends the ratio.
        if r >= Self::ENOUGH && t > 0 { t as f32 / r as f32 } else { Self::USUAL }
    }

    /// Is a unit of a side there on the other side, although it found no counterpart?
    pub(super) fn is_there(&self, side: usize, unit: usize) -> bool {
        // What stands there twice, word by word, is there once too often.
        if side == 1 && self.features.is_repeated(unit) {
            return false;
        }
        match self.units[side][unit].shape {
            Shape::Text => {
                self.is_attribute(side, unit)
                    || self.is_picture_there(side, unit)
                    || self.is_of_neighbour(side, unit)
                    || self.is_broken_off(side, unit)
                    || self.sentences_say(side, unit)
                    || self.is_in_html(side, unit)
                    || self.is_verbatim(side, unit)
                    || self.neighbours_say(side, &[unit])
                    || self.targets_say(side, unit).unwrap_or_else(|| self.lengths_say(side, &[unit]))
            }
            Shape::Code { .. } => self.code_is_there(side, unit),
            _ => false,
        }
    }

    /// Is what stands in a list without a counterpart in the passage before it on the other side: all that survives
    /// translation, or as many words as that has too many?
    pub(super) fn is_in_sentence(&self, side: usize, list: &[usize]) -> bool {
        let Some(before) = list.first().and_then(|first| first.checked_sub(1)) else { return false };
        let Some(other) = self.counterparts[side][before] else { return false };
        let words: u32 = list.iter().map(|unit| self.words(side, *unit)).sum();
        let (kept, whole) = (self.words(side, before), self.words(1 - side, other));
        let misfit = |own: u32| if side == 0 { self.misfit(own, whole) } else { self.misfit(whole, own) };
        let (alone, together) = (misfit(kept), misfit(kept + words));
        let there = &self.features.sides[1 - side][other];
        if self.neighbours_say(side, list) {
            return true;
        }
        let own: Vec<Feature> = list.iter().flat_map(|unit| self.strong(side, *unit)).collect();
        if own.is_empty() {
            return (together < 0.25 && together + 0.3 < alone) || self.lengths_say(side, list);
        }
        let found = own.iter().filter(|feature| there.binary_search(feature).is_ok()).count();
        found == own.len() || (found * 2 >= own.len() && together < alone)
    }

    /// Are some units of the translation together as long as the counterpart of one of them?
    pub(super) fn are_one(&self, paired: usize, others: &[usize]) -> bool {
        let Some(reference) = self.counterparts[1][paired] else { return false };
        let (kept, whole) = (self.words(1, paired), self.words(0, reference));
        let all = kept + others.iter().map(|unit| self.words(1, *unit)).sum::<u32>();
        self.misfit(whole, all) < 0.35 && self.misfit(whole, all) < self.misfit(whole, kept)
    }

    /// What of a unit survives translation, and says which one it is.
    fn strong(&self, side: usize, unit: usize) -> impl Iterator<Item = Feature> {
        self.features.sides[side][unit].iter().copied().filter(|feature| self.features.is_strong(*feature))
    }

    /// Does the counterpart of a neighbour hold something of a unit that the neighbour itself has not? Then they were
    /// one, or became one. Names tell it as well as targets and code do, where all of those are there too.
    fn is_of_neighbour(&self, side: usize, unit: usize) -> bool {
        let around = self.around(side, unit..unit + 1);
        around.filter(|near| *near != unit).any(|near| {
            let Some(other) = self.counterparts[side][near] else { return false };
            let (there, here) = (&self.features.sides[1 - side][other], &self.features.sides[side][near]);
            let is_there = |feature: &Feature| there.binary_search(feature).is_ok();
            let is_lost = |feature: &Feature| is_there(feature) && here.binary_search(feature).is_err();
            let own: Vec<Feature> = self.strong(side, unit).collect();
            let mut names = self.names(side, unit).peekable();
            let names_say = names.peek().is_some() && names.all(|name| is_lost(&name));
            (!own.is_empty() && own.iter().all(is_lost)) || (names_say && own.iter().all(is_there))
        })
    }

    /// Names in a unit that hardly any other of its side has, and that the other side has somewhere.
    fn names(&self, side: usize, unit: usize) -> impl Iterator<Item = Feature> {
        let is_telling = move |feature: &Feature| {
            let counts = self.features.counts[*feature as usize];
            !self.features.is_telling(*feature) && counts[side] <= 2 && counts[1 - side] > 0
        };
        self.features.sides[side][unit].iter().copied().filter(is_telling)
    }

    /// Does the counterpart of a neighbour have more sentences than the neighbour, as many as the unit has, and words for
    /// some of them?
    fn sentences_say(&self, side: usize, unit: usize) -> bool {
        let own = sentences::count(self.text(side, unit));
        own > 0
            && self.beside(side, unit).any(|(near, other)| {
                let is_passage = |unit: &Unit| matches!(unit.shape, Shape::Text | Shape::Item { .. });
                let kept = sentences::count(self.text(side, near));
                let whole = sentences::count(self.text(1 - side, other));
                let least = if whole == kept + own { A_LITTLE } else { SOME };
                is_passage(&self.units[side][near])
                    && kept > 0
                    && whole >= kept + own
                    && self.lack(side, near, other) >= least * self.length(side, unit)
            })
    }

    /// The units right before and behind one that found counterparts, with these.
    fn beside(&self, side: usize, unit: usize) -> impl Iterator<Item = (usize, usize)> {
        let paired = move |near: usize| Some((near, (*self.counterparts[side].get(near)?)?));
        [unit.checked_sub(1), Some(unit + 1)].into_iter().flatten().filter_map(paired)
    }

    /// How much longer the counterpart of a unit is than it should be, in letters of the translation.
    fn lack(&self, side: usize, unit: usize, other: usize) -> f32 {
        self.length(1 - side, other) - self.length(side, unit)
    }

    /// How long a unit is, in letters of the translation.
    #[expect(clippy::cast_precision_loss, reason = "lengths of blocks")]
    fn length(&self, side: usize, unit: usize) -> f32 {
        self.words(side, unit) as f32 * if side == 0 { self.scale } else { 1.0 }
    }

    fn text(&self, side: usize, unit: usize) -> &str {
        let document = self.documents[side];
        document.source.slice(document.blocks[self.units[side][unit].text].span)
    }

    /// Do the very words of a unit stand in the counterpart of a neighbour (`[default: 20]`), or do its lines stand in
    /// the other text as code?
    fn is_verbatim(&self, side: usize, unit: usize) -> bool {
        let text = self.text(side, unit).trim();
        let mut lines = text.lines().map(|line| line.trim().trim_start_matches("$ "));
        if text.len() > 8 && lines.all(|line| self.documents[1 - side].code_blocks().any(|code| code.contains(line))) {
            return true;
        }
        let is_taken_in = |(near, other): (usize, usize)| {
            self.text(1 - side, other).contains(text) && !self.text(side, near).contains(text)
        };
        text.len() > 3 && self.beside(side, unit).any(is_taken_in)
    }

    /// Is a unit a part of the HTML beside it, for want of a blank line? Its words stand there outside of the tags.
    fn is_in_html(&self, side: usize, unit: usize) -> bool {
        self.beside(side, unit).any(|(_, other)| {
            let around = other.saturating_sub(1)..(other + 2).min(self.units[1 - side].len());
            around.filter(|at| self.units[1 - side][*at].shape == Shape::Html).any(|html| {
                let text = self.text(1 - side, html);
                let words = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
                let letters: usize = words.map(|words| words.chars().filter(|char| char.is_alphabetic()).count()).sum();
                #[expect(clippy::cast_precision_loss, reason = "lengths of blocks")]
                let is_long = letters as f32 >= 0.5 * self.length(side, unit);
                is_long && letters > 0
            })
        })
    }

    /// Does the counterpart of a neighbour have a line break within it that the neighbour has not? It keeps apart what
    /// were two paragraphs.
    fn is_broken_off(&self, side: usize, unit: usize) -> bool {
        let is_passage = |unit: &Unit| unit.shape == Shape::Text;
        self.beside(side, unit).any(|(near, other)| {
            is_passage(&self.units[side][near])
                && is_passage(&self.units[1 - side][other])
                && self.breaks(1 - side, other) > self.breaks(side, near)
        })
    }

    /// How many hard line breaks a unit has.
    fn breaks(&self, side: usize, unit: usize) -> usize {
        let lines = self.text(side, unit).trim_end().lines();
        lines
            .clone()
            .take(lines.count().saturating_sub(1))
            .filter(|line| line.ends_with("  ") || line.ends_with('\\'))
            .count()
    }

    /// Has the pair before or behind about as many words too few as some units have, and all targets and code of theirs?
    fn neighbours_say(&self, side: usize, some: &[usize]) -> bool {
        let (Some(first), Some(last)) = (some.first(), some.last()) else { return false };
        let around = self.around(side, *first..*last + 1);
        let is_paired = |at: &usize| self.counterparts[side][*at].is_some();
        let near = [(around.start..*first).rev().find(is_paired), (*last + 1..around.end).find(is_paired)];
        let own: f32 = some.iter().map(|unit| self.length(side, *unit)).sum();
        // What is missing has to be there nearly all, what is added may say it in more words.
        let share = if side == 0 { 0.75..1.6 } else { 0.5..2.5 };
        near.into_iter().flatten().any(|near| {
            let Some(other) = self.counterparts[side][near] else { return false };
            let there = &self.features.sides[1 - side][other];
            let mut features = some.iter().flat_map(|unit| self.strong(side, *unit));
            if !features.all(|feature| there.binary_search(&feature).is_ok()) {
                return false;
            }
            let lack = self.lack(side, near, other);
            own > 0.0 && share.contains(&(lack / own)) && lack >= 0.2 * self.length(1 - side, other)
        })
    }

    /// `{#id}` by itself was meant for the heading beside it.
    fn is_attribute(&self, side: usize, unit: usize) -> bool {
        let document = self.documents[side];
        let text = document.source.slice(document.blocks[self.units[side][unit].block].span).trim();
        text.starts_with('{') && text.ends_with('}') && !text.contains(char::is_whitespace)
    }

    /// A picture may be a line of the site's own syntax on the other side.
    fn is_picture_there(&self, side: usize, unit: usize) -> bool {
        let inlines = &self.documents[side].inlines[self.units[side][unit].inlines.clone()];
        let file = |inline: &Inline<'_>| match &inline.kind {
            InlineKind::Image(image) => image.destination.rsplit('/').next().map(str::to_owned),
            _ => None,
        };
        let files: Option<Vec<String>> = inlines.iter().map(file).collect();
        let text = self.documents[1 - side].source.file_text();
        files.is_some_and(|files| !files.is_empty() && files.iter().all(|file| file.len() > 4 && text.contains(file)))
    }

    /// Are most of a unit's targets and code somewhere on the other side? `None` where it has none.
    fn targets_say(&self, side: usize, unit: usize) -> Option<bool> {
        let (mut all, mut found) = (0, 0);
        for feature in self.strong(side, unit) {
            let [here, there] = [side, 1 - side].map(|side| self.features.counts[feature as usize][side]);
            all += 1;
            // What is elsewhere on this side too has its counterpart there.
            found += usize::from(there > 0 && there >= here);
        }
        (all > 0).then_some(found * 2 > all)
    }

    /// Do the lengths of what is around fit better with neighbouring units than without them?
    fn lengths_say(&self, side: usize, some: &[usize]) -> bool {
        let (Some(first), Some(last)) = (some.first(), some.last()) else { return false };
        let around = self.around(side, *first..*last + 1);
        let others: Vec<usize> = around.clone().filter_map(|at| self.counterparts[side][at]).collect();
        let (Some(first), Some(last)) = (others.iter().min(), others.iter().max()) else { return false };
        let own: u32 = around.map(|at| self.words(side, at)).sum();
        let theirs: u32 = (*first..=*last).map(|at| self.words(1 - side, at)).sum();
        let without = own - some.iter().map(|unit| self.words(side, *unit)).sum::<u32>();
        let misfit = |own: u32| if side == 0 { self.misfit(own, theirs) } else { self.misfit(theirs, own) };
        if side == 0 {
            return misfit(own) < misfit(without) && misfit(own) < 0.25;
        }
        // Hardly anybody writes a passage that the reference has not: only where it is clearly too much.
        misfit(own) < misfit(without) + CLEARLY
    }

    /// Some units with those before and after them in the same section.
    fn around(&self, side: usize, some: Range<usize>) -> Range<usize> {
        let units = self.units[side];
        let is_heading = |at: &usize| matches!(units[*at].shape, Shape::Heading(_));
        let first = some.start.saturating_sub(AROUND);
        let start = (first..some.start).rev().find(is_heading).map_or(first, |at| at + 1);
        let end = (some.end + AROUND).min(units.len());
        start..(some.end..end).find(is_heading).unwrap_or(end)
    }

    fn words(&self, side: usize, unit: usize) -> u32 {
        let unit = &self.units[side][unit];
        if matches!(unit.shape, Shape::Code { .. } | Shape::Html | Shape::Rule) { 0 } else { unit.length }
    }

    #[expect(clippy::cast_precision_loss, reason = "lengths of blocks")]
    fn misfit(&self, reference: u32, translation: u32) -> f32 {
        ((translation as f32 + 4.0) / (reference as f32 * self.scale + 4.0)).ln().abs()
    }

    /// Half of the lines of a code block stand somewhere in the other text: in a longer block, or in another kind of one.
    fn code_is_there(&self, side: usize, unit: usize) -> bool {
        let BlockKind::Code { text, .. } = &self.documents[side].blocks[self.units[side][unit].block].kind else {
            return false;
        };
        let shortest = if text.lines().count() == 1 { 4 } else { 8 };
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| line.len() >= shortest).take(32).collect();
        // A block that is there as often on both sides is there already.
        let count = |side: usize, line: &str| self.documents[side].source.file_text().matches(line).take(64).count();
        let is_there = |line: &&&str| count(1 - side, line) >= count(side, line);
        !lines.is_empty() && lines.iter().filter(is_there).count() * 2 >= lines.len()
    }
}
