//! Which version of its reference each translation is held against, where git knows the reference's history.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

use super::member::Pin;
use super::{Checker, Member, reading};
use crate::diagnostic::Basis;
use crate::document::{Document, markdown};
use crate::fnv::Fnv;
use crate::project::history::{AtPin, Oid, Version};
use crate::revision::{Fit, Misfit, Policy, Profile, best, is_misfit, may_be_misfit};
use crate::source::Source;
use crate::target::{Facts, Resolver};

/// How many versions are looked at for what a reference had before.
const OLDER: usize = 64;

/// The version that a translation was made from.
pub(super) struct Choice<'m> {
    pub(super) basis: Basis,
    /// Which blob it is; `None` for the file on disk.
    pub(super) blob: Option<Oid>,
    /// The commit that pins or brought it, where there is one.
    pub(super) commit: Option<String>,
    /// The versions after it, without the newest.
    pub(super) between: Vec<Oid>,
    /// The versions before it, the newest first.
    pub(super) older: Vec<Oid>,
    /// The pin that names it, or another one.
    pub(super) pin: Option<Pin<'m>>,
    pub(super) misfit: Option<Misfit>,
    /// Even the best version fits badly ([`Fit::is_doubtful`]).
    pub(super) is_doubtful: bool,
}

/// The versions of one reference, the file on disk first.
pub(super) struct Versions<'a> {
    checker: &'a Checker,
    path: &'a Path,
    disk: &'a Document<'a>,
    facts: &'a Facts,
    /// What git knows, newest first.
    known: Arc<[Version]>,
    /// The newest of them is what is on disk.
    is_committed: bool,
    profiles: Vec<OnceCell<Option<Profile>>>,
}

impl<'a> Versions<'a> {
    /// The versions of a reference; `None` where git knows none.
    pub(super) fn of(checker: &'a Checker, path: &'a Path, disk: &'a Document<'a>, facts: &'a Facts) -> Option<Self> {
        let known = checker.histories.versions(path);
        let newest = checker.histories.read(path, &known.first()?.blob)?;
        let is_committed = same_text(&newest, disk.source.file_text());
        let profiles = vec![OnceCell::new(); known.len() + usize::from(!is_committed)];
        Some(Self { checker, path, disk, facts, known, is_committed, profiles })
    }

    /// The version that a translation, which stands at a path, was made from, as `policy` has it found out.
    pub(super) fn choose<'m>(&self, member: &Member<'m>, path: &Path, policy: Policy) -> Option<Choice<'m>> {
        let languages = member.languages(self.checker);
        let resolver = Resolver::new(self.facts, &languages, "");
        let of_translation = || Profile::of(member.document, resolver);
        let pins = if policy == Policy::Inferred { &[] } else { member.pins.as_slice() };
        let pinned = pins.iter().find_map(|pin| Some((*pin, self.at(pin.value)?)));
        match (policy, pinned) {
            (Policy::Head, _) | (Policy::Pinned, None) => None,
            (Policy::Pinned, Some((pin, blob))) => Some(self.pinned(blob, pin)),
            (Policy::Auto, Some((pin, blob))) => {
                let fit = self.remembered(member, pin.value, || self.misfit(&of_translation(), blob));
                let misfit = fit.and_then(|fit| Some((fit, self.known(fit.version)?.commit.to_string())));
                let Some((fit, fits)) = misfit else { return Some(self.pinned(blob, pin)) };
                let is_newer = self.position(blob).is_some_and(|pinned| fit.version < pinned);
                let misfit = Some(Misfit { fits, is_newer });
                Some(Choice { pin: Some(pin), misfit, is_doubtful: false, ..self.inferred(fit) })
            }
            (Policy::Auto | Policy::Inferred, _) => {
                let fit = self.remembered(member, "", || self.best(&of_translation(), None))?;
                let Some(time) = self.last_change_before(fit.version, member, path) else {
                    return Some(self.inferred(fit));
                };
                let earlier = self.remembered(member, &time.to_string(), || self.best(&of_translation(), Some(time)));
                Some(self.inferred(earlier.unwrap_or(fit)))
            }
        }
    }

    /// An answer of an earlier run to the same question, else the one that `find` gives.
    fn remembered(&self, member: &Member<'_>, about: &str, find: impl FnOnce() -> Option<Fit>) -> Option<Fit> {
        let mut question = Fnv::default();
        question.text(about);
        member.languages(self.checker).iter().for_each(|language| question.text(language));
        question.text(member.document.source.file_text());
        self.known.iter().for_each(|known| question.text(&known.blob.to_string()));
        question.text(if self.is_committed { "" } else { self.disk.source.file_text() });
        self.checker.fits.get_or_find(question.value(), find)
    }

    /// The version that fits best, of those that were there at a time, or of all.
    fn best(&self, translation: &Profile, time: Option<i64>) -> Option<Fit> {
        let is_there = |at| time.is_none_or(|time| self.known(at).is_some_and(|known| known.time <= time));
        best(translation, (0..self.profiles.len()).map(|at| self.profile(at).filter(|_| is_there(at))))
    }

    /// When a translation was changed last, where that is before a version came: it was not made from that.
    fn last_change_before(&self, version: usize, member: &Member<'_>, path: &Path) -> Option<i64> {
        let (time, blob) = self.checker.histories.last_change(path, self.path)?;
        let came = self.known(version).map_or(i64::MAX, |known| known.time);
        let is_as_committed = || {
            let bytes = self.checker.histories.read(path, &blob);
            bytes.is_some_and(|bytes| same_text(&bytes, member.document.source.file_text()))
        };
        (came > time && is_as_committed()).then_some(time)
    }

    fn at(&self, pin: &str) -> Option<Oid> {
        match self.checker.histories.at(self.path, pin) {
            AtPin::Blob(blob) => Some(blob),
            AtPin::NoFile | AtPin::Unknown | AtPin::NoHistory => None,
        }
    }

    fn pinned<'m>(&self, blob: Oid, pin: Pin<'m>) -> Choice<'m> {
        let commit = Some(pin.value.to_owned());
        match self.position(blob) {
            Some(version) => Choice { commit, pin: Some(pin), ..self.choice(version, Basis::Pinned) },
            // Of a branch that was merged otherwise: any version may be between.
            None => Choice {
                basis: Basis::Pinned,
                blob: Some(blob),
                commit,
                between: self.between(self.profiles.len()),
                older: Vec::new(),
                pin: Some(pin),
                misfit: None,
                is_doubtful: false,
            },
        }
    }

    /// The version that fits, where the pinned one clearly does not.
    fn misfit(&self, translation: &Profile, blob: Oid) -> Option<Fit> {
        let pinned = self.profile_of(&blob)?;
        if !may_be_misfit(&pinned, translation) {
            return None;
        }
        let fit = self.best(translation, None)?;
        is_misfit(&pinned, self.profile(fit.version)?, translation).then_some(fit)
    }

    /// The best fit; where that is the newest, nothing needed to be found out.
    fn inferred<'m>(&self, fit: Fit) -> Choice<'m> {
        let basis = if fit.version == 0 { Basis::Head } else { Basis::Inferred };
        Choice { is_doubtful: fit.is_doubtful, ..self.choice(fit.version, basis) }
    }

    fn choice<'m>(&self, version: usize, basis: Basis) -> Choice<'m> {
        let known = self.known(version);
        Choice {
            basis,
            blob: known.filter(|_| version > 0).map(|known| known.blob),
            commit: known.filter(|_| basis != Basis::Head).map(|known| known.commit.to_string()),
            between: self.between(version),
            older: self.older(version),
            pin: None,
            misfit: None,
            is_doubtful: false,
        }
    }

    /// The versions newer than one, without the newest.
    fn between(&self, version: usize) -> Vec<Oid> {
        (1..version).filter_map(|at| self.known(at)).map(|known| known.blob).collect()
    }

    /// Some of the versions older than one.
    fn older(&self, version: usize) -> Vec<Oid> {
        let older = (version + 1..self.profiles.len()).take(OLDER);
        older.filter_map(|at| self.known(at)).map(|known| known.blob).collect()
    }

    fn known(&self, version: usize) -> Option<&Version> {
        self.known.get(version.checked_sub(usize::from(!self.is_committed))?)
    }

    fn position(&self, blob: Oid) -> Option<usize> {
        self.known.iter().position(|known| known.blob == blob).map(|at| at + usize::from(!self.is_committed))
    }

    fn profile(&self, version: usize) -> Option<&Profile> {
        let made = self.profiles[version].get_or_init(|| match self.known(version).filter(|_| version > 0) {
            Some(known) => self.profile_of(&known.blob),
            None => Some(self.profile_from(self.disk)),
        });
        made.as_ref()
    }

    fn profile_of(&self, blob: &Oid) -> Option<Profile> {
        let source = read(self.checker, self.path, blob, self.disk.source.name())?;
        Some(self.profile_from(&markdown::parse(&source, &self.checker.dialect)))
    }

    /// The reference's own links name no other language than its own.
    fn profile_from(&self, document: &Document<'_>) -> Profile {
        let languages = [self.checker.reference_language.as_str()];
        let resolver = Resolver::new(self.facts, &languages, "");
        Profile::of(document, resolver)
    }
}

/// One version of a reference as a text under the reference's name.
pub(super) fn read(checker: &Checker, path: &Path, blob: &Oid, name: &str) -> Option<Source> {
    let source = Source::from_bytes(name, checker.histories.read(path, blob)?);
    source.defect().is_none().then(|| reading::prepare(source, &checker.dialect))
}

/// Line endings and a byte order mark are the checkout's.
fn same_text(bytes: &[u8], text: &str) -> bool {
    let Ok(old) = std::str::from_utf8(bytes) else { return false };
    old.trim_start_matches('\u{feff}').lines().eq(text.lines())
}
