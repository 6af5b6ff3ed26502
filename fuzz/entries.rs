//! What is fuzzed, as functions of bytes: the fuzz targets call them, and so do tests with inputs of their own.

#![allow(dead_code, reason = "each target calls one of them")]

use std::fs;
use std::path::Path;

use clap::Parser;
use cognate::cli::Cli;
use cognate::commands::{self, Failure, Surroundings};
use cognate::config::Config;
use cognate::document::{Dialect, Document, bilingual, markdown, metadata, outline};
use cognate::source::{Source, Span};

/// Bytes to a document: every place in it is one of the text's.
pub(crate) fn document(bytes: &[u8]) {
    for name in ["a.md", "a.mdx"] {
        let source = Source::from_bytes(name, bytes.to_vec());
        let _ = bilingual::split(&source, metadata::body(&source));
        let moved = markdown::outdent(&source, metadata::body(&source));
        let source = moved.as_ref().unwrap_or(&source);
        let hidden = markdown::hide(source, &Dialect::default());
        let source = hidden.as_ref().unwrap_or(source);
        places(&markdown::parse(source, &Dialect::default()), source);
    }
}

fn places(document: &Document<'_>, source: &Source) {
    let is_there = |span: Span| {
        assert!(source.text().get(span.range()).is_some(), "{span:?}");
        source.locate(span);
    };
    document.blocks.iter().for_each(|block| is_there(block.span));
    document.inlines.iter().for_each(|inline| is_there(inline.span));
    document.placeholders.iter().for_each(|token| assert!(token.span.end as usize <= source.shown_text().len()));
    let metadata = document.metadata.iter();
    metadata.flat_map(|metadata| &metadata.entries).for_each(|entry| is_there(entry.key_span));
}

/// YAML and TOML to metadata.
pub(crate) fn front_matter(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for fence in ["---", "+++"] {
        document(format!("{fence}\n{text}\n{fence}\n# A\n").as_bytes());
    }
}

/// YAML to a configuration, or to an error that says where.
pub(crate) fn configuration(bytes: &[u8], folder: &Path) {
    let file = folder.join("cognate.yaml");
    if fs::write(&file, bytes).is_ok()
        && let Err(error) = Config::read(&file)
    {
        assert!(!error.to_string().is_empty());
    }
}

/// YAML to an outline.
pub(crate) fn outline_of(bytes: &[u8]) {
    let source = Source::from_bytes("outline.yaml", bytes.to_vec());
    match outline::parse(&source) {
        Ok(document) => places(&document, &source),
        Err(error) => assert!(source.text().get(error.span.range()).is_some(), "{error:?}"),
    }
}

/// What divides the two documents of an input.
pub(crate) const BETWEEN: &[u8] = b"\n=-=-=\n";

/// Two documents to findings, in every format. What was found is told, or that something could not be read.
pub(crate) fn reports(bytes: &[u8], folder: &Path) {
    let at = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN);
    let (reference, translation) = at.map_or((bytes, bytes), |at| (&bytes[..at], &bytes[at + BETWEEN.len()..]));
    if fs::write(folder.join("en.md"), reference).is_err() || fs::write(folder.join("fr.md"), translation).is_err() {
        return;
    }
    for formats in
        [&["text", "json", "sarif", "github", "rdjson"], &["concise", "gitlab", "junit", "checkstyle", "markdown"]]
    {
        for format in formats {
            let code = check(
                folder,
                &["check", "--no-cache", "--format", format, "--reference", "en.md", "--locale", "fr", "fr.md"],
            );
            assert!(code <= 2);
        }
    }
}

/// Runs a command line in a folder, and gives its exit code.
fn check(folder: &Path, arguments: &[&str]) -> u8 {
    let Ok(cli) = Cli::try_parse_from([&["cognate"], arguments].concat()) else { return 2 };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = std::io::empty();
    let mut world = Surroundings::of_program(folder, &mut input, &mut out, &mut err);
    match commands::run(cli, &mut world) {
        Ok(exit) => exit.code(),
        Err(Failure::ClosedPipe) => 0,
        Err(Failure::Message(_) | Failure::Report(_)) => 2,
    }
}
