//! How things are called in Rust.

use heck::{ToPascalCase, ToSnakeCase};
use proc_macro2::Ident;
use quote::format_ident;

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

/// The method that walks all pages of what another lists: `list_all` beside `list`.
#[must_use]
pub fn walk(method: &str) -> String {
    method.replacen("list", "list_all", 1)
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

/// The plural of a regular English singular.
#[must_use]
pub fn plural(singular: &str) -> String {
    match singular.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|ending| singular.ends_with(ending)) => {
            format!("{singular}es")
        }
        _ => format!("{singular}s"),
    }
}

/// A name as a field or an argument is called: `orderNo` is `order_no`.
#[must_use]
pub fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// What the merchant's own reference is called, by its path: `partnerReference.order.id` is
/// `order_id`.
#[must_use]
pub fn reference(path: &str) -> String {
    let names: Vec<&str> = path.split('.').collect();
    snake(&names[names.len().saturating_sub(2)..].join("_"))
}

/// A name as a type or a variant is called: `orderNo` is `OrderNo`.
#[must_use]
pub fn pascal(name: &str) -> String {
    name.to_pascal_case()
}

/// The variant of a choice that these words tell: the word, where each kind has one, or else the
/// schema's name.
#[must_use]
pub fn variant(words: &[&str], schema: &str, one_each: bool) -> String {
    match words {
        [word] if one_each => pascal(word),
        _ => schema.to_owned(),
    }
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

/// A name as words: `ChargeLocation` is `charge location`.
#[must_use]
pub fn words(name: &str) -> String {
    snake(name).replace('_', " ")
}

/// The type that opens a resource: `Charges` for `charges`.
#[must_use]
pub fn handle(tag: &str) -> Ident {
    format_ident!("{}", pascal(tag))
}

/// The constant that holds an operation: `CAPTURE` for the method `capture`.
#[must_use]
pub fn constant(method: &str) -> Ident {
    format_ident!("{}", method.to_uppercase())
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
    fn plurals_have_an_ending_that_singulars_have_not() {
        for (plural, expected) in [
            ("charges", "charge"),
            ("currencies", "currency"),
            ("taxes", "tax"),
            ("batches", "batch"),
        ] {
            assert_eq!(singular(plural), expected);
            assert_eq!(super::plural(expected), plural);
        }
        assert_eq!(plural("key"), "keys");
    }

    #[test]
    fn a_noun_gets_its_article() {
        assert_eq!([a("app"), a("status"), a("unit")], ["an app", "a status", "a unit"]);
    }

    #[test]
    fn a_name_has_one_spelling_per_case() {
        for (name, field, variant) in [
            ("orderNo", "order_no", "OrderNo"),
            ("order-no", "order_no", "OrderNo"),
            ("IPAddress", "ip_address", "IpAddress"),
            ("customerID", "customer_id", "CustomerId"),
            ("ORDER_NO", "order_no", "OrderNo"),
            ("card3ds", "card3ds", "Card3ds"),
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
    fn a_type_reads_as_words() {
        assert_eq!(words("ChargeLocation"), "charge location");
    }
}
