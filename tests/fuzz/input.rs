//! What a target makes its values of.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::example::CANARY;

/// Stands between parts. No text has it: it is not UTF-8.
pub const END: u8 = 0xff;

/// Bytes, taken from the front. Whatever they are, there is a value; after the last, zero and nothing.
pub struct Input<'b>(&'b [u8]);

impl<'b> Input<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub fn byte(&mut self) -> u8 {
        let [first, rest @ ..] = self.0 else { return 0 };
        self.0 = rest;
        *first
    }

    /// Two bytes.
    pub fn number(&mut self) -> u16 {
        u16::from_be_bytes([self.byte(), self.byte()])
    }

    /// One of these, by two bytes.
    pub fn choose<'a, T>(&mut self, all: &'a Ring<T>) -> &'a T {
        let at = self.number();
        let found = all.0.range(at..).next().or_else(|| all.0.iter().next());
        found.expect("something to choose").1
    }

    /// What stands before the next [`END`].
    pub fn part(&mut self) -> &'b [u8] {
        let end = self.0.iter().position(|byte| *byte == END);
        let (part, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest.get(1..).unwrap_or_default();
        part
    }

    /// A part as text, in which what is none is replaced.
    pub fn text(&mut self) -> Cow<'b, str> {
        String::from_utf8_lossy(self.part())
    }

    pub fn rest(self) -> &'b [u8] {
        self.0
    }

    pub fn is_over(&self) -> bool {
        self.0.is_empty()
    }
}

/// Things in the order of a digest of their names, so that an input means the same thing still when
/// others have been added.
pub struct Ring<T>(BTreeMap<u16, T>);

impl<T> Ring<T> {
    pub fn new(all: impl IntoIterator<Item = T>, name: impl Fn(&T) -> String) -> Self {
        let mut ring = BTreeMap::new();
        for one in all {
            let mut at = digest(&name(&one));
            while ring.contains_key(&at) {
                at = at.wrapping_add(1);
            }
            ring.insert(at, one);
        }
        Self(ring)
    }

    /// All of them, with the bytes by which they are chosen.
    pub fn iter(&self) -> impl Iterator<Item = ([u8; 2], &T)> {
        self.0.iter().map(|(at, one)| (at.to_be_bytes(), one))
    }
}

/// FNV-1a, of which the upper half is folded into the lower.
fn digest(name: &str) -> u16 {
    let step = |sum: u32, byte| (sum ^ u32::from(byte)).wrapping_mul(16_777_619);
    let sum = name.bytes().fold(2_166_136_261, step);
    u16::try_from((sum >> 16) ^ (sum & 0xffff)).unwrap_or_default()
}

/// Whether a body holds one of the words that stand for a secret in the tests. Here it would be an
/// accident, and printed.
pub fn holds_canary(body: &[u8]) -> bool {
    let holds = |word: &str| body.windows(word.len()).any(|it| it == word.as_bytes());
    holds(CANARY) || holds("31415926")
}

/// Parts as one input.
pub fn joined(start: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    [start, &parts.join(&END)].concat()
}
