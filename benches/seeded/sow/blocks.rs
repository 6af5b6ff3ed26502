//! Headings, paragraphs, items and rows that are lost, doubled or changed.

use std::ops::Range;

use cognate::align::{Shape, Unit};
use cognate::document::{Block, BlockKind, InlineKind};

use super::{Defect, Page, Random, excerpt};

/// Headings written with `#` that no link of the page leads to, and their levels.
fn headings<'a>(page: &Page<'a>) -> Vec<(&'a Block<'a>, u8)> {
    let fragments =
        || page.translation.inlines.iter().filter_map(|inline| inline.kind.destination()?.strip_prefix('#'));
    let is_free = |unit: &Unit| {
        let ids: Vec<&str> = page.inlines(unit).filter_map(|(_, inline)| id(&inline.kind)).collect();
        // Without an id of its own any fragment may be its slug.
        if ids.is_empty() { fragments().next().is_none() } else { !fragments().any(|one| ids.contains(&one)) }
    };
    let heading = |(_, _, unit): (usize, &Unit, &'a Unit)| match unit.shape {
        Shape::Heading(level) if unit.parent.is_none() && is_free(unit) => Some((page.block(unit.block), level)),
        _ => None,
    };
    let is_marked = |(block, _): &(&Block<'_>, u8)| page.slice(block.span).starts_with('#');
    page.settled().filter_map(heading).filter(is_marked).collect()
}

fn id<'k>(kind: &'k InlineKind<'_>) -> Option<&'k str> {
    if let InlineKind::Anchor(id) = kind { Some(id) } else { None }
}

pub(super) fn heading_dropped(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    headings(page).into_iter().map(|(block, _)| dropped(page, block)).collect()
}

pub(super) fn heading_moved(page: &Page<'_>, random: &mut Random) -> Vec<Defect> {
    let moved = |(block, level): (&Block<'_>, u8)| {
        let start = block.span.range().start;
        let is_deeper = level == 1 || (level < 6 && random.below(2) == 0);
        let new = if is_deeper { level + 1 } else { level - 1 };
        let what = format!("level {level} became {new}: {}", excerpt(page.slice(block.span)));
        Defect::new(start..start + usize::from(level), "#".repeat(usize::from(new)), what)
    };
    headings(page).into_iter().map(moved).collect()
}

pub(super) fn paragraph_dropped(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    page.paragraphs().map(|(_, t)| dropped(page, page.block(t.block))).collect()
}

/// A block that is not there; what stands around it stays apart.
pub(super) fn dropped(page: &Page<'_>, block: &Block<'_>) -> Defect {
    let place = block.span.range();
    let what = format!("lost: {}", excerpt(page.slice(block.span)));
    let reach = page.gap(&place);
    Defect::new(place, "", what).within(reach)
}

pub(super) fn paragraph_doubled(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let is_free = |unit: &Unit| page.inlines(unit).all(|(_, inline)| id(&inline.kind).is_none());
    let double = |(_, t): (&Unit, &Unit)| {
        let (place, words) = (page.block(t.block).span.range(), page.slice(page.block(t.block).span));
        let what = format!("twice: {}", excerpt(words));
        Defect::new(place.end..place.end, format!("\n\n{words}"), what).within(place)
    };
    page.paragraphs().filter(|(_, t)| is_free(t)).map(double).collect()
}

pub(super) fn paragraph_left(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    if page.locale.starts_with("en") {
        return Vec::new();
    }
    let leave = |(r, t): (&Unit, &Unit)| {
        let words = page.reference.source.slice(page.reference.blocks[r.block].span);
        let place = page.block(t.block).span;
        let is_prose = page.reference_inlines(r).iter().chain(page.inlines(t).map(|(_, inline)| inline)).all(is_words);
        let is_long = words.split_whitespace().filter(|word| word.chars().all(is_of_a_word)).count() >= 8;
        // What already stands there in both languages is nothing to leave.
        let is_other = page.slice(place) != words && !page.text.contains(words);
        let what = format!("not translated: {}", excerpt(words));
        (is_prose && is_long && is_other && !words.contains(['<', '{']))
            .then(|| Defect::new(place.range(), words, what))
    };
    page.paragraphs().filter_map(leave).collect()
}

fn is_words(inline: &cognate::document::Inline<'_>) -> bool {
    matches!(inline.kind, InlineKind::Emphasis | InlineKind::Strong | InlineKind::Code(_))
}

fn is_of_a_word(char: char) -> bool {
    char.is_alphabetic() || matches!(char, ',' | '.' | '\'' | '’' | '-' | ';' | ':')
}

/// The mark of an item is lost, so that it runs on from the item before.
pub(super) fn item_joined(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let blocks = &page.translation.blocks;
    // Item, paragraph, item, paragraph: nothing else is in the two.
    let is_simple = |item: usize| {
        blocks.get(item + 1).is_some_and(|first| first.kind == BlockKind::Paragraph && first.parent == Some(item))
            && blocks.get(item + 2).is_none_or(|next| next.parent != Some(item))
    };
    let join = |(_, _, t): (usize, &Unit, &Unit)| {
        let (item, before) = (t.block, t.block.checked_sub(2)?);
        let is_item = |block: usize| matches!(blocks[block].kind, BlockKind::Item { .. });
        let is_next = is_item(item) && is_item(before) && blocks[before].parent == blocks[item].parent;
        let place = blocks[item].span.range().start..blocks.get(item + 1)?.span.range().start;
        let gap = page.text.get(blocks[before].span.range().end..place.start)?;
        let is_tight = gap.trim().is_empty() && gap.matches('\n').count() == 1;
        let is_mark = !page.text.get(place.clone())?.contains(['\n', '[']);
        let what = format!("no mark before: {}", excerpt(page.slice(blocks[item + 1].span)));
        // The two are one now: either may be said to be lost.
        let reach = blocks[before].span.range().start..blocks[item].span.range().end;
        let is_sound = is_next && is_simple(item) && is_simple(before) && is_tight && is_mark;
        is_sound.then(|| Defect::new(place, "", what).within(reach))
    };
    page.settled().filter_map(join).collect()
}

pub(super) fn row_dropped(page: &Page<'_>, _: &mut Random) -> Vec<Defect> {
    let is_first = |unit: &Unit| unit.parent == unit.block.checked_sub(1);
    let drop = |(_, _, t): (usize, &Unit, &Unit)| {
        let span = page.block(t.block).span;
        let what = format!("lost: {}", excerpt(page.slice(span)));
        let place: Range<usize> = page.lines(span.range());
        let reach = page.gap(&place);
        (t.shape == Shape::Row && !is_first(t)).then(|| Defect::new(place, "", what).within(reach))
    };
    page.settled().filter_map(drop).collect()
}
