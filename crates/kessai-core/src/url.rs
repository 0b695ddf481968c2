//! The parts of a URL, encoded so that a value stays where it was put.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `value` as one segment of a path; `None` for what would address something else.
pub(crate) fn segment(value: &str) -> Option<String> {
    match value {
        "" | "." | ".." => None,
        value => Some(encode(value)),
    }
}

/// Adds `name=value` to a query.
pub(crate) fn put(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(&encode(name));
    query.push('=');
    query.push_str(&encode(value));
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_stays_one_segment() {
        assert_eq!(segment("a/b?c#d%e").as_deref(), Some("a%2Fb%3Fc%23d%25e"));
        assert_eq!(segment("注文 1").as_deref(), Some("%E6%B3%A8%E6%96%87%201"));
    }

    #[test]
    fn a_segment_that_would_climb_is_refused() {
        assert_eq!([segment(""), segment("."), segment("..")], [None, None, None]);
    }

    #[test]
    fn a_query_keeps_every_character_of_a_value() {
        let mut query = String::new();
        put(&mut query, "a", "1&b=2");
        put(&mut query, "c", "+");
        assert_eq!(query, "a=1%26b%3D2&c=%2B");
    }
}
