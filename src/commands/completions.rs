//! `cognate completions` and `cognate man`: the command line as shells and `man` read it.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Exit, Failure, Surroundings};
use crate::cli::Cli;

pub(super) fn completions(shell: Shell, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "cognate", &mut script);
    world.out.write_all(&script)?;
    Ok(Exit::Clean)
}

pub(super) fn man(world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    world.out.write_all(&page)?;
    Ok(Exit::Clean)
}
