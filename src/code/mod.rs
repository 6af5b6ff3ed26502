//! Code: what of a code block is the same in every language.
//!
//! Comments, texts in quotes and between tags, and names of somebody's own are translated; keywords, calls, numbers and
//! signs are not. A block is read into lines of tokens ([`lexer`]), and two blocks are compared line by line ([`diff`]).

mod diff;
mod inline;
mod lexer;
mod names;
mod style;
mod syntax;
mod words;

pub use diff::{Change, compare};
pub use inline::{
    differing_word, holds, is_keyword, is_near_miss, is_same, is_slip_in_words, is_spoilt, is_translated_path, is_word,
    shape,
};
pub use lexer::{Line, Token, TokenKind, lines};
pub use names::Vocabulary;
pub use syntax::{is_prose, language};
