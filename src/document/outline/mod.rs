//! Outlines: a reference structure that somebody declared in YAML.
//!
//! ```yaml
//! metadata: [title, ms.author, { ms.topic: article }]
//! body:
//!   - heading: 1
//!     anchor: transfer
//!   - paragraph: { links: [/contact] }
//!   - list:
//!       - { links: [/cancel, /buy] }
//!       - list: [{ links: [/move] }]
//!   - code: sh
//!   - table: { columns: 2, rows: 3 }
//!   - quote: [paragraph]
//! ```
//!
//! A plain name (`paragraph`, `heading`) is a block of which nothing more is asked.

mod read;
mod write;

pub use read::{OutlineError, parse};
pub use write::write;
