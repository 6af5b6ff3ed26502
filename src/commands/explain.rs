//! `cognate explain RULE`

use std::fmt::Write as _;

use super::{Exit, Failure, Surroundings};
use crate::config::did_you_mean;
use crate::rules::BUILTINS;

pub(super) fn run(rule: &str, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let known: Vec<&str> = BUILTINS.iter().map(|builtin| builtin.id).collect();
    let Some(builtin) = BUILTINS.iter().find(|builtin| builtin.id == rule) else {
        return Err(format!("there is no rule `{rule}`; {}", did_you_mean(rule, &known)).into());
    };
    let declaration = builtin.declaration().map_err(|error| error.to_string())?;
    let mut page = format!("{rule} ({})\n\n", declaration.severity);
    let _ = writeln!(page, "{}", reflow(&declaration.summary, world.width));
    let help = sentence(&declaration.help);
    let sections = [("Why", &declaration.why), ("What to do", &help), ("What it does not tell", &declaration.silent)];
    for (title, words) in sections {
        let _ = writeln!(page, "\n{title}\n{}", reflow(words, world.width));
    }
    let options = serde_yaml::to_string(&declaration.options).map_err(|error| error.to_string())?;
    if options.trim() != "{}" {
        page.push_str("\nOptions\n");
        for line in options.lines() {
            let _ = writeln!(page, "  {line}");
        }
    }
    let category = &declaration.category;
    let _ = writeln!(page, "\nCategory  {} (MQM), {} (ITS 2.0)", category.mqm, category.its);
    if let Some(truth) = &declaration.truth {
        let measured = match truth.read {
            0 => format!("no finding on {}", truth.corpus),
            read => format!("{} of {read} findings right, read on {}", truth.right, truth.corpus),
        };
        let lines = textwrap::Options::new(world.width).initial_indent("Measured  ").subsequent_indent("          ");
        let _ = writeln!(page, "{}", textwrap::fill(&measured, lines));
    }
    world.out.write_all(page.as_bytes())?;
    Ok(Exit::Clean)
}

/// Help stands behind a colon in reports, and as a sentence of its own here.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

fn reflow(words: &str, width: usize) -> String {
    textwrap::fill(words.trim(), textwrap::Options::new(width).initial_indent("  ").subsequent_indent("  "))
}
