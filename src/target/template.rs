//! Calls of templates in destinations.

use std::borrow::Cow;

/// `{{ site.baseurl }}/a` is `/a`: a template that a generator fills in with where the site is. Blanks in others say
/// nothing.
pub(super) fn filled_in(destination: &str) -> Cow<'_, str> {
    if !destination.contains("{{") {
        return Cow::Borrowed(destination);
    }
    let base = destination.strip_prefix("{{").and_then(|rest| rest.split_once("}}"));
    let rest = base.map_or(destination, |(_, rest)| if rest.starts_with('/') { rest } else { destination });
    let mut depth = 0_usize;
    let kept = rest.chars().filter(|char| {
        match char {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth < 2 || !char.is_whitespace()
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_site_is_says_nothing() {
        assert_eq!(filled_in("{{ site.baseurl }}/a"), "/a");
        assert_eq!(filled_in("https://a.org/{{ site.version }}/b"), "https://a.org/{{site.version}}/b");
        assert_eq!(filled_in("{{ page }}"), "{{page}}");
        assert_eq!(filled_in("{a b}"), "{a b}");
    }
}
