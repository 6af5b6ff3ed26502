//! x
pub fn globs_match(globs: &[String], path: &str) -> bool {
    let _ = (globs, path);
    false
}
