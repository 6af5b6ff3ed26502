//! Findings become diagnostics: places, weights, names, and one for what the reference has too.

use std::sync::Arc;

use foldhash::HashMap;

use super::{Checker, Member};
use crate::diagnostic::{
    Basis, Diagnostic, Edit, Findings, Fix, Origin, Place, Related, Role, Severity, Suppressed, Suppressor,
};
use crate::document::Document;
use crate::fnv::Fnv;
use crate::locale::Locale;
use crate::rule::Finding;
use crate::settings::ActiveRule;
use crate::source::{Source, Span};

/// The reference that a translation was held against.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) basis: Basis,
    pub(super) revision: Option<&'a str>,
    /// It is a file of its own, which a finding that the reference has too can point at.
    pub(super) is_on_disk: bool,
}

/// Takes the findings of one article.
pub(super) struct Collector<'a> {
    checker: &'a Checker,
    article: Arc<str>,
    findings: Findings<'a>,
    /// Where a finding that the reference has too was told: by rule, message and place in the reference.
    shared: HashMap<(Arc<str>, String, u32), usize>,
    /// How often a fingerprint occurred.
    fingerprints: HashMap<u64, u32>,
}

impl<'a> Collector<'a> {
    /// How many words of a passage a fingerprint is made of.
    const WORDS: usize = 32;

    pub(super) fn new(checker: &'a Checker, article: &str) -> Self {
        Self {
            checker,
            article: article.into(),
            findings: Findings::default(),
            shared: HashMap::default(),
            fingerprints: HashMap::default(),
        }
    }

    /// Takes a finding about a translation, beside a side; it weighs `cap` at most. With a reason, it is meant.
    pub(super) fn take(
        &mut self,
        rule: &ActiveRule,
        finding: Finding,
        member: &Member<'a>,
        (side, cap): (Option<Side<'a>>, Severity),
        reason: Option<String>,
    ) {
        let document = member.document;
        let place = self.place(document.source, finding.span);
        let own = if finding.is_minor { Severity::Info } else { Severity::Error };
        let mut diagnostic = Diagnostic {
            rule: Arc::clone(&rule.id),
            severity: rule.severity.min(self.checker.settings.cap(finding.origin)).min(cap).min(own),
            origin: finding.origin,
            fingerprint: String::new(),
            article: self.article(document),
            locale: member.locale.as_ref().map(Locale::shared),
            help: Some(finding.help.unwrap_or_else(|| rule.help.clone())),
            label: finding.label,
            message: finding.message,
            related: Vec::new(),
            fixes: Vec::new(),
            place,
        };
        if let Some(side) = &side {
            let related = finding.references.iter().map(|(span, message)| self.related(side, *span, message));
            diagnostic.related = related.collect();
        }
        let reference = finding.references.first().zip(side);
        if let Some((applicability, title, span, text)) = finding.fix {
            let place = self.place(document.source, span);
            // Where text is hidden or left out, an edit could take it away.
            if document.source.file_text().get(place.span.range()) == Some(document.source.slice(span)) {
                diagnostic.fixes.push(Fix { applicability, title, edits: vec![Edit { place, text }] });
            }
        }
        let folded = [
            document.source.slice(finding.span),
            reference.map_or("", |((span, _), side)| side.document.source.slice(*span)),
        ];
        if let Some(reason) = reason {
            if self.checker.tells(&diagnostic) {
                diagnostic.fingerprint = self.fingerprint(&diagnostic, folded);
                self.findings.suppressed.push(Suppressed { diagnostic, by: Suppressor::Comment, reason });
            }
        } else if diagnostic.origin == Origin::Reference {
            let at = reference.map_or(0, |((span, _), side)| side.document.source.in_file(*span).start);
            self.share(diagnostic, at, side, folded);
        } else if self.checker.tells(&diagnostic) {
            diagnostic.fingerprint = self.fingerprint(&diagnostic, folded);
            self.findings.diagnostics.push(diagnostic);
        }
    }

    /// What the reference has too is told once: at the reference on disk, else in the first locale.
    fn share(&mut self, mut diagnostic: Diagnostic, at: u32, side: Option<Side<'a>>, folded: [&str; 2]) {
        if !self.checker.tells(&diagnostic) {
            return;
        }
        let same = Related {
            role: Role::Same,
            message: "the same here".to_owned(),
            place: diagnostic.place,
            locale: diagnostic.locale.clone(),
            basis: None,
            revision: None,
        };
        let key = (Arc::clone(&diagnostic.rule), diagnostic.message.clone(), at);
        if let Some(known) = self.shared.get(&key) {
            let known = &mut self.findings.diagnostics[*known];
            known.related.push(same);
            // Told at the reference, it is the reference's to mend.
            if known.locale.is_some() {
                known.fixes.append(&mut diagnostic.fixes);
            }
            return;
        }
        self.shared.insert(key, self.findings.diagnostics.len());
        if side.is_some_and(|side| side.is_on_disk) && !diagnostic.related.is_empty() {
            let there = diagnostic.related.remove(0);
            diagnostic.place = there.place;
            diagnostic.locale = None;
            diagnostic.fixes.clear();
            diagnostic.related.push(same);
        }
        diagnostic.fingerprint = self.fingerprint(&diagnostic, folded);
        self.findings.diagnostics.push(diagnostic);
    }

    fn related(&mut self, side: &Side<'a>, span: Span, message: &str) -> Related {
        Related {
            role: Role::Reference,
            message: message.to_owned(),
            place: self.place(side.document.source, span),
            locale: None,
            basis: Some(side.basis),
            revision: side.revision.map(Arc::from),
        }
    }

    fn place(&mut self, source: &'a Source, span: Span) -> Place {
        let known = self.findings.sources.iter().position(|known| std::ptr::eq(*known, source));
        let number = known.unwrap_or_else(|| {
            self.findings.sources.push(source);
            self.findings.sources.len() - 1
        });
        Place { source: number, span: source.in_file(span), range: source.locate(span) }
    }

    /// Loose files that share nothing are articles of their own, under their own names.
    fn article(&self, document: &Document<'_>) -> Arc<str> {
        if self.article.is_empty() { document.source.name().into() } else { Arc::clone(&self.article) }
    }

    /// Rule, article, locale, and the two sides' words: what an edit elsewhere in the file does not change.
    fn fingerprint(&mut self, diagnostic: &Diagnostic, folded: [&str; 2]) -> String {
        let mut hash = Fnv::default();
        hash.text(&diagnostic.rule);
        hash.text(&diagnostic.article);
        hash.text(diagnostic.locale.as_deref().unwrap_or_default());
        for text in folded {
            text.split_whitespace().take(Self::WORDS).for_each(|word| hash.text(word));
            hash.text("");
        }
        if folded.iter().all(|text| text.trim().is_empty()) {
            hash.text(&diagnostic.message);
        }
        let number = self.fingerprints.entry(hash.value()).or_default();
        *number += 1;
        if *number == 1 { format!("{:016x}", hash.value()) } else { format!("{:016x}-{number}", hash.value()) }
    }

    pub(super) fn finish(mut self) -> Findings<'a> {
        let sources = std::mem::take(&mut self.findings.sources);
        self.findings.diagnostics.sort_by(|a, b| {
            let [x, y] = [a, b].map(|one| (sources[one.place.source].name(), one.place.range, &one.rule));
            x.cmp(&y)
        });
        self.findings.sources = sources;
        self.findings
    }
}
