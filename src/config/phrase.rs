//! What serde says of a wrong value, in words for those who write configurations.

use super::error::Mistake;
use super::file::ConfigFile;
use super::nearest::did_you_mean;
use super::path::{KeyPath, Step};

/// What serde calls types, and what they are called here.
const TYPES: &[(&str, &str)] = &[
    ("unit value", "nothing"),
    ("a sequence", "a list"),
    ("sequence", "a list"),
    ("a map", "a mapping"),
    ("map", "a mapping"),
    ("a string", "a text"),
    ("path string", "a path"),
    ("a boolean", "`true` or `false`"),
];

/// What is to be written, by a word of what is missing or expected.
const WANTED: &[(&str, &str)] = &[
    ("translation", "write `translation: \"content/{locale}/{path}\"`"),
    ("id", "write `id:` and a name for the problem, such as `old-product-name`"),
    ("check", "write `check:` and the rule whose check it runs, such as `forbidden-text`"),
    ("summary", "write `summary:` and what it finds, in one line"),
    ("off", "write error, warning, info or off"),
];

/// What is longer than this, in bytes, is no label.
const LONG: usize = 30;

/// Puts serde's words about a value into a mistake at its place.
pub(super) fn mistake(file: &ConfigFile, path: &KeyPath, words: &str) -> Mistake {
    let names: Vec<&str> = words.split('`').skip(1).step_by(2).collect();
    let (first, known) = names.split_first().map_or(("", &[][..]), |(first, known)| (*first, known));
    if words.starts_with("unknown field") {
        return unknown_key(file, path, first, known);
    }
    if words.starts_with("missing field") {
        return missing_key(file, path, first);
    }
    if words.starts_with("unknown variant") {
        return unknown_word(file, path, first, known);
    }
    match words.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected ")) {
        Some((found, expected)) => wrong_type(file, path, found, expected),
        None => Mistake::new(file.value_span(path), format!("`{path}`: {words}"), "here"),
    }
}

fn unknown_key(file: &ConfigFile, path: &KeyPath, key: &str, known: &[&str]) -> Mistake {
    let message = match path.parent().filter(|parent| !parent.steps().is_empty()) {
        Some(parent) => format!("`{parent}` has no key `{key}`"),
        None => format!("there is no key `{key}`"),
    };
    let help = if known.is_empty() { "remove it; no key is known here".to_owned() } else { did_you_mean(key, known) };
    Mistake::new(file.key_span(path), message, "unknown key").help(help)
}

fn missing_key(file: &ConfigFile, path: &KeyPath, key: &str) -> Mistake {
    // A layout's `translation` is a pattern, an example's a text.
    let is_example = path.steps().contains(&Step::Key("examples".to_owned()));
    let help = WANTED.iter().find(|(word, _)| *word == key && !is_example).map(|(_, help)| (*help).to_owned());
    let lacking = if path.steps().is_empty() { file.noun().to_owned() } else { format!("`{path}`") };
    let mistake =
        Mistake::new(file.value_span(path), format!("{lacking} lacks `{key}`"), format!("`{key}` is missing"));
    mistake.help(help.unwrap_or_else(|| format!("add `{key}:` to it")))
}

fn unknown_word(file: &ConfigFile, path: &KeyPath, word: &str, known: &[&str]) -> Mistake {
    let noun = noun(known);
    // A key may be the word that is not known, rather than its value.
    let is_key = matches!(path.steps().last(), Some(Step::Key(key)) if key == word);
    let span = if is_key { file.key_span(path) } else { file.value_span(path) };
    let mistake = Mistake::new(span, format!("`{path}`: `{word}` is no {noun}"), format!("no {noun}"));
    mistake.help(did_you_mean(word, known))
}

fn wrong_type(file: &ConfigFile, path: &KeyPath, found: &str, expected: &str) -> Mistake {
    let (found, expected) = (value(found), kind(expected));
    let name = if path.steps().is_empty() { file.noun().to_owned() } else { format!("`{path}`") };
    let label = if expected.len() > LONG { "wrong type".to_owned() } else { format!("expected {expected}") };
    let mistake = Mistake::new(file.value_span(path), format!("{name} must be {expected}, not {found}"), label);
    match (found.as_str(), expected.as_str()) {
        ("nothing", _) => mistake.help(format!("write {expected}, or remove the key")),
        (_, "a list") => mistake.help("write `[one, another]`, or a line with `- ` for each"),
        (found, "a text" | "a path") if found.starts_with('`') => mistake.help("put it in quotes"),
        (_, "a text") => mistake.help("write it behind the colon, in quotes where it has signs in it"),
        (_, "a mapping") => mistake.help("write `key: value`, indented, or `{ key: value }`"),
        (_, expected) => match WANTED.iter().find(|(word, _)| expected.contains(word)) {
            Some((_, help)) => mistake.help(*help),
            None => mistake,
        },
    }
}

/// What a set of words is a choice of.
fn noun(known: &[&str]) -> &'static str {
    if known.contains(&"error") {
        "severity"
    } else if known.contains(&"outdated") {
        "origin"
    } else {
        "word known here"
    }
}

/// `string "x"` as `` `x` ``, `sequence` as `a list`.
fn value(found: &str) -> String {
    if let Some(text) = found.strip_prefix("string ") {
        return format!("`{}`", text.trim_matches('"'));
    }
    if let Some((_, rest)) = found.split_once('`') {
        return format!("`{rest}");
    }
    kind(found)
}

fn kind(expected: &str) -> String {
    if expected.starts_with("struct ") {
        return "a mapping".to_owned();
    }
    let named = TYPES.iter().find(|(name, _)| *name == expected);
    named.map_or(expected, |(_, told)| told).to_owned()
}
