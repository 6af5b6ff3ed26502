//! Locales: BCP 47 tags in the spellings that occur in paths, front matter and URLs.

use std::sync::Arc;

/// A locale in its canonical spelling: `zh-TW`, `pt-BR`, `sr-Latn-RS`, `fr`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(Arc<str>);

impl Locale {
    /// Reads a tag with hyphens or underscores in any letter case, if its language is known.
    ///
    /// `src` and `web` have the shape of a tag; only known codes count (ISO 639-1 and the ISO 639-3 codes that
    /// documentation is translated into, ISO 15924 scripts, ISO 3166-1 regions, M.49 areas).
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(['-', '_']);
        let language = parts.next()?.to_ascii_lowercase();
        if !is_language(&language) {
            return None;
        }
        let mut tag = language;
        let mut rest = parts.peekable();
        if let Some(script) = rest.peek().and_then(|part| script(part)) {
            tag.push('-');
            tag.push_str(script);
            rest.next();
        }
        if let Some(region) = rest.peek().filter(|part| is_region(part)) {
            tag.push('-');
            tag.push_str(&region.to_ascii_uppercase());
            rest.next();
        }
        rest.next().is_none().then(|| Self(tag.into()))
    }

    /// The locale of a file or folder of this name: a tag, or the code of a country that stands for its language, as in
    /// `docs/cn` and `README_JP.md`.
    pub fn of_name(name: &str) -> Option<Self> {
        let countries = [("cn", "zh"), ("jp", "ja"), ("kr", "ko"), ("ua", "uk"), ("cz", "cs")];
        let named = || countries.iter().find(|(country, _)| country.eq_ignore_ascii_case(name));
        Self::parse(name).or_else(|| named().and_then(|(_, language)| Self::parse(language)))
    }

    /// A regular expression for what has the form of a tag.
    pub const FORM: &'static str = "(?-u:[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?)";

    /// A regular expression for the tags that [`Locale::parse`] reads.
    pub fn pattern() -> String {
        let any = |codes: &str| codes.split_ascii_whitespace().collect::<Vec<_>>().join("|");
        let [languages, scripts, regions] = [LANGUAGES, SCRIPTS, REGIONS].map(any);
        format!("(?i-u:(?:{languages})(?:[-_](?:{scripts}))?(?:[-_](?:{regions}|[0-9]{{3}}))?)")
    }

    /// Can a file or folder of this name be anything but a locale's? `de` and `zh-CN` cannot well; `it`, `my`, `id`
    /// and `ts` are words and abbreviations too.
    pub fn is_telling(&self) -> bool {
        self.0.contains('-') || TELLING.split_ascii_whitespace().any(|language| language == &*self.0)
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag, shared.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }

    /// The language alone.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

/// Does a piece of a path or a host name a locale that differs between a page and its translations?
///
/// `xx-yy` does wherever it stands. A bare language code does where it is the language of one of the two sides
/// (`languages`), for `/it/`, `/id/` and `/my/` are words elsewhere; without a known side, each code does.
pub fn is_locale_piece(piece: &str, languages: &[&str]) -> bool {
    if piece.len() < 2 || piece.len() > 10 {
        return false;
    }
    if piece.contains(['-', '_']) {
        return Locale::parse(piece).is_some();
    }
    bare_code(piece).is_some_and(|code| languages.is_empty() || languages.contains(&code.as_str()))
}

/// Is a piece the code of a language, or one that stands for it?
pub fn is_bare_code(piece: &str) -> bool {
    bare_code(piece).is_some()
}

/// A piece that is the code of a language by itself, or stands for one: what it counts for depends on the two sides.
fn bare_code(piece: &str) -> Option<String> {
    let is_short = (2..=4).contains(&piece.len()) && piece.bytes().all(|byte| byte.is_ascii_alphabetic());
    let piece = is_short.then(|| piece.to_ascii_lowercase())?;
    let language = url_alias(&piece).map_or(piece, str::to_owned);
    is_language(&language).then_some(language)
}

/// Is one a locale and the other one of a language: what a page about locales names in its own translation?
pub fn is_localized(theirs: &str, ours: &str, language: Option<&str>) -> bool {
    Locale::parse(theirs).is_some() && Locale::parse(ours).is_some_and(|ours| Some(ours.language()) == language)
}

/// Country codes that sites use for a language: `cn.vuejs.org` is Chinese.
fn url_alias(piece: &str) -> Option<&'static str> {
    Some(match piece {
        "cn" | "tw" | "hans" | "hant" => "zh",
        "jp" => "ja",
        "kr" => "ko",
        "br" => "pt",
        "ua" => "uk",
        "cz" => "cs",
        "gr" => "el",
        "dk" => "da",
        _ => return None,
    })
}

/// Is this a known language code, in lower case?
pub fn is_language(code: &str) -> bool {
    match *code.as_bytes() {
        [first, second] => TWO_LETTERS.holds(first, second),
        [_, _, _] => {
            LANGUAGES.split_ascii_whitespace().rev().take_while(|known| known.len() == 3).any(|known| known == code)
        }
        _ => false,
    }
}

fn script(part: &str) -> Option<&'static str> {
    SCRIPTS.split_ascii_whitespace().find(|known| known.eq_ignore_ascii_case(part))
}

fn is_region(part: &str) -> bool {
    let is_area = part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let letters = |part: &[u8]| matches!(*part, [first, second] if COUNTRIES.holds(first | 0x20, second | 0x20));
    is_area || letters(part.as_bytes())
}

/// A set of codes of two small letters: for each first letter, a bit for each second one.
struct Pairs([u32; 26]);

static TWO_LETTERS: Pairs = Pairs::of(LANGUAGES);
static COUNTRIES: Pairs = Pairs::of(REGIONS);

impl Pairs {
    /// The codes of two letters in a text, which blanks divide.
    const fn of(codes: &str) -> Self {
        let bytes = codes.as_bytes();
        let mut pairs = [0; 26];
        let mut start = 0;
        while start < bytes.len() {
            let mut end = start;
            while end < bytes.len() && bytes[end] != b' ' {
                end += 1;
            }
            if end == start + 2 {
                pairs[(bytes[start] - b'a') as usize] |= 1 << (bytes[start + 1] - b'a');
            }
            start = end + 1;
        }
        Self(pairs)
    }

    fn holds(&self, first: u8, second: u8) -> bool {
        let second = second.wrapping_sub(b'a');
        second < 26
            && self.0.get(usize::from(first.wrapping_sub(b'a'))).is_some_and(|seconds| seconds & (1 << second) != 0)
    }
}

const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii \
    ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr \
    ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk \
    sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za \
    zh zu fil ckb kab hsb dsb ast ber bho ceb haw hmn kok lij mai mni nqo pap quc sat szl tlh tzm vec yue zgh";

/// Languages that documentation is often translated into and whose codes mean little else.
const TELLING: &str = "bg bn ca de en es et fa fi fil fr hr hu ja ka ko lt lv nl pl pt ro ru sk sl sr sv th tr uk ur \
    uz vi zh zgh";

const SCRIPTS: &str = "Latn Cyrl Hans Hant Arab Deva Beng Grek Hebr Thai Tfng Guru Mong Jpan Kore Armn Geor";

const REGIONS: &str = "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs \
    bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi \
    fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir \
    is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm \
    mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt \
    pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm \
    tn to tr tt tv tw tz ua ug uk um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw xk";

impl std::fmt::Display for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// Does a language put blanks between words?
pub fn writes_blanks(language: &str) -> bool {
    !["bo", "ja", "km", "lo", "my", "th", "zh"].contains(&language)
}

/// Is a language written in Latin letters?
pub fn writes_latin(language: &str) -> bool {
    const OTHERS: [&str; 40] = [
        "am", "ar", "be", "bg", "bn", "ckb", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "kk", "km", "kn", "ko",
        "ky", "lo", "mk", "ml", "mn", "mr", "my", "ne", "pa", "ps", "ru", "si", "ta", "te", "tg", "th", "ug", "uk",
        "ur", "yi", "zh", "yue",
    ];
    !OTHERS.contains(&language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Option<String> {
        Locale::parse(text).map(|locale| locale.to_string())
    }

    #[test]
    fn every_spelling_is_one_tag() {
        for (text, canonical) in [
            ("zh-cn", "zh-CN"),
            ("zh_CN", "zh-CN"),
            ("zh-hans", "zh-Hans"),
            ("sr-Latn-RS", "sr-Latn-RS"),
            ("FR", "fr"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(tag(text).as_deref(), Some(canonical), "{text}");
        }
        for word in ["src", "web", "docs", "index", "a.md", "en-docs", "zh-", "no-op"] {
            assert_eq!(tag(word), None, "{word}");
        }
    }

    #[test]
    fn the_pattern_knows_what_is_read() {
        let regex = regex::Regex::new(&format!("^{}$", Locale::pattern())).expect("a regex");
        for text in ["zh_CN", "zh-hans", "zh-cn", "sr-Latn-RS", "FR", "es-419", "pt_br", "fil"] {
            assert!(regex.is_match(text), "{text}");
        }
        for text in ["src", "docs", "en-docs", "zh-", "no-op", "-it", "de_DE_x"] {
            assert!(!regex.is_match(text), "{text}");
        }
        assert!(["de", "zh-CN", "it-IT"].iter().all(|text| Locale::parse(text).is_some_and(|one| one.is_telling())));
        assert!(["it", "my", "ts"].iter().all(|text| Locale::parse(text).is_some_and(|one| !one.is_telling())));
    }

    #[test]
    fn a_bare_code_counts_only_for_the_two_sides() {
        assert!(is_locale_piece("ja", &["ja", "en"]));
        assert!(is_locale_piece("cn", &["zh", "en"]));
        assert!(is_locale_piece("en-US", &["ja"]));
        assert!(!is_locale_piece("it", &["ja", "en"]));
        assert!(!is_locale_piece("is-a", &["ja", "en"]));
    }
}
