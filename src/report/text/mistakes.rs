//! Mistakes in the files that people write for Cognate: its configuration, outlines.

use super::snippet::{Side, Snippet};
use super::words::visible;
use super::{Style, bottom, headline, help_note};
use crate::config::Mistake;
use crate::diagnostic::{Place, Severity};
use crate::source::{Source, Span};

/// Mistakes in a file as people read them, each with its line and what to do. A blank line parts them.
pub fn mistakes(source: &Source, mistakes: &[Mistake], style: &Style) -> String {
    let style = style.usable();
    let told: Vec<String> = mistakes.iter().map(|mistake| rows(source, mistake, style).join("\n") + "\n").collect();
    told.join("\n")
}

fn rows(source: &Source, mistake: &Mistake, style: Style) -> Vec<String> {
    let Some(span) = mistake.span else {
        let help = mistake.help.iter().map(|help| format!("; {help}"));
        let message = format!("{}: {}{}", visible(source.name()), mistake.message, help.collect::<String>());
        return headline(Severity::Error, "error", &message, style);
    };
    let snippet = snippet(source, mistake, span);
    let digits = snippet.digits();
    let mut rows = headline(Severity::Error, "error", &mistake.message, style);
    rows.extend(snippet.rows(style, digits, false));
    let room = style.width.saturating_sub(digits + 5);
    let notes: Vec<_> = help_note(mistake.help.as_deref(), room).into_iter().collect();
    rows.extend(bottom(&notes, digits, style));
    rows
}

fn snippet<'a>(source: &'a Source, mistake: &'a Mistake, span: Span) -> Snippet<'a> {
    Snippet {
        source,
        place: Place { source: 0, span: source.in_file(span), range: source.locate(span) },
        side: Side::Translation(Severity::Error),
        label: Some(mistake.label.as_str()),
        note: None,
    }
}
