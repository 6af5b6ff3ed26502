//! Which way of making fragments is the site's? The reference's own links to its own headings tell.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::{Notice, Severity};
use crate::document::dialect::{Dialect, Slugs};
use crate::document::slug::Fragments;
use crate::document::{Document, InlineKind, markdown};

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
    let mut tally = Tally { candidates: &candidates, misses: vec![0; candidates.len()], all: 0 };
    let step = references.len().div_ceil(OPENED).max(1);
    let mut sampled = 0;
    for path in references.iter().step_by(step) {
        if sampled == SAMPLE {
            break;
        }
        sampled += usize::from(tally.count(path, dialect));
    }
    let fits = |misses: usize| misses < FEWEST || misses * 100 <= tally.all * PERCENT;
    let mut fitting: Vec<(usize, Slugs)> =
        tally.misses.iter().copied().zip(candidates.iter().copied()).filter(|(misses, _)| fits(*misses)).collect();
    fitting.sort_by_key(|(misses, _)| *misses);
    if fitting.is_empty() {
        return Calibration { slugs: Slugs::ALL.to_vec(), is_sound: false, notice: Some(notice(&tally)) };
    }
    Calibration { slugs: fitting.into_iter().map(|(_, slugs)| slugs).collect(), is_sound: true, notice: None }
}

fn notice(tally: &Tally<'_>) -> Notice {
    let fewest = tally.misses.iter().min().copied().unwrap_or_default();
    let message = format!(
        "broken-fragment stays silent about headings: {fewest} of {} fragments on the references' own pages do not \
         resolve in the way that this site is taken to make them; name its pack in `extends:`",
        tally.all
    );
    Notice { level: Severity::Warning, message, path: None }
}

/// How many fragments of their own pages the references have, and how many of them each way misses.
struct Tally<'c> {
    candidates: &'c [Slugs],
    misses: Vec<usize>,
    all: usize,
}

impl Tally<'_> {
    /// Looks at one reference; true where it has fragments of its own page.
    fn count(&mut self, path: &Path, dialect: &Dialect) -> bool {
        let Ok(text) = std::fs::read_to_string(path) else { return false };
        if !text.contains("(#") && !text.contains(": #") {
            return false;
        }
        let source = super::reading::prepare(crate::source::Source::new("", text), dialect);
        let document = markdown::parse(&source, dialect);
        let mut wanted = own_fragments(&document);
        let all = Fragments::of(&document, &Slugs::ALL);
        // What is included from elsewhere may have them.
        wanted.retain(|fragment| !all.is_open || all.resolves(fragment));
        self.all += wanted.len();
        for (slugs, misses) in self.candidates.iter().zip(&mut self.misses) {
            let known = Fragments::of(&document, &[*slugs]);
            *misses += wanted.iter().filter(|fragment| !known.resolves(fragment)).count();
        }
        !wanted.is_empty()
    }
}

fn own_fragments<'d>(document: &'d Document<'_>) -> BTreeSet<&'d str> {
    let links = document.inlines.iter().filter_map(|inline| match &inline.kind {
        InlineKind::Link(link) => link.destination.strip_prefix('#'),
        _ => None,
    });
    links.filter(|fragment| crate::document::slug::is_a_place(fragment)).collect()
}
