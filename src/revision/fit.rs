//! Which version of a reference a translation fits best.

use super::Profile;

/// How well one version fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Its position among the versions, from the newest.
    pub version: usize,
    /// [`Profile::distance`] from the translation.
    pub distance: usize,
    /// Even this version fits badly: the right one is not in the history.
    pub is_doubtful: bool,
}

/// The version that fits best; of equals the one whose front matter fits best, then the newest. `versions` come from the
/// newest on; what cannot be read is `None`.
pub fn best<'p>(translation: &Profile, versions: impl IntoIterator<Item = Option<&'p Profile>>) -> Option<Fit> {
    let mut best: Option<(Fit, usize)> = None;
    for (version, profile) in versions.into_iter().enumerate() {
        let Some(profile) = profile else { continue };
        let distance = translation.distance(profile);
        // Versions that fit wholly follow each other.
        if distance > 0 && best.is_some_and(|(best, _)| best.distance == 0) {
            break;
        }
        let metadata = translation.metadata_distance(profile);
        if best.is_none_or(|(best, least)| (distance, metadata) < (best.distance, least)) {
            let is_doubtful = translation.is_strange(distance);
            best = Some((Fit { version, distance, is_doubtful }, metadata));
        }
    }
    best.map(|(fit, _)| fit)
}

/// Could a version at this distance be the wrong one at all?
pub fn may_be_misfit(pinned: &Profile, translation: &Profile) -> bool {
    is_far(translation.distance(pinned), 0)
}

/// Does a pinned version fit so much worse than the best one that the pin cannot be right? Not where links, levels or
/// code alone speak for the other one: those are often changed in all languages at once, and the pins left.
///
/// Measured on pinned translations of two sites: see ARCHITECTURE.md.
pub fn is_misfit(pinned: &Profile, best: &Profile, translation: &Profile) -> bool {
    is_far(translation.distance(pinned), translation.distance(best))
        && is_far(translation.block_distance(pinned), translation.block_distance(best))
}

fn is_far(pinned: usize, best: usize) -> bool {
    const LEAST: usize = 4;
    pinned >= best + LEAST && best * 2 <= pinned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown;
    use crate::source::Source;
    use crate::target::{Facts, Resolver};

    fn profile(items: usize) -> Profile {
        let facts = Facts::default();
        let resolver = Resolver::new(&facts, &[], "");
        let source = Source::new("a.md", "- x\n".repeat(items));
        let dialect = crate::document::Dialect::default();
        Profile::of(&markdown::parse(&source, &dialect), resolver)
    }

    #[test]
    fn the_newest_of_equals_wins() {
        let versions = [5, 3, 3, 1].map(profile);
        let fit = best(&profile(3), versions.iter().map(Some));
        assert_eq!(fit, Some(Fit { version: 1, distance: 0, is_doubtful: false }));
        assert_eq!(best(&profile(3), [None, versions.last()]).map(|fit| fit.version), Some(1));
        assert_eq!(best(&profile(3), [None]), None);
    }

    #[test]
    fn a_little_worse_is_no_misfit() {
        let is_misfit = |pinned, best| super::is_misfit(&profile(pinned), &profile(best), &profile(9));
        assert!(!is_misfit(8, 9));
        assert!(is_misfit(3, 9));
        assert!(is_misfit(20, 9));
        assert!(!is_misfit(3, 4));
    }
}
