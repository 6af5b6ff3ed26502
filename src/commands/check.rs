//! `cognate check`

use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::output::Output;
use super::progress::Progress;
use super::{Exit, Failure, Surroundings};
use crate::check::{Checker, Clock, FindAll, OutlineFault, Pages};
use crate::cli::{CheckArgs, Format};
use crate::config::{Config, Mistake, did_you_mean};
use crate::diagnostic::{Notice, Severity};
use crate::locale::Locale;
use crate::project::fits::Fits;
use crate::project::history::Histories;
use crate::project::{self, Article, Listing, Request};
use crate::report::{Summary, json, text};
use crate::settings::{Selection, SettingsStore};

/// Articles that are checked before their findings are written: enough for every core, little to hold.
const BATCH: usize = 256;

pub(super) fn run(arguments: &CheckArgs, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let asked = arguments.paths.first().map(PathBuf::as_path);
    super::check_roots(&arguments.root, world)?;
    let config = Config::find(arguments.config.as_deref(), &world.working, asked, &arguments.root)
        .map_err(|error| world.misconfigured(&error, arguments.color))?;
    let config = if arguments.reference.is_some() { Config { layout: Vec::new(), ..config } } else { config };
    let request = Request { paths: arguments.paths.clone(), reference: arguments.reference.clone() };
    let (config, recognised) = project::recognise::complete(config, &request, &world.working);
    let listing = project::articles(&request, &config, &world.working).map_err(|error| error.to_string())?;
    let Listing { articles, faults } = listing;
    let selection = selection(arguments, &config)?;
    let settings =
        SettingsStore::new(config, selection).map_err(|error| world.misconfigured(&error, arguments.color))?;
    let references = articles.iter().filter_map(|article| article.reference.clone());
    let dialect = settings.dialect();
    let asks = ["broken-fragment", "missing-metadata", "drifted-metadata", "untranslated", "number-mismatch"];
    let follows = asks.iter().any(|rule| settings.may_run(rule));
    let tag = settings.config().locale_of_references();
    let reference_language = Locale::parse(tag).map_or_else(|| tag.to_owned(), |locale| locale.language().to_owned());
    let checker = Checker {
        fits: if arguments.no_cache {
            Fits::default()
        } else {
            Fits::open(&settings.config().folder, &settings.what_it_goes_by())
        },
        histories: Histories::new(references.collect()),
        clock: arguments.statistics.then(|| Clock::new(settings.rules())),
        revision: arguments.revision,
        reference_language,
        pages: follows.then(|| Pages::new(&articles, dialect.clone(), find_all(&settings, &request, world, &articles))),
        dialect,
        settings,
        working: world.working.clone(),
        locales: locales(&arguments.locale)?,
        origins: arguments.origin.clone(),
    };
    let writer = Writer::new(arguments, world);
    let mut output = Output::open(arguments.output.as_deref())?;
    let summary = Summary { notices: recognised.into_iter().chain(faults).collect(), ..Summary::default() };
    let summary = writer.write_all(&checker, &articles, summary, output.writer(world.out))?;
    output.close()?;
    checker.fits.save();
    for notice in summary.notices.iter().filter(|notice| notice.level == Severity::Error) {
        let path = notice.path.as_deref().unwrap_or_default();
        writeln!(world.err, "error: {path}: {}", notice.message)?;
    }
    Ok(exit(&summary, arguments.fail_on))
}

/// What finds all articles of the project: those of the run, unless that is over files that were named.
fn find_all(settings: &SettingsStore, request: &Request, world: &Surroundings<'_>, articles: &[Article]) -> FindAll {
    let is_whole = request.reference.is_some() || request.paths.iter().all(|path| world.working.join(path).is_dir());
    if is_whole {
        let articles = articles.to_vec();
        return Box::new(move || articles.clone());
    }
    let (config, working) = (settings.config().clone(), settings.config().folder.clone());
    Box::new(move || project::articles(&Request::default(), &config, &working).unwrap_or_default().articles)
}

fn selection(arguments: &CheckArgs, config: &Config) -> Result<Selection, String> {
    let known: Vec<&str> = config.rules_known().map(|rule| &*rule.id).collect();
    for (flag, ids) in [("--select", &arguments.select), ("--ignore", &arguments.ignore)] {
        if let Some(id) = ids.iter().find(|id| !known.contains(&id.as_str())) {
            return Err(format!("{flag}: there is no rule `{id}`; {}", did_you_mean(id, &known)));
        }
    }
    Ok(Selection { select: arguments.select.clone(), ignore: arguments.ignore.clone() })
}

fn locales(tags: &[String]) -> Result<Vec<Locale>, String> {
    let parse = |tag: &String| Locale::parse(tag).ok_or_else(|| format!("--locale: `{tag}` is no known language tag"));
    tags.iter().map(parse).collect()
}

fn exit(summary: &Summary, fail_on: Severity) -> Exit {
    if summary.notices.iter().any(|notice| notice.level == Severity::Error) {
        return Exit::Failure;
    }
    let fails = summary.severities.iter().any(|(severity, n)| *severity >= fail_on && *n > 0);
    if fails { Exit::Findings } else { Exit::Clean }
}

/// Writes findings in one format.
struct Writer {
    format: Format,
    style: text::Style,
    /// Of what goes to standard error.
    err_style: text::Style,
    wants: Wants,
    is_watched: bool,
}

/// What is to be shown.
#[derive(Clone, Copy, PartialEq)]
enum Wants {
    Everything,
    FindingsAlone,
    StatisticsAlone,
}

impl Writer {
    fn new(arguments: &CheckArgs, world: &Surroundings<'_>) -> Self {
        let color = arguments.color.colors(world.color && arguments.output.is_none());
        let style = text::Style { color, width: world.width, verbose: arguments.verbose };
        let err_style = text::Style { color: arguments.color.colors(world.err_color), ..style };
        let wants = match (arguments.quiet, arguments.statistics) {
            (true, _) => Wants::FindingsAlone,
            (_, true) => Wants::StatisticsAlone,
            _ => Wants::Everything,
        };
        let is_watched = world.is_watched && !arguments.quiet;
        Self { format: arguments.format, style, err_style, wants, is_watched }
    }

    /// An outline that cannot be used.
    fn refused(&self, fault: &OutlineFault) -> Failure {
        let (message, help) = fault.error.message.split_once("; ").unwrap_or((&fault.error.message, ""));
        let mistake = Mistake::new(Some(fault.error.span), message, "here").help(help);
        Failure::Report(text::mistakes(&fault.source, &[mistake], &self.err_style))
    }

    /// Checks articles in parallel and writes what they came to in order; `summary` has what is to be said of the run.
    fn write_all(
        &self,
        checker: &Checker,
        articles: &[Article],
        mut summary: Summary,
        out: &mut dyn Write,
    ) -> Result<Summary, Failure> {
        let mut is_first = true;
        if self.format == Format::Json {
            out.write_all(json::head().as_bytes())?;
        }
        let progress = Progress::new(articles.len(), self.is_watched);
        for batch in articles.chunks(BATCH) {
            let check = |article| {
                let outcome = self.check(checker, article);
                progress.step();
                outcome
            };
            let outcomes: Vec<_> = batch.par_iter().map(check).collect();
            for one in outcomes {
                let (rendered, part) = one.map_err(|fault| self.refused(&fault))?;
                progress.aside(|| self.write(&rendered, &mut is_first, out))?;
                summary.merge(part);
            }
        }
        progress.finish();
        summary.notices.extend(checker.pages.as_ref().and_then(Pages::notice));
        summary.notices.extend(checker.histories.notices().into_iter().map(|notice| {
            let path = notice.path.map(|path| project::shown(Path::new(&path), &checker.working));
            Notice { path: path.filter(|path| !path.is_empty()), ..notice }
        }));
        if articles.is_empty() {
            let message = "there is nothing to check here; name files, or describe where translations are with `layout:` in cognate.yaml";
            summary.notices.push(Notice { level: Severity::Warning, message: message.to_owned(), path: None });
        }
        self.close(checker, &summary, out)?;
        out.flush()?;
        Ok(summary)
    }

    fn check(&self, checker: &Checker, article: &Article) -> Result<(Vec<String>, Summary), Box<OutlineFault>> {
        checker.check(article, |findings, outcome| {
            let mut summary = Summary {
                articles: outcome.articles,
                translations: outcome.translations,
                notices: outcome.notices,
                ..Summary::default()
            };
            summary.count_all(findings);
            let rendered = match self.format {
                Format::Text if self.wants == Wants::StatisticsAlone => Vec::new(),
                Format::Text => vec![text::render(findings, &self.style)],
                Format::Json | Format::JsonLines => {
                    findings.diagnostics.iter().map(|one| json::diagnostic(one, findings)).collect()
                }
            };
            (rendered, summary)
        })
    }

    fn write(&self, rendered: &[String], is_first: &mut bool, out: &mut dyn Write) -> Result<(), Failure> {
        for piece in rendered {
            match self.format {
                Format::Text => out.write_all(piece.as_bytes())?,
                Format::JsonLines => writeln!(out, "{piece}")?,
                Format::Json => write!(out, "{}\n{piece}", if *is_first { "" } else { "," })?,
            }
            *is_first = false;
        }
        Ok(())
    }

    /// What closes a run.
    fn close(&self, checker: &Checker, summary: &Summary, out: &mut dyn Write) -> Result<(), Failure> {
        let text = match (self.format, self.wants) {
            (Format::Json, _) => json::tail(summary),
            (Format::JsonLines, _) | (Format::Text, Wants::FindingsAlone) => return Ok(()),
            (Format::Text, Wants::Everything) => text::summary(summary, &self.style),
            (Format::Text, Wants::StatisticsAlone) => {
                let table = text::statistics(summary, checker.clock.as_ref(), &self.style);
                format!("{table}{}", text::summary(&summary.without_tables(), &self.style))
            }
        };
        out.write_all(text.as_bytes())?;
        Ok(())
    }
}
