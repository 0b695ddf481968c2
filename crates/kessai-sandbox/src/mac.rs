//! What webhooks are signed with.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The HMAC-SHA256 of the parts, one after the other, in lower-case hexadecimal digits.
pub(crate) fn hmac_hex(secret: &[u8], parts: &[&[u8]]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        unreachable!("HMAC takes keys of any length")
    };
    for part in parts {
        mac.update(part);
    }
    let digit = |half: u8| char::from_digit(u32::from(half), 16);
    let tag = mac.finalize().into_bytes();
    tag.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect()
}
