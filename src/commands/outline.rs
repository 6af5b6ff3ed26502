//! `cognate outline FILE`

use std::path::Path;

use super::{Exit, Failure, Surroundings};
use crate::document::{Dialect, markdown, outline};
use crate::source::Source;

pub(super) fn run(file: &Path, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let name = file.display().to_string();
    let bytes = std::fs::read(world.working.join(file)).map_err(|error| format!("{name}: {error}"))?;
    let source = Source::from_bytes(name.as_str(), bytes);
    if let Some(defect) = source.defect() {
        return Err(format!("{name}: {}; {}", defect.reason, defect.remedy).into());
    }
    world.out.write_all(outline::write(&markdown::parse(&source, &Dialect::default())).as_bytes())?;
    Ok(Exit::Clean)
}
