//! `missing-anchor`: an explicit id of the reference that the translation lost or changed.

use foldhash::HashSet;
use serde::Deserialize;

use crate::align::{Bitext, Comparison, Passage};
use crate::diagnostic::Applicability;
use crate::document::{Document, InlineId, InlineKind, slug};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "missing-anchor",
    kind: Kind::Comparative(Subject::Links),
    yaml: include_str!("../../rules/missing-anchor.yaml"),
    load: load::<MissingAnchor>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MissingAnchor {}

/// An id of the reference that the translation lacks.
struct Lost<'d> {
    id: &'d str,
    anchor: InlineId,
    /// The id that its counterpart has instead.
    instead: Option<(InlineId, &'d str)>,
    place: crate::source::Span,
}

impl Check for MissingAnchor {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable() else { return };
        let theirs = anchors(comparison.reference);
        if theirs.is_empty() {
            return;
        }
        let ours: HashSet<String> = all_ids(bitext.translation);
        let known: HashSet<&str> = theirs.iter().map(|(_, id)| *id).collect();
        let passages = comparison.passages();
        // Where nearly all ids are written out, one that is not was forgotten, even if the heading makes the same for now.
        let kept = anchors(bitext.translation).iter().filter(|(_, id)| known.contains(id)).count();
        let ours = if kept >= 3 && kept * 10 >= theirs.len() * 8 { explicit_ids(bitext.translation) } else { ours };
        let mut lost: Vec<Lost<'_>> =
            passages.iter().flat_map(|passage| lost(passage, comparison, bitext.translation, &ours, &known)).collect();
        lost.extend(lost_lines(passages, comparison, bitext.translation, &ours));
        // Where most ids are other ones, this language names them in its own words.
        let renamed = lost.iter().filter(|one| one.instead.is_some()).count();
        let is_own_way = renamed > 2 && renamed * 2 > theirs.len();
        for one in lost.into_iter().filter(|one| !(is_own_way && one.instead.is_some())) {
            tell(&one, comparison, bitext.translation, report);
        }
    }
}

/// The ids of a passage that the translation has nowhere.
fn lost<'d>(
    passage: &Passage,
    comparison: &'d Comparison<'_>,
    translation: &'d Document<'_>,
    ours: &HashSet<String>,
    known: &HashSet<&str>,
) -> Vec<Lost<'d>> {
    let is_anchor = |(inline, node): (InlineId, &'d crate::document::Inline<'_>)| match &node.kind {
        InlineKind::Anchor(id) => Some((inline, id.as_ref())),
        _ => None,
    };
    let mut own: Vec<(InlineId, &str)> =
        passage.of_translation(translation).into_iter().filter_map(is_anchor).collect();
    own.retain(|(_, id)| !known.contains(id));
    let missing = passage.of_reference(comparison.reference).into_iter().filter_map(is_anchor);
    let missing = missing.filter(|(_, id)| !ours.contains(&id.to_lowercase()));
    let block = passage.translation[0].text;
    let lost = missing.map(|(anchor, id)| {
        let instead = if own.is_empty() { None } else { Some(own.remove(0)) };
        let place = match instead {
            Some((inline, _)) => translation.inlines[inline].span,
            None => end_of_first_line(translation, block),
        };
        Lost { id, anchor, instead, place }
    });
    lost.collect()
}

/// Lines of nothing but an id that the translation has nowhere: no block is told as missing for them.
fn lost_lines<'d>(
    passages: &[Passage],
    comparison: &'d Comparison<'_>,
    translation: &'d Document<'_>,
    ours: &HashSet<String>,
) -> Vec<Lost<'d>> {
    let reference = comparison.reference;
    let paired: HashSet<InlineId> =
        passages.iter().flat_map(|passage| passage.of_reference(reference)).map(|(id, _)| id).collect();
    let is_lost = |(anchor, id): &(InlineId, &str)| {
        let block = &reference.blocks[reference.inlines[*anchor].block];
        !paired.contains(anchor)
            && !ours.contains(&id.to_lowercase())
            && is_tags_alone(reference.source.slice(block.span))
    };
    let place = |anchor: InlineId| {
        let behind = reference.inlines[anchor].span.end;
        let units = comparison.reference_units.iter().filter(|unit| reference.blocks[unit.block].span.start >= behind);
        let mut next = units.filter_map(|unit| comparison.counterpart(unit.block));
        next.next().map(|block| crate::source::Span::at(translation.blocks[block].span.start as usize))
    };
    let lines = anchors(reference).into_iter().filter(is_lost);
    lines.filter_map(|(anchor, id)| Some(Lost { id, anchor, instead: None, place: place(anchor)? })).collect()
}

fn is_tags_alone(text: &str) -> bool {
    let mut is_tag = false;
    text.chars().all(|char| {
        is_tag = char == '<' || (is_tag && char != '>');
        is_tag || char == '>' || char.is_whitespace()
    })
}

fn end_of_first_line(document: &Document<'_>, block: usize) -> crate::source::Span {
    let span = document.blocks[block].span;
    let first = document.source.slice(span).lines().next().unwrap_or_default().trim_end();
    crate::source::Span::at(span.start as usize + first.len())
}

fn anchors<'d>(document: &'d Document<'_>) -> Vec<(InlineId, &'d str)> {
    let anchor = |(at, inline): (usize, &'d crate::document::Inline<'_>)| match &inline.kind {
        InlineKind::Anchor(id) => Some((at, id.as_ref())),
        _ => None,
    };
    document.inlines.iter().enumerate().filter_map(anchor).collect()
}

fn explicit_ids(document: &Document<'_>) -> HashSet<String> {
    anchors(document).into_iter().map(|(_, id)| id.to_lowercase()).collect()
}

/// Every id of a page, in lower case: those that it gives and those that its headings make.
fn all_ids(document: &Document<'_>) -> HashSet<String> {
    let headings = document.blocks.iter().enumerate().filter(|(_, block)| block.noun() == "heading");
    let made = headings.map(|(at, _)| slug::of_heading(document, at));
    made.chain(explicit_ids(document)).collect()
}

fn tell(lost: &Lost<'_>, comparison: &Comparison<'_>, translation: &Document<'_>, report: &mut Report) {
    let id = lost.id;
    // An id that stands in the text all the same is written in a way that the site may read.
    if translation.source.file_text().contains(&format!("\"{id}\"")) {
        return;
    }
    let message = match lost.instead {
        Some((_, own)) => format!("the id `{own}` is `{id}` in the reference"),
        None => format!("the id `{id}` is missing"),
    };
    let finding = report.at(lost.place, message);
    finding.label(if lost.instead.is_some() { "another id" } else { "no id" }).about(id);
    finding.reference(comparison.reference.inlines[lost.anchor].span, "the reference's id");
    finding.help(format!("keep `{id}`, which links from elsewhere may lead to"));
    let theirs = comparison.reference.source.slice(comparison.reference.inlines[lost.anchor].span);
    if lost.instead.is_none() && lost.place.is_empty() && theirs.starts_with("{#") {
        finding.fix(Applicability::Unsafe, format!("add `{id}`"), lost.place, format!(" {theirs}"));
    }
    // Links of the page to its own id would lead nowhere.
    let text = translation.source.file_text();
    if let Some((anchor, own)) = lost.instead.filter(|(_, own)| !text.contains(&format!("(#{own}"))) {
        let place = translation.inlines[anchor].span;
        let written = translation.source.slice(place);
        if written.matches(own).count() == 1 {
            finding.fix(Applicability::Safe, format!("write `{id}`"), place, written.replacen(own, id, 1));
        }
    }
}
