//! Ids that look random and are the same in every run.

/// Eleven of these hold any 64 bits.
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Gives out ids; no two are the same.
#[derive(Debug)]
pub(crate) struct Ids {
    seed: u64,
    given: u64,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, given: 0 }
    }

    /// The next id: `prefix` and 22 letters or digits.
    pub(crate) fn next(&mut self, prefix: &str) -> String {
        let mut id = String::from(prefix);
        // The seed above the count, so that ids of different seeds are distinct as well.
        let number = (self.seed << 32) | self.given;
        push_letters(&mut id, mix(number));
        push_letters(&mut id, mix(!number));
        self.given += 1;
        id
    }
}

fn push_letters(into: &mut String, mut bits: u64) {
    for _ in 0..11 {
        into.push(char::from(ALPHABET[usize::try_from(bits % 62).unwrap_or(0)]));
        bits /= 62;
    }
}

/// The finalizer of splitmix64: one to one, so that distinct numbers stay distinct.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_distinct_and_the_same_in_every_run() {
        let take = || {
            let mut ids = Ids::new(7);
            (0..1000).map(|_| ids.next("ch_")).collect::<Vec<_>>()
        };
        assert_eq!(take(), take());
        assert_eq!(take().into_iter().collect::<BTreeSet<_>>().len(), 1000);
        assert!(take().iter().all(|id| id.len() == 25));
    }
}
