//! SHA-256, with and without a secret, by which a provider and a merchant know each other's messages.

use hmac::digest::{CtOutput, Output};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// The HMAC-SHA256 of a message under a secret.
///
/// It is computed once, however many signatures are compared with it, and compared in constant
/// time.
pub struct Tag(CtOutput<Hmac<Sha256>>);

impl Tag {
    /// Of `parts`, one after the other.
    #[must_use]
    pub fn of(secret: &[u8], parts: &[&[u8]]) -> Self {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
            unreachable!("HMAC takes keys of any length")
        };
        for part in parts {
            mac.update(part);
        }
        Self(mac.finalize())
    }

    /// Whether it is `bytes`.
    #[must_use]
    pub fn is(&self, bytes: &[u8]) -> bool {
        let bytes = Output::<Hmac<Sha256>>::try_from(bytes);
        bytes.is_ok_and(|bytes| self.0 == CtOutput::new(bytes))
    }

    /// Its bytes, to sign with.
    #[must_use]
    pub fn into_bytes(self) -> [u8; 32] {
        self.0.into_bytes().into()
    }
}

/// The SHA-256 of `parts`, one after the other.
///
/// With a secret among them it is no HMAC: it is for providers that ask for just this.
#[must_use]
pub fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update(part);
    }
    sha.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::from_hex;

    #[test]
    fn a_digest_is_the_one_of_the_standard() {
        // The example of one block in FIPS 180.
        let bytes = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Some(digest(&[b"a", b"bc"]).to_vec()), from_hex(bytes));
    }

    #[test]
    fn the_example_of_the_rfc_comes_out() {
        // Test case 2 of RFC 4231.
        let bytes = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let bytes = from_hex(bytes).expect("hexadecimal digits");
        let parts: [&[u8]; 2] = [b"what do ya want ", b"for nothing?"];
        assert_eq!(Tag::of(b"Jefe", &parts).into_bytes()[..], bytes);
        assert!(Tag::of(b"Jefe", &parts).is(&bytes));
        for wrong in [&bytes[..31], &[], &[0; 32], &[bytes.as_slice(), &[0]].concat()] {
            assert!(!Tag::of(b"Jefe", &parts).is(wrong));
        }
        assert!(!Tag::of(b"jefe", &parts).is(&bytes));
    }
}
