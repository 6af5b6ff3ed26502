//! The floor: every file is read, and its front matter and its Markdown are run through their parsers, to no end.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;

/// Reads and parses the documents of a folder, and counts files and events.
pub(crate) fn run(folder: &Path) -> (usize, usize) {
    let files: Vec<PathBuf> = WalkBuilder::new(folder)
        .build()
        .filter_map(Result::ok)
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "md" || end == "mdx"))
        .collect();
    (files.len(), files.par_iter().map(|path| parse(path)).sum())
}

fn parse(path: &Path) -> usize {
    let Ok(text) = std::fs::read_to_string(path) else { return 0 };
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let (metadata, body) = body.unwrap_or(("", &text));
    let mut events = saphyr_parser::Parser::new_from_str(metadata).count();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    events += Parser::new_ext(body, options).into_offset_iter().count();
    events
}
