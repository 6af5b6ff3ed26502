//! A translation with what is in force for it.

use std::sync::Arc;

use super::Checker;
use super::origin::Rules;
use crate::diagnostic::{Notice, Severity};
use crate::document::Document;
use crate::locale::Locale;
use crate::project::Article;
use crate::settings::Settings;
use crate::source::Span;

/// A translation with what is in force for it.
pub(super) struct Member<'a> {
    /// Its number among the article's translations.
    pub(super) text: usize,
    pub(super) document: &'a Document<'a>,
    pub(super) locale: Option<Locale>,
    pub(super) settings: Arc<Settings>,
    /// Where its front matter names a revision, the most exact first.
    pub(super) pins: Vec<Pin<'a>>,
    pub(super) is_asked_for: bool,
}

/// Where front matter names a revision.
#[derive(Clone, Copy)]
pub(super) struct Pin<'a> {
    pub(super) value: &'a str,
    pub(super) span: Span,
    /// It says that the translation was brought up to date in places since.
    pub(super) is_patched: bool,
}

impl<'a> Member<'a> {
    /// The translations of an article.
    pub(super) fn all(checker: &Checker, article: &Article, documents: &'a [Document<'a>]) -> Vec<Self> {
        documents.iter().enumerate().map(|(text, document)| Self::new(checker, article, text, document)).collect()
    }

    fn new(checker: &Checker, article: &Article, text: usize, document: &'a Document<'a>) -> Self {
        let translation = &article.translations[text];
        let metadata = document.metadata.as_ref();
        let tag = translation.locale.as_ref().map(Locale::as_str);
        let settings = checker.settings.of(metadata, &translation.path, tag);
        let scalar = |key: &String| metadata.and_then(|metadata| metadata.scalar(key));
        let own = settings.locale.as_ref().and_then(scalar).and_then(Locale::parse);
        let pin = |key: &String| {
            let value = metadata?.value(key)?;
            let text = document.source.text().get(value.span.end as usize..)?;
            let comment = text.lines().next().unwrap_or_default();
            let is_patched = settings.patched.as_ref().is_some_and(|mark| comment.trim() == mark);
            Some(Pin { value: metadata?.scalar(key)?, span: value.span, is_patched })
        };
        let pins = settings.pins.iter().filter_map(pin).collect();
        let locale =
            if article.is_loose { own.or(translation.locale.clone()) } else { translation.locale.clone().or(own) };
        Self { text, document, locale, settings, pins, is_asked_for: translation.is_asked_for }
    }

    /// The pin that tells which translations were made from one revision.
    pub(super) fn pin(&self) -> Option<Pin<'a>> {
        self.pins.first().copied()
    }

    /// Which revision it was made from, to be told where there is no reference.
    pub(super) fn revision(&self) -> Option<Notice> {
        let pin = self.pin()?.value;
        let date = self.handoff().map(|date| format!(", handed off {date}")).unwrap_or_default();
        Some(Notice {
            level: Severity::Info,
            message: format!("made from revision {}{date}", pin.chars().take(10).collect::<String>()),
            path: Some(self.document.source.name().to_owned()),
        })
    }

    /// When it was handed over, as its front matter says it.
    pub(super) fn handoff(&self) -> Option<&'a str> {
        self.document.metadata.as_ref()?.scalar(self.settings.handoff.as_deref()?)
    }

    /// Where its front matter says that it is behind.
    pub(super) fn drift_flag(&self) -> Option<Span> {
        let (metadata, key) = (self.document.metadata.as_ref()?, self.settings.drift_flag.as_deref()?);
        let says_so = metadata.scalar(key)?.trim() != "false";
        says_so.then(|| metadata.value(key).map(|value| value.span)).flatten()
    }

    /// The rules in force for it.
    pub(super) fn rules<'m>(&'m self, checker: &'m Checker) -> Rules<'m> {
        Rules { active: &self.settings.rules, clock: checker.clock.as_deref() }
    }

    /// The languages of the two sides; none where the translation's is not known.
    pub(super) fn languages<'m>(&'m self, checker: &'m Checker) -> Vec<&'m str> {
        self.locale.iter().flat_map(|locale| [locale.language(), &checker.reference_language]).collect()
    }
}
