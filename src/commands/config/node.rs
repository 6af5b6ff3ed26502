//! Values with where they come from, as YAML with comments and as JSON.

use serde_yaml::Value;
use unicode_width::UnicodeWidthStr;

/// A value that is shown.
pub(super) enum Node {
    /// Where it comes from is one place.
    Leaf { value: Value, from: String },
    /// Keys in the order in which they are shown.
    Map(Vec<(String, Self)>),
    /// Items, each a mapping.
    List(Vec<Self>),
}

/// A line of YAML, and the comment behind it.
struct Line {
    text: String,
    comment: Option<String>,
}

/// Comments stand in one column, which is not further right than this.
const COMMENTS: usize = 48;

/// A comment, which is less important where there is colour.
pub(super) fn comment(words: &str, color: bool) -> String {
    if color { format!("\u{1b}[2m# {words}\u{1b}[0m") } else { format!("# {words}") }
}

impl Node {
    pub(super) fn leaf(value: Value, from: String) -> Self {
        Self::Leaf { value, from }
    }

    /// Lines of YAML, each value with a comment that says where it comes from.
    pub(super) fn yaml(&self, width: usize, color: bool) -> String {
        let mut lines = Vec::new();
        self.write(0, width, &mut lines);
        let commented = lines.iter().filter(|line| line.comment.is_some());
        let column =
            commented.map(|line| line.text.width()).filter(|width| *width <= COMMENTS).max().unwrap_or_default();
        lines.iter().map(|line| line.written(column, color)).collect()
    }

    /// Every leaf as an object of `value` and `from`.
    pub(super) fn json(&self) -> serde_json::Value {
        match self {
            Self::Leaf { value, from } => serde_json::json!({ "value": value, "from": from }),
            Self::Map(entries) => entries.iter().map(|(key, node)| (key.clone(), node.json())).collect(),
            Self::List(items) => items.iter().map(Self::json).collect(),
        }
    }

    /// Writes what stands below a key or at the top.
    fn write(&self, indent: usize, width: usize, lines: &mut Vec<Line>) {
        match self {
            Self::Leaf { .. } => {}
            Self::Map(entries) => entries.iter().for_each(|(key, node)| node.entry(key, indent, width, lines)),
            Self::List(items) => {
                for item in items {
                    let first = lines.len();
                    item.write(indent + 2, width, lines);
                    if let Some(line) = lines.get_mut(first) {
                        line.text.replace_range(indent..=indent, "-");
                    }
                }
            }
        }
    }

    fn entry(&self, key: &str, indent: usize, width: usize, lines: &mut Vec<Line>) {
        let key = format!("{}{}:", " ".repeat(indent), string(key));
        match self {
            Self::Leaf { value, from } => leaf(&key, value, from, indent, width, lines),
            Self::Map(inner) if inner.is_empty() => lines.push(Line { text: format!("{key} {{}}"), comment: None }),
            Self::Map(_) | Self::List(_) => {
                lines.push(Line { text: key, comment: None });
                self.write(indent + 2, width, lines);
            }
        }
    }
}

/// A value on the line of its key; a list that is too long for that, an item a line.
fn leaf(key: &str, value: &Value, from: &str, indent: usize, width: usize, lines: &mut Vec<Line>) {
    let comment = Some(from.to_owned());
    let text = format!("{key} {}", flow(value));
    match value {
        Value::Sequence(items) if text.width() > width.saturating_sub(from.width() + 4) => {
            lines.push(Line { text: key.to_owned(), comment });
            let item = |item| Line { text: format!("{}- {}", " ".repeat(indent + 2), flow(item)), comment: None };
            lines.extend(items.iter().map(item));
        }
        _ => lines.push(Line { text, comment }),
    }
}

impl Line {
    fn written(&self, column: usize, color: bool) -> String {
        let Some(comment) = &self.comment else { return format!("{}\n", self.text) };
        let gap = " ".repeat(column.saturating_sub(self.text.width()) + 2);
        format!("{}{gap}{}\n", self.text, self::comment(comment, color))
    }
}

/// A value on one line.
fn flow(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(word) => word.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => string(text),
        Value::Sequence(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Mapping(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Mapping(entries) => {
            let entry = |(key, value): (&Value, &Value)| format!("{}: {}", flow(key), flow(value));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Tagged(tagged) => flow(&tagged.value),
    }
}

/// A text that YAML reads as this text wherever it stands, in quotes where it needs them.
fn string(text: &str) -> String {
    let is_word = text.starts_with(|char: char| char.is_alphabetic() || char == '_')
        && text.chars().all(|char| char.is_alphanumeric() || "_-./".contains(char));
    let is_constant = ["true", "false", "null", "yes", "no", "on", "y", "n"].contains(&text.to_lowercase().as_str());
    // JSON's quotes are YAML's; strings can always be written.
    if is_word && !is_constant { text.to_owned() } else { serde_json::to_string(text).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_it_was() {
        for text in
            ["a", "a-b", "off", "no", "3", "", "a: b", "- x", "**/x", "{path}", "é", "\u{7}", "null", "~", "a #b"]
        {
            let written = format!("[{}]", string(text));
            let read: Vec<String> = serde_yaml::from_str(&written).expect(&written);
            assert_eq!(read, [text], "{written}");
        }
    }

    #[test]
    fn comments_stand_in_one_column() {
        let leaf = |value: &str, from: &str| Node::leaf(Value::String(value.to_owned()), from.to_owned());
        let inner = Node::Map(vec![("b".to_owned(), leaf("long", "x:1")), ("c".to_owned(), leaf("d", "x:2"))]);
        let node = Node::Map(vec![("a".to_owned(), Node::List(vec![inner])), ("e".to_owned(), leaf("f", "built in"))]);
        assert_eq!(node.yaml(80, false), "a:\n  - b: long  # x:1\n    c: d     # x:2\ne: f         # built in\n");
    }
}
