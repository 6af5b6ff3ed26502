//! `placeholder-mismatch`: tokens of the site's own syntax that were lost, changed or spoilt.

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

/// What stands on either side between two tokens that both have.
struct Gap<'s, 'b> {
    sides: &'s Sides<'b>,
    missing: Vec<Placed<'b>>,
    extra: Vec<Placed<'b>>,
    /// The translation's text between the two.
    text: Span,
}

impl<'b> Sides<'b> {
    /// The gaps in which something is missing or extra on the whole: what changed places is neither.
    fn gaps(&self) -> Vec<Gap<'_, 'b>> {
        let key = |token: &Token<'_>| (token.kind, token.name.to_ascii_lowercase());
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
        for (r, t) in &self.same {
            let (theirs, ours) = (self.theirs[*r].token, self.ours[*t].token);
            // Of several of one name in a row nobody knows which is which.
            let is_alone = |tokens: &[Placed<'_>]| tokens.iter().filter(|one| is_same(one.token, ours)).count() == 1;
            if theirs.kind != Placeholder::Shortcodes || !(is_alone(&self.theirs) && is_alone(&self.ours)) {
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

/// Names of openers that are told, or that are another form of the same: what closes them is not told again.
type Ends<'b> = HashMap<&'b str, usize>;

impl<'b> Gap<'_, 'b> {
    fn tell(&self, ends: &mut Ends<'b>, spoilt: &mut Vec<String>, report: &mut Report) {
        let mut extra = self.extra.clone();
        for one in &self.missing {
            let token = one.token;
            if let Some(at) = spoilt.iter().position(|name| name.eq_ignore_ascii_case(token.name)) {
                spoilt.remove(at);
                continue;
            }
            if is_end_of(token, ends) || self.sides.is_in_lost_block(token) {
                continue;
            }
            *ends.entry(token.name).or_default() += 1;
            if one.is_with_its_block() && is_container(token, &self.sides.theirs) {
                continue;
            }
            let instead = extra.iter().position(|other| self.sides.is_changed(one, other));
            // A container may be an alert or a shortcode here.
            let is_other_form = |other: &Placed<'_>| other.token.kind != token.kind && other.closes() == one.closes();
            let other_form = extra.iter().position(is_other_form);
            match (instead, other_form) {
                (Some(at), _) => {
                    let other = extra.remove(at).token;
                    *ends.entry(other.name).or_default() += 1;
                    // Another file is another target, which is told as such.
                    if token.kind != Placeholder::Includes {
                        tell_changed(token, other, report);
                    }
                }
                (None, Some(at)) => *ends.entry(extra.remove(at).token.name).or_default() += 1,
                (None, None) => self.missing(token, report),
            }
        }
        for one in extra {
            let token = one.token;
            if is_end_of(token, ends) {
                continue;
            }
            *ends.entry(token.name).or_default() += 1;
            if !(one.is_with_its_block() && is_container(token, &self.sides.ours)) {
                let finding = report.at(token.span, format!("{} is not in the reference", shown(token)));
                finding.label("only here").value(token.name);
                finding.help("take it out, or add it to the reference");
                if matches!(token.kind, Placeholder::Containers | Placeholder::Alerts) {
                    finding.minor();
                }
            }
        }
    }

    fn missing(&self, token: &Token<'_>, report: &mut Report) {
        let spoilt = self.spoilt(token);
        let is_spoilt = spoilt.is_some();
        let (place, message, label) = match spoilt {
            Some(place) => (place, format!("{} is not written as the site reads it", shown(token)), "spoilt"),
            None => (self.sides.place(token), format!("{} is missing", shown(token)), "should stand here"),
        };
        let finding = report.at(place, message);
        finding.label(label).reference(token.span, "the reference's").about(token.name);
        if is_spoilt {
            finding.slip();
        }
        finding.help("copy it from the reference, with all of its signs");
    }

    /// The name with some of its signs, in the text between the neighbours.
    fn spoilt(&self, token: &Token<'_>) -> Option<Span> {
        let text = self.sides.translation.source.shown_text().get(self.text.range())?;
        let name = token.name.trim_start_matches(['/', ' ']);
        let lower = text.to_ascii_lowercase();
        let name = name.to_ascii_lowercase();
        let is_in_comment = |at: usize| {
            let place = Span::at(self.text.start as usize + at);
            placeholders::comments(self.sides.translation.source.shown_text()).iter().any(|it| it.contains(place))
        };
        let mut from = 0;
        while let Some(at) = lower[from..].find(&name).map(|at| from + at) {
            from = at + name.len();
            let line = text[..at].rfind('\n').map_or(0, |line| line + 1);
            let before = text[line..at].trim_end();
            let start = before.trim_end_matches(|char: char| "{}<>%/[]!:‹›＜＞｛｝［］！%％：* ".contains(char)).len();
            let is_call = |line: &str| token.kind == Placeholder::Includes && line.to_lowercase().contains("include");
            let start = if is_call(before) { 0 } else { start };
            let is_sign = is_call(before) || before[start..].chars().any(|char| "{<%[!:‹＜｛［！％：".contains(char));
            let is_word = text[from..].starts_with(|next: char| next.is_alphanumeric() || next == '_');
            if is_sign && !is_word && !is_in_comment(at) {
                let start = line + start + (before[start..].len() - before[start..].trim_start().len());
                let base = self.text.start as usize;
                return Some(Span::new(base + start..base + from));
            }
        }
        None
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

fn tell_changed(theirs: &Token<'_>, ours: &Token<'_>, report: &mut Report) {
    let name = shown(theirs);
    let name = &name[name.find('`').unwrap_or_default()..];
    let finding = report.at(ours.span, format!("{} is {name} in the reference", shown(ours)));
    finding.label("not what the site reads").reference(theirs.span, "the reference's").value(ours.name);
    if edits(&theirs.name.to_lowercase(), &ours.name.to_lowercase(), 2).is_some() {
        finding.slip();
    }
    finding.help(format!("write `{}`: it is a name, and no word", theirs.name));
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

/// Does a token close one of those, which then is done with?
fn is_end_of(token: &Token<'_>, ends: &mut Ends<'_>) -> bool {
    let opener =
        token.name.strip_prefix('/').and_then(|name| ends.get_mut(name.trim_start())).filter(|left| **left > 0);
    opener.is_some_and(|left| {
        *left -= 1;
        true
    })
}

fn shown(token: &Token<'_>) -> String {
    let name = token.name;
    match token.kind {
        Placeholder::Shortcodes => format!("the shortcode `{name}`"),
        Placeholder::Macros => format!("the macro `{name}`"),
        Placeholder::Includes | Placeholder::Preprocessor | Placeholder::Snippets => format!("the include of `{name}`"),
        Placeholder::Containers => format!("the container `{name}`"),
        Placeholder::Liquid => format!("the tag `{name}`"),
        Placeholder::Alerts => format!("the alert marker `[!{name}]`"),
    }
}
