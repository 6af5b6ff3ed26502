//! `--statistics`: what each rule found, in how many files, and what it cost.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use super::{Ink, Style};
use crate::check::Clock;
use crate::report::Summary;

/// A table of the rules: findings, files, time over all threads. Rules that found nothing are told for their time.
pub fn statistics(summary: &Summary, clock: Option<&Clock>, style: &Style) -> String {
    let spent = clock.map(Clock::spent).unwrap_or_default();
    let head = format!("{:>9}  {:>7}  {:>9}  rule\n", "findings", "files", "time");
    let mut table = Ink::BOLD.on(&head, style.color);
    for (findings, rule) in rules(summary, &spent) {
        let files = summary.files.get(rule).copied().unwrap_or_default();
        let time = spent.get(rule).map_or_else(String::new, |time| format!("{:.1} ms", time.as_secs_f64() * 1000.0));
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{findings:>9}  {files:>7}  {time:>9}  {rule}");
    }
    table.push('\n');
    table
}

/// Every rule with the number of its findings, the most first.
fn rules<'r>(summary: &Summary, spent: &'r BTreeMap<Arc<str>, Duration>) -> Vec<(usize, &'r str)> {
    let findings = |rule: &str| summary.rules.iter().filter(|((id, _), _)| **id == *rule).map(|(_, n)| n).sum();
    let mut rules: Vec<(usize, &str)> = spent.keys().map(|rule| (findings(rule), &**rule)).collect();
    rules.sort_by_key(|(n, rule)| (std::cmp::Reverse(*n), *rule));
    rules
}
