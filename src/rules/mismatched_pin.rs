//! `mismatched-pin`: front matter that pins another revision than the one the text was made from.

use serde::Deserialize;

use crate::align::Bitext;
use crate::rule::{Builtin, Check, Kind, Report, load};

pub(super) const RULE: Builtin = Builtin {
    id: "mismatched-pin",
    kind: Kind::Standing,
    yaml: include_str!("../../rules/mismatched-pin.yaml"),
    load: load::<MismatchedPin>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MismatchedPin {}

impl Check for MismatchedPin {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let (Some(misfit), Some(pin)) = (&bitext.standing.misfit, bitext.standing.pin) else { return };
        let fits = misfit.fits.get(..10).unwrap_or(&misfit.fits);
        let age = if misfit.is_newer { "newer" } else { "older" };
        let finding = report.at(pin, format!("the text fits the {age} revision {fits} far better than the pinned one"));
        finding.label("pinned here");
        finding.help(if misfit.is_newer {
            format!("pin {fits} if the translation follows it; it was compared with that one")
        } else {
            format!("bring the translation up to the pinned revision, or pin {fits}; it was compared with that one")
        });
    }
}
