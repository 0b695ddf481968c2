//! Keys by which a provider recognises a repeat.

use std::fmt;

use crate::encoding::hex;
use crate::mac::Tag;

/// How long a key may be, in characters.
const LONGEST: usize = 255;

/// A key by which a provider recognises a repeat, made of what you know anyway.
///
/// A call that has such keys makes a random one. That is lost with the program; a key that is
/// derived from your own number of the payment can be made again after a restart.
///
/// ```
/// use kessai_core::IdempotencyKey;
///
/// let key = IdempotencyKey::derive("example-shop/create_charge", "order-1021")?;
/// assert_eq!(key.as_str(), "c8452f54-225a-85f8-acf6-b7ee8a4013f6");
/// # Ok::<(), kessai_core::NoReference>(())
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The key of a merchant's own reference: always the same, and another one for any other
    /// namespace or reference. It is a UUID of version 8, made by HMAC-SHA256, that tells nothing of
    /// the reference to those who do not know the namespace.
    ///
    /// Take a namespace of your own for every kind of call: the charge and the refund of one order
    /// must not have the same key. Where one reference may stand for several calls of a kind, such
    /// as refunds in parts, number them.
    ///
    /// # Errors
    ///
    /// If either is empty: then every payment without a reference would be the same one.
    pub fn derive(namespace: &str, merchant_reference: &str) -> Result<Self, NoReference> {
        if namespace.is_empty() || merchant_reference.is_empty() {
            return Err(NoReference);
        }
        let tag = Tag::of(namespace.as_bytes(), &[merchant_reference.as_bytes()]).into_bytes();
        let [bytes, _] = tag.as_chunks::<16>().0 else { unreachable!("32 are twice 16") };
        Ok(Self(uuid(*bytes, 8)))
    }

    /// The key as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<IdempotencyKey> for String {
    fn from(key: IdempotencyKey) -> Self {
        key.0
    }
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyKey(..)")
    }
}

/// There is no reference, or no namespace, to know something again by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NoReference;

impl fmt::Display for NoReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reference, or the namespace or kind that it belongs to, is empty")
    }
}

impl std::error::Error for NoReference {}

/// A random UUID, version 4, as keys and names of requests are; `None` where this machine has no
/// randomness to give.
#[must_use]
pub fn random() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(uuid(bytes, 4))
}

/// Whether `text` can be sent as a key: visible ASCII, neither empty nor too long.
pub(crate) fn is_key(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// `bytes` as a UUID of a version, by RFC 9562: 4 says that it is random, 8 that its maker knows.
fn uuid(mut bytes: [u8; 16], version: u8) -> String {
    bytes[6] = bytes[6] & 0x0f | version << 4;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let groups = [&bytes[..4], &bytes[4..6], &bytes[6..8], &bytes[8..10], &bytes[10..]];
    groups.map(hex).join("-")
}

#[cfg(test)]
mod tests;
