//! One article from files to findings.
//!
//! All locales of an article are read together and let go together; nothing is kept from one article to the next.

mod calibration;
mod cohort;
mod collect;
mod pages;
mod reading;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::align::Bitext;
use crate::diagnostic::{Basis, Diagnostic, Findings, Notice, Origin, Severity};
use crate::document::outline::OutlineError;
use crate::document::{Dialect, Document, markdown, outline};
use crate::locale::Locale;
use crate::project::Article;
use crate::settings::{Settings, SettingsStore};
use crate::site::Site;
use crate::source::Source;
use crate::target::Resolver;
use collect::{Collector, Side};
pub use pages::{FindAll, Pages};
use reading::Text;

/// What every article is checked with.
pub struct Checker {
    /// Rules and facts.
    pub settings: SettingsStore,
    /// What the project's renderer makes of Markdown.
    pub dialect: Dialect,
    /// The pages of the project, where a rule follows links.
    pub pages: Option<Pages>,
    /// What paths are told relative to.
    pub working: PathBuf,
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

/// A translation with what is in force for it.
struct Member<'a> {
    text: usize,
    document: &'a Document<'a>,
    locale: Option<Locale>,
    settings: Arc<Settings>,
    pin: Option<&'a str>,
    is_asked_for: bool,
}

impl Checker {
    /// Checks one article and gives its findings to `tell`, while the texts that they point into are there.
    pub fn check<T>(
        &self,
        article: &Article,
        tell: impl FnOnce(&Findings<'_>, Outcome) -> T,
    ) -> Result<T, Box<OutlineFault>> {
        let orphaned = article.reference.as_deref().filter(|path| !path.exists());
        let reference = article.reference.as_deref().filter(|_| orphaned.is_none()).map(|path| self.read(path));
        let reference =
            reference.map(|file| if is_outline(&file) { file } else { reading::prepare(file, &self.dialect) });
        let texts: Vec<Text> = article
            .translations
            .iter()
            .map(|translation| Text::new(self.read(&translation.path), &self.dialect))
            .collect();
        let reference_document = match reference.as_ref().map(|source| parse_reference(source, &self.dialect)) {
            None => None,
            Some(Ok(document)) => Some(document),
            Some(Err(error)) => {
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
        let members = self.members(article, &documents);
        let mut run = Run {
            checker: self,
            article,
            members: &members,
            embedded: &embedded,
            reference: reference_document.as_ref(),
            collector: Collector::new(self, &article.name),
            outcome: Outcome { articles: 1, ..Outcome::default() },
        };
        if let Some(path) = orphaned {
            run.outcome.notices.push(Notice {
                level: Severity::Info,
                message: format!("has no reference: {} is not there", crate::project::shown(path, &self.working)),
                path: documents.first().map(|document| document.source.name().to_owned()),
            });
        }
        run.check();
        let Run { collector, outcome, .. } = run;
        Ok(tell(&collector.finish(), outcome))
    }

    fn read(&self, path: &Path) -> Source {
        let name = crate::project::shown(path, &self.working);
        match std::fs::read(path) {
            Ok(bytes) => Source::from_bytes(name, bytes),
            Err(error) => Source::unopened(name, &error),
        }
    }

    fn members<'a>(&self, article: &Article, documents: &'a [Document<'a>]) -> Vec<Member<'a>> {
        let member = |(text, document): (usize, &'a Document<'a>)| {
            let translation = &article.translations[text];
            let metadata = document.metadata.as_ref();
            let tag = translation.locale.as_ref().map(Locale::as_str);
            let settings = self.settings.of(metadata, &translation.path, tag);
            let scalar = |key: &String| metadata.and_then(|metadata| metadata.scalar(key));
            let own = settings.locale.as_ref().and_then(scalar).and_then(Locale::parse);
            let pin = settings.pins.iter().find_map(scalar);
            let locale =
                if article.is_loose { own.or(translation.locale.clone()) } else { translation.locale.clone().or(own) };
            Member { text, document, locale, settings, pin, is_asked_for: translation.is_asked_for }
        };
        documents.iter().enumerate().map(member).collect()
    }

    fn wants(&self, locale: Option<&Locale>) -> bool {
        let matches =
            |wanted: &Locale| locale.is_some_and(|locale| locale == wanted || locale.language() == wanted.as_str());
        self.locales.is_empty() || self.locales.iter().any(matches)
    }
}

fn parse_reference<'s>(source: &'s Source, dialect: &Dialect) -> Result<Document<'s>, OutlineError> {
    if is_outline(source) { outline::parse(source) } else { Ok(markdown::parse(source, dialect)) }
}

fn is_outline(source: &Source) -> bool {
    [".yaml", ".yml"].iter().any(|ending| source.name().ends_with(ending))
}

/// What standard error says of a file that could not be read.
fn unreadable(source: &Source) -> Option<Notice> {
    let defect = source.defect()?;
    let message = format!("{}; {}", defect.reason, defect.remedy);
    Some(Notice { level: Severity::Error, message, path: Some(source.name().to_owned()) })
}

/// The check of one article.
struct Run<'a> {
    checker: &'a Checker,
    article: &'a Article,
    members: &'a [Member<'a>],
    embedded: &'a [Option<Document<'a>>],
    reference: Option<&'a Document<'a>>,
    collector: Collector<'a>,
    outcome: Outcome,
}

impl<'a> Run<'a> {
    fn check(&mut self) {
        if let Some(reference) = self.reference.filter(|reference| reference.source.defect().is_none()) {
            let basis = if reference.has_prose { self.checker.basis() } else { Basis::Outline };
            for member in self.members {
                self.compare(member, Some((reference, basis, None)));
            }
            return;
        }
        self.outcome.notices.extend(self.reference.and_then(|reference| unreadable(reference.source)));
        self.check_cohorts();
    }

    fn check_cohorts(&mut self) {
        let (bilingual, others): (Vec<_>, Vec<_>) =
            self.members.iter().partition(|member| self.embedded[member.text].is_some());
        for member in bilingual {
            let reference = self.embedded[member.text].as_ref();
            self.compare(member, reference.map(|reference| (reference, Basis::Bilingual, None)));
        }
        let cohorts = cohort::by_pin(&others, self.article.is_loose);
        if self.article.is_loose {
            self.outcome.articles = cohorts.len() + self.members.len() - others.len();
            self.tell_revisions();
        }
        for cohort in cohorts {
            let representative = cohort::representative(&cohort);
            for member in &cohort {
                let reference = representative.map(|first| (first.document, Basis::Cohort, first.pin));
                self.compare(member, reference);
            }
        }
    }

    /// Runs the rules over one translation.
    fn compare(&mut self, member: &'a Member<'a>, reference: Option<(&'a Document<'a>, Basis, Option<&'a str>)>) {
        if !member.is_asked_for || !self.checker.wants(member.locale.as_ref()) {
            return;
        }
        self.outcome.translations += 1;
        let config = self.checker.settings.config();
        let reference_language = config.reference_locale.as_deref().and_then(Locale::parse);
        let theirs = reference_language.as_ref().map_or("en", Locale::language);
        let both = [member.locale.as_ref().map_or(theirs, Locale::language), theirs];
        let languages: &[&str] = if member.locale.is_some() { &both } else { &[] };
        let resolver = Resolver { facts: &member.settings.facts, languages, page: &self.article.name };
        let readable = member.document.source.defect().is_none();
        let path = &self.article.translations[member.text].path;
        let around = self.checker.pages.as_ref().map(|pages| pages.around(self.article, path, member.locale.as_ref()));
        let mut bitext = match reference.filter(|_| readable) {
            Some((reference, basis, _)) => Bitext::new(reference, basis, member.document, resolver),
            None => Bitext::alone(member.document, resolver),
        };
        bitext.site = around.as_ref().map(|around| around as &dyn Site);
        let side = reference.map(|(document, basis, revision)| Side { document, basis, revision });
        self.collector.run(member.document, member.locale.as_ref(), &member.settings, &bitext, side);
        self.outcome.notices.extend(unreadable(member.document.source));
    }

    /// Files without a reference: which revision each was made from.
    fn tell_revisions(&mut self) {
        for member in self.members {
            let Some(pin) = member.pin else { continue };
            let handoff = member.settings.handoff.as_ref();
            let date = handoff.and_then(|key| member.document.metadata.as_ref()?.scalar(key));
            let date = date.map(|date| format!(", handed off {date}")).unwrap_or_default();
            self.outcome.notices.push(Notice {
                level: Severity::Info,
                message: format!("made from revision {}{date}", pin.chars().take(10).collect::<String>()),
                path: Some(member.document.source.name().to_owned()),
            });
        }
    }
}

impl Checker {
    /// How a reference on disk was found.
    fn basis(&self) -> Basis {
        if self.settings.config().layout.is_empty() { Basis::Given } else { Basis::Head }
    }

    fn tells(&self, diagnostic: &Diagnostic) -> bool {
        self.origins.is_empty() || self.origins.contains(&diagnostic.origin)
    }
}
