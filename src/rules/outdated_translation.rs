//! `outdated-translation`: a translation that is behind its reference, told once with what changed.

use std::collections::BTreeMap;

use foldhash::HashSet;
use serde::Deserialize;

use crate::align::Bitext;
use crate::revision::{Behind, Change, Evidence};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "outdated-translation",
    kind: Kind::Standing,
    yaml: include_str!("../../rules/outdated-translation.yaml"),
    load: load::<OutdatedTranslation>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutdatedTranslation {}

impl Check for OutdatedTranslation {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(behind) = &bitext.standing.behind else { return };
        let place = match behind.evidence {
            Evidence::Flag(flag) => flag,
            Evidence::Compared | Evidence::NewerCohort | Evidence::Shared | Evidence::Many => {
                bitext.standing.pin.unwrap_or_default()
            }
        };
        let finding = report.at(place, message(behind));
        finding.outdated();
        match behind.evidence {
            Evidence::Flag(_) => finding.label("so it says"),
            _ if bitext.standing.pin.is_some() => finding.label("made from this revision"),
            _ => finding.help("translate what changed"),
        };
        let mut told: HashSet<(Span, &str)> = HashSet::default();
        for change in &behind.changes {
            // Several things may have been taken out of one place.
            if let Some(place) = change.place.filter(|place| told.insert((*place, &change.label))) {
                finding.reference(place, change.label.as_str());
            }
        }
    }
}

fn message(behind: &Behind) -> String {
    let changed = counted(&behind.changes);
    match behind.evidence {
        Evidence::Flag(_) => "this translation says of itself that it is behind its reference".to_owned(),
        Evidence::Compared => format!("the reference has changed since this was translated: {changed}"),
        Evidence::Shared => format!("the reference has changed since its translations were made: {changed}"),
        Evidence::Many => format!("the reference has changed much since this was translated: {changed}"),
        Evidence::NewerCohort if behind.changes.is_empty() => {
            "other translations were made from a newer revision; in structure, links and metadata it is the same"
                .to_owned()
        }
        Evidence::NewerCohort => {
            format!("other translations were made from a newer revision, which differs in {changed}")
        }
    }
}

/// `2 links, 1 heading and the words of 3 passages`
fn counted(changes: &[Change]) -> String {
    let mut counts: BTreeMap<Subject, usize> = BTreeMap::new();
    for change in changes {
        *counts.entry(change.subject).or_default() += 1;
    }
    let parts: Vec<String> = counts.into_iter().map(|(subject, n)| words(subject, n)).collect();
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => parts.concat(),
    }
}

fn words(subject: Subject, n: usize) -> String {
    let (one, many) = match subject {
        Subject::Page => return "the whole page".to_owned(),
        Subject::Metadata => ("metadata key", "metadata keys"),
        Subject::Headings => ("heading", "headings"),
        Subject::Blocks => ("block", "blocks"),
        Subject::Lists => ("list", "lists"),
        Subject::Links => ("link", "links"),
        Subject::Code => ("code block", "code blocks"),
        Subject::Words => ("passage", "passages"),
    };
    format!("{n} {}", if n == 1 { one } else { many })
}
