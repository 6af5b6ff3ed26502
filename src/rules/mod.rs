//! The rules, one file each. To add one: a file here, its two lines below, `rules/<id>.yaml`, `fixtures/<id>/`.

mod broken_emphasis;
mod broken_fragment;
mod code_mismatch;
mod drifted_metadata;
mod drifted_url;
mod extra_block;
mod extra_link;
mod forbidden_text;
mod foreign_locale;
mod heading_mismatch;
mod image_mismatch;
mod incomparable_structure;
mod inline_code_mismatch;
mod invalid_metadata;
mod labels;
mod leaked_marker;
mod link_boundary;
mod list_mismatch;
mod malformed_link;
mod mismatched_pin;
mod missing_anchor;
mod missing_block;
mod missing_link;
mod missing_link_text;
mod missing_metadata;
mod missing_text;
mod number_mismatch;
mod orphaned_translation;
mod outdated_translation;
mod patterns;
mod placeholder_mismatch;
mod prose;
mod readings;
mod set_apart;
mod small_words;
mod spoilt_names;
mod stale_host;
mod structure;
mod table_mismatch;
mod text_mismatch;
mod unreadable_file;
mod untranslated;
mod unused_suppression;
mod words;
mod wrong_locale;

use crate::rule::Builtin;

/// Every rule that ships with Cognate.
pub const BUILTINS: &[Builtin] = &[
    broken_emphasis::RULE,
    broken_fragment::RULE,
    code_mismatch::RULE,
    drifted_metadata::RULE,
    drifted_url::RULE,
    extra_block::RULE,
    extra_link::RULE,
    forbidden_text::RULE,
    foreign_locale::RULE,
    heading_mismatch::RULE,
    image_mismatch::RULE,
    incomparable_structure::RULE,
    inline_code_mismatch::RULE,
    invalid_metadata::RULE,
    leaked_marker::RULE,
    link_boundary::RULE,
    list_mismatch::RULE,
    malformed_link::RULE,
    mismatched_pin::RULE,
    missing_anchor::RULE,
    missing_block::RULE,
    missing_link::RULE,
    missing_link_text::RULE,
    missing_metadata::RULE,
    missing_text::RULE,
    number_mismatch::RULE,
    orphaned_translation::RULE,
    outdated_translation::RULE,
    placeholder_mismatch::RULE,
    stale_host::RULE,
    table_mismatch::RULE,
    text_mismatch::RULE,
    unreadable_file::RULE,
    untranslated::RULE,
    unused_suppression::RULE,
    wrong_locale::RULE,
];

#[cfg(test)]
mod tests {
    use super::BUILTINS;

    #[test]
    fn the_names_of_a_rule_agree() {
        for builtin in BUILTINS {
            let declaration = builtin.declaration().expect(builtin.id);
            assert_eq!(declaration.id, builtin.id);
            (builtin.load)(declaration.options).map_err(|error| error.to_string()).expect(builtin.id);
        }
        assert!(BUILTINS.is_sorted_by_key(|builtin| builtin.id));
    }
}
