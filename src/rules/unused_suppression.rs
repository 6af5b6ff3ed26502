//! `unused-suppression`: a comment that suppresses nothing.

use serde::Deserialize;

use crate::align::Bitext;
use crate::revision::Needless;
use crate::rule::{Builtin, Check, Kind, Report, load};

pub(super) const RULE: Builtin = Builtin {
    id: "unused-suppression",
    kind: Kind::Suppressions,
    yaml: include_str!("../../rules/unused-suppression.yaml"),
    load: load::<UnusedSuppression>,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnusedSuppression {}

impl Check for UnusedSuppression {
    fn check(&self, bitext: &Bitext<'_>, report: &mut Report) {
        for (place, rule, needless) in &bitext.standing.needless {
            match needless {
                Needless::Unused => {
                    report.at(*place, format!("nothing here is `{rule}`")).about(rule);
                }
                Needless::Unknown if rule.is_empty() => {
                    let finding = report.at(*place, "this names no rule to ignore");
                    finding.help("name one: `cognate-ignore RULE: reason`");
                }
                Needless::Unknown => {
                    let finding = report.at(*place, format!("there is no rule `{rule}`"));
                    finding.help("name a rule of `cognate rules`").about(rule);
                }
                Needless::WithoutReason => {
                    let finding = report.at(*place, format!("nobody says why `{rule}` is meant"));
                    finding.help(format!("write the reason behind the rule: `{rule}: why`")).about(rule);
                }
            }
        }
    }
}
