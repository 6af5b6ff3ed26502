//! `broken-emphasis`: asterisks that readers see, and emphasis that was lost.

use serde::Deserialize;

use super::words::quoted;
use crate::align::{Bitext, Comparison, Passage, Peers, Unit};
use crate::diagnostic::Basis;
use crate::document::{BlockId, Document, Inline, InlineId, InlineKind, Stray};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};
use crate::source::Span;

pub(super) const RULE: Builtin = Builtin {
    id: "broken-emphasis",
    kind: Kind::Comparative(Subject::Words),
    yaml: include_str!("../../rules/broken-emphasis.yaml"),
    load: load::<BrokenEmphasis>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BrokenEmphasis {}

impl Check for BrokenEmphasis {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        strays(bitext, report);
        if let Some(comparison) = bitext.comparable().filter(|comparison| comparison.reference.has_prose) {
            // A step stands between two signs.
            let signs = memchr::memchr_iter(b'>', bitext.translation.source.text().as_bytes());
            let has_steps = signs.take(2).count() == 2;
            for passage in comparison.passages() {
                // Words that left a step of a path took their emphasis along.
                if has_steps && holes(passage, comparison, bitext.translation, report) {
                    continue;
                }
                match bitext.peers {
                    Some(peers) => lost_beside_peers(passage, peers, comparison, bitext.translation, report),
                    None if comparison.basis == Basis::Cohort => {}
                    None if underscored(passage, comparison, bitext.translation, report) => {}
                    None => lost(passage, comparison, bitext.translation, report),
                }
            }
        }
    }

    fn is_excused_by_others(&self) -> bool {
        // It asks the reference itself.
        false
    }
}

fn is_stray(inline: &Inline<'_>) -> bool {
    matches!(inline.kind, InlineKind::Stray(Stray::Strong))
}

/// Asterisks that the renderer leaves in the text: one finding for those of a block.
fn strays(bitext: &Bitext<'_>, report: &mut Report) {
    let document = bitext.translation;
    let count = |document: &Document<'_>| document.inlines.iter().filter(|inline| is_stray(inline)).count();
    let all: Vec<&Inline<'_>> = document.inlines.iter().filter(|inline| is_stray(inline)).collect();
    for of_block in all.chunk_by(|a, b| a.block == b.block) {
        // The one that says why it is none, if there is one: its counterpart only lacks its other half.
        let Some(inline) = of_block.iter().min_by_key(|inline| advice(document, inline.span).0) else { continue };
        let mark = document.source.slice(inline.span);
        let finding = report.at(inline.span, format!("`{mark}` is shown as it is written: it emphasizes nothing"));
        finding.absolute().label("shown to readers").help(advice(document, inline.span).1);
        let Some(reference) = bitext.source_document() else { continue };
        let there = bitext.comparison.as_ref().and_then(|comparison| comparison.reference_block(inline.block));
        let twin = there.and_then(|block| reference.inlines_of(block).iter().find(|inline| is_stray(inline)));
        if let Some(twin) = twin {
            finding.reference(twin.span, "the reference has it too");
        }
        finding.in_reference_too(twin.is_some() || (there.is_none() && count(reference) >= count(document)));
    }
}

/// What keeps a mark from being one, the surest reasons first.
fn advice(document: &Document<'_>, mark: Span) -> (u8, String) {
    let text = document.source.text();
    let before = text[..mark.start as usize].chars().next_back().unwrap_or(' ');
    let after = text[mark.end as usize..].chars().next().unwrap_or(' ');
    let is_sign = |char: char| !char.is_alphanumeric() && !char.is_whitespace();
    if mark.len() == 4 {
        (0, "join the two passages into one, or put a blank between them".to_owned())
    } else if is_sign(before) && after.is_alphanumeric() {
        let rule = "a mark between a sign and a letter closes nothing";
        (1, format!("put a blank behind it, or move `{before}` out of the emphasis: {rule}"))
    } else if before.is_alphanumeric() && is_sign(after) {
        let rule = "a mark between a letter and a sign opens nothing";
        (2, format!("put a blank before it, or move `{after}` out of the emphasis: {rule}"))
    } else if !before.is_alphanumeric() && after.is_whitespace() || before.is_whitespace() && is_sign(after) {
        (3, "write the mark right beside the words that it emphasizes, and one on either side of them".to_owned())
    } else {
        (4, "write a mark on either side of the words that it emphasizes".to_owned())
    }
}

/// `Start >    > Apps`: a step of a path whose words went astray. Is there one?
fn holes(passage: &Passage, comparison: &Comparison<'_>, translation: &Document<'_>, report: &mut Report) -> bool {
    let ours: Vec<Span> = passage.translation.iter().flat_map(|unit| in_text(translation, unit.text)).collect();
    let theirs = || passage.reference.iter().map(|unit| in_text(comparison.reference, unit.text).len()).sum::<usize>();
    let hole = ours.first().filter(|_| ours.len() > theirs());
    if let Some(first) = hole {
        let finding = report.at(*first, "a step between two `>` is empty");
        finding.absolute().label("nothing between these").help("put the words of the step back between the signs");
        let block = passage.reference[0].text;
        finding.reference(comparison.reference.blocks[block].span, "the same passage of the reference");
    }
    hole.is_some()
}

/// Where two `>` of a passage have nothing but blanks between them.
fn in_text(document: &Document<'_>, block: BlockId) -> Vec<Span> {
    let span = document.blocks[block].span;
    let text = document.source.slice(span);
    let mut found = Vec::new();
    if memchr::memchr_iter(b'>', text.as_bytes()).nth(1).is_none() {
        return found;
    }
    let mut last: Option<usize> = None;
    for (at, char) in text.char_indices() {
        match char {
            '>' => {
                if let Some(open) = last.filter(|open| at - open > 1) {
                    found.push(Span::new(span.start as usize + open..span.start as usize + at + 1));
                }
                last = Some(at);
            }
            ' ' | '\u{a0}' | '\u{3000}' | '\t' => {}
            _ => last = None,
        }
    }
    found
}

/// Underscores that the reference emphasizes with, and that emphasize nothing here. Are there any?
fn underscored(
    passage: &Passage,
    comparison: &Comparison<'_>,
    translation: &Document<'_>,
    report: &mut Report,
) -> bool {
    let ours = passage.of_translation(translation);
    let Some((_, stray)) = ours.iter().find(|(_, inline)| matches!(inline.kind, InlineKind::Stray(Stray::Weak))) else {
        return false;
    };
    let (theirs, kept) =
        (emphasis(&passage.reference, comparison.reference), emphasis(&passage.translation, translation));
    if theirs <= kept {
        return false;
    }
    let words = translation.source.slice(stray.span);
    let finding = report.at(stray.span, format!("`{words}` is shown as it is written: it emphasizes nothing"));
    finding.slip().label("shown to readers");
    finding.help("write `*` for `_`: beside a letter, an underscore is a part of the word");
    let theirs = passage.of_reference(comparison.reference);
    let is_emphasis = |inline: &Inline<'_>| matches!(inline.kind, InlineKind::Emphasis | InlineKind::Strong);
    if let Some((_, there)) = theirs.iter().find(|(_, inline)| is_emphasis(inline)) {
        finding.reference(there.span, "emphasized in the reference");
    }
    true
}

/// Strong emphasis that the reference has more of.
fn lost(passage: &Passage, comparison: &Comparison<'_>, translation: &Document<'_>, report: &mut Report) {
    let reference = comparison.reference;
    let (theirs, ours) = (passage.of_reference(reference), passage.of_translation(translation));
    let strong = strong(&theirs, reference);
    if strong.is_empty() {
        return;
    }
    let has_less =
        emphasis(&passage.translation, translation) < emphasis(&passage.reference, reference).max(strong.len());
    let kept = self::strong(&ours, translation).len();
    // What the newest reference emphasizes may stand in a sentence that is new.
    let length = |units: &[Unit]| units.iter().map(|unit| unit.length).sum::<u32>();
    let is_shorter =
        comparison.basis == Basis::Head && length(&passage.translation) * 3 < length(&passage.reference) * 2;
    if kept >= strong.len() || !has_less || is_shorter || ours.iter().any(|(_, inline)| is_stray(inline)) {
        return;
    }
    let first = &reference.inlines[strong[kept]];
    let words = reference.source.slice(first.span).trim_matches(['*', '_']);
    let finding = report.at(start(passage, translation), message(strong.len(), kept, "the reference"));
    finding.slip().label("in this passage").reference(first.span, "emphasized in the reference");
    finding.help(format!("emphasize the translation of {}", quoted(words)));
    // Languages stress in other ways, and leave out what another one needs.
    finding.minor();
}

/// Strong emphasis that most translations of the same revision have: what two of them reach, the reference had.
fn lost_beside_peers(
    passage: &Passage,
    peers: &Peers<'_>,
    comparison: &Comparison<'_>,
    translation: &Document<'_>,
    report: &mut Report,
) {
    let block = passage.reference[0].block;
    if !peers.emphasize(block) {
        return;
    }
    let mut theirs: Vec<usize> = peers.emphasis(block, translation).collect();
    theirs.sort_unstable_by(|a, b| b.cmp(a));
    let (Some(most), ours) = (theirs.get(1).copied(), passage.of_translation(translation)) else { return };
    let kept = self::strong(&ours, translation).len();
    // Machines lose the same emphasis in many languages: a few that kept it are enough.
    let have_more = theirs.iter().filter(|theirs| **theirs > kept).count();
    if kept >= most || have_more * 2 <= theirs.len() || ours.iter().any(|(_, inline)| is_stray(inline)) {
        return;
    }
    let finding = report.at(start(passage, translation), message(most, kept, "most other translations"));
    finding.absolute().label("in this passage").help("emphasize the words that the others emphasize");
    // The translation that lends its structure to a cohort is no witness against itself.
    if !std::ptr::addr_eq(comparison.reference, translation) {
        finding.reference(comparison.reference.blocks[block].span, "the same passage of another translation");
    }
}

fn start(passage: &Passage, translation: &Document<'_>) -> Span {
    Span::at(translation.blocks[passage.translation[0].text].span.start as usize)
}

fn message(theirs: usize, ours: usize, whose: &str) -> String {
    let n = |n: usize| if n == 0 { "none".to_owned() } else { n.to_string() };
    let verb = if whose == "the reference" { "emphasizes" } else { "emphasize" };
    let words = if theirs == 1 { "one piece of text".to_owned() } else { format!("{theirs} pieces of text") };
    format!("emphasis is lost: {whose} {verb} {words} in this passage, this {}", n(ours))
}

/// Code is shorter than this, in bytes.
const LONGEST_CODE: usize = 1024;

/// Strong emphasis, but for code that one style emphasizes and another does not.
fn strong(inlines: &[(InlineId, &Inline<'_>)], document: &Document<'_>) -> Vec<InlineId> {
    let is_code = |inline: &Inline<'_>| {
        if inline.span.len() > LONGEST_CODE {
            return false;
        }
        let words = document.source.slice(inline.span).trim_matches(['*', '_']);
        words.starts_with('`') && words.ends_with('`')
    };
    let strong = inlines.iter().filter(|(_, inline)| matches!(inline.kind, InlineKind::Strong) && !is_code(inline));
    strong.map(|(id, _)| *id).collect()
}

/// Emphasis of any kind: of Markdown, of HTML, and the brackets that a language puts around names.
fn emphasis(units: &[Unit], document: &Document<'_>) -> usize {
    let is_emphasis = |inline: &&Inline<'_>| matches!(inline.kind, InlineKind::Strong | InlineKind::Emphasis);
    let of_unit = |unit: &Unit| {
        let text = document.source.slice(document.blocks[unit.block].span);
        let tags = ["<strong>", "<strong ", "<b>", "<b ", "<em>", "<em ", "<i>", "<i "];
        let in_html = tags.iter().map(|tag| text.matches(tag).count()).sum::<usize>();
        let brackets = text.matches(['「', '『', '【']).count();
        let names = text.match_indices('[').filter(|(at, _)| {
            let close = text[*at..].find(']').map(|close| at + close + 1);
            close.is_some_and(|close| !text[close..].starts_with(['(', '[', ':']))
        });
        let inlines = document.inlines[unit.inlines.clone()].iter().filter(is_emphasis).count();
        inlines + in_html + brackets + names.count()
    };
    units.iter().map(of_unit).sum()
}
