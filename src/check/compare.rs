//! One translation, checked beside its standard.

use super::collect::{Collector, Side};
use super::origin::{self, Beside, Found, Verdict};
use super::standard::Standard;
use super::{Checker, Member, Outcome, reading, versions};
use crate::align::Bitext;
use crate::diagnostic::{Basis, Severity};
use crate::document::{Document, markdown};
use crate::project::Article;
use crate::revision::{Behind, Evidence, Standing, reworded};
use crate::rule::{Finding, Kind};
use crate::site::Site;
use crate::target::Resolver;

/// The check of one article.
pub(super) struct Run<'a> {
    pub(super) checker: &'a Checker,
    pub(super) article: &'a Article,
    pub(super) collector: Collector<'a>,
    pub(super) outcome: Outcome,
}

impl<'a> Run<'a> {
    /// Runs the rules over one translation.
    pub(super) fn compare(&mut self, member: &'a Member<'a>, standard: Standard<'a>) {
        if !member.is_asked_for || !self.checker.wants(member.locale.as_ref()) {
            return;
        }
        self.outcome.translations += 1;
        self.outcome.notices.extend(reading::unreadable(member.document.source));
        let rules = member.rules(self.checker);
        let path = &self.article.translations[member.text].path;
        let around = self.checker.pages.as_ref().map(|pages| pages.around(self.article, path, member.locale.as_ref()));
        let site = around.as_ref().map(|around| around as &dyn Site);
        let pair = Pair { run: self, member, languages: &member.languages(self.checker), site };
        let is_readable = member.document.source.defect().is_none();
        let right = standard.right.filter(|_| is_readable);
        let newest = standard.newest.filter(|_| is_readable);
        let mut own = pair.beside(right.map(|side| (side.document, side.basis)));
        pair.hear_others(&mut own, &standard);
        let beside_newest = newest.map(|side| pair.bitext(Some((side.document, side.basis))));
        let verdict = match &beside_newest {
            Some(bitext) => {
                let mut now = origin::run_all(rules, bitext);
                now.is_telling &= standard.newest_explains;
                let is_cohort = right.is_some_and(|side| side.basis == Basis::Cohort);
                let is_on_disk = newest.is_some_and(|side| side.is_on_disk);
                let is_there = |finding: &Finding| match (newest, right) {
                    (Some(newest), Some(right)) => has_words(newest.document, right, finding),
                    _ => false,
                };
                Verdict::new(rules, own, now, is_cohort && is_on_disk, is_there)
            }
            None => Verdict { own: own.found, ..Verdict::default() },
        };
        let behind = pair.behind(&standard, beside_newest.as_ref(), verdict.changes);
        let mut alone = pair.bitext(None);
        alone.standing = Standing {
            pin: standard.pin.or(member.pin()).map(|pin| pin.span),
            behind,
            misfit: standard.misfit,
            orphaned: self.checker.orphaned(self.article),
        };
        let standing = origin::run(rules, &alone, |kind| kind == Kind::Standing).found;
        let cap = standard.cap.unwrap_or(Severity::Error);
        self.take(member, verdict.own, right, cap);
        self.take(member, verdict.beside_newest, newest, Severity::Error);
        self.take(member, standing, newest.or(right), Severity::Error);
    }

    fn take(&mut self, member: &'a Member<'a>, found: Vec<Found>, side: Option<Side<'a>>, cap: Severity) {
        for one in found {
            let rule = &member.settings.rules[one.rule];
            let cap = if matches!(rule.kind, Kind::Comparative(_)) { cap } else { Severity::Error };
            self.collector.take(rule, one.finding, member, side, cap);
        }
    }
}

/// A translation that is laid beside one version after the other.
struct Pair<'r, 'a> {
    run: &'r Run<'a>,
    member: &'a Member<'a>,
    languages: &'r [&'r str],
    site: Option<&'r dyn Site>,
}

impl<'a> Pair<'_, 'a> {
    fn bitext<'b>(&'b self, reference: Option<(&'b Document<'b>, Basis)>) -> Bitext<'b>
    where
        'a: 'b,
    {
        let facts = &self.member.settings.facts;
        let resolver = Resolver { facts, languages: self.languages, page: &self.run.article.name };
        let mut bitext = match reference {
            Some((reference, basis)) => Bitext::new(reference, basis, self.member.document, resolver),
            None => Bitext::alone(self.member.document, resolver),
        };
        bitext.site = self.site;
        bitext
    }

    /// What the rules say beside a version.
    fn beside(&self, reference: Option<(&Document<'_>, Basis)>) -> Beside {
        origin::run_all(self.member.rules(self.run.checker), &self.bitext(reference))
    }

    /// Lets every version between the right one and the newest explain what it can.
    fn hear_others(&self, own: &mut Beside, standard: &Standard<'a>) {
        let rules = self.member.rules(self.run.checker);
        for version in &standard.others {
            if own.found.is_empty() {
                return;
            }
            let other = self.beside(Some((version.document, Basis::Cohort)));
            own.excuse(rules, &other);
            if version.explains {
                own.explain(rules, &other, |_| false);
            }
        }
        if let Some(witness) = standard.witness.filter(|_| !own.found.is_empty()) {
            own.excuse(rules, &self.beside(Some((witness, Basis::Cohort))));
        }
        let (Some(path), Some(right)) = (&self.run.article.reference, standard.right) else { return };
        for blob in &standard.between {
            if own.is_settled(rules) {
                return;
            }
            let name = right.document.source.name();
            let Some(version) = versions::read(self.run.checker, path, blob, name) else { continue };
            let document = markdown::parse(&version, &self.run.checker.dialect);
            let beside = self.beside(Some((&document, Basis::Inferred)));
            own.explain(rules, &beside, |finding| has_words(&document, right, finding));
        }
    }

    /// How the translation is behind, if it is.
    fn behind(
        &self,
        standard: &Standard<'a>,
        newest: Option<&Bitext<'_>>,
        mut changes: Vec<crate::revision::Change>,
    ) -> Option<Behind> {
        if let (Some(comparison), Some(right)) = (newest.and_then(|newest| newest.comparison.as_ref()), standard.right)
            && right.basis != Basis::Cohort
            && comparison.is_comparable()
        {
            let known: Vec<_> = changes.iter().filter_map(|change| change.place).collect();
            let words = reworded(right.document, comparison).into_iter();
            changes.extend(words.filter(|change| {
                !change
                    .place
                    .is_some_and(|place| known.iter().any(|known| place.contains(*known) || known.contains(place)))
            }));
        }
        match standard.evidence {
            Some(evidence) if !changes.is_empty() || evidence == Evidence::NewerCohort => {
                Some(Behind { changes, evidence })
            }
            // What history says counts for more than what the file says of itself.
            _ if standard.is_dated => None,
            _ => self.member.drift_flag().map(|span| Behind { changes, evidence: Evidence::Flag(span) }),
        }
    }
}

/// Does a version hold the words of the reference's side of a finding?
fn has_words(version: &Document<'_>, right: Side<'_>, finding: &Finding) -> bool {
    let side = finding.references.first().map(|(span, _)| right.document.source.slice(*span).trim());
    // Another language has other words.
    right.basis != Basis::Cohort && side.is_some_and(|side| !side.is_empty() && version.source.text().contains(side))
}
