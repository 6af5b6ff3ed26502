//! The schemas out of the types. `SNAPSHOTS=overwrite cargo test --lib` writes them.

use std::borrow::Cow;
use std::path::Path;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value, json};

use crate::config::rule_file::{OwnDeclaration, OwnRules};
use crate::config::{Config, LayoutConfig};
use crate::diagnostic::{Origin, Severity};
use crate::rule::{Builtin, Declaration};
use crate::rules::BUILTINS;

/// `extends`: names of packs.
pub(in crate::config) fn packs(_: &mut SchemaGenerator) -> Schema {
    let known = crate::pack::builtin().iter().map(|pack| json!({ "const": pack.name, "description": pack.summary }));
    json_schema!({ "type": ["array", "null"], "items": { "oneOf": known.collect::<Vec<_>>() } })
}

/// `layout`: one or a list.
pub(in crate::config) fn one_or_many(generator: &mut SchemaGenerator) -> Schema {
    let one = generator.subschema_for::<LayoutConfig>();
    json_schema!({ "anyOf": [one, { "type": "array", "items": one }, { "type": "null" }] })
}

/// `origins`: a severity for each.
pub(in crate::config) fn origins(generator: &mut SchemaGenerator) -> Schema {
    let severity = generator.subschema_for::<Severity>();
    let origins = generator.subschema_for::<Origin>();
    json_schema!({ "type": "object", "propertyNames": origins, "additionalProperties": severity })
}

/// `rules`: every rule by its name, and what may be said of it.
pub(in crate::config) struct Rules;

impl JsonSchema for Rules {
    fn schema_name() -> Cow<'static, str> {
        "Rules".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let weight = generator.subschema_for::<Weight>();
        let mut rules = Map::new();
        for builtin in BUILTINS {
            let declaration = builtin.declaration().expect(builtin.id);
            let description = format!("{}. `{}` unless configured.", declaration.summary, declaration.severity);
            let mapping = json!({
                "type": "object",
                "properties": { "severity": weight, "options": options(builtin, &declaration) },
                "additionalProperties": false,
            });
            rules.insert(builtin.id.to_owned(), json!({ "description": description, "anyOf": [weight, mapping] }));
        }
        let own = json!({
            "type": "object",
            "properties": { "severity": weight, "options": { "type": "object" } },
            "additionalProperties": false,
        });
        json_schema!({
            "description": "Changes to rules: a severity, `off`, or a mapping of `severity` and `options`.",
            "type": "object",
            "properties": rules,
            // Rules of a team's own, which no schema knows.
            "patternProperties": { "^[a-z][a-z0-9]*(-[a-z0-9]+)*$": { "anyOf": [weight, own] } },
            "additionalProperties": false,
        })
    }
}

/// A severity or `off`.
struct Weight;

impl JsonSchema for Weight {
    fn schema_name() -> Cow<'static, str> {
        "Weight".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let severity = generator.subschema_for::<Severity>();
        let off = json!({ "description": "The rule is not run.", "enum": ["off", false] });
        json_schema!({ "description": "How much a finding weighs; `off` for a rule that is not run.", "anyOf": [severity, off] })
    }
}

/// The options of a rule by the names that its check knows, of the types that its declaration shows.
fn options(builtin: &Builtin, declaration: &Declaration) -> Value {
    let unknown = serde_yaml::from_str("{ '': }").expect("a mapping");
    let words = (builtin.load)(unknown).map(drop).expect_err("no option is called so").inner().to_string();
    let names = words.split('`').skip(3).step_by(2);
    let kind = |name: &str| match declaration.options.get(name) {
        Some(serde_yaml::Value::Sequence(items)) if items.iter().all(serde_yaml::Value::is_string) => {
            json!({ "type": "array", "items": { "type": "string" } })
        }
        Some(serde_yaml::Value::Sequence(_)) => json!({ "type": "array" }),
        Some(serde_yaml::Value::Mapping(_)) => json!({ "type": "object" }),
        _ => json!({}),
    };
    json!({
        "description": "Laid over the rule's own options: mappings are merged, anything else is replaced.",
        "type": "object",
        "properties": names.map(|name| (name.to_owned(), kind(name))).collect::<Map<_, _>>(),
        "additionalProperties": false,
    })
}

/// `check`: every rule whose check may be run.
pub(in crate::config) fn checks(_: &mut SchemaGenerator) -> Schema {
    let known = BUILTINS.iter().map(|builtin| {
        let declaration = builtin.declaration().expect(builtin.id);
        json!({ "const": builtin.id, "description": format!("{}.", declaration.summary) })
    });
    json_schema!({
        "description": "The rule whose check it runs under its own name, with its own options.",
        "oneOf": known.collect::<Vec<_>>(),
    })
}

/// The options of a team's own rule are those of its check.
pub(in crate::config) fn options_of_checks(schema: &mut Schema) {
    let of_check = BUILTINS.iter().map(|builtin| {
        let mut options = options(builtin, &builtin.declaration().expect(builtin.id));
        options["description"] = "A key that is left out is as the rule behind the check has it.".into();
        json!({
            "if": { "properties": { "check": { "const": builtin.id } } },
            "then": { "properties": { "options": options } },
        })
    });
    schema.insert("allOf".to_owned(), of_check.collect::<Vec<_>>().into());
    schema.insert("additionalProperties".to_owned(), false.into());
}

/// A rule file: one rule, or several under `rules:`.
struct RuleFile;

impl JsonSchema for RuleFile {
    fn schema_name() -> Cow<'static, str> {
        "cognate-rules.yaml".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let [one, several] = [generator.subschema_for::<OwnDeclaration>(), generator.subschema_for::<OwnRules>()];
        json_schema!({
            "description": "Rules of a team's own: one, or a list under `rules:`.",
            "type": "object",
            "if": { "required": ["rules"] },
            "then": several,
            "else": one,
        })
    }
}

/// The schema file of a type is as it should be, or is written.
fn assert_is_written<T: JsonSchema>(file: &str) {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    schema.insert("$comment".to_owned(), json!("Made from the types: SNAPSHOTS=overwrite cargo test --lib"));
    let made = format!("{}\n", serde_json::to_string_pretty(&schema).expect("JSON"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
        std::fs::write(&path, made).expect(file);
    } else {
        let written = std::fs::read_to_string(&path).expect(file);
        assert!(written == made, "{file} is not what the types say: SNAPSHOTS=overwrite cargo test --lib mends it");
    }
}

#[test]
fn the_schema_of_configurations_is_that_of_the_types() {
    assert_is_written::<Config>("src/config/cognate.schema.json");
}

#[test]
fn the_schema_of_rule_files_is_that_of_the_types() {
    assert_is_written::<RuleFile>("src/config/rule-file.schema.json");
}

#[test]
fn the_schema_of_rules_is_that_of_the_types() {
    assert_is_written::<Declaration>("src/rule.schema.json");
}
