//! Inline code, emphasis and ids that are changed, broken or lost.

use cognate::align::Unit;
use cognate::document::{BlockKind, Inline, InlineId, InlineKind};

use super::links::without_a_letter;
use super::{Defect, Page, Random, excerpt};

/// Code spans that the reference's passage has too, once on each side.
fn code_spans<'a>(page: &Page<'a>) -> Vec<(&'a Inline<'a>, &'a str)> {
    let code = |inline: &'a Inline<'a>| match &inline.kind {
        InlineKind::Code(code) => Some(code.as_ref()),
        _ => None,
    };
    let mut spans = Vec::new();
    for (r, t) in page.passages() {
        let theirs: Vec<&str> = page.reference_inlines(r).iter().filter_map(code).collect();
        let own: Vec<&str> = page.inlines(t).filter_map(|(_, inline)| code(inline)).collect();
        for (_, inline) in page.inlines(t).filter(|(_, inline)| inline.parent.is_none()) {
            let Some(text) = code(inline) else { continue };
            let count = |all: &[&str]| all.iter().filter(|one| **one == text).count();
            let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
            let is_plain = page.slice(inline.span) == format!("`{text}`");
            if count(&theirs) == 1 && count(&own) == 1 && letters >= 4 && is_plain {
                spans.push((inline, text));
            }
        }
    }
    spans
}

pub(super) fn code_changed(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    let spans = code_spans(page);
    let words: Vec<&str> = spans.iter().map(|(_, text)| *text).collect();
    let mut defects = Vec::new();
    for (inline, text) in &spans {
        let place = inline.span.range();
        let passage = page.slice(page.block(inline.block).span);
        let other = random.pick(&words).filter(|word| !passage.contains(word) && random.below(3) == 0);
        let new = other.map(str::to_owned).or_else(|| without_a_letter(text, text.len(), random));
        if let Some(new) = new {
            let what = format!("`{text}` became `{new}`");
            defects.push(Defect::new(place.start + 1..place.end - 1, new, what));
        }
    }
    defects
}

/// Bold words without anything in them, where the reference's passage has as many.
fn strong<'a>(page: &Page<'a>) -> Vec<&'a Inline<'a>> {
    let count = |inlines: &mut dyn Iterator<Item = &Inline<'_>>| {
        inlines.filter(|inline| matches!(inline.kind, InlineKind::Strong)).count()
    };
    let mut found = Vec::new();
    for (r, t) in page.passages() {
        let theirs = count(&mut page.reference_inlines(r).iter());
        if theirs == count(&mut page.inlines(t).map(|(_, inline)| inline)) {
            found.extend(page.inlines(t).filter(|(id, inline)| is_plain_strong(page, *id, inline)).map(|(_, one)| one));
        }
    }
    found
}

fn is_plain_strong(page: &Page<'_>, id: InlineId, inline: &Inline<'_>) -> bool {
    let text = page.slice(inline.span);
    matches!(inline.kind, InlineKind::Strong)
        && inline.parent.is_none()
        && !page.has_children(id)
        && text.starts_with("**")
        && text.ends_with("**")
        && !text.contains('\n')
}

pub(super) fn emphasis_broken(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    let broken = |inline: &Inline<'_>| {
        let place = inline.span.range();
        let words = excerpt(page.slice(inline.span));
        if random.below(2) == 0 {
            Defect::new(place.start + 2..place.start + 2, " ", format!("a blank behind the first mark of {words}"))
        } else {
            Defect::new(place.end - 2..place.end, "", format!("no closing mark: {words}"))
        }
        .within(place)
    };
    strong(page).into_iter().map(broken).collect()
}

/// An id that the reference has at the same place, with what it is written in.
pub(super) fn id_dropped(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let drop = |r: &Unit, inline: &Inline<'_>| {
        let InlineKind::Anchor(id) = &inline.kind else { return None };
        let is_id = |one: &&Inline<'_>| matches!(&one.kind, InlineKind::Anchor(other) if other == id);
        page.reference_inlines(r).iter().find(is_id)?;
        let place = whole_anchor(page, inline)?;
        let what = format!("lost: {}", &page.text[place.clone()]);
        Some(Defect::new(place, "", what))
    };
    let of_unit = |(_, r, t)| page.inlines(t).filter_map(move |(_, inline)| drop(r, inline)).collect::<Vec<_>>();
    page.matched().flat_map(of_unit).collect()
}

/// ` {#id}`, ` {/*id*/}`, `<a name="id"></a>`: an id with all that is there for its sake.
fn whole_anchor(page: &Page<'_>, inline: &Inline<'_>) -> Option<std::ops::Range<usize>> {
    let id = inline.span.range();
    let block = page.block(inline.block);
    let before = &page.text[block.span.range().start..id.start];
    let after = &page.text[id.end..page.lines(id.clone()).end];
    if let BlockKind::Heading { .. } = block.kind
        && let Some(open) = ["{#", "{/*"].iter().find(|open| before.ends_with(**open))
    {
        let close = if *open == "{#" { "}" } else { "*/}" };
        let end = id.end + after.starts_with(close).then_some(close.len())?;
        return Some(id.start - before.len() + before.strip_suffix(open)?.trim_end().len()..end);
    }
    let start = before.rfind('<')?;
    let tag = &before[start..];
    let is_bare = matches!(tag.trim_end_matches(['"', '\'']), "<a name=" | "<a id=");
    let end = after.find("></a>").filter(|end| after[..*end].chars().all(|char| matches!(char, '"' | '\'' | ' ')))?;
    is_bare.then(|| id.start - tag.len()..id.end + end + "></a>".len())
}

/// `_` for all emphasis with `*`, where both mean the same.
pub(super) fn emphasis_rewritten(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let mut edits = Vec::new();
    for (id, inline) in page.translation.inlines.iter().enumerate() {
        let (text, place) = (page.slice(inline.span), inline.span.range());
        let length = match inline.kind {
            InlineKind::Emphasis => 1,
            InlineKind::Strong => 2,
            _ => continue,
        };
        let mark = "*".repeat(length);
        let is_plain = text.starts_with(&mark) && text.ends_with(&mark) && text.len() > 2 * length;
        let around = [page.text[..place.start].chars().next_back(), page.text[place.end..].chars().next()];
        // Within a word `_` is a letter.
        let is_apart =
            around.iter().all(|char| char.is_none_or(|char| char.is_whitespace() || matches!(char, ',' | '.')));
        if is_plain && is_apart && inline.parent.is_none() && !page.has_children(id) && !text.contains('_') {
            edits.push((place.start..place.start + length, "_".repeat(length)));
            edits.push((place.end - length..place.end, "_".repeat(length)));
        }
    }
    super::edits::throughout(edits, "emphasis by `_`")
}
