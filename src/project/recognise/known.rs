//! The documents of a tree, to be found by path.

use std::collections::HashMap;

use crate::project::walk::ENDINGS;

/// The documents of a tree, to be found by their paths without endings.
pub(super) struct Known<'t> {
    /// The paths, with endings.
    pub(super) documents: &'t [String],
    by_stem: HashMap<&'t str, usize>,
}

impl<'t> Known<'t> {
    pub(super) fn new(documents: &'t [String]) -> Self {
        let by_stem = documents.iter().enumerate().map(|(at, path)| (stem(path), at)).collect();
        Self { documents, by_stem }
    }

    /// The document of a path without its ending.
    pub(super) fn find(&self, stem: &str) -> Option<usize> {
        self.by_stem.get(stem).copied()
    }
}

/// A path without the ending of a document.
pub(super) fn stem(path: &str) -> &str {
    let is_known = |ending: &str| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending));
    match path.rsplit_once('.') {
        Some((stem, ending)) if is_known(ending) => stem,
        _ => path,
    }
}
