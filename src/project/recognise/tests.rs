//! Trees, as lists of paths, and what is seen in them.

use super::*;

/// A tree of paths such as `content/{en,ja,fr}/{a,b}.md`.
fn tree(patterns: &[&str]) -> Tree {
    let mut documents: Vec<String> = patterns.iter().flat_map(|pattern| expand(pattern)).collect();
    documents.sort();
    Tree { documents, ..Tree::default() }
}

fn expand(pattern: &str) -> Vec<String> {
    let Some((start, rest)) = pattern.split_once('{') else { return vec![pattern.to_owned()] };
    let (choices, rest) = rest.split_once('}').expect("a closing brace");
    let ends = expand(rest);
    choices.split(',').flat_map(|choice| ends.iter().map(move |end| format!("{start}{choice}{end}"))).collect()
}

/// `reference < translation`, a layout each.
fn seen(patterns: &[&str]) -> Vec<String> {
    let layouts = recognise(&tree(patterns)).unwrap_or_default().layouts;
    layouts.into_iter().map(|one| format!("{} < {}", one.reference.unwrap_or_default(), one.translation)).collect()
}

#[test]
fn the_locale_may_stand_anywhere_in_a_path() {
    for (patterns, layout) in [
        (&["content/{en,ja,zh-cn}/docs/{a,b}.md"][..], "content/en/{path} < content/{locale}/{path}"),
        (&["{en-US,fr,zh_TW}/{a,b}/c.md"], "en-US/{path} < {locale}/{path}"),
        (&["docs/{en,it}/guide.md"], "docs/en/{path} < docs/{locale}/{path}"),
        (&["docs/{en,es,pt}/docs/{a,b}.md", "docs/en/data/x.md"], "docs/en/{path} < docs/{locale}/{path}"),
        (&["docs/{a,b}.md", "docs/{fr,ja}/{a,b}.md"], "docs/{path} < docs/{locale}/{path}"),
        (&["docs/{a,b,c,d}.md", "docs/it/{a,b,c}.md"], "docs/{path} < docs/{locale}/{path}"),
        (&["docs/guide/a.md", "docs/i18n/de/guide/a.md"], "docs/{path} < docs/i18n/{locale}/{path}"),
        (&["README.md", "translations/{de,it}/README.md"], "{path} < translations/{locale}/{path}"),
        (&["{en,fr}.react.dev/src/{a,b}.md"], "en.react.dev/{path} < {locale}.react.dev/{path}"),
        (&["react.dev/src/{a,b}.md", "fr.react.dev/src/a.md"], "react.dev/{path} < {locale}.react.dev/{path}"),
        (&["docs{,-fr,-zh-hans}/src/{a,b}.md"], "docs/{path} < docs-{locale}/{path}"),
        (&["pages{,.ko,.zh_TW}/common/{a,b}.md"], "pages/{path} < pages.{locale}/{path}"),
        (&["x/cpp.{en,ja}/docs/{a,b}.mdx"], "x/cpp.en/{path} < x/cpp.{locale}/{path}"),
        (
            &["src/content/docs/{,fr/,ja/}guides/{a,b}.mdx"],
            "src/content/docs/{path} < src/content/docs/{locale}/{path}",
        ),
        (&["_{guides,tour}/{a,b}.md", "_{fr,ja}/{guides,tour}/{a,b}.md"], "_{path} < _{locale}/{path}"),
        (&["README{,.fr}.md"], "{path}.{ext} < {path}.{locale}.{ext}"),
        (&["README{,_pt_BR}.md"], "{path}.{ext} < {path}_{locale}.{ext}"),
        (&["README{,-zh-CN,-ja}.md", "docs/set-up.md"], "{path}.{ext} < {path}-{locale}.{ext}"),
        (&["docs/{a,b}.{en-us,fr-fr}.md"], "{path}.en-us.{ext} < {path}.{locale}.{ext}"),
        (&["docs/{a,b}.md", "docs/{a,b}.{zh-CN,sr-Latn-RS}.mdx"], "{path}.{ext} < {path}.{locale}.{ext}"),
        (&["adev-ja/src/{a,b,c}{,.en}.md", "README.md"], "adev-ja/{path}.en.{ext} < adev-ja/{path}.{ext}"),
        (&["README{,_CN}.md"], "{path}.{ext} < {path}_CN.{ext}"),
        (&["README{,.ja}.md", "api/{x.ts,y.io}.md"], "{path}.{ext} < {path}.ja.{ext}"),
        (&["{de-DE,it-IT,ja-JP}/{a,b,c}.md"], " < {locale}/{path}"),
        (&["files/{es,fr}/web/{a,b,c}/index.md"], " < files/{locale}/{path}"),
    ] {
        assert_eq!(seen(patterns), [layout], "{patterns:?}");
    }
}

#[test]
fn ordinary_projects_have_no_locales() {
    for patterns in [
        &["README.md", "docs/{a,b}.md", "src/x.md"][..],
        &["packages/{io,os,ml,ts}/README.md"],
        &["packages/{my,id,is,no}/{README,CHANGELOG}.md", "packages/README.md"],
        &["samples/{ts,cs,vb}/{a,b,c}.md"],
        &["src/it/a.md", "src/{a,b}.md"],
        &["docs/{sign-in,how-to,set-to,git,git-am,git-rm,git-as,docker,docker-ps}.md"],
        &["socket{,.io}.md"],
        &["app/README.md", "app/de/README.md"],
        &["content/fr/{a,b}.md"],
        &["{how-to,how-it}/{a,b}.md"],
        &["getting-it-done/{a,b,c}.md", "getting-to-done/x.md"],
        &["de/a.md", "fr/b.md", "it/c.md"],
        &["notes/{is,as,to}/{a,b,c,d}.md"],
        &["{a,b,c}.md"],
        &["lib/{cn,jp}/README.md", "lib/README.md"],
        &[],
    ] {
        assert!(seen(patterns).is_empty(), "{patterns:?}: {:?}", seen(patterns));
    }
}

#[test]
fn several_layouts_are_taken_where_they_tie_together_other_files() {
    let docusaurus = [
        "blog/{x,y}.md",
        "i18n/{fr,ja}/docusaurus-plugin-content-blog/{x,y}.md",
        "i18n/{fr,ja}/docusaurus-plugin-content-docs/current/{a,b,c}.md",
        "docs/{a,b,c}.md",
    ];
    let plugin = "i18n/{locale}/docusaurus-plugin-content";
    assert_eq!(
        seen(&docusaurus),
        [format!("docs/{{path}} < {plugin}-docs/current/{{path}}"), format!("blog/{{path}} < {plugin}-blog/{{path}}")]
    );
    assert_eq!(
        seen(&["docs/{en,cn,ja,ko}/{a,b}.md", "docs/ja/c.md", "docs/en/c.md"]),
        ["docs/en/{path} < docs/{locale}/{path}", "docs/en/{path} < docs/cn/{path}"]
    );
    assert_eq!(
        seen(&["site/{en,ja}/{a,b,c}.md", "README{,.ja}.md"]),
        ["site/en/{path} < site/{locale}/{path}", "{path}.{ext} < {path}.{locale}.{ext}"]
    );
}

#[test]
fn the_generator_may_be_in_a_folder_of_the_tree() {
    let documents = ["website/docs/{a,b}.md", "website/i18n/de/docusaurus-plugin-content-docs/current/{a,b}.md"];
    let entries = vec!["website/docusaurus.config.ts".to_owned()];
    let recognised = recognise(&Tree { entries, ..tree(&documents) }).expect("a layout");
    assert_eq!(recognised.pack.as_deref(), Some("docusaurus"));
    assert_eq!(recognised.layouts[0].reference.as_deref(), Some("website/docs/{path}"));
}

#[test]
fn figures_and_locales_are_told() {
    assert!(seen(&["zh/{a,b,c,d,e,f,g}/x.md", "ja/{a,b}/x.md"]).is_empty(), "two pages are no evidence");
    let documents = ["zh/{a,b,c,d,e,f,g,h}/x.md", "ja/{a,b,c}/x.md"];
    let recognised = recognise(&tree(&documents)).expect("a layout");
    assert_eq!(recognised.layouts[0].reference.as_deref(), Some("zh/{path}"));
    assert_eq!(recognised.reference_locale.as_deref(), Some("zh"));
    assert_eq!((recognised.locales, recognised.pairs), (1, 3));
    let sentence = "took `zh/{path}` for the references and `{locale}/{path}` for the translations (1 locale, 3 pairs)";
    assert_eq!(recognised.sentence(), sentence);
}

#[test]
fn a_snapshot_is_one_where_the_folder_says_the_locale() {
    let layout = |patterns: &[&str]| recognise(&tree(patterns)).expect("a layout").layouts.remove(0);
    let angular = layout(&["adev-ja/{a,b,c}{,.en}.md"]);
    assert_eq!((angular.snapshot, angular.locale.as_deref()), (true, Some("ja")));
    let either = layout(&["docs/{a,b,c}{,.en}.md"]);
    assert_eq!((either.snapshot, either.locale), (false, None));
    assert_eq!(layout(&["README{,.en}.md"]).translation, "{path}.{locale}.{ext}");
}

#[test]
fn texts_and_files_show_the_pack() {
    let pack = |entries: &[&str], text: &str, patterns: &[&str]| {
        let entries = entries.iter().map(|&entry| entry.to_owned()).collect();
        let samples = if text.is_empty() { Vec::new() } else { vec![text.to_owned(), "# A\n".to_owned()] };
        let recognised = recognise(&Tree { entries, samples, ..tree(patterns) }).expect("a layout");
        recognised.pack.unwrap_or_default()
    };
    let both = &["content/{en,fr}/{a,b}.md"][..];
    for (entries, text, expected) in [
        (&["hugo.toml"][..], "", "hugo"),
        (&["site/hugo.yaml"], "", "hugo"),
        (&["docs/.vitepress"], "", "vitepress"),
        (&["mkdocs.yml"], "", "mkdocs"),
        (&[".openpublishing.publish.config.json"], "", "microsoft-learn"),
        (&[], "{{< note >}}\n", "hugo"),
        (&[], "<Sandpack>\n", "mdx"),
        (&[], "---\nms.topic: article\n---\n", "microsoft-learn"),
        (&[], "---\nl10n:\n  sourceCommit: a1\n---\n", "mdn"),
        (&["book.toml"], "", "mdbook"),
        (&["package.json"], "# A\n", ""),
    ] {
        assert_eq!(pack(entries, text, both), expected, "{entries:?} {text:?}");
    }
    assert_eq!(pack(&[], "", &["content/{en,fr}/{a,_index}.md"]), "hugo");
    assert_eq!(pack(&[], "", &["docs/{en,fr}/{a,b}.mdx"]), "mdx");
}

#[test]
fn what_is_written_down_reads_as_the_same() {
    for patterns in [
        &["content/{en,fr}/{a,b}.md", "README{,.it}.md"][..],
        &["adev-ja/{a,b,c}{,.en}.md"],
        &["it's/{zh,ja}/{a,b,c}.md", "it's/zh/{d,e,f,g}.md"],
        &["{de-DE,it-IT,ja-JP}/{a,b,c}.md"],
    ] {
        let recognised = recognise(&tree(patterns)).expect("a layout");
        let config: crate::config::Config = serde_yaml::from_str(&recognised.yaml()).expect("a configuration");
        assert_eq!(config.layout, recognised.layouts, "{patterns:?}");
        assert_eq!(config.reference_locale, recognised.reference_locale);
    }
    let template: Option<crate::config::Config> = serde_yaml::from_str(TEMPLATE).expect("a configuration");
    assert!(template.is_none_or(|config| config.layout.is_empty()));
}

#[test]
fn a_folder_that_no_pattern_can_name_is_left_alone() {
    assert!(seen(&["a:b/{en,fr}/{x,y}.md"]).is_empty());
}
