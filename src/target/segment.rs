//! Segments of paths that say one thing in several ways.

use crate::locale::{Locale, is_locale_piece};

/// `x.zh-CN` → `x` and the locale: in the suffix scheme each language names its files so.
pub(super) fn locale_suffix<'s>(segment: &'s str, languages: &[&str]) -> Option<(&'s str, &'s str)> {
    let (name, locale) = segment.rsplit_once('.')?;
    (!name.is_empty() && is_locale_piece(locale, languages)).then_some((name, locale))
}

/// A default branch, or a commit of one: a tag or another branch says which version is meant.
pub(super) fn is_moving(revision: &str) -> bool {
    let is_commit = (7..=64).contains(&revision.len()) && revision.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_commit || matches!(revision, "main" | "master" | "HEAD")
}

/// `10168395-how-to-build` → `10168395`: the words of such a segment are translated, its number is the page.
pub(super) fn number_in_title(segment: &str) -> Option<&str> {
    let digits = segment.bytes().take_while(u8::is_ascii_digit).count();
    if digits >= 6 && segment[digits..].starts_with('-') {
        return Some(&segment[..digits]);
    }
    let tail = segment.get(segment.len().checked_sub(36)?..)?;
    let is_uuid = tail.bytes().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    });
    is_uuid.then_some(tail)
}

/// The file that a destination names: `../img/x.png?y` → `x.png`.
pub fn file_name(destination: &str) -> &str {
    let path = destination.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

/// Its name without endings and locale, which localized files share: `img/lifecycle_zh-CN.png?x` → `lifecycle`.
pub fn file_stem(destination: &str) -> &str {
    let stem = file_name(destination).split('.').next().unwrap_or_default();
    let ends_in_locale = |at: &usize| Locale::parse(&stem[at + 1..]).is_some();
    let cut = stem.match_indices(['_', '-']).map(|(at, _)| at).filter(|at| *at > 0).find(ends_in_locale);
    &stem[..cut.unwrap_or(stem.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_is_a_locale_of_the_two_sides() {
        assert_eq!(locale_suffix("bowline.zh-CN", &["zh", "en"]), Some(("bowline", "zh-CN")));
        assert_eq!(locale_suffix("bowline.fr", &["fr", "en"]), Some(("bowline", "fr")));
        for other in ["bowline.fr", "node.js", "v1.2", ".zh-CN", "a"] {
            assert_eq!(locale_suffix(other, &["ja", "en"]), None, "{other}");
        }
    }
}
