//! `image-mismatch`: an image that is lost, another one, or without its description.

use serde::Deserialize;

use super::words::quoted;
use crate::align::{Bitext, Comparison, Passage};
use crate::document::{Document, Inline, InlineId, InlineKind, Link};
use crate::locale::Locale;
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::target::{file_name, file_stem};

pub(super) const RULE: Builtin = Builtin {
    id: "image-mismatch",
    kind: Kind::Comparative(Subject::Links),
    yaml: include_str!("../../rules/image-mismatch.yaml"),
    load: load::<ImageMismatch>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImageMismatch {}

impl Check for ImageMismatch {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable() else { return };
        let has_images =
            |document: &Document<'_>| document.inlines.iter().any(|inline| matches!(inline.kind, InlineKind::Image(_)));
        if !has_images(comparison.reference) && !has_images(bitext.translation) {
            return;
        }
        for passage in comparison.passages() {
            check(passage, comparison, bitext, report);
        }
    }
}

type Image<'d> = (InlineId, &'d Link<'d>);

fn images<'d>(inlines: Vec<(InlineId, &'d Inline<'d>)>) -> Vec<Image<'d>> {
    let image = |(id, inline): (InlineId, &'d Inline<'d>)| match &inline.kind {
        InlineKind::Image(image) => Some((id, image)),
        _ => None,
    };
    inlines.into_iter().filter_map(image).collect()
}

fn check(passage: &Passage, comparison: &Comparison<'_>, bitext: &Bitext<'_>, report: &mut Report) {
    let (reference, translation) = (comparison.reference, bitext.translation);
    let mut theirs = images(passage.of_reference(reference));
    let mut ours = images(passage.of_translation(translation));
    ours.retain(|image| {
        let Some(at) = theirs.iter().position(|other| is_same(&other.1.destination, &image.1.destination)) else {
            return true;
        };
        let there = theirs.remove(at);
        tell_description(there, *image, [reference, translation], report);
        false
    });
    // What stands somewhere on the other page moved there, be it as a line of the site's own syntax.
    theirs.retain(|image| !has_file(translation, &image.1.destination));
    ours.retain(|image| !has_file(reference, &image.1.destination));
    for (at, there) in theirs.iter().enumerate() {
        let shown = &reference.inlines[there.0];
        if let Some(here) = ours.get(at) {
            if names_language(&here.1.destination, bitext.language()) {
                continue;
            }
            let message =
                format!("this image is `{}`; the reference's is `{}`", here.1.destination, there.1.destination);
            let finding = report.at(here.1.destination_span, message);
            finding.label("another image").reference(shown.span, "the reference's image");
            finding.value(here.1.destination.as_ref());
        } else {
            let place = translation.blocks[passage.translation[0].text].span.after();
            let finding = report.at(place, format!("the image `{}` is missing", there.1.destination));
            finding
                .label("should stand here")
                .reference(shown.span, "this image")
                .about(file_name(&there.1.destination));
            finding.help("add it, or a version of it in this language");
        }
    }
}

fn tell_description(
    there: Image<'_>,
    here: Image<'_>,
    [reference, translation]: [&Document<'_>; 2],
    report: &mut Report,
) {
    let words = |document: &Document<'_>, image: Image<'_>| document.source.slice(image.1.text_span).trim().to_owned();
    let (theirs, ours) = (words(reference, there), words(translation, here));
    if !reference.has_prose || theirs.is_empty() || !ours.is_empty() {
        return;
    }
    let finding = report.at(translation.inlines[here.0].span, "this image has no description");
    finding
        .label("nothing between its brackets")
        .reference(reference.inlines[there.0].span, "the reference's description");
    finding.help(format!("translate {} into the brackets", quoted(&theirs)));
}

/// Does an address name the reader's language: `login-ja-2.png`, `img/zh_CN/3f9c.png`? A picture of a program that speaks
/// it.
fn names_language(destination: &str, language: Option<&str>) -> bool {
    let mut pieces = destination.split(|char: char| !char.is_alphanumeric());
    language.is_some_and(|own| {
        pieces.any(|piece| Locale::of_name(piece).is_some_and(|locale| piece.len() < 4 && locale.language() == own))
    })
}

/// One file, or its version in another language, or in another format.
fn is_same(theirs: &str, ours: &str) -> bool {
    theirs == ours || file_stem(theirs).eq_ignore_ascii_case(file_stem(ours))
}

fn has_file(document: &Document<'_>, destination: &str) -> bool {
    let file = file_name(destination);
    file.is_empty() || document.source.file_text().contains(file)
}
