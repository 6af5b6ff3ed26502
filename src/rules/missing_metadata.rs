//! `missing-metadata`: keys that the translation lost or left empty.

use serde::Deserialize;

use crate::align::Bitext;
use crate::diagnostic::Applicability;
use crate::document::metadata::Entry;
use crate::document::{BlockKind, Document, Metadata};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "missing-metadata",
    kind: Kind::Comparative(Subject::Metadata),
    yaml: include_str!("../../rules/missing-metadata.yaml"),
    load: load::<MissingMetadata>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MissingMetadata {
    /// Keys that may not be left empty, even where the reference's are.
    required: Vec<String>,
    /// Keys of the reference that a translation may lack; `*` at the end stands for any rest.
    optional: Vec<String>,
}

/// Blocks that make a page more than the head of a section.
const PAGE: usize = 4;

impl Check for MissingMetadata {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = &bitext.comparison else { return };
        let Some(reference) = &comparison.reference.metadata else { return };
        let Some(translation) = &bitext.translation.metadata else {
            if reference.entries.iter().any(|entry| self.is_expected(entry) && !is_heading(entry, bitext)) {
                let finding = report.at(Span::default(), "the front matter is missing");
                finding.reference(reference.span, "the reference's");
            }
            return;
        };
        // Broken front matter is told as such; what it lost is a consequence.
        if translation.error.is_some() || reference.error.is_some() {
            return;
        }
        // A page without a body waits for somebody to translate it.
        if bitext.translation.blocks.is_empty() && comparison.reference.blocks.len() >= PAGE {
            return;
        }
        for (at, entry) in reference.entries.iter().enumerate() {
            if !is_heading(entry, bitext)
                && !has_value_in_any_case(translation, &entry.key, at)
                && self.is_kept(entry, bitext)
            {
                let norm = bitext.site.and_then(|site| site.norm(&entry.key));
                let is_copied = norm.is_some_and(|norm| norm.equals(95));
                tell(report, comparison.reference, at, bitext.translation, is_copied);
            }
        }
        for key in &self.required {
            // An empty value that stands there is a slip; a key that neither has is the reference's choice.
            if let Some(entry) =
                translation.get(key).filter(|entry| entry.value.is_empty() && !has_value(reference, key))
            {
                let theirs = reference.get(key).map_or(Span::at(reference.span.start as usize), |entry| entry.key_span);
                let finding = report.at(entry.key_span, format!("`{key}` has no value"));
                finding.reference(theirs, "nor has the reference's").in_reference_too(true);
            }
        }
    }

    fn is_excused_by_others(&self) -> bool {
        true
    }
}

impl MissingMetadata {
    /// Do translations keep a key: as far as is declared, and as far as those of the site show?
    fn is_kept(&self, entry: &Entry<'_>, bitext: &Bitext<'_>) -> bool {
        let norm = bitext.site.and_then(|site| site.norm(&entry.key));
        self.is_expected(entry) && norm.is_none_or(|norm| norm.keeps(95))
    }

    fn is_expected(&self, entry: &Entry<'_>) -> bool {
        let matches = |pattern: &String| match pattern.strip_suffix('*') {
            Some(start) => entry.key.starts_with(start),
            None => entry.key == *pattern,
        };
        !entry.value.is_empty() && !self.optional.iter().any(matches)
    }
}

/// Is that the title, which the heading of the first level is in the translation?
fn is_heading(entry: &Entry<'_>, bitext: &Bitext<'_>) -> bool {
    let first = bitext.translation.blocks.first().map(|block| &block.kind);
    entry.key == "title" && matches!(first, Some(BlockKind::Heading { level: 1 }))
}

fn has_value(metadata: &Metadata<'_>, key: &str) -> bool {
    metadata.get(key).is_some_and(|entry| !entry.value.is_empty())
}

/// A key in another letter case is the same key to most generators.
/// Does a key have a value? It is looked for at its place in the reference first.
fn has_value_in_any_case(metadata: &Metadata<'_>, key: &str, at: usize) -> bool {
    let has_value = |entry: &Entry<'_>| entry.key.eq_ignore_ascii_case(key) && !entry.value.is_empty();
    metadata.entries.get(at).is_some_and(has_value) || metadata.entries.iter().any(has_value)
}

fn tell(report: &mut Report, theirs: &Document<'_>, at: usize, ours: &Document<'_>, is_copied: bool) {
    let (Some(reference), Some(translation)) = (&theirs.metadata, &ours.metadata) else { return };
    let entry = &reference.entries[at];
    let key = &entry.key;
    let (span, message, label) = match translation.get(key) {
        Some(empty) => (empty.key_span, format!("`{key}` is empty; the reference has a value"), "no value"),
        None => (
            place(reference, at, translation),
            format!("`{key}` is missing from the front matter"),
            "should stand here",
        ),
    };
    let finding = report.at(span, message);
    finding.label(label).about(entry.key.as_ref());
    finding.reference(Span { start: entry.key_span.start, end: entry.value.span.end }, "the reference has it");
    if let Some((place, line)) = insertion(theirs, at, ours).filter(|_| is_copied && translation.get(key).is_none()) {
        finding.fix(Applicability::Safe, format!("add the reference's `{key}`"), place, line);
    }
    // The day on which a page was written is its own.
    if key == "date" {
        finding.minor();
    }
}

/// Where a line with the reference's key and value goes in: behind the key before it, each of them on a line of its own.
fn insertion(theirs: &Document<'_>, at: usize, ours: &Document<'_>) -> Option<(Span, String)> {
    let (reference, translation) = (theirs.metadata.as_ref()?, ours.metadata.as_ref()?);
    let line = |document: &Document<'_>, entry: &Entry<'_>| {
        let text = document.source.text();
        let start = entry.key_span.start as usize;
        let end = text[start..].find('\n').map(|length| start + length)?;
        let is_alone = text[..start].ends_with('\n') && entry.value.span.end as usize <= end;
        is_alone.then(|| (end, text[start..end].trim_end_matches('\r').to_owned()))
    };
    let before = reference.entries[..at].iter().rev().find_map(|entry| translation.get(&entry.key))?;
    let (end, _) = line(ours, before)?;
    let (_, written) = line(theirs, &reference.entries[at])?;
    let newline = if ours.source.text()[..end].ends_with('\r') { "\r\n" } else { "\n" };
    Some((Span::new(end + 1..end + 1), format!("{written}{newline}")))
}

/// Behind the nearest key before it that the translation has, else where the front matter starts.
fn place(reference: &Metadata<'_>, at: usize, translation: &Metadata<'_>) -> Span {
    let before = reference.entries[..at].iter().rev().find_map(|entry| translation.get(&entry.key));
    before.map_or(Span::at(translation.span.start as usize), |entry| entry.value.span.after())
}
