//! How cost grows: with the files of an estate, and with the length of one page.

use std::fs;
use std::path::Path;

use crate::generator::{Article, ENGLISH, LOCALES, Page, render};
use crate::process::{self, Timed};
use crate::write::Estate;
use crate::{Failable, say};

/// Articles of estates, each in 36 locales.
const ESTATES: [u64; 5] = [28, 88, 278, 880, 2778];
/// Blocks of a page.
const PAGES: [usize; 6] = [100, 400, 1600, 6400, 20_000, 40_000];

/// Prints both curves, that of estates up to `most` articles.
pub(crate) fn run(seed: u64, runs: usize, most: u64) -> Failable<()> {
    say(&format!(
        "{:<10}{:>9}{:>9}{:>8}{:>14}{:>10}\n",
        "files", "floor s", "check s", "ratio", "µs per file", "peak MiB"
    ));
    for articles in ESTATES.into_iter().filter(|articles| *articles <= most) {
        let scratch = tempfile::tempdir()?;
        let (files, _) = Estate { seed, articles, references: false }.write(scratch.path())?;
        let floor = process::median(runs, || process::floor(scratch.path()))?;
        let check = process::median(runs, || process::check(scratch.path(), &["--format", "concise"]))?;
        let each = check.seconds * 1e6 / f64::from(u32::try_from(files)?);
        let ratio = check.seconds / floor.seconds;
        let (floor, seconds, peak) = (floor.seconds, check.seconds, check.peak_mib());
        say(&format!("{files:<10}{floor:>9.3}{seconds:>9.3}{ratio:>8.2}{each:>14.0}{peak:>10}\n"));
    }
    say(&format!(
        "\n{:<10}{:>9}{:>12}{:>16}{:>16}\n",
        "blocks", "floor s", "same s", "with slips s", "all different s"
    ));
    for blocks in PAGES {
        let scratch = tempfile::tempdir()?;
        let [floor, same, slips, different] = page(seed, blocks, runs, scratch.path())?;
        let [floor, same, slips, different] = [floor, same, slips, different].map(|timed| timed.seconds);
        say(&format!("{blocks:<10}{floor:>9.3}{same:>12.3}{slips:>16.3}{different:>16.3}\n"));
    }
    Ok(())
}

/// A page beside its reference: the floor, alike, with slips, and beside another page.
fn page(seed: u64, blocks: usize, runs: usize, folder: &Path) -> Failable<[Timed; 4]> {
    let locale = LOCALES.iter().find(|locale| locale.tag == "de-DE").unwrap_or(&LOCALES[0]);
    let article = Article::of_blocks(seed, blocks);
    let other = Article::of_blocks(seed + 1, blocks);
    for (name, article, page) in [
        ("en.md", &article, Page { locale: &ENGLISH, slips: None }),
        ("same.md", &article, Page { locale, slips: None }),
        ("slips.md", &article, Page { locale, slips: Some(seed) }),
        ("different.md", &other, Page { locale, slips: None }),
    ] {
        fs::create_dir_all(folder)?;
        fs::write(folder.join(name), render(article, page))?;
    }
    let pair = folder.join("pair");
    fs::create_dir_all(&pair)?;
    for name in ["en.md", "same.md"] {
        fs::copy(folder.join(name), pair.join(name))?;
    }
    let check = |name: &str| {
        let arguments = ["--format", "concise", "--reference", "en.md", "--locale", "de-DE", name];
        process::median(runs, || process::check(folder, &arguments))
    };
    Ok([
        process::median(runs, || process::floor(&pair))?,
        check("same.md")?,
        check("slips.md")?,
        check("different.md")?,
    ])
}
