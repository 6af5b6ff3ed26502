//! bilingual
