//! Pages like those of a large publisher, out of a seed: what one article says, in as many languages as are asked for,
//! with the slips that translations have.
//!
//! How often things occur is what was counted over 108,571 files of one publisher's support articles in 36 locales:
//! links, bold words, list items and headings to a page, its size, and each kind of slip to a link, a bold word or a
//! file. The words are made up.

#![allow(dead_code, reason = "each benchmark uses some of it")]

mod article;
mod locale;
mod random;
mod render;

pub(crate) use article::Article;
pub(crate) use locale::{ENGLISH, LOCALES};
pub(crate) use render::{Page, render};
