//! Walking: the files below a folder that may be documents.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::config::Config;
use crate::diagnostic::{Notice, Severity};
use crate::threads;

/// Endings of the files that a walk reads. A file that is named is read whatever its ending.
pub(super) const ENDINGS: &[&str] = &["md", "markdown", "mdx"];

/// Globs of the configuration, compiled once; they are relative to its folder.
#[derive(Clone, Debug)]
pub struct Globs(Gitignore);

impl Globs {
    /// Compiles globs; the error names the one that cannot be used.
    pub fn new(folder: &Path, globs: &[String]) -> Result<Self, String> {
        let mut builder = GitignoreBuilder::new(folder);
        for glob in globs {
            builder.add_line(None, glob).map_err(|error| format!("`{glob}` is no glob: {error}"))?;
        }
        builder.build().map(Self).map_err(|error| error.to_string())
    }

    /// What `ignore:` leaves out. [`Config::read`] has refused globs that cannot be used.
    pub(super) fn ignored(config: &Config) -> Self {
        Self::new(&config.folder, &config.ignore).unwrap_or_else(|_| Self(Gitignore::empty()))
    }

    /// Does one of them match a path, or a folder that it is in? Nothing outside of the folder does.
    pub fn cover(&self, path: &Path) -> bool {
        path.starts_with(self.0.path()) && self.0.matched_path_or_any_parents(path, false).is_ignore()
    }
}

/// Walks over folders, and what could not be walked over.
pub(super) struct Walk {
    ignored: Globs,
    /// Folders and links that lead nowhere, in a circle, or may not be read; by path.
    faults: BTreeSet<Notice>,
}

impl Walk {
    /// A walk that leaves out what the configuration leaves out.
    pub(super) fn new(config: &Config) -> Self {
        Self { ignored: Globs::ignored(config), faults: BTreeSet::new() }
    }

    /// The documents among and below `asked`, sorted: named files as they are, folders as far as `.gitignore` and
    /// `ignore:` let.
    pub(super) fn documents(&mut self, asked: &[PathBuf]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for path in asked {
            if path.is_dir() {
                self.folder(path, &mut found);
            } else {
                found.push(path.clone());
            }
        }
        found.retain(|path| !self.ignored.cover(path));
        found.retain(|path| {
            let is_unicode = path.to_str().is_some();
            if !is_unicode {
                let message =
                    "the name of this file is not UTF-8; rename it, or leave it out with `ignore:`".to_owned();
                let path = Some(path.display().to_string());
                self.faults.insert(Notice { level: Severity::Error, message, path });
            }
            is_unicode
        });
        threads::sort(&mut found, |a, b| by_component(a, b));
        found.dedup();
        found
    }

    fn folder(&mut self, folder: &Path, found: &mut Vec<PathBuf>) {
        let (sender, entries) = mpsc::channel();
        WalkBuilder::new(folder).require_git(false).follow_links(true).build_parallel().run(|| {
            let sender = sender.clone();
            Box::new(move |entry| {
                let entry = match entry {
                    Ok(entry) if is_document(&entry) => Ok(entry.into_path()),
                    Ok(_) => return WalkState::Continue,
                    Err(error) => Err(error),
                };
                // Somebody listens as long as the walk goes on.
                if sender.send(entry).is_ok() { WalkState::Continue } else { WalkState::Quit }
            })
        });
        drop(sender);
        for entry in entries {
            match entry {
                Ok(path) => found.push(path),
                Err(error) => self.faults.extend(fault(&error)),
            }
        }
    }

    /// Takes what else is to be said of what was looked for.
    pub(super) fn tell(&mut self, message: String) {
        self.faults.insert(Notice { level: Severity::Warning, message, path: None });
    }

    /// What could not be walked over.
    pub(super) fn faults(self) -> Vec<Notice> {
        self.faults.into_iter().collect()
    }
}

/// The order of paths, which is that of their components, in a fraction of the steps.
pub(super) fn by_component(a: &Path, b: &Path) -> Ordering {
    let [a, b] = [a, b].map(|path| path.as_os_str().as_encoded_bytes());
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    // A separator ends a component, and what ends sooner comes first.
    let rank = |byte: &u8| if std::path::is_separator(char::from(*byte)) { 0 } else { u16::from(*byte) + 1 };
    a.get(same).map(rank).cmp(&b.get(same).map(rank))
}

fn is_document(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file()) && has_known_ending(entry.path())
}

/// What is to be said of a place that cannot be walked over; nothing of links to what is no document.
fn fault(error: &ignore::Error) -> Option<Notice> {
    match error {
        ignore::Error::WithPath { path, err } => about(path, err),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => fault(err),
        ignore::Error::Partial(errors) => errors.iter().find_map(fault),
        ignore::Error::Loop { child, .. } => about(child, error),
        other => Some(Notice { level: Severity::Warning, message: other.to_string(), path: None }),
    }
}

fn about(path: &Path, error: &ignore::Error) -> Option<Notice> {
    let (level, message) = match (error, error.io_error().map(std::io::Error::kind)) {
        (ignore::Error::Loop { .. }, _) => {
            (Severity::Warning, "this link leads back to a folder above it and was not followed".to_owned())
        }
        (_, Some(ErrorKind::NotFound)) if !has_known_ending(path) => return None,
        (_, Some(ErrorKind::NotFound)) => (Severity::Warning, "this link leads nowhere".to_owned()),
        (_, Some(ErrorKind::PermissionDenied)) => (
            Severity::Error,
            "the folder may not be read; give the right to read it, or leave it out with `ignore:`".to_owned(),
        ),
        _ => (Severity::Error, error.to_string()),
    };
    Some(Notice { level, message, path: Some(path.display().to_string()) })
}

pub(super) fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}
