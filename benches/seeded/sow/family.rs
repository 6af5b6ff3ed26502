//! The families: what is sown, and which rules should see it.

use super::counts::{Blocks, Counts, Inlines};
use super::{Defect, Page, Random};
use super::{blocks, code, edits, links, marks, metadata, tokens};

/// Defects of one kind, or edits of one kind that are none.
pub(crate) struct Family {
    /// Its name in the table.
    pub(crate) name: &'static str,
    /// The rules of which one should tell it, at its place. None for a legitimate edit.
    pub(crate) accepts: &'static [&'static str],
    /// Rules that may tell it at another place of the page.
    pub(crate) elsewhere: &'static [&'static str],
    /// The places of a page, each with its defect.
    pub(super) find: fn(&Page<'_>, &mut Random) -> Vec<Defect>,
    /// Is what the page is made of what should have become of it?
    pub(super) holds: fn(&Counts, &Counts) -> bool,
}

impl Family {
    /// May nothing new be told of it?
    pub(crate) fn is_legitimate(&self) -> bool {
        self.accepts.is_empty()
    }

    const fn new(
        name: &'static str,
        accepts: &'static [&'static str],
        find: fn(&Page<'_>, &mut Random) -> Vec<Defect>,
        holds: fn(&Counts, &Counts) -> bool,
    ) -> Self {
        Self { name, accepts, elsewhere: &[], find, holds }
    }

    const fn or_elsewhere(self, elsewhere: &'static [&'static str]) -> Self {
        Self { elsewhere, ..self }
    }
}

/// Defects first, then edits that are none.
pub(crate) const FAMILIES: &[Family] = &[
    Family::new("link emptied", &["missing-link-text"], links::emptied, |b, a| {
        same_blocks(b, a) && a.inlines == Inlines { empty_links: b.inlines.empty_links + 1, ..b.inlines }
    }),
    Family::new("link dropped", &["missing-link"], links::dropped, a_link_less),
    Family::new("link path drifted", &["drifted-url"], links::path_drifted, same),
    Family::new("link host drifted", &["drifted-url"], links::host_drifted, same),
    Family::new("link broken by a blank", &["malformed-link"], links::broken_by_blank, a_link_less),
    Family::new("link broken by a bracket", &["malformed-link"], links::broken_by_bracket, a_link_less),
    Family::new("heading dropped", &["heading-mismatch"], blocks::heading_dropped, |b, a| {
        a.blocks == Blocks { headings: b.blocks.headings - 1, levels: a.blocks.levels, ..b.blocks }
    }),
    Family::new("heading moved one level", &["heading-mismatch"], blocks::heading_moved, |b, a| {
        a.inlines == b.inlines
            && (a.blocks.levels - b.blocks.levels).abs() == 1
            && a.blocks == Blocks { levels: a.blocks.levels, ..b.blocks }
    }),
    Family::new("item joined", &["list-mismatch"], blocks::item_joined, |b, a| {
        a.inlines == b.inlines
            && a.blocks == Blocks { items: b.blocks.items - 1, paragraphs: b.blocks.paragraphs - 1, ..b.blocks }
    }),
    Family::new("code word changed", &["code-mismatch"], code::word_changed, same),
    Family::new("code number changed", &["code-mismatch"], code::number_changed, same),
    Family::new("code mark changed", &["code-mismatch"], code::mark_changed, same),
    Family::new("code block dropped", &["missing-block", "code-mismatch"], code::dropped, |b, a| {
        a.inlines == b.inlines && a.blocks == Blocks { code: b.blocks.code - 1, ..b.blocks }
    }),
    Family::new("key dropped", &["missing-metadata"], metadata::key_dropped, same),
    Family::new("paragraph dropped", &["missing-block"], blocks::paragraph_dropped, |b, a| {
        a.blocks == Blocks { paragraphs: b.blocks.paragraphs - 1, ..b.blocks }
    }),
    Family::new("paragraph doubled", &["extra-block"], blocks::paragraph_doubled, |b, a| {
        a.blocks == Blocks { paragraphs: b.blocks.paragraphs + 1, ..b.blocks }
    }),
    Family::new("paragraph left", &["untranslated"], blocks::paragraph_left, same_blocks),
    Family::new("inline code changed", &["inline-code-mismatch"], marks::code_changed, same),
    Family::new("row dropped", &["table-mismatch", "missing-block"], blocks::row_dropped, |b, a| {
        a.blocks == Blocks { rows: b.blocks.rows - 1, ..b.blocks }
    }),
    Family::new("emphasis broken", &["broken-emphasis"], marks::emphasis_broken, |b, a| {
        same_blocks(b, a) && a.inlines == Inlines { strong: b.inlines.strong - 1, ..b.inlines }
    }),
    Family::new("id dropped", &["missing-anchor", "broken-fragment"], marks::id_dropped, |b, a| {
        a.inlines.anchors == b.inlines.anchors - 1 && a.blocks.headings == b.blocks.headings
    })
    .or_elsewhere(&["broken-fragment"]),
    Family::new("shortcode broken", &["placeholder-mismatch"], tokens::shortcode_broken, |_, _| true),
    Family::new("alert marker broken", &["placeholder-mismatch"], tokens::alert_translated, |_, _| true),
    Family::new("links of a sentence swapped", &[], links::swapped, same),
    Family::new("paragraph rewrapped", &[], edits::rewrapped, same),
    Family::new("code comment translated", &[], code::comment_translated, same),
    Family::new("word replaced", &[], edits::word_replaced, same),
    Family::new("fences of tildes", &[], code::fences_changed, same),
    Family::new("emphasis by underscores", &[], marks::emphasis_rewritten, same),
    Family::new("list marks of stars", &[], edits::list_marks_changed, same),
];

fn same(before: &Counts, after: &Counts) -> bool {
    before == after
}

fn same_blocks(before: &Counts, after: &Counts) -> bool {
    before.blocks == after.blocks
}

fn a_link_less(before: &Counts, after: &Counts) -> bool {
    same_blocks(before, after) && after.inlines == Inlines { links: before.inlines.links - 1, ..before.inlines }
}
