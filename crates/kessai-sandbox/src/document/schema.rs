//! Whether a value fits a schema of the house dialect.
//!
//! By hand, because the dialect is small and a general validator would triple the crates to
//! build; the tests compare it with one. `pattern` is not looked at.

use serde_json::Value;

/// Why a value does not fit.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Violation {
    /// The member at fault, outermost name first, joined by dots; empty for the whole.
    pub(crate) member: String,
    pub(crate) reason: Reason,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reason {
    /// It is required and is not there.
    Missing,
    /// It is there with a wrong type, length, size or word.
    Wrong,
}

impl Violation {
    pub(crate) fn missing(member: &str) -> Self {
        Self { member: member.to_owned(), reason: Reason::Missing }
    }

    pub(crate) fn wrong(member: &str) -> Self {
        Self { member: member.to_owned(), reason: Reason::Wrong }
    }
}

/// The schema itself, or the one it refers to; `allOf` is only ever a reference with a description.
pub(super) fn resolve<'a>(root: &'a Value, mut schema: &'a Value) -> &'a Value {
    loop {
        let reference = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str());
        let Some(pointer) = reference.and_then(|to| to.strip_prefix('#')) else { return schema };
        schema = root.pointer(pointer).unwrap_or(&Value::Null);
    }
}

/// Checks `value`, which stands at the member `at`.
pub(super) fn check(
    root: &Value,
    schema: &Value,
    value: &Value,
    at: &str,
) -> Result<(), Violation> {
    // A reference may be null although what it refers to may not.
    let beside = schema["nullable"] == true;
    let schema = resolve(root, schema);
    if value.is_null() && (beside || schema["nullable"] == true) {
        return Ok(());
    }
    let known = schema["enum"].as_array().is_none_or(|words| words.contains(value));
    let typed = schema["type"].as_str().is_none_or(|kind| is_a(kind, value));
    if !(known && typed && within_limits(schema, value)) {
        return Err(Violation::wrong(at));
    }
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check(root, &schema["items"], item, &inside(at, &index.to_string()))?;
            }
            Ok(())
        }
        Value::Object(_) => check_members(root, schema, value, at),
        _ => Ok(()),
    }
}

fn check_members(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), Violation> {
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            return Err(Violation::missing(&inside(at, name)));
        }
    }
    for (name, member) in super::object(value) {
        let at = inside(at, name);
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(own), _) => check(root, own, member, &at)?,
            (None, Value::Bool(false)) => return Err(Violation::wrong(&at)),
            (None, other) => check(root, other, member, &at)?,
        }
    }
    Ok(())
}

/// `OpenAPI` 3.0 knows no integer that is written with a fraction; and one that does not fit 64
/// bits is an amount nobody has.
fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.as_i64().is_some(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

fn within_limits(schema: &Value, value: &Value) -> bool {
    let size = |least: &str, most: &str, size: usize| {
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        schema[least].as_u64().is_none_or(|least| least <= size)
            && schema[most].as_u64().is_none_or(|most| size <= most)
    };
    match value {
        Value::String(text) => size("minLength", "maxLength", text.chars().count()),
        Value::Array(items) => size("minItems", "maxItems", items.len()),
        Value::Object(members) => size("minProperties", "maxProperties", members.len()),
        Value::Number(number) => {
            let least = schema["minimum"].as_f64();
            let most = schema["maximum"].as_f64();
            // Limits are small numbers, which f64 holds exactly.
            number.as_f64().is_none_or(|number| {
                least.is_none_or(|least| {
                    least < number || (least <= number && schema["exclusiveMinimum"] != true)
                }) && most.is_none_or(|most| {
                    number < most || (number <= most && schema["exclusiveMaximum"] != true)
                })
            })
        }
        Value::Null | Value::Bool(_) => true,
    }
}

fn inside(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}
