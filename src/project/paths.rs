//! Paths: made absolute without touching the file system, and shown relative to the working directory.

use std::path::{Component, Path, PathBuf};

/// `path` from `base`, without `.` and `..`.
pub fn absolute(base: &Path, path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in base.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(clean.pop()),
            other => clean.push(other),
        }
    }
    clean
}

/// How a path is told: relative to the working directory, with forward slashes.
pub fn shown(path: &Path, working: &Path) -> String {
    if let (Some(path), Some(working)) = (path.to_str(), working.to_str())
        && let Some(below) = path.strip_prefix(working).and_then(|rest| rest.strip_prefix(std::path::MAIN_SEPARATOR))
        && !below.starts_with(std::path::MAIN_SEPARATOR)
    {
        return slashed(Path::new(below));
    }
    let up = working.ancestors().position(|folder| path.starts_with(folder));
    // Not below any folder but the root: the absolute path says more than a row of `..`.
    let folder = up.and_then(|up| working.ancestors().nth(up)).filter(|folder| folder.parent().is_some());
    let (Some(up), Some(folder)) = (up, folder) else { return slashed(path) };
    let rest = path.strip_prefix(folder).unwrap_or(path);
    format!("{}{}", "../".repeat(up), slashed(rest))
}

/// With forward slashes; what is not Unicode in a name is replaced.
pub(crate) fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_working_directory() {
        let working = Path::new("/a/b");
        assert_eq!(shown(Path::new("/a/b/c/d.md"), working), "c/d.md");
        assert_eq!(shown(Path::new("/a/x.md"), working), "../x.md");
        assert_eq!(shown(Path::new("/z/x.md"), working), "/z/x.md");
        assert_eq!(absolute(working, Path::new("./../c//d.md")), Path::new("/a/c/d.md"));
    }
}
