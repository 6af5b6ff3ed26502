//! A configuration file: its text, and where each of its values stands.

use std::collections::BTreeMap;

use super::error::Mistake;
use super::path::KeyPath;
use crate::document::metadata::{Entry, Value, ValueKind, yaml};
use crate::source::{Source, Span};

/// A file that was read, with the places of its values.
#[derive(Debug)]
pub struct ConfigFile {
    source: Source,
    /// What it is: `a configuration`.
    noun: &'static str,
    nodes: BTreeMap<KeyPath, Node>,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// Its key; an item of a list has none.
    key: Option<Span>,
    value: Span,
}

impl ConfigFile {
    /// Finds the places in a YAML text, and what keeps it from being read: bad syntax, keys that are there twice.
    pub(super) fn new(source: Source, noun: &'static str) -> (Self, Vec<Mistake>) {
        let mut finder = Finder { nodes: BTreeMap::new(), mistakes: Vec::new() };
        let (entries, error) = yaml::read(source.text(), 0);
        finder.entries(&KeyPath::default(), &entries);
        // A key that is there twice at the top is an error of the reader too.
        if let Some(error) = error.filter(|error| finder.mistakes.iter().all(|known| known.span != Some(error.span))) {
            let message = error.message.replace("front matter", noun);
            finder.mistakes.push(Mistake::new(Some(error.span), message, "here"));
        }
        let Finder { nodes, mistakes } = finder;
        (Self { source, noun, nodes }, mistakes)
    }

    /// The text, under the name that the file is told by.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What it is, in a message.
    pub(super) fn noun(&self) -> &'static str {
        self.noun
    }

    pub(super) fn into_source(self) -> Source {
        self.source
    }

    /// Does the file say anything here?
    pub fn has(&self, path: &KeyPath) -> bool {
        self.nodes.contains_key(path)
    }

    /// The line (from 1) where a value is said; `None` where the file does not.
    pub fn line(&self, path: &KeyPath) -> Option<u32> {
        let node = self.nodes.get(path)?;
        Some(self.source.locate(node.key.unwrap_or(node.value)).start.line)
    }

    /// The key of a value, else the value, else of what it is in.
    pub(super) fn key_span(&self, path: &KeyPath) -> Option<Span> {
        self.nearest(path).map(|node| node.key.unwrap_or(node.value))
    }

    /// A value, else its key where nothing is written, else of what it is in.
    pub(super) fn value_span(&self, path: &KeyPath) -> Option<Span> {
        let is_there = self.has(path);
        self.nearest(path).map(|node| match node.key {
            Some(key) if node.value.is_empty() || !is_there => key,
            _ => node.value,
        })
    }

    /// Where a part of a scalar stands: the last place in it where `part` is written.
    pub(super) fn part_span(&self, path: &KeyPath, part: &str) -> Option<Span> {
        let value = self.value_span(path)?;
        let at = self.source.slice(value).rfind(part)? + value.range().start;
        Some(Span::new(at..at + part.len()))
    }

    fn nearest(&self, path: &KeyPath) -> Option<Node> {
        let mut path = path.clone();
        loop {
            if let Some(node) = self.nodes.get(&path) {
                return Some(*node);
            }
            path = path.parent()?;
        }
    }
}

struct Finder {
    nodes: BTreeMap<KeyPath, Node>,
    mistakes: Vec<Mistake>,
}

impl Finder {
    fn entries(&mut self, path: &KeyPath, entries: &[Entry<'_>]) {
        for entry in entries {
            let path = path.key(&entry.key);
            let node = Node { key: Some(entry.key_span), value: entry.value.span };
            if self.nodes.insert(path.clone(), node).is_some() {
                let message = format!("the key `{}` is there twice", entry.key);
                let mistake = Mistake::new(Some(entry.key_span), message, "again");
                self.mistakes.push(mistake.help("keep one of the two"));
            }
            self.inside(&path, &entry.value);
        }
    }

    fn inside(&mut self, path: &KeyPath, value: &Value<'_>) {
        match &value.kind {
            ValueKind::Map(entries) => self.entries(path, entries),
            ValueKind::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    let path = path.index(at);
                    self.nodes.insert(path.clone(), Node { key: None, value: item.span });
                    self.inside(&path, item);
                }
            }
            ValueKind::Null | ValueKind::Scalar(_) | ValueKind::Any => {}
        }
    }
}
