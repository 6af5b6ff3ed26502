//! What closes a run.

use super::words::{fill, pack, visible, width};
use super::{Ink, Style, severity_ink};
use crate::diagnostic::{Notice, Origin, Severity};
use crate::report::Summary;

/// From the weightiest to the lightest.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
/// How many notices of [`Severity::Info`] are told where not all are wanted.
const MOST_INFOS: usize = 10;

/// What closes a run: findings by rule and by locale, notices, and one line of totals.
pub fn summary(summary: &Summary, style: &Style) -> String {
    let style = style.usable();
    let mut tables = by_rule(summary, style);
    tables.extend(by_locale(summary, style));
    let parts = [tables, notices(&summary.notices, style), totals(summary, style)];
    let parts = parts.iter().filter(|rows| !rows.is_empty()).map(|rows| rows.join("\n"));
    let mut out = parts.collect::<Vec<_>>().join("\n\n");
    out.push('\n');
    out
}

fn by_rule(summary: &Summary, style: Style) -> Vec<String> {
    const HEAD: &str = "by rule    ";
    let mut rows = Vec::new();
    for severity in SEVERITIES.into_iter().filter(|severity| style.verbose || *severity > Severity::Info) {
        let rules = summary.rules.iter().filter(|((_, weight), _)| *weight == severity);
        let rules = by_count(rules.map(|((rule, _), n)| (rule.to_string(), *n)).collect());
        let name = format!("{:<10}", format!("{severity}s"));
        let items: Vec<_> = rules.into_iter().map(|(rule, n)| format!("{rule} {n}")).collect();
        for (i, line) in pack(&items, "  ", style.width - HEAD.len() - name.len()).iter().enumerate() {
            let head = head(HEAD, rows.is_empty(), style);
            let name = if i == 0 { severity_ink(severity).on(&name, style.color) } else { " ".repeat(name.len()) };
            rows.push(format!("{head}{name}{line}"));
        }
    }
    rows
}

fn by_locale(summary: &Summary, style: Style) -> Vec<String> {
    const HEAD: &str = "by locale  ";
    let named =
        |(locale, n): (&String, &usize)| (if locale.is_empty() { "none".to_owned() } else { visible(locale) }, *n);
    let locales = by_count(summary.locales.iter().map(named).collect());
    let mut items: Vec<_> = locales.iter().map(|(locale, n)| format!("{locale} {n}")).collect();
    let columns = style.width - HEAD.len();
    if pack(&items, "  ", columns).len() > 1 {
        items = aligned(&locales);
    }
    let lines = pack(&items, "  ", columns);
    lines.iter().enumerate().map(|(i, line)| format!("{}{line}", head(HEAD, i == 0, style))).collect()
}

/// What a row starts with: the table's name in the first, room for it in the others.
fn head(name: &str, is_first: bool, style: Style) -> String {
    if is_first { Ink::BOLD.on(name, style.color) } else { " ".repeat(name.len()) }
}

/// The most first; the same number in order of the names.
fn by_count(mut items: Vec<(String, usize)>) -> Vec<(String, usize)> {
    items.sort_by(|(name, n), (other, m)| m.cmp(n).then_with(|| name.cmp(other)));
    items
}

/// Items of one width, names to the left and numbers to the right.
fn aligned(items: &[(String, usize)]) -> Vec<String> {
    let name = items.iter().map(|(name, _)| width(name)).max().unwrap_or_default();
    let digits = items.iter().map(|(_, n)| n.to_string().len()).max().unwrap_or_default();
    items.iter().map(|(item, n)| format!("{item:<name$} {n:>digits$}")).collect()
}

fn notices(notices: &[Notice], style: Style) -> Vec<String> {
    let mut rows = Vec::new();
    // What could not be read is told on standard error.
    for severity in [Severity::Warning, Severity::Info] {
        let told: Vec<_> = notices.iter().filter(|notice| notice.level == severity).collect();
        let most = if style.verbose || severity > Severity::Info { usize::MAX } else { MOST_INFOS };
        for notice in told.iter().take(most) {
            rows.extend(notice_rows(notice, style));
        }
        if told.len() > most {
            rows.push(format!("      and {} more, --verbose shows them", told.len() - most));
        }
    }
    rows
}

/// `warning: path: message`, reflowed after the level.
fn notice_rows(notice: &Notice, style: Style) -> Vec<String> {
    let level = format!("{}: ", notice.level);
    let text = match &notice.path {
        Some(path) if !notice.message.contains(path.as_str()) => {
            format!("{path}: {}", notice.message)
        }
        _ => notice.message.clone(),
    };
    let columns = style.width - level.len();
    let lines = fill(&text, columns, columns);
    let head = severity_ink(notice.level).on(&level, style.color);
    let blank = " ".repeat(level.len());
    lines.iter().enumerate().map(|(i, line)| format!("{}{line}", if i == 0 { &head } else { &blank })).collect()
}

/// `Found 5 errors and 12 warnings in 5 translations of 1 article (…).`
fn totals(summary: &Summary, style: Style) -> Vec<String> {
    let shown = SEVERITIES.into_iter().filter(|severity| style.verbose || *severity > Severity::Info);
    let found: Vec<_> = shown
        .map(|severity| (severity, summary.with_severity(severity)))
        .filter(|(_, n)| *n > 0)
        .map(|(severity, n)| (severity, counted(n, &severity.to_string())))
        .collect();
    let what = match found.as_slice() {
        [] if summary.with_severity(Severity::Info) > 0 => "No errors or warnings".to_owned(),
        [] => "No findings".to_owned(),
        [(_, one)] => format!("Found {one}"),
        [(_, one), (_, two)] => format!("Found {one} and {two}"),
        [(_, one), (_, two), (_, three), ..] => format!("Found {one}, {two} and {three}"),
    };
    let text = format!("{what} in {}{}.", checked(summary), aside(summary, style));
    let mut lines = fill(&text, style.width, style.width);
    if let Some(first) = lines.first_mut() {
        for (severity, words) in &found {
            *first = first.replacen(words, &severity_ink(*severity).on(words, style.color), 1);
        }
        if found.is_empty() {
            *first = first.replacen(&what, &Ink::GREEN.on(&what, style.color), 1);
        }
    }
    lines
}

fn checked(summary: &Summary) -> String {
    let articles = counted(summary.articles, "article");
    match summary.translations {
        0 => articles,
        translations => format!("{} of {articles}", counted(translations, "translation")),
    }
}

/// What is not shown, and what is not the translation's own.
fn aside(summary: &Summary, style: Style) -> String {
    let mut parts = Vec::new();
    let infos = summary.with_severity(Severity::Info);
    if infos > 0 && !style.verbose {
        let them = if infos == 1 { "it" } else { "them" };
        parts.push(format!("{} hidden, --verbose shows {them}", counted(infos, "info")));
    }
    let origins = [Origin::Reference, Origin::Outdated].into_iter();
    let origins = origins.filter_map(|origin| summary.origins.get(&origin).filter(|n| **n > 0).map(|n| (origin, n)));
    let origins: Vec<_> = origins
        .enumerate()
        .map(|(i, (origin, n))| if i == 0 { format!("{n} of origin {origin}") } else { format!("{n} {origin}") })
        .collect();
    if !origins.is_empty() {
        parts.push(origins.join(", "));
    }
    if summary.suppressed > 0 {
        parts.push(format!("{} suppressed", summary.suppressed));
    }
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
