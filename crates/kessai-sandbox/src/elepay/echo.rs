//! Members that come back as they were sent, and those that are put beside them.

use serde_json::{Map, Value};

use crate::document::Members;

pub(super) type Shown = Map<String, Value>;

/// The members of `names` that were sent.
pub(super) fn echo(body: &Members, names: &[&str]) -> Shown {
    let sent = |name: &&str| Some(((*name).to_owned(), body.get(name)?.clone()));
    names.iter().filter_map(sent).collect()
}

/// Puts the members of an object beside, or in place of, those that are shown already.
pub(super) fn put(shown: &mut Shown, members: Value) {
    if let Value::Object(members) = members {
        shown.extend(members);
    }
}

/// Puts one member there if it applies; what does not is left out.
pub(super) fn put_some<T: Into<Value>>(shown: &mut Shown, name: &str, value: Option<T>) {
    if let Some(value) = value {
        shown.insert(name.to_owned(), value.into());
    }
}
