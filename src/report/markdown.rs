//! A report in Markdown, to be pasted or shown as the summary of a job.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::Summary;
use super::renderer::{Pieces, Renderer, shown, uri};
use crate::diagnostic::{Findings, Severity};

/// Writes totals, a table of the rules and one of the findings.
pub struct Markdown {
    verbose: bool,
    /// Bytes of findings that are written at most: a job's summary may have a megabyte.
    most: usize,
    rows: String,
    left_out: usize,
}

impl Markdown {
    /// All findings, without those of severity `info` unless `verbose`.
    pub fn new(verbose: bool) -> Self {
        Self { verbose, most: usize::MAX, rows: String::new(), left_out: 0 }
    }

    /// As many as the summary of a job holds.
    pub fn for_a_job(verbose: bool) -> Self {
        Self { most: 900_000, ..Self::new(verbose) }
    }
}

impl Renderer for Markdown {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        let row = |one: &crate::diagnostic::Diagnostic| {
            let (path, start) = (findings.path(&one.place), one.place.range.start);
            let words = one.help.as_ref().map_or_else(String::new, |help| format!("<br>{}", cell(help)));
            format!(
                "| {} | [{}:{}]({}) | `{}` | {}{words} |\n",
                one.severity,
                cell(path),
                start.line,
                uri(path),
                one.rule,
                cell(&one.message)
            )
        };
        shown(findings, self.verbose).map(row).collect()
    }

    fn put(&mut self, pieces: Pieces, _out: &mut dyn Write) -> io::Result<()> {
        // The totals stand before the findings.
        for piece in pieces.told {
            if self.rows.len() + piece.len() <= self.most {
                self.rows.push_str(&piece);
            } else {
                self.left_out += 1;
            }
        }
        Ok(())
    }

    fn tail(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "## Cognate\n\n{}\n", totals(summary))?;
        out.write_all(rules(summary, self.verbose).as_bytes())?;
        if !self.rows.is_empty() {
            write!(out, "| severity | place | rule | finding |\n|---|---|---|---|\n{}", self.rows)?;
        }
        if self.left_out > 0 {
            writeln!(out, "\n{} more are left out here.", self.left_out)?;
        }
        for notice in summary.notices.iter().filter(|notice| notice.level > Severity::Info) {
            let path = notice.path.as_ref().map_or_else(String::new, |path| format!("{}: ", cell(path)));
            writeln!(out, "\n> **{}**: {path}{}", notice.level, cell(&notice.message))?;
        }
        Ok(())
    }
}

fn totals(summary: &Summary) -> String {
    let counted = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let found: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|severity| counted(summary.with_severity(severity), &severity.to_string()))
        .collect();
    format!(
        "**{}** in {} of {}.",
        found.join(", "),
        counted(summary.translations, "translation"),
        counted(summary.articles, "article")
    )
}

/// How many findings each rule made.
fn rules(summary: &Summary, verbose: bool) -> String {
    let is_shown = |severity: Severity| verbose || severity > Severity::Info;
    let mut rules: Vec<_> = summary.rules.iter().filter(|((_, severity), _)| is_shown(*severity)).collect();
    rules.sort_by_key(|((rule, severity), n)| (std::cmp::Reverse(*severity), std::cmp::Reverse(**n), rule.clone()));
    if rules.is_empty() {
        return String::new();
    }
    let mut table = String::from("| rule | severity | findings |\n|---|---|---|\n");
    for ((rule, severity), n) in rules {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| `{rule}` | {severity} | {n} |");
    }
    table.push('\n');
    table
}

/// A text in a cell: code in backquotes stays code, and nothing else of it is markup, a mention or a tag.
fn cell(text: &str) -> String {
    let is_paired = text.matches('`').count().is_multiple_of(2);
    let mut escaped = String::with_capacity(text.len());
    let mut is_code = false;
    for char in text.chars() {
        match char {
            '`' if is_paired => {
                is_code = !is_code;
                escaped.push('`');
            }
            '|' => escaped.push_str("\\|"),
            char if char.is_control() => escaped.push(' '),
            char if is_code => escaped.push(char),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(char);
            }
            char => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_markup() {
        assert_eq!(cell("a | b `c|d <x>` <img> @who [l](x)"), "a \\| b `c\\|d <x>` &lt;img> &#64;who \\[l\\](x)");
        assert_eq!(cell("one ` alone\n"), "one \\` alone ");
    }
}
