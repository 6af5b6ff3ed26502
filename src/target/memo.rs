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
        let mut known = self.0.borrow_mut();
        if !known.contains_key(destination) {
            let answers = Answers { may_name_language: may_name_language(destination), all: Vec::new() };
            known.insert(destination.into(), answers);
        }
        let Some(answers) = known.get_mut(destination) else { return Rc::new(resolver.read(destination)) };
        let facts = std::ptr::from_ref(resolver.facts).addr();
        let languages = if answers.may_name_language { resolver.languages } else { &[] };
        let is_same = |one: &&Answer| {
            one.facts == facts && one.languages.iter().map(|known| &**known).eq(languages.iter().copied())
        };
        if let Some(answer) = answers.all.iter().find(is_same) {
            return Rc::clone(&answer.target);
        }
        let target = Rc::new(resolver.read(destination));
        let languages = languages.iter().map(|language| (*language).into()).collect();
        answers.all.push(Answer { facts, languages, target: Rc::clone(&target) });
        target
    }
}

/// Is there something in a destination that is a language's code, or may be when it is decoded? Only then it matters
/// which languages the two sides are in.
fn may_name_language(destination: &str) -> bool {
    destination.contains('%') || destination.split(|char: char| !char.is_ascii_alphanumeric()).any(is_bare_code)
}
