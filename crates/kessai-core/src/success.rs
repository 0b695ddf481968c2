//! Answers with a good status that say no.

use crate::json::Json;

/// Which member of an answer says whether the call went well, and by which values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Success {
    member: &'static str,
    values: &'static [&'static str],
    /// Whether these values are those of a call that failed, and not those of one that did not.
    are_failures: bool,
}

impl Success {
    pub(crate) const fn new(member: &'static str, values: &'static [&'static str]) -> Self {
        Self { member, values, are_failures: false }
    }

    pub(crate) const fn unless(member: &'static str, values: &'static [&'static str]) -> Self {
        Self { member, values, are_failures: true }
    }

    fn is_denied_by(&self, answer: &Json) -> bool {
        self.value_in(answer)
            .is_some_and(|value| self.values.contains(&value.as_str()) == self.are_failures)
    }

    fn value_in(&self, answer: &Json) -> Option<String> {
        member(answer.clone(), self.member).and_then(|value| scalar(&value))
    }
}

/// All that an answer with a good status has to say of itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Successes([Option<Success>; MOST]);

/// How many rules an operation has at most.
const MOST: usize = 4;

impl Successes {
    pub(crate) const NONE: Self = Self([None; MOST]);

    /// One more.
    pub(crate) const fn and(mut self, success: Success) -> Self {
        let mut at = 0;
        while self.0[at].is_some() {
            at += 1;
        }
        self.0[at] = Some(success);
        self
    }

    /// Whether `answer` says that the call failed: by one of its members, or by being an object of
    /// which readers make different things. What says nothing, because the members are missing or
    /// null or nothing here is JSON, is left to those who read the rest.
    pub(crate) fn are_denied_by(&self, answer: &[u8]) -> bool {
        let mut rules = self.0.iter().flatten().peekable();
        let Some(answer) = rules.peek().and_then(|_| parse(answer)) else { return false };
        let is_ambiguous =
            answer.as_str().trim_start().starts_with('{') && answer.members().is_none();
        is_ambiguous || rules.any(|rule| rule.is_denied_by(&answer))
    }

    /// Whether `answer` does not say how the call went, though one of its documented `members` is
    /// there to say it.
    pub(crate) fn are_left_open_by(&self, answer: &[u8], members: &[&str]) -> bool {
        let says = |rule: &&Success| !rule.are_failures && members.contains(&rule.member);
        let mut rules = self.0.iter().flatten().filter(says).peekable();
        let Some(answer) = rules.peek().and_then(|_| parse(answer)) else { return false };
        rules.any(|rule| rule.value_in(&answer).is_none())
    }
}

/// The JSON that an answer is.
fn parse(answer: &[u8]) -> Option<Json> {
    std::str::from_utf8(answer).ok().and_then(|text| Json::parse(text).ok())
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

    const TOP: Successes = Successes::NONE.and(Success::new("errorCode", &["0", "35"]));
    const NESTED: Successes =
        Successes::NONE.and(Success::new("transaction.error_code", &["00", "34"]));

    #[test]
    fn a_documented_code_that_is_not_there_leaves_it_open() {
        let open =
            |answer: &str| TOP.are_left_open_by(answer.as_bytes(), &["errorCode", "message"]);
        assert!(open(r#"{"message":"under maintenance"}"#) && open(r#"{"errorCode":null}"#));
        assert!(!open(r#"{"errorCode":"12"}"#) && !open(r#"{"errorCode":0}"#));
        // This answer has none, by its documents.
        assert!(!TOP.are_left_open_by(br#"{"message":"a"}"#, &["message"]));
        let fails = Successes::NONE.and(Success::unless("errorCode", &["1"]));
        assert!(!fails.are_left_open_by(b"{}", &["errorCode"]), "a good answer has none");
    }

    #[test]
    fn numbers_and_texts_are_compared_alike() {
        for good in [r#"{"errorCode":0}"#, r#"{"errorCode":"35"}"#, r#"{"a":{},"errorCode": 35 }"#]
        {
            assert!(!TOP.are_denied_by(good.as_bytes()), "{good}");
        }
        for bad in [r#"{"errorCode":12}"#, r#"{"errorCode":"00"}"#, r#"{"errorCode":true}"#] {
            assert!(TOP.are_denied_by(bad.as_bytes()), "{bad}");
        }
        assert!(NESTED.are_denied_by(br#"{"transaction":{"error_code":"33"}}"#));
        assert!(!NESTED.are_denied_by(br#"{"transaction":{"error_code":"34"}}"#));
    }

    #[test]
    fn what_says_nothing_denies_nothing() {
        for other in ["", "[]", "{}", "null", "<html>", r#"{"errorCode":null}"#] {
            assert!(!TOP.are_denied_by(other.as_bytes()), "{other}");
        }
        assert!(!NESTED.are_denied_by(br#"{"transaction":"none"}"#));
    }

    #[test]
    fn what_is_not_a_scalar_is_no_success() {
        assert!(TOP.are_denied_by(br#"{"errorCode":{"code":0}}"#));
    }

    #[test]
    fn one_denial_of_several_is_enough() {
        const BOTH: Successes = NESTED.and(Success::new("error_code", &["00"]));
        for bad in [
            r#"{"error_code":"12"}"#,
            r#"{"transaction":{"error_code":"12"},"error_code":"00"}"#,
            r#"{"transaction":{"error_code":"34"},"error_code":"12"}"#,
        ] {
            assert!(BOTH.are_denied_by(bad.as_bytes()), "{bad}");
        }
        assert!(!BOTH.are_denied_by(br#"{"transaction":{"error_code":"00"}}"#));
        assert!(!Successes::NONE.are_denied_by(br#"{"error_code":"12"}"#));
    }

    #[test]
    fn a_word_that_nobody_knows_yet_is_no_failure() {
        const STATUS: Successes = Successes::NONE.and(Success::unless("status", &["error"]));
        assert!(STATUS.are_denied_by(br#"{"status":"error"}"#));
        for good in [r#"{"status":"success"}"#, r#"{"status":"half_done"}"#, "{}"] {
            assert!(!STATUS.are_denied_by(good.as_bytes()), "{good}");
        }
    }

    #[test]
    fn what_readers_disagree_on_is_no_success() {
        assert!(TOP.are_denied_by(br#"{"errorCode":0,"x":1,"x":2}"#));
        assert!(TOP.are_denied_by(br#"{"errorCode":12,"errorCode":0}"#));
        assert!(!Successes::NONE.are_denied_by(br#"{"x":1,"x":2}"#));
    }
}
