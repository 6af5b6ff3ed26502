//! What the command line says of a pair of texts.

use std::fs;
use std::path::Path;

use clap::Parser;
use cognate::cli::Cli;
use cognate::commands::{self, Failure, Surroundings};
use serde::Deserialize;

use crate::sow::Texts;

/// How a pair is held against each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route<'r> {
    /// `cognate check --reference FILE FILE`
    Named,
    /// `cognate check` in a project of this pair alone, with these packs.
    Project(&'r [String]),
}

/// A finding, as far as it counts here.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Told {
    pub(crate) rule: String,
    pub(crate) message: String,
    pub(crate) origin: String,
    range: Lines,
}

#[derive(Clone, Debug, Deserialize)]
struct Lines {
    start: Line,
}

#[derive(Clone, Debug, Deserialize)]
struct Line {
    line: usize,
}

impl Told {
    pub(crate) fn line(&self) -> usize {
        self.range.start.line
    }
}

/// What is told of a translation beside its reference, in a folder of their own.
pub(crate) fn check(texts: &Texts, translation: &str, route: Route<'_>) -> Result<Vec<Told>, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (reference, other) = (format!("en/{}", texts.name), format!("{}/{}", texts.locale, texts.name));
    write(&folder.path().join(&reference), &texts.reference)?;
    write(&folder.path().join(&other), translation)?;
    let mut arguments = vec!["cognate", "check", "--format", "json-lines", "--no-cache"];
    match route {
        Route::Named => arguments.extend(["--reference", &reference, &other]),
        Route::Project(packs) => write(&folder.path().join("cognate.yaml"), &configuration(packs))?,
    }
    let told = run(folder.path(), &arguments)?;
    let parse = |line: &str| serde_json::from_str(line).map_err(|error| format!("{error}: {line}"));
    told.lines().map(parse).collect()
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("{}: {error}", path.display()))
}

fn configuration(packs: &[String]) -> String {
    let layout = "layout:\n  reference: en/{path}\n  translation: \"{locale}/{path}\"\n";
    if packs.is_empty() { layout.to_owned() } else { format!("{layout}extends: [{}]\n", packs.join(", ")) }
}

fn run(working: &Path, arguments: &[&str]) -> Result<String, String> {
    let cli = Cli::try_parse_from(arguments).map_err(|error| error.to_string())?;
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = std::io::empty();
    let mut world = Surroundings::of_program(working, &mut input, &mut out, &mut err);
    match commands::run(cli, &mut world) {
        Ok(_) => String::from_utf8(out).map_err(|error| error.to_string()),
        Err(Failure::Message(message) | Failure::Report(message)) => Err(message),
        Err(Failure::ClosedPipe) => Err("the output was closed".to_owned()),
    }
}
