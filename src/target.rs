//! Link identity: when do two destinations lead to the same place?
//!
//! A destination is brought to a canonical [`Target`] (host aliases, locale pieces, index pages, extensions, percent
//! encoding and letter case of hosts resolved), and two targets have a [`Relation`]. What is known of particular
//! hosts is data: [`Facts`], out of packs.

mod facts;
mod memo;
mod segment;
mod template;

use std::borrow::Cow;
use std::rc::Rc;

use url::Url;

use crate::locale::is_locale_piece;
use crate::text::edits;
use segment::{is_moving, locale_suffix, number_in_title};

pub use facts::{Facts, Host};
pub use memo::Memo;
pub use segment::{file_name, file_stem};

/// How two destinations relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Another page.
    Different,
    /// The same page, with another query or fragment.
    SamePage,
    /// Another spelling of one place.
    Equivalent,
    /// Letter for letter.
    Exact,
}

/// A destination in canonical form.
#[derive(Clone, Debug)]
pub struct Target {
    /// Host and path: `learn.microsoft.com/x`, `/x` on the document's own site, `../x` relative to the page. For
    /// anything but the web the whole destination.
    pub page: String,
    /// Sorted, without parameters that name a language.
    pub query: String,
    /// Decoded, in lower case.
    pub fragment: String,
    /// The locale that the destination names, as it is written; it does not count for identity.
    pub locale: Option<String>,
}

/// Reads destinations by the facts and languages of one pair of documents.
#[derive(Clone, Copy, Debug)]
pub struct Resolver<'a> {
    /// What is known of hosts.
    pub facts: &'a Facts,
    /// The languages of the two sides, where they are known.
    pub languages: &'a [&'a str],
    /// The path of the page itself below its language's root, such as `docs/a.md`; empty where it is not known.
    pub page: &'a str,
    /// What was read before, where somebody keeps that.
    memo: Option<&'a Memo>,
}

impl<'a> Resolver<'a> {
    /// Reads destinations of a page by facts and the languages of the two sides.
    pub fn new(facts: &'a Facts, languages: &'a [&'a str], page: &'a str) -> Self {
        Self { facts, languages, page, memo: None }
    }

    /// The same, with what was read of the same page before.
    #[must_use]
    pub fn with_memo(self, memo: &'a Memo) -> Self {
        Self { memo: Some(memo), ..self }
    }
}

impl Resolver<'_> {
    /// The canonical form of a destination.
    pub fn target(&self, destination: &str) -> Rc<Target> {
        match self.memo {
            Some(memo) => memo.target(*self, destination),
            None => Rc::new(self.read(destination)),
        }
    }

    fn read(&self, destination: &str) -> Target {
        let without_base = template::filled_in(destination.trim());
        let destination = &*without_base;
        let absolute = if destination.starts_with("//") { &format!("https:{destination}") } else { destination };
        match Url::parse(absolute) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                let target = self.on_the_web(url.host_str().unwrap_or_default(), url.port(), url.path());
                self.with_query(target, url.query().unwrap_or_default(), url.fragment().unwrap_or_default())
            }
            Ok(_) => Target::verbatim(destination.to_lowercase()),
            Err(_) => {
                let (rest, fragment) = cut(destination, '#');
                let (path, query) = cut(rest, '?');
                self.with_query(self.local(path), query, fragment)
            }
        }
    }

    fn with_query(&self, mut target: Target, query: &str, fragment: &str) -> Target {
        target.fragment = decode(fragment).to_lowercase();
        target.query = self.query(query, &mut target.locale);
        target
    }

    fn on_the_web(&self, host: &str, port: Option<u16>, path: &str) -> Target {
        let host = port.map_or_else(|| Cow::Borrowed(host), |port| Cow::Owned(format!("{host}:{port}")));
        let (without_label, label) = self.without_language_label(&host);
        let (canonical, known) = self.facts.host(without_label);
        let mut target = self.path(path, known);
        target.locale = label.map(str::to_owned).or(target.locale);
        let is_site = self.facts.site.as_deref() == Some(canonical);
        target.page = match known {
            Some(host) if host.pages_have_own_names => format!("{canonical}/*"),
            Some(host) if host.pages_move => {
                format!("{canonical}/*/{}", target.page.rsplit('/').next().unwrap_or_default())
            }
            _ if is_site => format!("/{}", target.page),
            _ => format!("{canonical}/{}", target.page),
        };
        target
    }

    /// `ja.react.dev` is `react.dev`, where Japanese is one of the two languages.
    fn without_language_label<'h>(&self, host: &'h str) -> (&'h str, Option<&'h str>) {
        match host.split_once('.') {
            Some((label, rest)) if rest.contains('.') && is_locale_piece(label, self.languages) => (rest, Some(label)),
            _ => (host, None),
        }
    }

    fn local(&self, address: &str) -> Target {
        let site = self.facts.site.as_deref().and_then(|site| self.facts.hosts.get(site));
        let mut target = self.path(address.trim_start_matches('/'), site);
        if address.starts_with('/') {
            target.page.insert(0, '/');
            // `/it/docs/a/#b` on the page `docs/a.md` is `#b`.
            if !self.page.is_empty() && target.page[1..] == self.path(self.page, site).page {
                target.page.clear();
            }
        }
        target
    }

    /// Segments without locale, index page and extension.
    fn path(&self, path: &str, known: Option<&Host>) -> Target {
        let mut segments: Vec<String> = Vec::new();
        let mut locale = None;
        for piece in path.split('/') {
            match piece {
                "" | "." => {}
                ".." if segments.last().is_some_and(|last| last != "..") => drop(segments.pop()),
                _ if locale.is_none() && is_locale_piece(piece, self.languages) => locale = Some(piece.to_owned()),
                _ => segments.push(decode(piece)),
            }
        }
        if let Some(last) = segments.last_mut() {
            for end in [".md", ".mdx", ".html", ".htm"] {
                last.truncate(last.strip_suffix(end).unwrap_or(last).len());
            }
            if let Some((name, suffix)) = locale_suffix(last, self.languages).filter(|_| locale.is_none()) {
                locale = Some(suffix.to_owned());
                *last = name.to_owned();
            }
            if let Some(id) = number_in_title(last) {
                *last = id.to_owned();
            }
            if matches!(last.as_str(), "index" | "_index") {
                segments.pop();
            }
        }
        let forge = known.filter(|host| !host.revision_after.is_empty());
        let before = forge.and_then(|host| segments.iter().position(|segment| host.revision_after.contains(segment)));
        if let Some(revision) = before.and_then(|before| segments.get_mut(before + 1)).filter(|one| is_moving(one)) {
            "*".clone_into(revision);
        }
        let mut page = segments.join("/");
        if known.is_some_and(|host| host.ignore_case) {
            page = page.to_lowercase();
        }
        Target { page, query: String::new(), fragment: String::new(), locale }
    }

    fn query(&self, query: &str, locale: &mut Option<String>) -> String {
        let mut parameters: Vec<&str> = query.split('&').filter(|parameter| !parameter.is_empty()).collect();
        parameters.retain(|parameter| match parameter.split_once('=') {
            Some(("hl" | "lang" | "locale" | "lng" | "language", value)) if is_locale_piece(value, self.languages) => {
                *locale = Some(value.to_owned());
                false
            }
            _ => true,
        });
        parameters.sort_unstable();
        parameters.join("&")
    }

    /// How two destinations relate.
    pub fn relation(&self, a: &str, b: &str) -> Relation {
        if a == b { Relation::Exact } else { self.target(a).relation(&self.target(b)) }
    }
}

impl Target {
    fn verbatim(page: String) -> Self {
        Self { page, query: String::new(), fragment: String::new(), locale: None }
    }

    /// What makes two targets one.
    pub fn identity(&self) -> (&str, &str, &str) {
        (&self.page, &self.query, &self.fragment)
    }

    /// Pages of one host that names them anew in each language, each in another language.
    fn is_moved_in_translation(&self, other: &Self) -> bool {
        let moved = |page: &str| page.split_once("/*/").map(|(host, _)| host.to_owned());
        self.locale != other.locale && moved(&self.page).is_some_and(|host| moved(&other.page) == Some(host))
    }

    /// A page elsewhere that names a language, beside one of the same site that names none: the page for those who read
    /// that language, which may have a name of its own.
    fn is_for_readers_of(&self, other: &Self) -> bool {
        let is_elsewhere = !self.is_local() && !other.is_local();
        let [host, other_host] = [self, other].map(|target| first_segment(&target.page));
        // A letter or two of a host are a slip, not a language.
        let is_slip = host != other_host && edits(host, other_host, 2).is_some();
        let is_one_site = self.domain() == other.domain() && !is_slip;
        is_elsewhere && self.locale.is_some() != other.locale.is_some() && is_one_site
    }

    /// The host without its subdomains, of which one may be the language.
    fn domain(&self) -> &str {
        let host = first_segment(&self.page);
        let end = host.rfind('.').unwrap_or_default();
        let start = host[..end].rfind('.').map_or(0, |dot| dot + 1);
        &host[start..]
    }

    /// How two targets relate; never [`Relation::Exact`], for that is told of destinations as written.
    pub fn relation(&self, other: &Self) -> Relation {
        if self.is_moved_in_translation(other) || self.is_for_readers_of(other) {
            Relation::Equivalent
        } else if !self.page.eq_ignore_ascii_case(&other.page) && !self.is_other_form(other) {
            Relation::Different
        } else if self.query != other.query || self.fragment != other.fragment {
            Relation::SamePage
        } else {
            Relation::Equivalent
        }
    }

    /// True within the page itself.
    pub fn is_fragment_only(&self) -> bool {
        self.page.is_empty() && self.query.is_empty() && !self.fragment.is_empty()
    }

    /// True for pages of the document's own site.
    pub fn is_local(&self) -> bool {
        self.page.is_empty() || self.page.starts_with(['/', '.']) || !first_segment(&self.page).contains('.')
    }

    /// One page, relative on one side, or with its host written out on one side.
    fn is_other_form(&self, other: &Self) -> bool {
        if self.page.contains(':') || other.page.contains(':') {
            return false;
        }
        let (shorter, longer) = if self.page.len() <= other.page.len() { (self, other) } else { (other, self) };
        let (short, long) = (&shorter.page, &longer.page);
        // `fr/docs/x` lost its leading slash: below the page there is no such folder.
        if shorter.locale.is_some() && !short.starts_with(['/', '.']) {
            return false;
        }
        let tail = short.trim_start_matches("../").trim_start_matches('/');
        let is_relative = !short.starts_with('/') && self.is_local() && other.is_local();
        let has_host_only_on_one_side = short.starts_with('/') && !long.starts_with(['/', '.']);
        let enough = !tail.is_empty() && (is_relative || tail.contains('/') || tail.len() > 3);
        enough
            && (is_relative || has_host_only_on_one_side)
            && long.strip_suffix(tail).is_some_and(|head| head.is_empty() || head.ends_with('/'))
            && (is_relative || !long[..long.len() - tail.len() - 1].contains('/'))
    }
}

fn first_segment(page: &str) -> &str {
    page.split('/').next().unwrap_or_default()
}

fn cut(text: &str, at: char) -> (&str, &str) {
    text.split_once(at).unwrap_or((text, ""))
}

/// Percent-decoded; what does not decode to UTF-8 stays as it is.
fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(a: &str, b: &str) -> Relation {
        let mut facts = Facts { site: Some("learn.microsoft.com".to_owned()), ..Facts::default() };
        let learn = Host { aliases: vec!["docs.microsoft.com".to_owned()], ignore_case: true, ..Host::default() };
        let wikipedia = Host { subdomains_are_languages: true, pages_have_own_names: true, ..Host::default() };
        let mdn = Host { pages_move: true, ..Host::default() };
        facts.hosts.insert("learn.microsoft.com".to_owned(), learn);
        facts.hosts.insert("wikipedia.org".to_owned(), wikipedia);
        facts.hosts.insert("developer.mozilla.org".to_owned(), mdn);
        let forge = Host { revision_after: vec!["blob".to_owned()], ..Host::default() };
        facts.hosts.insert("forge.org".to_owned(), forge);
        let both = Resolver::new(&facts, &["it", "en"], "docs/own.md").relation(a, b);
        assert_eq!(both, Resolver::new(&facts, &["it", "en"], "docs/own.md").relation(b, a), "{a} {b}");
        both
    }

    #[test]
    fn one_place_in_many_spellings() {
        for (a, b) in [
            ("https://docs.microsoft.com/x", "https://learn.microsoft.com/it-it/x"),
            ("https://docs.microsoft.com/x", "/x"),
            ("/MicrosoftTeams/y", "/microsoftteams/y"),
            ("/docs/x/", "/it/docs/x"),
            ("http://www.a.org/x/index.html", "https://a.org/x/"),
            ("https://en.wikipedia.org/wiki/Cat", "https://it.wikipedia.org/wiki/Gatto"),
            ("https://developer.mozilla.org/en-US/docs/Web/CSS/x", "https://developer.mozilla.org/it/docs/Web/x"),
            ("traces", "/docs/concepts/signals/traces/"),
            ("../x/", "/docs/x"),
            ("https://a.io/docs/x", "/docs/x"),
            ("https://a.org/x?hl=it&b=1", "https://a.org/x?b=1&hl=en"),
            ("/x#caf%C3%A9", "/x#Café"),
            ("https://it.react.dev/learn", "https://react.dev/learn"),
            ("a.md", "a.html"),
            ("knots/bowline.it.md#uses", "knots/bowline.md#uses"),
            ("https://a.org/en/articles/10168395-how-to", "https://a.org/it/articles/10168395-come"),
            ("https://glossary.a.io/runtime/", "/it/runtime/"),
            (
                "https://support.microsoft.com/en-us/office/mail-5aa4431a-8a3c-4aa5-87a6-b6401abea114",
                "https://support.microsoft.com/it-it/office/posta-5aa4431a-8a3c-4aa5-87a6-b6401abea114",
            ),
            ("#here", "/it/docs/own/#here"),
            ("https://a.org/guide", "https://a.org/it/guida"),
            ("https://forge.org/a/b/blob/main/x.rs", "https://forge.org/a/b/blob/9bd13bd/x.rs"),
        ] {
            assert_eq!(relation(a, b), Relation::Equivalent, "{a} {b}");
        }
    }

    #[test]
    fn other_places() {
        for (a, b) in [
            ("https://a.org/x", "https://b.org/x"),
            ("https://maps.tides.org/en-US/x", "https://mas.tides.org/x"),
            ("/nodes/", "/नोड्स/"),
            ("/docs/generated/x", "/docs/generDeated/x"),
            ("https://a.org/", "/x"),
            ("mailto:a@b.c", "mailto:d@b.c"),
            ("https://a.org/x/y", "/x"),
            ("#a", "/a"),
            ("/x", "/y/x"),
            ("it/docs/x", "/docs/x"),
            ("https://forge.org/a/b/blob/main/x.rs", "https://forge.org/a/b/blob/v1.0/x.rs"),
        ] {
            assert_eq!(relation(a, b), Relation::Different, "{a} {b}");
        }
    }

    #[test]
    fn one_page_elsewhere() {
        assert_eq!(relation("https://a.org/x?a=1", "https://a.org/x?a=2"), Relation::SamePage);
        assert_eq!(relation("/x#a", "https://docs.microsoft.com/x"), Relation::SamePage);
        assert_eq!(relation("#a", "#b"), Relation::SamePage);
        assert_eq!(relation("#a", "#a"), Relation::Exact);
    }
}
