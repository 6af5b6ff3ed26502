//! `missing-link-text`: a link that shows nothing.

use serde::Deserialize;

use super::words::{link_text, quoted};
use crate::align::Bitext;
use crate::document::{InlineKind, LinkForm};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "missing-link-text",
    kind: Kind::Absolute(Subject::Links),
    yaml: include_str!("../../rules/missing-link-text.yaml"),
    load: load::<MissingLinkText>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MissingLinkText {}

impl Check for MissingLinkText {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        for (id, inline) in bitext.translation.inlines.iter().enumerate() {
            let InlineKind::Link(link) = &inline.kind else { continue };
            if !link.is_empty || !matches!(link.form, LinkForm::Inline | LinkForm::Reference) {
                continue;
            }
            let counterpart = bitext.source_document().zip(bitext.reference_link(id));
            let finding = report.at(inline.span, format!("the link to `{}` has no text", link.destination));
            finding.label("nothing to click on");
            if let Some((reference, there)) = counterpart {
                let is_empty = reference.inlines[there].kind.as_link().is_some_and(|link| link.is_empty);
                finding.in_reference_too(is_empty);
                finding.reference(reference.inlines[there].span, "the reference's link");
                if let Some(text) = link_text(reference, there) {
                    finding.help(format!("move the translation of {} into the brackets", quoted(text)));
                }
            }
        }
    }

    fn is_excused_by_others(&self) -> bool {
        // It asks the reference itself.
        false
    }
}
