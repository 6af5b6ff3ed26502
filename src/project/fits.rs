//! Which versions of references fitted their translations, remembered from run to run.
//!
//! An answer is kept under a hash of all that it depends on (the texts, the versions, the packs), so it is never stale: a
//! question that was not asked before has no answer. The file can be deleted at any time, and several runs may write
//! it at once: it is written beside and renamed, and the last one wins.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::fnv::Fnv;
use crate::revision::Fit;

/// What is remembered. By default nothing, and nothing is written.
#[derive(Debug, Default)]
pub struct Fits {
    file: Option<PathBuf>,
    old: HashMap<u64, Option<Fit>>,
    new: Mutex<HashMap<u64, Option<Fit>>>,
}

/// What the first line of the file says; another version of Cognate may judge otherwise.
const HEAD: &str = concat!("cognate fits ", env!("CARGO_PKG_VERSION"));
/// More answers than this are not kept: the file starts anew with those of the last run.
const MOST: usize = 1_000_000;

impl Fits {
    /// What is remembered of a project; `goes_by` is what answers depend on beside the texts.
    ///
    /// The file is in `COGNATE_CACHE_DIR` (where that is empty there is none), else where the system keeps a user's
    /// caches. What cannot be read is nothing.
    pub fn open(project: &Path, goes_by: &str) -> Self {
        let Some(folder) = folder() else { return Self::default() };
        let mut name = Fnv::default();
        name.text(&project.to_string_lossy());
        name.text(goes_by);
        let file = folder.join(format!("fits-{:016x}.txt", name.value()));
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        Self { file: Some(file), old: parse(&text).unwrap_or_default(), new: Mutex::default() }
    }

    /// The answer to a question, by its hash; `find` gives it where it was never asked.
    pub fn get_or_find(&self, question: u64, find: impl FnOnce() -> Option<Fit>) -> Option<Fit> {
        if let Some(answer) = self.old.get(&question) {
            return *answer;
        }
        let answer = find();
        if self.file.is_some() {
            self.new.lock().unwrap_or_else(PoisonError::into_inner).insert(question, answer);
        }
        answer
    }

    /// Writes what was found out. That a cache cannot be written is no fault of the run, and not told.
    pub fn save(&self) {
        let new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = self.file.as_ref().filter(|_| !new.is_empty()) else { return };
        let old = (self.old.len() + new.len() <= MOST).then_some(&self.old);
        let mut text = format!("{HEAD}\n");
        for (question, answer) in old.into_iter().flatten().chain(new.iter()) {
            let _ = match answer {
                Some(fit) => {
                    writeln!(text, "{question:016x} {} {} {}", fit.version, fit.distance, u8::from(fit.is_doubtful))
                }
                None => writeln!(text, "{question:016x}"),
            };
        }
        let beside = file.with_extension(format!("{}.tmp", std::process::id()));
        let folder = file.parent().unwrap_or(file);
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&beside, text));
        if written.and_then(|()| std::fs::rename(&beside, file)).is_err() {
            let _ = std::fs::remove_file(&beside);
        }
    }
}

/// `None` for a file of another version, or one that was cut off.
fn parse(text: &str) -> Option<HashMap<u64, Option<Fit>>> {
    let lines = text.strip_prefix(HEAD)?.strip_prefix('\n')?;
    lines.lines().map(answer).collect()
}

fn answer(line: &str) -> Option<(u64, Option<Fit>)> {
    let mut words = line.split(' ');
    let question = words.next().filter(|word| word.len() == 16)?;
    let question = u64::from_str_radix(question, 16).ok()?;
    let Some(version) = words.next() else { return Some((question, None)) };
    let (version, distance) = (version.parse().ok()?, words.next()?.parse().ok()?);
    let is_doubtful = words.next()? == "1";
    Some((question, Some(Fit { version, distance, is_doubtful })))
}

/// Where caches are kept.
fn folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let below = |name: &str, path: &str| variable(name).map(|folder| folder.join(path));
    if let Some(folder) = std::env::var_os("COGNATE_CACHE_DIR") {
        return (!folder.is_empty()).then(|| folder.into());
    }
    below("XDG_CACHE_HOME", "cognate")
        .or_else(|| below("LOCALAPPDATA", "cognate"))
        .or_else(|| below("HOME", if cfg!(target_os = "macos") { "Library/Caches/cognate" } else { ".cache/cognate" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_remembered() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || Fits { file: Some(folder.path().join("a/fits.txt")), ..Fits::default() };
        let fit = Fit { version: 3, distance: 7, is_doubtful: true };
        let fits = open();
        assert_eq!(fits.get_or_find(1, || Some(fit)), Some(fit));
        assert_eq!(fits.get_or_find(2, || None), None);
        fits.save();
        let text = std::fs::read_to_string(folder.path().join("a/fits.txt")).expect("the file");
        let old = parse(&text).expect("answers");
        let fits = Fits { old, ..open() };
        assert_eq!(fits.get_or_find(1, || None), Some(fit));
        assert_eq!(fits.get_or_find(2, || Some(fit)), None);
        assert_eq!(std::fs::read_dir(folder.path().join("a")).expect("a folder").count(), 1);
    }

    #[test]
    fn a_spoiled_file_is_no_memory() {
        for text in ["", "cognate fits 0.0.0\n", "x", &format!("{HEAD}\n00"), &format!("{HEAD}\n{:016x} 1", 5)] {
            assert!(parse(text).is_none(), "{text}");
        }
        assert_eq!(parse(&format!("{HEAD}\n")).map(|answers| answers.len()), Some(0));
    }
}
