//! `placeholder-mismatch`: tokens of the site's own syntax that were lost, changed or spoilt.

mod components;
mod gap;

use foldhash::HashMap;
use serde::Deserialize;

use crate::align::{Bitext, Comparison, Unit};
use crate::document::dialect::Placeholder;
use crate::document::placeholders::{self, Token};
use crate::document::{BlockId, Document};
use crate::pairing::{self, NEVER};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;
use crate::target::{Relation, file_name};
use crate::text::edits;
use gap::{Ends, Gap};

pub(super) const RULE: Builtin = Builtin {
    id: "placeholder-mismatch",
    kind: Kind::Comparative(Subject::Code),
    yaml: include_str!("../../rules/placeholder-mismatch.yaml"),
    load: load::<PlaceholderMismatch>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceholderMismatch {
    /// Tokens that stand for words, so that a translation may have more or fewer; `*` stands for anything.
    free: Vec<String>,
    /// Arguments whose values are the same in every language.
    fixed: Vec<String>,
    /// Attributes of components whose values are names.
    names: Vec<String>,
}

impl Check for PlaceholderMismatch {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable().filter(|comparison| comparison.reference.has_prose) else { return };
        let mut spoilt = spoilt_calls(comparison.reference, bitext.translation, report);
        // What the reference itself does not close is its own slip.
        let unbalanced = placeholders::unbalanced(&comparison.reference.placeholders);
        let is_compared = |token: &&Token<'_>| {
            !self.free.iter().any(|pattern| matches(pattern, token.name))
                && !unbalanced.contains(token.name.trim_start_matches(['/', ' ']))
        };
        let (reference, translation) = (comparison.reference, bitext.translation);
        let place = |token, document, units, counterpart: &dyn Fn(BlockId) -> Option<BlockId>| {
            let block = block_at(token, document, units);
            let arguments = placeholders::arguments(document, token);
            Placed { token, arguments, block, counterpart: block.and_then(counterpart) }
        };
        let theirs = reference.placeholders.iter().filter(is_compared);
        let theirs = theirs
            .map(|token| place(token, reference, &comparison.reference_units, &|block| comparison.counterpart(block)));
        let ours = translation.placeholders.iter().filter(is_compared);
        let ours = ours.map(|token| {
            place(token, translation, &comparison.translation_units, &|block| comparison.reference_block(block))
        });
        let (theirs, ours): (Vec<_>, Vec<_>) = (theirs.collect(), ours.collect());
        let same = same(&theirs, &ours);
        let sides = Sides { comparison, translation, theirs, ours, same };
        // What became of openers goes for what closes them.
        let mut ends: Ends<'_> = HashMap::default();
        for gap in sides.gaps() {
            gap.tell(&mut ends, &mut spoilt, report);
        }
        sides.compare_arguments(&self.fixed, bitext, report);
        components::compare(&self.names, [reference, translation], report);
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => name.ends_with(end),
        (_, Some(start)) => name.starts_with(start),
        _ => name.trim_start_matches('/').eq_ignore_ascii_case(pattern),
    }
}

fn is_same(a: &Token<'_>, b: &Token<'_>) -> bool {
    a.kind == b.kind && a.name.eq_ignore_ascii_case(b.name)
}

/// What makes two tokens the same.
fn key(token: &Token<'_>) -> (Placeholder, String) {
    (token.kind, token.name.to_ascii_lowercase())
}

/// A token with the block that it opens or closes, or that is around it, and the counterpart of that.
#[derive(Clone, Copy)]
struct Placed<'b> {
    token: &'b Token<'b>,
    arguments: &'b str,
    block: Option<BlockId>,
    counterpart: Option<BlockId>,
}

impl Placed<'_> {
    fn is_beside(&self, other: &Self) -> bool {
        self.counterpart.is_some() && self.counterpart == other.block
    }

    /// Only this side has what it opens.
    fn is_with_its_block(&self) -> bool {
        self.block.is_some() && self.counterpart.is_none()
    }

    fn closes(&self) -> bool {
        self.token.name.starts_with('/')
    }
}

/// Tokens that are the same, as many in order as there can be, and of those the ones whose blocks go together.
fn same(theirs: &[Placed<'_>], ours: &[Placed<'_>]) -> Vec<(usize, usize)> {
    pairing::pairs(theirs.len(), ours.len(), |i, j| {
        let (theirs, ours) = (&theirs[i], &ours[j]);
        if !is_same(theirs.token, ours.token) {
            return NEVER;
        }
        let is_beside = if theirs.is_beside(ours) { 0.5 } else { 0.0 };
        let is_same_call = !theirs.arguments.is_empty() && theirs.arguments == ours.arguments;
        1.0 + is_beside + if is_same_call { 0.25 } else { 0.0 }
    })
}

fn block_at(token: &Token<'_>, document: &Document<'_>, units: &[Unit]) -> Option<BlockId> {
    let next = units.partition_point(|unit| document.blocks[unit.block].span.end <= token.span.start);
    let is_around = |unit: &&Unit| document.blocks[unit.block].span.contains(token.span);
    let closed = || units[..next].last().filter(|_| token.name.starts_with('/'));
    units.get(next).filter(is_around).or_else(closed).or(units.get(next)).map(|unit| unit.text)
}

/// The tokens of both sides.
struct Sides<'b> {
    comparison: &'b Comparison<'b>,
    translation: &'b Document<'b>,
    theirs: Vec<Placed<'b>>,
    ours: Vec<Placed<'b>>,
    same: Vec<(usize, usize)>,
}

impl<'b> Sides<'b> {
    /// The gaps in which something is missing or extra on the whole: what changed places is neither.
    fn gaps(&self) -> Vec<Gap<'_, 'b>> {
        let mut excess: HashMap<(Placeholder, String), isize> = HashMap::default();
        self.theirs.iter().for_each(|one| *excess.entry(key(one.token)).or_default() += 1);
        self.ours.iter().for_each(|one| *excess.entry(key(one.token)).or_default() -= 1);
        let end = (self.theirs.len(), self.ours.len());
        let (mut i, mut j, mut from) = (0, 0, 0);
        let mut gaps = Vec::new();
        for (r, t) in self.same.iter().copied().chain([end]) {
            let mut take = |tokens: &[Placed<'b>], sign: isize| {
                let mut kept = Vec::new();
                for one in tokens {
                    let left = excess.entry(key(one.token)).or_default();
                    if *left * sign > 0 {
                        *left -= sign;
                        kept.push(*one);
                    }
                }
                kept
            };
            let (missing, extra) = (take(&self.theirs[i..r], 1), take(&self.ours[j..t], -1));
            let to = self
                .ours
                .get(t)
                .map_or(self.translation.source.shown_text().len(), |one| one.token.span.start as usize);
            if !missing.is_empty() || !extra.is_empty() {
                gaps.push(Gap { sides: self, missing, extra, text: Span::new(from..to.max(from)) });
            }
            from = self.ours.get(t).map_or(to, |one| one.token.span.end as usize);
            (i, j) = (r + 1, t + 1);
        }
        gaps
    }

    /// Arguments of paired tokens that must be the same.
    fn compare_arguments(&self, fixed: &[String], bitext: &Bitext<'_>, report: &mut Report) {
        let counts = [&self.theirs, &self.ours].map(|tokens| {
            let mut counts: HashMap<_, usize> = HashMap::default();
            for one in tokens {
                *counts.entry(key(one.token)).or_default() += 1;
            }
            counts
        });
        for (r, t) in &self.same {
            let (theirs, ours) = (self.theirs[*r].token, self.ours[*t].token);
            // Of several of one name in a row nobody knows which is which.
            let is_alone = || counts.iter().all(|counts| counts.get(&key(ours)) == Some(&1));
            if theirs.kind != Placeholder::Shortcodes || !is_alone() {
                continue;
            }
            for key in fixed {
                let there = placeholders::argument(self.comparison.reference, theirs, key);
                let here = placeholders::argument(self.translation, ours, key);
                let (Some((there, value)), Some((here, own))) = (there, here) else { continue };
                if value != own && !is_one_thing(value, own, bitext) {
                    let finding =
                        report.at(here, format!("`{key}` of `{}` is `{own}`; the reference has `{value}`", ours.name));
                    finding.label("another value").reference(there, "the reference's value").value(own);
                    finding.help(format!("write `{value}`: it is no text"));
                }
            }
        }
    }

    /// Does one token stand in the place of another: a slip, a translated name, the same arguments, the same block?
    fn is_changed(&self, theirs: &Placed<'_>, ours: &Placed<'_>) -> bool {
        let (a, b) = (theirs.token, ours.token);
        let is_near = || edits(&a.name.to_lowercase(), &b.name.to_lowercase(), 2).is_some();
        let has_same_arguments = || theirs.arguments.len() > 1 && theirs.arguments == ours.arguments;
        let is_opener = || !theirs.closes() && (theirs.is_beside(ours) || !b.name.is_ascii() || has_same_arguments());
        let is_one_form = || is_container(a, &self.theirs) == is_container(b, &self.ours);
        a.kind == b.kind && theirs.closes() == ours.closes() && (is_near() || (is_one_form() && is_opener()))
    }

    /// A lost block takes its tokens with it.
    fn is_in_lost_block(&self, token: &Token<'_>) -> bool {
        let reference = self.comparison.reference;
        let mut around = self.comparison.reference_units.iter();
        let unit = around.find(|unit| reference.blocks[unit.block].span.contains(token.span));
        // A line of nothing but a token is no block to anybody else.
        let is_line =
            |unit: &Unit| reference.source.slice(reference.blocks[unit.block].span).starts_with(['{', ':', '[']);
        unit.is_some_and(|unit| self.comparison.counterpart(unit.block).is_none() && !is_line(unit))
    }

    /// Where a token of the reference should stand: before the next block that both sides have.
    fn place(&self, token: &Token<'_>) -> Span {
        let reference = self.comparison.reference;
        let units = &self.comparison.reference_units;
        let next = units.partition_point(|unit| reference.blocks[unit.block].span.end <= token.span.start);
        let counterpart =
            |unit: &Unit| self.comparison.counterpart(unit.block).map(|block| &self.translation.blocks[block]);
        let before = || units[..next].iter().rev().find_map(counterpart).map(|block| block.span.after());
        let after = || units[next..].iter().find_map(counterpart).map(|block| Span::at(block.span.start as usize));
        let closes = token.name.starts_with('/');
        let place = if closes { before().or_else(after) } else { after().or_else(before) };
        place.unwrap_or_default()
    }
}

/// One place in another spelling, or a picture in another language.
fn is_one_thing(theirs: &str, ours: &str, bitext: &Bitext<'_>) -> bool {
    let is_path = |value: &str| value.contains(['/', '.']);
    let (a, b) = (bitext.target(theirs), bitext.target(ours));
    is_path(theirs) && (a.relation(&b) != Relation::Different || file_name(theirs) == file_name(ours))
}

/// Is something closed behind it, or is it a container by its kind? What is lost or added with its content is told so.
fn is_container(token: &Token<'_>, all: &[Placed<'_>]) -> bool {
    matches!(token.kind, Placeholder::Containers | Placeholder::Alerts)
        || all.iter().any(|other| other.token.name.strip_prefix('/').map(str::trim_start) == Some(token.name))
}

/// Calls of shortcodes that lost a sign: told where they stand, and given by name.
fn spoilt_calls(reference: &Document<'_>, translation: &Document<'_>, report: &mut Report) -> Vec<String> {
    let first = reference.placeholders.iter().find(|token| token.kind == Placeholder::Shortcodes);
    let Some(first) = first else { return Vec::new() };
    let [theirs, ours] = [reference, translation].map(|document| placeholders::unpaired(document.source.shown_text()));
    // The reference may show such a thing on purpose.
    if ours.len() <= theirs.len() {
        return Vec::new();
    }
    let text = translation.source.shown_text();
    let mut names = Vec::new();
    for at in ours {
        let (place, name) = placeholders::call_at(text, at);
        let finding = report.at(Span::new(place), format!("the shortcode `{name}` lacks one of its signs"));
        finding.label("not read by the site").reference(first.span, "the reference's way to write one").slip();
        finding.help("write `{{<` before it and `>}}` behind it, or `{{%` and `%}}`");
        names.push(name.to_owned());
    }
    names
}
