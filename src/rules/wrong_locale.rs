//! `wrong-locale`: front matter that names another language than the page's.

use serde::Deserialize;

use crate::align::Bitext;
use crate::locale::{Locale, is_language};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "wrong-locale",
    kind: Kind::Absolute(Subject::Metadata),
    yaml: include_str!("../../rules/wrong-locale.yaml"),
    load: load::<WrongLocale>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrongLocale {
    /// Keys whose value is a locale.
    keys: Vec<String>,
}

impl Check for WrongLocale {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let (Some(language), Some(metadata)) = (bitext.language(), &bitext.translation.metadata) else { return };
        for key in &self.keys {
            let Some(value) = metadata.scalar(key).map(str::trim) else { continue };
            // As nearly all say.
            if value.split(['-', '_']).next().is_some_and(|first| first.eq_ignore_ascii_case(language)) {
                continue;
            }
            let is_other = |named: &Locale| is_language(named.language()) && !is_same(named.language(), language);
            let Some(named) = Locale::parse(value).filter(is_other) else { continue };
            let Some(place) = metadata.value(key).map(|value| value.span) else { continue };
            let finding = report.at(place, format!("`{key}` is `{named}`; the page is in `{language}`"));
            finding.label("another language").help(format!("write the page's own locale as the value of `{key}`"));
            let theirs = bitext.source_document().and_then(|reference| reference.metadata.as_ref()?.value(key));
            if let Some(theirs) = theirs.filter(|theirs| theirs.span != Span::default()) {
                finding.reference(theirs.span, "the reference's value");
            }
        }
    }
}

/// One language, by codes that are in use beside each other.
fn is_same(a: &str, b: &str) -> bool {
    const TWINS: [[&str; 2]; 6] = [["no", "nb"], ["no", "nn"], ["iw", "he"], ["in", "id"], ["ji", "yi"], ["tl", "fil"]];
    a == b || TWINS.iter().any(|[x, y]| (*x == a && *y == b) || (*x == b && *y == a))
}
