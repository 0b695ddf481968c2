//! How things are called in Rust.

use heck::ToSnakeCase;

/// The method of an operation: its id without the resource it stands in.
///
/// `capture_charge` of `charges` is `capture`; `get_charge_status` is `get_status`.
#[must_use]
pub fn method(operation: &str, tag: &str) -> String {
    let tag: Vec<&str> = tag.split('_').collect();
    let words: Vec<&str> = operation.split('_').collect();
    let at = words.windows(tag.len()).position(|window| same_resource(window, &tag));
    match at {
        Some(at) => [&words[..at], &words[at + tag.len()..]].concat().join("_"),
        None => operation.to_owned(),
    }
}

fn same_resource(words: &[&str], tag: &[&str]) -> bool {
    let (Some((last, before)), Some((tag_last, tag_before))) =
        (words.split_last(), tag.split_last())
    else {
        return false;
    };
    before == tag_before && (last == tag_last || *last == singular(tag_last))
}

/// The singular of a regular English plural.
#[must_use]
pub fn singular(plural: &str) -> String {
    if let Some(stem) = plural.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if plural.ends_with(ending) {
            return plural[..plural.len() - 2].to_owned();
        }
    }
    plural.strip_suffix('s').unwrap_or(plural).to_owned()
}

/// A name as words: `ChargeLocation` is `charge location`.
#[must_use]
pub fn words(pascal: &str) -> String {
    pascal.to_snake_case().replace('_', " ")
}

/// A noun with its article.
#[must_use]
pub fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// A sentence's beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_the_operation_without_its_noun() {
        for (operation, tag, expected) in [
            ("capture_charge", "charges", "capture"),
            ("list_charges", "charges", "list"),
            ("get_charge_status", "charges", "get_status"),
            ("list_payment_methods", "payment_methods", "list"),
            ("get_dispute", "disputes", "get"),
            ("close_code", "codes", "close"),
            ("send_invoice", "charges", "send_invoice"),
        ] {
            assert_eq!(method(operation, tag), expected, "{operation}");
        }
    }

    #[test]
    fn plurals_lose_their_ending() {
        for (plural, expected) in [
            ("charges", "charge"),
            ("currencies", "currency"),
            ("taxes", "tax"),
            ("batches", "batch"),
        ] {
            assert_eq!(singular(plural), expected);
        }
    }

    #[test]
    fn a_noun_gets_its_article() {
        assert_eq!([a("app"), a("status"), a("unit")], ["an app", "a status", "a unit"]);
    }

    #[test]
    fn a_type_reads_as_words() {
        assert_eq!(words("ChargeLocation"), "charge location");
    }
}
