//! A whole estate beside its floor: how long checking takes, against reading the files and running the two parsers.
//!
//! `cargo bench --bench estate` writes thousands of articles in 36 locales, with slips, and prints ratios;
//! `-- --help` says what else can be asked for. Every figure is of a process of its own.

#[path = "../generator/mod.rs"]
mod generator;

mod curves;
mod floor;
mod process;
mod write;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use process::Timed;

/// Checks an estate of generated pages, and compares with the floor.
#[derive(Parser)]
struct Arguments {
    /// What chance goes by: the same seed gives the same pages
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Articles, each in 36 locales
    #[arg(long, value_name = "N", default_value_t = 2950)]
    articles: u64,

    /// Write references too, and compare with them
    #[arg(long)]
    references: bool,

    /// Runs of which the median counts
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,

    /// Where the estate is written, and kept [default: a folder that is removed]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Another program to compare with the floor, as a command line that the folder is added to
    #[arg(long, value_name = "COMMAND")]
    beside: Vec<String>,

    /// Measure the sites of a folder, too
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,

    /// Measure estates and pages of growing size instead
    #[arg(long)]
    curves: bool,

    /// Only the floor, of a folder: what the floor's process runs
    #[arg(long, value_name = "DIR", hide = true)]
    floor: Option<PathBuf>,

    /// What cargo says to benchmarks
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(folder) = &arguments.floor {
        let (files, events) = floor::run(folder);
        return if files > 0 && events > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("{error}\n"));
            ExitCode::FAILURE
        }
    }
}

type Failable<T> = Result<T, Box<dyn Error>>;

fn run(arguments: &Arguments) -> Failable<()> {
    if arguments.curves {
        return curves::run(arguments.seed, arguments.runs, arguments.articles);
    }
    let scratch = tempfile::tempdir()?;
    let folder = arguments.folder.clone().unwrap_or_else(|| scratch.path().join("estate"));
    let estate = write::Estate { seed: arguments.seed, articles: arguments.articles, references: arguments.references };
    let (files, bytes) = estate.write(&folder)?;
    say(&format!("{files} files of {} MB, seed {}\n\n", bytes / 1_000_000, arguments.seed));
    let floor = head(&folder, arguments.runs)?;
    for format in ["text", "concise", "json", "sarif"] {
        let timed = process::median(arguments.runs, || process::check(&folder, &["--format", format]))?;
        row(&format!("cognate check, {format}"), &timed, &floor);
    }
    for command in &arguments.beside {
        let timed = process::median(arguments.runs, || process::other(command, &folder))?;
        row(command, &timed, &floor);
    }
    say(&format!("\n{}\n", process::summary(&folder)?));
    if let Some(corpus) = &arguments.corpus {
        sites(corpus, arguments.runs)?;
    }
    Ok(())
}

/// The sites of a folder, each beside its floor.
fn sites(corpus: &Path, runs: usize) -> Failable<()> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(corpus)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        say(&format!("\n{}\n", folder.file_name().unwrap_or_default().to_string_lossy()));
        let floor = head(folder, runs)?;
        row("cognate check", &process::median(runs, || process::check(folder, &["--format", "concise"]))?, &floor);
    }
    Ok(())
}

fn head(folder: &Path, runs: usize) -> Failable<Timed> {
    let floor = process::median(runs, || process::floor(folder))?;
    say(&format!("{:<32}{:>9}{:>8}{:>10}\n", "", "seconds", "ratio", "peak MiB"));
    row("floor: read, parse", &floor, &floor);
    Ok(floor)
}

fn row(name: &str, timed: &Timed, floor: &Timed) {
    let ratio = timed.seconds / floor.seconds;
    say(&format!("{name:<32}{:>9.3}{ratio:>8.2}{:>10}\n", timed.seconds, timed.peak_mib()));
}

/// Prints; who reads no more has seen enough.
fn say(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().write_all(text.as_bytes());
}
