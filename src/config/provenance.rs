//! Where the values of a configuration come from.

use std::sync::Arc;

use super::file::ConfigFile;
use super::path::KeyPath;

/// Where a configuration comes from. Without a file and without anything recognised all of it is built in.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    /// The file that it was read from.
    pub file: Option<Arc<ConfigFile>>,
    /// Where values come from that no file says, in a few words: `recognised from the tree`.
    pub recognised: Option<String>,
}

/// What is told of a value that nobody configured.
pub const BUILT_IN: &str = "built in";

impl Provenance {
    /// A configuration that no file says.
    pub fn recognised(words: impl Into<String>) -> Self {
        Self { file: None, recognised: Some(words.into()) }
    }

    /// Where a value comes from that is not the built-in one: `cognate.yaml:3`, or what recognised it.
    pub fn of(&self, path: &KeyPath) -> String {
        let in_file = self.file.as_ref().and_then(|file| {
            let line = file.line(path)?;
            Some(format!("{}:{line}", file.source().name()))
        });
        in_file.or_else(|| self.recognised.clone()).unwrap_or_else(|| BUILT_IN.to_owned())
    }
}
