//! How long rules take.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::catalogue::Rule;

/// Time by rule, summed over all threads.
#[derive(Debug)]
pub struct Clock(BTreeMap<Arc<str>, AtomicU64>);

impl Clock {
    /// A clock with an account for each of these rules.
    pub fn new(rules: &[Arc<Rule>]) -> Self {
        Self(rules.iter().map(|rule| (Arc::clone(&rule.id), AtomicU64::new(0))).collect())
    }

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
    pub fn spent(&self) -> BTreeMap<Arc<str>, Duration> {
        let duration = |spent: &AtomicU64| Duration::from_nanos(spent.load(Ordering::Relaxed));
        self.0.iter().map(|(rule, spent)| (Arc::clone(rule), duration(spent))).collect()
    }
}
