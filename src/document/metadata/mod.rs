//! Front matter: keys and values with their places.

mod front_matter;
mod toml;
pub(crate) mod yaml;

use std::borrow::Cow;

pub use front_matter::{body, parse};

use crate::source::Span;

/// Front matter of a document.
#[derive(Clone, Debug, Default)]
pub struct Metadata<'s> {
    /// The whole of it, fences included.
    pub span: Span,
    /// Its top-level keys in order.
    pub entries: Vec<Entry<'s>>,
    /// What keeps it from being read, if anything; `entries` then holds what came before.
    pub error: Option<SyntaxError>,
}

/// Why front matter cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What the parser says.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry<'s> {
    /// The key, unquoted.
    pub key: Cow<'s, str>,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub value: Value<'s>,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Value<'s> {
    /// What it is.
    pub kind: ValueKind<'s>,
    /// Where it stands; empty, after the key, where nothing is written.
    pub span: Span,
}

/// The kinds of value.
#[derive(Clone, Debug)]
pub enum ValueKind<'s> {
    /// Nothing, or an explicit null.
    Null,
    /// A string, number, boolean or date, unquoted.
    Scalar(Cow<'s, str>),
    /// A list.
    List(Vec<Value<'s>>),
    /// A mapping.
    Map(Vec<Entry<'s>>),
    /// Some value: an outline asks for a key and leaves its value open.
    Any,
}

impl<'s> Metadata<'s> {
    /// The entry of a top-level key.
    pub fn get(&self, key: &str) -> Option<&Entry<'s>> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value at a path of keys joined by dots, such as `l10n.sourceCommit`; a key that holds the dots itself, such
    /// as `ms.date`, wins.
    pub fn value(&self, path: &str) -> Option<&Value<'s>> {
        value_at(&self.entries, path)
    }

    /// The text of the value at such a path, where it is a scalar.
    pub fn scalar(&self, path: &str) -> Option<&str> {
        if let ValueKind::Scalar(text) = &self.value(path)?.kind { Some(text) } else { None }
    }
}

fn value_at<'a, 's>(entries: &'a [Entry<'s>], path: &str) -> Option<&'a Value<'s>> {
    if let Some(entry) = entries.iter().find(|entry| entry.key == path) {
        return Some(&entry.value);
    }
    if !entries.iter().any(|entry| matches!(entry.value.kind, ValueKind::Map(_))) {
        return None;
    }
    let (head, rest) = path.split_once('.')?;
    let entry = entries.iter().find(|entry| entry.key == head)?;
    if let ValueKind::Map(inner) = &entry.value.kind { value_at(inner, rest) } else { None }
}

impl Value<'_> {
    /// True where there is nothing: null, `''`, an empty list or mapping.
    pub fn is_empty(&self) -> bool {
        match &self.kind {
            ValueKind::Null => true,
            ValueKind::Scalar(text) => text.trim().is_empty(),
            ValueKind::List(items) => items.iter().all(Value::is_empty),
            ValueKind::Map(entries) => entries.is_empty(),
            ValueKind::Any => false,
        }
    }

    /// Equality of what is meant: quotes, flow or block style and the order of keys do not matter.
    pub fn same(&self, other: &Value<'_>) -> bool {
        match (&self.kind, &other.kind) {
            (ValueKind::Any, _) | (_, ValueKind::Any) => true,
            (ValueKind::Scalar(a), ValueKind::Scalar(b)) => a.trim() == b.trim(),
            (ValueKind::List(a), ValueKind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b)),
            (ValueKind::Map(a), ValueKind::Map(b)) => {
                a.len() == b.len() && a.iter().all(|x| b.iter().any(|y| x.key == y.key && x.value.same(&y.value)))
            }
            _ => self.is_empty() && other.is_empty(),
        }
    }
}
