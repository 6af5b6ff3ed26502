//! Languages that have scripts, spaces and signs, but no meaning.

/// How a language is written.
pub(crate) struct Locale {
    /// Its BCP 47 tag.
    pub(crate) tag: &'static str,
    syllables: &'static [&'static str],
    /// Between words.
    space: &'static str,
    /// At the end of a sentence.
    pub(crate) stop: &'static str,
}

const LATIN: &[&str] = &[
    "ba", "de", "ki", "lo", "mu", "ra", "sen", "tir", "vo", "na", "pe", "gul", "il", "ver", "an", "os", "tra", "mi",
    "lun", "ka",
];
const NORDIC: &[&str] = &[
    "bø", "der", "ki", "lå", "mu", "ra", "sæn", "tir", "vo", "na", "pe", "gul", "il", "ver", "an", "os", "ska", "ä",
    "ö",
];
const CENTRAL: &[&str] = &[
    "bě", "de", "ki", "ło", "mů", "ra", "šen", "čir", "vo", "na", "pę", "gul", "il", "ver", "ań", "oś", "trž", "ž", "ő",
];
const SOUTHERN: &[&str] = &[
    "bé", "de", "qui", "lo", "mu", "ra", "ção", "ñir", "vo", "ná", "pe", "gul", "il", "ver", "an", "os", "tra", "è",
    "ü",
];
const VIETNAMESE: &[&str] =
    &["bạ", "để", "ki", "lô", "mú", "rà", "sên", "tịr", "vơ", "nả", "pẽ", "gư", "ín", "vẫ", "ăn", "ốs", "trờ", "đi"];
const CYRILLIC: &[&str] = &[
    "ба", "де", "ки", "ло", "му", "ра", "сен", "тир", "во", "на", "пе", "гул", "ил", "вер", "ан", "ос", "тра", "щи",
    "ья",
];
const GREEK: &[&str] =
    &["βα", "δε", "κι", "λο", "μου", "ρα", "σεν", "τηρ", "βο", "να", "πε", "γκλ", "ιλ", "ωμα", "αν", "ός", "τρα", "ξη"];
const HEBREW: &[&str] =
    &["בא", "דה", "קי", "לו", "מו", "רא", "סן", "טר", "בו", "נה", "פה", "גל", "יל", "ור", "אן", "שם"];
const ARABIC: &[&str] =
    &["با", "ده", "كي", "لو", "مو", "را", "سن", "تر", "فو", "نا", "بي", "جل", "يل", "ور", "ان", "شم"];
const THAI: &[&str] =
    &["กา", "ดี", "คือ", "โล", "มู", "รา", "เส็น", "ติ", "โว", "นา", "เป็น", "กุล", "อิล", "เวร์", "อัน", "ที่", "และ"];
const HANGUL: &[&str] =
    &["가", "데", "기", "로", "무", "라", "선", "틀", "보", "나", "페", "글", "일", "버", "안", "는", "을", "다"];
const KANA: &[&str] = &[
    "設定",
    "を",
    "の",
    "ユーザー",
    "に",
    "は",
    "管理",
    "する",
    "表示",
    "ます",
    "画面",
    "で",
    "から",
    "新",
    "開",
    "が",
];
const HAN: &[&str] =
    &["设置", "的", "用户", "在", "管理", "和", "显示", "页面", "新", "打开", "中", "选择", "或", "账户", "将", "时"];
const WORDS: &[&str] = &[
    "the", "this", "with", "your", "from", "when", "and", "for", "account", "setting", "page", "select", "choose",
    "open", "device", "message", "report", "license", "that", "you", "can", "change", "folder", "update", "service",
    "view", "group", "list", "add", "item", "have", "then", "into", "option", "support", "problem", "error", "files",
    "mail", "calendar", "window", "manage", "number", "site", "before", "after", "each", "user", "sign", "key",
];

const fn spaced(tag: &'static str, syllables: &'static [&'static str]) -> Locale {
    Locale { tag, syllables, space: " ", stop: "." }
}

const fn dense(tag: &'static str, syllables: &'static [&'static str], stop: &'static str) -> Locale {
    Locale { tag, syllables, space: "", stop }
}

/// The language that is translated from; its words are words.
pub(crate) const ENGLISH: Locale = spaced("en-US", WORDS);

/// The languages of the publisher.
pub(crate) const LOCALES: [Locale; 36] = [
    spaced("ar-SA", ARABIC),
    spaced("bg-BG", CYRILLIC),
    spaced("cs-CZ", CENTRAL),
    spaced("da-DK", NORDIC),
    spaced("de-DE", LATIN),
    spaced("el-GR", GREEK),
    spaced("es-ES", SOUTHERN),
    spaced("et-EE", NORDIC),
    spaced("fi-FI", NORDIC),
    spaced("fr-FR", SOUTHERN),
    spaced("he-IL", HEBREW),
    spaced("hr-HR", CENTRAL),
    spaced("hu-HU", CENTRAL),
    spaced("id-ID", LATIN),
    spaced("it-IT", SOUTHERN),
    dense("ja-JP", KANA, "。"),
    spaced("ko-KR", HANGUL),
    spaced("lt-LT", CENTRAL),
    spaced("lv-LV", CENTRAL),
    spaced("nb-NO", NORDIC),
    spaced("nl-NL", LATIN),
    spaced("pl-PL", CENTRAL),
    spaced("pt-BR", SOUTHERN),
    spaced("pt-PT", SOUTHERN),
    spaced("ro-RO", SOUTHERN),
    spaced("ru-RU", CYRILLIC),
    spaced("sk-SK", CENTRAL),
    spaced("sl-SI", CENTRAL),
    spaced("sr-Latn-RS", CENTRAL),
    spaced("sv-SE", NORDIC),
    dense("th-TH", THAI, " "),
    spaced("tr-TR", NORDIC),
    spaced("uk-UA", CYRILLIC),
    spaced("vi-VN", VIETNAMESE),
    dense("zh-CN", HAN, "。"),
    dense("zh-TW", HAN, "。"),
];

impl Locale {
    /// Are words written without spaces between them?
    pub(crate) fn is_dense(&self) -> bool {
        self.space.is_empty()
    }

    /// Writes words by their numbers: the same number is the same word.
    pub(crate) fn words(&self, first: u64, count: u64, into: &mut String) {
        for number in first..first + count {
            if number > first {
                into.push_str(self.space);
            }
            self.word(mixed(number), into);
        }
    }

    fn word(&self, number: u64, into: &mut String) {
        let syllable = |number: u64| self.syllables[usize::try_from(number % self.syllables.len() as u64).unwrap_or(0)];
        if self.syllables == WORDS {
            into.push_str(syllable(number));
            return;
        }
        for part in 0..=number % 3 {
            into.push_str(syllable(mixed(number % 4000 + part)));
        }
    }
}

/// A number that looks like chance (splitmix64's mixing).
fn mixed(number: u64) -> u64 {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 27)
}
