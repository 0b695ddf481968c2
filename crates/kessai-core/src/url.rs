//! The parts of a URL, encoded so that a value stays where it was put.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same, and the brackets of `status[]`: not every server finds the name again without them.
const RESERVED_IN_NAMES: &AsciiSet = &RESERVED.remove(b'[').remove(b']');

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
    query.push_str(&encode_but(name, RESERVED_IN_NAMES));
    query.push('=');
    query.push_str(&encode(value));
}

/// `text` with everything escaped that could mean something in a URL.
pub(crate) fn encode(text: &str) -> String {
    encode_but(text, RESERVED)
}

fn encode_but(text: &str, reserved: &'static AsciiSet) -> String {
    utf8_percent_encode(text, reserved).to_string()
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

    #[test]
    fn brackets_stay_in_a_name_and_nowhere_else() {
        let mut query = String::new();
        for value in ["failed", "[b]"] {
            put(&mut query, "status[]", value);
        }
        assert_eq!(query, "status[]=failed&status[]=%5Bb%5D");
        assert_eq!(segment("a[]").as_deref(), Some("a%5B%5D"));
        let uri: http::Uri = format!("https://api.example.com/?{query}").parse().expect("a URI");
        assert_eq!(uri.query(), Some(query.as_str()));
        let url: reqwest::Url = uri.to_string().parse().expect("a URL");
        assert_eq!(url.query(), Some(query.as_str()), "the engine leaves it as it is");
    }
}
