//! Signatures in bodies and queries. Which members they are made of is in the specification; here
//! is what AppotaPay makes of them.
//!
//! All but one are the HMAC-SHA256 of `name=value` pairs, sorted by name and joined by `&`, values
//! raw. Card charging wants the SHA-256 of the values alone, in their own order, the secret key
//! behind them.

use kessai_core::encoding::{from_hex, from_query, hex};
use kessai_core::mac::digest;
use kessai_core::{Json, Operation, SignError};

use crate::sign::Credentials;

/// The member, or the parameter of the query, that holds a signature.
const SIGNATURE: &str = "signature";

/// The security scheme that only card charging has: the API key, in the query.
const API_KEY: &str = "api_key";

/// Puts the signature of a request into its body, or into its query if it has none, and the API key
/// into the query of card charging.
pub(crate) fn complete(
    credentials: &Credentials,
    operation: &Operation,
    query: &mut String,
    body: &mut Vec<u8>,
) -> Result<(), SignError> {
    let is_card_charging = operation.own_keys().is_some_and(|keys| keys.contains(&API_KEY));
    let members = operation.signed_members();
    if !members.is_empty() {
        let read = |path: &str| -> Result<Option<String>, SignError> {
            if body.is_empty() {
                return Ok(from_query(query, path));
            }
            let body = std::str::from_utf8(body).ok().and_then(|body| Json::parse(body).ok());
            value(&body.ok_or(SignError("the body is not JSON"))?, path)
        };
        let pairs = pairs(members, read)?;
        let signature = if is_card_charging {
            let values: Vec<&[u8]> = pairs.iter().map(|(_, value)| value.as_bytes()).collect();
            let secret = credentials.secret_key.reveal().as_bytes();
            digest(&[&values.concat(), secret])
        } else {
            credentials.tag(joined(pairs).as_bytes()).into_bytes()
        };
        if body.is_empty() {
            put(query, SIGNATURE, &hex(&signature));
        } else {
            append(body, SIGNATURE, &hex(&signature))?;
        }
    }
    if is_card_charging {
        put(query, API_KEY, credentials.api_key.reveal());
    }
    Ok(())
}

/// Whether `answer` is signed by AppotaPay, where its answers are. One that says no may be unsigned,
/// unless it tells of a transaction: then its signature was taken away.
pub(crate) fn verify(
    credentials: &Credentials,
    members: &[&str],
    answer: &[u8],
    denied: bool,
) -> Result<(), SignError> {
    if members.is_empty() {
        return Ok(());
    }
    // What is not JSON does not read as an answer either.
    let text = std::str::from_utf8(answer).ok();
    let Some(answer) = text.and_then(|text| Json::parse(text).ok()) else { return Ok(()) };
    let claimed = value(&answer, SIGNATURE).ok().flatten().filter(|claimed| !claimed.is_empty());
    match claimed {
        None if denied && !tells_of_more(members, &answer) => Ok(()),
        None => Err(SignError("the answer is not signed")),
        Some(claimed) if is_genuine(credentials, members, &answer, &claimed) => Ok(()),
        Some(_) => Err(SignError("the signature of the answer is wrong")),
    }
}

/// Whether an answer has a signed member beside the code that says no.
fn tells_of_more(members: &[&str], answer: &Json) -> bool {
    let is_there = |path: &&&str| value(answer, path).is_ok_and(|value| value.is_some());
    members.iter().filter(|path| **path != "errorCode").any(|path| is_there(&path))
}

/// Whether `claimed` is the signature of these members of `message`.
pub(crate) fn is_genuine(
    credentials: &Credentials,
    members: &[&str],
    message: &Json,
    claimed: &str,
) -> bool {
    let pairs =
        pairs(members, |path| value(message, path)).ok().filter(|pairs| !is_ambiguous(pairs));
    let tag = pairs.map(|pairs| credentials.tag(joined(pairs).as_bytes()));
    tag.is_some_and(|tag| from_hex(claimed).is_some_and(|claimed| tag.is(&claimed)))
}

/// Whether a value holds what looks like the next member: then the same text could have been cut
/// into other members, and the signature says nothing.
fn is_ambiguous(pairs: &[(String, String)]) -> bool {
    pairs
        .iter()
        .any(|(_, value)| pairs.iter().any(|(name, _)| value.contains(&format!("&{name}="))))
}

/// The names and values that are signed, in the order of the specification.
fn pairs(
    members: &[&str],
    read: impl Fn(&str) -> Result<Option<String>, SignError>,
) -> Result<Vec<(String, String)>, SignError> {
    let mut pairs = Vec::new();
    for member in members {
        if let Some((name, word)) = member.split_once('=') {
            pairs.push((last(name), word.to_owned()));
            continue;
        }
        let path = member.trim_end_matches('?');
        match read(path)? {
            Some(value) => pairs.push((last(path), value)),
            None if path.len() < member.len() => {}
            // An empty value stays, as its name alone.
            None => pairs.push((last(path), String::new())),
        }
    }
    Ok(pairs)
}

fn last(path: &str) -> String {
    path.rsplit('.').next().unwrap_or(path).to_owned()
}

fn joined(mut pairs: Vec<(String, String)>) -> String {
    pairs.sort();
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

/// What is signed of the member at `path`: a text without its quotes, anything else as it is
/// written; nothing if it is missing or null.
fn value(object: &Json, path: &str) -> Result<Option<String>, SignError> {
    let mut at = object.clone();
    for name in path.split('.') {
        let members = at.members();
        match members.and_then(|mut members| members.remove(name)) {
            Some(member) => at = member,
            None => return Ok(None),
        }
    }
    match at.as_str() {
        "null" => Ok(None),
        text if text.starts_with('"') => {
            at.read().map(Some).map_err(|_| SignError("a signed member is not UTF-8"))
        }
        other => Ok(Some(compact(other))),
    }
}

/// JSON without the blanks between its parts: AppotaPay writes none.
fn compact(json: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let keep = |letter: &char| {
        let blank = !inside && letter.is_ascii_whitespace();
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => inside = !inside,
            _ => {}
        }
        !blank
    };
    json.chars().filter(keep).collect()
}

/// Adds a member to a JSON object.
fn append(body: &mut Vec<u8>, name: &str, value: &str) -> Result<(), SignError> {
    if body.pop() != Some(b'}') {
        return Err(SignError("what is signed is no object"));
    }
    let comma = if body.last() == Some(&b'{') { "" } else { "," };
    // Neither has anything to be escaped.
    body.extend_from_slice(format!(r#"{comma}"{name}":"{value}"}}"#).as_bytes());
    Ok(())
}

/// Adds a parameter to a query; keys and digests have nothing to be escaped but these.
fn put(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    query.push_str(&kessai_core::encoding::to_query(value));
}

#[cfg(test)]
mod tests;
