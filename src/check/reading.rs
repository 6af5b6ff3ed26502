//! From a file's text to the texts that are parsed.

use crate::diagnostic::{Notice, Severity};
use crate::document::{Dialect, bilingual, markdown, metadata};
use crate::source::Source;

/// A translation's text, and its reference's where the file carries both.
pub(crate) struct Text {
    pub(crate) translation: Source,
    pub(crate) reference: Option<Source>,
}

impl Text {
    /// Takes apart what is bilingual, and hides what is not Markdown.
    pub(crate) fn new(file: Source, dialect: &Dialect) -> Self {
        if file.text().contains("sxs-lookup")
            && let Some(sides) = bilingual::split(&file, metadata::body(&file))
        {
            return Self { translation: sides.translation, reference: Some(sides.reference) };
        }
        Self { translation: prepare(file, dialect), reference: None }
    }
}

/// Hides what is not Markdown.
pub(crate) fn prepare(file: Source, dialect: &Dialect) -> Source {
    let is_mdx = file.name().to_ascii_lowercase().ends_with(".mdx");
    let moved = is_mdx.then(|| markdown::outdent(&file, metadata::body(&file))).flatten();
    let file = moved.unwrap_or(file);
    markdown::hide(&file, dialect).unwrap_or(file)
}

/// What standard error says of a file that could not be read.
pub(super) fn unreadable(source: &Source) -> Option<Notice> {
    let defect = source.defect()?;
    let message = format!("{}; {}", defect.reason, defect.remedy);
    Some(Notice { level: Severity::Error, message, path: Some(source.name().to_owned()) })
}
