//! Where units are aligned one to one, without a search.

use std::ops::Range;

use super::score::Scorer;
use crate::pairing::GAP;

/// Less than it costs at least to leave a unit unpaired: a gap on either side, and the score that any two units of one
/// shape have.
const ENOUGH: f32 = 1.0 - 2.0 * GAP - 0.1;

/// Are the units of two ranges certainly counterparts, each of the one in its place?
///
/// They are where each has what survives translation of its counterpart, and nothing else, and where what their scores
/// lack to the greatest that they could have with any unit is less in sum than one gap costs: every other alignment has
/// one on either side.
pub(super) fn is_one_to_one(scorer: &Scorer<'_>, r: &Range<usize>, t: &Range<usize>) -> bool {
    let features = scorer.features;
    let is_same = |(r, t): (usize, usize)| {
        scorer.reference[r].shape == scorer.translation[t].shape
            && features.sides[0][r] == features.sides[1][t]
            && !features.contradict(r, t)
    };
    if r.len() != t.len() || !r.clone().zip(t.clone()).all(is_same) {
        return false;
    }
    let mut lack = 0.0;
    r.clone().zip(t.clone()).all(|(r, t)| {
        lack += scorer.greatest(r) - scorer.score(r, t);
        lack < ENOUGH
    })
}
