//! What one style writes and another leaves out.

use super::lexer::{Token, TokenKind};

/// Takes the signs out of a line that say nothing: the comma behind the last of several, the parentheses around the one
/// parameter of an arrow function, which language a page is in, blanks and signs of a sentence in braces, the end tag of
/// an element without content.
pub(super) fn plain(mut tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        if is(rest, &["(", "", ")", "=", ">"]) && rest[1].kind == TokenKind::Word {
            tokens.remove(at + 2);
            tokens.remove(at);
        } else if is(rest, &["lang", "=", ""]) || is(rest, &["dir", "=", ""]) || is_blank(rest) {
            tokens.drain(at..at + 3);
            continue;
        } else if is(rest, &[">", "<", "/", "", ">"])
            && rest[0].at + 1 == rest[1].at
            && opened(&tokens[..at]) == rest[3].text
        {
            tokens[at].text = "/>";
            tokens.drain(at + 1..at + 5);
        }
        at += 1;
    }
    if tokens.last().is_some_and(|token| token.text == ",") {
        tokens.pop();
    }
    tokens
}

/// `{' '}`
fn is_blank(tokens: &[Token<'_>]) -> bool {
    is(tokens, &["{", "", "}"])
        && tokens[1].kind == TokenKind::Quoted
        && !tokens[1].text.contains(char::is_alphanumeric)
}

/// The name of the last tag that opens.
fn opened<'t>(tokens: &[Token<'t>]) -> &'t str {
    let name = tokens.windows(2).rev().find(|two| two[0].text == "<" && two[1].kind == TokenKind::Word);
    name.map_or("", |two| two[1].text)
}

/// Do the tokens start with these? An empty text stands for any.
fn is(tokens: &[Token<'_>], texts: &[&str]) -> bool {
    tokens.len() >= texts.len() && tokens.iter().zip(texts).all(|(token, text)| text.is_empty() || token.text == *text)
}
