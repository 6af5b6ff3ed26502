//! A bar on standard error while a run takes long.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How far a run is; silent for its first second, and always where nobody watches.
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    is_shown: OnceLock<()>,
    is_watched: bool,
}

impl Progress {
    const PATIENCE: Duration = Duration::from_secs(1);

    /// A bar for as many articles.
    pub(super) fn new(articles: usize, is_watched: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(articles as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{wide_bar:.cyan/dim} {pos}/{len} articles, {eta} left") {
            bar.set_style(style);
        }
        Self { bar, started: Instant::now(), is_shown: OnceLock::new(), is_watched }
    }

    /// One more article is checked.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        if self.is_watched && self.started.elapsed() > Self::PATIENCE {
            self.is_shown.get_or_init(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }

    /// Runs what writes to the terminal without drawing over it.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
