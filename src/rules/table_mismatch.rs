//! `table-mismatch`: rows and columns that came or went.

use foldhash::HashSet;
use serde::Deserialize;

use super::structure::{Sense, Weight, first_line, tell};
use crate::align::{Bitext, Comparison, Concern};
use crate::document::{BlockId, BlockKind, Document};
use crate::rule::{Builtin, Check, Kind, Report, Subject, load};

pub(super) const RULE: Builtin = Builtin {
    id: "table-mismatch",
    kind: Kind::Comparative(Subject::Blocks),
    yaml: include_str!("../../rules/table-mismatch.yaml"),
    load: load::<TableMismatch>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableMismatch {}

impl Check for TableMismatch {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        tell(Concern::Table, Sense::Either, &|_| Weight::Full, bitext, report);
        let Some(comparison) = bitext.comparable() else { return };
        let documents = [comparison.reference, bitext.translation];
        cells(comparison, bitext.translation, report);
        let mut told = HashSet::default();
        for (theirs, ours) in comparison.matched() {
            let (Some(there), Some(here)) = (table(documents[0], theirs.block), table(documents[1], ours.block)) else {
                continue;
            };
            if there.1 == here.1 || !told.insert((there.0, here.0)) {
                continue;
            }
            let message = format!(
                "this table has {}; the reference's has {}",
                columns_of(here.1 as usize),
                columns_of(there.1 as usize)
            );
            let finding = report.at(first_line(documents[1], here.0), message);
            finding.label("its columns").reference(first_line(documents[0], there.0), "the reference's columns");
            finding.help("give each row the reference's cells; write a `|` inside of a cell as `\\|`");
        }
    }
}

/// Rows with other cells than their table has columns: the renderer drops or adds some, and says nothing.
fn cells(comparison: &Comparison<'_>, translation: &Document<'_>, report: &mut Report) {
    let count = |document: &Document<'_>, block: BlockId| {
        let (_, columns) = table(document, block)?;
        let span = document.blocks[block].span;
        let row = document.source.slice(span).trim();
        let row = row.strip_prefix('|').unwrap_or(row);
        let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
        let escaped = row.matches("\\|").count();
        Some((span, columns as usize, row.matches('|').count() - escaped + 1))
    };
    for (theirs, ours) in comparison.matched() {
        let (Some((there, wanted, theirs)), Some((here, columns, ours))) =
            (count(comparison.reference, theirs.block), count(translation, ours.block))
        else {
            continue;
        };
        if theirs == wanted && wanted == columns && ours != columns {
            let message = format!("this row has {}; its table has {}", cells_of(ours), columns_of(columns));
            let finding = report.at(here, message);
            finding.label("its cells").reference(there, "the reference's row");
            finding.help("give the row a cell per column; write a `|` inside of a cell as `\\|`");
        }
    }
}

fn cells_of(n: usize) -> String {
    if n == 1 { "1 cell".to_owned() } else { format!("{n} cells") }
}

/// The table that a row is in, and the number of its columns.
fn table(document: &Document<'_>, block: BlockId) -> Option<(BlockId, u32)> {
    let parent = document.blocks[block].parent?;
    match document.blocks[parent].kind {
        BlockKind::Table { columns } if document.blocks[block].kind == BlockKind::Row => Some((parent, columns)),
        _ => None,
    }
}

fn columns_of(n: usize) -> String {
    if n == 1 { "1 column".to_owned() } else { format!("{n} columns") }
}
