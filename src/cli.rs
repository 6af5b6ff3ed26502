//! What the command line takes.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::{Root, did_you_mean};
use crate::diagnostic::{Origin, Severity};
use crate::revision::Policy;

/// Finds where translations of Markdown documentation no longer agree with their reference.
#[derive(Debug, Parser)]
#[command(name = "cognate", version, about, max_term_width = 100, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do; `check` where nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// The arguments of `check`.
    #[command(flatten)]
    pub check: CheckArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Hold translations against their reference (the default)
    Check(Box<CheckArgs>),
    /// Write a cognate.yaml that says where translations and references are, as far as the files show it
    Init(InitArgs),
    /// Say what a rule finds, why that matters and what to do
    Explain {
        /// The rule, such as `drifted-url`
        rule: String,

        /// Configuration file [default: cognate.yaml here or above]
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// List the rules, those of your own last
    Rules {
        /// As a table, or as JSON
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,

        /// Configuration file [default: cognate.yaml here or above]
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Try the examples of your own rules: the bad ones must be found, the good ones must not
    TestRules {
        /// Rule files [default: those of the configuration]
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,

        /// Configuration file [default: cognate.yaml here or above]
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Write the outline of a document: what its translations must have, as YAML
    Outline {
        /// A Markdown document
        file: PathBuf,
    },
    /// Show what is configured and where each value comes from, for a project or for one document
    Config(ConfigArgs),
    /// Print a JSON Schema, for editors and other programs
    Schema {
        /// Of what
        #[arg(value_enum, default_value_t = SchemaOf::Config)]
        of: SchemaOf,
    },
    /// Print completions for a shell
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// The arguments of `config`.
#[derive(Args, Debug)]
pub struct ConfigArgs {
    /// A document: show what holds for it
    pub path: Option<PathBuf>,

    /// Configuration file [default: cognate.yaml here or above]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// A folder outside of the project that layouts call by this name, such as source=../docs
    #[arg(long, value_name = "NAME=DIR")]
    pub root: Vec<Root>,

    /// Show what is built in as well
    #[arg(long)]
    pub all: bool,

    /// As YAML that can be a configuration itself, or as JSON
    #[arg(long, value_enum, default_value_t = ConfigFormat::Yaml)]
    pub format: ConfigFormat,

    /// Colour the text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
}

/// How a configuration is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ConfigFormat {
    /// With comments that say where values come from
    Yaml,
    /// One JSON object; each value is `{ "value": …, "from": … }`
    Json,
}

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `cognate.yaml`
    Config,
    /// A rule file, `rules/<id>.yaml`
    Rule,
    /// A file with rules of your own, `cognate-rules.yaml`
    RuleFile,
    /// What `cognate check --format json` prints
    Report,
}

/// The arguments of `check`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Files and folders to check; `-` for standard input [default: the working directory]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Which file standard input is the text of, as an editor has it: its reference is found by this path
    #[arg(long, value_name = "FILE", conflicts_with_all = ["since", "staged"])]
    pub stdin_filename: Option<PathBuf>,

    /// Hold the given files against this document, outline or folder
    #[arg(long, value_name = "FILE|DIR")]
    pub reference: Option<PathBuf>,

    /// Only translations that changed since this branch left a revision, and all of references that did
    #[arg(long, value_name = "REV", conflicts_with = "reference")]
    pub since: Option<String>,

    /// Only translations that the next commit changes, and all of references that it changes
    #[arg(long, conflicts_with_all = ["reference", "since"])]
    pub staged: bool,

    /// Configuration file [default: cognate.yaml here or above]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// A folder outside of the project that layouts call by this name, such as source=../docs
    #[arg(long, value_name = "NAME=DIR")]
    pub root: Vec<Root>,

    /// How to tell the findings, and to which file; several times for several formats. One of text, concise, json,
    /// json-lines, sarif, github, gitlab, rdjson, junit, checkstyle and markdown [default: text]
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub format: Vec<Destined>,

    /// Write the findings to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Only these rules, separated by commas
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub select: Vec<String>,

    /// All but these rules, separated by commas
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Only translations into these locales, such as `it,zh-TW`
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    pub locale: Vec<String>,

    /// Only findings of these origins
    #[arg(long, value_enum, value_name = "ORIGINS", value_delimiter = ',')]
    pub origin: Vec<Origin>,

    /// Mend what has one right answer, and tell the rest
    #[arg(long, group = "mends", conflicts_with_all = ["stdin_filename", "write_baseline"])]
    pub fix: bool,

    /// With --fix or --diff: mend what wants a look as well
    #[arg(long, requires = "mends")]
    pub unsafe_fixes: bool,

    /// Show what --fix would do, and change nothing
    #[arg(long, group = "mends", conflicts_with_all = ["fix", "write_baseline"])]
    pub diff: bool,

    /// With --fix: also in files that have changes which are not committed
    #[arg(long, requires = "fix")]
    pub allow_dirty: bool,

    /// Write the findings of now to the baseline, so that later runs tell what is new alone
    #[arg(long, conflicts_with_all = ["prune_baseline", "no_baseline", "since", "staged", "stdin_filename"])]
    pub write_baseline: bool,

    /// Take what is mended out of the baseline
    #[arg(long, conflicts_with_all = ["no_baseline", "since", "staged", "stdin_filename"])]
    pub prune_baseline: bool,

    /// The baseline [default: `baseline:` of the configuration]
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Tell what is in the baseline as well
    #[arg(long)]
    pub no_baseline: bool,

    /// Which revision of the reference a translation is held against
    #[arg(long, value_enum, value_name = "REVISION", default_value_t = Policy::Auto)]
    pub revision: Policy,

    /// Find out anew which revisions fit, and remember nothing
    #[arg(long)]
    pub no_cache: bool,

    /// Exit with 1 for findings of at least this severity
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Severity::Warning)]
    pub fail_on: Severity,

    /// Show findings of severity `info` as well
    #[arg(long, short)]
    pub verbose: bool,

    /// Show the findings and nothing else
    #[arg(long, short, conflicts_with_all = ["verbose", "statistics"])]
    pub quiet: bool,

    /// Show how many findings each rule made, in how many files and in what time, instead of the findings
    #[arg(long)]
    pub statistics: bool,

    /// Colour the text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
}

/// The arguments of `init`.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// The folder to look at and to write to [default: the working directory]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,

    /// Show the file instead of writing it
    #[arg(long)]
    pub print: bool,
}

/// How findings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: both sides, with help
    Text,
    /// One line each, as editors read it
    Concise,
    /// One JSON object
    Json,
    /// One JSON object a line for each finding
    JsonLines,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// Reviewdog's diagnostic format
    Rdjson,
    /// `JUnit`'s XML
    Junit,
    /// Checkstyle's XML
    Checkstyle,
    /// A report in Markdown
    Markdown,
}

/// A format, and the file that it goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destined {
    /// How findings are told.
    pub format: Format,
    /// Where; standard output where no file is named.
    pub file: Option<PathBuf>,
}

impl FromStr for Destined {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("a file is missing behind `=`".to_owned()),
            Some((name, "-")) => (name, None),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let all: Vec<PossibleValue> =
            Format::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let names: Vec<&str> = all.iter().map(PossibleValue::get_name).collect();
        let format = <Format as ValueEnum>::from_str(name, false)
            .map_err(|_| format!("there is no format `{name}`; {}", did_you_mean(name, &names)))?;
        Ok(Self { format, file })
    }
}

/// How rules are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table
    Text,
    /// A JSON array
    Json,
}

/// When text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Even into a file
    Always,
    /// Not at all
    Never,
}

impl ColorChoice {
    /// Is what is written coloured, where `auto` says whether it goes to a terminal that shows colours?
    pub fn colors(self, auto: bool) -> bool {
        match self {
            Self::Auto => auto,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
