//! One article from files to findings.
//!
//! All locales of an article are read together and let go together; nothing is kept from one article to the next.

mod age;
mod boilerplate;
mod calibration;
mod clock;
mod cohort;
mod collect;
mod compare;
mod member;
mod norms;
mod older;
mod once;
mod origin;
mod pages;
mod pair;
mod reading;
mod standard;
mod suppress;
mod versions;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::HashMap;

use crate::diagnostic::{Diagnostic, Findings, Notice, Origin};
use crate::document::outline::OutlineError;
use crate::document::{Dialect, Document, markdown, outline};
use crate::locale::Locale;
use crate::project::files;
use crate::project::fits::Fits;
use crate::project::history::{Histories, Oid};
use crate::project::{Article, Translation};
use crate::revision::{Orphaned, Policy};
use crate::settings::SettingsStore;
use crate::source::Source;
pub use clock::Clock;
use collect::Collector;
use compare::Run;
use member::Member;
use once::Once;
pub use pages::{FindAll, Pages};
pub(crate) use reading::{Text, prepare};
use standard::Standards;
use versions::{Choice, Versions};

/// What every article is checked with.
pub struct Checker {
    /// Rules and facts.
    pub settings: SettingsStore,
    /// What git knows of the references.
    pub histories: Histories,
    /// Which versions fitted in earlier runs.
    pub fits: Fits,
    /// Counts the time that rules take, where somebody asked.
    pub clock: Option<Arc<Clock>>,
    /// Which revision translations are held against.
    pub revision: Policy,
    /// The language of the references, as the first subtag of their locale.
    pub reference_language: String,
    /// What the project's renderer makes of Markdown.
    pub dialect: Dialect,
    /// The pages of the project, where a rule asks about others than its own.
    pub pages: Option<Pages>,
    /// What paths are told relative to.
    pub working: PathBuf,
    /// Files, by their absolute paths, whose text is not the one on disk.
    pub given: HashMap<PathBuf, Vec<u8>>,
    /// Only findings in these locales; all where it is empty.
    pub locales: Vec<Locale>,
    /// Only findings of these origins; all where it is empty.
    pub origins: Vec<Origin>,
}

/// Why an article cannot be checked.
#[derive(Debug)]
pub struct OutlineFault {
    /// The outline.
    pub source: Source,
    /// What is wrong with it.
    pub error: OutlineError,
}

/// What came of one article, beside its findings.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Articles: several where loose files fell apart by their pins.
    pub articles: usize,
    /// Translations that were checked.
    pub translations: usize,
    /// What is to be said about the run.
    pub notices: Vec<Notice>,
}

impl Checker {
    /// Checks one article and gives its findings to `tell`, while the texts that they point into are there.
    pub fn check<T>(
        &self,
        article: &Article,
        tell: impl FnOnce(Findings<'_>, Outcome) -> T,
    ) -> Result<T, Box<OutlineFault>> {
        let article = &*self.wanted(article);
        let reference = self.reference(article);
        let text = |translation: &Translation| Text::new(self.read(&translation.path), &self.dialect);
        let texts: Vec<Text> = article.translations.iter().map(text).collect();
        let parsed = reference.as_ref().map(|source| parse_reference(source, &self.dialect));
        let reference_document = match parsed.transpose() {
            Ok(document) => document,
            Err(error) => {
                let source = reference.unwrap_or_else(|| Source::new("", ""));
                return Err(Box::new(OutlineFault { source, error }));
            }
        };
        let documents: Vec<Document<'_>> =
            texts.iter().map(|text| markdown::parse(&text.translation, &self.dialect)).collect();
        let embedded: Vec<Option<Document<'_>>> = texts
            .iter()
            .map(|text| text.reference.as_ref().map(|source| markdown::parse_body(source, 0, &self.dialect)))
            .collect();
        let members = Member::all(self, article, &documents);
        let readable = reference_document.as_ref().filter(|reference| reference.source.defect().is_none());
        let choices = self.choices(article, &members, readable);
        let old_sources = self.old_sources(article, &choices, readable);
        let old_documents: Vec<(&Oid, Document<'_>)> =
            old_sources.iter().map(|(blob, source)| (*blob, markdown::parse(source, &self.dialect))).collect();
        let old = |blob: &Oid| old_documents.iter().find(|(known, _)| *known == blob).map(|(_, document)| document);
        let choices: Vec<_> = choices.iter().map(|choice| with_document(choice.as_ref(), old)).collect();
        let once = Once::default();
        let standards = Standards {
            checker: self,
            once: &once,
            article,
            members: &members,
            reference: readable,
            embedded: &embedded,
            choices: &choices,
        };
        let collector = Collector::new(self, &article.name);
        let mut run = Run {
            checker: self,
            article,
            once: &once,
            collector,
            outcome: Outcome { articles: 1, ..Outcome::default() },
        };
        run.outcome.notices.extend(reference_document.as_ref().and_then(|file| reading::unreadable(file.source)));
        if article.is_loose {
            run.outcome.articles = standards.articles();
            run.outcome.notices.extend(members.iter().filter_map(Member::revision));
        }
        run.check(&members, standards.of_all());
        let Run { collector, outcome, .. } = run;
        Ok(tell(collector.finish(), outcome))
    }

    /// The text of an article's reference, where that is there.
    fn reference(&self, article: &Article) -> Option<Source> {
        let file = self.read(article.reference.as_deref().filter(|path| path.exists())?);
        Some(if is_outline(&file) { file } else { prepare(file, &self.dialect) })
    }

    /// An article without the translations that nobody asked for, where they say nothing of the others.
    fn wanted<'c>(&self, article: &'c Article) -> Cow<'c, Article> {
        let is_asked_for = |translation: &Translation| translation.is_asked_for;
        if article.translations.iter().all(is_asked_for) || !(self.is_given() || self.revision == Policy::Head) {
            return Cow::Borrowed(article);
        }
        let mut wanted = article.clone();
        wanted.translations.retain(is_asked_for);
        Cow::Owned(wanted)
    }

    /// What git says of each translation's revision.
    fn choices<'m>(
        &self,
        article: &Article,
        members: &[Member<'m>],
        reference: Option<&Document<'_>>,
    ) -> Vec<Option<Choice<'m>>> {
        let path = article.reference.as_deref().filter(|_| !self.is_given() && !article.is_snapshot);
        let is_wanted = self.revision != Policy::Head && reference.is_some_and(|reference| reference.has_prose);
        let versions = match (path, reference, members.first()) {
            (Some(path), Some(reference), Some(first)) if is_wanted => {
                Versions::of(self, path, reference, &first.settings.facts)
            }
            _ => None,
        };
        let path = |member: &Member<'_>| &*article.translations[member.text].path;
        let choose = |member| versions.as_ref()?.choose(member, path(member), self.revision);
        members.iter().map(choose).collect()
    }

    /// The texts of the old versions that were chosen, each once.
    fn old_sources<'c>(
        &self,
        article: &Article,
        choices: &'c [Option<Choice<'_>>],
        reference: Option<&Document<'_>>,
    ) -> Vec<(&'c Oid, Source)> {
        let (Some(path), Some(reference)) = (&article.reference, reference) else { return Vec::new() };
        let mut blobs: Vec<&Oid> = choices.iter().flatten().filter_map(|choice| choice.blob.as_ref()).collect();
        blobs.sort_unstable();
        blobs.dedup();
        let read = |blob| Some((blob, versions::read(self, path, blob, reference.source.name())?));
        blobs.into_iter().filter_map(read).collect()
    }

    fn read(&self, path: &Path) -> Source {
        let name = crate::project::shown(path, &self.working);
        if let Some(bytes) = self.given.get(path) {
            return Source::from_bytes(name, bytes.clone());
        }
        match files::read(path) {
            Ok(bytes) => Source::from_bytes(name, bytes),
            Err(error) => Source::unopened(name, &error),
        }
    }

    fn wants(&self, locale: Option<&Locale>) -> bool {
        let matches =
            |wanted: &Locale| locale.is_some_and(|locale| locale == wanted || locale.language() == wanted.as_str());
        self.locales.is_empty() || self.locales.iter().any(matches)
    }

    /// The user chose what to compare with.
    fn is_given(&self) -> bool {
        self.settings.config().layout.is_empty()
    }

    /// The reference that an article should have and that is not there.
    fn orphaned(&self, article: &Article) -> Option<Orphaned> {
        let path = article.reference.as_deref().filter(|path| !path.exists())?;
        let shown = |path: &Path| crate::project::shown(path, &self.working);
        let moved_to = self.histories.successor(path);
        let was_never_there = moved_to.is_none() && self.histories.was_never_there(path);
        Some(Orphaned { path: shown(path), moved_to: moved_to.as_deref().map(shown), was_never_there })
    }

    fn tells(&self, diagnostic: &Diagnostic) -> bool {
        self.origins.is_empty() || self.origins.contains(&diagnostic.origin)
    }
}

/// A choice with its document; `None` where that cannot be read.
fn with_document<'a, 'd>(
    choice: Option<&'a Choice<'a>>,
    old: impl Fn(&Oid) -> Option<&'a Document<'d>>,
) -> Option<(&'a Choice<'a>, Option<&'a Document<'d>>)> {
    let choice = choice?;
    match &choice.blob {
        None => Some((choice, None)),
        Some(blob) => Some((choice, Some(old(blob)?))),
    }
}

fn parse_reference<'s>(source: &'s Source, dialect: &Dialect) -> Result<Document<'s>, OutlineError> {
    if is_outline(source) { outline::parse(source) } else { Ok(markdown::parse(source, dialect)) }
}

fn is_outline(source: &Source) -> bool {
    [".yaml", ".yml"].iter().any(|ending| source.name().ends_with(ending))
}
