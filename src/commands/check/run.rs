//! One run: articles in parallel, their findings in order.

use std::path::Path;

use rayon::prelude::*;

use super::known::Known;
use super::reports::Reports;
use crate::check::{Checker, OutlineFault, Pages};
use crate::cli::CheckArgs;
use crate::commands::progress::Progress;
use crate::commands::{Failure, Surroundings};
use crate::config::Mistake;
use crate::diagnostic::{Notice, Severity};
use crate::project::{self, Article};
use crate::report::{Pieces, Summary, text};

/// Articles that are checked before their findings are written: enough for every core, little to hold.
const BATCH: usize = 256;

/// What an article came to in every format.
type Checked = (Vec<Pieces>, Summary);

/// Checks articles and writes what they came to; `summary` has what is to be said of the run.
pub(super) fn check_all(
    checker: &Checker,
    articles: &[Article],
    mut summary: Summary,
    reports: &mut Reports,
    known: Option<&Known>,
    arguments: &CheckArgs,
    world: &mut Surroundings<'_>,
) -> Result<Summary, Failure> {
    reports.head(world.out)?;
    let err_style =
        text::Style { color: arguments.color.colors(world.err_color), width: world.width, verbose: arguments.verbose };
    let progress = Progress::new(articles.len(), world.is_watched && !arguments.quiet);
    for batch in articles.chunks(BATCH) {
        let check = |article| {
            let outcome = check(checker, article, reports, known);
            progress.step();
            outcome
        };
        let outcomes: Vec<_> = batch.par_iter().map(check).collect();
        for one in outcomes {
            let (rendered, part) = one.map_err(|fault| refused(&fault, &err_style))?;
            progress.aside(|| reports.put(rendered, world.out))?;
            summary.merge(part);
        }
    }
    progress.finish();
    summary.notices.extend(checker.pages.as_ref().and_then(Pages::notice));
    summary.notices.extend(checker.histories.notices().into_iter().map(|notice| {
        let path = notice.path.map(|path| project::shown(Path::new(&path), &checker.working));
        Notice { path: path.filter(|path| !path.is_empty()), ..notice }
    }));
    if articles.is_empty() && (arguments.since.is_some() || arguments.staged) {
        let message = "no translation changed, and no reference of one".to_owned();
        summary.notices.push(Notice { level: Severity::Info, message, path: None });
    } else if articles.is_empty() {
        let message = "there is nothing to check here; name files, or describe where translations are with `layout:` in cognate.yaml";
        summary.notices.push(Notice { level: Severity::Warning, message: message.to_owned(), path: None });
    }
    let was_all_read = summary.notices.iter().all(|notice| notice.level < Severity::Error);
    let config = checker.settings.config();
    let close = |known: &Known| known.close(arguments, config, &checker.working, was_all_read);
    summary.notices.extend(known.map(close).transpose()?.flatten());
    reports.tail(&summary, world.out)?;
    Ok(summary)
}

fn check(
    checker: &Checker,
    article: &Article,
    reports: &Reports,
    known: Option<&Known>,
) -> Result<Checked, Box<OutlineFault>> {
    checker.check(article, |mut findings, outcome| {
        if let Some(known) = known {
            known.baseline.apply(&mut findings);
        }
        let mut summary = Summary {
            articles: outcome.articles,
            translations: outcome.translations,
            notices: outcome.notices,
            ..Summary::default()
        };
        summary.count_all(&findings);
        (reports.render(&findings), summary)
    })
}

/// An outline that cannot be used.
pub(super) fn refused(fault: &OutlineFault, style: &text::Style) -> Failure {
    let (message, help) = fault.error.message.split_once("; ").unwrap_or((&fault.error.message, ""));
    let mistake = Mistake::new(Some(fault.error.span), message, "here").help(help);
    Failure::Report(text::mistakes(&fault.source, &[mistake], style))
}
