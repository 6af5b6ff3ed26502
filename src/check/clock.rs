//! How long rules take.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::rules::BUILTINS;

/// Time by rule, summed over all threads.
#[derive(Debug)]
pub struct Clock(BTreeMap<&'static str, AtomicU64>);

impl Default for Clock {
    fn default() -> Self {
        Self(BUILTINS.iter().map(|builtin| (builtin.id, AtomicU64::new(0))).collect())
    }
}

impl Clock {
    /// Runs `work` on the account of a rule.
    pub fn measure<T>(&self, rule: &str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        if let Some(spent) = self.0.get(rule) {
            let nanoseconds = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
            spent.fetch_add(nanoseconds, Ordering::Relaxed);
        }
        result
    }

    /// What each rule took so far.
    pub fn spent(&self) -> BTreeMap<&'static str, Duration> {
        let duration = |spent: &AtomicU64| Duration::from_nanos(spent.load(Ordering::Relaxed));
        self.0.iter().map(|(rule, spent)| (*rule, duration(spent))).collect()
    }
}
