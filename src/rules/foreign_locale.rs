//! `foreign-locale`: a link that names another language than the page's own.

use serde::Deserialize;

use crate::align::Bitext;
use crate::diagnostic::Basis;
use crate::locale::Locale;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "foreign-locale",
    kind: Kind::Absolute(Subject::Links),
    yaml: include_str!("../../rules/foreign-locale.yaml"),
    load: load::<ForeignLocale>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ForeignLocale {}

impl Check for ForeignLocale {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let (Some(own), Some(comparison)) = (bitext.language(), &bitext.comparison) else { return };
        for (id, inline) in bitext.translation.inlines.iter().enumerate() {
            let Some(link) = inline.kind.as_link() else { continue };
            let Some(locale) = named(bitext, &link.destination).filter(|locale| locale.language() != own) else {
                continue;
            };
            // What the reference has there tells whose it is; without a counterpart nothing does.
            let Some(there) = bitext.reference_link(id) else { continue };
            let Some(theirs) = comparison.reference.inlines[there].kind.as_link() else { continue };
            // Another page altogether is told as that.
            if bitext.target(&link.destination).page != bitext.target(&theirs.destination).page {
                continue;
            }
            let named_there = named(bitext, &theirs.destination);
            let is_same = named_there.as_ref().is_some_and(|there| there.language() == locale.language());
            // A representative may have localized the link, and the others not.
            if !is_same && (comparison.basis == Basis::Cohort || link.destination == theirs.destination) {
                continue;
            }
            let message = if is_same {
                format!("this link leads readers of every language to `{locale}`")
            } else {
                format!("this link leads to `{locale}`, another language than the page's")
            };
            let finding = report.at(link.destination_span, message);
            finding.label("names a language").in_reference_too(is_same);
            finding.reference(theirs.destination_span, "the reference's link");
        }
    }

    fn is_excused_by_others(&self) -> bool {
        true
    }
}

/// The locale with a region that a destination names. A bare code is often a word, or the only page that there is.
fn named(bitext: &Bitext<'_>, destination: &str) -> Option<Locale> {
    let locale = bitext.target(destination).locale.clone()?;
    locale.contains(['-', '_']).then(|| Locale::parse(&locale)).flatten()
}
