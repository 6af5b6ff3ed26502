//! Examples of rules: short texts that show what a rule finds and what it passes over, run as documents are.

use serde::Deserialize;
use serde_yaml::Value;

use crate::align::Bitext;
use crate::catalogue::Rule;
use crate::check::{Text, prepare};
use crate::config::{RuleOverlay, TypeError};
use crate::diagnostic::{Basis, Severity};
use crate::document::{Document, markdown};
use crate::locale::Locale;
use crate::pack::{self, Pack};
use crate::rule::Report;
use crate::settings::ActiveRule;
use crate::source::Source;
use crate::target::Resolver;

/// What a rule finds and what it passes over.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Examples {
    /// Each is found, at least once.
    pub bad: Vec<Example>,
    /// Each is passed over in silence.
    pub good: Vec<Example>,
}

/// A translation, and what it was made from.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The language of the translation, a BCP 47 tag; where it is left out, the first that the rule holds for, else `fr`.
    /// References are English.
    pub locale: Option<String>,
    /// The reference, as Markdown; it may be left out where a rule needs none.
    pub reference: Option<String>,
    /// The translation, as Markdown.
    pub translation: String,
    /// The packs that hold for it.
    #[serde(default)]
    pub packs: Vec<String>,
    /// Laid over the rule's options for this example.
    #[cfg_attr(test, schemars(with = "Option<std::collections::BTreeMap<String, serde_json::Value>>"))]
    pub options: Option<Value>,
}

/// What a rule tells of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The line of the translation that it points at, from 1.
    pub line: u32,
}

impl Example {
    /// Runs a rule over the example, as over a file beside the revision that it was made from.
    pub fn run(&self, rule: &Rule) -> Result<Vec<Told>, TypeError> {
        let (packs, locale) = (self.packs(), self.locale(rule));
        if rule.own.as_ref().is_some_and(|own| !own.scope.speaks(Some(locale))) {
            return Ok(Vec::new());
        }
        let own = RuleOverlay { severity: None, options: self.options.clone() };
        let overlays = packs.iter().filter_map(|pack| pack.rules.get(&*rule.id)).chain([&own]);
        let Some(active) = ActiveRule::new(rule, overlays)? else { return Ok(Vec::new()) };
        let dialect = pack::dialect(&packs);
        let text = Text::new(Source::new("translation.md", &self.translation), &dialect);
        let translation = markdown::parse(&text.translation, &dialect);
        let declared = self.reference.as_ref().map(|text| prepare(Source::new("reference.md", text), &dialect));
        let reference = match (&declared, &text.reference) {
            (Some(source), _) => Some((markdown::parse(source, &dialect), Basis::Given)),
            (None, Some(source)) => Some((markdown::parse_body(source, 0, &dialect), Basis::Bilingual)),
            (None, None) => None,
        };
        let reference = reference.as_ref().map(|(document, basis)| (document, *basis));
        Ok(tell(&active, reference, &translation, locale, &packs))
    }

    /// The language of the translation.
    pub fn locale<'e>(&'e self, rule: &'e Rule) -> &'e str {
        let of_rule = || rule.own.as_ref()?.scope.locales.first();
        self.locale.as_ref().or_else(of_rule).map_or("fr", String::as_str)
    }

    /// Both sides and its options as they are shown, a line each.
    pub fn rows(&self, rule: &Rule) -> Vec<String> {
        let translation = format!("in translation ({})", self.locale(rule));
        let options = self.options.as_ref().and_then(|options| serde_yaml::to_string(options).ok());
        let parts = [
            ("in the reference", self.reference.as_ref()),
            (translation.as_str(), Some(&self.translation)),
            ("with the options", options.as_ref()),
        ];
        let mut rows = Vec::new();
        for (title, text) in parts.into_iter().filter_map(|(title, text)| Some((title, text?))) {
            rows.push(title.to_owned());
            rows.extend(text.trim_end().lines().map(|line| format!("│ {line}").trim_end().to_owned()));
        }
        rows
    }

    /// The packs that hold for it, in the order in which they combine.
    fn packs(&self) -> Vec<&'static Pack> {
        let holds = |pack: &&Pack| pack.recognise.always || self.packs.contains(&pack.name);
        pack::builtin().iter().filter(holds).collect()
    }
}

fn tell(
    rule: &ActiveRule,
    reference: Option<(&Document<'_>, Basis)>,
    translation: &Document<'_>,
    locale: &str,
    packs: &[&Pack],
) -> Vec<Told> {
    let facts = pack::facts(packs);
    let locale = Locale::parse(locale);
    let languages: Vec<&str> = locale.iter().flat_map(|locale| [locale.language(), "en"]).collect();
    let resolver = Resolver::new(&facts, &languages, "");
    let bitext = match reference {
        Some((reference, basis)) => Bitext::new(reference, basis, translation, resolver),
        None => Bitext::alone(translation, resolver),
    };
    let mut report = Report::default();
    rule.check.check(&bitext, &mut report);
    let told = report.findings.into_iter().map(|finding| Told {
        severity: rule.severity,
        message: finding.message,
        help: finding.help.unwrap_or_else(|| rule.help.clone()),
        line: translation.source.locate(finding.span).start.line,
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::rule::Kind;

    /// Rules that no pair of texts can show.
    const NOT_TO_BE_SHOWN: &[(&str, &str)] = &[
        ("mismatched-pin", "needs the history of the reference"),
        ("orphaned-translation", "needs a tree without the reference"),
        ("outdated-translation", "needs the history of the reference"),
        ("unreadable-file", "is about bytes, and an example is a text"),
        ("unused-suppression", "is about what other rules find"),
    ];

    #[test]
    fn every_rule_finds_its_bad_examples_and_passes_over_the_good_ones() {
        for rule in catalogue::builtin() {
            let Examples { bad, good } = &rule.declaration.examples;
            let why_not = NOT_TO_BE_SHOWN.iter().find(|(id, _)| **id == *rule.id);
            let is_shown = !bad.is_empty() && !good.is_empty();
            assert_eq!(is_shown, why_not.is_none(), "{}: one bad and one good example, or a reason", rule.id);
            for (examples, is_bad) in [(bad, true), (good, false)] {
                for example in examples {
                    let told = example.run(rule).map_err(|error| error.to_string()).expect(&rule.id);
                    assert_eq!(!told.is_empty(), is_bad, "{}: {told:?}: {}", rule.id, example.translation);
                }
            }
        }
    }

    #[test]
    fn what_needs_a_project_stands_in_the_list_of_what_cannot_be_shown() {
        for rule in
            catalogue::builtin().iter().filter(|rule| matches!(rule.builtin.kind, Kind::Standing | Kind::Suppressions))
        {
            assert!(NOT_TO_BE_SHOWN.iter().any(|(id, _)| **id == *rule.id), "{}", rule.id);
        }
    }

    #[test]
    fn an_example_is_read_as_its_packs_read_it() {
        let rule = catalogue::builtin().iter().find(|rule| &*rule.id == "missing-metadata").expect("a rule");
        let example = |packs: &str| {
            let [reference, translation] = ["outputs: [html]", "title: x"].map(|line| format!("---\\n{line}\\n---\\n"));
            let text = format!("{{ reference: \"{reference}\", translation: \"{translation}\", packs: [{packs}] }}");
            let example: Example = serde_yaml::from_str(&text).expect("an example");
            example.run(rule).map_err(|error| error.to_string()).expect("sound").len()
        };
        assert_eq!((example(""), example("hugo")), (1, 0));
    }
}
