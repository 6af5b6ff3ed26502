//! Names of git objects.

use std::fmt;

/// A git object's whole name: 40 hexadecimal digits (SHA-1) or 64 (SHA-256).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Oid {
    /// Zeros follow the twenty bytes of a SHA-1.
    bytes: [u8; 32],
    /// In bytes: 20 or 32.
    length: u8,
}

impl Oid {
    /// Reads 40 or 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        let length = match digits.len() {
            40 => 20,
            64 => 32,
            _ => return None,
        };
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Self { bytes, length })
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes.iter().take(self.length.into()).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_read_and_told() {
        let sha1 = "0123456789abcdef0123456789abcdef01234567";
        let sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        for name in [sha1, sha256] {
            assert_eq!(Oid::parse(name).map(|oid| oid.to_string()).as_deref(), Some(name));
        }
        assert_eq!(Oid::parse(&sha1.to_uppercase()), Oid::parse(sha1));
        assert_ne!(Oid::parse(sha1), Oid::parse(sha256));
        for name in ["", "0123456", &sha1[1..], &sha1.replace('0', "g"), &sha1.replace("01", "é")] {
            assert_eq!(Oid::parse(name), None, "{name}");
        }
    }
}
