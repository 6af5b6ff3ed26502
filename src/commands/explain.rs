//! `cognate explain RULE`

use super::{Exit, Failure, Surroundings};
use crate::config::did_you_mean;
use crate::rules::BUILTINS;

pub(super) fn run(rule: &str, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let known: Vec<&str> = BUILTINS.iter().map(|builtin| builtin.id).collect();
    let Some(builtin) = BUILTINS.iter().find(|builtin| builtin.id == rule) else {
        return Err(format!("there is no rule `{rule}`; {}", did_you_mean(rule, &known)).into());
    };
    let declaration = builtin.declaration().map_err(|error| error.to_string())?;
    let mut page = format!("{rule}: {}\n", declaration.summary);
    page.push_str(&format!("severity {}\n", declaration.severity));
    let sections =
        [("Why", &declaration.why), ("What to do", &declaration.help), ("What it does not tell", &declaration.silent)];
    for (title, words) in sections {
        page.push_str(&format!("\n{title}\n{}\n", reflow(words, world.width)));
    }
    let options = serde_yaml::to_string(&declaration.options).map_err(|error| error.to_string())?;
    if options.trim() != "{}" {
        page.push_str("\nOptions\n");
        options.lines().for_each(|line| page.push_str(&format!("  {line}\n")));
    }
    let category = &declaration.category;
    page.push_str(&format!("\nCategory  {} (MQM), {} (ITS 2.0)\n", category.mqm, category.its));
    if let Some(truth) = &declaration.truth {
        page.push_str(&format!("Measured  {} of {} findings right, read on {}\n", truth.right, truth.read, truth.corpus));
    }
    world.out.write_all(page.as_bytes())?;
    Ok(Exit::Clean)
}

fn reflow(words: &str, width: usize) -> String {
    textwrap::fill(words.trim(), textwrap::Options::new(width).initial_indent("  ").subsequent_indent("  "))
}
