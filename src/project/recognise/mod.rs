//! Recognition: the layouts and the pack of a tree where nothing is configured.
//!
//! [`Tree`] is what was read of the file system; everything from there to [`Recognised`] is pure, and linear in the
//! number of documents. Places where a locale may stand are gathered from all paths ([`spots`]), each scheme is a
//! [`candidate`] by what it ties together, and those with enough evidence are taken, the weightiest first.

mod candidate;
mod complete;
mod known;
mod packs;
mod propose;
mod published;
mod spots;
mod take;
mod tell;
#[cfg(test)]
mod tests;
mod tree;

use crate::config::LayoutConfig;
use crate::pack::Pack;

pub use complete::complete;
pub use tell::TEMPLATE;
pub use tree::Tree;

/// What a tree shows of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognised {
    /// Where translations and their references are, the first that knows a file first.
    pub layouts: Vec<LayoutConfig>,
    /// Name of the pack that holds for the whole tree.
    pub pack: Option<String>,
    /// The locale of the references, where a path says it.
    pub reference_locale: Option<String>,
    /// How many locales there are translations into.
    pub locales: usize,
    /// Translations with a reference; where there is no reference at all, translations that share their path.
    pub pairs: usize,
    /// Translations, with or without a reference, and their references, as positions in [`Tree::documents`].
    pub known: Vec<usize>,
    /// Globs of folders of locales that the site does not build.
    pub unlisted: Vec<String>,
}

/// Recognises a tree; `None` where nothing in it looks like translations.
pub fn recognise(tree: &Tree) -> Option<Recognised> {
    let pack = packs::of(tree);
    let paths = known::Known::new(&tree.documents);
    let mut candidates = propose::all(&paths);
    if let Some((pack, folders)) = &pack {
        candidates.extend(pack_layouts(&paths, pack, folders));
    }
    let pack = pack.map(|(pack, _)| pack.name.clone());
    take::best(candidates, tree.documents.len()).map(|taken| Recognised {
        pack,
        unlisted: tree.unlisted.clone(),
        ..taken
    })
}

/// Recognises a tree by the layouts of the packs that a configuration names.
fn recognise_as(tree: &Tree, packs: &[&Pack]) -> Option<Recognised> {
    let paths = known::Known::new(&tree.documents);
    let of = |pack: &&Pack| pack_layouts(&paths, pack, &packs::folders(tree, pack));
    take::best(packs.iter().flat_map(of).collect(), tree.documents.len())
}

fn pack_layouts<'t>(paths: &known::Known<'t>, pack: &Pack, folders: &[String]) -> Vec<candidate::Candidate<'t>> {
    let all = folders.iter().flat_map(|folder| pack.layout.iter().map(move |layout| (folder, layout)));
    all.filter_map(|(folder, layout)| propose::declared(paths, layout, folder)).collect()
}
