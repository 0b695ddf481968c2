//! Ids that look random and are the same in every run.

/// Eleven of these hold any 64 bits.
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Five bits each: the digits and letters without I, L, O and U.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

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

    /// So many digits, at most 22, which look random as well.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        let letters = self.next("");
        letters.bytes().take(count).map(|letter| char::from(b'0' + letter % 10)).collect()
    }

    /// The next id in the shape of a UUID; in the order of the text, later ones come after.
    pub(crate) fn next_uuid(&mut self) -> String {
        let number = (self.seed << 32) | self.given;
        let (high, low) = (0x11f0_0000 + self.given, mix(number));
        let rest = mix(!number) >> 48;
        self.given += 1;
        format!(
            "{high:08x}-{:04x}-{:04x}-{:04x}-{rest:04x}{:08x}",
            (low >> 48) & 0xffff,
            (low >> 32) & 0x0fff | 0x4000,
            (low >> 16) & 0x3fff | 0x8000,
            low & 0xffff_ffff,
        )
    }

    /// The next id in the shape of a ULID; in the order of the text, later ones come after.
    pub(crate) fn next_ulid(&mut self) -> String {
        let number = (self.seed << 32) | self.given;
        let time = u128::from(0x0199_0000_0000 + self.given);
        let random = u128::from(mix(number)) << 16 | u128::from(mix(!number) >> 48);
        let bits = time << 80 | random;
        self.given += 1;
        let letter = |place: u32| {
            let five = usize::try_from(bits >> (5 * place) & 31).unwrap_or(0);
            char::from(CROCKFORD[five])
        };
        (0..26).rev().map(letter).collect()
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

    #[test]
    fn uuids_are_distinct_and_in_order() {
        let mut ids = Ids::new(7);
        let uuids: Vec<_> = (0..1000).map(|_| ids.next_uuid()).collect();
        assert!(uuids.iter().all(|uuid| uuid.len() == 36));
        assert!(uuids.is_sorted() && uuids.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn ulids_are_distinct_and_in_order() {
        let mut ids = Ids::new(7);
        let ulids: Vec<_> = (0..1000).map(|_| ids.next_ulid()).collect();
        assert!(ulids.iter().all(|ulid| ulid.len() == 26 && ulid.as_str() < "8"));
        assert!(ulids.is_sorted() && ulids.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
