//! The joined document of a provider, as tests read it.

use serde_json::{Map, Value};

/// A joined document.
pub struct Document(Value);

/// What a schema says of a value.
pub enum Shape<'d> {
    /// An object with these members, of which some must be there.
    Object(&'d Value, Vec<&'d str>),
    /// A map.
    Map,
    /// A list of such values.
    List(&'d Value),
    /// Any JSON, or what is as good as that: a choice, of which a member beside it tells the kind.
    Any,
    /// A text, a number or a flag.
    Plain,
}

/// An object with the members of all kinds of a choice, so that it is one of each.
fn all_in_one(kinds: impl Iterator<Item = Value>) -> Value {
    let members = kinds.filter_map(|kind| kind.as_object().cloned()).flatten();
    Value::Object(members.collect())
}

impl Document {
    /// A document that was joined here.
    pub fn of(text: &str) -> Self {
        Self(serde_json::from_str(text).expect("JSON"))
    }

    /// A schema by its name.
    pub fn schema(&self, name: &str) -> &Value {
        &self.0["components"]["schemas"][name]
    }

    /// The schema of an operation's success, if it has a body.
    pub fn answer(&self, operation: &str) -> Option<&Value> {
        let answers = self.operation(operation)["responses"].as_object().expect("answers");
        let success = answers.iter().find(|(status, _)| status.starts_with('2'));
        success.and_then(|(_, answer)| answer.pointer("/content/application~1json/schema"))
    }

    /// The schema of an operation's request body, if it has one.
    pub fn request(&self, operation: &str) -> Option<&Value> {
        self.operation(operation).pointer("/requestBody/content/application~1json/schema")
    }

    /// Takes out of a request what the client puts into it: the signature.
    pub fn drop_signature(&self, operation: &str, body: &mut Value) {
        if self.operation(operation)["x-kessai-signed"].is_array()
            && let Some(members) = body.as_object_mut()
        {
            members.remove("signature");
        }
    }

    /// An operation by its name.
    pub fn operation(&self, operation: &str) -> &Value {
        self.find(operation).1
    }

    /// The method of an operation, in small letters.
    pub fn method(&self, operation: &str) -> &str {
        self.find(operation).0
    }

    /// Whether a good status may be around an answer to an operation that says no: by a rule of its
    /// own, or by one for all operations.
    pub fn may_deny(&self, operation: &str) -> bool {
        let rules = [&self.0, self.operation(operation)].map(|it| &it["x-kessai-success"]);
        rules.iter().any(|rule| !rule.is_null())
    }

    /// The path of an operation, with `{name}` where a parameter goes.
    pub fn path(&self, operation: &str) -> &str {
        let is_it = |(_, path): &(&String, &Value)| {
            path.as_object().is_some_and(|it| it.values().any(|it| it["operationId"] == operation))
        };
        let path = self.0["paths"].as_object().expect("paths").iter().find(is_it);
        path.unwrap_or_else(|| panic!("no operation `{operation}`")).0
    }

    /// The parameters of an operation.
    pub fn parameters(&self, operation: &str) -> impl Iterator<Item = &Value> {
        let parameters = self.operation(operation)["parameters"].as_array();
        parameters.into_iter().flatten().map(|parameter| self.resolve(parameter))
    }

    fn find(&self, operation: &str) -> (&str, &Value) {
        let paths = self.0["paths"].as_object().expect("paths");
        let mut operations = paths.values().flat_map(|path| path.as_object().expect("a path"));
        let (method, found) = operations
            .find(|(_, found)| found["operationId"] == operation)
            .unwrap_or_else(|| panic!("no operation `{operation}`"));
        (method, found)
    }

    /// A value of a schema with every member there; whatever may not be printed holds `canary`, and
    /// a member of each object that no schema has holds `newer`, if that is not empty.
    pub fn filled(&self, schema: &Value, canary: &str, newer: &str) -> Value {
        self.fill(schema, [canary, newer], false, 0).unwrap_or_default()
    }

    fn fill(&self, schema: &Value, words: [&str; 2], secret: bool, depth: usize) -> Option<Value> {
        let [canary, newer] = words;
        let schema = self.resolve(schema);
        let secret = secret || schema["x-kessai-secret"] == true;
        let fill = |schema| self.fill(schema, words, secret, depth + 1);
        Some(match self.shape(schema) {
            // Objects may hold each other in a circle.
            _ if depth > 9 => return None,
            Shape::Object(properties, _) => {
                let members = properties.as_object().expect("members").iter();
                let members =
                    members.filter_map(|(name, schema)| Some((name.clone(), fill(schema)?)));
                let newer =
                    (!newer.is_empty()).then(|| ("newerThanThisCrate".to_owned(), newer.into()));
                Value::Object(members.chain(newer).collect())
            }
            Shape::Map => {
                let value = fill(&schema["additionalProperties"])?;
                Value::Object([("key".to_owned(), value)].into_iter().collect())
            }
            Shape::List(items) => Value::Array(vec![fill(items)?]),
            Shape::Any => match schema["anyOf"].as_array() {
                Some(kinds) => all_in_one(kinds.iter().filter_map(fill)),
                None => Value::from(canary),
            },
            Shape::Plain => match schema["type"].as_str().unwrap_or_default() {
                "string" if schema["format"] == "decimal" => "17.62".into(),
                "string" if secret => canary.into(),
                "string" if schema["format"] == "date-time" => "2024-06-25T07:12:15.16Z".into(),
                "string" => schema["enum"].get(0).cloned().unwrap_or_else(|| "plain".into()),
                "boolean" => true.into(),
                _ if secret => 31_415_926.into(),
                _ => 7.into(),
            },
        })
    }

    /// What a schema, or the one it refers to, is.
    pub fn resolve<'d>(&'d self, mut schema: &'d Value) -> &'d Value {
        while let Some(reference) =
            schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str())
        {
            schema = self.0.pointer(&reference[1..]).expect("a schema that is there");
        }
        schema
    }

    /// The kind of a choice that has the most of an object's members.
    pub fn kind<'d>(
        &'d self,
        schema: &'d Value,
        members: &Map<String, Value>,
    ) -> Option<&'d Value> {
        let kinds = self.resolve(schema)["anyOf"].as_array()?.iter();
        let known = |kind| match self.shape(kind) {
            Shape::Object(properties, _) => {
                members.keys().filter(|name| properties.get(name).is_some()).count()
            }
            _ => 0,
        };
        kinds.rev().max_by_key(|kind| known(kind))
    }

    /// Takes out nulls, which are the same as missing, and `{}` where it stands for none; but not in
    /// what has no shape of its own: what its null means is not known.
    pub fn drop_nulls(&self, schema: &Value, body: &mut Value) {
        match (self.shape(schema), body) {
            (Shape::Object(properties, required), Value::Object(members)) => {
                members.retain(|name, member| {
                    let Some(schema) = properties.get(name) else { return true };
                    let nothing = member.is_null() || self.stands_for_none(schema, member);
                    self.drop_nulls(schema, member);
                    !nothing || required.contains(&name.as_str())
                });
            }
            (Shape::List(items), Value::Array(list)) => {
                for item in list {
                    self.drop_nulls(items, item);
                }
            }
            (Shape::Any, body) => {
                let kind = body.as_object().and_then(|members| self.kind(schema, members));
                if let Some(kind) = kind {
                    self.drop_nulls(kind, body);
                }
            }
            // A null in a map of texts is of another shape than documented: it is kept as it is.
            _ => {}
        }
    }

    /// Whether a value is an object that stands for none.
    pub fn stands_for_none(&self, schema: &Value, value: &Value) -> bool {
        let is_empty = value.as_object().is_some_and(serde_json::Map::is_empty);
        is_empty && self.resolve(schema)["minProperties"] == 1
    }

    /// What a schema, or the one it refers to, says.
    pub fn shape<'d>(&'d self, schema: &'d Value) -> Shape<'d> {
        let schema = self.resolve(schema);
        let required = schema["required"].as_array().into_iter().flatten();
        match schema["type"].as_str() {
            _ if schema["properties"].is_object() => {
                Shape::Object(&schema["properties"], required.filter_map(Value::as_str).collect())
            }
            Some("object") => Shape::Map,
            Some("array") => Shape::List(&schema["items"]),
            None => Shape::Any,
            Some(_) => Shape::Plain,
        }
    }
}
