//! `broken-fragment`: a fragment that leads to no place on its page.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use foldhash::HashSet;
use serde::Deserialize;

use crate::align::Bitext;
use crate::document::dialect::Slugs;
use crate::document::slug::{Fragments, Heading, is_a_place};
use crate::document::{Document, InlineId, Link};
use crate::rule::{Builtin, Check, Finding, Kind, Report, Subject, load};
use crate::site::{Side, Site};
use crate::source::Span;
use crate::target::{Relation, Target};

pub(super) const RULE: Builtin = Builtin {
    id: "broken-fragment",
    kind: Kind::Absolute(Subject::Links),
    yaml: include_str!("../../rules/broken-fragment.yaml"),
    load: load::<BrokenFragment>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BrokenFragment {}

impl Check for BrokenFragment {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let places = Places { bitext, ours: OnceCell::new(), theirs: OnceCell::new() };
        let mut told = HashSet::default();
        for (id, inline) in bitext.translation.inlines.iter().enumerate() {
            let Some(link) = inline.kind.as_link() else { continue };
            let Some(broken) = places.broken(id, link) else { continue };
            // A definition is told once, however many links use it.
            if told.insert(link.destination_span.start) {
                broken.tell(link, bitext, report);
            }
        }
    }

    fn is_excused_by_others(&self) -> bool {
        // It asks the reference itself.
        false
    }
}

/// The fragments of the two documents, made when a link asks for them.
struct Places<'a> {
    bitext: &'a Bitext<'a>,
    ours: OnceCell<Arc<Fragments>>,
    theirs: OnceCell<Arc<Fragments>>,
}

/// A link to a place that is not there.
struct Broken<'a> {
    target: Rc<Target>,
    page: Arc<Fragments>,
    reference: Option<Counterpart<'a>>,
}

/// The reference's link, and the page that it leads to.
struct Counterpart<'a> {
    link: &'a Link<'a>,
    target: Rc<Target>,
    page: Option<Arc<Fragments>>,
}

impl<'a> Places<'a> {
    /// What is broken about a link, if that is certain.
    fn broken(&self, id: InlineId, link: &Link<'_>) -> Option<Broken<'a>> {
        link.destination.contains('#').then_some(())?;
        let target = self.bitext.target(&link.destination);
        if !target.is_local() || !is_a_place(&target.fragment) {
            return None;
        }
        let pages = self.pages(&target, Side::Translation);
        if pages.iter().any(|page| page.resolves(&target.fragment)) {
            return None;
        }
        let page = pages.into_iter().next()?;
        let reference = self.counterpart(id);
        // A link to another page, or one whose fragment was made up, is drift.
        if reference
            .as_ref()
            .is_some_and(|one| one.target.fragment.is_empty() || target.relation(&one.target) == Relation::Different)
        {
            return None;
        }
        let broken = Broken { target, page, reference };
        broken.is_certain(self.is_calibrated()).then_some(broken)
    }

    fn counterpart(&self, id: InlineId) -> Option<Counterpart<'a>> {
        let document = self.bitext.source_document().filter(|document| document.has_prose)?;
        let link = document.inlines[self.bitext.reference_link(id)?].kind.as_link()?;
        let target = self.bitext.target(&link.destination);
        let pages = self.pages(&target, Side::Reference);
        let known = pages.iter().position(|page| page.resolves(&target.fragment));
        let page = pages.into_iter().nth(known.unwrap_or_default());
        Some(Counterpart { link, target, page })
    }

    fn pages(&self, target: &Target, side: Side) -> Vec<Arc<Fragments>> {
        if !target.is_fragment_only() {
            return self.bitext.site.map_or_else(Vec::new, |site| site.pages(target, side));
        }
        let (known, document) = match side {
            Side::Translation => (&self.ours, Some(self.bitext.translation)),
            Side::Reference => (&self.theirs, self.bitext.source_document()),
        };
        let made = |document| Arc::clone(known.get_or_init(|| Arc::new(Fragments::of(document, self.slugs()))));
        document.map(made).into_iter().collect()
    }

    fn slugs(&self) -> &[Slugs] {
        self.bitext.site.map_or(&Slugs::ALL, Site::slugs)
    }

    fn is_calibrated(&self) -> bool {
        self.bitext.site.is_none_or(Site::is_calibrated)
    }
}

impl Broken<'_> {
    /// Is it known that no place of the page is meant? What is included from elsewhere may have the place, unless the
    /// reference's own text does.
    fn is_certain(&self, is_calibrated: bool) -> bool {
        let known = self.reference.as_ref().and_then(|one| Some((one.page.as_ref()?, &one.target.fragment)));
        match known {
            Some((page, fragment)) if page.has_id(fragment) => true,
            Some((page, fragment)) if page.resolves(fragment) => is_calibrated,
            Some((page, _)) => is_calibrated && !page.is_open && !self.page.is_open,
            None => is_calibrated && !self.page.is_open,
        }
    }

    /// Is it broken in the reference too?
    fn is_inherited(&self) -> bool {
        let known = self.reference.as_ref().and_then(|one| Some((one.page.as_ref()?, &one.target.fragment)));
        known.is_some_and(|(page, fragment)| !page.resolves(fragment))
    }

    fn tell(&self, link: &Link<'_>, bitext: &Bitext<'_>, report: &mut Report) {
        let is_inherited = self.is_inherited();
        let theirs = bitext.source_document().zip(self.reference.as_ref());
        let (target, document, shown) = match theirs.filter(|_| is_inherited) {
            Some((document, one)) => (&one.target, document, one.link),
            None => (&self.target, bitext.translation, link),
        };
        let message = format!("`#{}` leads to no place on {}", target.fragment, place(target, document, shown));
        let finding = report.at(fragment_span(bitext.translation, link.destination_span), message);
        finding.label("leads nowhere").in_reference_too(is_inherited);
        if let Some((document, one)) = theirs {
            let label = match &one.page {
                _ if is_inherited => "the same in the reference",
                Some(_) => "this resolves in the reference",
                None => "the reference leads here",
            };
            finding.reference(fragment_span(document, one.link.destination_span), label);
        }
        if is_inherited {
            finding.help("mend it in the reference: link to a place that the page has");
        } else {
            self.propose(bitext, finding);
        }
    }

    /// The fragment of the reference where this page has it too, else that of the heading which is the counterpart of
    /// the one that the reference's link leads to.
    fn propose(&self, bitext: &Bitext<'_>, finding: &mut Finding) {
        let Some((reference, theirs)) = self.reference.as_ref().and_then(|one| Some((one, one.page.as_ref()?))) else {
            return;
        };
        let id = &reference.target.fragment;
        if self.page.resolves(id) {
            finding.help(format!("link to `#{id}`, as the reference does"));
            return;
        }
        let Some(heading) = theirs.heading(id).and_then(|at| self.heading(at, theirs, bitext)) else { return };
        let fragment = &heading.fragment;
        if self.page.has_id(fragment) && theirs.has_id(id) {
            finding.help(format!("give its heading the reference's id `{id}` instead of `{fragment}`"));
        } else if self.page.has_id(fragment) {
            finding.help(format!("link to `#{fragment}`"));
        } else if !fragment.is_empty() {
            finding.help(format!("link to `#{fragment}`, or give that heading the id `{id}`"));
        }
    }

    /// The heading of this page that has the place of one of the reference's page.
    fn heading(&self, at: usize, theirs: &Fragments, bitext: &Bitext<'_>) -> Option<&Heading> {
        let ours = &self.page.headings;
        if self.target.is_fragment_only() {
            let block = bitext.comparable()?.counterpart(theirs.headings[at].block)?;
            return ours.iter().find(|heading| heading.block == block);
        }
        // Pages with the same outline: the heading at the same place.
        let levels = |headings: &[Heading]| headings.iter().map(|heading| heading.level).collect::<Vec<_>>();
        ours.get(at).filter(|_| levels(&theirs.headings) == levels(ours))
    }
}

/// How the page is told where the link is not within its own.
fn place(target: &Target, document: &Document<'_>, link: &Link<'_>) -> String {
    let page = document.shown_destination(link).split('#').next().unwrap_or_default();
    if target.is_fragment_only() { "this page".to_owned() } else { format!("`{page}`") }
}

/// The fragment with its `#`, where it is written in the destination.
fn fragment_span(document: &Document<'_>, destination: Span) -> Span {
    let written = document.source.slice(destination);
    let start = destination.start as usize + written.find('#').unwrap_or_default();
    Span::new(start..destination.end as usize)
}
