//! Packs: what is known of a kind of site, as data in `rules/packs/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::config::{LayoutConfig, RuleOverlay, one_or_many};
use crate::document::dialect::DialectOverlay;
use crate::document::{Dialect, Metadata};
use crate::target::{Facts, Host};

/// A named partial configuration with the facts of a kind of site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pack {
    /// Its name in `extends:`.
    pub name: String,
    /// What it is for, in one line.
    pub summary: String,
    /// How it knows its documents where nothing is configured.
    #[serde(default)]
    pub recognise: Recognise,
    /// Where such sites have translations and their references: candidates, which count where files are there.
    #[serde(default, deserialize_with = "one_or_many")]
    pub layout: Vec<LayoutConfig>,
    /// Metadata keys that name the revision a translation was made from, the most exact first.
    #[serde(default)]
    pub pins: Vec<String>,
    /// The metadata key that says when a translation was handed over.
    #[serde(default)]
    pub handoff: Option<String>,
    /// What stands behind a pin, in a comment, where the translation was brought up to date in places since.
    #[serde(default)]
    pub patched: Option<String>,
    /// The metadata key by which a document says of itself that it is behind.
    #[serde(default)]
    pub drift_flag: Option<String>,
    /// The metadata key that names a document's locale.
    #[serde(default)]
    pub locale: Option<String>,
    /// The host on which root-relative links are looked up.
    #[serde(default)]
    pub site: Option<String>,
    /// What is known of hosts. It holds in every document, whether the pack does or not.
    #[serde(default)]
    pub hosts: BTreeMap<String, Host>,
    /// What its renderer makes of Markdown.
    #[serde(default)]
    pub dialect: DialectOverlay,
    /// What it changes in rules.
    #[serde(default)]
    pub rules: BTreeMap<String, RuleOverlay>,
}

/// How a pack knows its documents.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Recognise {
    /// It holds for every document.
    pub always: bool,
    /// Any of these metadata keys; `a.b` is the key `b` inside of `a`.
    pub metadata: Vec<String>,
    /// Globs of what a tree of this kind holds: a name is looked for in the project's folder and the folders in it,
    /// hidden ones included; a pattern with a slash among the documents.
    pub files: Vec<String>,
    /// What stands in many of its documents, letter by letter.
    pub tokens: Vec<String>,
}

/// The texts of the packs that ship with Cognate: the general ones first, for the later one wins.
const TEXTS: &[&str] = &[
    include_str!("../rules/packs/web.yaml"),
    include_str!("../rules/packs/mdbook.yaml"),
    include_str!("../rules/packs/mdx.yaml"),
    include_str!("../rules/packs/docusaurus.yaml"),
    include_str!("../rules/packs/vitepress.yaml"),
    include_str!("../rules/packs/mkdocs.yaml"),
    include_str!("../rules/packs/hugo.yaml"),
    include_str!("../rules/packs/tldr.yaml"),
    include_str!("../rules/packs/angular.yaml"),
    include_str!("../rules/packs/mdn.yaml"),
    include_str!("../rules/packs/microsoft-learn.yaml"),
];

/// The packs that ship with Cognate, in the order in which they combine.
pub fn builtin() -> &'static [Pack] {
    static PACKS: LazyLock<Vec<Pack>> =
        LazyLock::new(|| TEXTS.iter().filter_map(|text| serde_yaml::from_str(text).ok()).collect());
    &PACKS
}

/// What is known of hosts where these packs hold.
pub(crate) fn facts(packs: &[&Pack]) -> Facts {
    let mut facts = Facts::default();
    for pack in builtin() {
        facts.hosts.extend(pack.hosts.iter().map(|(name, host)| (name.clone(), host.clone())));
    }
    facts.site = packs.iter().rev().find_map(|pack| pack.site.clone());
    facts
}

/// What renderers make of Markdown where these packs hold.
pub(crate) fn dialect(packs: &[&Pack]) -> Dialect {
    let mut dialect = Dialect::default();
    for pack in packs {
        dialect.overlay(&pack.dialect);
    }
    dialect
}

impl Pack {
    /// Does the pack hold for a document, going by what is in it?
    pub fn recognises(&self, metadata: Option<&Metadata<'_>>) -> bool {
        let known = |metadata: &Metadata<'_>| self.recognise.metadata.iter().any(|key| metadata.value(key).is_some());
        self.recognise.always || metadata.is_some_and(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_is_sound() {
        for text in TEXTS {
            let pack: Pack = serde_yaml::from_str(text).expect("a pack");
            for layout in &pack.layout {
                crate::project::Layout::new(layout, &crate::config::Config::default()).expect("a layout");
            }
            crate::project::Globs::new(std::path::Path::new("/"), &pack.recognise.files).expect("globs");
            for rule in pack.rules.keys() {
                assert!(crate::rules::BUILTINS.iter().any(|builtin| builtin.id == rule), "{}: {rule}", pack.name);
            }
        }
        assert_eq!(builtin().len(), TEXTS.len());
    }
}
