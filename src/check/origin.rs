//! Whose a finding is: wrong in the translation, a consequence of an older revision, or the reference's own.
//!
//! It is decided finding by finding, out of what the rules say beside several versions of the reference: a difference
//! that any version from the right one to the newest explains is no fault of the translation, and what only the newest
//! one shows is what the translation is behind by.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use super::Clock;
use crate::align::Bitext;
use crate::diagnostic::Origin;
use crate::revision::Change;
use crate::rule::{Finding, Kind, Report};
use crate::settings::ActiveRule;
use crate::source::Span;

/// The rules in force for a translation.
#[derive(Clone, Copy)]
pub(super) struct Rules<'r> {
    pub(super) active: &'r [ActiveRule],
    pub(super) clock: Option<&'r Clock>,
}

/// A finding of one of the rules in force.
pub(super) struct Found {
    /// Index into the rules in force.
    pub(super) rule: usize,
    pub(super) finding: Finding,
    /// What makes it the same finding beside another version.
    thing: Thing,
}

/// What a finding is about, the n-th of its kind.
type Thing = (usize, Subject, usize);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Subject {
    /// A place in the translation.
    Place(Span),
    /// What the rule says it is about.
    Named(String),
    /// Words of the reference that the translation lost.
    Words(u64),
}

/// Findings beside one version of the reference.
pub(super) struct Beside {
    pub(super) found: Vec<Found>,
    /// False where the two are not comparable, so that silence says nothing.
    pub(super) is_telling: bool,
    /// A version that is not comparable, and so much newer that what it has no more is not worth telling as lost.
    pub(super) is_rewritten: bool,
    /// The passages of the translation that found no counterpart.
    unmatched: Vec<Span>,
}

/// Runs the rules that look at a translation and its reference.
pub(super) fn run_all(rules: Rules<'_>, bitext: &Bitext<'_>) -> Beside {
    run(rules, bitext, |kind| !matches!(kind, Kind::Standing | Kind::Suppressions))
}

/// Runs the rules that have findings beside another version: of those alone it matters what they say here.
pub(super) fn run_again(rules: Rules<'_>, bitext: &Bitext<'_>, beside: &Beside) -> Beside {
    let is_open = |rule: usize| beside.found.iter().any(|found| found.rule == rule && found.is_open(rules));
    run_some(rules, bitext, |rule, _| is_open(rule))
}

/// Runs the rules that `takes` wants.
pub(super) fn run(rules: Rules<'_>, bitext: &Bitext<'_>, takes: impl Fn(Kind) -> bool) -> Beside {
    run_some(rules, bitext, |_, kind| takes(kind))
}

fn run_some(rules: Rules<'_>, bitext: &Bitext<'_>, takes: impl Fn(usize, Kind) -> bool) -> Beside {
    let mut found = Vec::new();
    let mut seen: HashMap<(usize, Subject), usize> = HashMap::default();
    for (rule, active) in rules.active.iter().enumerate().filter(|(at, rule)| takes(*at, rule.kind)) {
        let mut report = Report::default();
        match rules.clock {
            Some(clock) => clock.measure(&active.id, || active.check.check(bitext, &mut report)),
            None => active.check.check(bitext, &mut report),
        }
        for finding in report.findings {
            let subject = subject(&finding, bitext);
            let number = seen.entry((rule, subject.clone())).or_default();
            found.push(Found { rule, thing: (rule, subject, *number), finding });
            *number += 1;
        }
    }
    let unmatched = bitext.comparable().map(|comparison| comparison.unmatched(bitext.translation)).unwrap_or_default();
    Beside { found, is_telling: bitext.comparable().is_some(), is_rewritten: false, unmatched }
}

fn subject(finding: &Finding, bitext: &Bitext<'_>) -> Subject {
    if let Some(name) = &finding.about {
        return Subject::Named(name.clone());
    }
    match (finding.references.first(), &bitext.comparison) {
        (Some((span, _)), Some(comparison)) if finding.span.is_empty() => {
            let mut hasher = DefaultHasher::new();
            comparison.reference.source.slice(*span).split_whitespace().for_each(|word| word.hash(&mut hasher));
            Subject::Words(hasher.finish())
        }
        _ => Subject::Place(finding.span),
    }
}

impl Beside {
    /// Drops the differences that another version explains by not showing them. `is_there` says whether that version
    /// still has the reference's side of a finding.
    pub(super) fn explain(&mut self, rules: Rules<'_>, other: &Self, is_there: impl Fn(&Finding) -> bool) {
        let shown: HashSet<&Thing> = other.found.iter().map(|found| &found.thing).collect();
        self.found.retain(|found| {
            is_absolute(rules, found) || shown.contains(&found.thing) || !other.explains(found, &is_there)
        });
    }

    /// Does silence about a difference mean that there is none? Not where the reference's side of it is still there,
    /// and the translation lacks it or its passage found no counterpart.
    fn explains(&self, found: &Found, is_there: &impl Fn(&Finding) -> bool) -> bool {
        let span = found.finding.span;
        let is_lost = span.is_empty() || self.unmatched.iter().any(|passage| passage.contains(span));
        if self.is_rewritten {
            return span.is_empty() && !is_there(&found.finding);
        }
        self.is_telling && !(is_lost && is_there(&found.finding))
    }

    /// What is wrong by itself in another revision too, at the same place, is the reference's.
    pub(super) fn excuse(&mut self, rules: Rules<'_>, other: &Self) {
        let theirs: Vec<&Thing> =
            other.found.iter().filter(|found| is_shared(found)).map(|found| &found.thing).collect();
        for found in self.found.iter_mut().filter(|found| is_absolute(rules, found)) {
            if theirs.contains(&&found.thing) {
                found.finding.origin = Origin::Reference;
            }
        }
    }

    /// True where another version could neither explain anything nor have it too.
    pub(super) fn is_beyond_doubt(&self, rules: Rules<'_>) -> bool {
        !self.found.iter().any(|found| found.is_open(rules))
    }

    /// True where nothing is left that another version could explain.
    pub(super) fn is_settled(&self, rules: Rules<'_>) -> bool {
        self.found.iter().all(|found| is_absolute(rules, found))
    }
}

impl Found {
    /// Is it wrong beside every revision of the reference?
    pub(super) fn is_absolute(&self, rules: &[ActiveRule]) -> bool {
        self.finding.is_absolute || matches!(rules[self.rule].kind, Kind::Absolute(_))
    }

    /// Can what is said beside another version decide whose it is?
    fn is_open(&self, rules: Rules<'_>) -> bool {
        let may_be_excused = || !is_shared(self) && rules.active[self.rule].check.is_excused_by_others();
        !is_absolute(rules, self) || may_be_excused()
    }

    /// What makes a difference the same one in translations into other languages: the rule, the reference's place and
    /// the value that stands in its stead. `None` for what is wrong by itself, and for what is the reference's.
    pub(super) fn difference(&self, rules: &[ActiveRule]) -> Option<(Arc<str>, Span, Option<String>)> {
        let rule = &rules[self.rule];
        let (place, _) = self.finding.references.first()?;
        (self.may_be_older(rules) && !self.finding.is_slip)
            .then(|| (Arc::clone(&rule.id), *place, self.finding.value.clone()))
    }

    /// May it be a consequence of an older revision? Not what is wrong by itself, or the reference's.
    pub(super) fn may_be_older(&self, rules: &[ActiveRule]) -> bool {
        !self.is_absolute(rules) && !is_shared(self)
    }

    /// The difference as something that the reference changed.
    pub(super) fn as_change(&self, rules: &[ActiveRule]) -> Change {
        let place = self.finding.references.first().map(|(span, _)| *span);
        let subject = rules[self.rule].kind.subject();
        Change { subject, place, label: what_changed(&self.finding).to_owned() }
    }
}

fn is_absolute(rules: Rules<'_>, found: &Found) -> bool {
    found.is_absolute(rules.active)
}

fn is_shared(found: &Found) -> bool {
    found.finding.origin == Origin::Reference
}

/// What findings beside the right version and beside the newest one come to.
#[derive(Default)]
pub(super) struct Verdict {
    /// To be told as they are, beside the right version.
    pub(super) own: Vec<Found>,
    /// To be told beside the newest version.
    pub(super) beside_newest: Vec<Found>,
    /// What the newest version changed.
    pub(super) changes: Vec<Change>,
}

impl Verdict {
    /// Weighs findings beside the right version against those beside the newest.
    ///
    /// With `prefers_newest`, what both show is told beside the newest one: a representative speaks another language.
    pub(super) fn new(
        rules: Rules<'_>,
        right: Beside,
        mut newest: Beside,
        prefers_newest: bool,
        is_there: impl Fn(&Finding) -> bool,
    ) -> Self {
        let mut verdict = Self::default();
        let found_now = std::mem::take(&mut newest.found);
        let mut beside: HashMap<Thing, Found> =
            found_now.into_iter().map(|found| (found.thing.clone(), found)).collect();
        for found in right.found {
            let now = beside.remove(&found.thing);
            let is_shared_now = now.as_ref().is_some_and(is_shared);
            match now {
                Some(now) if is_shared_now => verdict.beside_newest.push(now),
                Some(now) if is_shared(&found) => {
                    verdict.changes.push(Change { label: "mended since".to_owned(), ..now.as_change(rules.active) });
                }
                Some(now) if prefers_newest => verdict.beside_newest.push(now),
                None if (is_shared(&found) || !is_absolute(rules, &found)) && newest.explains(&found, &is_there) => {}
                _ => verdict.own.push(found),
            }
        }
        let mut rest: Vec<Found> = beside.into_values().collect();
        rest.sort_by_key(|found| {
            let place = found.finding.references.first().map(|(span, _)| *span);
            (place, found.rule, found.finding.span, found.thing.2)
        });
        for found in rest {
            if is_shared(&found) {
                verdict.beside_newest.push(found);
            } else if !is_absolute(rules, &found) {
                verdict.changes.push(found.as_change(rules.active));
            }
        }
        verdict
    }
}

fn what_changed(difference: &Finding) -> &'static str {
    match difference.references.first() {
        _ if difference.span.is_empty() => "new since",
        Some((place, _)) if place.is_empty() => "taken out here since",
        _ => "changed since",
    }
}
