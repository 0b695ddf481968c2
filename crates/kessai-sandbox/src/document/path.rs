//! Path templates such as `/charges/{id}/capture`.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::Violation;

pub(super) struct Template(Vec<Segment>);

enum Segment {
    Fixed(String),
    Named(String),
}

impl Template {
    pub(super) fn read(template: &str) -> Self {
        let segment = |text: &str| match text.strip_prefix('{').and_then(|t| t.strip_suffix('}')) {
            Some(name) => Segment::Named(name.to_owned()),
            None => Segment::Fixed(text.to_owned()),
        };
        Self(template.split('/').map(segment).collect())
    }

    /// How many named places it has.
    pub(super) fn named(&self) -> usize {
        self.0.iter().filter(|segment| matches!(segment, Segment::Named(_))).count()
    }

    pub(super) fn matches(&self, path: &str) -> bool {
        path.split('/').count() == self.0.len()
            && path.split('/').zip(&self.0).all(|(text, segment)| match segment {
                Segment::Fixed(fixed) => text == fixed,
                Segment::Named(_) => !text.is_empty(),
            })
    }

    /// What stands at each named place of a path that matches.
    pub(super) fn read_path(&self, path: &str) -> Result<BTreeMap<String, String>, Violation> {
        let mut named = BTreeMap::new();
        for (text, segment) in path.split('/').zip(&self.0) {
            if let Segment::Named(name) = segment {
                let value = percent_decode_str(text).decode_utf8();
                let value = value.map_err(|_| Violation::wrong(name))?;
                named.insert(name.clone(), value.into_owned());
            }
        }
        Ok(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_matches_its_own_paths_only() {
        let template = Template::read("/charges/{id}/capture");
        assert!(template.matches("/charges/ch_1/capture"));
        for other in ["/charges//capture", "/charges/ch_1", "/charges/ch_1/capture/", "/"] {
            assert!(!template.matches(other), "{other}");
        }
    }

    #[test]
    fn a_named_place_is_decoded() {
        let named = Template::read("/charges/{id}").read_path("/charges/a%2Fb").unwrap();
        assert_eq!(named["id"], "a/b");
        assert!(Template::read("/charges/{id}").read_path("/charges/%ff").is_err());
    }
}
