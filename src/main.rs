//! The command line of Cognate: arguments in, findings out, an exit code.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use cognate::cli::Cli;
use cognate::commands::{self, Exit, Failure, Surroundings};

/// Findings are made of many small pieces on every core; the allocator of most systems is slow at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let (stdout, stderr) = (std::io::stdout(), std::io::stderr());
    let is_terminal = stdout.is_terminal();
    let is_watched = stderr.is_terminal() && std::env::var_os("CI").is_none();
    let wants_color = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let err_color = wants_color && stderr.is_terminal();
    let mut err = stderr;
    let working = match std::env::current_dir() {
        Ok(working) => working,
        Err(error) => return fail(&mut err, &format!("the working directory cannot be read: {error}")),
    };
    let mut out = std::io::BufWriter::new(stdout);
    let mut world = Surroundings {
        working,
        input: &mut std::io::stdin(),
        out: &mut out,
        err: &mut err,
        color: wants_color && is_terminal,
        err_color,
        is_watched,
        width: width(is_terminal),
        job_summary: std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()).map(Into::into),
    };
    let ended = commands::run(cli, &mut world).and_then(|exit| Ok(out.flush().map(|()| exit)?));
    match ended {
        Ok(exit) => ExitCode::from(exit.code()),
        Err(Failure::ClosedPipe) => {
            // What is still in the buffer has nowhere to go.
            let _ = out.into_parts();
            ExitCode::from(Exit::Clean.code())
        }
        Err(Failure::Message(message)) => fail(&mut err, &message),
        Err(Failure::Report(report)) => {
            let _ = err.write_all(report.as_bytes());
            ExitCode::from(Exit::Failure.code())
        }
    }
}

fn fail(err: &mut impl Write, message: &str) -> ExitCode {
    let _ = writeln!(err, "error: {message}");
    ExitCode::from(Exit::Failure.code())
}

/// Lines longer than this are hard to follow, however wide the terminal.
const WIDEST: usize = 110;

/// Columns to fill: `COLUMNS`, else the terminal's, else 80.
fn width(is_terminal: bool) -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().filter(|_| is_terminal).map(|(width, _)| usize::from(width.0));
    asked.or_else(terminal).unwrap_or(80).min(WIDEST)
}
