//! Candidates: every scheme that paths show, with the references that fit it best.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::candidate::{By, Candidate, Member};
use super::known::{Known, stem};
use super::spots::{Scheme, Spot, folder_of_locale, gather};
use crate::config::{Config, LayoutConfig};
use crate::locale::Locale;
use crate::project::layout::Pattern;

/// At most so many locales have a layout each.
const MOST_APART: usize = 4;

/// What the paths of a tree propose.
pub(super) fn all<'t>(known: &Known<'t>) -> Vec<Candidate<'t>> {
    let schemes = gather(known);
    schemes.iter().flat_map(|(scheme, spots)| Proposal { known, scheme, spots }.candidates()).collect()
}

/// A layout that a pack declares, below a folder of the tree (`""` or with a slash at the end).
pub(super) fn declared<'t>(known: &Known<'t>, layout: &LayoutConfig, folder: &str) -> Option<Candidate<'t>> {
    let below = |pattern: &str| format!("{folder}{pattern}");
    let layout = LayoutConfig {
        reference: layout.reference.as_deref().map(below),
        translation: below(&layout.translation),
        ..layout.clone()
    };
    let project = Config::default();
    let translation = Pattern::new(&layout.translation, &project).ok()?;
    let reference = Pattern::new(layout.reference.as_deref()?, &project).ok()?;
    let own = layout.locale.as_deref().and_then(Locale::parse);
    let member = |(document, path): (usize, &'t String)| {
        let found = translation.find(path)?;
        let there = known.find(stem(&reference.fill(found.path, found.ext, "en"))).filter(|there| *there != document);
        let is_reference = reference.find(path).is_some_and(|theirs| theirs.path.len() <= found.path.len());
        let is_known = !is_reference && (there.is_some() || found.locale.is_some());
        let locale = found.locale.or_else(|| own.clone());
        is_known.then_some(Member { document, locale, key: stem(found.path), reference: there })
    };
    let members = known.documents.iter().enumerate().filter_map(member).collect();
    Some(Candidate { layout, by: By::Pack, reference_locale: None, is_named_for_locales: false, members })
}

/// One scheme with the documents that fit it.
struct Proposal<'a, 't> {
    known: &'a Known<'t>,
    scheme: &'a Scheme<'t>,
    spots: &'a [Spot<'t>],
}

impl<'t> Proposal<'_, 't> {
    /// One candidate; more where a pattern with `{locale}` would say too little or too much.
    fn candidates(&self) -> Vec<Candidate<'t>> {
        let Some(mut best) = self.best() else { return Vec::new() };
        let apart = self.locales_apart(&best);
        let mut members: BTreeMap<Option<Locale>, Vec<Member<'t>>> = BTreeMap::new();
        for member in std::mem::take(&mut best.members) {
            let is_apart = apart.iter().any(|(_, locale)| member.locale.as_ref() == Some(locale));
            let place = member.locale.clone().filter(|_| is_apart);
            members.entry(place).or_default().push(member);
        }
        let own = apart.into_iter().map(|(name, locale)| {
            let translation = self.scheme.pattern(name);
            let layout = LayoutConfig { translation, locale: Some(locale.to_string()), ..best.layout.clone() };
            best.with(layout, members.remove(&Some(locale)).unwrap_or_default())
        });
        let mut all: Vec<Candidate<'t>> = own.collect();
        all.push(Candidate { members: members.remove(&None).unwrap_or_default(), ..best });
        all
    }

    /// The locales that need a layout of their own: those that are called after a country, which `{locale}` does not
    /// match, and all where it would match other words too, such as `a.ts.md`.
    fn locales_apart(&self, best: &Candidate<'t>) -> Vec<(&'t str, Locale)> {
        if best.by == By::Snapshot || best.layout.reference.is_none() {
            return Vec::new();
        }
        let tied = best.members.iter().filter(|member| member.reference.is_some());
        let tied: HashSet<&Locale> = tied.filter_map(|member| member.locale.as_ref()).collect();
        let names: BTreeSet<&'t str> = self.spots.iter().map(|spot| spot.locale).collect();
        let names = names.into_iter().filter(|name| Some(*name) != best.reference_locale);
        let all: Vec<(&str, Locale)> = names.filter_map(|name| Some((name, Locale::of_name(name)?))).collect();
        let is_country = |(name, _): &(&str, Locale)| Locale::parse(name).is_none();
        let is_word = |(_, locale): &(&str, Locale)| !locale.is_telling() && !tied.contains(locale);
        let has_words = all.iter().any(is_word) && tied.len() <= MOST_APART;
        // Two spellings of one locale are told apart by `{locale}` alone.
        let is_one = |locale: &Locale| all.iter().filter(|(_, other)| other == locale).count() == 1;
        let wanted =
            |one: &&(&str, Locale)| is_one(&one.1) && (is_country(one) || (has_words && tied.contains(&one.1)));
        all.iter().filter(wanted).cloned().collect()
    }

    /// The references that fit it best: in English, without a locale, in another locale; else none.
    fn best(&self) -> Option<Candidate<'t>> {
        let files = self.files_by_locale();
        let is_english = |locale: &&str| Locale::parse(locale).is_some_and(|one| one.language() == "en");
        let english = files.iter().filter(|(locale, _)| is_english(locale)).max_by_key(|(_, files)| **files);
        let mut found: Vec<Candidate<'t>> = Vec::new();
        if let Some((locale, _)) = english {
            found.push(self.of_locale(locale, By::Locale));
            if files.keys().all(is_english) {
                found.extend(self.snapshots(locale));
            }
        }
        found.extend(self.scheme.without_locale().iter().map(|start| self.of_start(start)));
        let paired = |candidate: &Candidate<'_>| candidate.members.iter().filter(|one| one.reference.is_some()).count();
        let best = found.into_iter().rev().max_by_key(paired).filter(|best| paired(best) > 0);
        best.or_else(|| Some(self.of_locale(self.complete_locale(&files)?, By::Completeness)))
            .or_else(|| self.cohorts(files.len()))
    }

    fn files_by_locale(&self) -> BTreeMap<&'t str, usize> {
        let mut files = BTreeMap::new();
        self.spots.iter().for_each(|spot| *files.entry(spot.locale).or_default() += 1);
        files
    }

    /// The locale that has nearly all that the others have, and much more than each of them.
    fn complete_locale(&self, files: &BTreeMap<&'t str, usize>) -> Option<&'t str> {
        let (most, count) = files.iter().max_by_key(|(_, count)| **count)?;
        let is_alone = files.iter().all(|(locale, other)| locale == most || other * 5 <= count * 3);
        let keys: HashSet<&str> = self.spots.iter().filter(|spot| spot.locale == *most).map(|spot| spot.key).collect();
        let others = || self.spots.iter().filter(|spot| spot.locale != *most);
        let held = others().filter(|spot| keys.contains(spot.key)).count();
        (is_alone && held > 0 && held * 20 >= others().count() * 19).then_some(*most)
    }

    /// The references are the files of one locale.
    fn of_locale(&self, reference: &'t str, by: By) -> Candidate<'t> {
        let (references, others): (Vec<&Spot<'t>>, Vec<&Spot<'t>>) =
            self.spots.iter().partition(|spot| spot.locale == reference);
        let by_key: HashMap<&str, usize> = references.iter().map(|spot| (spot.key, spot.document)).collect();
        let members = others.into_iter().map(|spot| member(spot, by_key.get(spot.key).copied())).collect();
        let by = if matches!(self.scheme, Scheme::Folder { .. }) { by } else { self.by() };
        let candidate = self.candidate(Some(self.scheme.pattern(reference)), by, members);
        Candidate { reference_locale: Some(reference), ..candidate }
    }

    /// The references have no locale in their path, which starts with `start`.
    fn of_start(&self, start: &str) -> Candidate<'t> {
        let mut path = String::new();
        let mut find = |key: &str| {
            path.clear();
            path.push_str(start);
            path.push_str(key);
            self.known.find(&path)
        };
        let members = self.spots.iter().map(|spot| member(spot, find(spot.key))).collect();
        let pattern = match self.scheme {
            Scheme::Folder { .. } => format!("{start}{{path}}"),
            Scheme::Suffix { .. } => "{path}.{ext}".to_owned(),
        };
        self.candidate(Some(pattern), self.by(), members)
    }

    /// `{path}.en.md` is the reference of the `{path}.md` beside it.
    fn snapshots(&self, english: &'t str) -> Option<Candidate<'t>> {
        let Scheme::Suffix { separator } = self.scheme else { return None };
        let pairs = self.spots.iter().filter_map(|spot| Some((self.known.find(spot.key)?, spot)));
        let pairs: Vec<(usize, &Spot<'t>)> = pairs.filter(|(_, spot)| spot.locale == english).collect();
        if pairs.len() < 3 {
            return None;
        }
        let folder = common_folder(pairs.iter().map(|(document, _)| self.known.documents[*document].as_str()));
        let (folder, locale) = match folder_of_locale(folder) {
            Some((folder, locale)) => (folder, Some(locale)),
            None => (folder, None),
        };
        let members = pairs.into_iter().map(|(document, spot)| Member {
            document,
            locale: locale.clone(),
            key: spot.key,
            reference: Some(spot.document),
        });
        let layout = LayoutConfig {
            reference: Some(format!("{folder}{{path}}{separator}{english}.{{ext}}")),
            translation: format!("{folder}{{path}}.{{ext}}"),
            // Who translates `docs-ja/` into Japanese keeps the English there as it was; else either side may be first.
            snapshot: locale.is_some(),
            locale: locale.as_ref().map(ToString::to_string),
        };
        let candidate = self.candidate(None, By::Snapshot, members.collect());
        Some(Candidate { layout, reference_locale: Some(english), ..candidate })
    }

    /// Several locales without a reference.
    fn cohorts(&self, locales: usize) -> Option<Candidate<'t>> {
        let is_likely = locales > 1 && matches!(self.scheme, Scheme::Folder { .. });
        let members = || self.spots.iter().map(|spot| member(spot, None)).collect();
        is_likely.then(|| self.candidate(None, By::Cohort, members()))
    }

    fn by(&self) -> By {
        match self.scheme {
            Scheme::Folder { .. } => By::Absence,
            Scheme::Suffix { separator: '.' } => By::Suffix,
            Scheme::Suffix { .. } => By::Hyphen,
        }
    }

    fn candidate(&self, reference: Option<String>, by: By, members: Vec<Member<'t>>) -> Candidate<'t> {
        let layout =
            LayoutConfig { reference, translation: self.scheme.pattern("{locale}"), ..LayoutConfig::default() };
        let is_named_for_locales = self.scheme.is_named_for_locales();
        Candidate { layout, by, reference_locale: None, is_named_for_locales, members }
    }
}

fn member<'t>(spot: &Spot<'t>, reference: Option<usize>) -> Member<'t> {
    let reference = reference.filter(|there| *there != spot.document);
    Member { document: spot.document, locale: Locale::of_name(spot.locale), key: spot.key, reference }
}

/// The folder that all paths are in, with a slash at the end.
fn common_folder<'t>(mut paths: impl Iterator<Item = &'t str>) -> &'t str {
    let Some(first) = paths.next() else { return "" };
    let common = paths.fold(first.len(), |length, path| {
        let same = first.bytes().zip(path.bytes()).take_while(|(a, b)| a == b).count();
        length.min(same)
    });
    let end = first.as_bytes()[..common].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    &first[..end]
}
