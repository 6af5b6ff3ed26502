//! What is worked out once for an article, however often its documents are laid beside each other.

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;

use crate::align::{Comparison, Skeleton};
use crate::diagnostic::Basis;
use crate::document::Document;
use crate::target::{Memo, Resolver};

/// The skeletons of an article's documents, and where their links lead.
///
/// Documents are told apart by where they stand: they stay there for `'a`.
#[derive(Default)]
pub(super) struct Once<'a> {
    pub(super) targets: Memo,
    skeletons: RefCell<HashMap<*const Document<'a>, Rc<Skeleton>>>,
}

impl<'a> Once<'a> {
    /// A translation beside a version of its reference, both of the article.
    pub(super) fn comparison(
        &self,
        reference: &'a Document<'a>,
        basis: Basis,
        translation: &'a Document<'a>,
        resolver: Resolver<'_>,
    ) -> Comparison<'a> {
        let skeletons = [reference, translation].map(|document| self.skeleton(document));
        Comparison::between([reference, translation], skeletons.each_ref().map(|one| &**one), basis, resolver)
    }

    /// A translation of the article beside a version that is read for a moment.
    pub(super) fn beside_passing<'b>(
        &self,
        reference: &'b Document<'b>,
        basis: Basis,
        translation: &'a Document<'a>,
        resolver: Resolver<'_>,
    ) -> Comparison<'b>
    where
        'a: 'b,
    {
        let skeletons = [&Skeleton::new(reference), &*self.skeleton(translation)];
        Comparison::between([reference, translation], skeletons, basis, resolver)
    }

    fn skeleton(&self, document: &'a Document<'a>) -> Rc<Skeleton> {
        let mut known = self.skeletons.borrow_mut();
        Rc::clone(known.entry(std::ptr::from_ref(document)).or_insert_with(|| Rc::new(Skeleton::new(document))))
    }
}
