//! `cognate explain RULE`

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::{Exit, Failure, Surroundings};
use crate::catalogue::{self, Rule};
use crate::config::{KeyPath, did_you_mean};
use crate::examples::Example;

pub(super) fn run(id: &str, config: Option<&Path>, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let rule = &rule(id, config, world)?;
    let mut page = words(rule, world.width);
    for (title, example) in shown(rule) {
        let _ = writeln!(page, "\n{title}\n{}", lay_out(rule, example, world.width));
    }
    page.push_str(&facts(rule, world.width)?);
    world.out.write_all(page.as_bytes())?;
    Ok(Exit::Clean)
}

/// A rule by its name. What ships with Cognate is known however the configuration looks.
fn rule(id: &str, config: Option<&Path>, world: &Surroundings<'_>) -> Result<Arc<Rule>, Failure> {
    if let Some(rule) = catalogue::builtin().iter().find(|rule| *rule.id == *id) {
        return Ok(Arc::clone(rule));
    }
    let config = world.config(config)?;
    let known: Vec<&str> = config.rules_known().map(|rule| &*rule.id).collect();
    let rule = config.own_rules.iter().find(|rule| *rule.id == *id);
    rule.cloned().ok_or_else(|| format!("there is no rule `{id}`; {}", did_you_mean(id, &known)).into())
}

/// What the rule says of itself in sentences.
fn words(rule: &Rule, width: usize) -> String {
    let declaration = &rule.declaration;
    let mut page = format!("{} ({})\n\n{}\n", rule.id, declaration.severity, reflow(&declaration.summary, width, 2));
    let help = sentence(&declaration.help);
    let sections = [("Why", &declaration.why), ("What to do", &help), ("What it does not tell", &declaration.silent)];
    for (title, words) in sections.into_iter().filter(|(_, words)| !words.is_empty()) {
        let _ = writeln!(page, "\n{title}\n{}", reflow(words, width, 2));
    }
    page
}

/// One example that it finds, and one that it does not.
fn shown(rule: &Rule) -> impl Iterator<Item = (&'static str, &Example)> {
    let examples = &rule.declaration.examples;
    let bad = examples.bad.first().map(|example| ("It finds", example));
    bad.into_iter().chain(examples.good.first().map(|example| ("It does not find", example)))
}

/// Both sides of an example, and what the rule tells of it.
fn lay_out(rule: &Rule, example: &Example, width: usize) -> String {
    let mut rows: Vec<String> = example.rows(rule).iter().map(|row| format!("  {row}")).collect();
    for told in example.run(rule).unwrap_or_default() {
        rows.push(reflow(&format!("{}: {}", told.severity, told.message), width, 2));
        rows.push(reflow(&format!("help: {}", told.help), width, 4));
    }
    rows.join("\n")
}

/// What it goes by, its category, and how often it was right.
fn facts(rule: &Rule, width: usize) -> Result<String, Failure> {
    let declaration = &rule.declaration;
    let mut page = String::new();
    let options = serde_yaml::to_string(&declaration.options).map_err(|error| error.to_string())?;
    if options.trim() != "{}" {
        page.push_str("\nOptions\n");
        for line in options.lines() {
            let _ = writeln!(page, "  {line}");
        }
    }
    if let Some(own) = &rule.own {
        let place = rule.said(&KeyPath::top("id")).unwrap_or_else(|| own.file.source().name().to_owned());
        let _ = writeln!(page, "\nDeclared  {place}\nCheck     {}", rule.builtin.id);
        if !own.scope.locales.is_empty() {
            let _ = writeln!(page, "Locales   {}", own.scope.locales.join(", "));
        }
    }
    let category = &declaration.category;
    let gap = if rule.own.is_some() { "" } else { "\n" };
    let _ = writeln!(page, "{gap}Category  {} (MQM), {} (ITS 2.0)", category.mqm, category.its);
    if let Some(truth) = &declaration.truth {
        let measured = match truth.read {
            0 => format!("no finding on {}", truth.corpus),
            read => format!("{} of {read} findings right, read on {}", truth.right, truth.corpus),
        };
        let lines = textwrap::Options::new(width).initial_indent("Measured  ").subsequent_indent("          ");
        let _ = writeln!(page, "{}", textwrap::fill(&measured, lines));
    }
    Ok(page)
}

/// Help stands behind a colon in reports, and as a sentence of its own here.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

fn reflow(words: &str, width: usize, indent: usize) -> String {
    let indent = " ".repeat(indent);
    textwrap::fill(words.trim(), textwrap::Options::new(width).initial_indent(&indent).subsequent_indent(&indent))
}
