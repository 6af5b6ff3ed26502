//! `stale-host`: a link to a host that was retired.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Bound;

use foldhash::HashSet;
use serde::Deserialize;

use crate::align::Bitext;
use crate::diagnostic::Applicability;
use crate::document::{Document, InlineId, InlineKind};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;
use crate::target::Relation;

pub(super) const RULE: Builtin = Builtin {
    id: "stale-host",
    kind: Kind::Absolute(Subject::Links),
    yaml: include_str!("../../rules/stale-host.yaml"),
    load: load::<StaleHost>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StaleHost {
    /// By retired host; `*.x` stands for every subdomain of `x`.
    hosts: BTreeMap<String, Replacement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Replacement {
    /// The host that took over; none where the service ended.
    by: Option<String>,
    /// Every path is found on the new host as it was.
    #[serde(default)]
    same_paths: bool,
}

impl Check for StaleHost {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let document = bitext.translation;
        let drifted = LazyCell::new(|| drifted(bitext));
        for id in 0..document.inlines.len() {
            let Some((host, replacement)) = self.stale(document, id) else { continue };
            // Where the link should lead elsewhere altogether, that says it.
            if drifted.contains(&id) {
                continue;
            }
            let name = document.source.slice(host);
            let message = match &replacement.by {
                Some(by) => format!("`{name}` was retired in favour of `{by}`"),
                None => format!("`{name}` was retired"),
            };
            let finding = report.at(host, message);
            finding.label("retired host");
            if let Some((comparison, there)) = bitext.comparison.as_ref().zip(bitext.reference_link(id)) {
                let reference = comparison.reference;
                finding.in_reference_too(self.stale(reference, there).is_some());
                if let Some(place) = destination_span(reference, there) {
                    finding.reference(place, "the reference's link");
                }
            }
            if let (Some(by), true) = (&replacement.by, replacement.same_paths) {
                finding.help(format!("write `{by}` instead of `{name}`, or the path alone where the site allows it"));
                finding.fix(Applicability::Safe, format!("replace `{name}` by `{by}`"), host, by.as_str());
            }
        }
    }

    fn is_excused_by_others(&self) -> bool {
        true
    }
}

impl StaleHost {
    /// The host of a link where it is retired, and what took over.
    fn stale(&self, document: &Document<'_>, id: InlineId) -> Option<(Span, &Replacement)> {
        let written = destination_span(document, id)?;
        let text = document.source.slice(written);
        if !text.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http")) {
            return None;
        }
        let is_scheme_end = |at: &usize| text[*at..].starts_with("://");
        let start = memchr::memchr_iter(b':', text.as_bytes()).find(is_scheme_end)? + 3;
        let length = text[start..].bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#' | b':'));
        let length = length.unwrap_or(text.len() - start);
        let host = lowercase(&text[start..start + length]);
        let host = host.strip_prefix("www.").unwrap_or(&host);
        let of_subdomain = || {
            // In their order, these are all that start with `*.`.
            let patterns = self.hosts.range::<str, _>((Bound::Included("*."), Bound::Excluded("*/")));
            patterns.into_iter().find(|(pattern, _)| host.ends_with(&pattern[1..])).map(|(_, replacement)| replacement)
        };
        let replacement = self.hosts.get(host).or_else(of_subdomain)?;
        let at = written.start as usize + start;
        Some((Span::new(at..at + length), replacement))
    }
}

fn lowercase(host: &str) -> Cow<'_, str> {
    let is_lower = !host.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(host) } else { Cow::Owned(host.to_ascii_lowercase()) }
}

fn destination_span(document: &Document<'_>, id: InlineId) -> Option<Span> {
    match &document.inlines[id].kind {
        InlineKind::Link(link) | InlineKind::Image(link) => Some(link.destination_span),
        _ => None,
    }
}

/// The links that should lead elsewhere altogether.
fn drifted(bitext: &Bitext<'_>) -> HashSet<InlineId> {
    let links = bitext.comparison.iter().flat_map(|comparison| &comparison.links);
    let drifted = links.filter(|pair| pair.reference.is_some() && pair.relation == Relation::Different);
    drifted.filter_map(|pair| pair.translation).collect()
}
