//! Answers with a good status that say no.

use crate::json::Json;

/// Which member of an answer says whether the call went well, and by which values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Success {
    member: &'static str,
    values: &'static [&'static str],
}

impl Success {
    pub(crate) const fn new(member: &'static str, values: &'static [&'static str]) -> Self {
        Self { member, values }
    }

    /// Whether `answer` says that the call failed. What does not say so, because the member is
    /// missing or null or nothing here is JSON, is left to those who read the rest.
    pub(crate) fn is_denied_by(&self, answer: &[u8]) -> bool {
        let answer = std::str::from_utf8(answer).ok().and_then(|text| Json::parse(text).ok());
        answer
            .and_then(|answer| member(answer, self.member))
            .and_then(|value| scalar(&value))
            .is_some_and(|value| !self.values.contains(&value.as_str()))
    }
}

/// The member at `path`, whose names are joined by dots.
fn member(object: Json, path: &str) -> Option<Json> {
    path.split('.').try_fold(object, |object, name| object.members()?.remove(name))
}

/// A text as it is, or a number or flag as it was written; nothing for null.
fn scalar(value: &Json) -> Option<String> {
    match value.as_str() {
        "null" => None,
        text if text.starts_with('"') => value.read().ok(),
        other => Some(other.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOP: Success = Success::new("errorCode", &["0", "35"]);
    const NESTED: Success = Success::new("transaction.error_code", &["00", "34"]);

    #[test]
    fn numbers_and_texts_are_compared_alike() {
        for good in [r#"{"errorCode":0}"#, r#"{"errorCode":"35"}"#, r#"{"a":{},"errorCode": 35 }"#]
        {
            assert!(!TOP.is_denied_by(good.as_bytes()), "{good}");
        }
        for bad in [r#"{"errorCode":12}"#, r#"{"errorCode":"00"}"#, r#"{"errorCode":true}"#] {
            assert!(TOP.is_denied_by(bad.as_bytes()), "{bad}");
        }
        assert!(NESTED.is_denied_by(br#"{"transaction":{"error_code":"33"}}"#));
        assert!(!NESTED.is_denied_by(br#"{"transaction":{"error_code":"34"}}"#));
    }

    #[test]
    fn what_says_nothing_denies_nothing() {
        for other in ["", "[]", "{}", "null", "<html>", r#"{"errorCode":null}"#] {
            assert!(!TOP.is_denied_by(other.as_bytes()), "{other}");
        }
        assert!(!NESTED.is_denied_by(br#"{"transaction":"none"}"#));
    }

    #[test]
    fn what_is_not_a_scalar_is_no_success() {
        assert!(TOP.is_denied_by(br#"{"errorCode":{"code":0}}"#));
    }
}
