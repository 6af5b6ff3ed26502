//! Labels of reference links that a translation uses and does not define: `[text][label]` is shown as it is written.

use foldhash::HashMap;

use crate::align::Bitext;
use crate::document::{BlockKind, Document, InlineId, InlineKind, LinkForm};
use crate::source::Span;

/// So many links of a block are looked at.
const MOST: usize = 1000;

/// A use of a label that is not defined.
pub(super) struct Undefined {
    /// Text and label, in their brackets.
    pub(super) place: Span,
    /// A link of the reference under that label.
    pub(super) there: InlineId,
}

/// The uses of labels that only the reference defines.
pub(super) fn undefined(bitext: &Bitext<'_>) -> Vec<Undefined> {
    let Some(reference) = bitext.source_document() else { return Vec::new() };
    let known = labels(reference);
    if known.is_empty() {
        return Vec::new();
    }
    let document = bitext.translation;
    let is_prose = |kind: &BlockKind<'_>| !matches!(kind, BlockKind::Code { .. } | BlockKind::Html);
    let blocks = document.blocks.iter().enumerate().filter(|(_, block)| block.is_leaf() && is_prose(&block.kind));
    blocks.flat_map(|(block, _)| in_block(document, block, &known)).collect()
}

fn in_block(document: &Document<'_>, block: usize, known: &HashMap<String, InlineId>) -> Vec<Undefined> {
    let span = document.blocks[block].span;
    let text = document.source.slice(span);
    let read = |at: usize| {
        let label = &text[at + 2..at + 2 + text[at + 2..].find(']')?];
        let there = *known.get(&folded(label))?;
        let open = text[..at].rfind('[')?;
        let place = Span::new(span.start as usize + open..span.start as usize + at + 3 + label.len());
        // The parser found what it is, or it is code.
        let is_known = document.inlines_of(block).iter().any(|inline| {
            matches!(inline.kind, InlineKind::Link(_) | InlineKind::Code(_))
                && (inline.span.contains(place) || place.contains(inline.span))
        });
        (!is_known).then_some(Undefined { place, there })
    };
    text.match_indices("][").take(MOST).filter_map(|(at, _)| read(at)).collect()
}

/// The labels that a document's links use, with the first link of each.
fn labels(document: &Document<'_>) -> HashMap<String, InlineId> {
    let mut labels = HashMap::default();
    for (id, inline) in document.inlines.iter().enumerate() {
        let is_reference = inline.kind.as_link().is_some_and(|link| link.form == LinkForm::Reference);
        let written = document.source.slice(inline.span).trim_end_matches("[]");
        if let Some((_, label)) =
            written.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).filter(|_| is_reference)
        {
            labels.entry(folded(label)).or_insert(id);
        }
    }
    labels
}

/// Labels are the same in any letter case, with any blanks in them.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
