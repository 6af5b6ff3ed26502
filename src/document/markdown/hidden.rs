//! Lines that site generators read and Markdown does not: component tags, shortcodes, container fences.
//!
//! To `CommonMark` a tag line starts an HTML block that swallows the Markdown after it (`<Steps>\n1. ...`), and a
//! shortcode is a paragraph, one with the text before or after it if no blank line stands between. Such lines are
//! blanked before parsing, keeping every offset.

use crate::source::Source;

/// The source without such lines, and with template calls in destinations as one word; `None` where it has neither.
pub fn hide(source: &Source) -> Option<Source> {
    let text = source.text();
    if !may_have_any(text) {
        return None;
    }
    let mut hidden = text.as_bytes().to_vec();
    let is_mdx = source.name().to_ascii_lowercase().ends_with(".mdx");
    let (mut at, mut fence, mut is_after_blank, mut is_in_image) = (0, None, true, false);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        fence = in_fence(fence, trimmed);
        let end = at + line.len();
        let is_alone = is_after_blank && text[end..].lines().next().is_none_or(|next| next.trim().is_empty());
        if fence.is_none() && (is_in_image || is_hidden(trimmed, is_mdx) || is_shortcode(trimmed, is_alone, text)) {
            blank(&mut hidden[at..end]);
        }
        // What stands between these two describes the picture.
        is_in_image =
            (is_in_image || trimmed.starts_with(":::image type=\"complex\"")) && !trimmed.starts_with(":::image-end");
        is_after_blank = trimmed.is_empty();
        at = end;
    }
    calls_in_destinations(text, &mut hidden);
    let hidden = String::from_utf8(hidden).ok().filter(|hidden| hidden != text)?;
    Some(source.masked(hidden))
}

/// Covers everything but line endings.
fn blank(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')) {
        *byte = b' ';
    }
}

/// `[x](/docs/{{< param "version" >}}/)`: blanks and quotes in the call would end the destination.
fn calls_in_destinations(text: &str, hidden: &mut [u8]) {
    let mut from = 0;
    while let Some(open) = text[from..].find("](").map(|at| from + at + 2) {
        from = open;
        let rest = &text[open..];
        let end = rest.find("}}").map(|end| end + 2);
        let start =
            rest.find("{{").filter(|start| rest[..*start].bytes().all(|byte| !matches!(byte, b')' | b' ' | b'\n')));
        let (Some(start), Some(end)) = (start, end) else { continue };
        if start < end {
            for byte in &mut hidden[open + start..open + end] {
                if !byte.is_ascii_alphanumeric() && byte.is_ascii() {
                    *byte = b'_';
                }
            }
            // Several calls may stand in one destination.
            from = open - 2;
            if hidden[open + start..open + end].iter().all(|byte| !matches!(byte, b'{' | b'}')) {
                from = open + end;
            }
        }
    }
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
        || memchr::memmem::find(bytes, b"{/*").is_some()
        || memchr::memmem::find(bytes, b":::").is_some()
        || memchr::memchr_iter(b'<', bytes).any(is_component)
}

fn is_hidden(line: &str, is_mdx: bool) -> bool {
    is_component(line)
        || line.starts_with(":::")
        || (line.starts_with("{/*") && line.ends_with("*/}"))
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

/// `{{< note >}}`, `{{% /tab %}}`, and nothing else: a container, or one that stands alone. In the middle of a
/// paragraph it stands for words (`{{< glossary_tooltip >}}`).
fn is_shortcode(line: &str, is_alone: bool, text: &str) -> bool {
    let inside = |open: &str, close: &str| line.strip_prefix(open)?.strip_suffix(close).map(str::trim);
    let Some(call) = inside("{{<", ">}}").or_else(|| inside("{{%", "%}}")).filter(|call| !call.contains("{{")) else {
        return false;
    };
    let name = call.split_whitespace().next().unwrap_or_default();
    is_alone
        || name.starts_with('/')
        || ["< /", "</", "% /", "%/"].iter().any(|end| text.contains(&format!("{{{{{end}{name}")))
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
        let text =
            "<Steps>\n1. a\n</Steps>\n{{< note >}}\nb {{< x >}}\n{{< /note >}}\n:::tip T\n```\n<Steps>\n```\n<div>\n";
        let source = Source::new("a.md", text);
        let hidden = hide(&source).expect("there are some");
        let kept: Vec<&str> = hidden.text().lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(kept, ["1. a", "b {{< x >}}", "```", "<Steps>", "```", "<div>"]);
        assert_eq!(hidden.text().len(), text.len());
        assert!(hide(&Source::new("b.md", "a <b> {{ c }}\nb\n{{< d >}}\nc\n")).is_none());
        let call = Source::new("c.md", "[x](/a/{{< p \"v\" >}}/b) {{< q >}}");
        assert_eq!(hide(&call).expect("a call").text(), "[x](/a/____p__v_____/b) {{< q >}}");
    }
}
