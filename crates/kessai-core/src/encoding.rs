//! Bytes as text.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;

/// `bytes` in lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect()
}

/// The bytes that `text` spells in lower-case hexadecimal digits.
///
/// Upper-case digits are none, so that bytes have one spelling.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let value = |digit| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| Some(value(*high)? << 4 | value(*low)?));
    bytes.collect::<Option<_>>().filter(|_| rest.is_empty())
}

/// `bytes` in base64, with padding.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes that `text` spells in the base64 of URLs and JWTs, without padding.
#[must_use]
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// `bytes` in the base64 of URLs and JWTs, without padding.
#[must_use]
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes that `text` spells in base64, with padding.
#[must_use]
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// `text` as a value in the query of a URL.
#[must_use]
pub fn to_query(text: &str) -> String {
    crate::url::encode(text)
}

/// The value of `name` in the query of a URL, its escapes undone once; a `+` stays a `+`.
///
/// `None` if it is not there, or not UTF-8.
#[must_use]
pub fn from_query(query: &str, name: &str) -> Option<String> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8().ok().map(String::from);
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut found = pairs.filter(|(key, _)| decode(key).as_deref() == Some(name));
    found.next().and_then(|(_, value)| decode(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_one_spelling_in_hexadecimal_digits() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(from_hex(&hex(&bytes)), Some(bytes));
        assert_eq!(hex(&[0x0f, 0xa5]), "0fa5");
        for wrong in ["0", "0F", "0g", " 0", "0fa"] {
            assert_eq!(from_hex(wrong), None, "{wrong}");
        }
        assert_eq!(from_hex(""), Some(Vec::new()));
    }

    #[test]
    fn a_query_is_read_as_it_was_written() {
        let query = "data=a%2Bb%2F%3D%3D&raw=a+b/==&empty=&data=twice&%74ime=1&bad=%ff";
        let value = |name| from_query(query, name);
        assert_eq!(value("data").as_deref(), Some("a+b/=="));
        assert_eq!(value("raw").as_deref(), Some("a+b/=="));
        assert_eq!(value("empty").as_deref(), Some(""));
        assert_eq!(value("time").as_deref(), Some("1"));
        assert_eq!([value("bad"), value("none")], [None, None]);
        let odd = "a+b/=&?# ạ%";
        assert_eq!(from_query(&format!("x={}", to_query(odd)), "x").as_deref(), Some(odd));
    }

    #[test]
    fn base64_is_the_padded_one() {
        assert_eq!(base64(b"sk_test_1:"), "c2tfdGVzdF8xOg==");
        assert_eq!(from_base64("c2tfdGVzdF8xOg=="), Some(b"sk_test_1:".to_vec()));
        assert_eq!(from_base64("c2tfdGVzdF8xOg"), None);
        assert_eq!(from_base64url("_-8"), Some(vec![0xff, 0xef]));
        assert_eq!(from_base64url("/+8"), None);
        assert_eq!(base64url(&[0xff, 0xef]), "_-8");
    }
}
