//! Which way of making fragments is the site's? The reference's own links to its own headings tell.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::{Notice, Severity};
use crate::document::dialect::{Dialect, Slugs};
use crate::document::slug::Fragments;
use crate::document::{Document, InlineKind, markdown, metadata};
use crate::source::Source;
use crate::threads;

/// What the sample of references showed.
#[derive(Debug)]
pub(super) struct Calibration {
    /// The ways that fit, the likeliest first; all where none does.
    pub(super) slugs: Vec<Slugs>,
    /// Does any of them fit?
    pub(super) is_sound: bool,
    /// What is to be said where none does.
    pub(super) notice: Option<Notice>,
}

/// References with fragments of their own pages that are looked at.
const SAMPLE: usize = 200;
/// References that are opened in search of them.
const OPENED: usize = 2_000;
/// Fewer misses than these prove nothing.
const FEWEST: usize = 3;
/// The share of misses, in percent, above which a way does not fit.
const PERCENT: usize = 3;

/// Tries the declared way, or all that are known, on a sample of the references.
pub(super) fn calibrate(references: &[&Path], dialect: &Dialect) -> Calibration {
    let candidates = dialect.slugs.map_or_else(|| Slugs::ALL.to_vec(), |one| vec![one]);
    let mut tally = Tally { misses: vec![0; candidates.len()], ..Tally::default() };
    let step = references.len().div_ceil(OPENED).max(1);
    let opened: Vec<&Path> = references.iter().step_by(step).copied().collect();
    for some in opened.chunks(SAMPLE) {
        let looked = threads::map(some, |path| Tally::of(path, &candidates, dialect));
        let found: Vec<Tally> = looked.into_iter().flatten().collect();
        found.iter().take(SAMPLE - tally.documents).for_each(|one| tally.add(one));
        if tally.documents == SAMPLE {
            break;
        }
    }
    let fits = |misses: usize| misses < FEWEST || misses * 100 <= tally.fragments * PERCENT;
    let mut fitting: Vec<(usize, Slugs)> =
        tally.misses.iter().copied().zip(candidates).filter(|(misses, _)| fits(*misses)).collect();
    fitting.sort_by_key(|(misses, _)| *misses);
    if fitting.is_empty() {
        return Calibration { slugs: Slugs::ALL.to_vec(), is_sound: false, notice: Some(tally.notice()) };
    }
    Calibration { slugs: fitting.into_iter().map(|(_, slugs)| slugs).collect(), is_sound: true, notice: None }
}

/// How many fragments of their own pages the references have, and how many of them each way misses.
#[derive(Default)]
struct Tally {
    documents: usize,
    fragments: usize,
    misses: Vec<usize>,
}

impl Tally {
    /// Looks at one reference; `None` where it has no fragments of its own page.
    fn of(path: &Path, candidates: &[Slugs], dialect: &Dialect) -> Option<Self> {
        let text = String::from_utf8(crate::project::files::read(path).ok()?).ok()?;
        if !text.contains("(#") && !text.contains(": #") {
            return None;
        }
        let source = super::reading::prepare(Source::new("", text), dialect);
        let document = markdown::parse_body(&source, metadata::body(&source), dialect);
        let mut wanted = own_fragments(&document);
        let all = Fragments::of(&document, &Slugs::ALL);
        // What is included from elsewhere may have them.
        wanted.retain(|fragment| !all.is_open || all.resolves(fragment));
        let misses = candidates.iter().map(|slugs| {
            let known = Fragments::of(&document, &[*slugs]);
            wanted.iter().filter(|fragment| !known.resolves(fragment)).count()
        });
        let tally = Self { documents: 1, fragments: wanted.len(), misses: misses.collect() };
        (!wanted.is_empty()).then_some(tally)
    }

    fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.fragments += other.fragments;
        self.misses.iter_mut().zip(&other.misses).for_each(|(all, one)| *all += one);
    }

    fn notice(&self) -> Notice {
        let fewest = self.misses.iter().min().copied().unwrap_or_default();
        let message = format!(
            "broken-fragment stays silent about headings: {fewest} of {} fragments on the references' own pages do not \
             resolve in the way that this site is taken to make them; name its pack in `extends:`",
            self.fragments
        );
        Notice { level: Severity::Warning, message, path: None }
    }
}

fn own_fragments<'d>(document: &'d Document<'_>) -> BTreeSet<&'d str> {
    let links = document.inlines.iter().filter_map(|inline| match &inline.kind {
        InlineKind::Link(link) => link.destination.strip_prefix('#'),
        _ => None,
    });
    links.filter(|fragment| crate::document::slug::is_a_place(fragment)).collect()
}
