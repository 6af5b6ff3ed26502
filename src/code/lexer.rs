//! Code to tokens, without comments and words for people: enough of the common languages to tell the one from the
//! other, no more.

use super::style;
use super::syntax::{Syntax, syntax};
use super::words::{
    is_mark, is_output, is_sentence, name_in_braces, opens_placeholder, opens_with_key, placeholder, prose_word, quoted,
};

/// What is left of one line of code. Lines of which nothing is left are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// Its place among the lines of the block, from 0.
    pub number: usize,
    /// What stands in it.
    pub tokens: Vec<Token<'t>>,
}

/// A piece of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// What it is.
    pub kind: TokenKind,
    /// As it is written.
    pub text: &'t str,
    /// Where it stands in the block, in bytes.
    pub at: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A keyword, a name, or another run of letters and digits.
    Word,
    /// A number.
    Number,
    /// A sign.
    Sign,
    /// A text in quotes, with them.
    Quoted,
    /// Words for people without quotes: the value of a key.
    Text,
}

/// The lines of a block of code in a language, by the name that fences give it.
pub fn lines<'t>(text: &'t str, language: &str) -> Vec<Line<'t>> {
    let Some(syntax) = syntax(language) else { return Vec::new() };
    let start = if syntax.is_markup { Mode::Children } else { Mode::Code };
    let mut lexer =
        Lexer { text, at: 0, end: 0, syntax, modes: vec![start], open: None, tokens: Vec::new(), blank: true };
    let mut lines = Vec::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        lexer.end = lexer.at + line.trim_end().len();
        let next = lexer.at + line.len();
        lexer.line();
        lexer.at = next;
        let tokens = style::plain(std::mem::take(&mut lexer.tokens));
        if !tokens.is_empty() && !is_left_out(&tokens) {
            lines.push(Line { number, tokens });
        }
    }
    lines
}

/// `[...]`: lines that whoever wrote the example left out.
fn is_left_out(tokens: &[Token<'_>]) -> bool {
    let is_dots = |token: &Token<'_>| matches!(token.text, "." | "..." | "…");
    tokens.iter().any(is_dots) && tokens.iter().all(|token| is_dots(token) || matches!(token.text, "[" | "]"))
}

/// Where a lexer of a language with tags is.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// In code.
    Code,
    /// Between `<` and `>`.
    Tag {
        /// In `</name>`.
        closes: bool,
        /// What follows is code, or nothing: `<script>`, `<br>`.
        then: After,
    },
    /// Between two tags: words for people.
    Children,
}

/// What follows a tag.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Children,
    Code,
    Nothing,
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// Where the line ends.
    end: usize,
    syntax: Syntax,
    /// For languages with tags: what is open, the innermost last.
    modes: Vec<Mode>,
    /// What ends a comment or a text that an earlier line opened.
    open: Option<&'static str>,
    tokens: Vec<Token<'t>>,
    /// White space stands before, or nothing.
    blank: bool,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn line(&mut self) {
        self.blank = true;
        let start = self.rest().trim_start();
        // Some write comments in a way that their language has not, and show the prompt of a terminal or do not.
        let is_comment = || ["// ", "%% ", "-- ", "% "].iter().any(|comment| start.starts_with(comment));
        if self.open.is_none() && (is_comment() || (self.syntax.has_output && is_output(start))) {
            self.at = self.end;
            return;
        }
        // Behind the flags of a program stands what they are for.
        if (self.syntax.is_prose || self.syntax.has_output) && start.starts_with('-') {
            self.end -= start.len() - start.find("  ").unwrap_or(start.len());
        }
        if self.modes.len() == 1 && (start.starts_with("$ ") || (self.syntax.is_prose && start.starts_with("> "))) {
            self.at += self.rest().len() - start.len() + 1;
        }
        if let Some(close) = self.open {
            let Some(length) = self.rest().find(close) else { return };
            self.at += length + close.len();
            self.open = None;
        }
        while self.at < self.end {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start().len();
            self.blank |= blanks > 0;
            self.at += blanks;
            if !self.step() {
                return;
            }
            self.blank = false;
        }
    }

    /// Reads a token, a comment or words; false where nothing of the line is left.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(char) = rest.chars().next() else { return false };
        if let Some((start, end)) = self.syntax.block.iter().find(|(start, _)| rest.starts_with(start)) {
            return self.skip_to(start.len(), end);
        }
        match self.modes.last() {
            Some(Mode::Children) => {
                self.children(rest, char);
                return true;
            }
            Some(&Mode::Tag { closes, then }) if char == '>' || rest.starts_with("/>") => {
                self.close_tag(rest, closes, then);
                return true;
            }
            _ => {}
        }
        if self.is_comment(rest) {
            return false;
        }
        if let Some(quotes) = ["\"\"\"", "'''"].into_iter().find(|quotes| rest.starts_with(quotes)) {
            return self.skip_to(3, quotes);
        }
        self.code(rest, char);
        true
    }

    /// Passes over what ends with `end`, be it in a later line; false where it is.
    fn skip_to(&mut self, start: usize, end: &'static str) -> bool {
        let found = self.rest()[start..].find(end);
        match found {
            Some(length) => self.at += start + length + end.len(),
            None => self.open = Some(end),
        }
        found.is_some()
    }

    /// Does a comment to the end of the line start here? `#` does so behind a blank, `//` not behind a colon.
    fn is_comment(&self, rest: &str) -> bool {
        let after_colon = self.tokens.last().is_some_and(|token| token.text == ":") && !self.blank;
        match self.syntax.line.iter().find(|start| rest.starts_with(*start)) {
            Some(&"//") => !after_colon,
            Some(_) => self.blank,
            None => false,
        }
    }

    /// Between two tags.
    fn children(&mut self, rest: &'t str, char: char) {
        match char {
            '{' => {
                self.push(TokenKind::Sign, 1);
                self.modes.push(Mode::Code);
            }
            '<' if rest[1..]
                .starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '>' | '!')) =>
            {
                self.open_tag(rest);
            }
            // What a component file has before its template, and what closes a block around tags.
            '}' if self.modes.len() > 1 => {
                self.push(TokenKind::Sign, 1);
                self.modes.pop();
            }
            _ => {
                let first = char.len_utf8();
                self.at += first + rest[first..].find(['<', '{', '}']).unwrap_or(rest.len() - first);
            }
        }
    }

    fn open_tag(&mut self, rest: &'t str) {
        let closes = rest.starts_with("</");
        let name: &str = rest[1..]
            .trim_start_matches('/')
            .split(|char: char| !char.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let then = match name {
            "script" | "style" => After::Code,
            _ if self.syntax.is_markup && VOID.contains(&name) => After::Nothing,
            _ => After::Children,
        };
        self.push(TokenKind::Sign, 1);
        self.modes.push(Mode::Tag { closes, then });
    }

    fn close_tag(&mut self, rest: &'t str, closes: bool, then: After) {
        self.modes.pop();
        let mut is_empty = rest.starts_with('/');
        // `<br/>` is `<br>`.
        if is_empty && then == After::Nothing {
            self.at += 1;
            is_empty = false;
        }
        self.push(TokenKind::Sign, 1 + usize::from(is_empty));
        match then {
            // What is open is the element's content, unless the tags do not pair.
            _ if closes && self.modes.len() > 1 => {
                self.modes.pop();
            }
            _ if closes => {}
            After::Children if !is_empty => self.modes.push(Mode::Children),
            After::Code if !is_empty => self.modes.push(Mode::Code),
            _ => {}
        }
    }

    fn code(&mut self, rest: &'t str, char: char) {
        let has_quotes = matches!(char, '"' | '`') || (char == '\'' && !self.syntax.is_prose);
        if let Some(length) = quoted(rest, char).filter(|_| has_quotes) {
            return self.push(TokenKind::Quoted, length);
        }
        if let Some(length) = self.words(rest, char) {
            self.at += length;
            return;
        }
        if let Some(length) = self.bare_text(rest) {
            return self.push(TokenKind::Text, length);
        }
        let length = |is_part: &dyn Fn(char) -> bool| rest.find(|char| !is_part(char)).unwrap_or(rest.len());
        let is_part = |char: char| char.is_alphanumeric() || char == '_' || is_mark(char);
        if char.is_ascii_digit() {
            return self.push(TokenKind::Number, length(&|char| is_part(char) || char == '.'));
        }
        if is_part(char) {
            return self.push(TokenKind::Word, length(&is_part));
        }
        match char {
            '.' if rest.starts_with("...") => return self.push(TokenKind::Sign, 3),
            '<' if self.syntax.has_tags && self.starts_tag(rest) => return self.open_tag(rest),
            '{' if self.syntax.has_tags => self.modes.push(Mode::Code),
            '}' if self.syntax.has_tags && self.modes.len() > 1 => {
                self.modes.pop();
            }
            // Styles differ in where they put these, and frames in how wide they are.
            ';' | '\u{2500}'..='\u{257f}' => {
                self.at += 1;
                return;
            }
            _ => {}
        }
        self.push(TokenKind::Sign, char.len_utf8());
    }

    /// Behind a name `<` opens a list of types, or compares.
    fn starts_tag(&self, rest: &str) -> bool {
        let next = rest[1..].chars().next().unwrap_or(' ');
        let after_value = self.tokens.last().is_some_and(|token| {
            let is_value = token.kind != TokenKind::Sign || matches!(token.text, ")" | "]");
            is_value && !matches!(token.text, "return" | "default" | "yield" | "case" | "else")
        });
        let is_script_end = next == '/' && rest[2..].starts_with(['s', 'S']);
        (next.is_ascii_alphabetic() || matches!(next, '>' | '/')) && (!after_value || is_script_end)
    }

    /// Length of words for people that start here, if they do.
    fn words(&mut self, rest: &'t str, char: char) -> Option<usize> {
        match char {
            '`' if quoted(rest, '`').is_none() && self.syntax.has_tags => {
                self.open = Some("`");
                Some(rest.len())
            }
            '<' if !self.syntax.has_tags && opens_placeholder(rest) => {
                self.open = Some(">");
                Some(rest.len())
            }
            '<' if !self.syntax.has_tags => placeholder(rest),
            '{' if self.syntax.line == ["#"] => name_in_braces(rest),
            _ if self.syntax.is_prose && self.blank => prose_word(rest),
            ',' if self.syntax.is_prose => Some(1),
            '(' if self.syntax.is_prose && rest[1..].trim_start().starts_with(char::is_alphabetic) => Some(1),
            '.' | ':' | '!' | '?' if self.syntax.is_prose => {
                rest[1..].chars().next().is_none_or(char::is_whitespace).then_some(1)
            }
            _ if self.syntax.is_prose => None,
            _ if self.tokens.last().is_some_and(|token| token.text == "echo") => Some(rest.len()),
            _ => None,
        }
    }

    /// Length of the words of `key: some words`, with a blank in them.
    fn bare_text(&self, rest: &str) -> Option<usize> {
        let last = self.tokens.last().filter(|_| self.syntax.has_bare_texts)?;
        let value = rest.split(" #").next().unwrap_or_default().trim_end();
        let is_title = || {
            let key = self.tokens.iter().rev().nth(1).map(|key| key.text).unwrap_or_default();
            TITLES.contains(&key) || (key == "name" && value.starts_with(char::is_uppercase))
        };
        let is_words = (value.contains(' ') || !value.is_ascii() || is_title())
            && value.trim_start_matches(['(', '（']).starts_with(char::is_alphabetic)
            && (!value.contains(['{', '[', '=', '"']) || is_sentence(value));
        let is_value = last.text == ":" || last.text == "-" && !opens_with_key(value);
        (is_value && is_words && (!value.contains(": ") || is_sentence(value))).then_some(value.len())
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let text = &self.rest()[..length];
        self.tokens.push(Token { kind, text, at: self.at });
        self.at += length;
    }
}

/// Keys whose values are words for people.
const TITLES: [&str; 3] = ["title", "description", "summary"];

/// Elements of HTML that nothing closes.
const VOID: [&str; 10] = ["br", "hr", "img", "input", "link", "meta", "source", "wbr", "col", "area"];

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str, language: &str) -> Vec<String> {
        let line = |line: &Line<'_>| line.tokens.iter().map(|token| token.text).collect::<Vec<_>>().join(" ");
        lines(text, language).iter().map(line).collect()
    }

    #[test]
    fn comments_and_texts_are_not_code() {
        assert_eq!(kept("a(1); // one\n/* two\nthree */ b", "c"), ["a ( 1 )", "b"]);
        assert_eq!(kept("x = \"a # b\" # c\nurl#frag", "py"), ["x = \"a # b\"", "url # frag"]);
        assert_eq!(kept("name: two words\nn: 3 # x", "yaml"), ["name : two words", "n : 3"]);
        assert_eq!(kept("NAME   READY\npod-1  1/1", ""), ["pod - 1 1 / 1"]);
        assert_eq!(kept("\"\"\"\nwords\n\"\"\"\nx", "python"), ["x"]);
        assert_eq!(kept("curl https://a.example/b", "sh"), ["curl https : / / a . example / b"]);
        assert_eq!(kept("run <your name> -x", "bash"), ["run - x"]);
        assert_eq!(
            kept("{ \"key\": \"value\", \"path\": \"./a.js\" }", "json"),
            ["{ \"key\" : \"value\" , \"path\" : \"./a.js\" }"]
        );
        assert_eq!(kept("  -n, --knots int    how fast (at most 5)", ""), ["- n - - knots"]);
        assert_eq!(kept("graph LR\na --> b", "mermaid"), [""; 0]);
    }

    #[test]
    fn words_between_tags_are_not_code() {
        assert_eq!(kept("<b class={c}>bold {n} words</b>", "jsx"), ["< b class = { c } > { n } < / b >"]);
        assert_eq!(
            kept("return (\n  <p>\n    Hello, you\n    <br />\n  </p>\n);", "jsx"),
            ["return (", "< p >", "< br />", "< / p >", ")"]
        );
        assert_eq!(kept("let f = (a: A<B>) => a < 1;\nx", "ts"), ["let f = ( a : A < B > ) = > a < 1", "x"]);
        assert_eq!(
            kept("Words\n<br>\n<script>\nlet a = 1\n</script>\nmore", "html"),
            ["< br >", "< script >", "let a = 1", "< / script >"]
        );
        assert_eq!(kept("<p>{{ count }} of them</p>", "vue"), ["< p > { { count } } < / p >"]);
        assert_eq!(kept("let t = `one\ntwo words`; f(2)", "js"), ["let t =", "f ( 2 )"]);
    }
}
