//! How many sentences a text has, by the signs that end them.

/// Sentences that a sign ends: a stop, a question or exclamation mark with a blank or nothing behind it, or one of the
/// full stops of other scripts. A script without such signs has none.
pub(super) fn count(text: &str) -> usize {
    let mut chars = text.trim_end().chars().peekable();
    let mut sentences = 0;
    while let Some(char) = chars.next() {
        let ends = match char {
            '。' | '！' | '？' | '｡' | '．' | '।' | '॥' | '။' | '؟' | '۔' | '։' => true,
            '.' | '!' | '?' | '…' => chars.peek().is_none_or(|next| {
                let is_of_next = !next.is_ascii() && next.is_alphabetic();
                next.is_whitespace() || is_of_next || "\"'”’»)）」』*_".contains(*next)
            }),
            _ => false,
        };
        sentences += usize::from(ends);
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn signs_end_sentences() {
        assert_eq!(count("The tide turns. It does (so they say.) Version 1.2 does?"), 3);
        assert_eq!(count("潮が変わる。そうだ！"), 2);
        assert_eq!(count("ज्वार आता है। जाता है।"), 2);
        assert_eq!(count("no sign at all"), 0);
    }
}
