//! JSON Schema of every type, for those who switch on `schemars`.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::{Decimal, EpochMillis, Id, Json, Patch, Secret, Timestamp};

/// An object's schema under construction.
pub struct ObjectSchema<'g> {
    generator: &'g mut SchemaGenerator,
    properties: serde_json::Map<String, Value>,
    required: Vec<Value>,
}

impl<'g> ObjectSchema<'g> {
    /// Begins a schema without members.
    pub fn new(generator: &'g mut SchemaGenerator) -> Self {
        Self { generator, properties: serde_json::Map::new(), required: Vec::new() }
    }

    /// Adds the member that `get` reads; its type is all that matters of `get`.
    pub fn member<T, V: JsonSchema>(&mut self, wire: &str, required: bool, _get: fn(&T) -> &V) {
        let schema = self.generator.subschema_for::<V>();
        self.properties.insert(wire.to_owned(), schema.to_value());
        if required {
            self.required.push(wire.into());
        }
    }

    /// The schema. It allows members it does not name, because providers add them.
    #[must_use]
    pub fn finish(self) -> Schema {
        json_schema!({
            "type": "object",
            "properties": self.properties,
            "required": self.required,
        })
    }
}

/// The schema of an open enum: any word, with the known ones as examples.
#[must_use]
pub fn words(known: &[&str]) -> Schema {
    json_schema!({ "type": "string", "examples": known })
}

/// The schema of a choice: one of the known kinds, or any other.
#[must_use]
pub fn any_of(kinds: &[Schema]) -> Schema {
    let any = Schema::default();
    let kinds: Vec<&Schema> = kinds.iter().chain([&any]).collect();
    json_schema!({ "anyOf": kinds })
}

#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    (required $($how:ident)*) => {
        true
    };
    ($($how:ident)*) => {
        false
    };
}

impl<T: ?Sized> JsonSchema for Id<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

impl JsonSchema for Json {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Json".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::default()
    }
}

impl JsonSchema for Decimal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"], "format": "decimal" })
    }
}

impl JsonSchema for EpochMillis {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "EpochMillis".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "format": "epoch-ms" })
    }
}

impl JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

/// What it sets, or null.
impl<T: JsonSchema> JsonSchema for Patch<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use schemars::schema_for;
    use serde_json::json;

    use crate::{Decimal, Json, Patch, Timestamp, Unknown};

    #[derive(Debug)]
    struct Card {
        made_on: Option<Timestamp>,
        unknown: Unknown,
    }

    crate::object!(Card, [(made_on, "madeOn")], unknown);

    #[derive(Debug)]
    enum Means {
        Card(Box<Card>),
        Other(Json),
    }

    crate::choice!(Means, [(Card, Card, "card")]);

    #[derive(Debug)]
    struct Token {
        kind: String,
        data: Means,
        first: Option<Card>,
        fee: Patch<Decimal>,
    }

    crate::object!(
        Token,
        [
            (kind, "kind", required),
            (data, "data", required, choice, kind),
            (first, "first", filled),
            (fee, "fee", patch, number),
        ]
    );

    #[test]
    fn every_kind_of_member_has_a_schema() {
        let schema = schema_for!(Token).to_value();
        assert_eq!(schema["required"], json!(["kind", "data"]));
        assert_eq!(schema["properties"]["data"]["$ref"], "#/$defs/Means");
        assert_eq!(schema["properties"]["first"]["anyOf"][0]["$ref"], "#/$defs/Card");
        assert_eq!(schema["properties"]["fee"]["type"], json!(["string", "number", "null"]));
        assert_eq!(schema["$defs"]["Means"]["anyOf"], json!([{ "$ref": "#/$defs/Card" }, {}]));
        let made_on = &schema["$defs"]["Card"]["properties"]["madeOn"];
        assert_eq!(
            (&made_on["type"], &made_on["format"]),
            (&json!(["string", "null"]), &json!("date-time"))
        );
    }
}
