//! From the words of a heading to its fragment, a function for each renderer.
//!
//! Each follows the code that it names; repeated headings are [`numbered`].

use std::borrow::Cow;

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::props::GeneralCategory;
use icu_properties::{CodePointMapData, props::GeneralCategoryGroup};

use crate::document::dialect::Slugs;
use crate::text::is_letter;

/// The fragment of a heading's words.
pub(super) fn slug(slugs: Slugs, words: &str) -> String {
    match slugs {
        Slugs::Github => github(words),
        Slugs::Goldmark => goldmark(words),
        Slugs::Vitepress => vitepress(words),
        Slugs::Docfx => docfx(words),
        Slugs::PythonMarkdown => python_markdown(words),
        Slugs::Mdbook => mdbook(words),
        Slugs::Mdn => mdn(words),
    }
}

/// The fragment of a heading whose slug stood there `times` before.
pub(super) fn numbered(slugs: Slugs, slug: &str, times: usize) -> String {
    match (slugs, times) {
        // `_1`, `_2`: one without anything is numbered from the first on.
        (Slugs::PythonMarkdown, _) if slug.is_empty() => format!("_{}", times + 1),
        (_, 0) => slug.to_owned(),
        (Slugs::PythonMarkdown, _) => format!("{slug}_{times}"),
        (Slugs::Mdn, _) => format!("{slug}_{}", times + 1),
        _ => format!("{slug}-{times}"),
    }
}

/// `github-slugger`, `index.js` and `regex.js`: letters, marks, decimal digits and connecting punctuation stay.
fn github(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for char in words.trim().chars() {
        match char {
            ' ' | '-' => slug.push('-'),
            'a'..='z' | '0'..='9' | '_' => slug.push(char),
            'A'..='Z' => slug.push(char.to_ascii_lowercase()),
            '\0'..='\x7f' => {}
            _ if is_letter(char) || is_github_word(char) => slug.extend(char.to_lowercase()),
            _ => {}
        }
    }
    slug
}

fn is_github_word(char: char) -> bool {
    GeneralCategoryGroup::Mark.contains(category(char))
        || matches!(category(char), GeneralCategory::DecimalNumber | GeneralCategory::ConnectorPunctuation)
}

/// Hugo, `markup/goldmark/autoid.go`: letters, digits and `_` stay; marks go, and Hindi vowels with them.
fn goldmark(words: &str) -> String {
    let slug: String = words.trim().chars().filter_map(letter_digit_or_hyphen).flat_map(char::to_lowercase).collect();
    if slug.is_empty() { "heading".to_owned() } else { slug }
}

/// markdig, `LinkHelper.UrilizeAsGfm`, which docfx asks for; it sees halves of what is beyond the basic plane.
fn docfx(words: &str) -> String {
    let basic = words.trim().chars().filter(|char| char.len_utf16() == 1);
    let slug: String = basic.filter_map(letter_digit_or_hyphen).flat_map(char::to_lowercase).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn letter_digit_or_hyphen(char: char) -> Option<char> {
    let is_kept = matches!(char, '_' | '-')
        || GeneralCategoryGroup::Letter.contains(category(char))
        || category(char) == GeneralCategory::DecimalNumber;
    if matches!(char, ' ' | '\t') { Some('-') } else { is_kept.then_some(char) }
}

/// `@mdit-vue/shared`, `slugify.ts`: without accents, runs of ASCII punctuation and blanks as one hyphen.
fn vitepress(words: &str) -> String {
    const SPECIAL: &str = "~`!@#$%^&*()-_+=[]{}|\\;:\"'“”‘’<>,.?/";
    let mut slug = String::with_capacity(words.len());
    for char in decomposed(words).chars() {
        match char {
            '\u{300}'..='\u{36f}' | '\0'..='\u{1f}' => {}
            _ if char.is_whitespace() || SPECIAL.contains(char) => {
                if !slug.ends_with('-') {
                    slug.push('-');
                }
            }
            _ => slug.extend(char.to_lowercase()),
        }
    }
    let slug = slug.trim_matches('-');
    if slug.starts_with(|first: char| first.is_ascii_digit()) { format!("_{slug}") } else { slug.to_owned() }
}

/// Python-Markdown, `markdown/extensions/toc.py`: what is not ASCII without its accents goes, which may be all.
fn python_markdown(words: &str) -> String {
    let ascii = decomposed(words).chars().filter(char::is_ascii).collect::<String>();
    let kept: String = ascii.chars().filter(|char| char.is_ascii_alphanumeric() || "_- \t\n".contains(*char)).collect();
    let mut slug = String::with_capacity(kept.len());
    for char in kept.trim().chars() {
        match char {
            '-' | ' ' | '\t' | '\n' if slug.ends_with('-') => {}
            '-' | ' ' | '\t' | '\n' => slug.push('-'),
            _ => slug.push(char.to_ascii_lowercase()),
        }
    }
    slug
}

/// mdBook, `utils::normalize_id`; later versions fold letter case beyond ASCII too, which is not looked at here.
fn mdbook(words: &str) -> String {
    let kept = words.trim().chars().filter_map(|char| match char {
        _ if char.is_alphanumeric() || matches!(char, '_' | '-') => Some(char),
        _ if char.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}

/// MDN's rari, `anchor.rs`: blanks as underscores, without ASCII punctuation except `-`, `.`, `!` and `*`.
fn mdn(words: &str) -> String {
    const REJECTED: &str = "<>\"$#%&+,/:;=?@[]^`{|}~')(\\";
    let kept = words.trim().chars().filter(|char| !REJECTED.contains(*char));
    let slug: String = kept.map(|char| if char == ' ' { '_' } else { char }).flat_map(char::to_lowercase).collect();
    if slug.is_empty() { "sect1".to_owned() } else { slug }
}

fn decomposed(words: &str) -> Cow<'_, str> {
    const NFKD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();
    NFKD.normalize(words)
}

fn category(char: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_renderer_has_its_own_way() {
        for (slugs, words, fragment) in [
            (Slugs::Github, "What's `new`_x: a - b?", "whats-new_x-a---b"),
            (Slugs::Github, "हिन्दी में Überblick²", "हिन्दी-में-überblick"),
            (Slugs::Goldmark, "हिन्दी Überblick?", "हनद-überblick"),
            (Slugs::Goldmark, "？", "heading"),
            (Slugs::Vitepress, "1. Überblick (the `x_y`)", "_1-uberblick-the-x-y"),
            (Slugs::Vitepress, "概览（一）", "概览-一"),
            (Slugs::Docfx, "C++ & C# — Überblick", "c--c--überblick"),
            (Slugs::PythonMarkdown, "Présentation - générale!", "presentation-generale"),
            (Slugs::PythonMarkdown, "概览", ""),
            (Slugs::Mdbook, "`--passes`: Add more", "--passes-add-more"),
            (Slugs::Mdn, "Using the API (a, b)", "using_the_api_a_b"),
        ] {
            assert_eq!(slug(slugs, words), fragment, "{slugs:?}: {words}");
        }
    }

    #[test]
    fn repeated_headings_are_numbered() {
        for (slugs, slug, fragments) in [
            (Slugs::Github, "a", ["a", "a-1", "a-2"]),
            (Slugs::PythonMarkdown, "a", ["a", "a_1", "a_2"]),
            (Slugs::PythonMarkdown, "", ["_1", "_2", "_3"]),
            (Slugs::Mdn, "a", ["a", "a_2", "a_3"]),
        ] {
            assert_eq!([0, 1, 2].map(|times| numbered(slugs, slug, times)), fragments, "{slugs:?}");
        }
    }
}
