//! Template calls that stand for links.

use foldhash::HashMap;

use crate::align::Unit;
use crate::document::Document;

/// Template calls (`{{< tooltip >}}`, `{{Glossary("x")}}`) that the reference's side of a block has more than the
/// translation's: a macro may stand for a link.
#[derive(Default)]
pub(super) struct Calls(HashMap<Option<usize>, i32>);

impl Calls {
    pub(super) fn count(
        &mut self,
        document: &Document<'_>,
        units: &[Unit],
        home: impl Fn(usize) -> Option<usize>,
        sign: i32,
    ) {
        if !document.source.text().contains("{{") {
            return;
        }
        for (at, unit) in units.iter().enumerate() {
            let n = document.source.slice(document.blocks[unit.text].span).matches("{{").count();
            if n > 0 {
                *self.0.entry(home(at)).or_default() += sign * i32::try_from(n).unwrap_or(i32::MAX);
            }
        }
    }

    /// Uses one up for a link that the other side has instead.
    pub(super) fn take(&mut self, home: Option<usize>, sign: i32) -> bool {
        let left = self.0.get_mut(&home).filter(|left| **left * sign > 0);
        left.is_some_and(|left| {
            *left -= sign;
            true
        })
    }
}
