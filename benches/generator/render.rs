//! An article in a language, with slips.

use std::fmt::Write;

use super::article::{Article, Block, Piece, Sentence};
use super::locale::{ENGLISH, Locale};
use super::random::Random;

/// How often each slip is made, of a hundred thousand.
mod rates {
    /// Files that are behind.
    pub(super) const BEHIND: usize = 10_900;
    /// Files with a sentence that nobody translated.
    pub(super) const UNTRANSLATED: usize = 1_800;
    /// Files with a list that lost its marks.
    pub(super) const LIST_JOINED: usize = 110;
    /// Links that take in the sentence's sign.
    pub(super) const SIGN_IN_LINK: usize = 15_300;
    /// Links of a word where there were several.
    pub(super) const LINK_SHRUNK: usize = 3_500;
    /// Links without a space behind them.
    pub(super) const LINK_GLUED: usize = 2_900;
    /// Links without a text.
    pub(super) const LINK_EMPTY: usize = 1_420;
    /// Links that lost a bracket.
    pub(super) const LINK_BROKEN: usize = 17;
    /// Bold words that take in the sentence's sign.
    pub(super) const SIGN_IN_BOLD: usize = 10_400;
    /// Bold words that are bold no more.
    pub(super) const BOLD_LOST: usize = 2_700;
    /// Bold words whose marks are shown.
    pub(super) const BOLD_BROKEN: usize = 250;
    /// Paths with a hole.
    pub(super) const PATH_HOLE: usize = 9_000;
}

/// How an article becomes a page.
#[derive(Clone, Copy)]
pub(crate) struct Page<'l> {
    /// Its language.
    pub(crate) locale: &'l Locale,
    /// Its seed, where it has slips.
    pub(crate) slips: Option<u64>,
}

/// The text of an article's page.
pub(crate) fn render(article: &Article, page: Page<'_>) -> String {
    let name = ["page", page.locale.tag, &article.name];
    let random = page.slips.map(|seed| Random::new(seed, &name));
    let mut writer = Writer { locale: page.locale, random, text: String::with_capacity(2048) };
    let is_behind = writer.slips(rates::BEHIND);
    let untranslated = writer.slips(rates::UNTRANSLATED).then_some(article.blocks.len() / 2);
    writer.metadata(article, is_behind);
    // What an older version did not say yet.
    let blocks = if is_behind && writer.slips(30_000) { article.blocks.len() - 1 } else { article.blocks.len() };
    for (number, block) in article.blocks[..blocks].iter().enumerate() {
        let own = writer.locale;
        if untranslated == Some(number) {
            writer.locale = &ENGLISH;
        }
        writer.block(block);
        writer.locale = own;
    }
    writer.text
}

struct Writer<'l> {
    locale: &'l Locale,
    random: Option<Random>,
    text: String,
}

impl Writer<'_> {
    /// Does a slip happen?
    fn slips(&mut self, rate: usize) -> bool {
        self.random.as_mut().is_some_and(|random| random.below(100_000) < rate)
    }

    fn metadata(&mut self, article: &Article, is_behind: bool) {
        self.text.push_str("---\ntitle: ");
        self.piece(&article.title);
        let (number, version) = (article.number, if is_behind { "a" } else { "b" });
        let _ = write!(
            self.text,
            "\nms.author: author{}\nauthor: author{0}\nmanager: manager{}\nms.audience: Admin\nms.topic: article\n",
            number % 40,
            number % 7
        );
        let _ = write!(
            self.text,
            "ms.service: administration\nROBOTS: NOINDEX, NOFOLLOW\nlocalization_priority: Priority\nms.collection: Adm\n\
             ms.custom:\n- \"{}\"\n- \"{}\"\nms.openlocfilehash: {version}{number:063x}\n\
             ms.sourcegitcommit: {version}{:039x}\nms.translationtype: MT\nms.contentlocale: {}\nms.lasthandoff: \
             0{}/05/2021\nms.locfileid: \"{number}\"\n---\n",
            9_000_000 + number,
            3_000 + number,
            number % 500,
            self.locale.tag,
            if is_behind { 3 } else { 8 },
        );
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, words) => {
                let _ = write!(self.text, "{} ", "#".repeat(*level));
                self.piece(words);
            }
            Block::Paragraph(sentences) => sentences.iter().for_each(|sentence| self.sentence(sentence)),
            Block::List(is_ordered, items) => {
                let is_joined = self.slips(rates::LIST_JOINED);
                for (number, item) in items.iter().enumerate() {
                    match is_ordered {
                        _ if is_joined && number > 0 => {}
                        true => drop(write!(self.text, "{}. ", number + 1)),
                        false => self.text.push_str("- "),
                    }
                    self.sentence(item);
                    self.end_line();
                }
            }
            Block::Alert(sentence) => {
                self.text.push_str("> [!NOTE]\n> ");
                self.sentence(sentence);
            }
            Block::Fence(lines) => {
                let _ = write!(self.text, "```powershell\n{}\n```", lines.join("\n"));
            }
            Block::Table(rows) => {
                self.text.push_str("| # | # |\n|---|---|\n");
                for [left, right] in rows {
                    self.text.push_str("| ");
                    self.piece(left);
                    self.text.push_str(" | ");
                    self.piece(right);
                    self.text.push_str(" |\n");
                }
            }
            Block::Image(words, file) => {
                self.text.push_str("![");
                self.piece(words);
                let _ = write!(self.text, "]({file})");
            }
        }
        self.end_line();
    }

    /// Ends a block, without blanks at its end.
    fn end_line(&mut self) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.text.push_str("\n\n");
    }

    fn sentence(&mut self, sentence: &Sentence) {
        for (number, piece) in sentence.iter().enumerate() {
            let is_glued = number > 0 && matches!(sentence[number - 1], Piece::Link(..)) && {
                self.locale.is_dense() || self.slips(rates::LINK_GLUED)
            };
            if number > 0 && !is_glued {
                self.text.push(' ');
            }
            let is_last = number + 1 == sentence.len();
            match piece {
                Piece::Link(first, count, target) => self.link((*first, *count), target, is_last),
                Piece::Bold(first, count) => self.bold(*first, *count, is_last),
                _ => self.piece(piece),
            }
        }
        if !self.text.ends_with(['.', '。']) {
            self.text.push_str(self.locale.stop);
        }
        if !self.locale.is_dense() {
            self.text.push(' ');
        }
    }

    fn link(&mut self, (first, count): (u64, u64), target: &str, is_last: bool) {
        let is_empty = self.slips(rates::LINK_EMPTY);
        let count = if self.slips(rates::LINK_SHRUNK) { 1 } else { count };
        self.text.push('[');
        if !is_empty {
            self.locale.words(first, count, &mut self.text);
            if is_last && self.slips(3 * rates::SIGN_IN_LINK) {
                self.text.push_str(self.locale.stop.trim_end());
            }
        }
        let end = if self.slips(rates::LINK_BROKEN) { "] (" } else { "](" };
        self.text.push_str(end);
        let _ = write!(self.text, "{target})");
    }

    fn bold(&mut self, first: u64, count: u64, is_last: bool) {
        let marks = if self.slips(rates::BOLD_LOST) { "" } else { "**" };
        self.text.push_str(marks);
        if self.slips(rates::BOLD_BROKEN) {
            self.text.push(' ');
        }
        self.locale.words(first, count, &mut self.text);
        if is_last && self.slips(3 * rates::SIGN_IN_BOLD) {
            self.text.push_str(self.locale.stop.trim_end());
        }
        self.text.push_str(marks);
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Words(first, count) | Piece::Bold(first, count) | Piece::Link(first, count, _) => {
                self.locale.words(*first, *count, &mut self.text);
            }
            Piece::Path(first, steps) => {
                let hole = self.slips(rates::PATH_HOLE);
                for step in 0..*steps {
                    self.text.push_str(if step == 0 { "" } else { " > " });
                    if !(hole && step == 1) {
                        self.text.push_str("**");
                        self.locale.words(first + 2 * step, 2, &mut self.text);
                        self.text.push_str("**");
                    }
                }
            }
            Piece::Code(name) => {
                let _ = write!(self.text, "`{name}`");
            }
        }
    }
}
