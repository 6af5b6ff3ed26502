//! Each stage by itself, on a page of the usual size and on a long one: `cargo bench --bench stages`.

#[path = "../generator/mod.rs"]
mod generator;

use std::path::Path;
use std::sync::LazyLock;

use clap::Parser;
use cognate::align::Bitext;
use cognate::cli::Cli;
use cognate::commands::{self, Surroundings};
use cognate::diagnostic::Basis;
use cognate::document::{Dialect, Document, markdown, metadata};
use cognate::rule::{Check, Report};
use cognate::rules::BUILTINS;
use cognate::source::Source;
use cognate::target::{Facts, Resolver};
use divan::Bencher;
use divan::counter::BytesCount;
use generator::{Article, ENGLISH, LOCALES, Page, render};

/// Blocks of a page of the usual size, and of a long one.
const BLOCKS: [usize; 2] = [8, 400];

fn main() {
    divan::main();
}

/// A reference, and a translation with slips.
fn pair(blocks: usize) -> [Source; 2] {
    let article = Article::of_blocks(1, blocks);
    let translation = Page { locale: &LOCALES[4], slips: Some(1) };
    [("en.md", Page { locale: &ENGLISH, slips: None }), ("de.md", translation)]
        .map(|(name, page)| Source::new(name, render(&article, page)))
}

fn parsed(sources: &[Source; 2]) -> [Document<'_>; 2] {
    sources.each_ref().map(|source| markdown::parse(source, &Dialect::default()))
}

#[divan::bench(args = BLOCKS)]
fn source(bencher: Bencher<'_, '_>, blocks: usize) {
    let bytes = pair(blocks)[1].text().as_bytes().to_vec();
    let counter = BytesCount::new(bytes.len());
    bencher.counter(counter).with_inputs(|| bytes.clone()).bench_values(|bytes| Source::from_bytes("de.md", bytes));
}

#[divan::bench(args = BLOCKS)]
fn document(bencher: Bencher<'_, '_>, blocks: usize) {
    let [_, translation] = pair(blocks);
    let counter = BytesCount::new(translation.text().len());
    bencher.counter(counter).bench_local(|| markdown::parse(&translation, &Dialect::default()).blocks.len());
}

#[divan::bench]
fn front_matter(bencher: Bencher<'_, '_>) {
    let [_, translation] = pair(8);
    bencher.bench_local(|| metadata::parse(&translation).1);
}

/// The parser alone, with what the floor of the estate counts.
#[divan::bench(args = BLOCKS)]
fn floor(bencher: Bencher<'_, '_>, blocks: usize) {
    let [_, translation] = pair(blocks);
    let counter = BytesCount::new(translation.text().len());
    let events = || pulldown_cmark::Parser::new(translation.text()).into_offset_iter().count();
    bencher.counter(counter).bench_local(events);
}

#[divan::bench(args = BLOCKS)]
fn alignment(bencher: Bencher<'_, '_>, blocks: usize) {
    let sources = pair(blocks);
    let [reference, translation] = parsed(&sources);
    let facts = Facts::default();
    let resolver = Resolver::new(&facts, &["de", "en"], "");
    bencher.bench_local(|| {
        let bitext = Bitext::new(&reference, Basis::Given, &translation, resolver);
        bitext.comparable().map(|comparison| comparison.pairs.len())
    });
}

/// Every rule with the options that it comes with.
static CHECKS: LazyLock<Vec<Box<dyn Check>>> = LazyLock::new(|| {
    let check = |one: &cognate::rule::Builtin| {
        let options = one.declaration().expect("a declaration").options;
        (one.load)(options).map_err(|error| error.to_string()).expect("sound options")
    };
    BUILTINS.iter().map(check).collect()
});

#[divan::bench(args = BUILTINS.iter().map(|one| one.id))]
fn rule(bencher: Bencher<'_, '_>, id: &str) {
    let at = BUILTINS.iter().position(|one| one.id == id).expect("a rule");
    let sources = pair(400);
    let [reference, translation] = parsed(&sources);
    let facts = Facts::default();
    let resolver = Resolver::new(&facts, &["de", "en"], "");
    let bitext = Bitext::new(&reference, Basis::Given, &translation, resolver);
    bencher.bench_local(|| {
        let mut report = Report::default();
        CHECKS[at].check(&bitext, &mut report);
        report.findings().len()
    });
}

/// The whole of a check of one long page, in a format.
#[divan::bench(args = ["text", "concise", "json", "sarif", "github", "gitlab", "rdjson", "junit", "checkstyle", "markdown"])]
fn report(bencher: Bencher<'_, '_>, format: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    for source in pair(400) {
        std::fs::write(folder.path().join(source.name()), source.text()).expect("a file");
    }
    let line = ["cognate", "--no-cache", "--format", format, "--reference", "en.md", "--locale", "de", "de.md"];
    bencher.bench_local(|| run(&line, folder.path()));
}

fn run(line: &[&str], working: &Path) -> usize {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = std::io::empty();
    let mut world = Surroundings::of_program(working, &mut input, &mut out, &mut err);
    let ended = commands::run(Cli::parse_from(line), &mut world);
    assert!(ended.is_ok());
    out.len()
}
