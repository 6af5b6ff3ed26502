//! MDX has no indented code: what is indented by four blanks stands in a component.
//!
//! Such lines are moved to the margin before parsing, and still know where they stood.

use crate::source::{Source, Span};

/// The source with what is indented outside of lists moved to the margin; `None` where nothing is. Front matter, up to
/// `body`, stays as it is.
pub fn outdent(source: &Source, body: usize) -> Option<Source> {
    let text = source.text();
    let mut margin = Margin::default();
    let mut pieces: Vec<Span> = Vec::new();
    let (mut from, mut at) = (0, body);
    for line in text.get(body..)?.split_inclusive('\n') {
        let cut = margin.cut(line);
        if cut > 0 {
            pieces.push(Span::new(from..at));
            from = at + cut;
        }
        at += line.len();
    }
    if from == 0 {
        return None;
    }
    pieces.push(Span::new(from..text.len()));
    Some(source.excerpt(&pieces))
}

/// Where the margin is, in columns, as lines go by.
#[derive(Default)]
struct Margin {
    base: usize,
    /// Where the contents of the open list items start, in columns, and how far these were moved beyond the base.
    items: Vec<(usize, usize)>,
    /// How far a line, or the fence that is open, stands behind the margin of its item.
    excess: usize,
    /// The fence that is open.
    fence: Option<String>,
}

impl Margin {
    /// How many bytes of white space a line starts with that are not its own.
    fn cut(&mut self, line: &str) -> usize {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            return 0;
        }
        let indent = columns(line);
        if self.fence.is_none() {
            self.items.retain(|(item, _)| *item <= indent);
            // In an item the margin is where its words start, moved as far as the item was.
            let (item, moved) = self.items.last().copied().unwrap_or((indent, 0));
            self.excess = moved + if indent - item >= 4 { indent - item } else { 0 };
            if self.items.is_empty() && (indent < self.base || indent >= self.base + 4) {
                // A further item of a list that was moved is moved as far.
                let is_item = indent < self.base && mark(trimmed).is_some();
                self.base = if indent >= 4 || is_item { indent } else { 0 };
            }
            if let Some(width) = mark(trimmed) {
                self.items.push((indent + width, self.excess));
                self.follow_fence(trimmed.trim_start_matches(|char: char| !char.is_whitespace()).trim_start());
                return bytes_of(line, self.base + self.excess);
            }
        }
        self.follow_fence(trimmed);
        // A fence may be closed further out than it was opened, and still belongs to its item.
        let kept = self.items.last().map(|(item, moved)| moved + indent.saturating_sub(*item));
        bytes_of(line, self.base + kept.map_or(self.excess, |kept| kept.min(self.excess)))
    }

    fn follow_fence(&mut self, line: &str) {
        let mark = line.chars().next().filter(|char| matches!(char, '`' | '~'));
        let length = mark.map_or(0, |mark| line.len() - line.trim_start_matches(mark).len());
        match &self.fence {
            Some(fence) if line.starts_with(fence.as_str()) && length == line.len() => self.fence = None,
            None if length >= 3 && !line[length..].contains('`') => self.fence = Some(line[..length].to_owned()),
            _ => {}
        }
    }
}

/// The width of a line's white space, tabs to the next multiple of four.
fn columns(line: &str) -> usize {
    let blanks = line.chars().take_while(|char| matches!(char, ' ' | '\t'));
    blanks.fold(0, |at, char| if char == '\t' { (at / 4 + 1) * 4 } else { at + 1 })
}

/// How many bytes of white space reach up to a column.
fn bytes_of(line: &str, column: usize) -> usize {
    let mut at = 0;
    let mut bytes = 0;
    for char in line.chars().take_while(|char| matches!(char, ' ' | '\t')) {
        let next = if char == '\t' { (at / 4 + 1) * 4 } else { at + 1 };
        if next > column {
            break;
        }
        (at, bytes) = (next, bytes + 1);
    }
    bytes
}

/// The width of the mark of a list item, with the blanks behind it: more than four belong to code that it starts with.
fn mark(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let sign = line[digits..].chars().next()?;
    let is_mark = (digits == 0 && matches!(sign, '-' | '*' | '+')) || (digits > 0 && matches!(sign, '.' | ')'));
    let blanks = columns(&line[digits + sign.len_utf8()..]);
    (is_mark && blanks > 0).then_some(digits + 1 + if blanks > 4 { 1 } else { blanks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_components_is_no_code() {
        let text = "<Card>\n    Some words.\n\n    - one\n      more\n\n    ```js\n        x\n    ```\n</Card>\n\n- a\n\n      <Option>\n      words\n";
        let source = Source::new("a.mdx", text);
        let moved = outdent(&source, 0).expect("something is indented");
        let expected =
            "<Card>\nSome words.\n\n- one\n  more\n\n```js\n    x\n```\n</Card>\n\n- a\n\n  <Option>\n  words\n";
        assert_eq!(moved.text(), expected);
        let at = moved.text().find("words").expect("it is there");
        assert_eq!(moved.in_file(Span::new(at..at + 5)), Span::new(16..21));
        let fences =
            "1. a\n\n       ```js\n       x\n   ```\n\n       b\n\n        2. ```js\n           y\n           ```\n";
        let moved = outdent(&Source::new("d.mdx", fences), 0).expect("it is deep");
        assert_eq!(moved.text(), "1. a\n\n   ```js\n   x\n   ```\n\n   b\n\n   2. ```js\n      y\n      ```\n");
        let tabs = outdent(&Source::new("e.mdx", "\t- a\n  - b\n\nc\n"), 0).expect("it is deep").text().to_owned();
        assert_eq!(tabs, "- a\n- b\n\nc\n");
        let wide = Source::new("c.mdx", "4.  a\n\n        - b\n");
        assert_eq!(outdent(&wide, 0).expect("it is deep").text(), "4.  a\n\n    - b\n");
        assert!(outdent(&Source::new("b.mdx", "a\n\n- b\n  - c\n"), 0).is_none());
    }
}
