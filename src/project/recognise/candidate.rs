//! A layout that may be a tree's, and what speaks for it.

use std::collections::{BTreeSet, HashMap};

use crate::config::LayoutConfig;
use crate::locale::Locale;

/// A layout with the files that it ties together.
#[derive(Debug)]
pub(super) struct Candidate<'t> {
    pub(super) layout: LayoutConfig,
    /// How the references are known.
    pub(super) by: By,
    /// The locale of the references, where a path says it.
    pub(super) reference_locale: Option<&'t str>,
    /// `{path}` of every kind says something: the folder around it is called after locales.
    pub(super) is_named_for_locales: bool,
    pub(super) members: Vec<Member<'t>>,
}

/// How the references of a candidate are known: what is asked of it depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// They are in English.
    Locale,
    /// They are in the one locale that has all.
    Completeness,
    /// Their path is the translation's without the locale.
    Absence,
    /// As by `Absence`, or by `Locale`, where the locale is a suffix of the file's name.
    Suffix,
    /// As by `Suffix`, behind a hyphen or an underscore, which words of a title have between them too.
    Hyphen,
    /// They carry a suffix, and the translations none.
    Snapshot,
    /// There are none.
    Cohort,
    /// A pack says so.
    Pack,
}

/// A translation.
#[derive(Debug)]
pub(super) struct Member<'t> {
    /// Position of the document.
    pub(super) document: usize,
    pub(super) locale: Option<Locale>,
    /// `{path}`, without the ending.
    pub(super) key: &'t str,
    /// Position of its reference.
    pub(super) reference: Option<usize>,
}

/// What speaks for a candidate.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// The translations that have a reference, or in a cohort another with the same path.
    pub(super) tied: Vec<usize>,
    /// Locales of those.
    pub(super) locales: BTreeSet<Locale>,
    /// Translations, with or without.
    members: usize,
    /// Those of `tied` whose path is no accident, as that of a `README.md` is.
    telling: usize,
    /// Those of `tied` whose locale is no other word.
    sure: usize,
    /// Locales of those.
    sure_locales: BTreeSet<Locale>,
}

impl<'t> Candidate<'t> {
    /// The same for other files.
    pub(super) fn with(&self, layout: LayoutConfig, members: Vec<Member<'t>>) -> Self {
        let Self { by, reference_locale, is_named_for_locales, .. } = *self;
        Self { layout, by, reference_locale, is_named_for_locales, members }
    }

    /// What speaks for it among the documents that no other layout covers.
    pub(super) fn evidence(&self, is_covered: &[bool]) -> Evidence {
        let free = || self.members.iter().enumerate().filter(|(_, member)| !is_covered[member.document]);
        let mut shared: HashMap<&str, usize> = HashMap::new();
        if self.by == By::Cohort {
            free().for_each(|(_, member)| *shared.entry(member.key).or_default() += 1);
        }
        let mut evidence = Evidence::default();
        for (at, member) in free() {
            evidence.members += 1;
            let is_shared = shared.get(member.key).is_some_and(|times| *times > 1);
            if member.reference.is_some() || is_shared {
                evidence.tied.push(at);
                evidence.telling += usize::from(self.is_named_for_locales || is_telling(member.key));
                evidence.locales.extend(member.locale.clone());
                if let Some(sure) = member.locale.as_ref().filter(|locale| locale.is_telling()) {
                    evidence.sure += 1;
                    evidence.sure_locales.insert(sure.clone());
                }
            }
        }
        evidence
    }

    /// Is that enough to take the layout? Where the tree is known to have references (`is_settled`), no other kind of
    /// tree is looked for, and no doubtful locales.
    pub(super) fn is_shown_by(&self, evidence: &Evidence, is_settled: bool) -> bool {
        let Evidence { members, telling, sure, sure_locales, .. } = evidence;
        let pairs = evidence.tied.len();
        let is_sure = *sure > 0;
        let at_least = |percent: usize, of: usize| of * 100 >= members * percent;
        match self.by {
            By::Locale => is_sure || *telling > 0,
            By::Absence => {
                (is_sure && *telling > 0 && at_least(25, pairs))
                    || (!is_settled && *telling >= 3 && at_least(80, pairs))
            }
            By::Suffix => (is_sure && at_least(50, pairs)) || (!is_settled && pairs >= 3 && at_least(80, pairs)),
            By::Hyphen => is_sure && at_least(50, *sure),
            By::Snapshot => pairs >= 3,
            By::Completeness => !is_settled && is_sure && *telling >= 3 && at_least(80, pairs),
            By::Cohort => !is_settled && sure_locales.len() >= 2 && *telling >= 6 && at_least(50, pairs),
            By::Pack if evidence.locales.is_empty() => pairs > 0,
            // The generator's files are there: a page called `index.md` says as much as any.
            By::Pack => (is_sure && at_least(50, pairs)) || (*telling >= 2 && at_least(80, pairs)),
        }
    }

    /// Its weight among others: translations without a reference count half.
    pub(super) fn weight(&self, evidence: &Evidence) -> usize {
        evidence.tied.len() * if self.by == By::Cohort { 1 } else { 2 }
    }
}

/// Names that files have in folders that are no translations of each other.
const EVERYWHERE: [&str; 10] =
    ["readme", "index", "_index", "changelog", "contributing", "license", "summary", "overview", "authors", "security"];

fn is_telling(key: &str) -> bool {
    key.contains('/') || !EVERYWHERE.iter().any(|name| name.eq_ignore_ascii_case(key))
}
