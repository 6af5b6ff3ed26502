//! What is known of particular hosts, out of packs.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What is known of hosts, by canonical host name without `www.`.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The host on which root-relative links are looked up.
    pub site: Option<String>,
    /// What is known of each.
    pub hosts: BTreeMap<String, Host>,
}

/// What is known of one host.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own in a pack")]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Host {
    /// Other names of the same host.
    pub aliases: Vec<String>,
    /// Its subdomains are languages of the same content.
    pub subdomains_are_languages: bool,
    /// Each language names its pages in its own words, so that no two links to it can be told apart.
    pub pages_have_own_names: bool,
    /// Pages move when they are translated: in one language the last segment tells them apart, between two nothing does.
    pub pages_move: bool,
    /// Letter case of paths does not matter.
    pub ignore_case: bool,
    /// Behind these segments stands a revision: a default branch and a commit, full or abbreviated, are one file there.
    pub revision_after: Vec<String>,
}

impl Facts {
    /// The canonical host of a name in lower case, and what is known of it.
    pub(super) fn host<'a>(&'a self, name: &'a str) -> (&'a str, Option<&'a Host>) {
        let name = name.strip_prefix("www.").unwrap_or(name);
        if let Some((canonical, host)) = self.hosts.get_key_value(name) {
            return (canonical, Some(host));
        }
        let known = self.hosts.iter().find(|(canonical, host)| {
            host.aliases.iter().any(|alias| alias == name)
                || (host.subdomains_are_languages
                    && name.strip_suffix(canonical.as_str()).is_some_and(|label| label.ends_with('.')))
        });
        known.map_or((name, None), |(canonical, host)| (canonical, Some(host)))
    }
}
