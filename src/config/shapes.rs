//! Values that may be written in several shapes.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_yaml::Value;

use super::{LayoutConfig, RuleOverlay};
use crate::diagnostic::{Origin, Severity};

/// What a rule may be set to.
const SEVERITIES: &[&str] = &["error", "warning", "info", "off"];

/// One layout, or a list of them.
pub(crate) fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<LayoutConfig>, D::Error> {
    struct OneOrMany;
    impl<'de> Visitor<'de> for OneOrMany {
        type Value = Vec<LayoutConfig>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a mapping with `translation:`, or a list of such")
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(items))
        }

        fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
            Ok(vec![LayoutConfig::deserialize(MapAccessDeserializer::new(entries))?])
        }
    }
    deserializer.deserialize_any(OneOrMany)
}

/// Severities by origin. The keys are read as texts, so that an error knows its key.
pub(super) fn by_origin<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<Origin, Severity>, D::Error> {
    #[derive(PartialEq, Eq, PartialOrd, Ord)]
    struct Key(Origin);
    impl<'de> Deserialize<'de> for Key {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Word;
            impl Visitor<'_> for Word {
                type Value = Key;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("an origin (translation, outdated, reference)")
                }

                fn visit_str<E: Error>(self, word: &str) -> Result<Key, E> {
                    Origin::deserialize(word.into_deserializer()).map(Key)
                }
            }
            deserializer.deserialize_str(Word)
        }
    }
    let severities = BTreeMap::<Key, Severity>::deserialize(deserializer)?;
    Ok(severities.into_iter().map(|(key, severity)| (key.0, severity)).collect())
}

/// A severity, or `None` for `off`.
struct Weight(Option<Severity>);

impl Weight {
    fn of<E: Error>(word: &str) -> Result<Self, E> {
        Ok(Self(match word {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "info" => Some(Severity::Info),
            "off" => None,
            _ => return Err(E::unknown_variant(word, SEVERITIES)),
        }))
    }
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Word;
        impl Visitor<'_> for Word {
            type Value = Weight;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a severity or `off`")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Weight, E> {
                Weight::of(word)
            }

            /// YAML 1.1 calls `off` false, and so do editors that rewrite it.
            fn visit_bool<E: Error>(self, word: bool) -> Result<Weight, E> {
                Weight::of(if word { "true" } else { "off" })
            }
        }
        deserializer.deserialize_any(Word)
    }
}

impl<'de> Deserialize<'de> for RuleOverlay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Mapping {
            severity: Option<Weight>,
            options: Option<Value>,
        }
        struct Overlay;
        impl<'de> Visitor<'de> for Overlay {
            type Value = RuleOverlay;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a severity, `off`, or a mapping of `severity` and `options`")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<RuleOverlay, E> {
                Ok(RuleOverlay { severity: Some(Weight::of(word)?.0), options: None })
            }

            fn visit_bool<E: Error>(self, word: bool) -> Result<RuleOverlay, E> {
                self.visit_str(if word { "true" } else { "off" })
            }

            fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<RuleOverlay, A::Error> {
                let Mapping { severity, options } = Mapping::deserialize(MapAccessDeserializer::new(entries))?;
                Ok(RuleOverlay { severity: severity.map(|weight| weight.0), options })
            }
        }
        deserializer.deserialize_any(Overlay)
    }
}
