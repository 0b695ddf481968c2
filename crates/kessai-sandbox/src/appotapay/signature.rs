//! What is signed, and with what: requests, answers and callbacks.
//!
//! The document names the members of a message that are signed, by their paths. `name?` counts only
//! where it is there, and `name=Word` is that word whatever was sent.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::auth::SECRET_KEY;
use super::query;
use crate::document::Operation;
use crate::mac::{hmac_hex, sha256_hex};
use crate::message::Request;
use crate::said::Said;

/// Whose body is signed as a whole, in a header.
const SIGNED_AS_SENT: &str = "create_pos_payment";

/// Whether a request has the signature that its operation wants, or wants none.
pub(super) fn is_right(operation: &Operation, request: &Request) -> bool {
    if operation.id == SIGNED_AS_SENT {
        let sent = request.headers.get("x-signature").and_then(|header| header.to_str().ok());
        return sent == Some(&*sign(&request.body));
    }
    if operation.signed.is_empty() {
        return true;
    }
    let body = std::str::from_utf8(&request.body).unwrap_or_default();
    let value = |path: &str| match body {
        "" => query::member(&request.query, path),
        body => text_at(body, path),
    };
    // What may be left out of the signature is marked; anything else is signed as nothing.
    let is_marked =
        |path: &str| operation.signed.iter().any(|it| it.strip_suffix('?') == Some(path));
    let signed = |path: &str| value(path).or_else(|| (!is_marked(path)).then(String::new));
    let members = members(&operation.signed, signed);
    let right = if operation.admits("api_key") { digest(&members) } else { sign_members(members) };
    value("signature") == Some(right)
}

/// Signs an answer whose operation says so. One that lacks what would be signed says no, and stays
/// as it is.
pub(super) fn sign_answer(operation: &Operation, said: Said) -> Said {
    let signed = &operation.signed_answer;
    let members = members(signed, |path| text_at(&said.body, path));
    match said.body.strip_suffix('}') {
        Some(open) if !signed.is_empty() && members.len() == signed.len() => {
            let signature = sign_members(members);
            Said { body: format!(r#"{open},"signature":"{signature}"}}"#), ..said }
        }
        _ => said,
    }
}

/// The signature of a text as it is: of the `data` of a callback, and of a whole body.
pub(super) fn sign(text: &[u8]) -> String {
    hmac_hex(SECRET_KEY.as_bytes(), &[text])
}

/// The signature of the members of a callback that have these paths.
pub(super) fn sign_callback(body: &str, paths: &[&str]) -> String {
    sign_members(members(paths, |path| text_at(body, path)))
}

/// Signs names and values, in the order of the names.
fn sign_members(mut members: Vec<(&str, String)>) -> String {
    members.sort_by_key(|(name, _)| *name);
    let pairs: Vec<_> = members.iter().map(|(name, value)| format!("{name}={value}")).collect();
    sign(pairs.join("&").as_bytes())
}

/// Signs values alone, in the order of the document, as it is for prepaid cards.
fn digest(members: &[(&str, String)]) -> String {
    let values: String = members.iter().map(|(_, value)| value.as_str()).collect();
    sha256_hex(&format!("{values}{SECRET_KEY}"))
}

/// The last names and the values of the members that are signed, and that are there.
fn members<'a, Path: AsRef<str>>(
    signed: &'a [Path],
    value: impl Fn(&str) -> Option<String>,
) -> Vec<(&'a str, String)> {
    let member = |path: &'a Path| {
        let path = path.as_ref();
        let (path, value) = match path.split_once('=') {
            Some((path, word)) => (path, word.to_owned()),
            None => {
                let path = path.trim_end_matches('?');
                (path, value(path)?)
            }
        };
        Some((path.rsplit('.').next().unwrap_or(path), value))
    };
    signed.iter().filter_map(member).collect()
}

/// The member of this path as it is signed: texts without quotes, null as nothing, and everything
/// else as it is written.
fn text_at(json: &str, path: &str) -> Option<String> {
    let mut json = json;
    for name in path.split('.') {
        let members: BTreeMap<String, &RawValue> = serde_json::from_str(json).ok()?;
        json = members.get(name)?.get();
    }
    match json {
        "null" => Some(String::new()),
        text if text.starts_with('"') => serde_json::from_str(text).ok(),
        written => Some(written.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_signed_by_their_last_names_as_they_are_written() {
        let signed = ["transaction.time", "code", "detail=Array", "note?", "extra?", "payment"];
        let body = r#"{"payment":{"b":[1,"\u00e9/"],"a":1.50},"note":null,"code":0,
            "transaction":{"time":"a\u00e9 b"},"detail":[1]}"#;
        let members = members(&signed, |path| text_at(body, path));
        let members: Vec<_> = members.iter().map(|(name, value)| (*name, &**value)).collect();
        let expected = [
            ("time", "aé b"),
            ("code", "0"),
            ("detail", "Array"),
            ("note", ""),
            ("payment", r#"{"b":[1,"\u00e9/"],"a":1.50}"#),
        ];
        assert_eq!(members, expected);
    }

    /// The text is one that AppotaPay prints, the signature is computed.
    #[test]
    fn names_and_values_are_signed_in_the_order_of_the_names() {
        let body = r#"{"serviceCode":"ENVHN","billCode":"PD12121","partnerRefId":"AB123"}"#;
        let signature = sign_callback(body, &["serviceCode", "partnerRefId", "billCode"]);
        assert_eq!(signature, "02ec2f2a40f5d0f08e59162a28b005bea6c658b2ded5f2cb728d782cb649af10");
    }

    /// What `printf '%s' APPOTAPAYtx-1<key> | sha256sum` says.
    #[test]
    fn prepaid_cards_are_signed_by_values_alone() {
        let members = [("partner_code", "APPOTAPAY".to_owned()), ("x", "tx-1".to_owned())];
        assert_eq!(
            digest(&members),
            "2ba8bd5a5c78b43d83803600f667c4173b36f55bfb17afee59df2943ff487cf9"
        );
    }
}
