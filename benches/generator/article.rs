//! What an article says, in no language.

use super::random::Random;

/// An article of its blocks.
pub(crate) struct Article {
    /// Its file's name.
    pub(crate) name: String,
    /// Its number in the estate.
    pub(crate) number: u64,
    /// Its title.
    pub(crate) title: Piece,
    /// What it is made of.
    pub(crate) blocks: Vec<Block>,
}

/// A block.
pub(crate) enum Block {
    /// With its level.
    Heading(usize, Piece),
    /// Sentences.
    Paragraph(Vec<Sentence>),
    /// Items, numbered or not.
    List(bool, Vec<Sentence>),
    /// A note set apart.
    Alert(Sentence),
    /// Commands.
    Fence(Vec<String>),
    /// Rows of two cells.
    Table(Vec<[Piece; 2]>),
    /// A picture with its description.
    Image(Piece, String),
}

/// Pieces one after the other.
pub(crate) type Sentence = Vec<Piece>;

/// A part of a sentence. Words are the numbers of the first and of how many.
#[derive(Clone)]
pub(crate) enum Piece {
    /// Words.
    Words(u64, u64),
    /// Bold words: what stands on a button.
    Bold(u64, u64),
    /// Buttons behind each other, each of two words.
    Path(u64, u64),
    /// Words that lead somewhere.
    Link(u64, u64, String),
    /// A name of a program's.
    Code(String),
}

/// A place that this much of the links lead to, of a hundred; the first host is one that was given up.
const HOSTS: [(usize, &str); 4] = [
    (50, "https://docs.microsoft.com/"),
    (12, "https://support.office.com/article/"),
    (20, "https://go.example.com/"),
    (18, "/"),
];

impl Article {
    /// The article of a number, under a seed.
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mut draft = Draft { random: Random::new(seed, &["article", &number.to_string()]), word: number * 10_000 };
        let title = draft.words(3, 6);
        let name = format!("article-{number:05}.md");
        let blocks = draft.blocks();
        Self { name, number, title, blocks }
    }

    /// An article of paragraphs, links, lists and code with as many blocks as are asked for.
    pub(crate) fn of_blocks(seed: u64, blocks: usize) -> Self {
        let mut article = Self::new(seed, 0);
        let mut draft = Draft { random: Random::new(seed, &["long"]), word: 1 << 40 };
        article.blocks.clear();
        while article.blocks.len() < blocks {
            article.blocks.append(&mut draft.blocks());
        }
        article.blocks.truncate(blocks);
        article
    }
}

/// An article that is being written.
struct Draft {
    random: Random,
    word: u64,
}

impl Draft {
    fn chance(&mut self, of_thousand: usize) -> bool {
        self.random.below(1000) < of_thousand
    }

    fn number(&mut self, least: u64, most: u64) -> u64 {
        let span = usize::try_from(most - least + 1).unwrap_or(1);
        least + self.random.below(span) as u64
    }

    fn words(&mut self, least: u64, most: u64) -> Piece {
        let count = self.number(least, most);
        self.word += count;
        Piece::Words(self.word - count, count)
    }

    fn blocks(&mut self) -> Vec<Block> {
        let heading = self.words(3, 6);
        let mut blocks = vec![Block::Heading(1, heading)];
        for _ in 0..self.number(2, 4) {
            let sentences = (0..self.number(1, 3)).map(|_| self.sentence()).collect();
            blocks.push(Block::Paragraph(sentences));
        }
        if self.chance(600) {
            let items = (0..self.number(3, 7)).map(|_| self.sentence()).collect();
            blocks.push(Block::List(self.chance(500), items));
        }
        blocks.extend(self.rare());
        if self.chance(150) {
            let heading = self.words(2, 5);
            blocks.push(Block::Heading(2, heading));
            let sentences = vec![self.sentence(), self.sentence()];
            blocks.push(Block::Paragraph(sentences));
        }
        blocks
    }

    fn rare(&mut self) -> Option<Block> {
        match self.random.below(1000) {
            0..=4 => Some(Block::Alert(self.sentence())),
            5..=8 => Some(Block::Fence((0..self.number(1, 6)).map(|i| format!("Get-Item{i} -Name $x{i}")).collect())),
            9 => Some(Block::Table((0..self.number(2, 6)).map(|_| [self.words(1, 3), self.words(3, 8)]).collect())),
            10..=23 => Some(Block::Image(self.words(2, 5), format!("media/picture-{}.png", self.word))),
            _ => None,
        }
    }

    fn sentence(&mut self) -> Sentence {
        let mut sentence = vec![self.words(4, 9)];
        match self.random.below(1000) {
            0..=249 => sentence.push(self.link()),
            250..=449 => {
                let Piece::Words(first, count) = self.words(1, 3) else { return sentence };
                sentence.push(Piece::Bold(first, count));
            }
            450..=479 => {
                self.word += 6;
                sentence.push(Piece::Path(self.word - 6, 3));
            }
            480..=484 => sentence.push(Piece::Code(format!("Set-Option{}", self.word))),
            _ => {}
        }
        if self.chance(500) {
            sentence.push(self.words(2, 8));
        }
        sentence
    }

    fn link(&mut self) -> Piece {
        let mut of_hundred = self.random.below(100);
        let host = HOSTS.iter().find(|(share, _)| {
            let is_here = of_hundred < *share;
            of_hundred = of_hundred.saturating_sub(*share);
            is_here
        });
        let host = host.map_or("/", |(_, host)| *host);
        let Piece::Words(first, count) = self.words(2, 6) else { return self.words(1, 2) };
        Piece::Link(first, count, format!("{host}topic-{}/page-{}", self.word % 97, self.word))
    }
}
