//! `malformed-link`: what was meant as a link and is shown as text.

use std::cell::LazyCell;

use foldhash::HashSet;
use serde::Deserialize;

use super::labels::{Undefined, undefined};
use crate::align::Bitext;
use crate::diagnostic::Applicability;
use crate::document::{Document, Flaw, Inline, InlineId, InlineKind, Malformed, Stray};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;
use crate::target::file_name;

pub(super) const RULE: Builtin = Builtin {
    id: "malformed-link",
    kind: Kind::Absolute(Subject::Links),
    yaml: include_str!("../../rules/malformed-link.yaml"),
    load: load::<MalformedLink>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MalformedLink {}

impl Check for MalformedLink {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let document = bitext.translation;
        run_on(bitext, report);
        pictures(bitext, report);
        without_definition(bitext, report);
        let theirs = LazyCell::new(|| bitext.comparison.as_ref().map(|it| spoilt(it.reference)).unwrap_or_default());
        for (id, inline) in document.inlines.iter().enumerate() {
            let InlineKind::Malformed(malformed) = &inline.kind else { continue };
            if is_inside_another(document, id) {
                continue;
            }
            let (message, help) = words(malformed);
            let finding = report.at(inline.span, message);
            finding.label("shown as text").help(help);
            if let Some(text) = mended(malformed.flaw, document.source.slice(inline.span), &malformed.destination) {
                finding.fix(Applicability::Safe, "write it as a link", inline.span, text);
            }
            if let Some((comparison, there)) = bitext.comparison.as_ref().zip(bitext.reference_link(id)) {
                finding.reference(comparison.reference.inlines[there].span, "the reference's link");
            }
            finding.in_reference_too(theirs.contains(&(malformed.flaw, &*malformed.destination)));
        }
    }

    fn is_excused_by_others(&self) -> bool {
        true
    }
}

/// `! [text](picture.png)`: a link, behind a mark of the sentence.
fn pictures(bitext: &Bitext<'_>, report: &mut Report) {
    let document = bitext.translation;
    let is_theirs = |id: InlineId| {
        let there = bitext.reference_link(id).zip(bitext.comparison.as_ref());
        there.is_some_and(|(there, comparison)| is_broken_picture(comparison.reference, there))
    };
    for (id, inline) in document.inlines.iter().enumerate().filter(|(id, _)| is_broken_picture(document, *id)) {
        let finding = report.at(inline.span, "a blank stands between `!` and the picture: it is shown as a link");
        finding.label("meant as a picture").help("take the blank out").in_reference_too(is_theirs(id));
        let before = &document.source.text()[..inline.span.start as usize];
        let blank = Span::new(before.trim_end_matches(' ').len()..before.len());
        let finding = report.findings.last_mut();
        if let Some(finding) = finding.filter(|_| before.trim_end_matches(' ').ends_with('!')) {
            finding.fix(Applicability::Safe, "take the blank out", blank, "");
        }
    }
}

/// `[text][label]` whose label is defined under another name, or not at all.
fn without_definition(bitext: &Bitext<'_>, report: &mut Report) {
    let Some(reference) = bitext.source_document() else { return };
    for Undefined { place, there } in undefined(bitext) {
        let written = bitext.translation.source.slice(place);
        let label = written.rsplit('[').next().unwrap_or_default().trim_end_matches(']');
        let finding = report.at(place, format!("the label `{label}` of this link is defined nowhere on the page"));
        finding.label("shown as it is written").reference(reference.inlines[there].span, "the reference's link");
        let to = reference.inlines[there].kind.destination().unwrap_or_default();
        finding.help(format!("call the definition `[{label}]: {to}`, as the reference does"));
    }
}

/// A link to a picture behind `!` and a blank.
pub(super) fn is_broken_picture(document: &Document<'_>, id: InlineId) -> bool {
    let inline = &document.inlines[id];
    let Some(link) = inline.kind.as_link() else { return false };
    let before = &document.source.text()[..inline.span.start as usize];
    let mark = before.trim_end_matches(' ');
    let ending = || file_name(&link.destination).rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    mark.len() < before.len()
        && mark.strip_suffix(['!', '！']).is_some_and(|rest| rest.is_empty() || rest.ends_with(char::is_whitespace))
        && matches!(ending().as_str(), "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp")
}

/// Bare URLs that the sentence runs into: GitHub and others end a URL at white space alone.
fn run_on(bitext: &Bitext<'_>, report: &mut Report) {
    let runs_on = |document: &Document<'_>| {
        let strays =
            document.inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Stray(Stray::UrlRunsOn)));
        strays.map(|inline| inline.span).collect::<Vec<_>>()
    };
    let document = bitext.translation;
    let is_theirs = LazyCell::new(|| bitext.source_document().is_some_and(|reference| !runs_on(reference).is_empty()));
    for span in runs_on(document) {
        let char = document.source.slice(span);
        if !char.starts_with(|char: char| char.is_alphanumeric() || "。，、；：！？）」』】》".contains(char))
        {
            continue;
        }
        let finding = report.at(span, format!("no blank ends the URL before `{char}`"));
        finding.label("taken for a part of the URL").help("put a blank behind the URL, or write it in `<` and `>`");
        finding.in_reference_too(*is_theirs);
    }
}

/// The link as it was meant, where nothing but signs and blanks keeps it from being one.
fn mended(flaw: Flaw, written: &str, destination: &str) -> Option<String> {
    let text = written.strip_prefix('[')?;
    let text = &text[..text.find(']')?];
    let is_plain = |text: &str| !text.is_empty() && !text.contains(['[', ']', '\n', '\\']);
    let can_be_told =
        matches!(flaw, Flaw::SpaceBeforeDestination | Flaw::FullWidthParenthesis | Flaw::DoubledParenthesis)
            && written.ends_with([')', '）'])
            && is_plain(text)
            && !destination.contains(['(', ')', ' ', '（', '）']);
    can_be_told.then(|| format!("[{text}]({destination})"))
}

/// How many inlines around one are looked at, to either side.
const NEAR: usize = 64;

/// One spoiled link around another is one cause.
fn is_inside_another(document: &Document<'_>, id: InlineId) -> bool {
    let inline = &document.inlines[id];
    // Those of a block follow each other.
    let near = id.saturating_sub(NEAR)..document.inlines.len().min(id + NEAR + 1);
    let siblings = document.inlines[near].iter().filter(|other| other.block == inline.block);
    siblings.filter(|other| matches!(other.kind, InlineKind::Malformed(_))).any(|other| {
        other.span != inline.span && (other.span.contains(inline.span) || overlaps_after(other.span, inline.span))
    })
}

/// `[[a](b)](c)`: the outer link starts at the inner one's bracket and ends later.
fn overlaps_after(outer: crate::source::Span, inner: crate::source::Span) -> bool {
    outer.start < inner.end && outer.end > inner.end
}

/// What is wrong with links of a document, and where they should lead.
fn spoilt<'d>(document: &'d Document<'_>) -> HashSet<(Flaw, &'d str)> {
    let of_inline = |inline: &'d Inline<'_>| match &inline.kind {
        InlineKind::Malformed(one) => Some((one.flaw, &*one.destination)),
        InlineKind::Link(link) => Some((Flaw::TargetIsProse, &*link.destination)),
        _ => None,
    };
    document.inlines.iter().filter_map(of_inline).collect()
}

fn words(malformed: &Malformed<'_>) -> (String, String) {
    let to = &malformed.destination;
    let (what, help) = match malformed.flaw {
        Flaw::SpaceBeforeDestination => ("a blank stands before its `(`", "write `](` without a blank"),
        Flaw::FullWidthParenthesis => ("its parentheses are full-width", "write `(` and `)`"),
        Flaw::DoubledParenthesis => ("its `(` is doubled", "write one `(`"),
        Flaw::EscapedBracket => {
            ("a backslash before its `]` makes that a letter", "take the backslash out, or move it behind the link")
        }
        Flaw::MissingParenthesis => ("its `)` is missing", "close it with `)`"),
        Flaw::BlankInDestination => {
            ("its destination has a blank in it", "write `%20`, or put the destination in `<` and `>`")
        }
        Flaw::UnpairedBracket => {
            ("its brackets do not pair", "give it one `[` and one `]`; write brackets in its text as `\\[` and `\\]`")
        }
        Flaw::TargetIsProse => {
            return (
                format!("the link leads to the words “{to}”, which are no place"),
                "write the words outside of the link, or escape the brackets".to_owned(),
            );
        }
    };
    (format!("the link to `{to}` is not a link: {what}"), help.to_owned())
}
