//! `git log`, read as it comes: the histories of all wanted files of one repository.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

use super::command::{Process, git};
use super::walk::{Change, History, Walk};
use super::{Oid, Version};

/// Up to so many files are asked for one by one: git then follows each through the whole repository, and a log of one
/// file costs about a tenth of a log of all.
const FEW: usize = 4;

/// The last changes of up to so many files are asked for by their names.
const FEW_DATED: usize = 200;

/// Beyond so many top folders the log is not limited to them.
const MANY: usize = 32;

/// The checked-out line of history alone: each version is one that the file had there, so the newest is that of `HEAD`.
/// Merges count as one step of it.
const ARGUMENTS: &[&str] = &[
    "log",
    "--first-parent",
    "-m",
    "--raw",
    "-z",
    "--no-abbrev",
    "-O/dev/null",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--format=%H %ct",
];

/// A file that moves is mostly edited as well (its front matter, its links): a renamed file shares three quarters. In
/// commits with more than so many files to compare only exact renames are found, whatever the configuration says.
const RENAMES: &[&str] = &["-M75%", "-l1000"];

/// Renames that are found without reading contents, which a partial clone has not.
const EXACT_RENAMES: &[&str] = &["-M100%"];

/// The histories of the wanted files of one repository.
#[derive(Default)]
pub(super) struct Log {
    files: HashMap<String, Told>,
    successors: HashMap<String, String>,
    /// When the files were changed last of which only that is wanted, and their bytes since.
    last: HashMap<String, (i64, Oid)>,
}

struct Told {
    versions: Arc<[Version]>,
    older_names: Vec<String>,
}

impl Log {
    /// Runs git for files of these names, and for the last changes of those that are `dated`. What could be read is there where
    /// it fails, beside `false`.
    pub(super) fn read(root: &Path, names: &[String], dated: &[String], is_partial: bool) -> (Self, bool) {
        let mut log = Self::default();
        let renames = if is_partial { EXACT_RENAMES } else { RENAMES };
        let mut is_whole = true;
        // What became of a file that is gone shows only beside all others.
        if names.len() <= FEW && names.iter().all(|name| root.join(name).exists()) {
            for name in names {
                let walk = Walk::new(std::slice::from_ref(name), &[]);
                is_whole &= log.add(root, &[renames, &["--follow", "HEAD", "--", name]].concat(), walk);
            }
        } else {
            // Files come and go below the top folders (`docs/` to `docs/en/`), seldom between them.
            let tops = tops(names);
            let arguments = [renames, &["HEAD", "--"], tops.as_slice()].concat();
            is_whole = log.add(root, &arguments, Walk::new(names, &[]));
        }
        if !dated.is_empty() {
            // Apart from the others: copies in other languages would be taken for what became of a reference.
            let places =
                if dated.len() <= FEW_DATED { dated.iter().map(String::as_str).collect() } else { tops(dated) };
            let arguments = [&["--no-renames", "HEAD", "--"], places.as_slice()].concat();
            is_whole &= log.add(root, &arguments, Walk::new(&[], dated));
        }
        (log, is_whole)
    }

    /// The versions of a wanted file, newest first.
    pub(super) fn versions(&self, name: &str) -> Arc<[Version]> {
        self.files.get(name).map(|told| Arc::clone(&told.versions)).unwrap_or_default()
    }

    /// The names that a wanted file had before, newest first.
    pub(super) fn older_names(&self, name: &str) -> &[String] {
        self.files.get(name).map_or(&[], |told| &told.older_names)
    }

    /// When a dated file was changed last, and its bytes since.
    pub(super) fn last_change(&self, name: &str) -> Option<(i64, Oid)> {
        self.last.get(name).copied()
    }

    /// Where a file went that was renamed.
    pub(super) fn successor(&self, name: &str) -> Option<&str> {
        self.successors.get(name).map(String::as_str)
    }

    fn add(&mut self, root: &Path, arguments: &[&str], mut walk: Walk) -> bool {
        let is_whole = follow(root, arguments, &mut walk).unwrap_or(false);
        let (histories, successors, last) = walk.finish();
        let told = histories
            .into_iter()
            .map(|History { name, older_names, versions }| (name, Told { versions: versions.into(), older_names }));
        self.files.extend(told);
        self.successors.extend(successors);
        self.last.extend(last.into_iter().filter_map(|(name, last)| Some((name, last?))));
        is_whole
    }
}

/// The top folders that files are below, unless there are too many to limit a log to them.
fn tops(names: &[String]) -> Vec<&str> {
    let tops: BTreeSet<&str> = names.iter().filter_map(|name| name.split('/').next()).collect();
    if tops.len() > MANY { Vec::new() } else { tops.into_iter().collect() }
}

/// Runs git; false where it failed.
fn follow(root: &Path, arguments: &[&str], walk: &mut Walk) -> io::Result<bool> {
    let mut process = Process(git(root).args(ARGUMENTS).args(arguments).spawn()?);
    let output = process.0.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    read(BufReader::with_capacity(1 << 16, output), walk)?;
    Ok(process.wait()?.success())
}

/// Reads what `-z` prints: `COMMIT TIME`, then for each changed file `:MODE MODE BLOB BLOB STATUS` and its name, before
/// which stands its old name where it was renamed; all of them with a NUL behind.
fn read(mut output: impl BufRead, walk: &mut Walk) -> io::Result<()> {
    let (mut head, mut name, mut other) = (Vec::new(), Vec::new(), Vec::new());
    while token(&mut output, &mut head)? {
        let head = str::from_utf8(head.trim_ascii_start()).map_err(|_| io::ErrorKind::InvalidData)?;
        let Some(fields) = head.strip_prefix(':') else {
            walk.enter(commit(head).ok_or(io::ErrorKind::InvalidData)?);
            continue;
        };
        let raw = raw(fields).ok_or(io::ErrorKind::InvalidData)?;
        let mut is_there = token(&mut output, &mut name)?;
        if raw.has_two_names {
            is_there &= token(&mut output, &mut other)?;
            std::mem::swap(&mut name, &mut other);
        }
        if !is_there {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let Ok(name) = str::from_utf8(&name) else { continue };
        if let (true, Ok(old)) = (raw.is_rename, str::from_utf8(&other)) {
            walk.moved(old, name);
        }
        let blob = if raw.is_file { Oid::parse(raw.blob) } else { None };
        walk.touch(name, blob);
        if walk.follows(name) {
            let old = if raw.is_rename { str::from_utf8(&other).ok() } else { None };
            walk.add(name, &Change { blob, old: old.map(str::to_owned) });
        }
    }
    Ok(())
}

/// Reads up to a NUL, which is dropped; false at the end.
fn token(output: &mut impl BufRead, token: &mut Vec<u8>) -> io::Result<bool> {
    token.clear();
    let is_there = output.read_until(0, token)? > 0;
    if is_there && token.pop() != Some(0) { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(is_there) }
}

fn commit(head: &str) -> Option<(Oid, i64)> {
    let (oid, time) = head.split_once(' ')?;
    Some((Oid::parse(oid)?, time.parse().ok()?))
}

/// One changed file.
struct Raw<'a> {
    blob: &'a str,
    /// False where it was deleted, and for symbolic links and submodules.
    is_file: bool,
    is_rename: bool,
    /// True for copies too.
    has_two_names: bool,
}

fn raw(fields: &str) -> Option<Raw<'_>> {
    let mut fields = fields.split(' ').skip(1);
    let (mode, _, blob, status) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    Some(Raw {
        blob,
        is_file: mode.starts_with("100"),
        is_rename: status.starts_with('R'),
        has_two_names: status.starts_with(['R', 'C']),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name of an object that `digit` fills.
    fn oid(digit: char) -> String {
        digit.to_string().repeat(40)
    }

    fn histories(names: &[&str], output: &str) -> io::Result<Vec<History>> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut walk = Walk::new(&names, &[]);
        read(output.as_bytes(), &mut walk)?;
        Ok(walk.finish().0)
    }

    #[test]
    fn two_files_that_change_names_keep_their_histories() {
        let (a, b, c, d) = (oid('a'), oid('b'), oid('c'), oid('d'));
        let output = format!(
            "{d} 4\0\n:100644 100644 {a} {a} R100\0x\0y\0:100644 100644 {b} {b} R100\0y\0x\0{c} 3\0\n\
             :100644 100644 {c} {a} M\0x\0:100644 100644 {d} {b} M\0y\0"
        );
        let told = histories(&["x", "y"], &output).expect("a log");
        let blobs = |history: &History| -> Vec<String> {
            history.versions.iter().map(|version| format!("{} {}", version.blob, version.time)).collect()
        };
        assert_eq!(blobs(&told[0]), [format!("{b} 3")], "x was y");
        assert_eq!(blobs(&told[1]), [format!("{a} 3")], "y was x");
        assert_eq!(told[0].older_names, ["y"]);
    }

    #[test]
    fn names_are_never_taken_for_anything_else() {
        let (a, b) = (oid('a'), oid('b'));
        let output = format!(
            "{a} 1\0\n:000000 100644 {b} {b} A\0:100644 x\0:000000 100644 {b} {b} A\0{b} 2\0\
             :000000 120000 {b} {b} A\0link\0:000000 100644 {b} {b} C100\0{a} 1\0copy\0"
        );
        let told = histories(&[":100644 x", &format!("{b} 2"), "link", "copy"], &output).expect("a log");
        let counts: Vec<usize> = told.iter().map(|history| history.versions.len()).collect();
        assert_eq!(counts, [1, 1, 0, 1]);
        assert!(told.iter().all(|history| history.older_names.is_empty()));
    }

    #[test]
    fn what_is_no_log_is_refused() {
        let a = oid('a');
        for output in [
            "fatal: no\0".to_owned(),
            format!("{a} 1"),
            format!("{a} 1\0\n:100644\0x\0"),
            format!("{a} 1\0\n:100644 100644 {a} {a} M\0x"),
            format!("{a} 1\0\n:100644 100644 {a} {a} R100\0x\0"),
        ] {
            assert!(histories(&["x"], &output).is_err(), "{output:?}");
        }
    }
}
