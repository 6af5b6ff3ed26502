//! Findings that a document says are meant.

use crate::document::Document;
use crate::document::suppressions::{Suppression, suppressions};
use crate::revision::Needless;
use crate::source::Span;

/// What a document suppresses, and what of it was there.
pub(super) struct Suppressions {
    all: Vec<(Suppression, Vec<bool>)>,
}

impl Suppressions {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let all = suppressions(document).into_iter().map(|one| {
            let is_used = vec![false; one.rules.len()];
            (one, is_used)
        });
        Self { all: all.collect() }
    }

    /// The reason for which a finding is meant, if it is.
    pub(super) fn reason(&mut self, rule: &str, place: Span) -> Option<String> {
        for (one, is_used) in self.all.iter_mut().filter(|(one, _)| one.covers(place)) {
            if let Some(at) = one.rules.iter().position(|known| known == rule) {
                is_used[at] = true;
                return Some(one.reason.clone());
            }
        }
        None
    }

    /// What suppresses nothing of the rules that ran, names none that there is, or gives no reason.
    pub(super) fn needless(
        &self,
        ran: impl Fn(&str) -> bool,
        is_known: impl Fn(&str) -> bool,
    ) -> Vec<(Span, String, Needless)> {
        let of = |(one, is_used): &(Suppression, Vec<bool>)| {
            let needless = |(rule, is_used): (&String, &bool)| {
                let needless = match () {
                    () if !is_known(rule) => Needless::Unknown,
                    () if !is_used && ran(rule) => Needless::Unused,
                    () if *is_used && one.reason.is_empty() => Needless::WithoutReason,
                    () => return None,
                };
                Some((one.place, rule.clone(), needless))
            };
            one.rules.iter().zip(is_used).filter_map(needless).collect::<Vec<_>>()
        };
        self.all.iter().flat_map(of).collect()
    }
}
