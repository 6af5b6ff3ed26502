//! Cohorts: translations of one article that were made from one revision are each other's reference.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hash};
use std::rc::Rc;

use foldhash::HashMap;
use foldhash::fast::FixedState;

use super::Member;
use crate::document::Document;
use crate::target::{Resolver, Target};

/// Groups translations by pin. Those without a pin are a cohort, or each alone where only a pin tells.
pub(super) fn by_pin<'m, 'a>(members: &[&'m Member<'a>], only_pins_tell: bool) -> Vec<Vec<&'m Member<'a>>> {
    let mut cohorts: BTreeMap<(&str, usize), Vec<&Member<'_>>> = BTreeMap::new();
    for member in members {
        let key = match member.pin() {
            Some(pin) => (pin.value, 0),
            None if only_pins_tell => ("", member.text + 1),
            None => ("", 0),
        };
        cohorts.entry(key).or_default().push(member);
    }
    let mut cohorts: Vec<_> = cohorts.into_values().collect();
    cohorts.sort_by_key(|cohort| cohort[0].text);
    cohorts
}

/// The member whose structure and targets most members share; `None` where there is nobody to compare with.
pub(super) fn representative<'m, 'a>(
    cohort: &[&'m Member<'a>],
    signature: impl Fn(&Member<'a>) -> Signature,
) -> Option<&'m Member<'a>> {
    if cohort.len() < 2 {
        return None;
    }
    let signatures: Vec<Signature> = cohort.iter().map(|member| signature(member)).collect();
    let mut shared: [HashMap<u64, usize>; 3] = Default::default();
    for signature in &signatures {
        for (counts, part) in shared.iter_mut().zip(signature) {
            *counts.entry(*part).or_default() += 1;
        }
    }
    let support = |at: usize| signatures[at].iter().zip(&shared).map(|(part, counts)| counts[part]).sum::<usize>();
    let best = (0..cohort.len()).max_by_key(|at| (support(*at), std::cmp::Reverse(*at)))?;
    Some(cohort[best])
}

/// When the newest of a cohort was handed over, as a sortable `yyyy-mm-dd`.
pub(super) fn handed_over(cohort: &[&Member<'_>]) -> Option<String> {
    cohort.iter().filter_map(|member| date(member.handoff()?)).max()
}

/// `09/15/2021` and `2021-09-15T…` as `2021-09-15`.
fn date(text: &str) -> Option<String> {
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.trim().get(..10)?;
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    match parts[..] {
        [month, day, year] if digits(month, 2) && digits(day, 2) && digits(year, 4) => {
            Some(format!("{year}-{month}-{day}"))
        }
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => Some(text.replace('/', "-")),
        _ => None,
    }
}

/// What members of a cohort have in common, hashed: structure, targets and metadata keys.
pub(super) type Signature = [u64; 3];

pub(super) fn signature(document: &Document<'_>, resolver: Resolver<'_>) -> Signature {
    let mut targets: Vec<Rc<Target>> = destinations(document).map(|to| resolver.target(to)).collect();
    targets.sort_unstable_by(|a, b| a.page.cmp(&b.page));
    let targets: Vec<&str> = targets.iter().map(|target| &*target.page).collect();
    let mut keys: Vec<&str> =
        document.metadata.iter().flat_map(|metadata| &metadata.entries).map(|entry| &*entry.key).collect();
    keys.sort_unstable();
    let structure: Vec<_> = document.blocks.iter().map(|block| (block.noun(), block.parent)).collect();
    [hash(&structure), hash(&targets), hash(&keys)]
}

fn destinations<'d>(document: &'d Document<'_>) -> impl Iterator<Item = &'d str> {
    document.inlines.iter().filter_map(|inline| inline.kind.destination())
}

fn hash(value: &impl Hash) -> u64 {
    FixedState::default().hash_one(value)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_of_both_spellings_sort() {
        assert_eq!(date("09/15/2021").as_deref(), Some("2021-09-15"));
        assert_eq!(date("2021-09-15T10:00:00Z").as_deref(), Some("2021-09-15"));
        assert_eq!(date("2021/09/15").as_deref(), Some("2021-09-15"));
        for other in ["9/1/2021", "", "15 September 2021", "ä9/15/2021"] {
            assert_eq!(date(other), None, "{other}");
        }
    }
}
