//! Query parameters: form style, an array repeats its key.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::schema::{self, Violation};

pub(super) struct Parameter {
    name: String,
    required: bool,
    schema: Value,
}

impl Parameter {
    /// Reads a parameter object; nothing if it is not one of the query.
    pub(super) fn read(parameter: &Value) -> Option<Self> {
        let name = parameter["name"].as_str()?.to_owned();
        let required = parameter["required"].as_bool().unwrap_or(false);
        let schema = parameter["schema"].clone();
        (parameter["in"] == "query").then_some(Self { name, required, schema })
    }
}

/// Reads the declared parameters out of `query`; others are ignored.
pub(super) fn read(
    root: &Value,
    parameters: &[Parameter],
    query: &str,
) -> Result<Map<String, Value>, Violation> {
    let pairs = pairs(query)?;
    let mut members = Map::new();
    for Parameter { name, required, schema } in parameters {
        let schema = schema::resolve(root, schema);
        let texts = pairs.iter().filter(|(key, _)| key == name).map(|(_, text)| text.as_str());
        if let Some(value) = value(root, schema, texts.collect(), name)? {
            schema::check(root, schema, &value, name)?;
            members.insert(name.clone(), value);
        } else if *required {
            return Err(Violation::missing(name));
        }
        super::fill(&mut members, name, schema);
    }
    Ok(members)
}

fn value(
    root: &Value,
    schema: &Value,
    texts: Vec<&str>,
    name: &str,
) -> Result<Option<Value>, Violation> {
    if schema["type"] == "array" && !texts.is_empty() {
        let items = schema::resolve(root, &schema["items"]);
        return Ok(Some(texts.into_iter().map(|text| typed(items, text)).collect()));
    }
    match texts.as_slice() {
        [] => Ok(None),
        [text] => Ok(Some(typed(schema, text))),
        _ => Err(Violation::wrong(name)),
    }
}

/// What `text` means where `schema` is wanted; text that fits no better stays text, and the
/// schema then refuses it.
fn typed(schema: &Value, text: &str) -> Value {
    let parsed = match schema["type"].as_str() {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("number") => text.parse::<f64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::from(text))
}

fn pairs(query: &str) -> Result<Vec<(String, String)>, Violation> {
    let pair = |pair: &str| {
        let (key, text) = pair.split_once('=').unwrap_or((pair, ""));
        let key = decoded(key).ok_or_else(|| Violation::wrong(""))?;
        let text = decoded(text).ok_or_else(|| Violation::wrong(&key))?;
        Ok((key, text))
    };
    query.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

fn decoded(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    Some(percent_decode_str(&text).decode_utf8().ok()?.into_owned())
}
