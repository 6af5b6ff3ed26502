//! A translation laid beside one version of its reference after the other.

use super::collect::Side;
use super::compare::Run;
use super::origin::{self, Beside};
use super::standard::Standard;
use super::{Member, versions};
use crate::align::{Bitext, Comparison, Peers};
use crate::diagnostic::Basis;
use crate::document::{Document, markdown};
use crate::revision::{Behind, Change, Evidence, reworded};
use crate::rule::Finding;
use crate::site::Site;
use crate::target::Resolver;

/// A translation that is laid beside one version after the other.
pub(super) struct Pair<'r, 'a> {
    pub(super) run: &'r Run<'r, 'a>,
    pub(super) member: &'a Member<'a>,
    pub(super) languages: &'r [&'r str],
    pub(super) site: Option<&'r dyn Site>,
    /// What the others of its cohort have.
    pub(super) peers: Option<&'r Peers<'a>>,
}

impl<'a> Pair<'_, 'a> {
    /// The translation beside a version.
    pub(super) fn bitext(&self, reference: &'a Document<'a>, basis: Basis) -> Bitext<'_> {
        self.aligned(Some(self.comparison(reference, basis)))
    }

    fn comparison(&self, reference: &'a Document<'a>, basis: Basis) -> Comparison<'a> {
        self.run.once.comparison(reference, basis, self.member.document, self.resolver())
    }

    fn aligned<'b>(&'b self, comparison: Option<Comparison<'b>>) -> Bitext<'b>
    where
        'a: 'b,
    {
        let is_cohort = comparison.as_ref().is_some_and(|comparison| comparison.basis == Basis::Cohort);
        let mut bitext = Bitext::alone(self.member.document, self.resolver());
        bitext.peers = self.peers.filter(|_| is_cohort);
        bitext.site = self.site;
        bitext.comparison = comparison;
        bitext
    }

    fn resolver(&self) -> Resolver<'_> {
        let facts = &self.member.settings.facts;
        Resolver::new(facts, self.languages, &self.run.article.name).with_memo(&self.run.once.targets)
    }

    /// What the rules say beside the right version.
    pub(super) fn beside_right(&self, standard: &mut Standard<'a>) -> Beside {
        let right = standard.right.map(|side| (side.document, side.basis));
        let aligned = standard.aligned.take();
        self.found(&self.aligned(aligned.or_else(|| right.map(|(document, basis)| self.comparison(document, basis)))))
    }

    fn found(&self, bitext: &Bitext<'_>) -> Beside {
        origin::run_all(self.member.rules(self.run.checker), bitext)
    }

    fn found_again(&self, bitext: &Bitext<'_>, own: &Beside) -> Beside {
        origin::run_again(self.member.rules(self.run.checker), bitext, own)
    }

    /// Lets every version between the right one and the newest explain what it can.
    pub(super) fn hear_others(&self, own: &mut Beside, standard: &Standard<'a>) {
        let rules = self.member.rules(self.run.checker);
        for version in &standard.others {
            if own.is_beyond_doubt(rules) {
                return;
            }
            let other = self.found_again(&self.bitext(version.document, Basis::Cohort), own);
            own.excuse(rules, &other);
            if version.explains {
                own.explain(rules, &other, may_be_there);
            }
        }
        if let Some(witness) = standard.witness.filter(|_| !own.is_beyond_doubt(rules)) {
            let beside = self.found_again(&self.bitext(witness, Basis::Cohort), own);
            own.excuse(rules, &beside);
        }
        let (Some(path), Some(right)) = (&self.run.article.reference, standard.right) else { return };
        for blob in &standard.between {
            if own.is_settled(rules) {
                return;
            }
            let name = right.document.source.name();
            let Some(version) = versions::read(self.run.checker, path, blob, name) else { continue };
            let document = markdown::parse(&version, &self.run.checker.dialect);
            let once = self.run.once;
            let passing = once.beside_passing(&document, Basis::Inferred, self.member.document, self.resolver());
            let beside = self.found_again(&self.aligned(Some(passing)), own);
            own.explain(rules, &beside, |finding| has_words(&document, right, finding));
        }
    }

    /// How the translation is behind, if it is.
    pub(super) fn behind(
        &self,
        standard: &Standard<'a>,
        newest: Option<&Bitext<'_>>,
        mut changes: Vec<Change>,
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

/// Representatives have no words in common: what is lost may be gone from another revision, while a passage that finds no
/// counterpart there may have been paired badly.
pub(super) fn may_be_there(finding: &Finding) -> bool {
    !finding.span.is_empty()
}

/// Bytes up to which words are a part of many lines, so that they have to be nearly all of one.
const PART_OF_LINES: usize = 24;
/// Bytes that marks add to the words of a line: those of a heading, a list or a quote.
const MARKS: usize = 8;

/// Does a version hold the words of the reference's side of a finding?
pub(super) fn has_words(version: &Document<'_>, right: Side<'_>, finding: &Finding) -> bool {
    let side = finding.references.first().map(|(span, _)| right.document.source.slice(*span).trim());
    // Another language has other words.
    let text = version.source.text();
    let holds = |side: &str| {
        let is_line = |line: &str| line.contains(side) && line.trim().len() < side.len() + MARKS;
        if side.len() > PART_OF_LINES { text.contains(side) } else { text.lines().any(is_line) }
    };
    right.basis != Basis::Cohort && side.is_some_and(|side| !side.is_empty() && holds(side))
}
