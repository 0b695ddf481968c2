//! The language of messages.

use hyper::header::{ACCEPT_LANGUAGE, HeaderMap};

/// elepay speaks two kinds of Chinese as well; here that is answered in Japanese, the default.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Language {
    Japanese,
    English,
}

impl Language {
    /// The first language of the header that is known. Weights are ignored: people write the
    /// language they want most first.
    pub(super) fn asked_for(headers: &HeaderMap) -> Self {
        let header = headers.get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
        let known = |tag: &str| {
            let main = tag.trim().split(['-', ';']).next().unwrap_or_default();
            match main.to_ascii_lowercase().as_str() {
                "en" => Some(Self::English),
                "ja" => Some(Self::Japanese),
                _ => None,
            }
        };
        header.unwrap_or_default().split(',').find_map(known).unwrap_or(Self::Japanese)
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    #[test]
    fn japanese_is_spoken_unless_english_is_asked_for_first() {
        assert_eq!(Language::asked_for(&HeaderMap::new()), Language::Japanese);
        let asked = |header| {
            Language::asked_for(&HeaderMap::from_iter([(
                ACCEPT_LANGUAGE,
                HeaderValue::from_static(header),
            )]))
        };
        assert_eq!(asked("en"), Language::English);
        assert_eq!(asked("fr, en-GB;q=0.8"), Language::English);
        assert_eq!(asked("ja, en"), Language::Japanese);
        assert_eq!(asked("zh-CN"), Language::Japanese);
    }
}
