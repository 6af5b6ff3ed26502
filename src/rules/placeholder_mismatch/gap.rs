//! What stands between two tokens that both sides have, told.

use foldhash::HashMap;

use super::{Placed, Sides, is_container};
use crate::document::dialect::Placeholder;
use crate::document::placeholders::{self, Token};
use crate::rule::Report;
use crate::source::Span;
use crate::text::edits;

/// What stands on either side between two tokens that both have.
pub(super) struct Gap<'s, 'b> {
    pub(super) sides: &'s Sides<'b>,
    pub(super) missing: Vec<Placed<'b>>,
    pub(super) extra: Vec<Placed<'b>>,
    /// The translation's text between the two.
    pub(super) text: Span,
}

/// Names of openers that are told, or that are another form of the same: what closes them is not told again.
pub(super) type Ends<'b> = HashMap<&'b str, usize>;

impl<'b> Gap<'_, 'b> {
    pub(super) fn tell(&self, ends: &mut Ends<'b>, spoilt: &mut Vec<String>, report: &mut Report) {
        let mut extra = self.extra.clone();
        for one in &self.missing {
            let token = one.token;
            if let Some(at) = spoilt.iter().position(|name| name.eq_ignore_ascii_case(token.name)) {
                spoilt.remove(at);
                continue;
            }
            if is_end_of(token, ends) || self.sides.is_in_lost_block(token) {
                continue;
            }
            *ends.entry(token.name).or_default() += 1;
            if one.is_with_its_block() && is_container(token, &self.sides.theirs) {
                continue;
            }
            let instead = extra.iter().position(|other| self.sides.is_changed(one, other));
            // A container may be an alert or a shortcode here.
            let is_other_form = |other: &Placed<'_>| other.token.kind != token.kind && other.closes() == one.closes();
            let other_form = extra.iter().position(is_other_form);
            match (instead, other_form) {
                (Some(at), _) => {
                    let other = extra.remove(at).token;
                    *ends.entry(other.name).or_default() += 1;
                    // Another file is another target, which is told as such.
                    if token.kind != Placeholder::Includes {
                        tell_changed(token, other, report);
                    }
                }
                (None, Some(at)) => *ends.entry(extra.remove(at).token.name).or_default() += 1,
                (None, None) => self.missing(token, report),
            }
        }
        for one in extra {
            let token = one.token;
            if is_end_of(token, ends) {
                continue;
            }
            *ends.entry(token.name).or_default() += 1;
            if !(one.is_with_its_block() && is_container(token, &self.sides.ours)) {
                let finding = report.at(token.span, format!("{} is not in the reference", shown(token)));
                finding.label("only here").value(token.name);
                finding.help("take it out, or add it to the reference");
                if matches!(token.kind, Placeholder::Containers | Placeholder::Alerts) {
                    finding.minor();
                }
            }
        }
    }

    fn missing(&self, token: &Token<'_>, report: &mut Report) {
        let spoilt = self.spoilt(token);
        let is_spoilt = spoilt.is_some();
        let (place, message, label) = match spoilt {
            Some(place) => (place, format!("{} is not written as the site reads it", shown(token)), "spoilt"),
            None => (self.sides.place(token), format!("{} is missing", shown(token)), "should stand here"),
        };
        let finding = report.at(place, message);
        finding.label(label).reference(token.span, "the reference's").about(token.name);
        if is_spoilt {
            finding.slip();
        }
        finding.help("copy it from the reference, with all of its signs");
    }

    /// The name with some of its signs, in the text between the neighbours.
    fn spoilt(&self, token: &Token<'_>) -> Option<Span> {
        let text = self.sides.translation.source.shown_text().get(self.text.range())?;
        let name = token.name.trim_start_matches(['/', ' ']);
        let lower = text.to_ascii_lowercase();
        let name = name.to_ascii_lowercase();
        let is_in_comment = |at: usize| {
            let place = Span::at(self.text.start as usize + at);
            placeholders::comments(self.sides.translation.source.shown_text()).iter().any(|it| it.contains(place))
        };
        let mut from = 0;
        while let Some(at) = lower[from..].find(&name).map(|at| from + at) {
            from = at + name.len();
            let line = text[..at].rfind('\n').map_or(0, |line| line + 1);
            let before = text[line..at].trim_end();
            let start = before.trim_end_matches(|char: char| "{}<>%/[]!:‹›＜＞｛｝［］！%％：* ".contains(char)).len();
            let is_call = |line: &str| token.kind == Placeholder::Includes && line.to_lowercase().contains("include");
            let start = if is_call(before) { 0 } else { start };
            let is_sign = is_call(before) || before[start..].chars().any(|char| "{<%[!:‹＜｛［！％：".contains(char));
            let is_word = text[from..].starts_with(|next: char| next.is_alphanumeric() || next == '_');
            if is_sign && !is_word && !is_in_comment(at) {
                let start = line + start + (before[start..].len() - before[start..].trim_start().len());
                let base = self.text.start as usize;
                return Some(Span::new(base + start..base + from));
            }
        }
        None
    }
}

fn tell_changed(theirs: &Token<'_>, ours: &Token<'_>, report: &mut Report) {
    let name = shown(theirs);
    let name = &name[name.find('`').unwrap_or_default()..];
    let finding = report.at(ours.span, format!("{} is {name} in the reference", shown(ours)));
    finding.label("not what the site reads").reference(theirs.span, "the reference's").value(ours.name);
    if edits(&theirs.name.to_lowercase(), &ours.name.to_lowercase(), 2).is_some() {
        finding.slip();
    }
    finding.help(format!("write `{}`: it is a name, and no word", theirs.name));
}

/// Does a token close one of those, which then is done with?
fn is_end_of(token: &Token<'_>, ends: &mut Ends<'_>) -> bool {
    let opener =
        token.name.strip_prefix('/').and_then(|name| ends.get_mut(name.trim_start())).filter(|left| **left > 0);
    opener.is_some_and(|left| {
        *left -= 1;
        true
    })
}

fn shown(token: &Token<'_>) -> String {
    let name = token.name;
    match token.kind {
        Placeholder::Shortcodes => format!("the shortcode `{name}`"),
        Placeholder::Macros => format!("the macro `{name}`"),
        Placeholder::Includes | Placeholder::Preprocessor | Placeholder::Snippets => format!("the include of `{name}`"),
        Placeholder::Containers => format!("the container `{name}`"),
        Placeholder::Liquid => format!("the tag `{name}`"),
        Placeholder::Alerts => format!("the alert marker `[!{name}]`"),
    }
}
