//! Tokens and signatures, made without the sandbox.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kessai_sandbox::appotapay::Appotapay;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The HMAC-SHA256 with the secret key.
fn mac(appotapay: &Appotapay, text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(appotapay.secret_key().as_bytes()).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

/// The same in hexadecimal digits.
pub fn sign(appotapay: &Appotapay, text: &str) -> String {
    hex(&mac(appotapay, text.as_bytes()))
}

/// The signature of values alone, as it is for prepaid cards.
pub fn digest(appotapay: &Appotapay, values: &str) -> String {
    hex(&Sha256::digest(format!("{values}{}", appotapay.secret_key())))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16);
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect()
}

/// A token that ends at this time, in seconds since 1970.
pub fn token(appotapay: &Appotapay, end: i64) -> String {
    let (partner, key) = (appotapay.partner_code(), appotapay.api_key());
    let head = json!({ "typ": "JWT", "alg": "HS256", "cty": "appotapay-api;v=1" });
    let id = format!("{key}-{}", end - 300);
    let claims = json!({ "iss": partner, "jti": id, "api_key": key, "exp": end });
    let signed = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
    let signature = URL_SAFE_NO_PAD.encode(mac(appotapay, signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// What base64 data says, if its signature is right.
pub fn unsealed(appotapay: &Appotapay, data: &str, signature: &str) -> Value {
    assert_eq!(signature, sign(appotapay, data));
    let json = STANDARD.decode(data).expect("base64");
    serde_json::from_slice(&json).expect("JSON")
}

/// A body with the signature of these members, in the order of their names.
pub fn signed(appotapay: &Appotapay, mut body: Value, members: &[&str]) -> Value {
    assert!(members.is_sorted());
    let value = |name: &str| match &body[name] {
        Value::String(text) => text.clone(),
        // What is not sent is signed as nothing.
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let pairs: Vec<_> = members.iter().map(|name| format!("{name}={}", value(name))).collect();
    body["signature"] = sign(appotapay, &pairs.join("&")).into();
    body
}
