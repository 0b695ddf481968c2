//! HMAC-SHA256, by which a provider and a merchant who share a secret know each other's messages.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The HMAC-SHA256 of `parts`, one after the other.
#[must_use]
pub fn hmac_sha256(secret: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    keyed(secret, parts).finalize().into_bytes().into()
}

/// Whether `tag` is the HMAC-SHA256 of `parts`, compared in constant time.
#[must_use]
pub fn is_hmac_sha256(secret: &[u8], parts: &[&[u8]], tag: &[u8]) -> bool {
    keyed(secret, parts).verify_slice(tag).is_ok()
}

fn keyed(secret: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        unreachable!("HMAC takes keys of any length")
    };
    for part in parts {
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::from_hex;

    #[test]
    fn the_example_of_the_rfc_comes_out() {
        // Test case 2 of RFC 4231.
        let tag = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let tag = from_hex(tag).expect("hexadecimal digits");
        let parts: [&[u8]; 2] = [b"what do ya want ", b"for nothing?"];
        assert_eq!(hmac_sha256(b"Jefe", &parts)[..], tag);
        assert!(is_hmac_sha256(b"Jefe", &parts, &tag));
        assert!(!is_hmac_sha256(b"jefe", &parts, &tag));
        assert!(!is_hmac_sha256(b"Jefe", &parts, &tag[..31]));
    }
}
