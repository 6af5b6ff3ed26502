//! `drifted-metadata`: values that must be the reference's and are not.

use serde::Deserialize;

use crate::align::Bitext;
use crate::diagnostic::Applicability;
use crate::document::Document;
use crate::document::metadata::{Entry, Value, ValueKind};
use crate::rule::{Builtin, Check, Finding, Kind, Report, Subject, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "drifted-metadata",
    kind: Kind::Comparative(Subject::Metadata),
    yaml: include_str!("../../rules/drifted-metadata.yaml"),
    load: load::<DriftedMetadata>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DriftedMetadata {
    /// Keys whose values are equal in every language.
    equal: Vec<String>,
    /// Keys that name who wrote a page: equal only where that is declared, for who translates may be named, and pages
    /// that a language wrote first have authors of their own.
    people: Vec<String>,
}

impl Check for DriftedMetadata {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = &bitext.comparison else { return };
        let (Some(reference), Some(translation)) = (&comparison.reference.metadata, &bitext.translation.metadata)
        else {
            return;
        };
        for (at, theirs) in reference.entries.iter().enumerate() {
            // As a rule it stands at the same place, with the same value.
            if translation.entries.get(at).is_some_and(|ours| is_repeated(theirs, ours)) {
                continue;
            }
            let Some(ours) = translation.get(&theirs.key) else { continue };
            if theirs.value.is_empty() || ours.value.is_empty() || equal(&theirs.value, &ours.value) {
                continue;
            }
            if self.is_copied(&theirs.key, bitext) && !is_translated(&theirs.value, &ours.value) {
                let finding = tell(report, comparison.reference, theirs, ours);
                // The day on which a page was written or last touched is its own.
                if theirs.key == "date" {
                    finding.minor();
                }
            }
        }
    }
}

impl DriftedMetadata {
    /// Do translations copy the value of a key? What those of the site do says more than what is declared.
    fn is_copied(&self, key: &str, bitext: &Bitext<'_>) -> bool {
        let is_declared = self.equal.iter().any(|known| known == key);
        match bitext.site.and_then(|site| site.norm(key)) {
            _ if !is_declared && self.people.iter().any(|known| known == key) => false,
            Some(norm) if norm.equals(95) => true,
            Some(norm) if !norm.equals(80) => false,
            _ => is_declared,
        }
    }
}

/// Is it the same key with the same one-line value?
fn is_repeated(theirs: &Entry<'_>, ours: &Entry<'_>) -> bool {
    match (&theirs.value.kind, &ours.value.kind) {
        (ValueKind::Scalar(a), ValueKind::Scalar(b)) => a == b && theirs.key == ours.key,
        _ => false,
    }
}

/// Words in letters that the reference's value has not are a translation of it.
fn is_translated(theirs: &Value<'_>, ours: &Value<'_>) -> bool {
    let (ValueKind::Scalar(theirs), ValueKind::Scalar(ours)) = (&theirs.kind, &ours.kind) else { return false };
    let is_word = |char: char| char.is_alphabetic() && !char.is_ascii();
    theirs.contains(' ') && theirs.is_ascii() && ours.contains(is_word)
}

/// Lists are sets here, and letter case of a scalar says nothing.
fn equal(a: &Value<'_>, b: &Value<'_>) -> bool {
    match (&a.kind, &b.kind) {
        (ValueKind::Scalar(a), ValueKind::Scalar(b)) => a.trim().eq_ignore_ascii_case(b.trim()),
        (ValueKind::List(one), ValueKind::List(other)) => lost(one, other).is_empty() && lost(other, one).is_empty(),
        // One value may stand alone or in a list.
        (ValueKind::List(one), ValueKind::Scalar(_)) => one.len() == 1 && one[0].same(b),
        (ValueKind::Scalar(_), ValueKind::List(other)) => other.len() == 1 && other[0].same(a),
        _ => a.same(b),
    }
}

/// The values of `from` that `to` does not have.
fn lost(from: &[Value<'_>], to: &[Value<'_>]) -> Vec<String> {
    from.iter().filter(|value| !to.iter().any(|other| value.same(other))).map(shown).collect()
}

fn tell<'r>(report: &'r mut Report, reference: &Document<'_>, theirs: &Entry<'_>, ours: &Entry<'_>) -> &'r mut Finding {
    let key = &ours.key;
    let message = match (&theirs.value.kind, &ours.value.kind) {
        (ValueKind::List(there), ValueKind::List(here)) => {
            let (lost, added) = (lost(there, here), lost(here, there));
            match (lost.is_empty(), added.is_empty()) {
                (false, true) => format!("`{key}` lacks {}", lost.join(", ")),
                (true, _) => format!("`{key}` has {}, which the reference does not", added.join(", ")),
                _ => format!("`{key}` has {} where the reference has {}", added.join(", "), lost.join(", ")),
            }
        }
        _ => format!("`{key}` is {}; the reference has {}", shown(&ours.value), shown(&theirs.value)),
    };
    let finding = report.at(Span { start: ours.key_span.start, end: ours.value.span.end }, message);
    finding.reference(Span { start: theirs.key_span.start, end: theirs.value.span.end }, "the reference's value");
    if let (ValueKind::Scalar(_), ValueKind::Scalar(_)) = (&theirs.value.kind, &ours.value.kind) {
        let written = reference.source.slice(theirs.value.span);
        finding.fix(Applicability::Unsafe, format!("take the reference's `{key}`"), ours.value.span, written);
    }
    finding
}

fn shown(value: &Value<'_>) -> String {
    match &value.kind {
        ValueKind::Scalar(text) => format!("`{}`", text.trim()),
        ValueKind::List(_) => "a list".to_owned(),
        ValueKind::Map(_) => "a mapping".to_owned(),
        ValueKind::Null | ValueKind::Any => "nothing".to_owned(),
    }
}
