//! The baseline of a run: which file it is, and what becomes of it.

use std::path::{Path, PathBuf};

use crate::baseline::Baseline;
use crate::cli::CheckArgs;
use crate::commands::output::Output;
use crate::commands::{Failure, Surroundings};
use crate::config::Config;
use crate::diagnostic::{Notice, Severity};
use crate::project;

/// A baseline with its file.
pub(super) struct Known {
    file: PathBuf,
    pub(super) baseline: Baseline,
}

/// The baseline that a run goes by, or writes; none where none is configured.
pub(super) fn open(arguments: &CheckArgs, config: &Config, world: &Surroundings<'_>) -> Result<Option<Known>, Failure> {
    let named = arguments.baseline.as_ref().map(|file| world.working.join(file));
    let file = named.or_else(|| config.baseline.as_ref().map(|file| config.folder.join(file)));
    let changes = arguments.write_baseline || arguments.prune_baseline;
    let Some(file) = file.filter(|_| !arguments.no_baseline) else {
        if changes {
            let message = "there is no baseline: name one with --baseline FILE, or with `baseline:` in cognate.yaml";
            return Err(message.to_owned().into());
        }
        return Ok(None);
    };
    let shown = project::shown(&file, &world.working);
    if changes && !is_whole(arguments, config, &world.working) {
        return Err("a baseline is of all findings: name no files, rules, locales or origins, and run in the project's own folder".to_owned().into());
    }
    if arguments.write_baseline {
        if file.exists() {
            let message = "is there already and only shrinks: --prune-baseline takes out what is mended; remove it to \
                           begin anew";
            return Err(format!("{shown}: {message}").into());
        }
        return Ok(Some(Known { file, baseline: Baseline::recording() }));
    }
    let text = std::fs::read_to_string(&file).map_err(|error| {
        format!("{shown}: the baseline cannot be read: {error}; `cognate check --write-baseline` writes one")
    })?;
    let baseline = Baseline::read(&text).map_err(|error| format!("{shown}: {error}"))?;
    Ok(Some(Known { file, baseline }))
}

/// Does a run meet every finding that there is? Not from a folder below the configuration's.
fn is_whole(arguments: &CheckArgs, config: &Config, working: &Path) -> bool {
    config.folder.starts_with(working)
        && arguments.paths.is_empty()
        && arguments.since.is_none()
        && !arguments.staged
        && arguments.stdin_filename.is_none()
        && arguments.select.is_empty()
        && arguments.ignore.is_empty()
        && arguments.locale.is_empty()
        && arguments.origin.is_empty()
        && arguments.reference.is_none()
}

impl Known {
    /// Writes the file where that was asked for, and says what became of it.
    pub(super) fn close(
        &self,
        arguments: &CheckArgs,
        config: &Config,
        working: &Path,
        was_all_read: bool,
    ) -> Result<Option<Notice>, Failure> {
        let changes = arguments.write_baseline || arguments.prune_baseline;
        if !was_all_read {
            // What could not be read may have findings.
            let message = "the baseline stays as it is, for something could not be read".to_owned();
            let notice = Notice { level: Severity::Warning, message, path: Some(project::shown(&self.file, working)) };
            return Ok(changes.then_some(notice));
        }
        let stale = if is_whole(arguments, config, working) { self.baseline.stale() } else { 0 };
        let findings = |n: usize| if n == 1 { "1 finding".to_owned() } else { format!("{n} findings") };
        let message = if arguments.write_baseline {
            format!("the baseline has {} now", findings(self.baseline.met()))
        } else if arguments.prune_baseline {
            format!("the baseline lost {} and has {} left", findings(stale), findings(self.baseline.met()))
        } else if stale > 0 {
            format!(
                "the baseline has {} that {} no longer there: `cognate check --prune-baseline` takes {} out",
                findings(stale),
                if stale == 1 { "is" } else { "are" },
                if stale == 1 { "it" } else { "them" }
            )
        } else {
            return Ok(None);
        };
        if arguments.write_baseline || (arguments.prune_baseline && stale > 0) {
            Output::write(&self.file, self.baseline.text().as_bytes())?;
        }
        let level =
            if arguments.write_baseline || arguments.prune_baseline { Severity::Info } else { Severity::Warning };
        Ok(Some(Notice { level, message, path: Some(project::shown(&self.file, working)) }))
    }
}
