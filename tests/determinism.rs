//! The same input gives the same bytes, whatever the number of threads and the order in which files came to be.

#[path = "../benches/generator/mod.rs"]
mod generator;
mod scratch;

use generator::{Article, ENGLISH, LOCALES, Page, render};
use scratch::{Scratch, command, text};

/// Pages with slips, written in an order.
fn estate(name: &str, numbers: impl Iterator<Item = u64>) -> Scratch {
    let scratch = Scratch::new(name);
    let layout = "layout: { reference: \"en-US/{path}\", translation: \"{locale}/{path}\" }\n";
    scratch.write("cognate.yaml", format!("{layout}extends: [microsoft-learn]\n"));
    for number in numbers {
        let article = Article::new(1, number);
        let reference = Page { locale: &ENGLISH, slips: None };
        for page in LOCALES.iter().map(|locale| Page { locale, slips: Some(1) }).chain([reference]) {
            scratch.write(&format!("{}/{}", page.locale.tag, article.name), render(&article, page));
        }
    }
    scratch
}

#[test]
fn threads_and_the_order_of_files_change_nothing() {
    const ARTICLES: u64 = 12;
    let one = estate("forwards", 0..ARTICLES);
    let other = estate("backwards", (0..ARTICLES).rev());
    for format in ["text", "json", "sarif", "markdown"] {
        let told = |scratch: &Scratch, threads: &str| {
            let mut command = command(&scratch.0);
            command.args(["--no-cache", "--verbose", "--format", format]).env("RAYON_NUM_THREADS", threads);
            let output = command.output().expect("the binary runs");
            assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
            text(&output.stdout)
        };
        let expected = told(&one, "1");
        assert!(expected.contains("missing-link-text"), "{format}: {expected}");
        for (scratch, threads) in [(&one, "2"), (&one, "7"), (&other, "1"), (&other, "3")] {
            assert!(told(scratch, threads) == expected, "{format} with {threads} threads");
        }
    }
}
