//! The locales that a site builds, where its generator's configuration lists them.
//!
//! Translation platforms write a file for each language that somebody may translate into, with the reference's words in
//! it, long before a site shows that language.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

/// Where configurations of Docusaurus are.
const CONFIGURATIONS: [&str; 5] = ["js", "ts", "mjs", "cjs", "mts"];

/// Globs of the folders of locales that a site does not list, for documents below a folder.
pub(super) fn unlisted(folder: &Path, documents: &[String]) -> Vec<String> {
    let sites: BTreeSet<&str> = documents.iter().filter_map(|path| Some(split(path)?.0)).collect();
    let of_site = |site: &str| {
        let listed = listed(&folder.join(site))?;
        let names = documents.iter().filter_map(|path| split(path)).filter(|(own, _)| *own == site);
        let others: BTreeSet<&str> = names.map(|(_, name)| name).filter(|name| !listed.contains(*name)).collect();
        Some(others.into_iter().map(|name| format!("{site}i18n/{name}/**")).collect::<Vec<_>>())
    };
    sites.into_iter().filter_map(of_site).flatten().collect()
}

/// `website/i18n/fr/a.md` → `website/` and `fr`.
fn split(path: &str) -> Option<(&str, &str)> {
    let at = if path.starts_with("i18n/") { 0 } else { path.find("/i18n/")? + 1 };
    Some((&path[..at], path[at + "i18n/".len()..].split_once('/')?.0))
}

/// The locales in the configuration of a site, if it writes them out.
fn listed(site: &Path) -> Option<BTreeSet<String>> {
    let read = |ending: &&str| std::fs::read_to_string(site.join(format!("docusaurus.config.{ending}"))).ok();
    in_text(&CONFIGURATIONS.iter().find_map(read)?)
}

fn in_text(text: &str) -> Option<BTreeSet<String>> {
    static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?s)\blocales\s*:\s*\[([^\[\]]*)\]").ok());
    let list = LIST.as_ref()?.captures(text)?.get(1)?.as_str();
    let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
    let name = |quoted: &str| {
        let name = quoted.strip_prefix(['\'', '"'])?.strip_suffix(['\'', '"'])?;
        (!name.is_empty()).then(|| name.to_owned())
    };
    // One that is no word is computed.
    let names: BTreeSet<String> = names.map(name).collect::<Option<_>>()?;
    (names.len() > 1).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_are_listed_in_words() {
        let found = |text: &str| in_text(text).map(|names| names.into_iter().collect::<Vec<_>>().join(" "));
        assert_eq!(found("i18n: {\n locales: ['en', \"fr\",\n 'zh-CN',],\n}").as_deref(), Some("en fr zh-CN"));
        assert_eq!(found("locales: ci ? [one] : LOCALES"), None);
        assert_eq!(found("locales: ['en', own]"), None);
        assert_eq!(found("locales: []"), None);
        assert_eq!(split("site/i18n/fr/docs/a.md"), Some(("site/", "fr")));
        assert_eq!(split("i18n/fr/a.md"), Some(("", "fr")));
        assert_eq!(split("docs/a.md"), None);
    }
}
