//! `missing-link`: a link of the reference that the translation lost.

use serde::Deserialize;

use super::labels::undefined;
use super::words::{link_text, quoted};
use crate::align::{Bitext, Comparison, LinkPair};
use crate::document::{BlockId, Document, InlineKind, LinkForm};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "missing-link",
    kind: Kind::Comparative(Subject::Links),
    yaml: include_str!("../../rules/missing-link.yaml"),
    load: load::<MissingLink>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MissingLink {}

impl Check for MissingLink {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable() else { return };
        let labels = undefined(bitext);
        for pair in &comparison.links {
            let (Some(there), None) = (pair.reference, pair.translation) else { continue };
            let reference = comparison.reference;
            let InlineKind::Link(link) = &reference.inlines[there].kind else { continue };
            // What leads nowhere in the reference is nothing to follow.
            if bitext.is_optional(&link.destination) || bitext.is_dead(&bitext.target(&link.destination)) {
                continue;
            }
            // A bare address stands there as code, or as text of another link.
            if link.form == LinkForm::Bare && bitext.translation.source.text().contains(&*link.destination) {
                continue;
            }
            // That its label is not defined is told as such.
            if labels.iter().any(|one| reference.inlines[one.there].kind.destination() == Some(&*link.destination)) {
                continue;
            }
            let to = reference.shown_destination(link);
            let text = link_text(reference, there);
            let message = match text {
                Some(text) => format!("the link {} to `{to}` is missing", quoted(text)),
                None => format!("the link to `{to}` is missing"),
            };
            let finding = report.at(place(comparison, bitext, pair), message);
            finding.label("the reference has a link in this passage");
            finding.help(format!("link its translation to `{to}`"));
            finding.reference(reference.inlines[there].span, "this link");
            finding.about(bitext.target(&link.destination).page.clone());
        }
    }
}

/// Where its words stand in the passage all the same, else about as far into it as in the reference, at the start of a
/// line behind the link before it.
fn place(comparison: &Comparison<'_>, bitext: &Bitext<'_>, pair: &LinkPair) -> Span {
    let translation = bitext.translation;
    let before = pair.after.map(|before| translation.inlines[before].span);
    let there = pair.reference.map(|there| (there, comparison.reference.inlines[there].block));
    let home = there.and_then(|(_, block)| comparison.counterpart(block));
    let (Some((there, block)), Some(home)) = (there, home) else {
        return before.map_or(Span::default(), Span::after);
    };
    let span = translation.blocks[home].span;
    let from = before.map_or(span.start, |before| before.end) as usize;
    let rest = translation.source.slice(Span::new(from.min(span.end as usize)..span.end as usize));
    if let Some(at) =
        link_text(comparison.reference, there).and_then(|text| words_in(translation, home, from, rest, text))
    {
        return Span::at(at);
    }
    let whole = comparison.reference.blocks[block].span;
    let share = |all: usize| {
        let offset = comparison.reference.inlines[there].span.start.saturating_sub(whole.start) as usize;
        all * offset.min(whole.len()) / whole.len().max(1)
    };
    let about = span.start as usize + share(span.len());
    let text = translation.source.text();
    let line = (0..=about.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .map_or(0, |at| text[..at].rfind('\n').map_or(0, |line| line + 1));
    Span::at(line.max(from))
}

/// Where a text of some length stands outside of links.
fn words_in(translation: &Document<'_>, block: BlockId, from: usize, rest: &str, text: &str) -> Option<usize> {
    let found = rest.match_indices(text).map(|(at, _)| from + at);
    let is_free = |at: &usize| {
        let links = translation.inlines_of(block).iter().filter(|inline| matches!(inline.kind, InlineKind::Link(_)));
        !links.map(|link| link.span).any(|link| (link.start as usize..link.end as usize).contains(at))
    };
    (text.len() > 2).then(|| found.into_iter().find(is_free)).flatten()
}
