//! What a provider's `OpenAPI` document says may be sent.
//!
//! Reads the house dialect (`specs/README.md`) and no more: one document without outside
//! references, `allOf` around one reference and no more, JSON bodies.

mod call;
mod path;
mod query;
mod schema;

use std::io;

use hyper::{Method, StatusCode};
use serde_json::{Map, Value};

use call::Literals;
pub(crate) use call::{Call, Members};
use path::Template;
use query::Parameter;
pub(crate) use schema::{Reason, Violation};

use crate::message::Request;

/// The parsed document.
pub(crate) struct Document {
    root: Value,
    operations: Vec<Operation>,
}

/// One operation: what is needed to recognise a call of it and to read it.
pub(crate) struct Operation {
    pub(crate) id: String,
    /// The status of a call that succeeds.
    pub(crate) success: StatusCode,
    /// The security schemes with any of which it may be called.
    schemes: Vec<String>,
    /// Whether a call that carries an idempotency key is made once.
    pub(crate) idempotent: bool,
    /// The members that the signature of a request is made of, as the document writes them.
    pub(crate) signed: Vec<String>,
    /// The same of the answer of a call that succeeds.
    pub(crate) signed_answer: Vec<String>,
    method: Method,
    template: Template,
    query: Vec<Parameter>,
    /// The schema of the body; nothing if the operation has none.
    body: Option<Value>,
}

impl Document {
    pub(crate) fn parse(text: &str) -> io::Result<Self> {
        let root: Value = serde_json::from_str(text).map_err(io::Error::other)?;
        let mut operations = Vec::new();
        for (template, item) in object(&root["paths"]) {
            for (method, operation) in object(item) {
                if let Ok(method) = method.to_uppercase().parse::<Method>()
                    && operation["operationId"].is_string()
                {
                    operations.push(Operation::read(&root, method, template, item, operation)?);
                }
            }
        }
        // Of `/things/new` and `/things/{id}`, the first is meant where both match.
        operations.sort_by_key(|operation| operation.template.named());
        Ok(Self { root, operations })
    }

    /// The operation that a request means; nothing if the document has none such.
    pub(crate) fn find(&self, request: &Request) -> Option<&Operation> {
        self.operations.iter().find(|operation| {
            operation.method == request.method && operation.template.matches(&request.path)
        })
    }

    /// Whether there is an operation of this id.
    pub(crate) fn has_operation(&self, id: &str) -> bool {
        self.operations.iter().any(|operation| operation.id == id)
    }

    /// Reads a request for `operation`, refusing what the document does not allow and filling in
    /// the defaults it names.
    pub(crate) fn read(&self, operation: &Operation, request: &Request) -> Result<Call, Violation> {
        let path = operation.template.read_path(&request.path)?;
        let query = query::read(&self.root, &operation.query, &request.query)?;
        let body = match &operation.body {
            Some(schema) => self.body(schema, &request.body)?,
            None => Members::new(Map::new(), Literals::new()),
        };
        Ok(Call { path, query: Members::new(query, Literals::new()), body })
    }

    fn body(&self, schema: &Value, bytes: &[u8]) -> Result<Members, Violation> {
        // No body is read as an empty one: then a refusal names the member that is missing.
        let bytes = if bytes.is_empty() { b"{}" } else { bytes };
        let body = serde_json::from_slice(bytes).map_err(|_| Violation::wrong(""))?;
        schema::check(&self.root, schema, &body, "")?;
        let Value::Object(mut members) = body else { return Err(Violation::wrong("")) };
        for (name, member) in object(&schema::resolve(&self.root, schema)["properties"]) {
            fill(&mut members, name, schema::resolve(&self.root, member));
        }
        // Numbers in `members` may have lost digits, and the text of what it took has not.
        let literals = serde_json::from_slice(bytes).map_err(|_| Violation::wrong(""))?;
        Ok(Members::new(members, literals))
    }

    /// Whether the schema of this name is an enum that has the word.
    pub(crate) fn has_word(&self, schema: &str, word: &str) -> bool {
        let words = self.root["components"]["schemas"][schema]["enum"].as_array();
        words.is_some_and(|words| words.iter().any(|known| known == word))
    }

    #[cfg(test)]
    pub(crate) fn operation_ids(&self) -> Vec<&str> {
        self.operations.iter().map(|operation| operation.id.as_str()).collect()
    }
}

impl Operation {
    fn read(
        root: &Value,
        method: Method,
        template: &str,
        item: &Value,
        operation: &Value,
    ) -> io::Result<Self> {
        let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
        let Some(success) = success(operation) else {
            return Err(io::Error::other(format!("{id} names no success status")));
        };
        let parameters = [&item["parameters"], &operation["parameters"]];
        let query = parameters
            .into_iter()
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(|parameter| Parameter::read(schema::resolve(root, parameter)))
            .collect();
        let body = schema::resolve(root, &operation["requestBody"])
            .pointer("/content/application~1json/schema")
            .cloned();
        let schemes = schemes(operation).or_else(|| schemes(root)).unwrap_or_default();
        let template = Template::read(template);
        let idempotent = operation["x-kessai-idempotency"].is_string();
        let (signed, signed_answer) = (signed(operation), signed_answer(root, operation, success));
        Ok(Self {
            id,
            success,
            schemes,
            idempotent,
            signed,
            signed_answer,
            method,
            template,
            query,
            body,
        })
    }

    /// Whether it may be called with what this security scheme asks for.
    pub(crate) fn admits(&self, scheme: &str) -> bool {
        self.schemes.iter().any(|own| own == scheme)
    }
}

/// The security schemes that an operation, or the document, names; nothing if it names none.
fn schemes(holder: &Value) -> Option<Vec<String>> {
    let choices = holder["security"].as_array()?;
    Some(choices.iter().flat_map(object).map(|(scheme, _)| scheme.clone()).collect())
}

/// The members that an operation or a schema says are signed.
fn signed(holder: &Value) -> Vec<String> {
    let members = holder["x-kessai-signed"].as_array().into_iter().flatten();
    members.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn signed_answer(root: &Value, operation: &Value, success: StatusCode) -> Vec<String> {
    let answer = schema::resolve(root, &operation["responses"][success.as_str()]);
    let body = &answer["content"]["application/json"]["schema"];
    signed(schema::resolve(root, body))
}

/// The lowest success status that the operation names.
fn success(operation: &Value) -> Option<StatusCode> {
    object(&operation["responses"])
        .filter_map(|(status, _)| status.parse().ok())
        .filter(StatusCode::is_success)
        .min()
}

/// Gives an absent member the default that its schema names.
fn fill(members: &mut Map<String, Value>, name: &str, schema: &Value) {
    if let Some(default) = schema.get("default")
        && !members.contains_key(name)
    {
        members.insert(name.to_owned(), default.clone());
    }
}

/// The members of an object; none if it is not one.
fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

#[cfg(test)]
mod tests;
