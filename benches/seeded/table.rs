//! The table by family.

use std::fmt::Write;

use crate::sow::Family;

/// What a family came to.
pub(crate) struct Row<'f> {
    pub(crate) family: &'f Family,
    pub(crate) sown: usize,
    /// Defects that were seen; legitimate edits that nothing was said of.
    pub(crate) good: usize,
    /// Other new findings.
    pub(crate) others: usize,
}

/// Two tables: defects, and legitimate edits.
pub(crate) fn render(rows: &[Row<'_>]) -> String {
    let (edits, defects): (Vec<&Row<'_>>, Vec<&Row<'_>>) = rows.iter().partition(|row| row.family.is_legitimate());
    let mut table = String::new();
    for (rows, heads) in [
        (defects, ["family", "sown", "seen", "%", "other new findings each"]),
        (edits, ["legitimate edit", "made", "silent", "%", "new findings each"]),
    ] {
        if rows.is_empty() {
            continue;
        }
        let [name, sown, good, share, others] = heads;
        let _ = writeln!(table, "\n{name:<28}{sown:>6}{good:>8}{share:>8}  {others}");
        for row in &rows {
            line(&mut table, row.family.name, row.sown, row.good, row.others);
        }
        let sum = |of: fn(&Row<'_>) -> usize| rows.iter().map(|row| of(row)).sum();
        line(&mut table, "total", sum(|row| row.sown), sum(|row| row.good), sum(|row| row.others));
    }
    table
}

#[expect(clippy::cast_precision_loss, reason = "a few thousands")]
fn line(table: &mut String, name: &str, sown: usize, good: usize, others: usize) {
    let (share, each) = if sown == 0 {
        ("-".to_owned(), "-".to_owned())
    } else {
        (format!("{:.1}", 100.0 * good as f32 / sown as f32), format!("{:.2}", others as f32 / sown as f32))
    };
    let _ = writeln!(table, "{name:<28}{sown:>6}{good:>8}{share:>8}  {each:>5}");
}
