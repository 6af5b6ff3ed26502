//! `cognate check`

use std::io::Write;
use std::path::PathBuf;

use rayon::prelude::*;

use super::output::Output;
use super::{Exit, Failure, Surroundings};
use crate::check::{Checker, FindAll, OutlineFault, Pages};
use crate::cli::{CheckArgs, ColorChoice, Format};
use crate::config::{Config, did_you_mean};
use crate::diagnostic::{Notice, Severity};
use crate::locale::Locale;
use crate::project::{self, Article, Request};
use crate::report::{Summary, json, text};
use crate::rules::BUILTINS;
use crate::settings::{Selection, SettingsStore};

/// Articles that are checked before their findings are written: enough for every core, little to hold.
const BATCH: usize = 256;

pub(super) fn run(arguments: &CheckArgs, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let asked = arguments.paths.first().map(PathBuf::as_path);
    let config = Config::find(arguments.config.as_deref(), &world.working, asked).map_err(|error| error.to_string())?;
    let config = if arguments.reference.is_some() { Config { layout: Vec::new(), ..config } } else { config };
    let request = Request { paths: arguments.paths.clone(), reference: arguments.reference.clone() };
    let articles = project::articles(&request, &config, &world.working).map_err(|error| error.to_string())?;
    let config_file = config.folder.clone();
    let settings = SettingsStore::new(config, selection(arguments)?)
        .map_err(|message| format!("{}: {message}", config_file.join(crate::config::FILE_NAME).display()))?;
    let dialect = settings.dialect();
    let follows = settings.may_run("broken-fragment");
    let checker = Checker {
        pages: follows.then(|| Pages::new(&articles, dialect.clone(), find_all(&settings, &request, world, &articles))),
        dialect,
        settings,
        working: world.working.clone(),
        locales: locales(&arguments.locale)?,
        origins: arguments.origin.clone(),
    };
    let writer = Writer::new(arguments, world);
    let mut output = Output::open(arguments.output.as_deref())?;
    let summary = writer.write_all(&checker, &articles, output.writer(world.out))?;
    output.close()?;
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
    Box::new(move || project::articles(&Request::default(), &config, &working).unwrap_or_default())
}

fn selection(arguments: &CheckArgs) -> Result<Selection, String> {
    let known: Vec<&str> = BUILTINS.iter().map(|builtin| builtin.id).collect();
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
}

impl Writer {
    fn new(arguments: &CheckArgs, world: &Surroundings<'_>) -> Self {
        let color = match arguments.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => world.color && arguments.output.is_none(),
        };
        Self { format: arguments.format, style: text::Style { color, width: world.width, verbose: arguments.verbose } }
    }

    /// Checks articles in parallel and writes what they came to in order.
    fn write_all(&self, checker: &Checker, articles: &[Article], out: &mut dyn Write) -> Result<Summary, Failure> {
        let mut summary = Summary::default();
        summary.notices.extend(checker.pages.as_ref().and_then(Pages::notice));
        let mut is_first = true;
        if self.format == Format::Json {
            out.write_all(json::head().as_bytes())?;
        }
        for batch in articles.chunks(BATCH) {
            let outcomes: Vec<_> = batch.par_iter().map(|article| self.check(checker, article)).collect();
            for one in outcomes {
                let (rendered, part) = one.map_err(|fault| outline_message(&fault))?;
                self.write(&rendered, &mut is_first, out)?;
                summary.merge(part);
            }
        }
        if articles.is_empty() {
            let message = "there is nothing to check here; name files, or describe where translations are with `layout:` in cognate.yaml";
            summary.notices.push(Notice { level: Severity::Warning, message: message.to_owned(), path: None });
        }
        match self.format {
            Format::Text => out.write_all(text::summary(&summary, &self.style).as_bytes())?,
            Format::Json => out.write_all(json::tail(&summary).as_bytes())?,
            Format::JsonLines => {}
        }
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
            findings.diagnostics.iter().for_each(|diagnostic| summary.count(diagnostic));
            let rendered = match self.format {
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
}

fn outline_message(fault: &OutlineFault) -> String {
    let start = fault.source.locate(fault.error.span).start;
    format!("{}:{}:{}: {}", fault.source.name(), start.line, start.column, fault.error.message)
}
