//! What is wrong with a configuration, and where.

use std::fmt;

use crate::source::{Source, Span};

/// One thing that is wrong in a file that people write for Cognate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where in the file; `None` where it is about the whole of it.
    pub span: Option<Span>,
    /// What is wrong.
    pub message: String,
    /// A few words for the marked place.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}

impl Mistake {
    /// A mistake without advice.
    pub fn new(span: Option<Span>, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self { span, message: message.into(), label: label.into(), help: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Why a configuration cannot be used: all that was found in one file, in its order.
#[derive(Debug)]
pub struct ConfigError(Box<(Source, Vec<Mistake>)>);

impl ConfigError {
    /// Mistakes in a file.
    pub fn new(source: Source, mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort_by_key(|mistake| mistake.span);
        Self(Box::new((source, mistakes)))
    }

    /// The file; its name is the one that it is told by.
    pub fn source(&self) -> &Source {
        &self.0.0
    }

    /// What is wrong in it.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.0.1
    }
}

impl fmt::Display for ConfigError {
    /// A line for each mistake: `cognate.yaml:3:5: what is wrong; what to do`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, mistake) in self.mistakes().iter().enumerate() {
            f.write_str(if at > 0 { "\n" } else { "" })?;
            f.write_str(self.source().name())?;
            if let Some(span) = mistake.span {
                let start = self.source().locate(span).start;
                write!(f, ":{}:{}", start.line, start.column)?;
            }
            write!(f, ": {}", mistake.message)?;
            if let Some(help) = &mistake.help {
                write!(f, "; {help}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
