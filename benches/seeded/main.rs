//! Seeded defects: how many of the slips that translators make are told, and how much is told beside.
//!
//! One defect at a time is sown into a copy of a real translation, and the pair is checked before and after, as the
//! command line would. `cargo bench --bench seeded -- --help` says what can be asked for.

mod check;
mod corpus;
mod score;
mod sow;
mod table;

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use rayon::prelude::*;

use check::{Route, check};
use corpus::Pair;
use score::Answer;
use sow::{FAMILIES, Family, Random, Sown, Texts};
use table::Row;

/// Sows defects into translations, one at a time, and counts those that are told.
#[derive(Parser)]
struct Arguments {
    /// What chance goes by: the same seed gives the same defects
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Defects to sow of each family
    #[arg(long, value_name = "N", default_value_t = 40)]
    per_family: usize,

    /// Defects of one family in one page at most
    #[arg(long, value_name = "N", default_value_t = 2)]
    per_page: usize,

    /// A folder of sites [default: ../shared/corpus beside the project, else fixtures/project]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,

    /// Only families whose name holds this
    #[arg(long, value_name = "NAME")]
    family: Vec<String>,

    /// Check each pair in a project of its own instead of with `--reference`
    #[arg(long)]
    as_project: bool,

    /// Show every defect that was not seen, and every other finding
    #[arg(long)]
    misses: bool,

    /// What cargo says to benchmarks
    #[arg(long, hide = true)]
    bench: bool,
}

/// One defect of a family in a page.
struct Case<'f> {
    family: &'f Family,
    page: usize,
    sown: Sown,
}

/// Pages that are looked at together.
const BATCH: usize = 64;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark tells what it measured")]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if !arguments.bench {
        println!("skipped: `cargo bench --bench seeded` runs this");
        return ExitCode::SUCCESS;
    }
    let corpus = arguments.corpus.clone().unwrap_or_else(default_corpus);
    let pairs = corpus::pairs(&corpus, arguments.seed);
    let (pages, cases) = sow_all(&arguments, &pairs);
    println!("{}", headline(&arguments, &corpus, pages.len(), pairs.len()));
    let shown: Vec<&str> = pages.iter().map(|(pair, _)| pairs[*pair].shown.as_str()).collect();
    match answer_all(&arguments, &pairs, &pages, &cases) {
        Ok(answers) => {
            print!("{}", report(&arguments, &shown, &cases, &answers));
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The sites beside the project, or the project's own small ones.
#[expect(clippy::print_stdout, reason = "a benchmark tells what it measured")]
fn default_corpus() -> PathBuf {
    let project = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let beside = project.with_file_name("shared").join("corpus");
    if beside.is_dir() {
        return beside;
    }
    println!("There is no folder of sites beside the project: these are its own fixtures, which are few.");
    project.join("fixtures/project")
}

fn headline(arguments: &Arguments, corpus: &std::path::Path, pages: usize, pairs: usize) -> String {
    let route = if arguments.as_project { "in a project of its own" } else { "with --reference" };
    let name = corpus.file_name().unwrap_or_default().to_string_lossy();
    format!(
        "Up to {} of a family, one at a time, in {pages} of {pairs} pages of `{name}`, each checked {route}; seed {}.\n\
         Wanted of each family: 95 % seen, 0.05 other new findings each.",
        arguments.per_family, arguments.seed
    )
}

/// Goes through the pages until every family has enough.
fn sow_all<'f>(arguments: &Arguments, pairs: &[Pair]) -> (Vec<(usize, Texts)>, Vec<Case<'f>>) {
    let is_wanted = |family: &&Family| {
        arguments.family.is_empty() || arguments.family.iter().any(|name| family.name.contains(name.as_str()))
    };
    let families: Vec<&Family> = FAMILIES.iter().filter(is_wanted).collect();
    let mut counts = vec![0; families.len()];
    let (mut pages, mut cases) = (Vec::new(), Vec::new());
    for batch in (0..pairs.len()).collect::<Vec<_>>().chunks(BATCH) {
        let lacking: Vec<usize> = (0..families.len()).filter(|at| counts[*at] < arguments.per_family).collect();
        if lacking.is_empty() {
            break;
        }
        let sow = |page: &usize| {
            let texts = pairs[*page].texts()?;
            let sown = sow_page(arguments, &pairs[*page], &texts, &families, &lacking)?;
            Some((*page, texts, sown))
        };
        let found: Vec<_> = batch.par_iter().filter_map(sow).collect();
        for (page, texts, sown) in found {
            let before = cases.len();
            for (at, sown) in sown {
                if counts[at] < arguments.per_family {
                    counts[at] += 1;
                    cases.push(Case { family: families[at], page: pages.len(), sown });
                }
            }
            if cases.len() > before {
                pages.push((page, texts));
            }
        }
    }
    (pages, cases)
}

fn sow_page(
    arguments: &Arguments,
    pair: &Pair,
    texts: &Texts,
    families: &[&Family],
    lacking: &[usize],
) -> Option<Vec<(usize, Sown)>> {
    texts.page(|page| {
        let mut all = Vec::new();
        for at in lacking {
            let mut random = Random::new(arguments.seed, &[families[*at].name, &pair.shown]);
            all.extend(families[*at].sow(page, &mut random, arguments.per_page).into_iter().map(|sown| (*at, sown)));
        }
        all
    })
}

/// Checks every page as it is, and with each defect.
fn answer_all(
    arguments: &Arguments,
    pairs: &[Pair],
    pages: &[(usize, Texts)],
    cases: &[Case<'_>],
) -> Result<Vec<Answer>, String> {
    let route = |page: usize| {
        if arguments.as_project { Route::Project(&pairs[pages[page].0].packs) } else { Route::Named }
    };
    let look = |page: usize| check(&pages[page].1, &pages[page].1.translation, route(page));
    let before: Vec<_> = (0..pages.len()).into_par_iter().map(look).collect::<Result<_, _>>()?;
    let answer = |case: &Case<'_>| {
        let after = check(&pages[case.page].1, &case.sown.text, route(case.page))?;
        Ok(Answer::new(case.family, &case.sown, &before[case.page], after))
    };
    cases.par_iter().map(answer).collect()
}

/// `shown` is what the pages are called.
fn report(arguments: &Arguments, shown: &[&str], cases: &[Case<'_>], answers: &[Answer]) -> String {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut misses = String::new();
    for family in FAMILIES {
        let of_family = cases.iter().zip(answers).filter(|(case, _)| std::ptr::eq(case.family, family));
        let mut row = Row { family, sown: 0, good: 0, others: 0 };
        for (case, answer) in of_family {
            let is_good = if family.is_legitimate() { answer.others.is_empty() } else { answer.is_seen };
            row.sown += 1;
            row.good += usize::from(is_good);
            row.others += answer.others.len();
            if !is_good || !answer.others.is_empty() {
                misses.push_str(&told(shown[case.page], case, answer));
            }
        }
        rows.push(row);
    }
    rows.retain(|row| row.sown > 0 || arguments.family.is_empty());
    format!("{}{}", if arguments.misses { &misses } else { "" }, table::render(&rows))
}

/// One defect that was not seen, or not alone.
fn told(page: &str, case: &Case<'_>, answer: &Answer) -> String {
    let is_accepted = |other: &check::Told| case.family.accepts.contains(&&*other.rule);
    let verdict = match (case.family.is_legitimate(), answer.is_seen) {
        (true, _) => "not silent",
        (_, true) => "seen, and more",
        _ if answer.others.iter().any(is_accepted) => "told elsewhere",
        _ => "missed",
    };
    let (line, what) = (case.sown.lines.start(), &case.sown.what);
    let mut text = format!("\n{}: {verdict}: {page}:{line}: {what}\n", case.family.name);
    for other in &answer.others {
        let _ = writeln!(text, "    told: {}:{}: {} ({})", other.rule, other.line(), other.message, other.origin);
    }
    text
}
