//! What goes into a query.

use crate::{EpochMillis, Id, Secret, Timestamp};

/// A value that can stand in a query: none, one or several texts under one name.
pub trait QueryValue {
    /// Hands each of its texts to `put`.
    fn each(&self, put: &mut dyn FnMut(&str));
}

impl QueryValue for str {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(self);
    }
}

impl QueryValue for String {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(self);
    }
}

impl QueryValue for i64 {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(&self.to_string());
    }
}

impl QueryValue for bool {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(if *self { "true" } else { "false" });
    }
}

impl QueryValue for EpochMillis {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        self.get().each(put);
    }
}

impl QueryValue for Timestamp {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(self.as_str());
    }
}

impl<T: ?Sized> QueryValue for Id<T> {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(self.as_str());
    }
}

impl QueryValue for Secret {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        put(self.reveal());
    }
}

/// Nothing, where there is nothing.
impl<T: QueryValue> QueryValue for Option<T> {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        if let Some(value) = self {
            value.each(put);
        }
    }
}

/// The name again for each value.
impl<T: QueryValue> QueryValue for Vec<T> {
    fn each(&self, put: &mut dyn FnMut(&str)) {
        for value in self {
            value.each(put);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(value: &(impl QueryValue + ?Sized)) -> Vec<String> {
        let mut texts = Vec::new();
        value.each(&mut |text| texts.push(text.to_owned()));
        texts
    }

    #[test]
    fn a_value_is_one_text() {
        assert_eq!(texts("a b"), ["a b"]);
        assert_eq!(texts(&"a".to_owned()), ["a"]);
        assert_eq!([texts(&-7), texts(&EpochMillis::new(7))], [["-7"], ["7"]]);
        assert_eq!([texts(&true), texts(&false)], [["true"], ["false"]]);
        assert_eq!(texts(&Id::<u8>::from("ch_1")), ["ch_1"]);
        assert_eq!(texts(&Secret::new("card")), ["card"], "it has to reach the provider");
        let time = "2026-01-02T03:04:05Z";
        assert_eq!(texts(&Timestamp::from(time)), [time]);
    }

    #[test]
    fn nothing_is_no_text_and_a_list_is_a_text_for_each() {
        assert_eq!([texts(&None::<i64>), texts(&Vec::<i64>::new())], [[""; 0]; 2]);
        assert_eq!(
            (texts(&Some(7)), texts(&vec![7, 8])),
            (vec!["7".to_owned()], vec!["7".to_owned(), "8".to_owned()])
        );
    }
}
