//! Queries of addresses, as they come and as they are made.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands unchanged in a query: letters, digits and these.
const CODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The first value of this name.
pub(super) fn member(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    let value = value.replace('+', " ");
    Some(percent_decode_str(&value).decode_utf8().ok()?.into_owned())
}

/// An address with these values in its query, behind those that it has already.
pub(super) fn append(url: &str, members: &[(&str, &str)]) -> String {
    let mut url = url.to_owned();
    for (name, value) in members {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(name);
        url.push('=');
        url.extend(utf8_percent_encode(value, CODED));
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_into_a_query_is_found_there() {
        let url = append("https://shop.example/?a=1", &[("data", "a+/=&ü"), ("time", "7")]);
        assert_eq!(url, "https://shop.example/?a=1&data=a%2B%2F%3D%26%C3%BC&time=7");
        let (_, query) = url.split_once('?').unwrap();
        assert_eq!(member(query, "data").as_deref(), Some("a+/=&ü"));
        assert_eq!((member(query, "a").as_deref(), member(query, "b")), (Some("1"), None));
    }
}
