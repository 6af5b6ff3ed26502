//! Links that are emptied, dropped, led astray or broken.

use std::rc::Rc;

use cognate::align::Unit;
use cognate::document::{Inline, InlineId, InlineKind, Link, LinkForm};
use cognate::target::{Relation, Target};

use super::{Defect, Page, Random, excerpt};

/// A link that the reference has too, alone of its target in its passage on both sides.
struct Place<'a> {
    inline: &'a Inline<'a>,
    link: &'a Link<'a>,
}

fn places<'a>(page: &Page<'a>) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    for (r, t) in page.passages() {
        let theirs: Vec<Rc<Target>> =
            page.reference_inlines(r).iter().filter_map(|inline| target(page, inline)).collect();
        let all: Vec<Rc<Target>> = page.inlines(t).filter_map(|(_, inline)| target(page, inline)).collect();
        for (id, inline) in page.inlines(t) {
            let Some(link) = plain_link(page, id, inline) else { continue };
            let own = page.bitext.target(&link.destination);
            let count = |targets: &[Rc<Target>]| targets.iter().filter(|one| one.identity() == own.identity()).count();
            if count(&theirs) == 1 && count(&all) == 1 && is_paired_inside(page, id, r) {
                places.push(Place { inline, link });
            }
        }
    }
    places
}

fn target(page: &Page<'_>, inline: &Inline<'_>) -> Option<Rc<Target>> {
    inline.kind.destination().map(|destination| page.bitext.target(destination))
}

/// The reference's link stands in the counterpart of the passage, and has words.
fn is_paired_inside(page: &Page<'_>, id: InlineId, home: &Unit) -> bool {
    let is_same = |pair: &&cognate::align::LinkPair| {
        pair.translation == Some(id) && matches!(pair.relation, Relation::Exact | Relation::Equivalent)
    };
    let pair = page.comparison.links.iter().find(is_same).and_then(|pair| pair.reference);
    pair.is_some_and(|theirs| {
        let link = page.reference.inlines[theirs].kind.as_link();
        home.inlines.contains(&theirs) && link.is_some_and(|link| !link.is_empty)
    })
}

/// `[words](destination)` on one line, with nothing but words between the brackets and nothing odd in the destination.
fn plain_link<'a>(page: &Page<'a>, id: InlineId, inline: &'a Inline<'a>) -> Option<&'a Link<'a>> {
    let InlineKind::Link(link) = &inline.kind else { return None };
    let whole = page.slice(inline.span);
    let words = page.slice(link.text_span);
    let is_plain = link.form == LinkForm::Inline
        && !link.is_empty
        && inline.parent.is_none()
        && !page.has_children(id)
        && page.slice(link.destination_span) == link.destination
        && whole.ends_with(')')
        && !whole.contains(['\n', '\\', '<', '{'])
        && whole.matches(['(', ')']).count() == 2
        && !link.destination.starts_with('#')
        && !link.destination.starts_with("mailto:");
    // A URL or an address as the words stays a link without its brackets.
    (is_plain && words.chars().any(char::is_alphabetic) && !words.contains(['.', '@', '[', ']'])).then_some(link)
}

pub(super) fn emptied(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let empty = |place: Place<'_>| {
        Defect::new(place.link.text_span.range(), "", format!("words taken from {}", shown(page, &place)))
    };
    places(page).into_iter().map(empty).collect()
}

pub(super) fn dropped(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let drop = |place: Place<'_>| {
        let what = format!("{} left as words alone", shown(page, &place));
        Defect::new(place.inline.span.range(), page.slice(place.link.text_span), what)
    };
    places(page).into_iter().map(drop).collect()
}

pub(super) fn path_drifted(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    // Between two languages nothing tells one page of these hosts from another.
    let is_named_anew =
        |destination: &str| ["wikipedia.org", "developer.mozilla.org"].iter().any(|host| destination.contains(host));
    drifted(page, |destination| other_path(destination, random).filter(|_| !is_named_anew(destination)))
}

pub(super) fn host_drifted(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    drifted(page, |destination| other_host(destination, random))
}

fn drifted(page: &Page<'_>, mut other: impl FnMut(&str) -> Option<String>) -> Vec<Defect> {
    let drift = |place: Place<'_>| {
        let destination = &place.link.destination;
        let new = other(destination)?;
        let what = format!("{destination} became {new}");
        Some(Defect::new(place.link.destination_span.range(), new, what))
    };
    places(page).into_iter().filter_map(drift).collect()
}

/// The destination with a letter less in a segment of its path, or without one of its folders.
pub(super) fn other_path(destination: &str, random: &mut Random) -> Option<String> {
    let path_start = match destination.find("://") {
        Some(scheme) => scheme + 3 + destination[scheme + 3..].find('/')?,
        None => 0,
    };
    let path_end = destination.find(['?', '#']).unwrap_or(destination.len());
    let path = destination.get(path_start..path_end)?;
    let mut segments: Vec<&str> = path.split('/').collect();
    let named: Vec<usize> = (0..segments.len()).filter(|at| is_name(stem(segments[*at]))).collect();
    let last = *named.last()?;
    let shorter;
    if named.len() > 2 && random.below(3) == 0 {
        segments.remove(named[random.below(named.len() - 1)]);
    } else {
        shorter = without_a_letter(segments[last], stem(segments[last]).len(), random)?;
        segments[last] = &shorter;
    }
    Some(format!("{}{}{}", &destination[..path_start], segments.join("/"), &destination[path_end..]))
}

/// The destination with a letter less in the name of its host.
pub(super) fn other_host(destination: &str, random: &mut Random) -> Option<String> {
    let (scheme, rest) = destination.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let label = rest[..end].split('.').rev().skip(1).max_by_key(|label| label.len()).filter(|label| is_name(label))?;
    let start = rest[..end].find(label)?;
    let shorter = without_a_letter(label, label.len(), random)?;
    Some(format!("{scheme}://{}{shorter}{}", &rest[..start], &rest[start + label.len()..]))
}

/// What stands before the ending of a file's name.
fn stem(segment: &str) -> &str {
    segment.rsplit_once('.').map_or(segment, |(stem, _)| stem)
}

/// A word in Latin letters that is long enough to be misspelt, and no name that pages of a folder have.
fn is_name(text: &str) -> bool {
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    letters >= 5
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && !matches!(text, "index" | "_index" | "readme" | "README")
}

/// One letter of the first `end` bytes less, but not the first one.
pub(super) fn without_a_letter(text: &str, end: usize, random: &mut Random) -> Option<String> {
    let letters: Vec<usize> = text
        .bytes()
        .enumerate()
        .take(end)
        .skip(1)
        .filter(|(_, byte)| byte.is_ascii_alphabetic())
        .map(|(at, _)| at)
        .collect();
    let at = random.pick(&letters)?;
    Some(format!("{}{}", &text[..at], &text[at + 1..]))
}

pub(super) fn broken_by_blank(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let broken = |place: Place<'_>| {
        let at = place.link.text_span.range().end + 1;
        Defect::new(at..at, " ", format!("a blank in {}", shown(page, &place)))
    };
    places(page).into_iter().map(broken).collect()
}

pub(super) fn broken_by_bracket(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let broken = |place: Place<'_>| {
        let words = page.slice(place.link.text_span);
        let rest = &page.text[place.link.text_span.range().end + 2..place.inline.span.range().end - 1];
        let what = format!("full-width brackets in {}", shown(page, &place));
        Defect::new(place.inline.span.range(), format!("[{words}]（{rest}）"), what)
    };
    places(page).into_iter().map(broken).collect()
}

fn shown(page: &Page<'_>, place: &Place<'_>) -> String {
    excerpt(page.slice(place.inline.span))
}

/// Two links of one sentence change places: other languages have other orders of words.
pub(super) fn swapped(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let places = places(page);
    let swap = |pair: &[Place<'_>]| {
        let [a, b] = pair else { return None };
        let between = page.text.get(a.inline.span.range().end..b.inline.span.range().start)?;
        let is_one_sentence = a.inline.block == b.inline.block
            && !between.contains(['.', '!', '?', '。', '！', '？', '|', ':', '<', '{'])
            && !between.contains("\n\n");
        let [first, second] = [a, b].map(|place| page.slice(place.inline.span).to_owned());
        let what = format!("{} and {} changed places", excerpt(&first), excerpt(&second));
        let edits = vec![(a.inline.span.range(), second), (b.inline.span.range(), first)];
        is_one_sentence.then(|| Defect::throughout(edits, what))
    };
    places.windows(2).filter_map(swap).collect()
}
