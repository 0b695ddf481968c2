//! Members that come back as they were sent.

use crate::document::Members;
use crate::object::Object;

/// The JSON of members, in the order of a list of their names.
#[derive(Clone, Default)]
pub(super) struct Record(Vec<(&'static str, String)>);

impl Record {
    /// The members of a request that have these names; what is left out is as in `old`.
    pub(super) fn read(body: &Members, names: &[&'static str], old: &Self) -> Self {
        let member = |name: &'static str| {
            let literal = body.literal(name).or_else(|| old.literal(name))?;
            Some((name, literal.to_owned()))
        };
        Self(names.iter().copied().filter_map(member).collect())
    }

    /// The JSON of a member.
    pub(super) fn literal(&self, name: &str) -> Option<&str> {
        self.0.iter().find_map(|(own, literal)| (*own == name).then_some(literal.as_str()))
    }

    /// A member that is a text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.literal(name)?).ok()
    }

    /// Whether a member is the same in both.
    pub(super) fn agrees(&self, other: &Self, name: &str) -> bool {
        self.text(name) == other.text(name)
    }

    pub(super) fn put(&self, object: Object) -> Object {
        let members = self.0.iter();
        members.fold(object, |object, (name, literal)| object.literal(name, literal))
    }
}
