//! Placeholders: tokens of a dialect that a translation has to keep.

use std::sync::LazyLock;

use regex::Regex;

use super::dialect::Placeholder;

/// A token that has to survive translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token<'t> {
    /// What it is.
    pub kind: Placeholder,
    /// What is called or taken in: `note`, `/note`, `../shared/x.md`. What may be translated in it is left out.
    pub name: &'t str,
}

/// The tokens of a text, kind by kind.
pub fn tokens<'t>(text: &'t str, kinds: &[Placeholder]) -> impl Iterator<Item = Token<'t>> {
    kinds.iter().flat_map(move |&kind| {
        let found = pattern(kind).into_iter().flat_map(|pattern| pattern.captures_iter(text));
        found.filter_map(move |found| found.get(1)).map(move |name| Token { kind, name: name.as_str() })
    })
}

fn pattern(kind: Placeholder) -> Option<&'static Regex> {
    static PATTERNS: LazyLock<Vec<(Placeholder, Option<Regex>)>> = LazyLock::new(|| {
        let compiled = |(kind, pattern): &(Placeholder, &str)| (*kind, Regex::new(pattern).ok());
        SYNTAX.iter().map(compiled).collect()
    });
    PATTERNS.iter().find(|(known, _)| *known == kind)?.1.as_ref()
}

/// What each kind looks like; the first group is its name.
const SYNTAX: &[(Placeholder, &str)] = &[
    (Placeholder::Shortcodes, r"\{\{[<%]\s*(/?\s*[\w./-]+)"),
    (Placeholder::Macros, r"\{\{\s*(\w+)\s*(?:\(|\}\})"),
    (Placeholder::Includes, r"\[!(?i:include|code[\w-]*|video)\s*(?:\[[^\]]*\])?\s*\(?([^)\]\s]+)"),
    (Placeholder::Preprocessor, r"\{\{#\w+\s+([^}\s]+)"),
    (Placeholder::Snippets, r#"(?m)(?:\{\*\s*|^\s*-{2,}8<-{2,}\s*["']?)([^\s"'*{}]+)"#),
    (Placeholder::Containers, r"(?m)^\s*:{3,}\s*([a-z][\w-]*)"),
    (Placeholder::Liquid, r"\{%-?\s*(\w+)"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_known_by_its_name() {
        use Placeholder::{Containers, Includes, Liquid, Macros, Preprocessor, Shortcodes, Snippets};
        for (kind, text, names) in [
            (Shortcodes, r#"{{< note >}} a {{% tab name="x" %}} {{< /note >}}"#, vec!["note", "tab", "/note"]),
            (Macros, r#"{{domxref("A")}} {{Compat}} {{< x >}}"#, vec!["domxref", "Compat"]),
            (Includes, "[!INCLUDE [titre](../x.md)] [!code-cpp[main](a.cpp)]", vec!["../x.md", "a.cpp"]),
            (Preprocessor, "{{#include listing.rs:3}}", vec!["listing.rs:3"]),
            (Snippets, "{* ../a.py hl[3] *}\n--8<-- \"b.md\"", vec!["../a.py", "b.md"]),
            (Containers, "::: tip Titre\n:::\n", vec!["tip"]),
            (Liquid, "{% if x %} {%- endif %}", vec!["if", "endif"]),
        ] {
            let found: Vec<&str> = tokens(text, &[kind]).map(|token| token.name).collect();
            assert_eq!(found, names, "{text}");
        }
        assert_eq!(tokens("{{< note >}}", &[]).count(), 0);
    }
}
