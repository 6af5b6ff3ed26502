//! Findings for people, in a terminal.
//!
//! A finding is a headline and one frame: the translation's line, the reference's line, and what is to be
//! said about them.
//!
//! ```text
//! warning[drifted-url]: the link leads to another page than the reference's
//!    ╭─[it-IT/a.md:7:16]
//!  7 │ - [Assistenza](https://example.com/b)
//!    ·                ──────────┬──────────
//!    ·                          ╰── leads elsewhere
//!    ├─[en-US/a.md:7:13]
//!  7 │ - [Support](https://example.com/a)
//!    ·             ──────────┬──────────
//!    ·                       ╰── the reference's URL
//!    ├─ also in: lv-LV (lv-LV/a.md:7:20)
//!    ╰─ help: write the URL of the reference
//! ```

mod group;
mod line;
mod mistakes;
mod snippet;
mod statistics;
mod summary;
#[cfg(test)]
mod tests;
mod words;

use super::{Renderer, Summary};
use group::{Told, group};
use snippet::{Side, Snippet};
use words::{Ink, fill, pack, width};

pub(super) use words::visible;

pub use mistakes::mistakes;
pub use statistics::statistics;
pub use summary::summary;

use std::io::{self, Write};
use std::sync::Arc;

use crate::check::Clock;
use crate::diagnostic::{Basis, Findings, Origin, Related, Role, Severity};

/// How the text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// With ANSI colours; without, no escape sequence is written at all.
    pub color: bool,
    /// Columns to fill; taken for 40 where it is less.
    pub width: usize,
    /// Findings and notices of [`Severity::Info`] too, and every place.
    pub verbose: bool,
}

impl Style {
    const NARROWEST: usize = 40;
    /// How many places `also in:` tells before it names the locales alone.
    const PLACES: usize = 6;
    /// How many places of the reference are shown.
    const SIDES: usize = 3;

    fn usable(self) -> Self {
        Self { width: self.width.max(Self::NARROWEST), ..self }
    }
}

/// What is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// Findings, and what they come to.
    Everything,
    /// Findings.
    FindingsAlone,
    /// What they come to, rule by rule.
    StatisticsAlone,
}

/// Writes findings for people.
pub struct Text {
    /// How the text looks.
    pub style: Style,
    /// What is to be shown.
    pub wants: Wants,
    /// The time that rules took, for statistics.
    pub clock: Option<Arc<Clock>>,
}

impl Renderer for Text {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        if self.wants == Wants::StatisticsAlone { Vec::new() } else { vec![render(findings, &self.style)] }
    }

    fn tail(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let text = match self.wants {
            Wants::FindingsAlone => return Ok(()),
            Wants::Everything => self::summary(summary, &self.style),
            Wants::StatisticsAlone => {
                let table = statistics(summary, self.clock.as_deref(), &self.style);
                table + &self::summary(&summary.without_tables(), &self.style)
            }
        };
        out.write_all(text.as_bytes())
    }
}

/// The findings of one article as people read them; empty where nothing is to be shown.
///
/// What is the same in several locales is told once. A blank line closes each finding.
pub fn render(findings: &Findings<'_>, style: &Style) -> String {
    let style = style.usable();
    let mut out = String::new();
    for told in group(findings, style.verbose) {
        for row in rows(findings, &told, style) {
            out.push_str(&row);
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

fn rows(findings: &Findings<'_>, told: &Told<'_>, style: Style) -> Vec<String> {
    let snippets = snippets(findings, told);
    let digits = snippets.iter().map(Snippet::digits).max().unwrap_or_default();
    let name = format!("{}[{}]", told.first.severity, told.first.rule);
    let mut rows = headline(told.first.severity, &name, &told.first.message, style);
    for (i, snippet) in snippets.iter().enumerate() {
        rows.extend(snippet.rows(style, digits, i > 0));
    }
    rows.extend(closing(findings, told, digits, style));
    rows
}

/// `warning[drifted-url]: the message`, reflowed.
fn headline(severity: Severity, name: &str, message: &str, style: Style) -> Vec<String> {
    let first = style.width.saturating_sub(width(name) + 2);
    let mut message = fill(message, first, style.width - 2).into_iter();
    let message_start = message.next().unwrap_or_default();
    let name = severity_ink(severity).on(name, style.color);
    let mut rows = vec![format!("{name}: {}", Ink::BOLD.on(&message_start, style.color))];
    rows.extend(message.map(|line| format!("  {}", Ink::BOLD.on(&line, style.color))));
    rows
}

fn snippets<'a>(findings: &'a Findings<'_>, told: &Told<'a>) -> Vec<Snippet<'a>> {
    let finding = told.first;
    let translation = Snippet {
        source: findings.sources[finding.place.source],
        place: finding.place,
        side: Side::Translation(finding.severity),
        label: finding.label.as_deref(),
        note: match finding.origin {
            Origin::Translation => None,
            Origin::Outdated => Some("made from an older revision".to_owned()),
            Origin::Reference if finding.locale.is_some() => Some("the reference has it too".to_owned()),
            Origin::Reference => Some("the reference itself".to_owned()),
        },
    };
    let references = finding.related.iter().filter(|related| related.role == Role::Reference).map(|related| Snippet {
        source: findings.sources[related.place.source],
        place: related.place,
        side: Side::Reference,
        label: Some(related.message.as_str()),
        note: how_found(related),
    });
    std::iter::once(translation).chain(references.take(Style::SIDES)).collect()
}

/// How the reference was found, where that is not plain.
fn how_found(related: &Related) -> Option<String> {
    let kind = match related.basis? {
        Basis::Given | Basis::Head => return None,
        Basis::Pinned => "pinned revision",
        Basis::Snapshot => "snapshot",
        Basis::Inferred => "inferred revision",
        Basis::Bilingual => "in the same file",
        Basis::Outline => "outline",
        Basis::Cohort => "cohort",
    };
    let revision: Option<String> = related.revision.as_ref().map(|revision| revision.chars().take(10).collect());
    Some(revision.map_or(kind.to_owned(), |revision| format!("{kind} {}", words::visible(&revision))))
}

/// What closes the frame: other places, help.
fn closing(findings: &Findings<'_>, told: &Told<'_>, digits: usize, style: Style) -> Vec<String> {
    let room = style.width.saturating_sub(digits + 5);
    let mut notes: Vec<(&str, Vec<String>)> = Vec::new();
    if !told.also.is_empty() {
        let most = if style.verbose { usize::MAX } else { Style::PLACES };
        let columns = room.saturating_sub("also in: ".len());
        notes.push(("also in:", pack(&told.also_in(findings, most), ", ", columns)));
    }
    let sides = told.first.related.iter().filter(|related| related.role == Role::Reference).count();
    if sides > Style::SIDES {
        let more = sides - Style::SIDES;
        let places = if more == 1 { "place" } else { "places" };
        notes.push(("more:", vec![format!("{more} other {places} of the reference")]));
    }
    notes.extend(help_note(told.first.help.as_deref(), room));
    bottom(&notes, digits, style)
}

/// What to do, where somebody knows.
fn help_note(help: Option<&str>, room: usize) -> Option<(&'static str, Vec<String>)> {
    let help = help.filter(|help| !help.trim().is_empty())?;
    let columns = room.saturating_sub("help: ".len());
    Some(("help:", fill(help, columns, columns)))
}

/// The notes below the last line of a frame.
fn bottom(notes: &[(&str, Vec<String>)], digits: usize, style: Style) -> Vec<String> {
    let indent = " ".repeat(digits + 2);
    if notes.is_empty() {
        return vec![format!("{indent}╰────")];
    }
    let last = notes.len() - 1;
    let mut rows = Vec::new();
    for (i, (name, lines)) in notes.iter().enumerate() {
        let (corner, edge) = if i == last { ("╰─", "  ") } else { ("├─", "│ ") };
        let blank = " ".repeat(name.len());
        for (j, line) in lines.iter().enumerate() {
            let row = if j == 0 {
                format!("{indent}{corner} {} {line}", Ink::CYAN.on(name, style.color))
            } else {
                format!("{indent}{edge} {blank} {line}")
            };
            rows.push(row);
        }
    }
    rows
}

fn severity_ink(severity: Severity) -> Ink {
    match severity {
        Severity::Info => Ink::CYAN,
        Severity::Warning => Ink::YELLOW,
        Severity::Error => Ink::RED,
    }
}
