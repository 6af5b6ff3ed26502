//! Lines that site generators read and Markdown does not: component tags, shortcodes, container fences.
//!
//! To `CommonMark` a tag line starts an HTML block that swallows the Markdown after it (`<Steps>\n1. ...`), and a
//! shortcode is a paragraph, one with the text before or after it if no blank line stands between. Such lines are
//! blanked before parsing, keeping every offset.

use crate::source::Source;

/// The source without such lines; `None` where it has none.
pub fn hide(source: &Source) -> Option<Source> {
    let text = source.text();
    if !may_have_any(text) {
        return None;
    }
    let is_mdx = source.name().to_ascii_lowercase().ends_with(".mdx");
    let mut hidden = String::new();
    let (mut kept, mut at, mut fence) = (0, 0, None);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        fence = in_fence(fence, trimmed);
        if fence.is_none() && is_hidden(trimmed, is_mdx) {
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

/// A quick look, for most documents have none.
fn may_have_any(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_component = |at: usize| match bytes.get(at + 1) {
        Some(b'/') => bytes.get(at + 2).is_some_and(u8::is_ascii_uppercase),
        Some(next) => next.is_ascii_uppercase(),
        None => false,
    };
    memchr::memmem::find(bytes, b"{{").is_some()
        || memchr::memmem::find(bytes, b":::").is_some()
        || memchr::memchr_iter(b'<', bytes).any(is_component)
}

fn is_hidden(line: &str, is_mdx: bool) -> bool {
    is_component(line)
        || is_shortcode(line)
        || line.starts_with(":::")
        || (is_mdx
            && (line.starts_with("import ") || line.starts_with("export "))
            && line.contains([';', '=', '\'', '"']))
}

/// `<Steps>`, `</TabItem>`, `<Card title="x" />`; not `<div>`, which HTML knows, nor `<Autolink:x>`.
fn is_component(line: &str) -> bool {
    let Some(name) = line.strip_prefix("</").or_else(|| line.strip_prefix('<')) else { return false };
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && line.ends_with('>')
        && line.matches('<').count() == 1
        && !name.split([' ', '>']).next().unwrap_or_default().contains(':')
}

/// `{{< note >}}`, `{{% /tab %}}`, and nothing else.
fn is_shortcode(line: &str) -> bool {
    let is_pair =
        |open: &str, close: &str| line.starts_with(open) && line.ends_with(close) && line.matches(open).count() == 1;
    is_pair("{{<", ">}}") || is_pair("{{%", "%}}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_their_own_are_hidden() {
        let text = "<Steps>\n1. a\n</Steps>\n{{< note >}}\nb {{< x >}}\n:::tip T\n```\n<Steps>\n```\n<div>\n";
        let source = Source::new("a.md", text);
        let hidden = hide(&source).expect("there are some");
        let kept: Vec<&str> = hidden.text().lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(kept, ["1. a", "b {{< x >}}", "```", "<Steps>", "```", "<div>"]);
        assert_eq!(hidden.text().len(), text.len());
        assert!(hide(&Source::new("b.md", "a <b> {{ c }}")).is_none());
    }
}
