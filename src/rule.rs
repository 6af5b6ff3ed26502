//! Rules: what is declared of each in YAML, and the check that it runs.

use serde::Deserialize;
use serde_yaml::Value;

use crate::align::Bitext;
use crate::config;
use crate::diagnostic::{Applicability, Origin, Severity};
use crate::examples::Examples;
use crate::source::Span;

/// What a rule looks for. The check is its options, deserialized from the `options:` of its YAML.
pub trait Check: Send + Sync {
    /// Tells what it finds in one translation.
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report);

    /// May it say, beside translations of another revision, that what is wrong by itself is the reference's
    /// ([`Finding::in_reference_too`])? Who never does is not asked again.
    fn is_excused_by_others(&self) -> bool {
        false
    }
}

/// A rule that ships with Cognate.
#[derive(Debug)]
pub struct Builtin {
    /// Its name everywhere: file, fixture folder, configuration, output.
    pub id: &'static str,
    /// What it reads, and what its findings are about.
    pub kind: Kind,
    /// The text of `rules/<id>.yaml`.
    pub yaml: &'static str,
    /// Makes the check from its options.
    pub load: fn(Value) -> Result<Box<dyn Check>, OptionsError>,
}

/// What a rule reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The translation by itself: what it finds is wrong in every language and beside every reference.
    Absolute(Subject),
    /// The pair: what it finds is a difference, which an older revision of the reference may explain, unless the finding
    /// itself says that it is wrong beside every one.
    Comparative(Subject),
    /// How the translation stands to the revisions of its reference ([`crate::revision::Standing`]).
    Standing,
    /// What the translation says of findings: known once everything else was told.
    Suppressions,
}

/// What a finding is about: what `outdated-translation` counts changes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The whole page.
    Page,
    /// Front matter.
    Metadata,
    /// Headings.
    Headings,
    /// Paragraphs, items, rows and other blocks that come or go.
    Blocks,
    /// The shape of lists.
    Lists,
    /// Links.
    Links,
    /// Code blocks and inline code.
    Code,
    /// The words of a passage.
    Words,
}

impl Kind {
    /// What its findings are about.
    pub fn subject(self) -> Subject {
        match self {
            Self::Absolute(subject) | Self::Comparative(subject) => subject,
            Self::Standing | Self::Suppressions => Subject::Page,
        }
    }
}
/// Why options are not those of a rule, and where in them.
pub type OptionsError = config::TypeError;

/// Makes a check from its options.
pub(crate) fn load<C: Check + serde::de::DeserializeOwned + 'static>(
    options: Value,
) -> Result<Box<dyn Check>, OptionsError> {
    Ok(Box::new(config::typed::<C>(options)?))
}

/// What `rules/<id>.yaml` says of a rule, for those who read its findings and those who configure it.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "rules/<id>.yaml"))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Declaration {
    /// Its name in reports and configurations: the problem, so that it reads after "allow". The file is called so too.
    pub id: String,
    /// What it finds, in one line.
    pub summary: String,
    /// Why that matters to readers or to those who publish.
    pub why: String,
    /// What to do about a finding, as it stands behind `help:`; no capital at its start, no full stop.
    pub help: String,
    /// What looks like a finding and is not told.
    pub silent: String,
    /// How much a finding weighs unless configured.
    pub severity: Severity,
    /// The kind of error in the terms of the field.
    pub category: Category,
    /// How often it was right where that was measured.
    pub truth: Option<Truth>,
    /// The facts that it goes by: hosts, metadata keys. Configurations overlay them.
    #[serde(default = "no_options")]
    #[cfg_attr(test, schemars(with = "std::collections::BTreeMap<String, serde_json::Value>"))]
    pub options: Value,
    /// Short texts that show what it finds and what it passes over; each is tried.
    #[serde(default)]
    pub examples: Examples,
}

/// The kind of error, in two vocabularies.
#[derive(Clone, Debug, Deserialize, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Multidimensional Quality Metrics, <https://themqm.org>.
    pub mqm: String,
    /// ITS 2.0 localization quality issue type, <https://www.w3.org/TR/its20/#lqissue-typevalues>.
    pub its: String,
}

/// How often a rule was right.
#[derive(Clone, Debug, Deserialize, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Truth {
    /// Findings that were read beside both documents.
    pub read: u32,
    /// How many of them were right.
    pub right: u32,
    /// What they were read on.
    pub corpus: String,
}

fn no_options() -> Value {
    Value::Mapping(serde_yaml::Mapping::new())
}

impl Builtin {
    /// Reads the declaration. The built-in ones are proved to be sound by a test.
    pub fn declaration(&self) -> Result<Declaration, serde_yaml::Error> {
        serde_yaml::from_str(self.yaml)
    }
}

/// Where a check tells its findings: the only way to make one.
#[derive(Debug, Default)]
pub struct Report {
    pub(crate) findings: Vec<Finding>,
}

/// What a check found, in places of the two documents that it saw.
#[derive(Debug)]
pub struct Finding {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) label: Option<String>,
    pub(crate) help: Option<String>,
    pub(crate) origin: Origin,
    pub(crate) references: Vec<(Span, String)>,
    pub(crate) about: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) is_slip: bool,
    pub(crate) is_absolute: bool,
    pub(crate) is_minor: bool,
    pub(crate) fix: Option<(Applicability, String, Span, String)>,
}

impl Report {
    /// Tells a finding at a place of the translation; what is given back takes the rest.
    ///
    /// The message says what is wrong in one sentence, without line numbers and totals.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        let at = self.findings.len();
        self.findings.push(Finding {
            span,
            message: message.into(),
            label: None,
            help: None,
            origin: Origin::Translation,
            references: Vec::new(),
            about: None,
            value: None,
            is_slip: false,
            is_absolute: false,
            is_minor: false,
            fix: None,
        });
        &mut self.findings[at]
    }

    /// The findings so far.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl Finding {
    /// What it says.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whose it is.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// A few words for the marked place.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = Some(label.into());
        self
    }

    /// What to do, where the rule's own help can be said more exactly.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// A place in the reference that it was held against, and a few words for it; the first is the one that counts.
    pub fn reference(&mut self, span: Span, label: impl Into<String>) -> &mut Self {
        self.references.push((span, label.into()));
        self
    }

    /// What makes it the same finding beside another revision of the reference, where its place does not: the target
    /// of a lost link, the name of a lost key.
    pub fn about(&mut self, subject: impl Into<String>) -> &mut Self {
        self.about = Some(subject.into());
        self
    }

    /// What stands where the reference has something else, without what languages change in it: two translations that
    /// have the same kept an older value.
    pub fn value(&mut self, value: impl Into<String>) -> &mut Self {
        self.value = Some(value.into());
        self
    }

    /// A slip of the hand: that others made it too, or that much else differs, says nothing of an older revision.
    pub fn slip(&mut self) -> &mut Self {
        self.is_slip = true;
        self
    }

    /// Wrong beside every revision of the reference, though the rule finds differences too.
    pub fn absolute(&mut self) -> &mut Self {
        self.is_absolute = true;
        self
    }

    /// A difference that is more often meant than wrong: it weighs `info` at most.
    pub fn minor(&mut self) -> &mut Self {
        self.is_minor = true;
        self
    }

    /// It is a consequence of an older revision.
    pub fn outdated(&mut self) -> &mut Self {
        self.origin = Origin::Outdated;
        self
    }

    /// The reference has the same at its place.
    pub fn in_reference_too(&mut self, is_so: bool) -> &mut Self {
        if is_so {
            self.origin = Origin::Reference;
        }
        self
    }

    /// New text for a place of the translation that mends it.
    pub fn fix(
        &mut self,
        applicability: Applicability,
        title: impl Into<String>,
        place: Span,
        text: impl Into<String>,
    ) {
        self.fix = Some((applicability, title.into(), place, text.into()));
    }
}
