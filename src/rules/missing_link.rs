//! `missing-link`: a link of the reference that the translation lost.

use serde::Deserialize;

use super::words::{link_text, quoted};
use crate::align::{Bitext, Comparison, LinkPair};
use crate::document::InlineKind;
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
        for pair in &comparison.links {
            let (Some(there), None) = (pair.reference, pair.translation) else { continue };
            let reference = comparison.reference;
            let InlineKind::Link(link) = &reference.inlines[there].kind else { continue };
            if bitext.is_optional(&link.destination) {
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
            finding.about(bitext.target(&link.destination).page);
        }
    }
}

/// Behind the link before it in the same block, else where the block's counterpart starts.
fn place(comparison: &Comparison<'_>, bitext: &Bitext<'_>, pair: &LinkPair) -> Span {
    if let Some(before) = pair.after {
        return bitext.translation.inlines[before].span.after();
    }
    let block = pair.reference.map(|there| comparison.reference.inlines[there].block);
    let home = block.and_then(|block| comparison.counterpart(block));
    home.map_or(Span::default(), |home| Span::at(bitext.translation.blocks[home].span.start as usize))
}
