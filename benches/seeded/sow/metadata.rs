//! Keys of the front matter that get lost.

use cognate::document::metadata::{Entry, ValueKind};
use cognate::rules::BUILTINS;

use super::{Defect, Page, Random, excerpt};

/// A key with one value that the reference has as well, and that translations are expected to keep.
pub(super) fn key_dropped(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let (Some(theirs), Some(own)) = (&page.reference.metadata, &page.translation.metadata) else { return Vec::new() };
    if theirs.error.is_some() || own.error.is_some() {
        return Vec::new();
    }
    let optional = optional();
    let is_equal = |entry: &&Entry<'_>| theirs.get(&entry.key).is_some_and(|one| one.value.same(&entry.value));
    let drop = |entry: &Entry<'_>| {
        let place = page.lines(entry.key_span.range().start..entry.value.span.range().end);
        let is_scalar = matches!(entry.value.kind, ValueKind::Scalar(_)) && !entry.value.is_empty();
        let is_line = page.before_in_line(entry.key_span.range().start).is_empty()
            && page.text[place.clone()].matches('\n').count() == 1;
        let is_expected = !optional.iter().any(|pattern| matches(pattern, &entry.key));
        let what = format!("lost: {}", excerpt(&page.text[place.clone()]));
        // Keys have no order: the gap may be shown anywhere among them.
        (is_scalar && is_line && is_expected).then(|| Defect::new(place, "", what).within(own.span.range()))
    };
    own.entries.iter().filter(is_equal).filter_map(drop).collect()
}

/// Keys that the rule lets translations lack: losing one is no defect.
fn optional() -> Vec<String> {
    let rule = BUILTINS.iter().find(|builtin| builtin.id == "missing-metadata");
    let options = rule.and_then(|rule| rule.declaration().ok()).map(|declaration| declaration.options);
    let listed = options.and_then(|options| options.get("optional").cloned());
    listed.and_then(|listed| serde_yaml::from_value(listed).ok()).unwrap_or_default()
}

fn matches(pattern: &str, key: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => key.starts_with(start),
        None => key == pattern,
    }
}
