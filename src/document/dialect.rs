//! Dialects: what a site's renderer makes of Markdown beyond the standard, as data.
//!
//! A dialect belongs to a project, not to a document: one renderer reads all of its pages. Packs declare what is
//! different where it matters; what nobody knows is the default, which guesses from names and texts.

use serde::Deserialize;

/// A dialect in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// How fragments are made of headings; `None` where nobody declared it.
    pub slugs: Option<Slugs>,
    /// The syntaxes that give a heading an id of its own.
    pub heading_ids: Vec<HeadingId>,
    /// The constructs that are hidden from the Markdown parser.
    pub hides: Vec<Construct>,
    /// Which `*` and `_` open and close emphasis.
    pub emphasis: Emphasis,
    /// The tokens that a translation has to keep.
    pub placeholders: Vec<Placeholder>,
}

/// What a pack says of its dialect; what it leaves out stays as it was.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct DialectOverlay {
    /// How fragments are made of headings.
    pub slugs: Option<Slugs>,
    /// The syntaxes that give a heading an id of its own.
    pub heading_ids: Option<Vec<HeadingId>>,
    /// The constructs that are hidden from the Markdown parser.
    pub hides: Option<Vec<Construct>>,
    /// Which `*` and `_` open and close emphasis.
    pub emphasis: Option<Emphasis>,
    /// The tokens that a translation has to keep.
    pub placeholders: Option<Vec<Placeholder>>,
}

/// How fragments are made of headings: by the renderer whose way it is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Slugs {
    /// GitHub, and what uses `github-slugger`: Docusaurus, Astro, most of MDX.
    #[serde(alias = "docusaurus")]
    Github,
    /// Hugo.
    Goldmark,
    /// `VitePress`.
    Vitepress,
    /// docfx, and Microsoft Learn.
    #[serde(alias = "markdig")]
    Docfx,
    /// Python-Markdown, and so `MkDocs`.
    PythonMarkdown,
    /// mdBook.
    Mdbook,
    /// MDN Web Docs.
    Mdn,
}

/// A syntax that gives a heading an id of its own.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum HeadingId {
    /// `## Title {#id}`, with blanks, a colon and other attributes: `{: .class #id }`.
    Braces,
    /// `## Title {/*id*/}`
    Comment,
}

/// Lines that a site reads and Markdown does not.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Construct {
    /// `<Steps>`: tags of components.
    Components,
    /// `import x from "y"`, `export const x`.
    Modules,
    /// The same, but only in files whose name ends in `.mdx`.
    ModulesInMdx,
    /// `{/* words */}`
    Comments,
    /// `{{< note >}}`, `{{% tab %}}`
    Shortcodes,
    /// `:::tip`
    Containers,
    /// `/// note`, and `!!! note`, `??? note`, `=== "tab"` before what they indent.
    Admonitions,
    /// `{% if x %}` in a line of its own.
    Liquid,
}

/// Which `*` and `_` open and close emphasis.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Emphasis {
    /// Those with a word on the right side, and no letter before a punctuation mark on the other.
    #[default]
    Commonmark,
    /// All of them, wherever they stand.
    PythonMarkdown,
}

/// A kind of token that a translation has to keep.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Placeholder {
    /// Hugo's `{{< note >}}` and `{{% tab %}}`.
    Shortcodes,
    /// MDN's `{{domxref("Node")}}`.
    Macros,
    /// docfx's `[!INCLUDE [title](file.md)]` and `[!code-cpp[name](file.cpp)]`.
    Includes,
    /// mdBook's `{{#include file.rs}}`.
    Preprocessor,
    /// `{* file.py *}` and `--8<-- "file.md"` of `MkDocs`' plugins.
    Snippets,
    /// `::: tip`, `:::moniker`
    Containers,
    /// Liquid's `{% if x %}`.
    Liquid,
    /// GitHub's `> [!NOTE]`.
    Alerts,
}

impl Slugs {
    /// All that are known, the most common first.
    pub const ALL: [Self; 7] =
        [Self::Github, Self::Goldmark, Self::Vitepress, Self::Docfx, Self::PythonMarkdown, Self::Mdbook, Self::Mdn];
}

impl Default for Dialect {
    fn default() -> Self {
        use Construct::{Comments, Components, Containers, ModulesInMdx, Shortcodes};
        Self {
            slugs: None,
            heading_ids: vec![HeadingId::Braces, HeadingId::Comment],
            hides: vec![Components, ModulesInMdx, Comments, Shortcodes, Containers],
            emphasis: Emphasis::Commonmark,
            placeholders: vec![
                Placeholder::Shortcodes,
                Placeholder::Includes,
                Placeholder::Containers,
                Placeholder::Alerts,
            ],
        }
    }
}

impl Dialect {
    /// Lays what a pack says over it.
    pub fn overlay(&mut self, over: &DialectOverlay) {
        self.slugs = over.slugs.or(self.slugs);
        self.heading_ids = over.heading_ids.clone().unwrap_or_else(|| std::mem::take(&mut self.heading_ids));
        self.hides = over.hides.clone().unwrap_or_else(|| std::mem::take(&mut self.hides));
        self.emphasis = over.emphasis.unwrap_or(self.emphasis);
        self.placeholders = over.placeholders.clone().unwrap_or_else(|| std::mem::take(&mut self.placeholders));
    }

    /// Is a construct hidden?
    pub fn hides(&self, construct: Construct) -> bool {
        self.hides.contains(&construct)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_changes_what_it_names() {
        let over: DialectOverlay = serde_yaml::from_str("{ slugs: markdig, hides: [admonitions] }").expect("a dialect");
        let mut dialect = Dialect::default();
        dialect.overlay(&over);
        assert_eq!(dialect.slugs, Some(Slugs::Docfx));
        assert!(dialect.hides(Construct::Admonitions) && !dialect.hides(Construct::Shortcodes));
        assert_eq!(dialect.heading_ids, Dialect::default().heading_ids);
        assert!(serde_yaml::from_str::<DialectOverlay>("slug: github").is_err());
    }
}
