//! A configuration without a layout takes what the tree shows.

use std::path::{Path, PathBuf};

use super::tree::repository;
use super::{Recognised, Tree, packs, recognise, recognise_as};
use crate::config::{Config, LayoutConfig, Provenance};
use crate::diagnostic::{Notice, Severity};
use crate::locale::Locale;
use crate::pack::{Pack, builtin};
use crate::project::{Request, absolute};

/// Gives a configuration without a layout the one that the tree shows, and says so. Where there is no configuration
/// file, the folder of the configuration is found as well.
pub fn complete(config: Config, request: &Request, working: &Path) -> (Config, Option<Notice>) {
    if request.reference.is_some() || !config.layout.is_empty() {
        return (config, None);
    }
    let is_written = config.provenance.file.is_some();
    let found = match config.roots.len() {
        1 => mirrored(&config),
        _ if is_written => written(&config),
        _ => unwritten(&config, request, working),
    };
    let Some((folder, recognised)) = found else { return (config, None) };
    let sentence = recognised.sentence();
    let message = if is_written {
        format!("no `layout:` in the configuration: {sentence}")
    } else {
        // What the command line says of roots is nothing to write down.
        let remedy = if config.roots.is_empty() { "; `cognate init` writes this down" } else { "" };
        format!("no cognate.yaml: {sentence}{remedy}")
    };
    let completed = Config {
        folder,
        reference_locale: config.reference_locale.or(recognised.reference_locale),
        layout: recognised.layouts,
        recognised: recognised.pack.into_iter().collect(),
        ignore: config.ignore.into_iter().chain(recognised.unlisted).collect(),
        provenance: Provenance { recognised: Some("recognised from the tree".to_owned()), ..config.provenance },
        ..config
    };
    (completed, Some(Notice { level: Severity::Info, message, path: None }))
}

/// A project beside the root that it is a translation of: the same paths in both, and the locale in the folder's name.
fn mirrored(config: &Config) -> Option<(PathBuf, Recognised)> {
    let (name, root) = config.roots.first_key_value()?;
    let root = absolute(&config.folder, root);
    let tree = Tree::read(config);
    let known: Vec<usize> = (0..tree.documents.len()).filter(|at| root.join(&tree.documents[*at]).is_file()).collect();
    let folder = config.folder.file_name()?.to_str()?;
    let locale = folder.split(['.', '-', '_']).find_map(Locale::parse);
    let layout = LayoutConfig {
        reference: Some(format!("{name}:{{path}}")),
        translation: "{path}".to_owned(),
        locale: Locale::parse(folder).or(locale).map(|locale| locale.to_string()),
        snapshot: false,
    };
    let pack = packs::of(&tree).map(|(pack, _)| pack.name.clone());
    let pairs = known.len();
    let recognised = Recognised { layouts: vec![layout], pack, pairs, known, ..Recognised::default() };
    (pairs > 0).then(|| (config.folder.clone(), recognised))
}

/// The layouts of the packs that the configuration names, where files are in them; else what the tree shows.
fn written(config: &Config) -> Option<(PathBuf, Recognised)> {
    let tree = Tree::read(config);
    let is_named = |pack: &&Pack| config.extends.iter().flatten().any(|name| *name == pack.name);
    let packs: Vec<&Pack> = builtin().iter().filter(is_named).collect();
    let recognised = recognise_as(&tree, &packs).or_else(|| recognise(&tree))?;
    // Packs that are named are all that is wanted.
    let pack = recognised.pack.filter(|_| config.extends.is_none());
    Some((config.folder.clone(), Recognised { pack, ..recognised }))
}

/// The folder of those that may be meant whose layouts know the most of what is asked for.
fn unwritten(config: &Config, request: &Request, working: &Path) -> Option<(PathBuf, Recognised)> {
    let asked: Vec<PathBuf> = request.paths.iter().map(|path| absolute(working, path)).collect();
    let asked = if asked.is_empty() { vec![working.to_owned()] } else { asked };
    let mut best: Option<(usize, PathBuf, Recognised)> = None;
    for folder in folders(&asked, working) {
        let tree = Tree::read(&Config { folder: folder.clone(), ..config.clone() });
        let Some(recognised) = recognise(&tree) else { continue };
        let is_asked = |path: &String| asked.iter().any(|asked| folder.join(path).starts_with(asked));
        let known = recognised.known.iter().filter(|at| is_asked(&tree.documents[**at])).count();
        let all = tree.documents.iter().filter(|path| is_asked(path)).count();
        if known > best.as_ref().map_or(0, |(known, ..)| *known) {
            best = Some((known, folder, recognised));
        }
        // A folder above cannot explain much more.
        if known * 4 >= all && known > 0 {
            break;
        }
    }
    best.map(|(_, folder, recognised)| (folder, recognised))
}

/// Where the configuration would be: in the folder that is asked for, its repository's, or the working directory.
fn folders(asked: &[PathBuf], working: &Path) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let mut add = |folder: &Path| {
        if asked.iter().any(|path| path.starts_with(folder)) && !folders.iter().any(|known| known == folder) {
            folders.push(folder.to_owned());
        }
    };
    if let [one] = asked
        && one.is_dir()
    {
        add(one);
    }
    asked.first().and_then(|path| repository(path)).into_iter().for_each(&mut add);
    add(working);
    folders
}
