//! The defects that the benchmark sows are what their families say: one change each, and nothing beside.

#[path = "../benches/seeded/sow/mod.rs"]
mod sow;

use sow::{FAMILIES, Family, Page, Random, Sown, Texts};

const REFERENCE: &str = include_str!("sowing/reference.md");
const TRANSLATION: &str = include_str!("sowing/de.md");

fn texts() -> Texts {
    let name = "guide/berths.md".to_owned();
    Texts { name, locale: "de".to_owned(), reference: REFERENCE.to_owned(), translation: TRANSLATION.to_owned() }
}

fn on_the_page<T>(look: impl FnOnce(&Page<'_>) -> T) -> T {
    texts().page(look).expect("the two are comparable")
}

fn sown(family: &Family, seed: u64) -> Vec<Sown> {
    on_the_page(|page| family.sow(page, &mut Random::new(seed, &[family.name]), usize::MAX))
}

fn family(name: &str) -> &'static Family {
    FAMILIES.iter().find(|family| family.name == name).expect(name)
}

/// The lines that a defect took away, and those that it brought.
fn difference(name: &str) -> (Vec<String>, Vec<String>) {
    let sown = sown(family(name), 1);
    let text = &sown.first().unwrap_or_else(|| panic!("{name}: nothing sown")).text;
    let without =
        |a: &str, b: &str| a.lines().filter(|line| !b.lines().any(|one| one == *line)).map(str::to_owned).collect();
    (without(TRANSLATION, text), without(text, TRANSLATION))
}

#[test]
fn every_family_finds_a_place() {
    for family in FAMILIES {
        let sown = sown(family, 1);
        assert!(!sown.is_empty(), "{}", family.name);
        for one in sown {
            assert_ne!(one.text, TRANSLATION, "{}: {}", family.name, one.what);
            assert!(*one.lines.end() <= 1 + one.text.lines().count(), "{}: {}", family.name, one.what);
        }
    }
}

#[test]
fn the_same_seed_sows_the_same() {
    let texts = |seed| FAMILIES.iter().flat_map(|family| sown(family, seed)).map(|one| one.text).collect::<Vec<_>>();
    assert_eq!(texts(7), texts(7));
    assert_ne!(texts(7), texts(8));
}

#[test]
fn defects_are_where_they_say() {
    for (name, shown) in
        [("link emptied", "[]("), ("link broken by a blank", "] ("), ("link broken by a bracket", "]（")]
    {
        for one in sown(family(name), 1) {
            let line = one.text.lines().nth(one.lines.start() - 1).expect("a line");
            assert!(line.contains(shown), "{name}: {line}");
        }
    }
    for one in sown(family("paragraph left"), 1) {
        let line = one.text.lines().nth(one.lines.start() - 1).expect("a line");
        assert!(REFERENCE.contains(line) && !TRANSLATION.contains(line), "{line}");
    }
}

#[test]
fn a_defect_changes_one_thing() {
    for name in ["heading dropped", "row dropped", "key dropped", "paragraph dropped"] {
        let (lost, new) = difference(name);
        assert_eq!((lost.len(), new.len()), (1, 0), "{name}: {lost:?} {new:?}");
    }
    for name in ["link dropped", "heading moved one level", "item joined", "code word changed", "id dropped"] {
        let (lost, new) = difference(name);
        assert_eq!((lost.len(), new.len()), (1, 1), "{name}: {lost:?} {new:?}");
    }
    let (lost, new) = difference("item joined");
    assert_eq!(lost[0].trim_start_matches("- "), new[0]);
    let (lost, new) = difference("id dropped");
    assert_eq!(lost[0], format!("{} {{#fees}}", new[0]));
    let (lost, new) = difference("paragraph doubled");
    assert!(lost.is_empty() && new.is_empty(), "{lost:?} {new:?}");
}

#[test]
fn what_is_hidden_is_left_alone() {
    for family in FAMILIES {
        for one in sown(family, 3) {
            assert!(one.text.contains("<!-- See [the old page](/old/prices) for `prices`. -->"), "{}", one.what);
            if family.name.starts_with("link") {
                assert!(one.text.contains("`[no link](/nowhere/else)`"), "{}", one.what);
            }
        }
    }
}

#[test]
fn a_family_of_defects_names_its_rules() {
    let (edits, defects): (Vec<&Family>, Vec<&Family>) = FAMILIES.iter().partition(|family| family.is_legitimate());
    assert_eq!((defects.len(), edits.len()), (23, 7));
    for family in FAMILIES {
        assert!(family.elsewhere.iter().all(|rule| family.accepts.contains(rule)), "{}", family.name);
    }
}
