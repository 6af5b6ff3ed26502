//! The rules that a project knows: those that ship with Cognate, and those of its own.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde_yaml::Value;

use crate::align::Bitext;
use crate::config::{ConfigFile, KeyPath};
use crate::project::Globs;
use crate::rule::{Builtin, Check, Declaration, OptionsError, Report};
use crate::rules::BUILTINS;

/// A rule that can be in force.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name everywhere: in reports, in configurations, on the command line.
    pub id: Arc<str>,
    /// The rule that ships with Cognate whose check it runs; itself where it is one of those.
    pub builtin: &'static Builtin,
    /// What it says of itself. What a team's own rule leaves out is what the one behind it says.
    pub declaration: Declaration,
    /// What only a team's own rule says.
    pub own: Option<Own>,
}

/// What a rule of a team's own says beyond what every rule does.
#[derive(Clone, Debug)]
pub struct Own {
    /// The file that declares it.
    pub file: Arc<ConfigFile>,
    /// Where in the file.
    pub path: KeyPath,
    /// What its findings say, in the place of what the check says.
    pub message: Option<String>,
    /// What to do about them, in the place of what the check says.
    pub help: Option<String>,
    /// Where it holds.
    pub scope: Scope,
}

/// Which documents something holds for.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Only translations into these locales; all where it is empty.
    pub locales: Vec<String>,
    /// Only these files; all where it is absent.
    pub paths: Option<Globs>,
}

/// The rules that ship with Cognate. That every one of them can be read is proved by a test.
pub fn builtin() -> &'static [Arc<Rule>] {
    static RULES: LazyLock<Vec<Arc<Rule>>> = LazyLock::new(|| {
        let rule = |builtin: &'static Builtin| {
            let declaration = builtin.declaration().ok()?;
            Some(Arc::new(Rule { id: builtin.id.into(), builtin, declaration, own: None }))
        };
        BUILTINS.iter().filter_map(rule).collect()
    });
    &RULES
}

impl Rule {
    /// Its check with these options.
    pub fn check(&self, options: Value) -> Result<Box<dyn Check>, OptionsError> {
        let check = (self.builtin.load)(options)?;
        Ok(match &self.own {
            Some(Own { message, help, .. }) if message.is_some() || help.is_some() => {
                Box::new(Worded { check, message: message.clone(), help: help.clone() })
            }
            _ => check,
        })
    }

    /// Where one of its values is said: `cognate-rules.yaml:3`; `None` for the rules that ship with Cognate, and for
    /// what a rule takes over from them.
    pub fn said(&self, within: &KeyPath) -> Option<String> {
        let own = self.own.as_ref()?;
        let line = own.file.line(&own.path.join(within))?;
        Some(format!("{}:{line}", own.file.source().name()))
    }

    /// Does it hold for a document?
    pub fn covers(&self, path: &Path, locale: Option<&str>) -> bool {
        self.own.as_ref().is_none_or(|own| own.scope.covers(path, locale))
    }
}

impl Scope {
    /// Does it hold for a document?
    pub fn covers(&self, path: &Path, locale: Option<&str>) -> bool {
        self.speaks(locale) && self.paths.as_ref().is_none_or(|globs| globs.cover(path))
    }

    /// Does it hold for a language?
    pub fn speaks(&self, locale: Option<&str>) -> bool {
        let is_asked_for = |locale: &str| self.locales.iter().any(|one| one.eq_ignore_ascii_case(locale));
        self.locales.is_empty() || locale.is_some_and(is_asked_for)
    }
}

/// What may stand in the `message:` of a rule: what the check says, and the text that it marks.
pub(crate) const PLACEHOLDERS: [&str; 2] = ["{message}", "{found}"];

/// A check that speaks in the words of a team's own rule.
struct Worded {
    check: Box<dyn Check>,
    message: Option<String>,
    help: Option<String>,
}

impl Check for Worded {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        let before = report.findings.len();
        self.check.check(bitext, report);
        for finding in &mut report.findings[before..] {
            if let Some(message) = &self.message {
                let found = one_line(bitext.translation.source.slice(finding.span));
                finding.message = message.replace(PLACEHOLDERS[1], &found).replace(PLACEHOLDERS[0], &finding.message);
            }
            if let Some(help) = &self.help {
                finding.help = Some(help.clone());
            }
        }
    }
}

/// A text on one line, cut where it is long.
fn one_line(text: &str) -> String {
    const LONG: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
