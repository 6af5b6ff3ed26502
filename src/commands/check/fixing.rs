//! `--fix` and `--diff`: what is unambiguous is mended, or shown as it would be.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use similar::TextDiff;

use super::run::refused;
use crate::check::{Checker, OutlineFault, Pages};
use crate::cli::CheckArgs;
use crate::commands::output::Output;
use crate::commands::{Failure, Surroundings};
use crate::diagnostic::{Applicability, Edit, Findings, Notice, Severity};
use crate::fix::{apply, edits};
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
    wanted: Applicability,
    arguments: &CheckArgs,
    world: &mut Surroundings<'_>,
    pages: impl Fn(&Checker) -> Option<Pages>,
) -> Result<Outcome, Failure> {
    let is_guarded = arguments.fix && !arguments.allow_dirty;
    let dirty = if is_guarded { dirty(&checker.settings.config().folder) } else { HashSet::new() };
    let mut all = Outcome::default();
    let mut shown: BTreeMap<String, Mended> = BTreeMap::new();
    for _ in 0..MOST {
        let mended = fix_all(checker, articles, wanted, arguments, world)?;
        let one = if arguments.diff {
            overlay(checker, mended, &mut shown, &world.working)
        } else {
            write_all(&mended, &dirty, &world.working)
        };
        all = Outcome { fixed: all.fixed + one.fixed, refused: one.refused };
        if one.fixed == 0 {
            break;
        }
        // What pages say of each other is another thing now.
        checker.pages = pages(checker);
    }
    show(&shown, world.out)?;
    Ok(all)
}

/// Lets the next run read mended texts instead of their files.
fn overlay(
    checker: &mut Checker,
    mended: Vec<Mended>,
    shown: &mut BTreeMap<String, Mended>,
    working: &Path,
) -> Outcome {
    let fixed = mended.iter().map(|one| one.applied).sum();
    for one in mended {
        let mark = if one.has_mark { "\u{feff}" } else { "" };
        let text = format!("{mark}{}", one.fixed).into_bytes();
        checker.given.insert(project::absolute(working, Path::new(&one.name)), text);
        match shown.get_mut(&one.name) {
            Some(known) => known.fixed = one.fixed,
            None => drop(shown.insert(one.name.clone(), one)),
        }
    }
    Outcome { fixed, refused: Vec::new() }
}

/// Runs that settle what there is; fixes that undo each other would have no end.
const MOST: usize = 10;

/// Which fixes the command line asks for.
pub(super) fn wanted(arguments: &CheckArgs) -> Option<Applicability> {
    match (arguments.unsafe_fixes, arguments.fix || arguments.diff) {
        (_, false) => None,
        (true, _) => Some(Applicability::Unsafe),
        (false, _) => Some(Applicability::Safe),
    }
}

/// A file with its findings mended.
struct Mended {
    name: String,
    has_mark: bool,
    text: String,
    fixed: String,
    /// How many findings that mends.
    applied: usize,
}

/// Checks articles, and mends what is found in their texts.
fn fix_all(
    checker: &Checker,
    articles: &[Article],
    wanted: Applicability,
    arguments: &CheckArgs,
    world: &Surroundings<'_>,
) -> Result<Vec<Mended>, Failure> {
    let files: Mutex<BTreeMap<String, File>> = Mutex::default();
    let take = |findings: &Findings<'_>| {
        for edits in findings.diagnostics.iter().flat_map(|one| edits(one, wanted)) {
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
    let mend = |(name, file): (String, File)| {
        let (fixed, applied) = apply(&file.text, file.fixes.iter().map(Vec::as_slice));
        Mended { name, has_mark: file.has_mark, text: file.text, fixed, applied }
    };
    Ok(files.into_iter().map(mend).collect())
}

/// Puts mended texts in the places of their files, as far as those may be written.
fn write_all(mended: &[Mended], dirty: &HashSet<PathBuf>, working: &Path) -> Outcome {
    let mut outcome = Outcome::default();
    for one in mended {
        match write(&project::absolute(working, Path::new(&one.name)), &one.text, &one.fixed, dirty) {
            Ok(()) => outcome.fixed += one.applied,
            Err(why) => outcome.refused.push(Notice {
                level: Severity::Warning,
                message: format!("{} of its findings could be mended and were not: {why}", one.applied),
                path: Some(one.name.clone()),
            }),
        }
    }
    outcome
}

/// Shows what would become of each file.
fn show(all: &BTreeMap<String, Mended>, out: &mut dyn Write) -> Result<(), Failure> {
    for (name, one) in all {
        let mark = if one.has_mark { "\u{feff}" } else { "" };
        let [old, new] = [&one.text, &one.fixed].map(|text| format!("{mark}{text}"));
        // A tab ends a name with blanks in it.
        let end = if name.contains(' ') { "\t" } else { "" };
        let diff = TextDiff::from_lines(&old, &new);
        write!(out, "{}", diff.unified_diff().header(&format!("a/{name}{end}"), &format!("b/{name}{end}")))?;
    }
    Ok(())
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
