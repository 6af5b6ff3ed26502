//! How languages write comments and words for people.

/// How a language writes comments and texts.
#[expect(clippy::struct_excessive_bools, reason = "each is a trait of its own")]
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Syntax {
    /// What a comment to the end of the line starts with.
    pub(super) line: &'static [&'static str],
    /// What a comment over several lines starts and ends with.
    pub(super) block: &'static [(&'static str, &'static str)],
    /// Words stand between tags.
    pub(super) has_tags: bool,
    /// It starts with words and tags rather than with code.
    pub(super) is_markup: bool,
    /// Words stand behind keys, without quotes.
    pub(super) has_bare_texts: bool,
    /// Words stand anywhere.
    pub(super) is_prose: bool,
    /// What its programs print stands between its lines.
    pub(super) has_output: bool,
}

const C: Syntax = Syntax {
    line: &["//"],
    block: &[("/*", "*/")],
    has_tags: false,
    is_markup: false,
    has_bare_texts: false,
    is_prose: false,
    has_output: false,
};
const SCRIPT: Syntax = Syntax { block: &[("/*", "*/"), ("<!--", "-->")], has_tags: true, ..C };
const MARKUP: Syntax = Syntax { is_markup: true, ..SCRIPT };
/// Comments of templates, which stand in files of any language.
const TEMPLATE: [(&str, &str); 4] = [("{{/*", "*/"), ("{{- /*", "*/"), ("{{-/*", "*/"), ("{#", "#}")];
const HASH: Syntax = Syntax { line: &["#"], block: &TEMPLATE, ..C };
const SHELL: Syntax = Syntax { has_output: true, ..HASH };
const KEYS: Syntax = Syntax { has_bare_texts: true, ..HASH };
const DASH: Syntax = Syntax { line: &["--"], ..C };
const SEMICOLON: Syntax = Syntax { line: &[";"], block: &[], ..C };
const MARKED: [(&str, &str); 5] = [("<!--", "-->"), TEMPLATE[0], TEMPLATE[1], TEMPLATE[2], TEMPLATE[3]];
/// Output, or nobody knows what.
const UNKNOWN: Syntax = Syntax { line: &["#", "//"], block: &MARKED, is_prose: true, ..C };

/// The language of a block: what its fence says, or what its lines look like where that says nothing.
pub fn language<'l>(said: &'l str, text: &str) -> &'l str {
    if !matches!(said.to_ascii_lowercase().as_str(), "" | "text" | "txt" | "diff" | "plaintext" | "code") {
        return said;
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let most = |is: &dyn Fn(&str) -> bool| lines.iter().filter(|line| is(line)).count() * 2 > lines.len();
    let is_key = |line: &str| {
        let line = line.trim_start_matches("- ");
        let key =
            line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' ')).map(|(key, _)| key);
        key.is_some_and(|key| {
            !key.is_empty() && key.chars().all(|char| char.is_ascii_alphanumeric() || "_-./".contains(char))
        })
    };
    let is_template = |line: &str| line.starts_with("{{") || line.starts_with("{%");
    if lines.iter().any(|line| is_template(line)) && !lines.iter().any(|line| line.starts_with('<')) {
        "yaml"
    } else if most(&|line| line.ends_with([';', '{', '}', ',']) || line.starts_with("//")) {
        "c"
    } else if most(&|line| line.starts_with("$ ") || line.starts_with('#')) {
        "sh"
    } else if most(&is_key) && lines.len() > 1 {
        "yaml"
    } else {
        said
    }
}

/// Do words for people stand anywhere in a language, as in what a program prints?
pub fn is_prose(language: &str) -> bool {
    syntax(language).is_some_and(|syntax| syntax.is_prose)
}

/// The syntax of a language, by the name that fences give it; `None` for drawings and documents, whose words stand
/// between all kinds of signs.
pub(super) fn syntax(language: &str) -> Option<Syntax> {
    Some(match language.to_ascii_lowercase().as_str() {
        "mermaid" | "plantuml" | "puml" | "dot" | "graphviz" | "d2" | "md" | "markdown" | "mdx" | "mdoc"
        | "markdoc" | "rst" | "adoc" | "asciidoc" | "tex" | "latex" | "typst" => {
            return None;
        }
        "c" | "h" | "cpp" | "c++" | "cc" | "hpp" | "cs" | "csharp" | "c#" | "java" | "go" | "rust" | "rs" | "swift"
        | "kotlin" | "kt" | "scala" | "dart" | "css" | "scss" | "less" | "proto" | "protobuf" | "json" | "json5"
        | "jsonc" | "groovy" | "objc" | "objective-c" | "solidity" | "zig" | "wgsl" | "glsl" => C,
        "js" | "javascript" | "mjs" | "cjs" | "jsx" | "ts" | "typescript" | "tsx" | "angular-ts" | "gjs" | "gts" => {
            SCRIPT
        }
        "html" | "xml" | "vue" | "svelte" | "astro" | "svg" | "angular-html" | "php" | "cshtml" | "razor" | "xaml"
        | "vue-html" => MARKUP,
        "sh" | "bash" | "shell" | "zsh" | "fish" | "powershell" | "ps1" => SHELL,
        "python" | "py" | "py3" | "ruby" | "rb" | "perl" | "r" | "julia" | "dockerfile" | "docker" | "makefile"
        | "make" | "elixir" | "ex" | "nginx" | "hcl" | "terraform" | "graphql" | "cmake" | "nix" => HASH,
        "yaml" | "yml" | "toml" | "ini" | "properties" | "conf" | "env" | "dotenv" => KEYS,
        "sql" | "lua" | "haskell" | "hs" | "ada" | "elm" => DASH,
        "asm" | "nasm" | "masm" | "lisp" | "clojure" | "scheme" => SEMICOLON,
        _ => UNKNOWN,
    })
}
