//! Lines that site generators read and Markdown does not: component tags, shortcodes, container fences.
//!
//! To `CommonMark` a tag line starts an HTML block that swallows the Markdown after it (`<Steps>\n1. ...`), and a
//! shortcode is a paragraph, one with the text before or after it if no blank line stands between. Such lines are
//! blanked before parsing, keeping every offset.

use std::ops::Range;

use foldhash::HashSet;

use crate::document::Dialect;
use crate::document::dialect::Construct::{
    Admonitions, Comments, Components, Containers, Liquid, Modules, ModulesInMdx, Shortcodes,
};
use crate::source::Source;
use crate::text::holds;

/// The source without such lines, and with template calls in destinations as one word; `None` where it has neither.
pub fn hide(source: &Source, dialect: &Dialect) -> Option<Source> {
    let text = source.text();
    let is_mdx =
        dialect.hides(Modules) || (dialect.hides(ModulesInMdx) && source.name().to_ascii_lowercase().ends_with(".mdx"));
    if !is_mdx && !may_have_any(text, dialect) {
        return None;
    }
    let mut hidden = text.as_bytes().to_vec();
    let closed = if dialect.hides(Shortcodes) { closed_shortcodes(text) } else { HashSet::default() };
    let line_of_its_own = |line: &str, is_alone: bool| {
        is_hidden(line, is_mdx, dialect) || (dialect.hides(Shortcodes) && is_shortcode(line, is_alone, &closed))
    };
    let (mut at, mut fence, mut is_after_end, mut is_in_image, mut call_end) = (0, None, true, false, 0);
    let mut is_in_comment = false;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        fence = in_fence(fence, trimmed);
        let end = at + line.len();
        let is_alone = is_after_end && text[end..].lines().next().is_none_or(|next| starts_anew(next.trim()));
        if fence.is_none() && dialect.hides(Shortcodes) && is_after_end {
            call_end = call_end.max(long_call(text, at));
        }
        if fence.is_none() && dialect.hides(Components) && at >= call_end {
            call_end = long_tag(text, at);
        }
        let may_be_comment = fence.is_none() && at >= call_end && closed.contains("comment");
        if may_be_comment && trimmed.starts_with("{{") && trimmed.contains(" comment ") {
            call_end = call_end.max(hugo_comment(text, at));
        }
        if fence.is_none() && dialect.hides(Liquid) && trimmed.starts_with("{%") && trimmed.contains(" comment ") {
            call_end = call_end.max(text[at..].find("endcomment").map_or(at, |end| at + end));
        }
        is_in_comment |= is_mdx && fence.is_none() && trimmed.starts_with("{/*") && !trimmed.contains("*/");
        let is_covered =
            fence.is_none() && (is_in_image || is_in_comment || at < call_end || line_of_its_own(trimmed, is_alone));
        is_in_comment &= !trimmed.contains("*/");
        if is_covered {
            blank(&mut hidden[at..end]);
        } else if fence.is_none() && is_delimiter_row(line) {
            hidden[at..end].iter_mut().filter(|byte| **byte == b'\t').for_each(|tab| *tab = b' ');
        } else if fence.is_none() && dialect.hides(Admonitions) {
            let indent = line.len() - line.trim_start().len();
            as_item(&mut hidden[at + indent..end]);
        }
        // What stands between these two describes the picture.
        is_in_image = (is_in_image || is_complex_image(trimmed, dialect)) && !trimmed.starts_with(":::image-end");
        is_after_end = is_covered || ends_block(trimmed);
        at = end;
    }
    calls_in_destinations(text, &mut hidden);
    let hidden = String::from_utf8(hidden).ok().filter(|hidden| hidden != text)?;
    Some(source.masked(hidden))
}

/// The row below a table's head, with tabs in it: GitHub reads it, the parser does not.
fn is_delimiter_row(line: &str) -> bool {
    line.contains("\t|") && line.contains("--") && line.bytes().all(|byte| b"|-: \t\r\n".contains(&byte))
}

/// Does no paragraph go on behind such a line?
fn ends_block(line: &str) -> bool {
    line.is_empty() || line.starts_with('#') || line.ends_with("-->")
}

/// Does such a line go on with no paragraph?
fn starts_anew(line: &str) -> bool {
    let is_call = match shortcode(line) {
        Some((_, after)) => after.trim().is_empty(),
        None => line.starts_with("{{<") || line.starts_with("{{%"),
    };
    is_call || ends_block(line) || line.starts_with("<!--")
}

/// Where a shortcode ends that starts a line and goes on over the next ones, with nothing behind it; else `at`.
fn long_call(text: &str, at: usize) -> usize {
    let line = text[at..].lines().next().unwrap_or_default();
    let close = match line.trim_start().get(..3) {
        Some("{{<") => ">}}",
        Some("{{%") => "%}}",
        _ => return at,
    };
    let Some(length) = text[at..].find(close).filter(|length| *length > line.len()) else { return at };
    let call = &text[at..at + length];
    let after = text[at + length + close.len()..].lines().next().unwrap_or_default();
    let is_one_call = call.matches("{{").count() == 1 && !call.contains("\n\n") && after.trim().is_empty();
    if is_one_call { at + length } else { at }
}

/// Where the tag of a component ends that starts a line and goes on over the next ones, with nothing behind it; else
/// `at`. Signs in quotes and braces end none.
fn long_tag(text: &str, at: usize) -> usize {
    let line = text[at..].lines().next().unwrap_or_default();
    let tag = line.trim_start().strip_prefix('<').unwrap_or_default();
    if !tag.starts_with(|first: char| first.is_ascii_uppercase()) || line.contains('>') {
        return at;
    }
    let (mut depth, mut quote, mut last) = (0_usize, None, ' ');
    for (place, char) in text[at..].char_indices() {
        match (quote, char) {
            (Some(open), _) if char == open => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(char),
            (None, '{') => depth += 1,
            (None, '}') => depth = depth.saturating_sub(1),
            (None, '>') if depth == 0 && last != '=' => {
                let after = text[at + place + 1..].lines().next().unwrap_or_default();
                return if after.trim().is_empty() { at + place } else { at };
            }
            (None, '\n') if last == '\n' => return at,
            (Some(_) | None, _) => {}
        }
        last = char;
    }
    at
}

/// Where a comment of Hugo's ends that starts here; else `at`.
fn hugo_comment(text: &str, at: usize) -> usize {
    let ends = ["{{< /comment >}}", "{{% /comment %}}", "{{</ comment >}}", "{{%/ comment %}}"];
    let end = ends.iter().filter_map(|end| text[at..].find(end)).min();
    end.map_or(at, |end| at + end)
}

fn is_complex_image(line: &str, dialect: &Dialect) -> bool {
    dialect.hides(Containers) && line.starts_with(":::image type=\"complex\"")
}

/// `!!! note` and what is indented below it become an item of a list: to `CommonMark` the latter would be code.
fn as_item(line: &mut [u8]) {
    let marks = [b"!!! ", b"??? ", b"???+", b"=== "];
    if marks.iter().any(|mark| line.starts_with(*mark)) {
        let is_open = line[3] == b'+';
        line[..4].copy_from_slice(if is_open { b"-  ." } else { b"-   " });
    }
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
        while let Some(call) = call_in_destination(&text.as_bytes()[from..]) {
            for byte in &mut hidden[from + call.start..from + call.end] {
                if !byte.is_ascii_alphanumeric() && byte.is_ascii() {
                    *byte = b'_';
                }
            }
            from += call.end;
        }
    }
}

/// Bytes that are looked at of a destination.
const DESTINATION: usize = 2048;

/// The first call in what a text has of a destination.
fn call_in_destination(rest: &[u8]) -> Option<Range<usize>> {
    let rest = &rest[..rest.len().min(DESTINATION)];
    let destination = rest.split(|byte| matches!(byte, b')' | b' ' | b'\n')).next()?;
    let start = memchr::memmem::find(destination, b"{{")?;
    // A call may go on in the next line: it is one to the site, whatever Markdown makes of it.
    let length = memchr::memmem::find(&rest[start..], b"}}")? + 2;
    Some(start..start + length)
}

/// A quick look, for most documents have none.
fn may_have_any(text: &str, dialect: &Dialect) -> bool {
    let bytes = text.as_bytes();
    let is_component = |at: usize| match bytes.get(at + 1) {
        Some(b'/') => bytes.get(at + 2).is_some_and(u8::is_ascii_uppercase),
        Some(next) => next.is_ascii_uppercase(),
        None => false,
    };
    let holds_word = |word: &[u8]| memchr::memmem::find(bytes, word).is_some();
    let has_calls = || holds_word(b"{{") || holds_word(b"{/*") || (dialect.hides(Liquid) && holds_word(b"{%"));
    holds(bytes, |byte| byte == b'{') && has_calls()
        || holds(bytes, |byte| byte == b'\t') && holds_word(b"\t|")
        || holds_word(b":::")
        || dialect.hides(Admonitions)
        || dialect.hides(Modules)
        || memchr::memchr_iter(b'<', bytes).any(is_component)
}

fn is_hidden(line: &str, is_mdx: bool, dialect: &Dialect) -> bool {
    (dialect.hides(Components) && is_component(line))
        || (dialect.hides(Containers) && line.starts_with(":::"))
        || (dialect.hides(Comments) && line.starts_with("{/*") && line.ends_with("*/}"))
        || (dialect.hides(Liquid) && line.starts_with("{%") && line.ends_with("%}"))
        || (dialect.hides(Admonitions) && (line == "///" || line.starts_with("/// ")))
        || (is_mdx && (is_block_tag(line) || is_expression(line)))
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

/// `<p>`, `</details>`: in MDX what stands between such lines is Markdown, with or without blank lines.
fn is_block_tag(line: &str) -> bool {
    const BLOCKS: [&str; 8] = ["p", "div", "section", "details", "aside", "article", "figure", "center"];
    let Some(name) = line.strip_prefix("</").or_else(|| line.strip_prefix('<')) else { return false };
    let name = name.split(|char: char| !char.is_ascii_alphanumeric()).next().unwrap_or_default();
    BLOCKS.contains(&name) && line.ends_with('>') && line.matches('<').count() == 1
}

/// `{tides}`, `{#if night}`; not `{"words"}`.
fn is_expression(line: &str) -> bool {
    line.starts_with('{') && line.ends_with('}') && !line[1..].starts_with(['"', '\'', '`'])
}

/// `{{< note >}}`, `{{% /tab %}} {{% tab %}}`, and nothing else: containers, or calls that stand alone. In the middle of
/// a paragraph one stands for words (`{{< glossary_tooltip >}}`).
fn is_shortcode(line: &str, is_alone: bool, closed: &HashSet<&str>) -> bool {
    let mut rest = line;
    while let Some((name, after)) = shortcode(rest) {
        if !is_alone && !name.starts_with('/') && !closed.contains(name) {
            return false;
        }
        rest = after.trim_start();
    }
    rest.is_empty() && !line.is_empty()
}

/// The names of the shortcodes that a text closes somewhere: `{{< /note >}}`.
fn closed_shortcodes(text: &str) -> HashSet<&str> {
    let calls = text.match_indices("{{").filter_map(|(at, _)| text[at + 2..].strip_prefix(['<', '%']));
    let ends = calls.filter_map(|call| call.strip_prefix(' ').unwrap_or(call).strip_prefix('/'));
    ends.filter_map(|end| end.split([' ', '\t', '\n', '>', '%']).find(|name| !name.is_empty())).collect()
}

/// The name of the shortcode that a line starts with, and what follows it.
fn shortcode(line: &str) -> Option<(&str, &str)> {
    let inside = |open: &str, close: &str| line.strip_prefix(open)?.split_once(close);
    let (call, after) = inside("{{<", ">}}").or_else(|| inside("{{%", "%}}"))?;
    Some((call.split_whitespace().next().unwrap_or_default(), after))
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
        let hidden = hide(&source, &Dialect::default()).expect("there are some");
        let kept: Vec<&str> = hidden.text().lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(kept, ["1. a", "b {{< x >}}", "```", "<Steps>", "```", "<div>"]);
        assert_eq!(hidden.text().len(), text.len());
        let lone = "## A\n{{< figure src=\"x\" >}}\n{{< feature\n  name=\"y\" >}}\nprose\n";
        let lone = hide(&Source::new("l.md", lone), &Dialect::default()).expect("calls");
        assert_eq!(lone.text().split_whitespace().collect::<Vec<_>>(), ["##", "A", "prose"]);
        let comment = Source::new("c.md", "a\n\n{{< comment >}}\nb\n{{< /comment >}}\n\nc\n");
        let comment = hide(&comment, &Dialect::default()).expect("a comment");
        assert_eq!(comment.text().split_whitespace().collect::<Vec<_>>(), ["a", "c"]);
        let tabs = Source::new("t.md", "{{< tabs >}}\na\n    {{% /tab %}} {{% tab X %}}\nb\n{{< /tabs >}}\n");
        assert!(!hide(&tabs, &Dialect::default()).expect("tabs").text().contains('%'));
        assert!(hide(&Source::new("b.md", "a <b> {{ c }}\nb\n{{< d >}}\nc\n"), &Dialect::default()).is_none());
        let call = Source::new("c.md", "[x](/a/{{< p \"v\" >}}/b) {{< q >}}");
        assert_eq!(hide(&call, &Dialect::default()).expect("a call").text(), "[x](/a/____p__v_____/b) {{< q >}}");
        let tag = "<Tide\n  level={[\n    {high: \"a > b\"},\n]} />\n\nb\n<Not\nc> d\n";
        let tag = hide(&Source::new("e.md", tag), &Dialect::default()).expect("a tag");
        assert_eq!(tag.text().split_whitespace().collect::<Vec<_>>(), ["b", "<Not", "c>", "d"]);
        let calls = Source::new("d.md", "[x]({{< p >}}/{{< r\n\"w\" >}}) [y]({{< z");
        let calls = hide(&calls, &Dialect::default()).expect("calls");
        assert_eq!(calls.text(), "[x](____p____/____r__w_____) [y]({{< z");
    }

    #[test]
    fn a_dialect_says_what_is_hidden() {
        let hidden = |text: &str, hides: &[crate::document::dialect::Construct]| {
            let dialect = Dialect { hides: hides.to_vec(), ..Dialect::default() };
            let source = Source::new("a.md", text);
            hide(&source, &dialect).unwrap_or(source).text().to_owned()
        };
        assert_eq!(hidden("<Steps>\n:::tip\n", &[Containers]), "<Steps>\n      \n");
        assert_eq!(hidden("/// note\na\n///\n", &[Admonitions]), "        \na\n   \n");
        assert_eq!(hidden("??? a\n\n    b\n\n???+ c\n", &[Admonitions]), "-   a\n\n    b\n\n-  . c\n");
        assert_eq!(hidden("{% if a %}\nb {% c %}\n", &[Liquid]), "          \nb {% c %}\n");
        assert_eq!(hidden("{% comment %}\na\n{% endcomment %}\nb\n", &[Liquid]).trim(), "b");
        assert_eq!(hidden("import a from 'b'\n", &[Modules]), "                 \n");
        assert_eq!(hidden("import a from 'b'\n", &[ModulesInMdx]), "import a from 'b'\n");
    }
}
