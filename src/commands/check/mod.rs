//! `cognate check`

mod fixing;
mod known;
mod reports;
mod run;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Exit, Failure, Surroundings};
use crate::check::{Checker, Clock, FindAll, Pages};
use crate::cli::{CheckArgs, Format};
use crate::config::{Config, did_you_mean};
use crate::diagnostic::{Notice, Severity};
use crate::locale::Locale;
use crate::project::fits::Fits;
use crate::project::history::{Change, Histories, changed};
use crate::project::{self, Article, Listing, Request};
use crate::report::Summary;
use crate::settings::{Selection, SettingsStore};

use reports::Reports;

pub(super) fn run(arguments: &CheckArgs, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let (paths, given) = standard_input(arguments, world)?;
    let asked = paths.first().map(PathBuf::as_path);
    super::check_roots(&arguments.root, world)?;
    let config = Config::find(arguments.config.as_deref(), &world.working, asked, &arguments.root)
        .map_err(|error| world.misconfigured(&error, arguments.color))?;
    let config = if arguments.reference.is_some() { Config { layout: Vec::new(), ..config } } else { config };
    let request = Request { paths, reference: arguments.reference.clone(), changed: None, is_given: given.is_some() };
    let (config, recognised) = project::recognise::complete(config, &request, &world.working);
    let change = arguments.since.clone().map(Change::Since).or(arguments.staged.then_some(Change::Staged));
    let changed = change.as_ref().map(|change| changed(&config.folder, change)).transpose()?;
    let request = Request { changed, ..request };
    let listing = project::articles(&request, &config, &world.working).map_err(|error| error.to_string())?;
    let Listing { articles, faults } = listing;
    let selection = selection(arguments, &config)?;
    let settings =
        SettingsStore::new(config, selection).map_err(|error| world.misconfigured(&error, arguments.color))?;
    let mut checker = Checker {
        given: given.into_iter().collect(),
        ..checker(arguments, settings, &request, &articles, &world.working)?
    };
    let mut summary = Summary { notices: recognised.into_iter().chain(faults).collect(), ..Summary::default() };
    summary.notices.extend(half_staged(arguments, &checker));
    if let Some(wanted) = fixing::wanted(arguments) {
        let working = world.working.clone();
        let pages = |checker: &Checker| {
            let all = || find_all(&checker.settings, &request, &working, &articles);
            checker.pages.is_some().then(|| Pages::new(&articles, checker.dialect.clone(), all()))
        };
        let outcome = fixing::settle(&mut checker, &articles, wanted, arguments, world, pages)?;
        if arguments.diff {
            return Ok(if outcome.fixed > 0 { Exit::Findings } else { Exit::Clean });
        }
        summary.notices.extend(outcome.notices());
    }
    let mut reports = Reports::open(arguments, &checker, world)?;
    let known = known::open(arguments, checker.settings.config(), world)?;
    let summary = run::check_all(&checker, &articles, summary, &mut reports, known.as_ref(), arguments, world)?;
    reports.close()?;
    checker.fits.save();
    // What no report has a place for is said here.
    let least = if arguments.quiet || reports_notices(arguments) { Severity::Error } else { Severity::Warning };
    for notice in summary.notices.iter().filter(|notice| notice.level >= least) {
        let path = notice.path.as_ref().map_or_else(String::new, |path| format!("{path}: "));
        writeln!(world.err, "{}: {path}{}", notice.level, notice.message)?;
    }
    Ok(exit(&summary, arguments.fail_on))
}

/// Staged files of which another state is on disk, which is what is checked.
fn half_staged(arguments: &CheckArgs, checker: &Checker) -> Vec<Notice> {
    let folder = &checker.settings.config().folder;
    let ask = |change| if arguments.staged { changed(folder, &change).unwrap_or_default() } else { Vec::new() };
    let (staged, unstaged) = (ask(Change::Staged), ask(Change::Unstaged));
    let notice = |file: &PathBuf| Notice {
        level: Severity::Warning,
        message: "what is on disk was checked, and something else is staged".to_owned(),
        path: Some(project::shown(file, &checker.working)),
    };
    let is_document = |file: &&PathBuf| project::is_document(file) && unstaged.contains(file);
    staged.iter().filter(is_document).map(notice).collect()
}

/// Does a report of the run tell what is to be said of it?
fn reports_notices(arguments: &CheckArgs) -> bool {
    let tells = |format| match format {
        Format::Text | Format::Json | Format::Sarif | Format::Markdown => true,
        Format::Concise
        | Format::JsonLines
        | Format::Github
        | Format::Gitlab
        | Format::Rdjson
        | Format::Junit
        | Format::Checkstyle => false,
    };
    arguments.format.is_empty() || arguments.format.iter().any(|one| tells(one.format))
}

/// What articles are checked with.
fn checker(
    arguments: &CheckArgs,
    settings: SettingsStore,
    request: &Request,
    articles: &[Article],
    working: &Path,
) -> Result<Checker, Failure> {
    let references = articles.iter().filter_map(|article| article.reference.clone());
    let with_reference = articles.iter().filter(|article| article.reference.is_some());
    let translations = with_reference.flat_map(|article| &article.translations).map(|one| one.path.clone());
    let dialect = settings.dialect();
    let asks = ["broken-fragment", "missing-metadata", "drifted-metadata", "untranslated", "number-mismatch"];
    let follows = asks.iter().any(|rule| settings.may_run(rule));
    let tag = settings.config().locale_of_references();
    let reference_language = Locale::parse(tag).map_or_else(|| tag.to_owned(), |locale| locale.language().to_owned());
    Ok(Checker {
        fits: if arguments.no_cache {
            Fits::default()
        } else {
            Fits::open(&settings.config().folder, &settings.what_it_goes_by())
        },
        histories: Histories::new(references.collect()).with_last_changes(translations.collect()),
        clock: arguments.statistics.then(|| Arc::new(Clock::new(settings.rules()))),
        revision: arguments.revision,
        reference_language,
        pages: follows.then(|| Pages::new(articles, dialect.clone(), find_all(&settings, request, working, articles))),
        dialect,
        settings,
        working: working.to_owned(),
        given: HashMap::default(),
        locales: locales(&arguments.locale)?,
        origins: arguments.origin.clone(),
    })
}

/// A file whose text is given, by its absolute path.
type Given = Option<(PathBuf, Vec<u8>)>;

/// The paths that are asked for, with the text of standard input where that stands for one of them.
fn standard_input(arguments: &CheckArgs, world: &mut Surroundings<'_>) -> Result<(Vec<PathBuf>, Given), Failure> {
    let is_input = |path: &PathBuf| path.as_os_str() == "-";
    let Some(name) = &arguments.stdin_filename else {
        if arguments.paths.iter().any(is_input) {
            let message = "`-` is standard input: say which file it is the text of, with --stdin-filename";
            return Err(message.to_owned().into());
        }
        return Ok((arguments.paths.clone(), None));
    };
    if !arguments.paths.iter().all(is_input) {
        let message = "--stdin-filename: standard input is checked alone; name no other path than `-`";
        return Err(message.to_owned().into());
    }
    let mut text = Vec::new();
    world.input.read_to_end(&mut text).map_err(|error| format!("standard input cannot be read: {error}"))?;
    Ok((vec![name.clone()], Some((project::absolute(&world.working, name), text))))
}

/// What finds all articles of the project: those of the run, unless that is over files that were named.
fn find_all(settings: &SettingsStore, request: &Request, working: &Path, articles: &[Article]) -> FindAll {
    let is_whole = request.changed.is_none()
        && (request.reference.is_some() || request.paths.iter().all(|path| working.join(path).is_dir()));
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
