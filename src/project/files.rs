//! Files, read within limits.

use std::fs::{self, File};
use std::io::{Error, Read, Result};
use std::path::Path;

use crate::source::Source;

/// The bytes of a file; of one that is larger than [`Source::MAX_BYTES`] one more than that, by which it is known.
///
/// A pipe or a device, which might never end, is an error.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(Error::other("it is no regular file"));
    }
    let most = Source::MAX_BYTES + 1;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(most).min(most) + 1);
    File::open(path)?.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
