//! Names: their words, their cases, and what a misspelt one was meant to be.

/// The words of a name in lower case: `orderNo`, `order_no` and `Order-No` have the same two.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(index + 1);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
            });
        if (begins || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// A name as a field or an argument is called in Rust: `order_no`.
#[must_use]
pub fn snake(name: &str) -> String {
    words(name).join("_")
}

/// A name as a type or a variant is called in Rust: `OrderNo`.
#[must_use]
pub fn pascal(name: &str) -> String {
    words(name).iter().map(|word| capital(word)).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a name is written as types are, with an acronym as one word: `IpAddress`.
#[must_use]
pub fn is_pascal(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && pascal(name) == name
}

/// Whether a name is written as fields are.
#[must_use]
pub fn is_snake(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && name.split('_').all(|word| !word.is_empty())
        && name.to_lowercase() == name
}

/// The candidate that a misspelt name was probably meant to be.
#[must_use]
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (distance(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|&(distance, candidate)| distance <= candidate.chars().count() / 3)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Whether two names differ by one letter at most, or by two that changed places.
#[must_use]
pub fn is_slip(name: &str, other: &str) -> bool {
    let sorted = |name: &str| {
        let mut letters: Vec<char> = name.to_lowercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    let distance = distance(&name.to_lowercase(), &other.to_lowercase());
    distance <= 1 || (distance == 2 && sorted(name) == sorted(other))
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

/// How many letters have to be put in, taken out or changed (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (at, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::{closest, is_pascal, is_slip, is_snake, pascal, snake};

    #[test]
    fn a_name_has_one_spelling_per_case() {
        for (name, field, variant) in [
            ("orderNo", "order_no", "OrderNo"),
            ("order-no", "order_no", "OrderNo"),
            ("order.no[]", "order_no", "OrderNo"),
            ("IPAddress", "ip_address", "IpAddress"),
            ("customerID", "customer_id", "CustomerId"),
            ("ORDER_NO", "order_no", "OrderNo"),
            ("threeDS2", "three_ds2", "ThreeDs2"),
            ("card3ds", "card3ds", "Card3ds"),
            ("3ds", "3ds", "3ds"),
            ("+", "", ""),
        ] {
            assert_eq!((snake(name).as_str(), pascal(name).as_str()), (field, variant), "{name}");
        }
    }

    #[test]
    fn the_case_of_a_name_is_recognised() {
        assert!(["Charge", "ChargePage", "OAuth2Token"].into_iter().all(is_pascal));
        assert!(!["charge", "Charge_Page", "IPAddress", ""].into_iter().any(is_pascal));
        assert!(["get_charge", "list_3ds"].into_iter().all(is_snake));
        assert!(!["getCharge", "get__charge", "_get", "get-charge", ""].into_iter().any(is_snake));
    }

    #[test]
    fn a_misspelt_name_finds_the_one_that_was_meant() {
        assert_eq!(closest("Chrage", ["Refund", "Charge"]), Some("Charge"));
        assert_eq!(closest("charge", ["Refund", "Charge"]), Some("Charge"));
        assert_eq!(closest("Settlement", ["Refund", "Charge"]), None);
        assert!(is_slip("Chrage", "Charge") && is_slip("Charges", "Charge"));
        assert!(!is_slip("Source", "Resource"));
    }
}
