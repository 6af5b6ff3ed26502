//! What each translation of an article is held against.

use std::rc::Rc;

use super::collect::Side;
use super::member::Pin;
use super::once::Once;
use super::origin;
use super::versions::Choice;
use super::{Article, Checker, Member, cohort};
use crate::align::{Bitext, Comparison, Peers};
use crate::diagnostic::{Basis, Severity};
use crate::document::Document;
use crate::project::history::Oid;
use crate::revision::{Evidence, Misfit, Policy};
use crate::rule::Kind;
use crate::target::Resolver;

/// What a translation is held against.
#[derive(Default)]
pub(super) struct Standard<'a> {
    /// The version that it was made from, as well as that is known.
    pub(super) right: Option<Side<'a>>,
    /// The newest version, where that is another one.
    pub(super) newest: Option<Side<'a>>,
    /// Versions between the two, out of git.
    pub(super) between: Vec<Oid>,
    /// Versions before the right one, out of git.
    pub(super) older: Vec<Oid>,
    /// Silence beside the newest version explains a difference.
    pub(super) newest_explains: bool,
    /// Other versions that are known through their cohorts.
    pub(super) others: Vec<Other<'a>>,
    /// A translation of the same revision: what is wrong by itself in both is taken for the reference's.
    pub(super) witness: Option<&'a Document<'a>>,
    /// What the others of its cohort have, where they are its only reference.
    pub(super) peers: Option<Rc<Peers<'a>>>,
    /// The alignment with the right version, where it was needed before.
    pub(super) aligned: Option<Comparison<'a>>,
    /// How being behind would be known.
    pub(super) evidence: Option<Evidence>,
    /// It is known whether the translation is behind.
    pub(super) is_dated: bool,
    /// Nothing tells which version it was made from.
    pub(super) is_undated: bool,
    /// The pin that was followed.
    pub(super) pin: Option<Pin<'a>>,
    pub(super) misfit: Option<Misfit>,
    /// The most that a difference weighs.
    pub(super) cap: Option<Severity>,
}

impl<'a> Standard<'a> {
    /// Was the version found out, or taken for want of a better one, rather than declared?
    pub(super) fn is_found_out(&self) -> bool {
        let is_by_fit = self.right.is_some_and(|side| matches!(side.basis, Basis::Head | Basis::Inferred));
        self.is_undated || (is_by_fit && self.evidence == Some(Evidence::Compared))
    }

    /// The version that it is, unless that is the newest one.
    pub(super) fn revision(&self) -> Option<&'a str> {
        self.right.and_then(|side| side.revision)
    }
}

/// A version that is known through translations made from it.
pub(super) struct Other<'a> {
    pub(super) document: &'a Document<'a>,
    /// Silence beside it explains a difference.
    pub(super) explains: bool,
}

/// What the standards of an article are made of.
pub(super) struct Standards<'o, 'a> {
    pub(super) checker: &'a Checker,
    pub(super) once: &'o Once<'a>,
    pub(super) article: &'a Article,
    pub(super) members: &'a [Member<'a>],
    /// The reference on disk.
    pub(super) reference: Option<&'a Document<'a>>,
    /// For each member: the reference inside its own file.
    pub(super) embedded: &'a [Option<Document<'a>>],
    /// For each member: what git says of it, and the document where it is not the one on disk.
    pub(super) choices: &'a [Option<(&'a Choice<'a>, Option<&'a Document<'a>>)>],
}

/// Translations made from one revision.
struct Cohort<'a> {
    members: Vec<&'a Member<'a>>,
    representative: Option<&'a Member<'a>>,
    handed_over: Option<String>,
}

impl<'a> Cohort<'a> {
    /// Who speaks for it, if only for himself.
    fn lead(&self) -> &'a Member<'a> {
        self.representative.unwrap_or(self.members[0])
    }

    /// Of two that disagree, nobody can say which one is wrong; nor of several that nothing says to be of one revision.
    fn is_evidence(&self) -> bool {
        self.members.len() != 2 && self.members.iter().any(|member| member.pin().is_some())
    }

    /// One or two translations may be wrong themselves; what three share is their revision's.
    fn is_reliable(&self) -> bool {
        self.members.len() > 2
    }
}

impl<'a> Standards<'_, 'a> {
    /// How many articles loose files are.
    pub(super) fn articles(&self) -> usize {
        self.cohorts().len()
    }

    /// The standard of each member, in their order.
    pub(super) fn of_all(&self) -> Vec<Standard<'a>> {
        let cohorts = self.cohorts();
        let mut standards: Vec<Standard<'a>> = self.members.iter().map(|_| Standard::default()).collect();
        for (at, cohort) in cohorts.iter().enumerate() {
            let differs = self.differs_from_disk(cohort);
            let speaks = (self.reference.is_none() || differs) && cohort.is_reliable();
            let representative = cohort.representative.filter(|_| speaks);
            let aligned = representative.map(|representative| self.aligned(representative, &cohort.members));
            let peers = aligned.as_ref().map(|aligned| Rc::new(peers(&cohort.members, aligned)));
            let mut aligned = aligned.unwrap_or_default().into_iter();
            for member in &cohort.members {
                let aligned = aligned.next();
                let standard = match self.reference {
                    Some(reference) => self.beside(reference, member, (&cohorts, at), differs),
                    None => self.in_cohort(member, &cohorts, at),
                };
                let is_cohort = standard.right.is_some_and(|side| side.basis == Basis::Cohort);
                let (peers, aligned) = (peers.clone().filter(|_| is_cohort), aligned.filter(|_| is_cohort));
                standards[member.text] = Standard { peers, aligned, ..standard };
            }
        }
        standards
    }

    fn cohorts(&self) -> Vec<Cohort<'a>> {
        let all: Vec<&'a Member<'a>> = self.members.iter().collect();
        // Without a pin only the layout says that translations belong together, and not where their reference is gone.
        let only_pins_tell = self.article.is_loose || (self.article.reference.is_some() && self.reference.is_none());
        let cohorts = cohort::by_pin(&all, only_pins_tell).into_iter();
        let cohort = |members: Vec<&'a Member<'a>>| {
            // What carries its reference needs no other, and lends its structure too.
            let representative = cohort::representative(&members, |member| self.signature(member));
            Cohort { handed_over: cohort::handed_over(&members), representative, members }
        };
        cohorts.map(cohort).collect()
    }

    fn signature(&self, member: &Member<'_>) -> cohort::Signature {
        let languages = member.languages(self.checker);
        let resolver = Resolver::new(&member.settings.facts, &languages, &self.article.name);
        cohort::signature(member.document, resolver.with_memo(&self.once.targets))
    }

    /// The members of a cohort beside their representative.
    fn aligned(&self, representative: &'a Member<'a>, members: &[&'a Member<'a>]) -> Vec<Comparison<'a>> {
        let beside = |member: &&'a Member<'a>| {
            let languages = member.languages(self.checker);
            let resolver = Resolver::new(&member.settings.facts, &languages, &self.article.name);
            let resolver = resolver.with_memo(&self.once.targets);
            self.once.comparison(representative.document, Basis::Cohort, member.document, resolver)
        };
        members.iter().map(beside).collect()
    }

    /// Beside a reference on disk.
    fn beside(
        &self,
        disk: &'a Document<'a>,
        member: &'a Member<'a>,
        (cohorts, own): (&[Cohort<'a>], usize),
        differs: bool,
    ) -> Standard<'a> {
        let side = |document, basis| Side { document, basis, revision: None, is_on_disk: basis != Basis::Bilingual };
        if !disk.has_prose {
            return Standard { right: Some(side(disk, Basis::Outline)), is_dated: true, ..Standard::default() };
        }
        if self.checker.is_given() {
            return Standard { right: Some(side(disk, Basis::Given)), ..Standard::default() };
        }
        if self.checker.revision == Policy::Head {
            return Standard { right: Some(side(disk, Basis::Head)), ..Standard::default() };
        }
        if self.article.is_snapshot {
            return Standard { right: Some(side(disk, Basis::Snapshot)), ..Standard::default() };
        }
        let newest = Some(side(disk, Basis::Head));
        if let Some(embedded) = &self.embedded[member.text] {
            let right = Some(side(embedded, Basis::Bilingual));
            return Standard { right, newest, ..known() };
        }
        if let Some((choice, document)) = &self.choices[member.text] {
            return chosen(choice, *document, disk);
        }
        let cohort = &cohorts[own];
        let representative = cohort.representative.filter(|_| member.pin().is_some() && cohort.is_reliable());
        match representative {
            Some(representative) if differs => Standard { right: Some(of_cohort(representative)), newest, ..known() },
            _ => Standard {
                right: newest,
                // Those who share its pin agree with what is on disk.
                is_undated: representative.is_none(),
                witness: representative.map(|one| one.document),
                evidence: newer_than(own, cohorts).map(|_| Evidence::NewerCohort),
                ..Standard::default()
            },
        }
    }

    /// Without any reference but the other translations.
    fn in_cohort(&self, member: &'a Member<'a>, cohorts: &[Cohort<'a>], own: usize) -> Standard<'a> {
        let embedded = self.embedded[member.text].as_ref();
        let cohort = &cohorts[own];
        let right =
            embedded.map(|document| Side { document, basis: Basis::Bilingual, revision: None, is_on_disk: false });
        let right = right.or_else(|| cohort.representative.map(of_cohort));
        if self.article.is_loose {
            return Standard { right, ..Standard::default() };
        }
        let newest = newer_than(own, cohorts);
        let others = (0..cohorts.len()).filter(|at| *at != own && Some(*at) != newest);
        Standard {
            right,
            newest: newest.map(|at| of_cohort(cohorts[at].lead())),
            newest_explains: newest.is_some_and(|at| cohorts[at].is_reliable()),
            others: others.map(|at| other(&cohorts[at])).collect(),
            evidence: newest.map(|_| Evidence::NewerCohort),
            is_dated: newest.is_some(),
            cap: (embedded.is_none() && !cohort.is_evidence()).then_some(Severity::Info),
            ..Standard::default()
        }
    }

    /// Translations that share a pin, and together differ from the reference on disk, were made from another revision.
    fn differs_from_disk(&self, cohort: &Cohort<'a>) -> bool {
        let (Some(disk), Some(representative)) = (self.reference, cohort.representative) else { return false };
        // Where git knows the revisions, it decides.
        if cohort.members.iter().all(|member| self.choices[member.text].is_some())
            || representative.pin().is_none()
            || !cohort.is_reliable()
            || self.checker.revision == Policy::Head
            || self.checker.is_given()
            || !disk.has_prose
        {
            return false;
        }
        let languages = representative.languages(self.checker);
        let resolver = Resolver::new(&representative.settings.facts, &languages, &self.article.name);
        let bitext = Bitext::new(disk, Basis::Head, representative.document, resolver);
        let rules = representative.rules(self.checker);
        let differences = origin::run(rules, &bitext, |kind| matches!(kind, Kind::Comparative(_))).found;
        differences.iter().any(|found| found.difference(rules.active).is_some())
    }
}

/// What the members of a cohort have at the places of their representative.
fn peers<'a>(members: &[&'a Member<'a>], aligned: &[Comparison<'a>]) -> Peers<'a> {
    Peers::of(members.iter().map(|member| member.document).zip(aligned))
}

/// Beside the version that git says it was made from.
fn chosen<'a>(choice: &'a Choice<'a>, old: Option<&'a Document<'a>>, disk: &'a Document<'a>) -> Standard<'a> {
    let revision = choice.commit.as_deref();
    let misfit = choice.misfit.clone();
    // A version that fits says nothing of changes of words alone.
    let is_dated = choice.basis == Basis::Pinned;
    let is_undated = choice.is_doubtful;
    let older = choice.older.clone();
    let standard = Standard { misfit, pin: choice.pin, is_dated, is_undated, older, ..known() };
    match old {
        None => Standard {
            right: Some(Side { document: disk, basis: choice.basis, revision, is_on_disk: true }),
            ..standard
        },
        Some(document) => Standard {
            right: Some(Side { document, basis: choice.basis, revision, is_on_disk: false }),
            newest: Some(Side { document: disk, basis: Basis::Head, revision: None, is_on_disk: true }),
            between: choice.between.clone(),
            ..standard
        },
    }
}

/// Where the version that a translation was made from is known, and the newest one too.
fn known<'a>() -> Standard<'a> {
    Standard { evidence: Some(Evidence::Compared), is_dated: true, newest_explains: true, ..Standard::default() }
}

/// The newest cohort by hand-off date, where it is newer than `own`.
fn newer_than(own: usize, cohorts: &[Cohort<'_>]) -> Option<usize> {
    let date = |at: &usize| cohorts[*at].handed_over.as_ref();
    let of_own = date(&own)?;
    (0..cohorts.len()).filter(|at| date(at).is_some_and(|date| date > of_own)).max_by_key(|at| date(at).cloned())
}

fn other<'a>(cohort: &Cohort<'a>) -> Other<'a> {
    Other { document: cohort.lead().document, explains: cohort.is_reliable() }
}

fn of_cohort<'a>(representative: &'a Member<'a>) -> Side<'a> {
    let revision = representative.pin().map(|pin| pin.value);
    Side { document: representative.document, basis: Basis::Cohort, revision, is_on_disk: false }
}
