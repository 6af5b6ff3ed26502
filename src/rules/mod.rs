//! The rules, one file each. To add one: a file here, its two lines below, `rules/<id>.yaml`, `fixtures/<id>/`.

mod broken_fragment;
mod drifted_metadata;
mod drifted_url;
mod extra_block;
mod extra_link;
mod forbidden_text;
mod foreign_locale;
mod heading_mismatch;
mod incomparable_structure;
mod invalid_metadata;
mod list_mismatch;
mod malformed_link;
mod mismatched_pin;
mod missing_block;
mod missing_link;
mod missing_link_text;
mod missing_metadata;
mod missing_text;
mod orphaned_translation;
mod outdated_translation;
mod passages;
mod patterns;
mod stale_host;
mod structure;
mod text_mismatch;
mod unreadable_file;
mod words;

use crate::rule::Builtin;

/// Every rule that ships with Cognate.
pub const BUILTINS: &[Builtin] = &[
    broken_fragment::RULE,
    drifted_metadata::RULE,
    drifted_url::RULE,
    extra_block::RULE,
    extra_link::RULE,
    forbidden_text::RULE,
    foreign_locale::RULE,
    heading_mismatch::RULE,
    incomparable_structure::RULE,
    invalid_metadata::RULE,
    list_mismatch::RULE,
    malformed_link::RULE,
    mismatched_pin::RULE,
    missing_block::RULE,
    missing_link::RULE,
    missing_link_text::RULE,
    missing_metadata::RULE,
    missing_text::RULE,
    orphaned_translation::RULE,
    outdated_translation::RULE,
    stale_host::RULE,
    text_mismatch::RULE,
    unreadable_file::RULE,
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
