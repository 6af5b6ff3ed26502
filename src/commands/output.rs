//! `--output`: a file that is written whole or not at all.

use std::fs::Permissions;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::Failure;

/// Where findings go.
pub(super) struct Output {
    target: Option<PathBuf>,
    /// Behind what stands in the file.
    appends: bool,
    buffer: Vec<u8>,
}

impl Output {
    /// Standard output where no file is named.
    pub(super) fn open(file: Option<&Path>) -> Result<Self, Failure> {
        if let Some(folder) = file.filter(|file| file.is_dir()) {
            return Err(format!("--output: {} is a folder", folder.display()).into());
        }
        Ok(Self { target: file.map(Path::to_owned), appends: false, buffer: Vec::new() })
    }

    /// A file that others write to as well.
    pub(super) fn append(file: &Path) -> Self {
        Self { target: Some(file.to_owned()), appends: true, buffer: Vec::new() }
    }

    /// Writes a whole file at once.
    pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
        Self { target: Some(file.to_owned()), appends: false, buffer: bytes.to_vec() }.close()
    }

    /// Puts new bytes in the place of a file, with its permissions, whole or not at all.
    pub(super) fn replace(file: &Path, bytes: &[u8], permissions: &Permissions) -> std::io::Result<()> {
        let beside = beside(file);
        let written = std::fs::write(&beside, bytes)
            .and_then(|()| std::fs::set_permissions(&beside, permissions.clone()))
            .and_then(|()| std::fs::rename(&beside, file));
        if written.is_err() {
            let _ = std::fs::remove_file(&beside);
        }
        written
    }

    pub(super) fn writer<'w>(&'w mut self, out: &'w mut (dyn Write + Send)) -> &'w mut dyn Write {
        if self.target.is_some() { &mut self.buffer } else { out }
    }

    /// Puts the file in its place. What is not a regular file (`/dev/null`, a pipe) is written to and stays what it is.
    pub(super) fn close(self) -> Result<(), Failure> {
        let Some(target) = self.target else { return Ok(()) };
        // What a link leads to is written; the link stays one.
        let target = &if target.is_symlink() { target.canonicalize().unwrap_or(target) } else { target };
        let fail = |error: std::io::Error| {
            Failure::Message(format!("{}: the file cannot be written: {error}", target.display()))
        };
        if self.appends {
            let file = std::fs::OpenOptions::new().create(true).append(true).open(target);
            return file.and_then(|mut file| file.write_all(&self.buffer)).map_err(fail);
        }
        let is_special = target.metadata().is_ok_and(|known| !known.is_file());
        if is_special {
            return std::fs::write(target, &self.buffer).map_err(fail);
        }
        let beside = beside(target);
        std::fs::write(&beside, &self.buffer).and_then(|()| std::fs::rename(&beside, target)).map_err(|error| {
            let _ = std::fs::remove_file(&beside);
            fail(error)
        })
    }
}

/// A name for a file that takes the place of another.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    file.with_file_name(name)
}
