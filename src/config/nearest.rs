//! The name that somebody may have meant.

/// The nearest known name as a question, or all of them.
pub fn did_you_mean(name: &str, known: &[&str]) -> String {
    nearest(name, known).map_or_else(
        || {
            if known.is_empty() {
                "nothing is known here".to_owned()
            } else {
                format!("known are {}", known.join(", "))
            }
        },
        |known| format!("did you mean `{known}`?"),
    )
}

/// The known name that is written nearly as this one.
pub(super) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let lower = name.to_lowercase();
    let near = known.iter().map(|known| (distance(&lower, &known.to_lowercase()), *known)).min();
    near.filter(|(far, _)| *far <= name.chars().count().max(3) / 3).map(|(_, known)| known)
}

/// Levenshtein's edit distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_asked_for_and_far_ones_are_listed() {
        let known = ["stale-host", "extra-link"];
        assert_eq!(did_you_mean("stale-hots", &known), "did you mean `stale-host`?");
        assert_eq!(did_you_mean("Stale-Host", &known), "did you mean `stale-host`?");
        assert_eq!(did_you_mean("spelling", &known), "known are stale-host, extra-link");
        assert_eq!(did_you_mean("x", &[]), "nothing is known here");
    }
}
