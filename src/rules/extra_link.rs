//! `extra-link`: a link that the reference does not have.

use serde::Deserialize;

use crate::align::Bitext;
use crate::document::{InlineKind, LinkForm};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "extra-link",
    kind: Kind::Comparative(Subject::Links),
    yaml: include_str!("../../rules/extra-link.yaml"),
    load: load::<ExtraLink>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtraLink {}

impl Check for ExtraLink {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable() else { return };
        for pair in &comparison.links {
            let (None, Some(here)) = (pair.reference, pair.translation) else { continue };
            let inline = &bitext.translation.inlines[here];
            let InlineKind::Link(link) = &inline.kind else { continue };
            if link.form == LinkForm::Reference && link.destination.is_empty() {
                continue;
            }
            if bitext.is_optional(&link.destination) {
                continue;
            }
            let message =
                format!("the link to `{}` is not in the reference", bitext.translation.shown_destination(link));
            let finding = report.at(inline.span, message);
            finding.label("only here");
            if let Some(block) = comparison.kindred_block(inline.block) {
                finding.reference(comparison.reference.blocks[block].span, "the same passage of the reference");
            }
        }
    }
}
