//! `--fix` and `--diff`: what is unambiguous is mended, or shown as it would be.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use similar::TextDiff;

use super::run::refused;
use crate::check::{Checker, OutlineFault, Pages};
use crate::cli::CheckArgs;
use crate::commands::output::Output;
use crate::commands::{Failure, Surroundings};
use crate::diagnostic::{Edit, Findings, Notice, Severity};
use crate::fix::{Wanted, apply};
use crate::project::history::dirty;
use crate::project::{self, Article};
use crate::report::text;

/// Fixes of one file.
struct File {
    text: String,
    /// A byte order mark stands before the text.
    has_mark: bool,
    fixes: Vec<Vec<Edit>>,
}

/// What became of the fixes of a run.
#[derive(Default)]
pub(super) struct Outcome {
    /// Findings that are mended now, or would be.
    pub(super) fixed: usize,
    /// What could not be done.
    refused: Vec<Notice>,
}

impl Outcome {
    /// What is to be said.
    pub(super) fn notices(self) -> Vec<Notice> {
        let mut notices = self.refused;
        if self.fixed > 0 {
            let message = format!("{} finding{} mended", self.fixed, if self.fixed == 1 { " is" } else { "s are" });
            notices.push(Notice { level: Severity::Info, message, path: None });
        }
        notices
    }
}

/// Runs until nothing more is mended, since one fix may make another one plain, or have stood beside it.
pub(super) fn settle(
    checker: &mut Checker,
    articles: &[Article],
    wanted: Wanted,
    arguments: &CheckArgs,
    world: &mut Surroundings<'_>,
    pages: impl Fn(&Checker) -> Option<Pages>,
) -> Result<Outcome, Failure> {
    let is_guarded = arguments.fix && !arguments.allow_dirty;
    let dirty = if is_guarded { dirty(&checker.settings.config().folder) } else { HashSet::new() };
    let mut all = Outcome::default();
    for _ in 0..MOST {
        let one = fix_all(checker, articles, wanted, &dirty, arguments, world)?;
        all = Outcome { fixed: all.fixed + one.fixed, refused: one.refused };
        if one.fixed == 0 || arguments.diff {
            break;
        }
        // What pages say of each other is another thing now.
        checker.pages = pages(checker);
    }
    Ok(all)
}

/// Runs that settle what there is; fixes that undo each other would have no end.
const MOST: usize = 10;

/// Which fixes the command line asks for.
pub(super) fn wanted(arguments: &CheckArgs) -> Option<Wanted> {
    match (arguments.unsafe_fixes, arguments.fix || arguments.diff) {
        (_, false) => None,
        (true, _) => Some(Wanted::Unsafe),
        (false, _) => Some(Wanted::Safe),
    }
}

/// Checks articles, and writes what mends the findings: into their files, or as a difference to standard output.
fn fix_all(
    checker: &Checker,
    articles: &[Article],
    wanted: Wanted,
    dirty: &HashSet<PathBuf>,
    arguments: &CheckArgs,
    world: &mut Surroundings<'_>,
) -> Result<Outcome, Failure> {
    let files: Mutex<BTreeMap<String, File>> = Mutex::default();
    let take = |findings: &Findings<'_>| {
        for edits in findings.diagnostics.iter().flat_map(|one| wanted.edits(one)) {
            let source = findings.sources[edits[0].place.source];
            let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
            let file = files.entry(source.name().to_owned()).or_insert_with(|| File {
                text: source.file_text().to_owned(),
                has_mark: source.has_mark(),
                fixes: Vec::new(),
            });
            file.fixes.push(edits.to_vec());
        }
    };
    let found: Result<Vec<()>, Box<OutlineFault>> =
        articles.par_iter().map(|article| checker.check(article, |findings, _| take(&findings))).collect();
    let style = text::Style { color: arguments.color.colors(world.err_color), width: world.width, verbose: false };
    found.map_err(|fault| refused(&fault, &style))?;
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut outcome = Outcome::default();
    for (name, file) in &files {
        let (fixed, applied) = apply(&file.text, file.fixes.iter().map(Vec::as_slice));
        if arguments.diff {
            let mark = if file.has_mark { "\u{feff}" } else { "" };
            let [old, new] = [&file.text, &fixed].map(|text| format!("{mark}{text}"));
            // A tab ends a name with blanks in it.
            let end = if name.contains(' ') { "\t" } else { "" };
            let diff = TextDiff::from_lines(&old, &new);
            write!(world.out, "{}", diff.unified_diff().header(&format!("a/{name}{end}"), &format!("b/{name}{end}")))?;
            outcome.fixed += applied;
            continue;
        }
        match write(&project::absolute(&world.working, Path::new(name)), &file.text, &fixed, dirty) {
            Ok(()) => outcome.fixed += applied,
            Err(why) => outcome.refused.push(Notice {
                level: Severity::Warning,
                message: format!("{applied} of its findings could be mended and were not: {why}"),
                path: Some(name.clone()),
            }),
        }
    }
    Ok(outcome)
}

/// Writes a file whole, if it is still what was checked.
fn write(path: &Path, checked: &str, fixed: &str, dirty: &HashSet<PathBuf>) -> Result<(), String> {
    let known = path.metadata().map_err(|error| error.to_string())?;
    if !known.is_file() || path.is_symlink() {
        return Err("it is no regular file".to_owned());
    }
    if known.permissions().readonly() {
        return Err("it may not be written to".to_owned());
    }
    if dirty.contains(path) {
        return Err("it has changes that are not committed; commit them, or say --allow-dirty".to_owned());
    }
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let (mark, text) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(text) => ("\u{feff}", text),
        None => ("", bytes.as_slice()),
    };
    if text != checked.as_bytes() {
        return Err("it changed meanwhile, or is not UTF-8".to_owned());
    }
    Output::replace(path, format!("{mark}{fixed}").as_bytes(), &known.permissions()).map_err(|error| error.to_string())
}
