//! How long words for people are that stand in code.

/// Marks that belong to the letter before.
pub(super) fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{200c}' | '\u{200d}')
}

/// Length of a text in quotes that is closed on the same line.
pub(super) fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, char) in rest.char_indices().skip(1) {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if char == quote => return Some(at + char.len_utf8()),
            _ => {}
        }
    }
    None
}

/// Length of `<your name>`.
pub(super) fn placeholder(rest: &str) -> Option<usize> {
    let end = rest.find('>')?;
    let name = &rest[1..end];
    let is_name = !name.is_empty() && name.trim() == name && !name.contains(['<', '"', '=', '(', ';', ':']);
    (is_name && name.contains(char::is_alphabetic)).then_some(end + 1)
}

/// Does `<the words of` open a placeholder that a later line closes?
pub(super) fn opens_placeholder(rest: &str) -> bool {
    let words = rest[1..].trim_end();
    let is_part = |char: char| char.is_alphabetic() || " -'’,".contains(char);
    words.starts_with(char::is_alphabetic) && words.contains(' ') && words.chars().all(is_part)
}

/// Length of a word of prose: no sign in it that code would have.
pub(super) fn prose_word(rest: &str) -> Option<usize> {
    let chunk = rest.split(char::is_whitespace).next().unwrap_or_default();
    let word = chunk.trim_matches([
        '(', '[', '"', ',', '.', '!', '?', ':', ';', ')', ']', '…', '：', '，', '。', '；', '、', '（', '）',
    ]);
    let is_part = |char: char| char.is_alphabetic() || is_mark(char) || "'’-".contains(char);
    let is_flag = chunk.starts_with('-');
    (!is_flag && word.chars().all(is_part)).then_some(chunk.len())
}

/// `name: words`, as an item of a list.
pub(super) fn opens_with_key(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(key, _)| !key.contains(' '))
}

/// Several words before any sign of code?
pub(super) fn is_sentence(text: &str) -> bool {
    let is_word = |word: &&str| word.chars().all(|char| char.is_alphabetic() || is_mark(char) || "'’,-".contains(char));
    let is_letter = |char: &char| char.is_alphabetic() && !char.is_ascii();
    let is_dense = text.chars().filter(is_letter).count() > 5;
    is_dense
        || text.trim_start_matches(['(', '（']).replace([')', '）'], "").split_whitespace().take_while(is_word).count()
            > 3
}

/// Is a line of a terminal what a program prints for people: `[tide] Loading…`, a sentence?
pub(super) fn is_output(line: &str) -> bool {
    let tag = line.strip_prefix('[').and_then(|line| line.split_once(']'));
    let is_tag = |tag: &str| tag.starts_with(char::is_alphabetic) && !tag.contains(char::is_whitespace);
    let (is_tagged, sentence) = match tag {
        Some((tag, words)) if is_tag(tag) && words.starts_with(' ') => (true, words.trim_start()),
        _ => (false, line),
    };
    let has_signs = sentence.contains(['=', '|', '$', '`', '\\', '<']);
    let mut words = sentence.split_whitespace();
    let first = words.next().unwrap_or_default();
    let is_sentence = first.starts_with(|char: char| char.is_uppercase() || (char.is_alphabetic() && !char.is_ascii()))
        && first.chars().all(|char| char.is_alphabetic() || is_mark(char) || "'’,".contains(char))
        && words.clone().count() > 1
        && !words.any(|word| word.starts_with('-') && word.len() > 1);
    !has_signs && (is_tagged || is_sentence)
}

/// Length of `{your-name}`.
pub(super) fn name_in_braces(rest: &str) -> Option<usize> {
    let end = rest.find('}')?;
    let is_name = rest[1..end].contains('-') && rest[1..end].chars().all(|char| char.is_alphabetic() || char == '-');
    is_name.then_some(end + 1)
}
