//! `extra-link`: a link that the reference does not have.

use serde::Deserialize;

use super::malformed_link::is_broken_picture;
use crate::align::Bitext;
use crate::document::{InlineKind, LinkForm};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::site::Side;
use crate::target::Target;

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
            // A picture with a blank behind its `!` is told as such.
            if is_broken_picture(bitext.translation, here) {
                continue;
            }
            let InlineKind::Link(link) = &inline.kind else { continue };
            if link.form == LinkForm::Reference && link.destination.is_empty() {
                continue;
            }
            let target = bitext.target(&link.destination);
            // A notice of the translators' leads to the page that it is a translation of.
            let is_own_page = target.page.is_empty() && target.fragment.is_empty() && !link.destination.is_empty();
            if bitext.is_optional(&link.destination) || is_own_page {
                continue;
            }
            let message =
                format!("the link to `{}` is not in the reference", bitext.translation.shown_destination(link));
            let finding = report.at(inline.span, message);
            finding.label("only here");
            if link.form == LinkForm::Bare || leads_to_a_page(&target, bitext) {
                finding.minor();
            }
            if let Some(block) = comparison.kindred_block(inline.block) {
                finding.reference(comparison.reference.blocks[block].span, "the same passage of the reference");
            }
        }
    }
}

/// A page of the project: whoever translates may help readers to find it.
fn leads_to_a_page(target: &Target, bitext: &Bitext<'_>) -> bool {
    target.is_local() && bitext.site.is_some_and(|site| !site.pages(target, Side::Translation).is_empty())
}
