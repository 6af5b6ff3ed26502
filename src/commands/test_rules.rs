//! `cognate test-rules [FILE]...`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Exit, Failure, Surroundings};
use crate::catalogue::Rule;
use crate::cli::ColorChoice;
use crate::config::{KeyPath, rule_file};
use crate::examples::{Example, Told};
use crate::project::{absolute, shown};

pub(super) fn run(files: &[PathBuf], config: Option<&Path>, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let rules = if files.is_empty() { world.config(config)?.own_rules } else { read(files, world)? };
    if rules.is_empty() {
        let words = "there is no rule of your own here; write one into cognate-rules.yaml, or name a file";
        return Err(Failure::Message(words.to_owned()));
    }
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    let (mut failed, mut without) = (0, 0);
    for rule in &rules {
        let trials = trials(rule)?;
        let wrong: Vec<&Trial<'_>> = trials.iter().filter(|trial| !trial.is_passed()).collect();
        let sum = match trials.len() {
            0 => "no examples: add `examples:` with `bad:` and `good:`".to_owned(),
            1 => format!("{} of 1 example", 1 - wrong.len()),
            n => format!("{} of {n} examples", n - wrong.len()),
        };
        let mark = match (trials.len(), wrong.len()) {
            (0, _) => "warning",
            (_, 0) => "ok",
            _ => "failed",
        };
        writeln!(world.out, "{:width$}  {mark:7}  {sum}", rule.id)?;
        for trial in &wrong {
            world.out.write_all(trial.report(rule, world.width).as_bytes())?;
        }
        failed += usize::from(!wrong.is_empty());
        without += usize::from(trials.is_empty());
    }
    writeln!(world.out, "\n{}", sentence(rules.len(), failed, without))?;
    Ok(if failed > 0 { Exit::Findings } else { Exit::Clean })
}

/// The rules of files that are named.
fn read(files: &[PathBuf], world: &Surroundings<'_>) -> Result<Vec<Arc<Rule>>, Failure> {
    let mut rules = Vec::new();
    for file in files {
        let path = absolute(&world.working, file);
        rule_file::read_file(&path, &shown(&path, &world.working), &world.working, &mut rules)
            .map_err(|error| world.misconfigured(&error, ColorChoice::Auto))?;
    }
    Ok(rules)
}

/// One example and what the rule told of it.
struct Trial<'r> {
    example: &'r Example,
    is_bad: bool,
    /// Where it stands in the rule.
    path: KeyPath,
    told: Vec<Told>,
}

fn trials(rule: &Rule) -> Result<Vec<Trial<'_>>, Failure> {
    let examples = &rule.declaration.examples;
    let mut trials = Vec::new();
    for (key, examples, is_bad) in [("bad", &examples.bad, true), ("good", &examples.good, false)] {
        for (at, example) in examples.iter().enumerate() {
            let told = example.run(rule).map_err(|error| format!("{}: {error}", rule.id))?;
            trials.push(Trial { example, is_bad, path: KeyPath::top("examples").key(key).index(at), told });
        }
    }
    Ok(trials)
}

impl Trial<'_> {
    fn is_passed(&self) -> bool {
        self.is_bad != self.told.is_empty()
    }

    /// What was expected of it, what was found, and the texts.
    fn report(&self, rule: &Rule, width: usize) -> String {
        let place = rule.said(&self.path).unwrap_or_default();
        let expected =
            if self.is_bad { "a finding was expected, and there is none" } else { "no finding was expected" };
        let mut text = format!("  {place}: {expected}\n");
        for row in self.example.rows(rule) {
            let _ = writeln!(text, "    {row}");
        }
        for told in &self.told {
            let words = format!("line {}: {}: {}", told.line, told.severity, told.message);
            let lines = textwrap::Options::new(width).initial_indent("    ").subsequent_indent("      ");
            let _ = writeln!(text, "{}", textwrap::fill(&words, lines));
        }
        text
    }
}

fn sentence(rules: usize, failed: usize, without: usize) -> String {
    let noun = |n: usize| if n == 1 { "rule" } else { "rules" };
    let mut text = match failed {
        0 => format!("All examples of {rules} {} pass", noun(rules)),
        _ => format!("Examples of {failed} of {rules} {} fail", noun(rules)),
    };
    if without > 0 {
        let _ = write!(text, "; {without} {} no examples", if without == 1 { "has" } else { "have" });
    }
    text + "."
}
