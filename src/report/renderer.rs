//! What all formats have in common.

use std::io::{self, Write};

use super::Summary;
use crate::diagnostic::{Basis, Diagnostic, Findings, Related, Role, Severity};

/// Writes the findings of a run in one format, article by article.
///
/// Articles are rendered in parallel and put in order.
pub trait Renderer: Send + Sync {
    /// What the findings of an article come to, in pieces.
    fn render(&self, findings: &Findings<'_>) -> Vec<String>;

    /// What those that are suppressed come to; nothing in most formats.
    fn suppressed(&self, _findings: &Findings<'_>) -> Vec<String> {
        Vec::new()
    }

    /// Writes what stands before the first piece.
    fn head(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes the pieces of an article.
    fn put(&mut self, pieces: Pieces, out: &mut dyn Write) -> io::Result<()> {
        pieces.told.iter().try_for_each(|piece| out.write_all(piece.as_bytes()))
    }

    /// Writes what closes a run.
    fn tail(&mut self, _summary: &Summary, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// What the findings of an article come to in one format.
#[derive(Debug, Default)]
pub struct Pieces {
    /// Of those that are told.
    pub told: Vec<String>,
    /// Of those that are suppressed.
    pub suppressed: Vec<String>,
}

impl Pieces {
    /// The findings of an article in one format.
    pub fn of(renderer: &dyn Renderer, findings: &Findings<'_>) -> Self {
        Self { told: renderer.render(findings), suppressed: renderer.suppressed(findings) }
    }
}

/// Findings that are shown: without `info` unless that is wanted.
pub(super) fn shown<'f>(findings: &'f Findings<'_>, verbose: bool) -> impl Iterator<Item = &'f Diagnostic> {
    findings.diagnostics.iter().filter(move |one| verbose || one.severity > Severity::Info)
}

/// The message with what to do.
pub(super) fn message(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}; {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

/// Places of the reference that are in a file on disk: those of an older revision are nowhere to be opened.
pub(super) fn references(diagnostic: &Diagnostic) -> impl Iterator<Item = &Related> {
    let is_on_disk = |one: &&Related| one.revision.is_none() || one.basis == Some(Basis::Cohort);
    diagnostic.related.iter().filter(|one| one.role == Role::Reference).filter(is_on_disk)
}

/// JSON values with commas between them.
#[derive(Debug, Default)]
pub(super) struct Commas {
    has_one: bool,
}

impl Commas {
    /// Writes pieces behind those that were written before, each on a line of its own.
    pub(super) fn put(&mut self, pieces: &[String], out: &mut dyn Write) -> io::Result<()> {
        for piece in pieces {
            write!(out, "{}\n{piece}", if self.has_one { "," } else { "" })?;
            self.has_one = true;
        }
        Ok(())
    }
}

/// A path as a part of a URI.
pub(super) fn uri(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const KEPT: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    utf8_percent_encode(path, KEPT).to_string()
}

/// Text in an attribute or between tags of XML. Control characters have no place there, not even escaped.
pub(super) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            char => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_format_are_escaped() {
        assert_eq!(xml("a<b> & \"c\"\n\u{1b}[0m"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;\u{fffd}[0m");
        assert_eq!(uri("a b/#1/文.md"), "a%20b/%231/%E6%96%87.md");
    }
}
