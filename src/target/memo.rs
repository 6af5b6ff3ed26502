//! Destinations that were read before.

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;

use super::{Resolver, Target};
use crate::locale::is_bare_code;

/// What the destinations of one page came to: its translations share most of them.
#[derive(Debug, Default)]
pub struct Memo(RefCell<HashMap<Box<str>, Answers>>);

/// What a destination came to, by all that it depends on.
#[derive(Debug)]
struct Answers {
    /// It matters which languages the two sides are in.
    may_name_language: bool,
    all: Vec<Answer>,
}

#[derive(Debug)]
struct Answer {
    /// Where the facts stand, which stay as long as the page is looked at.
    facts: usize,
    languages: Vec<Box<str>>,
    target: Rc<Target>,
}

impl Memo {
    /// What a destination is, read where nobody asked before.
    pub(super) fn target(&self, resolver: Resolver<'_>, destination: &str) -> Rc<Target> {
        if let Some(target) = self.0.borrow().get(destination).and_then(|answers| answers.of(resolver)) {
            return target;
        }
        let target = Rc::new(resolver.read(destination));
        let mut known = self.0.borrow_mut();
        let answers = known
            .entry(destination.into())
            .or_insert_with(|| Answers { may_name_language: may_name_language(destination), all: Vec::new() });
        let (facts, languages) = answers.depend_on(resolver);
        let languages = languages.iter().map(|language| (*language).into()).collect();
        answers.all.push(Answer { facts, languages, target: Rc::clone(&target) });
        target
    }
}

impl Answers {
    /// What is known for the facts and languages of a resolver.
    fn of(&self, resolver: Resolver<'_>) -> Option<Rc<Target>> {
        let (facts, languages) = self.depend_on(resolver);
        let is_same = |one: &&Answer| {
            one.facts == facts && one.languages.iter().map(|known| &**known).eq(languages.iter().copied())
        };
        self.all.iter().find(is_same).map(|answer| Rc::clone(&answer.target))
    }

    /// What of a resolver the answer depends on.
    fn depend_on<'r>(&self, resolver: Resolver<'r>) -> (usize, &'r [&'r str]) {
        let languages = if self.may_name_language { resolver.languages } else { &[] };
        (std::ptr::from_ref(resolver.facts).addr(), languages)
    }
}

/// Is there something in a destination that is a language's code, or may be when it is decoded? Only then it matters
/// which languages the two sides are in.
fn may_name_language(destination: &str) -> bool {
    destination.contains('%') || destination.split(|char: char| !char.is_ascii_alphanumeric()).any(is_bare_code)
}
