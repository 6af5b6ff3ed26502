//! Processes, their times, and the most memory they had.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Failable;

/// What a run took.
#[derive(Clone, Copy)]
pub(crate) struct Timed {
    pub(crate) seconds: f64,
    /// The most memory that was resident, in KiB, where the system says.
    pub(crate) peak: Option<u64>,
}

impl Timed {
    pub(crate) fn peak_mib(&self) -> String {
        self.peak.map_or("-".to_owned(), |peak| format!("{}", peak / 1024))
    }
}

/// The run of the median time, with the highest peak of all.
pub(crate) fn median(runs: usize, run: impl Fn() -> Failable<Timed>) -> Failable<Timed> {
    let mut all = (0..runs.max(1)).map(|_| run()).collect::<Failable<Vec<Timed>>>()?;
    all.sort_by(|x, y| x.seconds.total_cmp(&y.seconds));
    Ok(Timed { peak: all.iter().filter_map(|one| one.peak).max(), ..all[all.len() / 2] })
}

/// Checks a folder, without a cache; what is told goes nowhere.
pub(crate) fn check(folder: &Path, arguments: &[&str]) -> Failable<Timed> {
    let mut command = cognate(folder);
    timed(command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()), &[0, 1])
}

/// The last lines of a check: what it found.
pub(crate) fn summary(folder: &Path) -> Failable<String> {
    let output = cognate(folder).args(["--format", "text"]).output()?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let paragraphs: Vec<&str> = told.trim().split("\n\n").collect();
    Ok(paragraphs.last().copied().unwrap_or_default().to_owned())
}

fn cognate(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognate"));
    command.current_dir(folder).args(["check", "--no-cache"]);
    command
}

/// The floor of a folder.
pub(crate) fn floor(folder: &Path) -> Failable<Timed> {
    timed(Command::new(std::env::current_exe()?).arg("--floor").arg(folder).stdout(Stdio::null()), &[0])
}

/// Another program on a folder; what it says, and how it ends, is its own affair.
pub(crate) fn other(line: &str, folder: &Path) -> Failable<Timed> {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().ok_or("a command is empty")?);
    command.args(words).arg(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    timed(&mut command, &[])
}

fn timed(command: &mut Command, codes: &[i32]) -> Failable<Timed> {
    let start = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("{}: {error}", command.get_program().to_string_lossy()))?;
    let mut peak = None;
    let status = loop {
        peak = resident(&child).or(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let seconds = start.elapsed().as_secs_f64();
    if !codes.is_empty() && !status.code().is_some_and(|code| codes.contains(&code)) {
        return Err(format!("{command:?} ended with {status}").into());
    }
    Ok(Timed { seconds, peak })
}

/// The most memory that a process had so far, in KiB: the kernel keeps the mark.
fn resident(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
