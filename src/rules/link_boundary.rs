//! `link-boundary`: a link whose text holds too much or too little.

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};
use serde::Deserialize;

use super::words::quoted;
use crate::align::{Bitext, Comparison, LinkPair};
use crate::document::{Document, InlineId, InlineKind, Link, LinkForm};
use crate::locale::writes_blanks;
use crate::rule::{Builtin, Check, Finding, Kind, Report, Subject, load};
use crate::source::Span;
use crate::target::{Relation, Target};
use crate::text::{is_dense, is_letter, length};

pub(super) const RULE: Builtin = Builtin {
    id: "link-boundary",
    kind: Kind::Comparative(Subject::Links),
    yaml: include_str!("../../rules/link-boundary.yaml"),
    load: load::<LinkBoundary>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LinkBoundary {
    /// A text is a fragment where it is shorter than this share of the reference's, in percent.
    shortest: u32,
    /// The same for a link that is nearly all of its passage, and beside other translations: there it is hardly meant.
    shortest_title: u32,
    /// Texts of the reference that are shorter than this are not measured, in letters.
    measured_from: u32,
}

impl Check for LinkBoundary {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let Some(comparison) = bitext.comparable().filter(|comparison| comparison.reference.has_prose) else { return };
        let writes_blanks = bitext.language().is_none_or(writes_blanks);
        let words = Words::of(bitext.translation);
        let texts = Texts { theirs: ByText::new(comparison.reference), ours: ByText::new(bitext.translation) };
        let same = comparison.links.iter().filter(|pair| pair.relation != Relation::Different);
        for (there, here) in same.filter_map(LinkPair::both) {
            let mut pair = Pair { bitext, comparison, texts: &texts, there, here, writes_blanks, is_witness: true };
            let of_peer = || Some(bitext.peers?.texts(there, bitext.translation).next()?.text);
            let theirs = text(comparison.reference, there).or_else(of_peer);
            if let (Some(ours), Some(theirs)) = (text(bitext.translation, here), theirs) {
                self.compare(&mut pair, ours, theirs, &words, report);
            }
        }
    }
}

/// The links of both sides by their texts.
struct Texts<'d> {
    theirs: ByText<'d>,
    ours: ByText<'d>,
}

/// The links of a document by their texts, in order; found when somebody asks.
struct ByText<'d> {
    document: &'d Document<'d>,
    links: OnceCell<HashMap<&'d str, Vec<InlineId>>>,
}

impl<'d> ByText<'d> {
    fn new(document: &'d Document<'d>) -> Self {
        Self { document, links: OnceCell::new() }
    }

    fn get(&self, text: &str) -> Option<&[InlineId]> {
        self.links.get_or_init(|| by_text(self.document)).get(text).map(Vec::as_slice)
    }
}

fn by_text<'d>(document: &'d Document<'d>) -> HashMap<&'d str, Vec<InlineId>> {
    let mut links: HashMap<&str, Vec<InlineId>> = HashMap::default();
    for (id, inline) in document.inlines.iter().enumerate() {
        if let Some(link) = inline.kind.as_link() {
            links.entry(document.source.slice(link.text_span).trim()).or_default().push(id);
        }
    }
    links
}

/// A pair of links.
struct Pair<'b> {
    bitext: &'b Bitext<'b>,
    comparison: &'b Comparison<'b>,
    texts: &'b Texts<'b>,
    there: InlineId,
    here: InlineId,
    /// The translation's language has blanks between words.
    writes_blanks: bool,
    /// The other text is as it should be: that of a cohort's representative may be as wrong as any.
    is_witness: bool,
}

/// What is expected of the text of a link.
struct Expected {
    /// Does it start and end with a sign of the sentence?
    starts: bool,
    ends: bool,
    /// How long it is, in letters of a Latin script.
    length: u32,
    /// Another text ends in the same word, without the full stop.
    is_end_of_name: bool,
}

impl Expected {
    /// Does a text take in a sign that it should not?
    fn takes_in(&self, text: &str) -> bool {
        (!self.ends && self.ends_with_sign(text)) || (!self.starts && starts_with_sign(text))
    }

    /// Signs that end a sentence or a part of one; `?` and `!` belong to titles as often.
    fn ends_with_sign(&self, text: &str) -> bool {
        let text = without_marks(text);
        let is_word = || self.is_end_of_name || !is_abbreviation(text);
        ends_with_any_sign(text) && !text.ends_with("..") && (!text.ends_with('.') || is_word())
    }
}

impl Pair<'_> {
    /// What the reference has, or most other translations where there is no reference to speak for itself.
    fn expected(&self, ours: &str, theirs: &str) -> Option<Expected> {
        let Some(peers) = self.bitext.peers else {
            let is_spoken = self.bitext.source_document().is_some();
            return is_spoken.then(|| Expected {
                starts: starts_with_sign(theirs),
                // What it quotes may end in a sign, too.
                ends: ends_with_any_sign(theirs.trim_end_matches(['"', '”', '“', '»', '’', '」', '』'])),
                length: length(theirs),
                is_end_of_name: may_be_name(ours) && same_name(ours, theirs),
            });
        };
        let texts = || peers.texts(self.there, self.bitext.translation);
        let (others, length) = peers.usual_length(self.there, self.bitext.translation)?;
        // Machines take the sign in alike in many languages, and hardly ever leave one out: a few without it are enough.
        let most = |is: fn(&str) -> bool| texts().filter(|voice| is(voice.text)).count() * 5 > others * 4;
        // It matters only where one of the two has a sign there.
        let either = |is: fn(&str) -> bool| is(ours) || is(theirs);
        (others > 2).then(|| Expected {
            starts: either(starts_with_sign) && most(starts_with_sign),
            ends: either(ends_with_any_sign) && most(ends_with_any_sign),
            length,
            is_end_of_name: may_be_name(ours)
                && (same_name(ours, theirs) || texts().any(|voice| same_name(ours, voice.text))),
        })
    }

    /// Length of the words around the reference's link, its own included.
    fn passage_length(&self) -> u32 {
        let reference = self.comparison.reference;
        reference.blocks[reference.inlines[self.there].block].prose_len
    }

    /// Do the words that the text lacks stand beside the link, unlinked? Else this language says it in fewer words.
    fn leaves_words_beside(&self, ours: &str, expected: &Expected) -> bool {
        if self.bitext.peers.is_some() {
            return true;
        }
        let whole = |document: &Document<'_>, link: InlineId| document.blocks[document.inlines[link].block].prose_len;
        let (own, lost) = (length(ours), expected.length.saturating_sub(length(ours)));
        let here = whole(self.bitext.translation, self.here).saturating_sub(own);
        let there = whole(self.comparison.reference, self.there).saturating_sub(expected.length);
        here >= there + lost / 2
    }

    fn tell<'r>(&self, report: &'r mut Report, place: Span, message: String) -> &'r mut Finding {
        let finding = report.at(place, message);
        if self.bitext.peers.is_some() {
            finding.absolute()
        } else {
            finding.slip()
        };
        if !self.is_witness {
            return finding;
        }
        let whose =
            if self.bitext.peers.is_some() { "the same link in another translation" } else { "the reference's link" };
        finding.reference(self.comparison.reference.inlines[self.there].span, whose);
        finding
    }
}

impl LinkBoundary {
    fn compare(&self, pair: &mut Pair<'_>, ours: &str, theirs: &str, words: &Words<'_>, report: &mut Report) {
        let document = pair.bitext.translation;
        let Some(expected) = pair.expected(ours, theirs) else { return };
        let Some(link) = link(document, pair.here) else { return };
        let span = document.inlines[pair.here].span;
        pair.is_witness = !expected.takes_in(theirs) && !self.is_fragment(theirs, &expected, pair);
        let has_words = ours.contains(char::is_alphanumeric);
        // A link that is the whole sentence holds the sign of that.
        let block = document.blocks[document.inlines[pair.here].block].span;
        let is_sentence = pair.bitext.peers.is_none() && span.contains(block);
        // An address for a text has no words to lose.
        let is_whole = pair.bitext.peers.is_none() && (ours == theirs || theirs.contains("://"));
        // The sign may be one of a name: `std::sort`.
        let is_of_name = theirs.contains("::") && (ours.ends_with(':') || ours.starts_with(':'));
        if has_words && expected.takes_in(ours) && !is_of_name && !is_sentence {
            let is_end = expected.ends_with_sign(ours) && !expected.ends;
            let sign = if is_end { ours.chars().next_back() } else { ours.chars().next() };
            let message = format!("the text of this link takes in the `{}` of the sentence", sign.unwrap_or_default());
            let finding = pair.tell(report, link.text_span, message);
            finding.label(if is_end { "ends too late" } else { "starts too early" });
            finding.help("move the sign out of the brackets");
        } else if !is_whole && !has_words && expected.length > 2
            || (!is_whole && self.is_fragment(ours, &expected, pair) && pair.leaves_words_beside(ours, &expected))
        {
            let finding = pair.tell(report, link.text_span, format!("the text of this link is only {}", quoted(ours)));
            finding.label("a fragment").help("put the words that belong to the link into its brackets");
        } else if let Some(other) = foreign_text(pair, ours, theirs) {
            let finding =
                pair.tell(report, link.text_span, format!("the text {} belongs to another link", quoted(ours)));
            finding.label("another link's text").reference(other, "the link that has this text");
            finding.help(format!("write the translation of {}", quoted(theirs)));
        }
        if let Some(glued) = words.glued_behind(document, span).filter(|_| pair.writes_blanks) {
            if words
                .glued_behind(pair.comparison.reference, pair.comparison.reference.inlines[pair.there].span)
                .is_some()
            {
                return;
            }
            let place = Span::new(span.end as usize..span.end as usize + glued.len());
            let finding = pair.tell(report, place, format!("no blank stands between this link and {}", quoted(glued)));
            finding.label("right behind the link").help("put a blank between the two");
        }
    }

    fn is_fragment(&self, ours: &str, expected: &Expected, pair: &Pair<'_>) -> bool {
        let is_title = pair.bitext.peers.is_some() || expected.length * 10 >= pair.passage_length() * 9;
        let shortest = if is_title { self.shortest_title } else { self.shortest };
        let is_acronym = || ours.chars().all(|char| char.is_uppercase() || !char.is_alphabetic());
        expected.length >= self.measured_from && length(ours) * 100 < expected.length * shortest && !is_acronym()
    }
}

/// The text of a link in brackets that shows words.
fn text<'b>(document: &'b Document<'_>, id: InlineId) -> Option<&'b str> {
    let InlineKind::Link(link) = &document.inlines[id].kind else { return None };
    let is_written = matches!(link.form, LinkForm::Inline | LinkForm::Reference) && !link.is_empty;
    // What is inside of it comes right behind it.
    let inside = document.inlines[id + 1..].iter().take_while(|inline| document.inlines[id].span.contains(inline.span));
    let holds_image =
        inside.into_iter().any(|inline| matches!(inline.kind, InlineKind::Image(_)) && inline.parent == Some(id));
    (is_written && !holds_image).then(|| document.source.slice(link.text_span).trim())
}

fn link<'b>(document: &'b Document<'_>, id: InlineId) -> Option<&'b Link<'b>> {
    document.inlines[id].kind.as_link()
}

/// Does the text stand, letter by letter, in another link of the reference that leads elsewhere?
fn foreign_text(pair: &Pair<'_>, ours: &str, theirs: &str) -> Option<Span> {
    let (reference, translation) = (pair.comparison.reference, pair.bitext.translation);
    if pair.bitext.source_document().is_none()
        || ours.split_whitespace().eq(theirs.split_whitespace())
        || length(ours) < 4
    {
        return None;
    }
    let same_text = pair.texts.theirs.get(ours)?;
    // A singular for a plural, or a part of the name, is the link's own.
    if theirs.to_lowercase().contains(&ours.to_lowercase()) || ours.to_lowercase().contains(&theirs.to_lowercase()) {
        return None;
    }
    let own = pair.bitext.target(&link(translation, pair.here)?.destination);
    let target = |document: &Document<'_>, id: InlineId| {
        document.inlines[id].kind.as_link().map(|link| pair.bitext.target(&link.destination))
    };
    let first = target(reference, *same_text.first()?)?;
    // One text may have several links: a few of them tell.
    let leads_to = |document: &Document<'_>, ids: &[InlineId], place: &Target| {
        let targets = ids.iter().take(64).filter_map(|id| target(document, *id));
        targets.into_iter().any(|target| target.identity() == place.identity())
    };
    let is_own = leads_to(reference, same_text, &own);
    let is_used = || pair.texts.ours.get(ours).is_some_and(|ids| leads_to(translation, ids, &first));
    (!is_own && is_used() && first.identity() != own.identity()).then(|| reference.inlines[same_text[0]].span)
}

/// Is the full stop that a text ends with one of its last word?
fn is_abbreviation(text: &str) -> bool {
    let word = last_word(text);
    // Years and ordinals have a full stop of their own in many languages.
    word.contains('.')
        || word.ends_with(|char: char| char.is_ascii_digit())
        || word.chars().count() == 1
        || ABBREVIATIONS.contains(&word)
}

/// The last word of a text, without the full stop behind it.
fn last_word(text: &str) -> &str {
    let text = text.trim_end_matches('.');
    text.rsplit(|char: char| char.is_whitespace() || matches!(char, '(' | '\u{a0}')).next().unwrap_or_default()
}

/// May a text end in a name with the full stop of the sentence: `Harbour 10.`, `harbour.example.`? A year alone may be an
/// ordinal.
fn may_be_name(text: &str) -> bool {
    let text = without_marks(text);
    if !text.ends_with('.') {
        return false;
    }
    let word = last_word(text);
    let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    word.chars().nth(1).is_some() && !is_year && !ABBREVIATIONS.contains(&word)
}

/// Does another text end in the same word, without the full stop?
fn same_name(ours: &str, other: &str) -> bool {
    let other = without_marks(other).strip_suffix(last_word(without_marks(ours)));
    other.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// A sign at the end, whatever it stands for: a text that ends so may end so in every language.
fn ends_with_any_sign(text: &str) -> bool {
    let text = without_marks(text);
    text.ends_with(['.', '。', '．', ',', '，', '、', ';', '；', ':', '：', '،', '؛', '।', '։'])
        && !ends_with_entity(text)
}

/// `&gt;` is one sign, and no semicolon.
fn ends_with_entity(text: &str) -> bool {
    let Some(name) = text.strip_suffix(';').and_then(|rest| rest.rsplit_once('&')).map(|(_, name)| name) else {
        return false;
    };
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn without_marks(text: &str) -> &str {
    text.trim_end_matches(['*', '_', ' ', '\u{a0}'])
}

/// Words whose full stop is no sentence's.
const ABBREVIATIONS: [&str; 11] = ["etc", "Inc", "Ltd", "Corp", "Co", "usw", "bzw", "ecc", "atd", "itd", "vb"];

fn starts_with_sign(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '_', ' ', '\u{a0}']);
    let is_name = text.starts_with('.') && text[1..].starts_with(char::is_alphanumeric);
    text.starts_with(['.', '。', ',', '，', '、', ';', '；', ':', '：', '،', '؛', '।']) && !is_name
}

/// The words of a document, in lower case; few pages have something glued to a link and ask for them.
struct Words<'d> {
    document: &'d Document<'d>,
    words: OnceCell<HashSet<String>>,
}

impl<'d> Words<'d> {
    fn of(document: &'d Document<'d>) -> Self {
        Self { document, words: OnceCell::new() }
    }

    fn hold(&self, word: &str) -> bool {
        let words = self.words.get_or_init(|| {
            let words = self.document.source.text().split_whitespace();
            let words = words.map(|word| word.trim_matches(|char| !is_letter(char)).to_lowercase());
            words.filter(|word| !word.is_empty()).collect()
        });
        words.contains(&word.to_lowercase())
    }

    /// The word right behind a link, where it is one of its own rather than an ending: one that stands elsewhere with
    /// blanks around it, or one that is too long for an ending.
    fn glued_behind<'t>(&self, document: &'t Document<'_>, link: Span) -> Option<&'t str> {
        let rest = &document.source.text()[link.end as usize..];
        if !document.source.slice(link).ends_with(')') {
            return None;
        }
        let end = rest.find(|char| !is_letter(char)).unwrap_or(rest.len());
        let word = &rest[..end];
        let is_attached =
            |char: char| is_dense(char) || matches!(char, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}');
        let letters = word.chars().count();
        let may_be = letters > 0 && !word.contains(is_attached) && !rest[end..].starts_with(['\'', '’']);
        // No ending starts with a capital and goes on in small letters.
        let is_capital = word.starts_with(char::is_uppercase) && word.chars().nth(1).is_some_and(char::is_lowercase);
        (may_be && (letters > 6 || is_capital || self.hold(word))).then_some(word)
    }
}
