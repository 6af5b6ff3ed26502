//! MDX: Markdown between component tags.

use crate::source::Source;

/// Hides lines that hold nothing but component tags, `import` and `export`, keeping every offset.
///
/// To `CommonMark` such a line starts an HTML block that swallows the Markdown after it (`<Steps>\n1. ...`). Code
/// is left alone. `None` where there is nothing to hide.
pub fn hide_tags(source: &Source) -> Option<Source> {
    let text = source.text();
    let mut hidden = String::new();
    let (mut kept, mut at, mut fence) = (0, 0, None);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        fence = in_fence(fence, trimmed);
        if fence.is_none() && is_tag_line(trimmed) {
            hidden.push_str(&text[kept..at]);
            hidden.extend(line.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte as char } else { ' ' }));
            kept = at + line.len();
        }
        at += line.len();
    }
    if kept == 0 {
        return None;
    }
    hidden.push_str(&text[kept..]);
    Some(source.masked(hidden))
}

/// The fence that is open after this line.
fn in_fence<'a>(open: Option<&'a str>, line: &'a str) -> Option<&'a str> {
    let mark = line.chars().next().filter(|char| matches!(char, '`' | '~'));
    let Some(mark) = mark else { return open };
    let length = line.len() - line.trim_start_matches(mark).len();
    match open {
        Some(fence) if line.starts_with(fence) && line.trim_end_matches(mark).is_empty() => None,
        Some(fence) => Some(fence),
        None if length >= 3 && !line[length..].contains('`') => Some(&line[..length]),
        None => None,
    }
}

/// `<Steps>`, `</TabItem>`, `<Card title="x" />`, `<Fragment slot="a">`; not `<div>`, which HTML knows.
fn is_tag_line(line: &str) -> bool {
    if line.starts_with("import ") || line.starts_with("export ") {
        return line.contains(" from ") || line.contains('=');
    }
    let Some(name) = line.strip_prefix("</").or_else(|| line.strip_prefix('<')) else { return false };
    name.starts_with(|first: char| first.is_ascii_uppercase()) && line.ends_with('>') && line.matches('<').count() == 1
}
