//! What is the same in several locales is told once.

use std::collections::HashMap;

use super::words::visible;
use crate::diagnostic::{Diagnostic, Findings, Origin, Place, Role, Severity};
use crate::source::Span;

/// A finding, and the places where it is the same.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub(super) first: &'a Diagnostic,
    /// Locale and place of the others, in order and without repetition.
    pub(super) also: Vec<(Option<&'a str>, Place)>,
}

impl Told<'_> {
    /// The other places in words, `lv-LV (lv-LV/a.md:29:14)`, then the locales alone of what is over `most`.
    pub(super) fn also_in(&self, findings: &Findings<'_>, most: usize) -> Vec<String> {
        let words = |(i, (locale, place)): (usize, &(Option<&str>, Place))| {
            let start = place.range.start;
            let path = format!("{}:{}:{}", visible(findings.path(place)), start.line, start.column);
            match locale.map(visible) {
                Some(locale) if i >= most => locale,
                Some(locale) => format!("{locale} ({path})"),
                None => path,
            }
        };
        self.also.iter().enumerate().map(words).collect()
    }
}

/// What findings have in common that are told once.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    rule: &'a str,
    severity: Severity,
    origin: Origin,
    message: &'a str,
    /// Where what is to be done differs, it is told of each.
    help: Option<&'a str>,
    anchor: Anchor<'a>,
}

/// The place in the reference, or the words at the place where there is none.
#[derive(PartialEq, Eq, Hash)]
enum Anchor<'a> {
    Reference { path: &'a str, span: Span, revision: Option<&'a str> },
    Words { label: Option<&'a str>, marked: &'a str },
}

/// The findings in order, those that are the same in another file joined to the first of them.
///
/// Findings of one file are never joined: the second of two equal ones meets the second of another file.
pub(super) fn group<'a>(findings: &'a Findings<'_>, with_infos: bool) -> Vec<Told<'a>> {
    let mut told: Vec<Told<'a>> = Vec::new();
    let mut groups: HashMap<Key<'a>, Vec<usize>> = HashMap::new();
    let mut seen: HashMap<(usize, &'a str), usize> = HashMap::new();
    let shown = findings.diagnostics.iter().filter(|finding| with_infos || finding.severity > Severity::Info);
    for finding in shown {
        let group = groups.entry(key(findings, finding)).or_default();
        // A group is known by its first finding.
        let first = group.first().copied().unwrap_or(told.len());
        let nth = seen.entry((first, findings.path(&finding.place))).or_default();
        if let Some(at) = group.get(*nth) {
            told[*at].also.push((finding.locale.as_deref(), finding.place));
        } else {
            group.push(told.len());
            told.push(Told { first: finding, also: Vec::new() });
        }
        let at = group[*nth];
        *nth += 1;
        for same in finding.related.iter().filter(|related| related.role == Role::Same) {
            told[at].also.push((same.locale.as_deref(), same.place));
        }
    }
    told.iter_mut().for_each(Told::tidy);
    told
}

impl Told<'_> {
    fn tidy(&mut self) {
        let mut seen = std::collections::HashSet::from([(self.first.place.source, self.first.place.span)]);
        self.also.retain(|(_, place)| seen.insert((place.source, place.span)));
    }
}

fn key<'a>(findings: &'a Findings<'_>, finding: &'a Diagnostic) -> Key<'a> {
    let reference = finding.related.iter().find(|related| related.role == Role::Reference);
    let anchor = match reference {
        Some(related) => Anchor::Reference {
            path: findings.path(&related.place),
            span: related.place.span,
            revision: related.revision.as_deref(),
        },
        None => Anchor::Words {
            label: finding.label.as_deref(),
            marked: findings.sources[finding.place.source]
                .file_text()
                .get(finding.place.span.range())
                .unwrap_or_default(),
        },
    };
    let Diagnostic { rule, severity, origin, message, help, .. } = finding;
    Key { rule, severity: *severity, origin: *origin, message, help: help.as_deref(), anchor }
}
