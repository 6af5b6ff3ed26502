//! The files that `rule-files:` names.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::RULE_FILE;
use crate::config::file::ConfigFile;
use crate::config::{Config, KeyPath, Mistake};
use crate::project::{Globs, slashed};

/// The rule files of a configuration in a folder, relative to it and in order, and what is wrong with their names.
pub(in crate::config) fn find(
    config: &Config,
    file: Option<&ConfigFile>,
    folder: &Path,
) -> (Vec<String>, Vec<Mistake>) {
    let Some(named) = &config.rule_files else {
        let is_there = folder.join(RULE_FILE).is_file();
        return (is_there.then(|| RULE_FILE.to_owned()).into_iter().collect(), Vec::new());
    };
    let (mut files, mut mistakes) = (Vec::new(), Vec::new());
    for (at, pattern) in named.iter().enumerate() {
        match matching(folder, pattern) {
            Ok(found) => files.extend(found),
            Err(Wrong { message, label, help }) => {
                let span = file.and_then(|file| file.value_span(&KeyPath::top("rule-files").index(at)));
                mistakes.push(Mistake::new(span, format!("`rule-files`: {message}"), label).help(help));
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    (files, mistakes)
}

struct Wrong {
    message: String,
    label: &'static str,
    help: String,
}

/// A file by its name, or those that match a glob.
fn matching(folder: &Path, pattern: &str) -> Result<Vec<String>, Wrong> {
    let is_glob = |text: &str| text.contains(['*', '?', '[', '{']);
    if !is_glob(pattern) {
        return named(folder, pattern);
    }
    let globs = Globs::new(folder, &[pattern.to_owned()]).map_err(|error| Wrong {
        message: format!("`{pattern}` is no glob: {}", error.rsplit(": ").next().unwrap_or_default()),
        label: "no glob",
        help: "write it as in `rules/*.yaml`".to_owned(),
    })?;
    // The folders before the first sign of a glob need not be looked for.
    let above: Vec<&str> = pattern.split('/').take_while(|part| !is_glob(part)).collect();
    let walk = WalkBuilder::new(folder.join(above.join("/"))).require_git(false).build();
    let mut found: Vec<PathBuf> = walk.flatten().map(ignore::DirEntry::into_path).collect();
    found.retain(|path| globs.cover(path) && path.is_file());
    found.sort();
    if found.is_empty() {
        let help = "write where the files are from where this file is, or take the pattern out".to_owned();
        return Err(Wrong { message: format!("no file matches `{pattern}`"), label: "matches nothing", help });
    }
    Ok(found.iter().map(|path| slashed(path.strip_prefix(folder).unwrap_or(path))).collect())
}

fn named(folder: &Path, name: &str) -> Result<Vec<String>, Wrong> {
    let path = folder.join(name);
    if path.is_dir() {
        let name = name.trim_end_matches('/');
        let help = format!("write `{name}/*.yaml` for the files in it");
        return Err(Wrong { message: format!("`{name}` is a folder"), label: "no file", help });
    }
    if !path.exists() {
        let help = "write where it is from where this file is".to_owned();
        return Err(Wrong { message: format!("there is no file `{name}`"), label: "not there", help });
    }
    Ok(vec![name.to_owned()])
}
