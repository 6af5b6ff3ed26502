//! Attributes of components that are names: `<Aside type="caution">`.

use std::sync::LazyLock;

use foldhash::HashMap;
use regex::Regex;

use crate::document::{Block, BlockKind, Document};
use crate::rule::Report;
use crate::source::Span;

/// The opening tag of a component, up to its end.
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"<([A-Z][A-Za-z0-9.]*)((?:\s+[A-Za-z-]+(?:=(?:"[^"\n]*"|'[^'\n]*'|\{[^{}\n]*\}))?)+)\s*/?>"#).ok()
});

/// An attribute with a quoted value.
static ATTRIBUTE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"([A-Za-z-]+)=(?:"([^"]*)"|'([^']*)')"#).ok());

/// The value of an attribute, and where it stands.
type Value<'d> = (&'d str, Span);

/// Tells the values of `names` that are other ones than those of the same component in the reference. Where the two sides have a
/// component more or less often, nobody knows which is which.
pub(super) fn compare(names: &[String], [reference, translation]: [&Document<'_>; 2], report: &mut Report) {
    let theirs = values(names, reference);
    if theirs.is_empty() {
        return;
    }
    let ours = values(names, translation);
    let mut found = Vec::new();
    for (key, there) in &theirs {
        let Some(here) = ours.get(key).filter(|here| here.len() == there.len()) else { continue };
        let is_moved = sorted(there) == sorted(here);
        let pairs =
            there.iter().zip(here).filter(|(theirs, ours)| is_name(theirs.0) && !theirs.0.eq_ignore_ascii_case(ours.0));
        found.extend(pairs.filter(|_| !is_moved).map(|(theirs, ours)| (*key, *theirs, *ours)));
    }
    found.sort_unstable_by_key(|(_, _, (_, here))| *here);
    for ((component, name), (value, there), (own, here)) in found {
        let finding = report.at(here, format!("`{name}` of `{component}` is `{own}`; the reference has `{value}`"));
        finding.label("another value").reference(there, "the reference's value").value(own);
        finding.help(format!("write `{value}`: it is no text"));
    }
}

/// By component and attribute, the values in the order of the page.
fn values<'d>(names: &[String], document: &'d Document<'_>) -> HashMap<(&'d str, &'d str), Vec<Value<'d>>> {
    let mut values: HashMap<(&str, &str), Vec<Value<'_>>> = HashMap::default();
    let text = document.source.shown_text();
    let (Some(tag), Some(attribute)) = (TAG.as_ref(), ATTRIBUTE.as_ref()) else { return values };
    if memchr::memmem::find(text.as_bytes(), b"=\"").is_none() && memchr::memmem::find(text.as_bytes(), b"='").is_none()
    {
        return values;
    }
    let is_code = |block: &&Block<'_>| matches!(block.kind, BlockKind::Code { .. });
    let code: Vec<Span> = document.blocks.iter().filter(is_code).map(|block| block.span).collect();
    for found in tag.captures_iter(text) {
        let (Some(component), Some(attributes)) = (found.get(1), found.get(2)) else { continue };
        let place = Span::at(component.start());
        // Code blocks stand in the order of the page.
        let before = code.partition_point(|code| code.start <= place.start);
        if code[..before].last().is_some_and(|code| code.contains(place)) {
            continue;
        }
        for one in attribute.captures_iter(attributes.as_str()) {
            let (Some(name), Some(value)) = (one.get(1), one.get(2).or_else(|| one.get(3))) else { continue };
            if names.iter().any(|known| known == name.as_str()) {
                let start = attributes.start() + value.start();
                let place = Span::new(start..start + value.len());
                values.entry((component.as_str(), name.as_str())).or_default().push((value.as_str(), place));
            }
        }
    }
    values
}

/// A name in ASCII, rather than words for people.
fn is_name(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn sorted<'d>(values: &[Value<'d>]) -> Vec<&'d str> {
    let mut sorted: Vec<&str> = values.iter().map(|(value, _)| *value).collect();
    sorted.sort_unstable();
    sorted
}
