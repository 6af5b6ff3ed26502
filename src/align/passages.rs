//! Passages: the units of both sides that say the same.

use smallvec::SmallVec;

use super::features::Features;
use super::sequence::Alignment;
use super::{Comparison, Unit};
use crate::document::{Document, Inline, InlineId};

/// Units of both sides that say the same: one of each, or the paragraphs that one was split into.
#[derive(Debug)]
pub struct Passage {
    /// The reference's units.
    pub reference: SmallVec<[Unit; 1]>,
    /// The translation's units.
    pub translation: SmallVec<[Unit; 1]>,
}

/// For each unit of both sides, the unit of the reference that names its passage; `None` where nothing but its kind says
/// what it was made from.
#[derive(Debug)]
pub(super) struct Homes(pub(super) [Vec<Option<usize>>; 2]);

impl Homes {
    pub(super) fn new(units: [&[Unit]; 2], alignment: &Alignment, features: &Features<'_>) -> Self {
        let supported = |unit: &usize| alignment.is_supported(*unit, units, features);
        let of_reference = |unit: usize| {
            let home = alignment.translation_of(unit).map(|t| alignment.to_reference[t].unwrap_or(unit));
            home.filter(supported)
        };
        let of_translation = |unit: usize| alignment.reference_of(unit).filter(supported);
        Self([(0..units[0].len()).map(of_reference).collect(), (0..units[1].len()).map(of_translation).collect()])
    }
}

impl Comparison<'_> {
    /// The passages that both sides have, in the reference's order; only those of which more than their kind speaks, and
    /// none where the documents are not comparable.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    pub(super) fn find_passages(&self) -> Vec<Passage> {
        let mut at: Vec<Option<usize>> = vec![None; self.reference_units.len()];
        let mut passages: Vec<Passage> = Vec::with_capacity(at.len());
        for (unit, home) in self.reference_units.iter().zip(&self.homes.0[0]) {
            let Some(home) = *home else { continue };
            let place = *at[home].get_or_insert_with(|| {
                passages.push(Passage { reference: SmallVec::new(), translation: SmallVec::new() });
                passages.len() - 1
            });
            passages[place].reference.push(unit.clone());
        }
        for (unit, home) in self.translation_units.iter().zip(&self.homes.0[1]) {
            if let Some(place) = home.and_then(|home| at[home]) {
                passages[place].translation.push(unit.clone());
            }
        }
        passages.retain(|passage| !passage.translation.is_empty());
        passages
    }
}

impl Passage {
    /// The inlines of the reference's side.
    pub fn of_reference<'d, 's>(&self, document: &'d Document<'s>) -> Vec<(InlineId, &'d Inline<'s>)> {
        inlines(&self.reference, document)
    }

    /// The inlines of the translation's side.
    pub fn of_translation<'d, 's>(&self, document: &'d Document<'s>) -> Vec<(InlineId, &'d Inline<'s>)> {
        inlines(&self.translation, document)
    }
}

fn inlines<'d, 's>(units: &[Unit], document: &'d Document<'s>) -> Vec<(InlineId, &'d Inline<'s>)> {
    let ids = units.iter().flat_map(|unit| unit.inlines.clone());
    ids.map(|id| (id, &document.inlines[id])).collect()
}
