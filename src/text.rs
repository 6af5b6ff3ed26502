//! Letters: what two spellings of one token have in common.

/// The token as it is typed: full-width forms and typographic quotes, dashes and blanks brought to ASCII.
pub fn typed(text: &str) -> String {
    text.chars().map(typed_char).collect()
}

/// The key that stands for a character which typography or an input method put in its stead.
fn typed_char(char: char) -> char {
    match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(char as u32 - 0xfee0).unwrap_or(char),
        '\u{201c}'..='\u{201f}' | '«' | '»' => '"',
        '\u{2018}'..='\u{201b}' | '\u{2032}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{3002}' => '.',
        '\u{3001}' => ',',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        _ => char,
    }
}

/// The same without white space.
pub fn squeezed(text: &str) -> String {
    typed(text).chars().filter(|char| !char.is_whitespace() && !is_invisible(*char)).collect()
}

/// Characters that nobody sees: joiners, marks of direction, soft hyphens.
pub fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// [`char::is_alphabetic`], which looks up what is not ASCII, in fewer steps for the letters of the most common scripts.
pub fn is_letter(char: char) -> bool {
    match char {
        '\0'..='@' | '['..='`' | '{'..='\x7f' => false,
        'A'..='z'
        | 'à'..='ö'
        | 'ø'..='ɏ'
        | 'А'..='ҁ'
        | 'א'..='ת'
        | 'ؠ'..='ي'
        | 'ऄ'..='ह'
        | 'ก'..='ะ'
        | 'ぁ'..='ゖ'
        | 'ァ'..='ヺ'
        | '一'..='鿿'
        | '가'..='힣' => true,
        _ => char.is_alphabetic(),
    }
}

/// Letters of a script that writes no blanks between words.
pub fn is_dense(char: char) -> bool {
    matches!(char, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Characters that a reader sees, those of dense scripts weighed: about as many as it would be Latin letters.
pub fn length(text: &str) -> u32 {
    let is_blank = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let bytes = text.as_bytes();
    if !holds(bytes, |byte| byte == 0xc2 || byte > 0xdf) {
        // ASCII, and what takes two bytes: each letter is one, and its second byte none.
        return count(bytes, |byte| byte & 0xc0 != 0x80 && !is_blank(byte));
    }
    let of_char = |char: char| match char {
        '\0'..='\x7f' => u32::from(!is_blank(char as u8)),
        // Latin, Greek, Cyrillic, Hebrew, Arabic, the scripts of India: no blanks, nothing invisible, nothing dense.
        '\u{ae}'..='\u{167f}' => 1,
        _ if char.is_whitespace() || is_invisible(char) => 0,
        _ => weight(char),
    };
    text.chars().map(of_char).sum()
}

/// How many bytes are so: many are looked at at once, since sums of so few fit a byte.
pub fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> u32 {
    let chunks = bytes.chunks(u8::MAX.into());
    chunks.map(|chunk| u32::from(chunk.iter().map(|byte| u8::from(is(*byte))).sum::<u8>())).sum()
}

/// Is a byte among them so? For texts that are short, or have none as a rule: many are looked at at once.
pub fn holds(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |any, byte| any | is(*byte))
}

/// How many letters of a Latin script a character stands for: about what translations of documentation are shorter by.
fn weight(char: char) -> u32 {
    match char {
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => 3,
        '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}' => 2,
        _ => 1,
    }
}

/// How many letters have to be changed, added, taken out or exchanged with their neighbour to make one text of the other:
/// the optimal string alignment distance, `None` above `limit`.
pub fn edits(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut rows = [vec![0; b.len() + 1], vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        rows.rotate_left(1);
        let [older, old, row] = &mut rows;
        row[0] = i;
        for j in 1..=b.len() {
            let is_same = a[i - 1] == b[j - 1];
            let mut least = (old[j] + 1).min(row[j - 1] + 1).min(old[j - 1] + usize::from(!is_same));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(older[j - 2] + 1);
            }
            row[j] = least;
        }
        if row.iter().min().is_some_and(|least| *least > limit) {
            return None;
        }
    }
    rows[2].last().copied().filter(|n| *n <= limit)
}

/// Does `text` hold `token` as a word of its own, rather than as a part of a longer one?
pub fn has_token(text: &str, token: &str) -> bool {
    !token.is_empty() && text.match_indices(token).any(|(at, _)| is_token(text, at, token))
}

/// Is the token at a place of the text a word of its own?
pub fn is_token(text: &str, at: usize, token: &str) -> bool {
    let is_word = |char: char| char.is_alphanumeric() && !is_dense(char) || char == '_';
    let starts_word = token.chars().next().is_some_and(is_word);
    let ends_word = token.chars().next_back().is_some_and(is_word);
    let before = text[..at].chars().next_back().is_some_and(is_word);
    let after = text[at + token.len()..].chars().next().is_some_and(is_word);
    (!starts_word || !before) && (!ends_word || !after)
}

/// Are two texts the same but for their digits? Another number is another value or version rather than a slip.
pub fn differ_in_numbers(a: &str, b: &str) -> bool {
    let letters = |text: &'_ str| text.chars().filter(|char| !char.is_ascii_digit()).collect::<String>();
    a != b && letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_optimal_string_alignment() {
        for (a, b, n) in
            [("keyring", "keyrings", 1), ("abcd", "acbd", 1), ("", "ab", 2), ("a", "", 1), ("kot", "kat", 1)]
        {
            assert_eq!(edits(a, b, 2), Some(n), "{a} {b}");
            assert_eq!(edits(b, a, 2), Some(n), "{b} {a}");
        }
        assert_eq!(edits("abc", "xyz", 2), None);
        assert_eq!(edits("abc", "abcdef", 2), None);
    }

    #[test]
    fn letters_are_those_of_unicode() {
        for char in '\0'..=char::MAX {
            assert_eq!(is_letter(char), char.is_alphabetic(), "{char:?}");
        }
    }

    #[test]
    fn tokens_are_not_parts_of_words() {
        assert!(has_token("run `ls -l` here", "ls -l"));
        assert!(!has_token("/etc/keyrings", "/etc/keyring"));
        assert!(has_token("変数xは", "x"));
        assert!(!has_token("max", "x"));
    }

    #[test]
    fn what_input_methods_write_is_brought_back() {
        assert_eq!(squeezed("a：： b（）"), "a::b()");
        assert_eq!(typed("”x“\u{a0}!"), "\"x\" !");
    }
}
