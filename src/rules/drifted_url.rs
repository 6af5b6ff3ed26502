//! `drifted-url`: a link that leads elsewhere than the reference's.

use std::cell::LazyCell;

use foldhash::{HashMap, HashSet};
use serde::Deserialize;

use crate::align::{Bitext, Comparison, LinkPair};
use crate::diagnostic::Applicability;
use crate::document::dialect::Slugs;
use crate::document::slug::Fragments;
use crate::document::{Document, InlineId, Link, LinkForm};
use crate::locale::Locale;
use crate::rule::{Builtin, Check, Finding, Kind, Report, Subject, load};
use crate::source::Span;
use crate::target::{Relation, Target};
use crate::text::{differ_in_numbers, edits};

pub(super) const RULE: Builtin = Builtin {
    id: "drifted-url",
    kind: Kind::Comparative(Subject::Links),
    yaml: include_str!("../../rules/drifted-url.yaml"),
    load: load::<DriftedUrl>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DriftedUrl {}

impl Check for DriftedUrl {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable() else { return };
        let slugs = bitext.site.map_or(&Slugs::ALL[..], |site| site.slugs());
        let of_reference = LazyCell::new(|| Fragments::of(comparison.reference, slugs));
        let mut definitions = HashSet::default();
        // Most pages have no link that drifted.
        let moves = LazyCell::new(|| moves(comparison, bitext));
        let right = LazyCell::new(|| right_definitions(comparison, bitext));
        for pair in &comparison.links {
            let Some((there, here)) = pair.both() else { continue };
            if matches!(pair.relation, Relation::Exact | Relation::Equivalent) {
                continue;
            }
            let Some((theirs, ours)) = links(comparison, bitext, there, here) else { continue };
            let (reference, translation) = (bitext.target(&theirs.destination), bitext.target(&ours.destination));
            // What leads nowhere in the reference is nothing to follow.
            let is_dead = || {
                let is_dead_here = reference.is_fragment_only() && !of_reference.resolves(&reference.fragment);
                is_dead_here || bitext.is_dead(&reference)
            };
            let is_drift = match pair.relation {
                _ if is_dead() => false,
                Relation::Different => {
                    !is_example(&reference.page)
                        && !is_example(&translation.page)
                        && !is_other_form(&reference, &translation)
                        && !is_own_edition(&reference, &translation, bitext.language())
                }
                Relation::SamePage if has_words(&reference.query, &translation.query) => false,
                Relation::SamePage if reference.query != translation.query => true,
                _ => !is_localized_fragment(&reference, &translation),
            };
            if !is_drift {
                continue;
            }
            // What other links of the page share with the reference's is right: this one has the wrong label.
            let is_mislabelled = right.contains(&ours.destination_span);
            let place = if is_mislabelled { bitext.translation.inlines[here].span } else { ours.destination_span };
            // Several links may share one definition.
            if !definitions.insert(place) {
                continue;
            }
            let documents = [comparison.reference, bitext.translation];
            let finding = tell(report, place, [theirs, ours], documents, [&reference, &translation]);
            if moves.get(&hosts(&reference, &translation)).is_some_and(|times| *times >= MOVED) {
                finding.minor();
            }
        }
    }
}

/// The definitions by which some link of the page leads where the reference's does.
fn right_definitions(comparison: &Comparison<'_>, bitext: &Bitext<'_>) -> HashSet<Span> {
    let same = comparison.links.iter().filter(|pair| matches!(pair.relation, Relation::Exact | Relation::Equivalent));
    let definition = |(_, here): (InlineId, InlineId)| {
        let link = bitext.translation.inlines[here].kind.as_link()?;
        (link.form == LinkForm::Reference).then_some(link.destination_span)
    };
    same.filter_map(LinkPair::both).filter_map(definition).collect()
}

/// So many links of one page from one host to one other are no slips: readers of this language are sent there.
const MOVED: usize = 3;

/// How often links of the page lead from a host to another one.
fn moves(comparison: &Comparison<'_>, bitext: &Bitext<'_>) -> HashMap<(String, String), usize> {
    let mut moves = HashMap::default();
    let different = comparison.links.iter().filter(|pair| pair.relation == Relation::Different);
    for (there, here) in different.filter_map(LinkPair::both) {
        let Some((theirs, ours)) = links(comparison, bitext, there, here) else { continue };
        let hosts = hosts(&bitext.target(&theirs.destination), &bitext.target(&ours.destination));
        if hosts.0 != hosts.1 && hosts.1.contains('.') && !hosts.1.starts_with('.') {
            *moves.entry(hosts).or_default() += 1;
        }
    }
    moves
}

fn hosts(reference: &Target, translation: &Target) -> (String, String) {
    let host = |target: &Target| target.page.split('/').next().unwrap_or_default().to_owned();
    (host(reference), host(translation))
}

fn links<'b>(
    comparison: &'b Comparison<'_>,
    bitext: &'b Bitext<'_>,
    there: InlineId,
    here: InlineId,
) -> Option<(&'b Link<'b>, &'b Link<'b>)> {
    let theirs = comparison.reference.inlines[there].kind.as_link()?;
    let ours = bitext.translation.inlines[here].kind.as_link()?;
    Some((theirs, ours))
}

/// An address on the reader's own machine is an example, not a place.
fn is_example(page: &str) -> bool {
    let host = page.split(['/', ':']).next().unwrap_or_default();
    matches!(host, "localhost" | "127.0.0.1" | "0.0.0.0")
}

/// `../tides/1` for `/harbour/tides`, or `/tides.md` for `https://harbour.example.org/docs/tides`: where a site's pages are
/// below is nothing that the two say.
fn is_other_form(reference: &Target, translation: &Target) -> bool {
    let is_relative = |page: &str| page.starts_with("../") || page.starts_with("./");
    let last = reference.page.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let shortest = if reference.page.starts_with('/') { 2 } else { 4 };
    !is_relative(&reference.page)
        && (is_relative(&translation.page) || (translation.is_local() && !reference.is_local()))
        && last.len() > shortest
        && translation.page.split('/').any(|piece| piece.split('.').next() == Some(last))
}

/// The same path on a host that names the reader's language: `v2.cn.example.org`, `example.ru`.
fn is_own_edition(reference: &Target, translation: &Target, language: Option<&str>) -> bool {
    let (Some((theirs, path)), Some((ours, own))) = (reference.page.split_once('/'), translation.page.split_once('/'))
    else {
        return false;
    };
    let names = |host: &str| {
        let mut locales = host.split('.').filter_map(Locale::of_name);
        language.is_some_and(|language| locales.any(|locale| locale.language() == language))
    };
    path == own && theirs.contains('.') && !names(theirs) && names(ours)
}

/// The same parameters, and other words for people in their values.
fn has_words(theirs: &str, ours: &str) -> bool {
    let split = |query: &'_ str| -> Vec<(String, String)> {
        let pair = |one: &str| one.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
        query.split('&').filter_map(pair).collect()
    };
    let is_sentence = |value: &str| value.split(['+', ' ']).count() > 2 || value.matches("%20").count() > 1;
    let (theirs, ours) = (split(theirs), split(ours));
    !theirs.is_empty()
        && theirs.len() == ours.len()
        && theirs.iter().zip(&ours).all(|((a, x), (b, y))| a == b && (x == y || (is_sentence(x) && is_sentence(y))))
}

/// Translated headings have translated fragments. Whether one resolves on a page of the site is `broken-fragment`'s to
/// say; in another language of a page elsewhere it does not show, and a fragment is trusted.
fn is_localized_fragment(reference: &Target, translation: &Target) -> bool {
    let have_both = !reference.fragment.is_empty() && !translation.fragment.is_empty();
    have_both && (translation.is_local() || translation.locale.is_some())
}

fn tell<'r>(
    report: &'r mut Report,
    place: Span,
    [theirs, ours]: [&Link<'_>; 2],
    [reference, translation]: [&Document<'_>; 2],
    [there, here]: [&Target; 2],
) -> &'r mut Finding {
    let to = reference.shown_destination(theirs);
    let message = if ours.destination.is_empty() {
        format!("this link leads nowhere; the reference's leads to `{to}`")
    } else if there.page == here.page && there.query != here.query {
        format!("this link has {}; the reference's has {}", query(here), query(there))
    } else if there.page == here.page {
        format!("this link has {}; the reference's has {}", fragment(here), fragment(there))
    } else {
        format!("this link leads to `{}`; the reference's leads to `{to}`", translation.shown_destination(ours))
    };
    let finding = report.at(place, message);
    finding.label("leads elsewhere").value(format!("{}?{}#{}", here.page, here.query, here.fragment));
    finding.help(format!("link to `{to}`, or to its counterpart in this language"));
    finding.reference(theirs.destination_span, "the reference leads here");
    // In another language the counterpart has another address, and a label is mended where it is used.
    let is_one_address =
        there.locale.is_none() && here.locale.is_none() && !there.is_local() && place == ours.destination_span;
    if is_one_address && there.fragment == here.fragment {
        let is_slip = there.query == here.query
            && edits(&there.page, &here.page, 2).is_some()
            && !differ_in_numbers(&there.page, &here.page);
        let sure = if is_slip { Applicability::Safe } else { Applicability::Unsafe };
        finding.fix(sure, format!("link to `{to}`"), place, reference.source.slice(theirs.destination_span));
    }
    finding
}

fn query(target: &Target) -> String {
    if target.query.is_empty() { "no query".to_owned() } else { format!("the query `?{}`", target.query) }
}

fn fragment(target: &Target) -> String {
    if target.fragment.is_empty() { "no fragment".to_owned() } else { format!("the fragment `#{}`", target.fragment) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_trusted_where_they_cannot_be_looked_up() {
        let facts = crate::target::Facts::default();
        let resolver = crate::target::Resolver::new(&facts, &["fr", "en"], "");
        let trusted = |reference: &str, translation: &str| {
            let (reference, translation) = (resolver.target(reference), resolver.target(translation));
            is_localized_fragment(&reference, &translation)
        };
        assert!(trusted("#here", "#ici"));
        assert!(trusted("/x#here", "/x#la"));
        assert!(trusted("https://a.org/en/x#here", "https://a.org/fr/x#la"));
        assert!(!trusted("https://a.org/x#here", "https://a.org/x#la"));
        assert!(!trusted("/x#here", "/x"));
    }

    #[test]
    fn an_edition_in_the_readers_language_has_the_same_path() {
        let facts = crate::target::Facts::default();
        let resolver = crate::target::Resolver::new(&facts, &["ru", "en"], "");
        let is_own = |reference: &str, translation: &str| {
            is_own_edition(&resolver.target(reference), &resolver.target(translation), Some("ru"))
        };
        assert!(is_own("https://tides.dev/guide/x", "https://tides-docs.ru/guide/x"));
        assert!(!is_own("https://tides.dev/guide/x", "https://tides-docs.ru/guide/y"));
        assert!(!is_own("https://tides.dev/guide/x", "https://tides.org/guide/x"));
        assert!(!is_own("/guide/x", "https://tides-docs.ru/guide/x"));
    }
}
