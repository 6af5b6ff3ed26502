//! What was recognised, in words and as a configuration.

use std::fmt::Write as _;

use super::Recognised;
use crate::config::LayoutConfig;
use crate::pack::builtin;

impl Recognised {
    /// `took … for the references and … for the translations (5 locales, 412 pairs; pack hugo)`.
    pub fn sentence(&self) -> String {
        let layout = self.layouts.first().map(words).unwrap_or_default();
        let others = match self.layouts.len() {
            0 | 1 => String::new(),
            2 => ", and one layout more".to_owned(),
            n => format!(", and {} layouts more", n - 1),
        };
        format!("took {layout}{others} ({})", self.figures())
    }

    fn figures(&self) -> String {
        let noun = if self.layouts.iter().any(|layout| layout.reference.is_some()) { "pair" } else { "file" };
        let mut figures = String::new();
        if self.locales > 0 {
            let _ = write!(figures, "{}, ", counted(self.locales, "locale"));
        }
        figures.push_str(&counted(self.pairs, noun));
        if !self.unlisted.is_empty() {
            let _ = write!(figures, ", without {} that the site does not list", counted(self.unlisted.len(), "locale"));
        }
        if let Some(pack) = &self.pack {
            let _ = write!(figures, "; pack {pack}");
        }
        figures
    }

    /// A `cognate.yaml` that says the same.
    pub fn yaml(&self) -> String {
        let mut yaml = format!("{HEAD}\n# Recognised from the files here ({}).\n\n", self.figures());
        if let Some(pack) = builtin().iter().find(|pack| self.pack.as_ref() == Some(&pack.name)) {
            let _ = writeln!(yaml, "# Facts about the kind of site: {}.", pack.summary);
            let _ = writeln!(yaml, "extends: [{}]\n", pack.name);
        }
        let has_reference = self.layouts.iter().any(|layout| layout.reference.is_some());
        yaml.push_str(if has_reference { LAYOUT } else { COHORTS });
        yaml.push_str("layout:\n");
        self.layouts.iter().for_each(|layout| yaml.push_str(&entry(layout)));
        if let Some(locale) = &self.reference_locale {
            let _ = write!(yaml, "\n# The locale of the references.\nreference-locale: {locale}\n");
        }
        if !self.unlisted.is_empty() {
            yaml.push_str("\n# Locales that the site does not list.\nignore:\n");
            for glob in &self.unlisted {
                let _ = writeln!(yaml, "  - {}", quoted(glob));
            }
        }
        yaml.push_str(REST);
        yaml
    }
}

/// What to start from where nothing was recognised.
pub const TEMPLATE: &str = "\
# Cognate holds translations of Markdown documentation against their reference.
# Nothing here looked like translations: say below where they are, then run `cognate check`.

# Where references and translations are. {path} may be several folders, {locale} is a language tag, and
# {path}.{locale}.{ext} is a suffix. Leave the reference out where there is none. For references in another folder:
#   roots: { source: ../docs }
#   layout: { reference: \"source:docs/{path}\", translation: \"docs/{path}\", locale: fr }
# layout:
#   - reference: 'docs/en/{path}'
#     translation: 'docs/{locale}/{path}'
\
";

const HEAD: &str = "\
# Cognate holds translations of Markdown documentation against their reference.
# Next: `cognate check`, and `cognate explain RULE` for what it tells.";

const LAYOUT: &str = "\
# Where references and translations are; the first that matches a file wins.
# {path} may be several folders, {locale} is a language tag, {ext} the ending of the file.
";

const COHORTS: &str = "\
# Where translations are. There is no reference here: those of one {path} are compared with each other.
# {path} may be several folders, {locale} is a language tag.
";

const REST: &str = "
# Change a rule (`cognate rules` lists them), or leave files out:
# rules: { stale-host: error, extra-link: off }
# ignore: ['**/includes/**']
";

fn words(layout: &LayoutConfig) -> String {
    let translation = format!("`{}` for the translations", layout.translation);
    match &layout.reference {
        Some(reference) => format!("`{reference}` for the references and {translation}"),
        None => format!("{translation}, which have no reference"),
    }
}

fn entry(layout: &LayoutConfig) -> String {
    let reference = layout.reference.iter().map(|pattern| format!("reference: {}", quoted(pattern)));
    let translation = format!("translation: {}", quoted(&layout.translation));
    let locale = layout.locale.iter().map(|locale| format!("locale: {locale}"));
    let snapshot = "snapshot: true # the reference is kept as it was when the translation was made".to_owned();
    let snapshot = layout.snapshot.then_some(snapshot);
    let lines = reference.chain([translation]).chain(locale).chain(snapshot);
    let lines: Vec<String> = lines.collect();
    format!("  - {}\n", lines.join("\n    "))
}

/// In single quotes, in which YAML gives a meaning to nothing but the quote.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
