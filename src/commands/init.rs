//! `cognate init`

use std::path::Path;

use super::output::Output;
use super::{Exit, Failure, Surroundings};
use crate::cli::InitArgs;
use crate::config::{Config, FILE_NAME};
use crate::project::recognise::{Recognised, TEMPLATE, Tree, recognise};
use crate::project::{absolute, shown};

pub(super) fn run(arguments: &InitArgs, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let folder = absolute(&world.working, arguments.folder.as_deref().unwrap_or(Path::new(".")));
    let file = folder.join(FILE_NAME);
    let name = shown(&file, &world.working);
    if !folder.is_dir() {
        return Err(format!("{}: no such folder", shown(&folder, &world.working)).into());
    }
    if !arguments.print && file.symlink_metadata().is_ok() {
        return Err(format!("{name} is there already; `cognate init --print` shows what would be written").into());
    }
    let recognised = recognise(&Tree::read(&Config { folder, ..Config::default() }));
    let text = recognised.as_ref().map_or_else(|| TEMPLATE.to_owned(), Recognised::yaml);
    if arguments.print {
        world.out.write_all(text.as_bytes())?;
        return Ok(Exit::Clean);
    }
    let mut output = Output::open(Some(&file))?;
    output.writer(world.out).write_all(text.as_bytes())?;
    output.close()?;
    match recognised {
        Some(recognised) => writeln!(world.out, "{name}: {}", recognised.sentence())?,
        None => writeln!(world.out, "{name}: nothing here looks like translations; say in it where they are")?,
    }
    writeln!(world.out, "next: cognate check")?;
    Ok(Exit::Clean)
}
