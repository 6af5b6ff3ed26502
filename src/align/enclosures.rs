//! How deep a place stands in template calls and tags that have two ends: `{{< note >}}`, `<Steps>`, `<details>`.

use crate::document::Document;
use crate::text::holds;

/// The depths of a document's text.
pub(super) struct Enclosures(Vec<(usize, u8)>);

impl Enclosures {
    /// Reads the ends that open a line. One without the other encloses nothing.
    pub(super) fn of(document: &Document<'_>) -> Self {
        let text = document.source.file_text();
        let has = |byte: u8, word: &str| holds(text.as_bytes(), |one| one == byte) && text.contains(word);
        if !has(b'<', "</") && !has(b'{', "{{") {
            return Self(Vec::new());
        }
        let mut open: Vec<(usize, &str)> = Vec::new();
        let mut changes: Vec<(usize, i8)> = Vec::new();
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            let at = from;
            from += line.len();
            match end(line.trim()) {
                Some(End::Opens(name)) => open.push((at, name)),
                Some(End::Closes(name)) => {
                    if let Some(found) = open.iter().rposition(|(_, open)| *open == name) {
                        changes.extend([(open[found].0, 1), (at, -1)]);
                        open.truncate(found);
                    }
                }
                None => {}
            }
        }
        changes.sort_unstable();
        let mut depth = 0_u8;
        let depths = changes.into_iter().map(|(at, change)| {
            depth = depth.saturating_add_signed(change);
            (at, depth)
        });
        Self(depths.collect())
    }

    /// How many stand around a place, in bytes.
    pub(super) fn around(&self, place: usize) -> u8 {
        let after = self.0.partition_point(|(at, _)| *at <= place);
        after.checked_sub(1).map_or(0, |last| self.0[last].1)
    }
}

enum End<'t> {
    Opens(&'t str),
    Closes(&'t str),
}

fn end(line: &str) -> Option<End<'_>> {
    let inner = ["{{<", "{{%", "<"].iter().find_map(|sign| line.strip_prefix(sign))?.trim_start();
    let (is_closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner.trim_start()),
        None => (false, inner),
    };
    let length = inner.find(|char: char| !char.is_alphanumeric() && !"_-.".contains(char)).unwrap_or(inner.len());
    let (name, after) = inner.split_at(length);
    let is_both = !is_closing && (line.ends_with("/>") || line.ends_with("/>}}") || after.contains("</"));
    let is_name = name.starts_with(|char: char| char.is_ascii_alphabetic());
    (is_name && !is_both).then_some(if is_closing { End::Closes(name) } else { End::Opens(name) })
}
