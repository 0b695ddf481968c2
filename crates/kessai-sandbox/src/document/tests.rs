//! The reader of documents, on a small one of its own and beside a general validator.

use bytes::Bytes;
use hyper::header::HeaderMap;
use serde_json::json;

use super::*;

fn document() -> Document {
    let document = json!({
        "security": [{ "secret": [] }],
        "paths": {
            "/things": {
                "post": {
                    "operationId": "create_thing",
                    "requestBody": { "content": { "application/json": {
                        "schema": { "$ref": "#/components/schemas/CreateThing" } } } },
                    "responses": { "201": {}, "4XX": {} }
                },
                "get": {
                    "operationId": "list_things",
                    "security": [{ "secret": [] }, { "public": [] }],
                    "parameters": [
                        { "name": "kind", "in": "query", "schema": {
                            "type": "array", "items": { "$ref": "#/components/schemas/Kind" } } },
                        { "name": "limit", "in": "query", "schema": {
                            "type": "integer", "default": 20, "maximum": 100 } },
                        { "name": "owner", "in": "query", "required": true, "schema": {
                            "type": "string" } }
                    ],
                    "responses": { "200": {} }
                }
            }
        },
        "components": { "schemas": {
            "Kind": { "type": "string", "enum": ["big", "small"] },
            "CreateThing": { "type": "object", "required": ["amount"], "properties": {
                "amount": { "type": "integer", "minimum": 0, "exclusiveMinimum": true },
                "kind": { "$ref": "#/components/schemas/Kind" },
                "name": { "type": "string", "minLength": 2, "maxLength": 3, "default": "abc" },
                "gone": { "type": "boolean", "nullable": true },
                "cleared": { "nullable": true, "allOf": [{ "$ref": "#/components/schemas/Kind" }] },
                "notes": { "type": "object", "maxProperties": 2,
                    "additionalProperties": { "type": "string" } },
                "closed": { "type": "object", "properties": { "a": { "type": "number" } },
                    "additionalProperties": false },
                "kinds": { "type": "array", "maxItems": 2,
                    "items": { "$ref": "#/components/schemas/Kind" } }
            } }
        } }
    });
    Document::parse(&document.to_string()).unwrap()
}

fn read(method: Method, query: &str, body: &str) -> Result<Call, Violation> {
    let request = Request {
        method,
        path: "/things".into(),
        query: query.into(),
        headers: HeaderMap::new(),
        body: Bytes::from(body.to_owned()),
    };
    let document = document();
    document.read(document.find(&request).unwrap(), &request)
}

fn refused<T>(result: Result<T, Violation>) -> (String, Reason) {
    let violation = result.err().unwrap();
    (violation.member, violation.reason)
}

const BODIES: [(&str, Option<(&str, Reason)>); 23] = [
    (r#"{"amount":1}"#, None),
    (r#"{"amount":1,"unknown":[null]}"#, None),
    (r#"{"amount":1,"gone":null}"#, None),
    (r#"{"amount":1,"cleared":null}"#, None),
    (r#"{"amount":1,"notes":{"a":"b"},"kinds":["big"],"closed":{"a":1.5}}"#, None),
    (r"{}", Some(("amount", Reason::Missing))),
    (r"[]", Some(("", Reason::Wrong))),
    (r#"{"amount":0}"#, Some(("amount", Reason::Wrong))),
    (r#"{"amount":1.5}"#, Some(("amount", Reason::Wrong))),
    (r#"{"amount":"1"}"#, Some(("amount", Reason::Wrong))),
    (r#"{"amount":null}"#, Some(("amount", Reason::Wrong))),
    (r#"{"amount":1,"kind":"odd"}"#, Some(("kind", Reason::Wrong))),
    (r#"{"amount":1,"kind":7}"#, Some(("kind", Reason::Wrong))),
    (r#"{"amount":1,"name":"a"}"#, Some(("name", Reason::Wrong))),
    (r#"{"amount":1,"name":"四文字だ"}"#, Some(("name", Reason::Wrong))),
    (r#"{"amount":1,"name":null}"#, Some(("name", Reason::Wrong))),
    (r#"{"amount":1,"cleared":"odd"}"#, Some(("cleared", Reason::Wrong))),
    (r#"{"amount":1,"gone":"no"}"#, Some(("gone", Reason::Wrong))),
    (r#"{"amount":1,"notes":{"a":1}}"#, Some(("notes.a", Reason::Wrong))),
    (r#"{"amount":1,"notes":{"a":"","b":"","c":""}}"#, Some(("notes", Reason::Wrong))),
    (r#"{"amount":1,"closed":{"b":1}}"#, Some(("closed.b", Reason::Wrong))),
    (r#"{"amount":1,"kinds":["big","odd"]}"#, Some(("kinds.1", Reason::Wrong))),
    (r#"{"amount":1,"kinds":["big","big","big"]}"#, Some(("kinds", Reason::Wrong))),
];

#[test]
fn a_body_is_refused_with_the_member_at_fault() {
    for (body, refusal) in BODIES {
        let violation = read(Method::POST, "", body).err();
        let violation = violation.as_ref().map(|v| (v.member.as_str(), v.reason));
        assert_eq!(violation, refusal, "{body}");
    }
}

#[test]
fn a_general_validator_is_of_the_same_opinion() {
    let document = document();
    let mut schema = document.root.clone();
    schema["$ref"] = json!("#/components/schemas/CreateThing");
    let gone = "/components/schemas/CreateThing/properties/gone";
    *schema.pointer_mut(gone).unwrap() = json!({ "type": ["boolean", "null"] });
    let cleared = "/components/schemas/CreateThing/properties/cleared";
    let kind = json!({ "anyOf": [{ "$ref": "#/components/schemas/Kind" }, { "type": "null" }] });
    *schema.pointer_mut(cleared).unwrap() = kind;
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft4) // in which exclusiveMinimum is a flag, as here
        .build(&schema)
        .unwrap();
    for (body, refusal) in BODIES {
        let value = serde_json::from_str(body).unwrap();
        assert_eq!(validator.is_valid(&value), refusal.is_none(), "{body}");
    }
}

#[test]
fn broken_json_is_the_fault_of_the_whole_body() {
    assert_eq!(refused(read(Method::POST, "", "{")), (String::new(), Reason::Wrong));
}

#[test]
fn no_body_at_all_lacks_what_is_required() {
    assert_eq!(refused(read(Method::POST, "", "")), ("amount".into(), Reason::Missing));
}

#[test]
fn absent_members_get_the_defaults_of_the_document() {
    let call = read(Method::POST, "", r#"{"amount":1}"#).unwrap();
    assert_eq!(call.body.text("name"), Some("abc"));
    let call = read(Method::GET, "owner=me", "").unwrap();
    assert_eq!(call.query.integer("limit"), Some(20));
}

#[test]
fn a_member_is_there_with_every_digit_as_it_was_sent() {
    let body = r#"{"amount":1,"closed":{"a":0.10000000000000000001},"amount": 20}"#;
    let call = read(Method::POST, "", body).unwrap();
    assert_eq!(call.body.literal("closed"), Some(r#"{"a":0.10000000000000000001}"#));
    assert_eq!((call.body.literal("amount"), call.body.integer("amount")), (Some("20"), Some(20)));
    assert_eq!(call.body.literal("name"), None, "a default was not sent");
}

#[test]
fn a_query_is_decoded_typed_and_repeated() {
    let call = read(Method::GET, "owner=a%26b+c&limit=7&kind=big&kind=small&x=y", "").unwrap();
    assert_eq!(call.query.text("owner"), Some("a&b c"));
    assert_eq!(call.query.integer("limit"), Some(7));
    assert_eq!(call.query.texts("kind"), ["big", "small"]);
    assert_eq!(call.query.text("x"), None);
}

#[test]
fn a_query_is_refused_with_the_parameter_at_fault() {
    let refusals = [
        ("limit=7", "owner", Reason::Missing),
        ("owner=me&limit=101", "limit", Reason::Wrong),
        ("owner=me&limit=many", "limit", Reason::Wrong),
        ("owner=me&limit=1&limit=2", "limit", Reason::Wrong),
        ("owner=me&kind=odd", "kind.0", Reason::Wrong),
        ("owner=%ff", "owner", Reason::Wrong),
    ];
    for (query, member, reason) in refusals {
        assert_eq!(refused(read(Method::GET, query, "")), (member.into(), reason), "{query}");
    }
}

#[test]
fn an_operation_names_its_own_security_or_has_that_of_the_document() {
    let document = document();
    let admits = |method, scheme| {
        let operation = document.operations.iter().find(|operation| operation.method == method);
        operation.unwrap().admits(scheme)
    };
    assert!(admits(Method::GET, "secret") && admits(Method::GET, "public"));
    assert!(admits(Method::POST, "secret") && !admits(Method::POST, "public"));
}

#[test]
fn words_are_those_of_the_enum() {
    let document = document();
    assert!(document.has_word("Kind", "big"));
    assert!(!document.has_word("Kind", "odd"));
    assert!(!document.has_word("Nothing", "big"));
}
