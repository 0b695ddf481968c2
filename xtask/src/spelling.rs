//! What a misspelt name was meant to be.

use strsim::damerau_levenshtein;

/// The candidate that a misspelt name was probably meant to be.
#[must_use]
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= candidate.chars().count() / 3)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Whether two names differ by one letter at most, or by two that changed places.
#[must_use]
pub fn is_slip(name: &str, other: &str) -> bool {
    distance(name, other) <= 1
}

/// A hint such as "did you mean `Charge`?", or what else to do where nothing is close.
pub(crate) fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    closest(name, candidates)
        .map_or_else(|| otherwise.to_owned(), |close| format!("did you mean `{close}`?"))
}

fn distance(name: &str, other: &str) -> usize {
    damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{closest, is_slip};

    #[test]
    fn a_misspelt_name_finds_the_one_that_was_meant() {
        assert_eq!(closest("Chrage", ["Refund", "Charge"]), Some("Charge"));
        assert_eq!(closest("charge", ["Refund", "Charge"]), Some("Charge"));
        assert_eq!(closest("Settlement", ["Refund", "Charge"]), None);
        assert!(is_slip("Chrage", "Charge") && is_slip("Charges", "Charge"));
        assert!(!is_slip("Source", "Resource"));
    }
}
