//! How rules call things in their messages.

use crate::document::{BlockId, BlockKind, Document, InlineId, InlineKind};

/// How many characters of a text a message quotes.
const QUOTED: usize = 48;

/// A text on one line in quotes, cut where it is long: `“text”`.
pub(super) fn quoted(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.chars().count() > QUOTED {
            return format!("“{}…”", line.chars().take(QUOTED).collect::<String>().trim_end());
        }
    }
    format!("“{line}”")
}

/// A block by its kind and first words: `paragraph “See also”`.
pub(super) fn block(document: &Document<'_>, id: BlockId) -> String {
    let block = &document.blocks[id];
    let words = document.source.slice(block.span);
    match &block.kind {
        BlockKind::Code { language, .. } if !language.is_empty() => format!("{language} code block"),
        BlockKind::Heading { level } if document.has_prose => format!("level {level} heading {}", quoted(title(words))),
        BlockKind::Heading { level } => format!("level {level} heading"),
        BlockKind::Paragraph if document.has_prose => format!("paragraph {}", quoted(words)),
        BlockKind::Item { .. } if document.has_prose => {
            let mark = |char: char| char.is_ascii_digit() || "-*+.) ".contains(char);
            let words = words.lines().next().unwrap_or_default().trim_start_matches(mark);
            format!("list item {}", quoted(words))
        }
        BlockKind::List { .. } => {
            let n = document.children(id).count();
            if n == 1 { "list of one item".to_owned() } else { format!("list of {n} items") }
        }
        _ => block.noun().to_owned(),
    }
}

fn title(heading: &str) -> &str {
    let line = heading.lines().next().unwrap_or_default().trim_start_matches('#').trim();
    let line = line.rsplit_once("</a>").map_or(line, |(_, title)| title);
    line.split(" {#").next().unwrap_or(line)
}

/// Several blocks with their verb: the first by name, the others by number.
pub(super) fn blocks(document: &Document<'_>, ids: &[BlockId]) -> String {
    match ids {
        [] => String::new(),
        [one] => format!("{} is", block(document, *one)),
        [heading, ..] if matches!(document.blocks[*heading].kind, BlockKind::Heading { .. }) && document.has_prose => {
            let name = title(document.source.slice(document.blocks[*heading].span));
            format!("section {} is", quoted(name))
        }
        [first, rest @ ..] => {
            let more =
                if rest.len() == 1 { "one more block".to_owned() } else { format!("{} more blocks", rest.len()) };
            format!("{} and {more} are", block(document, *first))
        }
    }
}

/// `a` or `an` before a word.
pub(super) fn a(thing: &str) -> String {
    let article = if thing.starts_with(['a', 'e', 'i', 'o', 'H']) { "an" } else { "a" };
    format!("{article} {thing}")
}

/// The words of a link, where the document has words.
pub(super) fn link_text<'d>(document: &'d Document<'_>, link: InlineId) -> Option<&'d str> {
    let text = match &document.inlines[link].kind {
        InlineKind::Link(link) if document.has_prose => document.source.slice(link.text_span),
        _ => return None,
    };
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Does a text hold the marker of a translation tool? `leaked-marker` tells that; what it spoils is a consequence.
pub(super) fn is_marked(text: &str) -> bool {
    text.contains(":::no-loc(")
}
