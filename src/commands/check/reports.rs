//! Where findings go, and in which formats.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use crate::check::Checker;
use crate::cli::{CheckArgs, Destined, Format};
use crate::commands::output::Output;
use crate::commands::{Failure, Surroundings};
use crate::diagnostic::Findings;
use crate::report::{
    Checkstyle, Concise, Github, Gitlab, Json, JsonLines, Junit, Markdown, Pieces, Rdjson, Renderer, Sarif, Summary,
    text,
};

/// All reports of a run.
pub(super) struct Reports {
    all: Vec<Report>,
}

struct Report {
    renderer: Box<dyn Renderer>,
    output: Output,
}

impl Reports {
    /// Those that the command line asks for, each with its file.
    pub(super) fn open(arguments: &CheckArgs, checker: &Checker, world: &Surroundings<'_>) -> Result<Self, Failure> {
        let text = Destined { format: Format::Text, file: None };
        let wanted = if arguments.format.is_empty() { &[text][..] } else { &arguments.format };
        let to_standard = wanted.iter().filter(|one| one.file.is_none()).count();
        if to_standard > 1 {
            let message = "--format: two formats for one output; give all but one a file, such as `sarif=out.sarif`";
            return Err(message.to_owned().into());
        }
        let files: Vec<Option<PathBuf>> =
            wanted.iter().map(|one| one.file.clone().or_else(|| arguments.output.clone())).collect();
        let mut named = files.iter().flatten().enumerate();
        if let Some((_, name)) = named.find(|(at, file)| files.iter().flatten().take(*at).any(|one| one == *file)) {
            return Err(format!("--format: two formats for `{}`; give each a file of its own", name.display()).into());
        }
        let open = |(one, file): (&Destined, &Option<PathBuf>)| {
            let output = Output::open(file.as_deref())?;
            Ok(Report { renderer: renderer(one.format, file.is_some(), arguments, checker, world), output })
        };
        let mut all = wanted.iter().zip(&files).map(open).collect::<Result<Vec<Report>, Failure>>()?;
        let is_job = wanted.iter().any(|one| one.format == Format::Github);
        if let Some(file) = world.job_summary.as_deref().filter(|_| is_job) {
            let renderer = Box::new(Markdown::for_a_job(arguments.verbose));
            all.push(Report { renderer, output: Output::append(file) });
        }
        Ok(Self { all })
    }

    /// The findings of an article in every format.
    pub(super) fn render(&self, findings: &Findings<'_>) -> Vec<Pieces> {
        self.all.iter().map(|report| Pieces::of(&*report.renderer, findings)).collect()
    }

    pub(super) fn head(&mut self, out: &mut (dyn Write + Send)) -> io::Result<()> {
        self.all.iter_mut().try_for_each(|report| report.renderer.head(report.output.writer(out)))
    }

    pub(super) fn put(&mut self, rendered: Vec<Pieces>, out: &mut (dyn Write + Send)) -> io::Result<()> {
        let mut pairs = self.all.iter_mut().zip(rendered);
        pairs.try_for_each(|(report, pieces)| report.renderer.put(pieces, report.output.writer(out)))
    }

    pub(super) fn tail(&mut self, summary: &Summary, out: &mut (dyn Write + Send)) -> io::Result<()> {
        self.all.iter_mut().try_for_each(|report| report.renderer.tail(summary, report.output.writer(out)))?;
        out.flush()
    }

    /// Puts the files in their places.
    pub(super) fn close(self) -> Result<(), Failure> {
        self.all.into_iter().try_for_each(|report| report.output.close())
    }
}

fn renderer(
    format: Format,
    is_file: bool,
    arguments: &CheckArgs,
    checker: &Checker,
    world: &Surroundings<'_>,
) -> Box<dyn Renderer> {
    let verbose = arguments.verbose;
    match format {
        Format::Text => {
            let color = arguments.color.colors(world.color && !is_file);
            let wants = match (arguments.quiet, arguments.statistics) {
                (true, _) => text::Wants::FindingsAlone,
                (_, true) => text::Wants::StatisticsAlone,
                _ => text::Wants::Everything,
            };
            let style = text::Style { color, width: world.width, verbose };
            Box::new(text::Text { style, wants, clock: checker.clock.clone() })
        }
        Format::Concise => Box::new(Concise::new(verbose)),
        Format::Json => Box::<Json>::default(),
        Format::JsonLines => Box::new(JsonLines),
        Format::Sarif => {
            Box::new(Sarif::new(checker.settings.config().rules_known().map(Arc::clone).collect(), verbose))
        }
        Format::Github => Box::new(Github::new(verbose)),
        Format::Gitlab => Box::new(Gitlab::new(verbose)),
        Format::Rdjson => Box::new(Rdjson::new(verbose)),
        Format::Junit => Box::new(Junit::new(verbose)),
        Format::Checkstyle => Box::new(Checkstyle::new(verbose)),
        Format::Markdown => Box::new(Markdown::new(verbose)),
    }
}
