//! Code in a sentence: whether two pieces are the same, the same but for a slip, or something that has to be typed as
//! it is.

use crate::text::{edits, has_token, is_invisible, squeezed, typed};

/// The same letters with other quotes, signs or blanks: what typing for prose makes of code.
pub fn is_spoilt(theirs: &str, ours: &str) -> bool {
    let (x, y) = (squeezed(theirs), squeezed(ours));
    // A word processor makes one dash of two hyphens.
    (x == y || (ours.contains(['–', '—']) && x.replace("--", "-") == y))
        && (typed(ours) != ours && typed(theirs) == theirs
            || has_blank_before_sign(ours) && !has_blank_before_sign(theirs))
}

/// The one word in which two pieces of code differ, with the sign before it; `None` where they differ in several.
pub fn differing_word<'c>(theirs: &'c str, ours: &'c str) -> Option<(&'c str, &'c str)> {
    let words =
        |code: &'c str| code.split(|char: char| !char.is_alphanumeric() && char != '_').filter(|word| !word.is_empty());
    let (a, b): (Vec<&str>, Vec<&str>) = (words(theirs).collect(), words(ours).collect());
    let mut differing = a.iter().zip(&b).filter(|(x, y)| x != y);
    match (differing.next(), differing.next()) {
        (Some((x, y)), None) if a.len() == b.len() => Some((with_sign(theirs, x), with_sign(ours, y))),
        _ => None,
    }
}

/// A word of a path with its slash: in prose it may be any word.
fn with_sign<'c>(code: &'c str, word: &'c str) -> &'c str {
    let at = code.find(&format!("/{word}"));
    at.map_or(word, |at| &code[at..at + 1 + word.len()])
}

/// The same but for what languages change in code: placeholders, words in quotes, blanks, number and case of a name.
pub fn is_same(theirs: &str, ours: &str) -> bool {
    let (theirs, ours) = (framed(theirs), framed(ours));
    theirs == ours
        || essence(&theirs) == essence(&ours)
        || tokens_agree(&theirs, &ours)
        || is_first_name(&theirs, &ours)
        || are_keys(&theirs, &ours)
        || is_mended(&theirs, &ours)
        || is_without_label(&theirs, &ours)
}

/// `Tide plugins` and `Tide`: what the name is of stands behind the code.
fn is_first_name(theirs: &str, ours: &str) -> bool {
    let rest = theirs.strip_prefix(ours).and_then(|rest| rest.strip_prefix(' '));
    let is_plain = |rest: &str| rest.chars().all(|char| char.is_alphabetic() || char == ' ');
    (ours.starts_with(char::is_uppercase) || ours.contains(['.', '_'])) && rest.is_some_and(is_plain)
}

/// The reference forgot to close a quotation or a bracket.
fn is_mended(theirs: &str, ours: &str) -> bool {
    let letters = |code: &str| code.chars().filter(|char| char.is_alphanumeric()).collect::<String>();
    letters(theirs) == letters(ours) && !is_balanced(theirs) && is_balanced(ours)
}

fn is_balanced(code: &str) -> bool {
    let count = |sign: char| code.matches(sign).count();
    let even = ['"', '\''].iter().all(|quote| count(*quote) % 2 == 0);
    even && [('(', ')'), ('[', ']'), ('{', '}')].iter().all(|(open, close)| count(*open) == count(*close))
}

/// `File at: log/tides.md` and the path alone, with its label outside.
fn is_without_label(theirs: &str, ours: &str) -> bool {
    let label = theirs.strip_suffix(ours).and_then(|label| label.trim_end().strip_suffix(':'));
    label.is_some_and(|label| label.contains(' ') && label.chars().all(|char| char.is_alphabetic() || char == ' '))
}

/// `Ctrl+Space` and `Strg+Leertaste`: what stands on a keyboard is another thing in another country.
fn are_keys(theirs: &str, ours: &str) -> bool {
    const HELD: [&str; 8] = ["ctrl", "control", "alt", "shift", "cmd", "command", "option", "meta"];
    let is_held = |key: &str| HELD.iter().any(|held| held.eq_ignore_ascii_case(key.trim()));
    let is_key = |key: &str| !key.trim().is_empty() && key.trim().chars().all(char::is_alphanumeric);
    let Some((held, _)) = theirs.split_once('+') else { return false };
    is_held(held)
        && theirs.matches('+').count() == ours.matches('+').count()
        && [theirs, ours].iter().all(|keys| keys.split('+').all(is_key))
}

/// Code without what nobody sees and what may be around it: quotes, the slash of a folder, a colon, the dot of a field,
/// the `v` of a version, an elided value, the signs of a tag.
fn framed(code: &str) -> String {
    let code: String = code.chars().filter(|char| !is_invisible(*char)).collect();
    let inner = code.trim().trim_end_matches([':', ',', '.', ';']);
    let inner = if inner.is_empty() { code.trim() } else { inner };
    let unquoted = ['"', '\''].iter().find_map(|quote| inner.strip_prefix(*quote)?.strip_suffix(*quote));
    let inner = unquoted.filter(|inner| !inner.is_empty()).unwrap_or(inner);
    let inner = inner.strip_prefix("./").unwrap_or(inner);
    // A field is called from its parent or from the root.
    let is_field = |path: &&str| {
        !path.contains('/') && (path.contains('.') || path.contains(|char: char| char.is_ascii_uppercase()))
    };
    let inner = inner.strip_prefix('.').filter(is_field).unwrap_or(inner);
    let inner =
        inner.strip_prefix('v').filter(|rest| rest.starts_with(|next: char| next.is_ascii_digit())).unwrap_or(inner);
    let inner = inner.strip_suffix("=\"...\"").or_else(|| inner.strip_suffix("=\"…\"")).unwrap_or(inner);
    let is_name = |name: &&str| name.chars().all(|char| char.is_ascii_alphanumeric() || char == '-');
    let tag = inner.strip_prefix('<').and_then(|tag| tag.strip_suffix('>'));
    let inner = tag.map(|tag| tag.trim_end_matches([' ', '/'])).filter(is_name).unwrap_or(inner);
    if inner.len() > 1 { inner.trim_end_matches('/').to_owned() } else { inner.to_owned() }
}

/// Code without placeholders, quoted words and blanks around signs.
fn essence(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut rest = code.trim();
    while let Some(char) = rest.chars().next() {
        // Behind a name stand its types, behind `=` a value: neither is a placeholder.
        let is_argument = kept.ends_with(|before: char| before.is_alphanumeric() || matches!(before, '=' | '_' | ')'));
        let end = match char {
            '<' if !is_argument => closing(rest, '>'),
            '{' if !is_argument => closing(rest, '}'),
            '[' => closing(rest, ']').filter(|end| !rest[..*end].contains(['"', '\''])),
            '"' | '\'' => closing(&rest[1..], char).map(|end| end + 1).filter(|end| is_words(&rest[1..*end - 1])),
            _ => None,
        };
        let kept_blank = kept.ends_with(' ');
        if (char.is_whitespace() && (kept_blank || kept.ends_with(is_spaced)))
            || (is_spaced(char) && kept_blank && kept.pop().is_none())
        {
            rest = rest.trim_start();
            continue;
        }
        kept.push(if char.is_whitespace() { ' ' } else { char });
        rest = &rest[end.unwrap_or(char.len_utf8())..];
    }
    kept
}

/// Signs around which blanks say nothing.
fn is_spaced(char: char) -> bool {
    "=,(){}[]|+<>*&".contains(char)
}

/// Word for word the same, or another form of the same word.
fn tokens_agree(theirs: &str, ours: &str) -> bool {
    let (mut a, mut b) = (theirs.split_whitespace(), ours.split_whitespace());
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if x == y || is_inflected(x, y) => {}
            _ => return false,
        }
    }
}

/// Where what opens at the start of a text is closed on the same line, behind the sign.
fn closing(text: &str, close: char) -> Option<usize> {
    let line = text.lines().next().unwrap_or_default();
    line.find(close).map(|at| at + close.len_utf8())
}

/// Words rather than a path, a pattern or a number.
fn is_words(quoted: &str) -> bool {
    quoted.trim().contains(' ') || quoted.chars().all(|char| char.is_alphabetic() || "-!?,".contains(char))
}

/// `Pods` for `Pod`, `Service` for `services`: words of the language at hand.
fn is_inflected(theirs: &str, ours: &str) -> bool {
    let is_name =
        |word: &str| !word.is_empty() && word.chars().all(|char| char.is_alphanumeric() || "_()-".contains(char));
    let [theirs_lower, ours_lower] = [theirs, ours].map(str::to_lowercase);
    let (theirs_forms, ours_forms) = (forms(&theirs_lower), forms(&ours_lower));
    is_name(theirs) && is_name(ours) && theirs_forms.iter().flatten().any(|form| ours_forms.contains(&Some(form)))
}

/// What a word could be a form of: itself, the singular, the number of an ordinal.
fn forms(word: &str) -> [Option<&str>; 4] {
    let word = word.strip_suffix("()").unwrap_or(word);
    let ordinal = word.strip_suffix("th").filter(|number| number.chars().count() == 1);
    [Some(word), word.strip_suffix('s'), word.strip_suffix("es"), ordinal]
}

/// A single token: a name, a path, a flag, a call; not words of an example.
pub fn is_word(code: &str) -> bool {
    !code.trim().contains(char::is_whitespace)
}

/// One or two letters off, in a token that is no word of a language.
pub fn is_near_miss(theirs: &str, ours: &str) -> bool {
    let length = theirs.chars().count();
    let is_prose = |(theirs, ours): (&str, &str)| {
        let is_word = |token: &str| token.trim_matches(['(', ')', ',']).chars().all(char::is_alphabetic);
        theirs != ours && is_word(theirs) && is_word(ours)
    };
    let has_prose = !is_word(theirs) && theirs.split_whitespace().zip(ours.split_whitespace()).any(is_prose);
    // Words of two languages that are related are two letters apart as often.
    let limit = match length {
        0..4 => 0,
        4..8 => 1,
        _ if has_prose => 1,
        _ => 2,
    };
    limit > 0
        && ours.is_ascii() == theirs.is_ascii()
        && !has_other_number(theirs, ours)
        && !theirs.contains("example.")
        && edits(theirs, ours, limit).is_some()
}

/// A slip in words of an example, which a translation may have in its own language: one letter of one word in ASCII.
pub fn is_slip_in_words(theirs: &str, ours: &str) -> bool {
    let is_one = |(theirs, ours): (&str, &str)| {
        let is_word = |word: &str| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        is_word(theirs) && ours.is_ascii() && !is_inflected(theirs, ours) && edits(theirs, ours, 1) == Some(1)
    };
    theirs.is_ascii() && ours.is_ascii() && differing_word(theirs, ours).is_some_and(is_one)
}

/// `10px` for `12px` is another example.
fn has_other_number(theirs: &str, ours: &str) -> bool {
    let letters = |code: &str| code.chars().filter(|char| !char.is_ascii_digit()).collect::<String>();
    letters(theirs) == letters(ours)
}

/// The translated name with the reference's in brackets.
pub fn holds(ours: &str, theirs: &str) -> bool {
    !ours.is_ascii()
        && theirs.is_ascii()
        && theirs.trim().len() > 2
        && is_word(theirs)
        && has_token(ours, theirs.trim())
}

/// A token that has to be typed as it is: not a placeholder, a name of somebody's own, or a word for a thing.
pub fn is_keyword(code: &str) -> bool {
    let code = code.trim();
    let is_placeholder = code.contains(['<', '{', '[', '…', '*', '"', '\'', '/', '@'])
        || code.chars().filter(char::is_ascii_alphabetic).all(|char| char.is_ascii_uppercase());
    let is_file = code
        .rsplit_once('.')
        .is_some_and(|(_, end)| !end.contains(|char: char| char.is_ascii_uppercase() || char == '('));
    let is_concept = code.chars().skip(1).all(char::is_lowercase) && code.starts_with(char::is_uppercase);
    code.is_ascii() && is_word(code) && code.len() > 2 && !is_placeholder && !is_file && !is_concept
}

/// A path one of whose words is in the reader's script: `charts/潮汐/`.
pub fn is_translated_path(theirs: &str, ours: &str) -> bool {
    let is_path = theirs.contains('/') && !theirs.contains(['<', '{', '[', '…', '*', '"', '\'', '@', ' ']);
    let shares_more = || {
        let (_, own) = differing_word(theirs, ours)?;
        let words = ours.split('/').filter(|word| !word.is_empty()).count();
        // The name of a file is often the writer's own.
        let is_file = ours.rsplit('/').next().is_some_and(|last| last.contains('.') && !last.is_ascii());
        Some(!own.is_ascii() && words > 1 && !is_file)
    };
    is_path && theirs.is_ascii() && shares_more() == Some(true)
}

/// What kind of thing a piece of code is, by its signs: a flag, a tag, a path, a call.
pub fn shape(code: &str) -> [bool; 4] {
    [code.starts_with('-'), code.starts_with('<'), code.contains('/'), code.contains('(')]
}

/// `color :` as in French prose.
fn has_blank_before_sign(code: &str) -> bool {
    let mut before = None;
    let mut earlier: Option<char> = None;
    for char in code.chars() {
        if matches!(char, ':' | ';' | '!' | '?') && before == Some(' ') && earlier.is_some_and(char::is_alphanumeric) {
            return true;
        }
        (earlier, before) = (before, Some(char));
    }
    false
}
