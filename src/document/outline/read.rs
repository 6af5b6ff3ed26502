//! An outline to a [`Document`] without words.

use std::borrow::Cow;

use crate::document::metadata::{Entry, Value, ValueKind, yaml};
use crate::document::{Block, BlockId, BlockKind, Document, Inline, InlineKind, Link, LinkForm, Metadata};
use crate::source::{Source, Span};

/// Why an outline cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineError {
    /// What is wrong and what may stand there.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// Reads an outline.
pub fn parse(source: &Source) -> Result<Document<'_>, OutlineError> {
    let (entries, error) = yaml::read(source.text(), 0);
    if let Some(error) = error {
        return Err(OutlineError { message: error.message, span: error.span });
    }
    let mut document = Document { has_prose: false, ..Document::new(source) };
    for entry in entries {
        match &*entry.key {
            "metadata" => document.metadata = Some(metadata(&entry)?),
            "body" => Reader { document: &mut document, depth: 0, parent: None }.blocks(&entry.value)?,
            key => return fail(entry.key_span, format!("unknown key `{key}`; an outline has `metadata` and `body`")),
        }
    }
    Ok(document)
}

fn fail<T>(span: Span, message: impl Into<String>) -> Result<T, OutlineError> {
    Err(OutlineError { message: message.into(), span })
}

fn metadata<'s>(entry: &Entry<'s>) -> Result<Metadata<'s>, OutlineError> {
    let ValueKind::List(items) = &entry.value.kind else {
        return fail(entry.key_span, "`metadata` is a list of keys, or of `key: value` where the value matters");
    };
    let mut entries = Vec::new();
    for item in items {
        match &item.kind {
            ValueKind::Scalar(key) => {
                let value = Value { kind: ValueKind::Any, span: item.span };
                entries.push(Entry { key: key.clone(), key_span: item.span, value });
            }
            ValueKind::Map(inner) => entries.extend(inner.iter().cloned()),
            _ => return fail(item.span, "write a key, or `key: value`"),
        }
    }
    Ok(Metadata { span: Span { start: entry.key_span.start, end: entry.value.span.end }, entries, error: None })
}

/// Reads blocks into a document.
struct Reader<'d, 's> {
    document: &'d mut Document<'s>,
    /// How many lists are open.
    depth: u8,
    parent: Option<BlockId>,
}

const BLOCKS: &str = "heading, paragraph, list, numbered-list, code, table, quote or alert";

impl<'s> Reader<'_, 's> {
    fn blocks(&mut self, list: &Value<'s>) -> Result<(), OutlineError> {
        match &list.kind {
            ValueKind::List(blocks) => blocks.iter().try_for_each(|block| self.block(block)),
            ValueKind::Null => Ok(()),
            _ => fail(list.span, "write a list of blocks"),
        }
    }

    /// `paragraph`, or a mapping whose first key is the kind of block.
    fn block(&mut self, value: &Value<'s>) -> Result<(), OutlineError> {
        let nothing = Value { kind: ValueKind::Null, span: value.span };
        match &value.kind {
            ValueKind::Scalar(kind) => self.of_kind(kind, value.span, &nothing, &[]),
            ValueKind::Map(entries) => match entries.split_first() {
                Some((first, rest)) => self.of_kind(&first.key, value.span, &first.value, rest),
                None => fail(value.span, format!("write a block: {BLOCKS}")),
            },
            _ => fail(value.span, format!("write a block: {BLOCKS}")),
        }
    }

    fn of_kind(&mut self, kind: &str, span: Span, value: &Value<'s>, rest: &[Entry<'s>]) -> Result<(), OutlineError> {
        match kind {
            "heading" => {
                let level = number(value)?.unwrap_or(1);
                let Some(level) = u8::try_from(level).ok().filter(|level| (1..=6).contains(level)) else {
                    return fail(value.span, "a heading's level is from 1 to 6");
                };
                self.leaf(BlockKind::Heading { level }, span, rest)
            }
            "paragraph" => self.leaf(BlockKind::Paragraph, span, fields(value, rest)?),
            "list" => self.list(false, span, value),
            "numbered-list" => self.list(true, span, value),
            "code" => {
                let language = scalar(value).unwrap_or_default();
                self.leaf(BlockKind::Code { language, fenced: true, text: "".into() }, span, rest)
            }
            "table" => self.table(span, fields(value, rest)?),
            "quote" => self.inside(BlockKind::Quote, span, value),
            "alert" => self.inside(BlockKind::Alert { kind: "note" }, span, value),
            _ => fail(span, format!("unknown block `{kind}`; write {BLOCKS}")),
        }
    }

    fn push(&mut self, kind: BlockKind<'s>, span: Span) -> BlockId {
        let here = self.document.inlines.len();
        self.document.blocks.push(Block { kind, span, parent: self.parent, inlines: here..here, prose_len: 0 });
        self.document.blocks.len() - 1
    }

    fn leaf(&mut self, kind: BlockKind<'s>, span: Span, fields: &[Entry<'s>]) -> Result<(), OutlineError> {
        let block = self.push(kind, span);
        self.inlines(block, fields)
    }

    /// The links, images and anchors of a block.
    fn inlines(&mut self, block: BlockId, fields: &[Entry<'s>]) -> Result<(), OutlineError> {
        let first = self.document.inlines.len();
        for field in fields {
            let values = match &field.value.kind {
                ValueKind::List(values) => values.as_slice(),
                _ => std::slice::from_ref(&field.value),
            };
            for value in values {
                let Some(text) = scalar(value) else {
                    return fail(value.span, format!("write `{}` as a list of texts", field.key));
                };
                let kind = match &*field.key {
                    "links" => InlineKind::Link(declared(text, value.span)),
                    "images" => InlineKind::Image(declared(text, value.span)),
                    "anchor" => InlineKind::Anchor(text),
                    key => {
                        return fail(
                            field.key_span,
                            format!("unknown key `{key}`; a block has `links`, `images` and `anchor`"),
                        );
                    }
                };
                self.document.inlines.push(Inline { kind, span: value.span, block, parent: None });
            }
        }
        self.document.blocks[block].inlines = first..self.document.inlines.len();
        Ok(())
    }

    fn inside(&mut self, kind: BlockKind<'s>, span: Span, value: &Value<'s>) -> Result<(), OutlineError> {
        let block = self.push(kind, span);
        let mut inner = Reader { document: self.document, depth: self.depth, parent: Some(block) };
        inner.blocks(value)
    }

    fn list(&mut self, ordered: bool, span: Span, value: &Value<'s>) -> Result<(), OutlineError> {
        let list = self.push(BlockKind::List { ordered }, span);
        let depth = self.depth.saturating_add(1);
        let items = match &value.kind {
            ValueKind::List(items) => items.as_slice(),
            _ => return fail(value.span, "write the items of the list: `{}` for one without links"),
        };
        for item in items {
            let mut reader = Reader { document: self.document, depth, parent: Some(list) };
            let block = reader.push(BlockKind::Item { ordered, depth }, item.span);
            reader.parent = Some(block);
            reader.item(item)?;
        }
        Ok(())
    }

    /// An item: links and images of its first paragraph, then blocks inside it.
    fn item(&mut self, item: &Value<'s>) -> Result<(), OutlineError> {
        let none = [];
        let entries = match &item.kind {
            ValueKind::Map(entries) => entries.as_slice(),
            ValueKind::Null => &none,
            ValueKind::Scalar(word) if word == "item" => &none,
            _ => return fail(item.span, "write an item as `{ links: [...] }`, with `list:` for a list inside"),
        };
        let own = |entry: &&Entry<'s>| matches!(&*entry.key, "links" | "images" | "anchor");
        let inlines: Vec<Entry<'s>> = entries.iter().filter(own).cloned().collect();
        self.leaf(BlockKind::Paragraph, item.span, &inlines)?;
        for entry in entries.iter().filter(|entry| !own(entry)) {
            let span = Span { start: entry.key_span.start, end: entry.value.span.end };
            self.of_kind(&entry.key, span, &entry.value, &[])?;
        }
        Ok(())
    }

    fn table(&mut self, span: Span, fields: &[Entry<'s>]) -> Result<(), OutlineError> {
        let field = |name: &str| fields.iter().find(|field| field.key == name).map(|field| &field.value);
        let get = |name: &str, default: u32| field(name).map_or(Ok(Some(default)), number);
        let (columns, rows) = (get("columns", 2)?.unwrap_or(2), get("rows", 1)?.unwrap_or(1));
        let table = self.push(BlockKind::Table { columns }, span);
        for row in 0..rows.min(10_000) {
            self.parent = Some(table);
            let block = self.push(BlockKind::Row, span);
            self.parent = Some(block);
            let cell = self.push(BlockKind::Cell, span);
            if row + 1 == rows {
                let links: Vec<Entry<'s>> = fields.iter().filter(|field| field.key == "links").cloned().collect();
                self.inlines(cell, &links)?;
            }
        }
        self.parent = self.document.blocks[table].parent;
        Ok(())
    }
}

fn declared(destination: Cow<'_, str>, span: Span) -> Link<'_> {
    Link { form: LinkForm::Declared, destination, destination_span: span, text_span: span, is_empty: false }
}

fn scalar<'s>(value: &Value<'s>) -> Option<Cow<'s, str>> {
    if let ValueKind::Scalar(text) = &value.kind { Some(text.clone()) } else { None }
}

fn number(value: &Value<'_>) -> Result<Option<u32>, OutlineError> {
    match &value.kind {
        ValueKind::Null => Ok(None),
        ValueKind::Scalar(text) => match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => fail(value.span, format!("`{text}` is not a number")),
        },
        _ => fail(value.span, "write a number"),
    }
}

/// The fields of a block: in the mapping behind its name, or beside it.
fn fields<'v, 's>(value: &'v Value<'s>, rest: &'v [Entry<'s>]) -> Result<&'v [Entry<'s>], OutlineError> {
    match &value.kind {
        ValueKind::Map(entries) => Ok(entries),
        ValueKind::Null => Ok(rest),
        _ => fail(value.span, "write `{ links: [...] }`, or nothing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dozen_lines_are_a_document() {
        let text = "metadata: [title, { ms.topic: article }]\nbody:\n  - heading: 1\n    anchor: a\n  - list:\n      - { links: [/x, /y] }\n      - { links: [/z] }\n      - list:\n          - { links: [/m] }\n          - {}\n  - paragraph\n  - code: sh\n  - table: { columns: 2, rows: 2 }\n";
        let source = Source::new("outline.yaml", text);
        let document = parse(&source).expect("an outline");
        let nouns: Vec<_> = document.blocks.iter().map(Block::noun).collect();
        assert_eq!(nouns.iter().filter(|noun| **noun == "list item").count(), 5);
        let links = document.inlines.iter().filter_map(|inline| inline.kind.as_link());
        assert_eq!(links.map(|link| &*link.destination).collect::<Vec<_>>(), ["/x", "/y", "/z", "/m"]);
        assert_eq!(document.metadata.map(|metadata| metadata.entries.len()), Some(2));
    }

    #[test]
    fn mistakes_have_places() {
        for (text, place, words) in [
            ("bodi: []\n", "bodi", "unknown key `bodi`"),
            ("body:\n  - headline: 1\n", "headline", "unknown block `headline`"),
            ("body:\n  - heading: 7\n", "7", "from 1 to 6"),
            ("body:\n  - paragraph: { link: [/x] }\n", "link", "unknown key `link`"),
        ] {
            let source = Source::new("outline.yaml", text);
            let error = parse(&source).expect_err(text);
            assert!(error.message.contains(words), "{}", error.message);
            assert!(source.slice(error.span).starts_with(place), "{:?}", source.slice(error.span));
        }
    }
}
