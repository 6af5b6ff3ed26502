//! How alike two destinations are, letter by letter.

/// Share of two pages' pieces that are the same, or their likeness letter by letter if that is more.
pub(super) fn similarity(a: &str, b: &str) -> f32 {
    let (x, y): (Vec<&str>, Vec<&str>) = (a.split('/').collect(), b.split('/').collect());
    let same = x.iter().filter(|piece| !piece.is_empty() && y.contains(piece)).count();
    #[expect(clippy::cast_precision_loss, reason = "a path has few segments")]
    let pieces = same as f32 / x.len().max(y.len()) as f32;
    pieces.max(likeness(a, b))
}

/// 1 for equal texts, falling to 0 with the share of the text between their common start and end.
fn likeness(a: &str, b: &str) -> f32 {
    let start = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - start;
    let end = a.bytes().rev().zip(b.bytes().rev()).take(rest).take_while(|(x, y)| x == y).count();
    #[expect(clippy::cast_precision_loss, reason = "a destination is short")]
    let likeness = (start + end) as f32 / a.len().max(b.len()).max(1) as f32;
    likeness
}
