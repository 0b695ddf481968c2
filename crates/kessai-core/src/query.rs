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
