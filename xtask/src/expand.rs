//! progenitor: schemas into Rust types, operations into signatures.
//!
//! Three facts of its output are relied on, each with a test: a module `types` of items; a method
//! per operation on `Client`, named by its id; members in `serde(rename)` where Rust calls them
//! otherwise.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};

use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use schemars_08::schema::{InstanceType, SchemaObject};
use syn::{ImplItem, Item, ItemEnum, ItemStruct, Signature, Type};

use crate::document::Node;
use crate::normalise::format;
use crate::plan::Plan;

/// What progenitor made of a document.
#[derive(Debug)]
pub struct Expanded {
    /// Its file, unchanged.
    pub file: syn::File,
    /// The structs, by name.
    pub structs: BTreeMap<String, ItemStruct>,
    /// The enums, by name.
    pub enums: BTreeMap<String, ItemEnum>,
    /// The signature of each operation, by its id.
    pub signatures: BTreeMap<String, Signature>,
}

/// Runs progenitor over a normalised document, whose ids and choices are those of `plan`.
///
/// # Errors
///
/// If progenitor cannot carry the document. The checks should have refused it before.
pub fn expand(document: &Node, plan: &Plan) -> Result<Expanded, String> {
    let text = serde_json::to_string(document).map_err(|error| error.to_string())?;
    let document: openapiv3::OpenAPI = serde_json::from_str(&text)
        .map_err(|error| format!("the normalised document is not OpenAPI 3.0: {error}"))?;

    let settings = settings(plan);
    // It panics on what it does not expect; that must become a message like any other.
    let tokens = panic::catch_unwind(AssertUnwindSafe(|| {
        Generator::new(&settings).generate_tokens(&document)
    }));
    let tokens = match tokens {
        Ok(Ok(tokens)) => tokens,
        Ok(Err(error)) => return Err(format!("progenitor refused the document: {error}")),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let why =
                text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            return Err(format!("progenitor gave up on the document: {why}"));
        }
    };
    let file = syn::parse2(tokens).map_err(|error| format!("progenitor's output: {error}"))?;
    Ok(sort(file))
}

fn settings(plan: &Plan) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Positional).with_tag(TagStyle::Merged);
    settings.with_map_type("::std::collections::BTreeMap");
    let of = |kind: InstanceType, format: &str| SchemaObject {
        instance_type: Some(kind.into()),
        format: Some(format.to_owned()),
        ..SchemaObject::default()
    };
    for choice in plan.choices() {
        let schema = of(InstanceType::String, &format::choice(choice));
        settings.with_conversion(schema, choice, [].into_iter());
    }
    for resource in &plan.resources {
        let schema = of(InstanceType::String, &format::id(resource));
        settings.with_conversion(schema, format!("kessai_core::Id<{resource}>"), [].into_iter());
    }
    let secret = of(InstanceType::String, format::SECRET);
    settings.with_conversion(secret, "kessai_core::Secret", [].into_iter());
    for kind in [InstanceType::Number, InstanceType::String] {
        let decimal = of(kind, format::DECIMAL);
        settings.with_conversion(decimal, "kessai_core::Decimal", [].into_iter());
    }
    let json = of(InstanceType::String, format::JSON);
    settings.with_conversion(json, "kessai_core::Json", [].into_iter());
    let time = of(InstanceType::Integer, format::EPOCH_MS);
    settings.with_conversion(time, "kessai_core::EpochMillis", [].into_iter());
    let time = of(InstanceType::String, format::DATE_TIME);
    settings.with_conversion(time, "kessai_core::Timestamp", [].into_iter());
    settings
}

/// Finds the types and the signatures in progenitor's file.
fn sort(file: syn::File) -> Expanded {
    let mut structs = BTreeMap::new();
    let mut enums = BTreeMap::new();
    let mut signatures = BTreeMap::new();
    for item in &file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                for item in module.content.iter().flat_map(|(_, items)| items) {
                    match item {
                        Item::Struct(item) => {
                            structs.insert(item.ident.to_string(), item.clone());
                        }
                        Item::Enum(item) => {
                            enums.insert(item.ident.to_string(), item.clone());
                        }
                        _ => {}
                    }
                }
            }
            Item::Impl(item) if item.trait_.is_none() && is_client(&item.self_ty) => {
                for item in &item.items {
                    if let ImplItem::Fn(method) = item
                        && method.sig.asyncness.is_some()
                    {
                        signatures.insert(method.sig.ident.to_string(), method.sig.clone());
                    }
                }
            }
            _ => {}
        }
    }
    Expanded { file, structs, enums, signatures }
}

fn is_client(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("Client"))
}
