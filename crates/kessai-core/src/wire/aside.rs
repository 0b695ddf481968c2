//! A member of an unexpected shape, set aside so that the rest of the answer can be read.
//!
//! A capture that succeeded must not look like a failure because a card's month came as text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::value::RawValue;

/// Stands before the name of a member that was set aside, until [`Unknown`](super::Unknown) takes
/// it off. No provider begins a name with it.
pub(super) const MARK: char = '\u{0}';

/// The text with the member at `path` renamed, in every item where a list lies on the way; `None`
/// if it is not there.
///
/// Numbers keep their digits: nothing is parsed but the way to the member.
pub(super) fn set_aside(text: &str, path: &[&str]) -> Option<String> {
    let (name, rest) = path.split_first()?;
    if text.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
        let changed: Vec<Option<String>> =
            items.iter().map(|item| set_aside(item.get(), path)).collect();
        changed.iter().any(Option::is_some).then_some(())?;
        let items = items.iter().zip(&changed);
        let items: Vec<&str> =
            items.map(|(item, changed)| changed.as_deref().unwrap_or(item.get())).collect();
        return Some(format!("[{}]", items.join(",")));
    }
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    let member = members.get(*name)?.get();
    let (marked, member) = match rest {
        [] => (format!("{MARK}{name}"), member.to_owned()),
        rest => ((*name).to_owned(), set_aside(member, rest)?),
    };
    let others = members.iter().filter(|(other, _)| other.as_str() != *name);
    let mut changed = format!("{{{}:{member}", serde_json::to_string(&marked).ok()?);
    for (name, value) in others {
        let name = serde_json::to_string(name).ok()?;
        write!(changed, ",{name}:{}", value.get()).ok()?;
    }
    changed.push('}');
    Some(changed)
}

#[cfg(test)]
mod tests {
    use super::set_aside;

    #[test]
    fn only_the_member_at_the_path_is_renamed() {
        let text = r#"{"a":{"b":1.10,"c":"x"},"d":[1,2]}"#;
        assert_eq!(
            set_aside(text, &["a", "b"]).as_deref(),
            Some(r#"{"a":{"\u0000b":1.10,"c":"x"},"d":[1,2]}"#)
        );
        assert_eq!(set_aside(text, &["a", "e"]), None);
        assert_eq!(set_aside(text, &["d", "e"]), None);
    }

    #[test]
    fn a_list_on_the_way_is_gone_through() {
        let text = r#"[{"b":1},{"c":2},{"b":"3"}]"#;
        assert_eq!(
            set_aside(text, &["b"]).as_deref(),
            Some(r#"[{"\u0000b":1},{"c":2},{"\u0000b":"3"}]"#)
        );
    }
}
