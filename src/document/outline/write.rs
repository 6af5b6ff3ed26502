//! A [`Document`] to an outline.

use std::fmt::Write as _;

use crate::document::{BlockId, BlockKind, Document, Inline, InlineKind};

/// Writes the outline of a document, to be edited by a person: block structure, destinations, anchors and keys.
pub fn write(document: &Document<'_>) -> String {
    let mut out = String::from("# What every translation of this article must have; take out what need not be.\n");
    if let Some(metadata) = &document.metadata {
        let keys = metadata.entries.iter().filter(|entry| !entry.value.is_empty());
        let keys: Vec<String> = keys.map(|entry| quote(&entry.key)).collect();
        let _ = writeln!(out, "metadata: [{}]", keys.join(", "));
    }
    out.push_str("body:\n");
    let top = (0..document.blocks.len()).filter(|block| document.blocks[*block].parent.is_none());
    for block in top {
        write_block(document, block, 1, "- ", &mut out);
    }
    out
}

/// Writes a block; `lead` stands before its name: `- ` in a list of blocks, blanks inside an item's mapping.
fn write_block(document: &Document<'_>, id: BlockId, indent: usize, lead: &str, out: &mut String) {
    let pad = "  ".repeat(indent);
    let block = &document.blocks[id];
    let fields = fields(document.inlines_of(id).iter());
    let _ = match &block.kind {
        BlockKind::Heading { level } => {
            let anchor = anchor(document.inlines_of(id)).map(|anchor| format!("\n{pad}  anchor: {anchor}"));
            writeln!(out, "{pad}{lead}heading: {level}{}", anchor.unwrap_or_default())
        }
        BlockKind::Paragraph if fields.is_empty() => writeln!(out, "{pad}{lead}paragraph:"),
        BlockKind::Paragraph => writeln!(out, "{pad}{lead}paragraph: {{ {fields} }}"),
        BlockKind::Code { language, .. } => writeln!(out, "{pad}{lead}code: {}", quote(language)),
        BlockKind::Table { columns } => {
            writeln!(out, "{pad}{lead}table: {{ columns: {columns}{} }}", rows(document, id))
        }
        BlockKind::List { ordered } => {
            let _ = writeln!(out, "{pad}{lead}{}:", if *ordered { "numbered-list" } else { "list" });
            document.children(id).for_each(|item| write_item(document, item, indent + 2, out));
            Ok(())
        }
        BlockKind::Quote | BlockKind::Alert { .. } => {
            let _ = writeln!(out, "{pad}{lead}{}:", if block.kind == BlockKind::Quote { "quote" } else { "alert" });
            document.children(id).for_each(|child| write_block(document, child, indent + 2, "- ", out));
            Ok(())
        }
        // Bare HTML, rules and footnotes are of no interest to a structure.
        _ => Ok(()),
    };
}

/// An item: the links of its first paragraph, then the lists and quotes in it, as keys of one mapping.
fn write_item(document: &Document<'_>, id: BlockId, indent: usize, out: &mut String) {
    let pad = "  ".repeat(indent);
    let mut children = document.children(id).peekable();
    let first = children.next_if(|child| document.blocks[*child].kind == BlockKind::Paragraph);
    let own = first.map(|first| fields(document.inlines_of(first).iter())).unwrap_or_default();
    let mut rest: Vec<BlockId> = children.filter(|child| named(document, *child)).collect();
    // A mapping has each key once: of what repeats the first alone is written.
    let mut seen = Vec::new();
    rest.retain(|child| {
        let kind = document.blocks[*child].noun();
        let is_new = !seen.contains(&kind);
        seen.push(kind);
        is_new
    });
    if rest.is_empty() {
        let own = if own.is_empty() { String::new() } else { format!(" {own} ") };
        let _ = writeln!(out, "{pad}- {{{own}}}");
        return;
    }
    let mut lead = "- ";
    for field in first.iter().flat_map(|first| field_lines(document.inlines_of(*first).iter())) {
        let _ = writeln!(out, "{pad}{lead}{field}");
        lead = "  ";
    }
    for child in rest {
        write_block(document, child, indent, lead, out);
        lead = "  ";
    }
}

/// Blocks that can stand in an item by their name.
fn named(document: &Document<'_>, id: BlockId) -> bool {
    matches!(document.blocks[id].kind, BlockKind::List { .. } | BlockKind::Quote | BlockKind::Alert { .. })
}

/// The rows of a table and the links in it.
fn rows(document: &Document<'_>, id: BlockId) -> String {
    let rows: Vec<BlockId> = document.children(id).collect();
    let cells = rows.iter().flat_map(|row| document.children(*row));
    let inlines: Vec<&Inline<'_>> = cells.flat_map(|cell| document.inlines_of(cell)).collect();
    let fields = fields(inlines.into_iter().filter(|inline| matches!(inline.kind, InlineKind::Link(_))));
    let comma = if fields.is_empty() { "" } else { ", " };
    format!(", rows: {}{comma}{fields}", rows.len())
}

fn anchor(inlines: &[Inline<'_>]) -> Option<String> {
    inlines.iter().find_map(|inline| if let InlineKind::Anchor(id) = &inline.kind { Some(quote(id)) } else { None })
}

/// `links: [...], images: [...]`, without what is not there.
fn fields<'i, 's: 'i>(inlines: impl Iterator<Item = &'i Inline<'s>>) -> String {
    field_lines(inlines).join(", ")
}

fn field_lines<'i, 's: 'i>(inlines: impl Iterator<Item = &'i Inline<'s>>) -> Vec<String> {
    let (mut links, mut images) = (Vec::new(), Vec::new());
    for inline in inlines {
        match &inline.kind {
            InlineKind::Link(link) => links.push(quote(&link.destination)),
            InlineKind::Image(image) => images.push(quote(&image.destination)),
            _ => {}
        }
    }
    let named = [("links", links), ("images", images)].into_iter().filter(|(_, values)| !values.is_empty());
    named.map(|(name, values)| format!("{name}: [{}]", values.join(", "))).collect()
}

/// A text as YAML takes it in a flow list.
fn quote(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_alphanumeric() || first == '/')
        && text.chars().all(|char| char.is_alphanumeric() || "/._-".contains(char))
        && text.parse::<f64>().is_err()
        && !matches!(text, "true" | "false" | "null" | "yes" | "no" | "on" | "off");
    if is_plain { text.to_owned() } else { serde_json::to_string(text).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Dialect, markdown, outline};
    use crate::source::Source;

    #[test]
    fn what_is_written_reads_back() {
        let text = "---\ntitle: t\nms.date: ''\n---\n# <a name=\"x\"></a>T\n\ntext [a](/a#b) ![i](i.png)\n\n- one [b](https://b.c/?q=1)\n- two\n\n  - deep [c](/c)\n  - deeper\n\n1. n\n\n> [!NOTE]\n> quoted\n\n| a | b |\n|---|---|\n| [d](/d) | e |\n\n```sh\nls\n```\n";
        let source = Source::new("a.md", text);
        let document = markdown::parse(&source, &Dialect::default());
        let written = Source::new("a.yaml", write(&document));
        let read = outline::parse(&written).unwrap_or_else(|error| panic!("{error:?}: {}", written.text()));
        let shape = |document: &Document<'_>| {
            let kinds = document.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Cell));
            kinds.map(Block::noun).collect::<Vec<_>>()
        };
        assert_eq!(shape(&read), shape(&document), "{}", written.text());
        let links = |document: &Document<'_>| {
            document
                .inlines
                .iter()
                .filter_map(|inline| inline.kind.destination().map(str::to_owned))
                .collect::<Vec<_>>()
        };
        assert_eq!(links(&read), links(&document), "{}", written.text());
    }
}
