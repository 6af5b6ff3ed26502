//! Destinations that were read before.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::{Resolver, Target};
use crate::locale::is_bare_code;

/// What the destinations of one article came to: its translations share most of them.
#[derive(Debug, Default)]
pub struct Memo(RefCell<HashMap<Context, Targets>>);

/// Targets by their destinations.
type Targets = HashMap<Box<str>, Rc<Target>>;

/// What else than itself a destination is read by.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Context {
    /// Where the facts stand, which stay as long as the article is looked at.
    facts: usize,
    /// The page and, for a destination that they matter to, the languages.
    page_and_languages: u64,
}

impl Memo {
    /// What a destination is, read where nobody asked before.
    pub(super) fn target(&self, resolver: Resolver<'_>, destination: &str) -> Rc<Target> {
        let mut hasher = DefaultHasher::new();
        resolver.page.hash(&mut hasher);
        may_name_language(destination).then_some(resolver.languages).hash(&mut hasher);
        let context = Context { facts: std::ptr::from_ref(resolver.facts).addr(), page_and_languages: hasher.finish() };
        let mut all = self.0.borrow_mut();
        let known = all.entry(context).or_default();
        if let Some(target) = known.get(destination) {
            return Rc::clone(target);
        }
        let target = Rc::new(resolver.read(destination));
        known.insert(destination.into(), Rc::clone(&target));
        target
    }
}

/// Is there something in a destination that is a language's code, or may be when it is decoded? Only then it matters
/// which languages the two sides are in.
fn may_name_language(destination: &str) -> bool {
    destination.contains('%') || destination.split(|char: char| !char.is_ascii_alphanumeric()).any(is_bare_code)
}
