//! Shortcodes and alerts whose names or braces are broken.

use std::sync::LazyLock;

use regex::{Captures, Match, Regex};

use super::links::without_a_letter;
use super::page::is_in_comment;
use super::{Defect, Page, Random};

static CALL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{\{[<%]\s*/?\s*([\w-]+)[^{}]*?[>%]\}\}").ok());
static ALERT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(?:(?:> ?)+\[!([A-Z]+)\]|:::[ \t]*(note|tip|info|warning|danger|caution|details)\b)").ok()
});

/// What a pattern finds in the translation outside of code and comments, where both sides have as many of that name.
fn places<'t>(page: &Page<'t>, pattern: &'static LazyLock<Option<Regex>>) -> Vec<(Match<'t>, Match<'t>)> {
    let Some(pattern) = pattern.as_ref() else { return Vec::new() };
    let theirs = page.reference.source.file_text();
    let shown = |text: &str, name: &str| {
        let is_it = |found: &Captures<'_>| matches!(named(found), Some((whole, it)) if it.as_str() == name && !is_in_comment(text, whole.start()));
        pattern.captures_iter(text).filter(is_it).count()
    };
    let all = pattern.captures_iter(page.text).filter_map(|found| named(&found));
    all.filter(|(whole, name)| {
        !page.is_hidden(name.start())
            && !page.before_in_line(whole.start()).ends_with(['(', '/', '"'])
            && shown(page.text, name.as_str()) == shown(theirs, name.as_str())
    })
    .collect()
}

/// The whole of a token, and its name.
fn named<'t>(found: &Captures<'t>) -> Option<(Match<'t>, Match<'t>)> {
    Some((found.get(0)?, found.get(1).or_else(|| found.get(2))?))
}

pub(super) fn shortcode_broken(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    let broken = |(whole, name): (Match<'_>, Match<'_>)| {
        let reach = name.range();
        Some(match random.below(3) {
            0 => Defect::new(whole.start()..whole.start() + 1, "", format!("one brace before {}", whole.as_str())),
            1 => Defect::new(whole.end() - 1..whole.end(), "", format!("one brace behind {}", whole.as_str()))
                .within(reach),
            _ => {
                let new = without_a_letter(name.as_str(), name.len(), random)?;
                Defect::new(name.range(), &*new, format!("{} became {new}", name.as_str()))
            }
        })
    };
    places(page, &CALL).into_iter().filter_map(broken).collect()
}

pub(super) fn alert_translated(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let translate = |(_, name): (Match<'_>, Match<'_>)| {
        let new = match name.as_str() {
            "note" => "nota",
            "tip" => "astuce",
            "info" => "infos",
            "warning" => "advertencia",
            "danger" => "peligro",
            "caution" => "precaución",
            "details" => "détails",
            "NOTE" => "NOTA",
            "TIP" => "ASTUCE",
            "IMPORTANT" => "WICHTIG",
            "WARNING" => "AVISO",
            "CAUTION" => "VORSICHT",
            _ => return None,
        };
        Some(Defect::new(name.range(), new, format!("{} became {new}", name.as_str())))
    };
    places(page, &ALERT).into_iter().filter_map(translate).collect()
}
