//! HMAC-SHA256, by which a provider and a merchant who share a secret know each other's messages.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The HMAC-SHA256 of `parts`, one after the other, in lower-case hexadecimal digits.
#[must_use]
pub fn hmac_sha256_hex(secret: &[u8], parts: &[&[u8]]) -> String {
    let tag = keyed(secret, parts).finalize().into_bytes();
    tag.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect()
}

/// Whether `hex` is the HMAC-SHA256 of `parts`, compared in constant time.
///
/// Only lower-case digits count, so that a tag has one spelling.
#[must_use]
pub fn is_hmac_sha256_hex(secret: &[u8], parts: &[&[u8]], hex: &str) -> bool {
    let (pairs, []) = hex.as_bytes().as_chunks::<2>() else { return false };
    let byte = |pair: &[u8; 2]| Some(value(pair[0])? << 4 | value(pair[1])?);
    let tag: Option<Vec<u8>> = pairs.iter().map(byte).collect();
    tag.is_some_and(|tag| keyed(secret, parts).verify_slice(&tag).is_ok())
}

fn keyed(secret: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    // The function takes keys of any length; an error here would be a bug of its crate.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        unreachable!("HMAC takes keys of any length")
    };
    parts.iter().for_each(|part| mac.update(part));
    mac
}

fn digit(value: u8) -> char {
    char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 })
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test case 2 of RFC 4231.
    const TAG: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    const PARTS: [&[u8]; 2] = [b"what do ya want ", b"for nothing?"];

    #[test]
    fn the_rfcs_example_comes_out() {
        assert_eq!(hmac_sha256_hex(b"Jefe", &PARTS), TAG);
        assert!(is_hmac_sha256_hex(b"Jefe", &PARTS, TAG));
    }

    #[test]
    fn nothing_else_is_taken_for_it() {
        for wrong in ["", "5b", &TAG[..62], &TAG.to_uppercase(), &format!("{TAG}00"), "zz"] {
            assert!(!is_hmac_sha256_hex(b"Jefe", &PARTS, wrong), "{wrong}");
        }
        assert!(!is_hmac_sha256_hex(b"jefe", &PARTS, TAG));
    }
}
