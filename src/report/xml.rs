//! Reports in XML: `JUnit`'s and Checkstyle's.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::Summary;
use super::renderer::{Pieces, Renderer, message, shown, xml};
use crate::diagnostic::{Diagnostic, Findings};

/// Writes a `JUnit` report: a suite for each file with findings, a failed case for each finding.
pub struct Junit {
    verbose: bool,
    has_any: bool,
}

impl Junit {
    /// Without findings of severity `info` unless `verbose`.
    pub fn new(verbose: bool) -> Self {
        Self { verbose, has_any: false }
    }
}

/// Findings by file, in the order of the files.
fn by_file<'f>(findings: &'f Findings<'_>, verbose: bool) -> Vec<(&'f str, Vec<&'f Diagnostic>)> {
    let mut files: Vec<(&str, Vec<&Diagnostic>)> = Vec::new();
    for one in shown(findings, verbose) {
        let path = findings.path(&one.place);
        match files.last_mut().filter(|(last, _)| *last == path) {
            Some((_, all)) => all.push(one),
            None => files.push((path, vec![one])),
        }
    }
    files
}

impl Renderer for Junit {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        let suite = |(path, all): (&str, Vec<&Diagnostic>)| {
            let (name, n) = (xml(path), all.len());
            let mut suite = format!("  <testsuite name=\"{name}\" tests=\"{n}\" failures=\"{n}\" errors=\"0\">\n");
            for one in all {
                let start = one.place.range.start;
                let (rule, words) = (xml(&one.rule), xml(&message(one)));
                // Writing to a string cannot fail.
                let _ = writeln!(
                    suite,
                    "    <testcase name=\"{rule} {}:{}\" classname=\"{name}\" file=\"{name}\" line=\"{}\">\n      \
                     <failure type=\"{}\" message=\"{words}\">{name}:{}:{}: {words}</failure>\n    </testcase>",
                    start.line, start.column, start.line, one.severity, start.line, start.column
                );
            }
            suite.push_str("  </testsuite>\n");
            suite
        };
        by_file(findings, self.verbose).into_iter().map(suite).collect()
    }

    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cognate\">")
    }

    fn put(&mut self, pieces: Pieces, out: &mut dyn Write) -> io::Result<()> {
        self.has_any |= !pieces.told.is_empty();
        pieces.told.iter().try_for_each(|piece| out.write_all(piece.as_bytes()))
    }

    fn tail(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        // Some readers take a report without any case for a broken one.
        if !self.has_any {
            writeln!(
                out,
                "  <testsuite name=\"cognate\" tests=\"1\" failures=\"0\" errors=\"0\">\n    <testcase name=\"{} \
                 translations agree\" classname=\"cognate\"/>\n  </testsuite>",
                summary.translations
            )?;
        }
        writeln!(out, "</testsuites>")
    }
}

/// Writes a Checkstyle report.
pub struct Checkstyle {
    verbose: bool,
}

impl Checkstyle {
    /// Without findings of severity `info` unless `verbose`.
    pub fn new(verbose: bool) -> Self {
        Self { verbose }
    }
}

impl Renderer for Checkstyle {
    fn render(&self, findings: &Findings<'_>) -> Vec<String> {
        let file = |(path, all): (&str, Vec<&Diagnostic>)| {
            let mut file = format!("  <file name=\"{}\">\n", xml(path));
            for one in all {
                let start = one.place.range.start;
                let (rule, words) = (xml(&one.rule), xml(&message(one)));
                let _ = writeln!(
                    file,
                    "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{words}\" \
                     source=\"cognate.{rule}\"/>",
                    start.line, start.column, one.severity
                );
            }
            file.push_str("  </file>\n");
            file
        };
        by_file(findings, self.verbose).into_iter().map(file).collect()
    }

    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")
    }

    fn tail(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</checkstyle>")
    }
}
