//! Each construct, with the place of each of its parts.

use super::parse;
use crate::document::dialect::HeadingId;
use crate::document::{BlockKind, Dialect, Document, Flaw, InlineKind};
use crate::source::Source;

fn with<T>(text: &str, look: impl Fn(&Document<'_>) -> T) -> T {
    let source = Source::new("a.md", text);
    look(&parse(&source, &Dialect::default()))
}

fn kinds(text: &str) -> Vec<String> {
    with(text, |document| document.blocks.iter().map(|block| block.noun().to_owned()).collect())
}

fn links(text: &str) -> Vec<(String, String, bool)> {
    with(text, |document| {
        let slice = |span| document.source.slice(span).to_owned();
        let links = document.inlines.iter().filter_map(|inline| inline.kind.as_link());
        links.map(|link| (slice(link.text_span), slice(link.destination_span), link.is_empty)).collect()
    })
}

fn link(text: &str, destination: &str, is_empty: bool) -> (String, String, bool) {
    (text.to_owned(), destination.to_owned(), is_empty)
}

#[test]
fn tight_and_loose_lists_are_equal() {
    assert_eq!(kinds("- a\n- b\n"), kinds("- a\n\n- b\n"));
    assert_eq!(kinds("- a\n  - b\n"), ["list", "list item", "paragraph", "list", "list item", "paragraph"]);
}

#[test]
fn parts_of_links_have_places() {
    assert_eq!(links("see [a `b`](/x \"t\") and ![i](p.png)"), [link("a `b`", "/x", false)]);
    assert_eq!(links("[](</a b>)"), [link("", "/a b", true)]);
    assert_eq!(links("[a][b] [b][] [b]\n\n[b]: /dest 'x'\n").len(), 3);
    assert_eq!(links("[a][b]\n\n[b]: /dest 'x'\n"), [link("a", "/dest", false)]);
    assert_eq!(links("[![alt](i.png)](/x)"), [link("![alt](i.png)", "/x", false)]);
    assert_eq!(links("[[x]](/u) <https://a.b>"), [link("[x]", "/u", false), link("https://a.b", "https://a.b", false)]);
    assert_eq!(links("**[](/u)** [ ](/v)"), [link("", "/u", true), link(" ", "/v", true)]);
    assert_eq!(links("[a\\]b](/u\\_v)"), [link("a\\]b", "/u\\_v", false)]);
}

#[test]
fn bare_urls_end_where_prose_goes_on() {
    let url = |text: &str| links(text).into_iter().map(|link| link.1).collect::<Vec<_>>();
    assert_eq!(
        url("see https://a.b/c_d. And (https://e.f/g(h)) `https://no.no`"),
        ["https://a.b/c_d", "https://e.f/g(h)"]
    );
    assert_eq!(url("前往https://a.b/c。然后"), ["https://a.b/c"]);
    assert_eq!(url("[https://a.b](https://a.b)"), ["https://a.b"]);
}

#[test]
fn anchors_of_every_form() {
    let ids = |text: &str| {
        with(text, |document| {
            let anchors = document.inlines.iter().filter_map(|inline| match &inline.kind {
                InlineKind::Anchor(id) => Some((id.to_string(), document.source.slice(inline.span).to_owned())),
                _ => None,
            });
            anchors.map(|(id, place)| if id == place { id } else { format!("{id} at {place}") }).collect::<Vec<_>>()
        })
    };
    assert_eq!(ids("# <a name=\"x\"></a>T\n"), ["x"]);
    assert_eq!(ids("<a id='y'></a>\n\n## T {#z}\n\nA {/*a-b*/}\n===\n\n### B { #c .d }\n"), ["y", "z", "a-b", "c"]);
    assert_eq!(ids("## T *x* {/*a-b*/}\n"), ["a-b"]);
    assert_eq!(ids("## T {: .c #d }\n\n## U {: #e}\n"), ["d", "e"]);
    assert_eq!(ids("## A {b#c}\n"), Vec::<String>::new());
    assert_eq!(with("## T {/*a-b*/}\n", |document| document.inlines.len()), 1);
}

#[test]
fn a_dialect_says_which_ids_headings_have() {
    let dialect = Dialect { heading_ids: vec![HeadingId::Comment], ..Dialect::default() };
    let source = Source::new("a.md", "## T {#x}\n\n## U {/*y*/}\n");
    let document = parse(&source, &dialect);
    let ids = document.inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Anchor(_)));
    assert_eq!(ids.map(|inline| source.slice(inline.span)).collect::<Vec<_>>(), ["y"]);
}

#[test]
fn spoiled_links_are_told_from_prose() {
    let flaws = |text: &str| {
        with(text, |document| {
            let all = document.inlines.iter().filter_map(|inline| match &inline.kind {
                InlineKind::Malformed(malformed) => Some((malformed.flaw, malformed.destination.to_string())),
                _ => None,
            });
            all.collect::<Vec<_>>()
        })
    };
    let one = |flaw, destination: &str| vec![(flaw, destination.to_owned())];
    assert_eq!(flaws("[t] (https://a.b/c)"), one(Flaw::SpaceBeforeDestination, "https://a.b/c"));
    assert_eq!(flaws("方法]（https://a.b/c）。"), []);
    assert_eq!(flaws("[方法]（https://a.b/c）。"), one(Flaw::FullWidthParenthesis, "https://a.b/c"));
    assert_eq!(flaws("[t]((https://a.b)"), one(Flaw::DoubledParenthesis, "https://a.b"));
    assert_eq!(flaws("[t\\](ref.md)"), one(Flaw::EscapedBracket, "ref.md"));
    assert_eq!(flaws("[t](https://a.b/c"), one(Flaw::MissingParenthesis, "https://a.b/c"));
    assert_eq!(flaws("[[商務協助] Microsoft] 頁面](https://a.b)"), one(Flaw::UnpairedBracket, "https://a.b"));
    assert_eq!(flaws("t](https://a.b)"), one(Flaw::UnpairedBracket, "https://a.b"));
    assert_eq!(flaws("[a](既に)"), one(Flaw::TargetIsProse, "既に"));
    for prose in
        ["a[i] (see b)", "**[Register]\\(登録\\)**", "`[t] (https://a.b)`", "[HTML5\\]](/x)", "[^1] text\n\n[^1]: /x"]
    {
        assert_eq!(flaws(prose), [], "{prose}");
    }
}

#[test]
fn code_in_containers_is_put_together() {
    let text = "> ```sh title=x\n> a\n> b\n> ```\n";
    with(text, |document| {
        let code = document.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Code { language, text, .. } => Some((language.to_string(), text.to_string())),
            _ => None,
        });
        assert_eq!(code, Some(("sh".to_owned(), "a\nb\n".to_owned())));
    });
}

#[test]
fn comments_are_no_blocks() {
    assert_eq!(kinds("<!-- a\n\nb -->\n\ntext\n"), ["paragraph"]);
    assert_eq!(kinds("> [!NOTE]\n> text\n"), ["alert", "paragraph"]);
    assert_eq!(kinds("| a | b |\n|---|---|\n| c | d |\n").len(), 7);
}
