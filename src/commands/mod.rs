//! The commands: each takes its arguments and writes what is to be shown.

mod check;
mod completions;
mod config;
mod explain;
mod init;
mod outline;
mod output;
mod progress;
mod rules;
mod schema;
mod test_rules;

use std::io::{Read, Write};
use std::path::Path;

use crate::cli::{Cli, ColorChoice, Command};
use crate::config::{Config, ConfigError, Root};
use crate::report::text;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Findings.
    Findings,
    /// Something could not be run or read.
    Failure,
}

impl Exit {
    /// The process' exit code.
    pub fn code(self) -> u8 {
        self as u8
    }
}

/// Why a command ended early.
#[derive(Debug)]
pub enum Failure {
    /// What to tell the user: what is wrong, where, and what to do.
    Message(String),
    /// The same, ready to be shown: mistakes in a file with their lines.
    Report(String),
    /// The other end of the pipe was closed: nothing is to be said.
    ClosedPipe,
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::Message(format!("the output cannot be written: {error}"))
        }
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

/// What a command needs of the world around it.
pub struct Surroundings<'w> {
    /// The working directory.
    pub working: std::path::PathBuf,
    /// Standard input.
    pub input: &'w mut dyn Read,
    /// Standard output.
    pub out: &'w mut (dyn Write + Send),
    /// Standard error.
    pub err: &'w mut (dyn Write + Send),
    /// Standard output is a terminal that shows colours.
    pub color: bool,
    /// Standard error is a terminal that somebody watches: not a pipe, not a CI job.
    pub is_watched: bool,
    /// Standard error is a terminal that shows colours.
    pub err_color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Where a job of GitHub Actions takes a summary in Markdown.
    pub job_summary: Option<std::path::PathBuf>,
}

impl<'w> Surroundings<'w> {
    /// Those of a program that runs a command: nobody watches, nothing is coloured, lines have 80 columns.
    pub fn of_program(
        working: &Path,
        input: &'w mut dyn Read,
        out: &'w mut (dyn Write + Send),
        err: &'w mut (dyn Write + Send),
    ) -> Self {
        let (color, is_watched, err_color) = (false, false, false);
        Self {
            working: working.to_owned(),
            input,
            out,
            err,
            color,
            is_watched,
            err_color,
            width: 80,
            job_summary: None,
        }
    }

    /// The configuration of the working directory, or the one that is named.
    fn config(&self, file: Option<&Path>) -> Result<Config, Failure> {
        Config::find(file, &self.working, None, &[]).map_err(|error| self.misconfigured(&error, ColorChoice::Auto))
    }

    /// A configuration that cannot be used, as it is shown on standard error.
    fn misconfigured(&self, error: &ConfigError, choice: ColorChoice) -> Failure {
        let style = text::Style { color: choice.colors(self.err_color), width: self.width, verbose: false };
        Failure::Report(text::mistakes(error.source(), error.mistakes(), &style))
    }
}

/// A folder that the command line names has to be there.
fn check_roots(roots: &[Root], world: &Surroundings<'_>) -> Result<(), Failure> {
    match roots.iter().find(|root| !world.working.join(&root.folder).is_dir()) {
        None => Ok(()),
        Some(root) => Err(Failure::Message(format!(
            "--root: the folder `{}` is not there; fetch what belongs there, or name another one",
            root.folder.display()
        ))),
    }
}

/// Runs what the command line asks for.
pub fn run(cli: Cli, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    match cli.command {
        None => check::run(&cli.check, world),
        Some(Command::Check(arguments)) => check::run(&arguments, world),
        Some(Command::Init(arguments)) => init::run(&arguments, world),
        Some(Command::Explain { rule, config }) => explain::run(&rule, config.as_deref(), world),
        Some(Command::Rules { format, config }) => rules::run(format, config.as_deref(), world),
        Some(Command::TestRules { files, config }) => test_rules::run(&files, config.as_deref(), world),
        Some(Command::Outline { file }) => outline::run(&file, world),
        Some(Command::Config(arguments)) => config::run(&arguments, world),
        Some(Command::Schema { of }) => schema::run(of, world),
        Some(Command::Completions { shell }) => completions::completions(shell, world),
        Some(Command::Man) => completions::man(world),
    }
}
