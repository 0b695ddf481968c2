//! Limits and defaults, said in the docs of a member.

use crate::document::{Node, Value};

/// A member's description, then what the specification says of it besides.
///
/// What is left out takes its default only when we send it; in an answer it is simply not there.
pub(super) fn docs(holder: &Node, schema: Option<&Node>, sent: bool) -> String {
    let mut docs = holder.text_at("description").unwrap_or_default().to_owned();
    let facts: Vec<String> = schema.map(|schema| facts(schema, sent)).unwrap_or_default();
    if !facts.is_empty() {
        // A list or a code block ends the paragraph that a sentence could join.
        docs.push_str(if docs.contains("\n\n") || docs.contains("\n- ") { "\n\n" } else { " " });
        docs.push_str(&facts.join(" "));
    }
    if let Some(why) = holder.text_at("x-kessai-unverified") {
        docs.push_str("\n\n");
        docs.push_str(&unverified(why));
    }
    docs
}

/// The description of a type of its own, then what an empty object of it means.
pub(super) fn docs_of_type(schema: &Node) -> String {
    let mut docs = schema.text_at("description").unwrap_or_default().to_owned();
    if schema.get("minProperties").is_some() {
        docs.push_str("\n\nWhere `{}` is answered, there is none.");
    }
    docs
}

/// The paragraph that says what is only known in part.
pub(crate) fn unverified(why: &str) -> String {
    let why = why.trim_end_matches('.');
    format!("**Not verified:** {why}.")
}

fn facts(schema: &Node, sent: bool) -> Vec<String> {
    let number = |key| match schema.get(key).map(|node| &node.value) {
        Some(Value::Integer(number)) => Some(*number),
        _ => None,
    };
    let mut facts = Vec::new();
    match (number("minLength"), number("maxLength")) {
        (Some(least), Some(most)) if least == most => facts.push(format!("{most} characters.")),
        (_, Some(most)) => facts.push(format!("At most {most} characters.")),
        (Some(least), None) => facts.push(format!("At least {least} characters.")),
        (None, None) => {}
    }
    if let Some(most) = number("maxProperties") {
        facts.push(format!("At most {most} entries."));
    }
    if let Some(most) = number("maxItems") {
        facts.push(format!("At most {most} items."));
    }
    match (number("minimum"), number("maximum")) {
        (Some(least), Some(most)) => facts.push(format!("From {least} to {most}.")),
        (None, Some(most)) => facts.push(format!("At most {most}.")),
        (Some(least), None) => facts.push(format!("At least {least}.")),
        (None, None) => {}
    }
    if let Some(currency) = schema.text_at("x-kessai-currency") {
        facts.push(format!("Not sent if it has more digits behind the point than `{currency}`."));
    }
    match schema.get("default").filter(|_| sent).map(|node| &node.value) {
        Some(Value::Text(text)) => facts.push(format!("Default: `{text}`.")),
        Some(Value::Integer(number)) => facts.push(format!("Default: `{number}`.")),
        Some(Value::Bool(flag)) => facts.push(format!("Default: `{flag}`.")),
        _ => {}
    }
    facts
}
