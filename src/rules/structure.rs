//! What the rules about structure share: telling one difference.

use super::words;
use crate::align::{Bitext, Comparison, Concern, Container, Difference, Unit};
use crate::document::{BlockId, BlockKind, Document, InlineKind};
use crate::rule::Report;
use crate::source::Span;

/// Which differences a rule tells.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Sense {
    /// What the reference has and the translation lost.
    Missing,
    /// What the translation has and the reference does not, or what became something else.
    Extra,
    /// Both.
    Either,
}

/// What a rule makes of a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Full,
    /// `info` at most.
    Minor,
    /// It is wanted so.
    None,
}

/// Tells the differences about one concern, as far as a rule gives them weight.
pub(super) fn tell(
    concern: Concern,
    sense: Sense,
    weigh: &dyn Fn(&Difference) -> Weight,
    bitext: &Bitext<'_>,
    report: &mut Report,
) {
    let Some(comparison) = bitext.comparable() else { return };
    for difference in comparison.about(concern, bitext.translation) {
        let is_loss = matches!(
            difference,
            Difference::Missing { .. } | Difference::Wrapped { container: Container::Reference(_), .. }
        );
        if sense != Sense::Either && is_loss != (sense == Sense::Missing) {
            continue;
        }
        let weight = weigh(difference);
        if weight == Weight::None {
            continue;
        }
        tell_one(difference, comparison, bitext.translation, report);
        if let Some(finding) = report.findings.last_mut().filter(|_| weight == Weight::Minor) {
            finding.minor();
        }
    }
}

fn tell_one(difference: &Difference, comparison: &Comparison<'_>, translation: &Document<'_>, report: &mut Report) {
    let reference = comparison.reference;
    match difference {
        Difference::Missing { blocks, place } => {
            let message = match blocks.as_slice() {
                [one] if is_like_its_neighbour(*one, comparison) => {
                    format!("the reference's {} or one beside it is missing", words::block(reference, *one))
                }
                _ => format!("the reference's {} missing", words::blocks(reference, blocks)),
            };
            let finding = report.at(*place, message);
            finding.label("should follow here").reference(first_line(reference, blocks[0]), "only in the reference");
            finding.help("translate it here");
        }
        Difference::Extra { blocks, place } if is_twice(translation, blocks) => {
            let what = translation.blocks[blocks[0]].noun();
            let finding = report.at(first_line(translation, blocks[0]), format!("this {what} stands here twice"));
            finding.label("the same words as beside it").reference(*place, "the reference has it once").slip();
            finding.help("take one of the two out");
        }
        Difference::Extra { blocks, place } if matches!(blocks.as_slice(), [one] if comparison.is_left(*one)) => {
            let what = translation.blocks[blocks[0]].noun();
            let message = format!("this {what} is the reference's, beside its translation");
            let finding = report.at(first_line(translation, blocks[0]), message);
            finding.label("not translated").reference(*place, "the reference goes on here").slip();
            finding.help("take it out");
        }
        Difference::Extra { blocks, place } => {
            let what = words::blocks(translation, blocks);
            let finding = report.at(first_line(translation, blocks[0]), format!("the {what} not in the reference"));
            finding.label("only here").reference(*place, "the reference goes on here");
            finding.help("take it out, or add it to the reference");
        }
        Difference::Changed { reference: r, translation: t } => {
            let (theirs, ours) = (kind(reference, *r), kind(translation, *t));
            let finding =
                report.at(first_line(translation, *t), format!("this is {ours}; in the reference it is {theirs}"));
            finding.label(ours).reference(first_line(reference, *r), theirs);
            if became_numbered(reference, *r, translation, *t) {
                finding.slip().help("where the number belongs to the sentence, escape its dot: `1\\.`");
            }
        }
        Difference::Joined { reference: r, translation: t } => {
            let finding = report.at(first_line(translation, *t), "two items of the reference's list are one here");
            finding.label("holds both").reference(first_line(reference, *r), "an item of its own").slip();
            finding.help("give the second one its mark back");
        }
        Difference::Wrapped { container, reference: r, translation: t } => {
            let message = match container {
                Container::Translation(block) => {
                    format!(
                        "this stands in {}; in the reference it does not",
                        words::a(translation.blocks[*block].noun())
                    )
                }
                Container::Reference(block) => {
                    format!("in the reference this stands in {}", words::a(reference.blocks[*block].noun()))
                }
            };
            let finding = report.at(first_line(translation, *t), message);
            finding.reference(first_line(reference, *r), "the same in the reference");
        }
    }
}

/// Could a block as well be the counterpart of what its neighbour was paired with? Nothing but its words tells it apart.
fn is_like_its_neighbour(block: BlockId, comparison: &Comparison<'_>) -> bool {
    let reference = comparison.reference;
    let units = &comparison.reference_units;
    let Some(at) = units.iter().position(|unit| unit.block == block) else { return false };
    let is_plain = |unit: &Unit| {
        let inlines = &reference.inlines[unit.inlines.clone()];
        !inlines.iter().any(|it| matches!(it.kind, InlineKind::Link(_) | InlineKind::Image(_) | InlineKind::Code(_)))
    };
    let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|near| units.get(near));
    let is_like = |near: &Unit| {
        let is_paired = comparison.counterpart(near.block).is_some();
        near.shape == units[at].shape && near.parent == units[at].parent && is_paired && is_plain(near)
    };
    reference.has_prose && is_plain(&units[at]) && near.into_iter().any(is_like)
}

/// Is a block the same as one right before or behind it, but for a few words?
pub(super) fn is_twice(document: &Document<'_>, blocks: &[BlockId]) -> bool {
    let [block] = blocks else { return false };
    let text = |id: BlockId| document.source.slice(document.blocks[id].span).trim();
    // Code tells entries of one form apart, and where their links lead does so in short ones.
    let is_long = document.children(*block).chain([*block]).any(|id| document.blocks[id].prose_len > ENTRY);
    let marks = |id: BlockId| {
        let blocks = std::iter::once(id).chain(document.children(id));
        let inlines = blocks.flat_map(|id| document.inlines_of(id));
        inlines.filter_map(|inline| match inline.kind {
            InlineKind::Code(_) => Some(document.source.slice(inline.span)),
            _ if is_long => None,
            _ => inline.kind.destination(),
        })
    };
    let near = block.saturating_sub(NEAR)..(block + NEAR + 1).min(document.blocks.len());
    let is_same = |id: BlockId| {
        id != *block
            && document.blocks[id].kind == document.blocks[*block].kind
            && document.blocks[id].parent == document.blocks[*block].parent
            && (text(id) == text(*block) || (marks(id).eq(marks(*block)) && likeness(text(id), text(*block)) >= ALIKE))
    };
    near.into_iter().any(is_same)
}

/// How far a copy is looked for, in blocks.
const NEAR: usize = 2;
/// The longest entry of which its target may be all that tells it, in letters.
const ENTRY: u32 = 80;
/// From which likeness on it is one.
const ALIKE: f32 = 0.8;

/// What two texts share of their pairs of letters, from 0 to 1 (the coefficient of Dice).
fn likeness(a: &str, b: &str) -> f32 {
    let pairs = |text: &str| {
        let letters: Vec<char> = text.chars().filter(|char| char.is_alphanumeric()).collect();
        let mut pairs: Vec<[char; 2]> = letters.windows(2).map(|two| [two[0], two[1]]).collect();
        pairs.sort_unstable();
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    let (mut at, mut shared) = (0, 0_usize);
    for pair in &a {
        at += b[at..].partition_point(|other| other < pair);
        if b.get(at) == Some(pair) {
            (at, shared) = (at + 1, shared + 1);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "lengths of passages")]
    let share = (2 * shared) as f32 / (a.len() + b.len()).max(1) as f32;
    share
}

/// Passages of a translation's own, once each: notes, sentences that became paragraphs or lists, what is left of an older
/// revision.
pub(super) fn is_of_passages(document: &Document<'_>, blocks: &[BlockId]) -> bool {
    use BlockKind::{Alert, Item, List, Paragraph, Quote};
    let is_passage = |id: &BlockId| match document.blocks[*id].kind {
        Paragraph | List { .. } | Item { .. } | Alert { .. } => true,
        // Signs at the start of an item's line quote the rest of it.
        Quote => document.ancestors(*id).next().is_none_or(|up| !matches!(up.kind, Item { .. })),
        _ => false,
    };
    blocks.iter().all(is_passage) && !is_twice(document, blocks)
}

/// `1. august` at the start of a line opens a list.
fn became_numbered(reference: &Document<'_>, r: BlockId, translation: &Document<'_>, t: BlockId) -> bool {
    let is_numbered = |kind: &BlockKind<'_>| matches!(kind, BlockKind::Item { ordered: true, .. });
    is_numbered(&translation.blocks[t].kind) && !is_numbered(&reference.blocks[r].kind)
}

/// What a block is, exactly enough to tell it from its counterpart.
fn kind(document: &Document<'_>, id: BlockId) -> String {
    let block = &document.blocks[id];
    match block.kind {
        BlockKind::Heading { level } => format!("a level {level} heading"),
        BlockKind::Item { ordered, depth } => {
            let list = if ordered { "numbered" } else { "bulleted" };
            if depth > 1 {
                format!("an item of a {list} list at depth {depth}")
            } else {
                format!("an item of a {list} list")
            }
        }
        BlockKind::Code { fenced: false, .. } => "an indented code block".to_owned(),
        _ => words::a(block.noun()),
    }
}

/// The first line of a block: enough to show which one is meant.
pub(super) fn first_line(document: &Document<'_>, id: BlockId) -> Span {
    let span = document.blocks[id].span;
    let line = document.source.slice(span).lines().next().unwrap_or_default().trim_end();
    Span::new(span.start as usize..span.start as usize + line.len())
}

/// Are blocks a table that the other document writes as a tag, with `<table>`?
pub(super) fn is_table_in_html(document: &Document<'_>, blocks: &[BlockId], other: &Document<'_>) -> bool {
    let is_table = |block: &BlockId| matches!(document.blocks[*block].kind, BlockKind::Table { .. });
    let tags = |document: &Document<'_>| document.source.file_text().matches("<table").count();
    blocks.iter().any(is_table) && tags(other) > tags(document)
}
