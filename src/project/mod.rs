//! The project: which files are translations, and of what.
//!
//! This is the only part that looks at the file system before documents are read.

pub(crate) mod files;
pub mod fits;
pub mod history;
mod layout;
mod loose;
mod paths;
pub mod recognise;
mod sorting;
mod walk;

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::diagnostic::Notice;
use crate::locale::Locale;

pub use layout::{Layout, LayoutError};
pub(crate) use paths::slashed;
pub use paths::{absolute, shown};
pub use walk::Globs;
use walk::Walk;

/// One reference with all its translations; without a reference, the translations that share its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// What it is called: the `{path}` of the layout, or the name of the file.
    pub name: String,
    /// The reference, where there is one.
    pub reference: Option<PathBuf>,
    /// Its translations, by path.
    pub translations: Vec<Translation>,
    /// True for files that nothing ties together: they are one article only where a pin says so.
    pub is_loose: bool,
    /// The reference is a copy kept beside the translation, of the revision that it was made from.
    pub is_snapshot: bool,
}

/// One translation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Translation {
    /// Where it is.
    pub path: PathBuf,
    /// Its locale, where the path or the configuration says it.
    pub locale: Option<Locale>,
    /// False for a file that is read only because the ones asked for are compared with it.
    pub is_asked_for: bool,
}

/// What the command line asks for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files and folders; the working directory where there are none.
    pub paths: Vec<PathBuf>,
    /// A document, an outline or a folder to hold the files against.
    pub reference: Option<PathBuf>,
    /// Only what is among these files, and the translations of references among them.
    pub changed: Option<Vec<PathBuf>>,
    /// The text of the one file that is asked for does not stand on disk, or not as it is now.
    pub is_given: bool,
}

/// Why there is nothing to check.
#[derive(Clone, Debug)]
pub enum ProjectError {
    /// A path that is not there.
    NotFound(PathBuf),
    /// A pattern of the configuration.
    Layout(LayoutError),
    /// `--reference` names a folder that has no file of that name.
    NoReference(PathBuf),
}

impl std::fmt::Display for ProjectError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound(path) => write!(f, "{}: no such file or folder", path.display()),
            Self::Layout(error) => error.fmt(f),
            Self::NoReference(path) => {
                write!(f, "{}: the reference folder has no file for any of the given translations", path.display())
            }
        }
    }
}

/// The articles that were found.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// By name.
    pub articles: Vec<Article>,
    /// What could not be looked into.
    pub faults: Vec<Notice>,
}

/// Has a path the ending of a document?
pub fn is_document(path: &Path) -> bool {
    walk::has_known_ending(path)
}

/// Finds the articles that are asked for.
pub fn articles(request: &Request, config: &Config, working: &Path) -> Result<Listing, ProjectError> {
    let asked: Vec<PathBuf> = request.paths.iter().map(|path| paths::absolute(working, path)).collect();
    if let Some(missing) = asked.iter().position(|path| !path.exists()).filter(|_| !request.is_given) {
        return Err(ProjectError::NotFound(request.paths[missing].clone()));
    }
    let asked = if asked.is_empty() { everything(config, working) } else { asked };
    let mut walk = Walk::new(config);
    let asked = match &request.changed {
        None => asked,
        Some(changed) => {
            let is_asked =
                |file: &&PathBuf| walk::has_known_ending(file) && asked.iter().any(|path| file.starts_with(path));
            changed.iter().filter(is_asked).filter(|file| file.is_file()).cloned().collect()
        }
    };
    // Of what is gone, references count: their translations are orphans now.
    let gone = request.changed.iter().flatten().filter(|file| walk::has_known_ending(file) && !file.exists());
    let gone: Vec<PathBuf> = gone.cloned().collect();
    let mut articles = match &request.reference {
        Some(reference) => {
            let reference = paths::absolute(working, reference);
            if !reference.exists() {
                return Err(ProjectError::NotFound(request.reference.clone().unwrap_or_default()));
            }
            loose::against(&reference, &asked, &mut walk)?
        }
        None if config.layout.is_empty() => loose::alone(&asked, &mut walk),
        None => sorting::articles(&asked, &gone, config, &mut walk).map_err(ProjectError::Layout)?,
    };
    // Who names no file wants to hear of translations alone.
    articles.retain(|article| request.changed.is_none() || !article.is_loose || config.layout.is_empty());
    articles.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.reference.cmp(&b.reference)));
    let shown = |path: String| shown(Path::new(&path), working);
    let faults = walk.faults().into_iter().map(|fault| Notice { path: fault.path.map(shown), ..fault }).collect();
    Ok(Listing { articles, faults })
}

/// The working directory, and the roots that hold translations where it is the whole project.
fn everything(config: &Config, working: &Path) -> Vec<PathBuf> {
    let working = paths::absolute(working, Path::new("."));
    let layouts = config.layout.iter().filter_map(|layout| Layout::new(layout, config).ok()).collect::<Vec<_>>();
    if !config.folder.starts_with(&working) {
        return vec![working];
    }
    let roots = sorting::folders(&layouts, config).into_iter().skip(1);
    std::iter::once(working).chain(roots).collect()
}
