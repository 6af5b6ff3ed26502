//! Files that carry their own reference.
//!
//! Microsoft's "side by side" files hold each sentence twice:
//! `<span data-ttu-id="1">Satz</span><span class="sxs-lookup"><span data-stu-id="1">Sentence</span></span>`.
//! The two languages are cut apart into two sources that still point into the one file. What stands outside of the
//! spans, a link around both for example, belongs to both.

use crate::source::{Source, Span};

/// The two sides of a bilingual file.
#[derive(Debug)]
pub struct Sides {
    /// The translation, with the front matter.
    pub translation: Source,
    /// The reference, from the body on.
    pub reference: Source,
}

/// Cuts a bilingual file apart; `None` for any other file. `body` is where the front matter ends.
pub fn split(source: &Source, body: usize) -> Option<Sides> {
    let text = source.text();
    if !text.contains("sxs-lookup") || !text.contains("data-stu-id") {
        return None;
    }
    let mut splitter = Splitter { at: body, translation: vec![Span::new(0..body)], ..Splitter::default() };
    let mut from = body;
    while let Some(at) = text[from..].find('<').map(|at| from + at) {
        let length = tag_length(&text[at..]);
        splitter.tag(&text[at..at + length], at);
        from = at + length.max(1);
    }
    splitter.keep_until(text.len());
    Some(Sides { translation: source.excerpt(&splitter.translation), reference: source.excerpt(&splitter.reference) })
}

/// What an open `<span>` is.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Translation,
    Reference,
    /// The wrapper around the reference's words.
    Lookup,
    Other,
}

#[derive(Default)]
struct Splitter {
    open: Vec<Open>,
    /// Up to where the text is dealt out.
    at: usize,
    translation: Vec<Span>,
    reference: Vec<Span>,
}

impl Splitter {
    /// Deals out what stands before the tag, and drops the tag where it is one of the format's own.
    fn tag(&mut self, tag: &str, at: usize) {
        let own = if tag.starts_with("<span") {
            let open = kind(tag);
            self.keep_until(if open == Open::Other { self.at } else { at });
            self.open.push(open);
            open != Open::Other
        } else if tag == "</span>" {
            let is_own = self.open.last().is_some_and(|open| *open != Open::Other);
            if is_own {
                self.keep_until(at);
            }
            self.open.pop();
            is_own
        } else {
            false
        };
        if own {
            self.at = at + tag.len();
        }
    }

    fn keep_until(&mut self, end: usize) {
        let span = Span::new(self.at..end.max(self.at));
        self.at = span.end as usize;
        if span.is_empty() {
            return;
        }
        match self.open.iter().rev().find(|open| **open != Open::Other) {
            Some(Open::Translation) => self.translation.push(span),
            Some(Open::Reference) => self.reference.push(span),
            Some(_) => {}
            None => {
                self.translation.push(span);
                self.reference.push(span);
            }
        }
    }
}

fn kind(tag: &str) -> Open {
    if tag.contains("data-ttu-id") {
        Open::Translation
    } else if tag.contains("data-stu-id") {
        Open::Reference
    } else if tag.contains("sxs-lookup") {
        Open::Lookup
    } else {
        Open::Other
    }
}

/// Length of the `<span ...>` or `</span>` at the start; 0 for anything else.
fn tag_length(text: &str) -> usize {
    if text.starts_with("</span>") {
        return "</span>".len();
    }
    match text.strip_prefix("<span").and_then(|rest| rest.find('>')) {
        Some(end) => "<span".len() + end + 1,
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_sides_come_apart() {
        let text = "# <span data-ttu-id=\"1\">Titel <span>x</span></span><span class=\"sxs-lookup\"><span \
                    data-stu-id=\"1\">Title</span></span>\n\n[<span data-ttu-id=\"2\">da</span><span \
                    class=\"sxs-lookup\"><span data-stu-id=\"2\">here</span></span>](/x)\n";
        let source = Source::new("a.md", text);
        let sides = split(&source, 0).expect("the file is bilingual");
        assert_eq!(sides.translation.text(), "# Titel <span>x</span>\n\n[da](/x)\n");
        assert_eq!(sides.reference.text(), "# Title\n\n[here](/x)\n");
        let link = sides.reference.in_file(Span::new(9..19));
        assert!(source.slice(link).starts_with("[<span") && source.slice(link).ends_with("](/x)"));
        assert!(split(&Source::new("b.md", "plain"), 0).is_none());
    }
}
