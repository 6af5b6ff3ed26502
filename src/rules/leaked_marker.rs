//! `leaked-marker`: what a translation tool put around words to protect them, and left there.

use regex::Regex;
use serde::Deserialize;

use crate::align::Bitext;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "leaked-marker",
    kind: Kind::Absolute(Subject::Words),
    yaml: include_str!("../../rules/leaked-marker.yaml"),
    load: load::<LeakedMarker>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LeakedMarker {
    /// What markers look like: regular expressions, of which nothing else may be a match.
    markers: Markers,
}

/// Regular expressions in one.
#[derive(Deserialize)]
#[serde(try_from = "Vec<String>")]
struct Markers(Option<Regex>);

impl TryFrom<Vec<String>> for Markers {
    type Error = regex::Error;

    fn try_from(patterns: Vec<String>) -> Result<Self, regex::Error> {
        let all = patterns.iter().map(|pattern| format!("(?:{pattern})")).collect::<Vec<_>>().join("|");
        // The error of one by itself names the one that is wrong.
        let alone = |error| patterns.iter().find_map(|pattern| Regex::new(pattern).err()).unwrap_or(error);
        Ok(Self(if patterns.is_empty() { None } else { Some(Regex::new(&all).map_err(alone)?) }))
    }
}

impl Check for LeakedMarker {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(markers) = &self.markers.0 else { return };
        let text = bitext.translation.source.text();
        let theirs = bitext.source_document().map(|reference| reference.source.text());
        let mut opened: Option<&str> = None;
        for found in markers.find_iter(text) {
            // Sites may write such a thing themselves, and what closes a tag is told with it.
            let name = |tag: &'_ str| tag.trim_start_matches(['<', '/']).split([' ', '>']).next().map(str::to_owned);
            let closes = found.as_str().starts_with("</") && opened.and_then(name) == name(found.as_str());
            if closes || theirs.is_some_and(|theirs| theirs.contains(found.as_str())) {
                continue;
            }
            opened = Some(found.as_str());
            let finding =
                report.at(Span::new(found.range()), format!("`{}` is a marker of a translation tool", found.as_str()));
            finding.label("left in the text");
        }
    }
}
