//! What every stage made of one operation, to read.

use std::fmt::Write as _;

use quote::ToTokens as _;
use syn::{ImplItem, Item};

use crate::document::Node;
use crate::generate::Generated;
use crate::module::Piece;
use crate::names;
use crate::print;

/// The chapter that comes first of what the module holds.
const METHOD: &str = "The module: the method";

/// Tells the story of `operation`: the document, the plan, progenitor's part, the module.
///
/// # Errors
///
/// If there is no such operation.
pub fn explain(generated: &Generated, operation: &str) -> Result<String, String> {
    let Some((module, planned)) = generated.plan.operation(operation) else {
        let known = generated.plan.modules.iter().flat_map(|module| &module.operations);
        let known: Vec<&str> = known.map(|operation| operation.id.as_str()).collect();
        return Err(format!("no operation `{operation}`; there are {}", known.join(", ")));
    };
    let mut story = String::new();
    let mut chapter = |title: &str, text: &str| {
        let _ = writeln!(story, "== {title} ==\n\n{}\n", text.trim_end());
    };

    let place = |root: &Node| root.at(&["paths", &planned.path, &planned.verb]).cloned();
    let written = place(&generated.document.root);
    let source = written.as_ref().map(|node| node.place.to_string()).unwrap_or_default();
    chapter(&format!("The document, from specs/{source}"), &json(written.as_ref()));
    chapter("The plan: what goes beside progenitor", &format!("{planned:#?}"));
    for name in [&planned.body, &planned.answer].into_iter().flatten() {
        let schema = module.schemas.iter().find(|schema| schema.name == *name);
        if let Some(schema) = schema {
            chapter(&format!("The plan of `{name}`"), &format!("{schema:#?}"));
        }
    }
    chapter("What progenitor is given", &json(place(&generated.normalised).as_ref()));
    chapter("What unmodified progenitor prints", &progenitor(generated, operation));
    if let Some(signature) = generated.expanded.signatures.get(operation) {
        let signature = signature.to_token_stream();
        chapter("What is taken of it: the signature", &signature.to_string());
    }
    for name in [&planned.body, &planned.answer].into_iter().flatten() {
        if let Some(item) = generated.expanded.structs.get(name) {
            let item = print::print_item(&Item::Struct(item.clone()));
            chapter(&format!("What is taken of it: `{name}`"), &item);
        }
    }
    let shaped = generated.modules.iter().filter(|shaped| shaped.belongs_to(&module.name));
    let types = [planned.body.as_deref(), planned.answer.as_deref()];
    let mut pieces: Vec<_> = shaped
        .flat_map(|shaped| &shaped.pieces)
        .filter_map(|piece| final_piece(piece, &planned.method, types))
        .collect();
    // The method may stand in a file behind those of its types.
    pieces.sort_by_key(|(title, _)| title != METHOD);
    for (title, piece) in pieces {
        chapter(&title, &piece);
    }
    Ok(story)
}

/// The method as progenitor alone would have shipped it.
fn progenitor(generated: &Generated, operation: &str) -> String {
    let methods = generated.expanded.file.items.iter().filter_map(|item| match item {
        Item::Impl(item) => Some(item),
        _ => None,
    });
    for item in methods {
        for method in &item.items {
            if let ImplItem::Fn(method) = method
                && method.sig.ident == operation
            {
                let ty = &item.self_ty;
                let item: Item = syn::parse_quote!(impl #ty { #method });
                return print::print_item(&item);
            }
        }
    }
    String::new()
}

/// The parts of the final module that belong to an operation, printed.
fn final_piece(piece: &Piece, method: &str, types: [Option<&str>; 2]) -> Option<(String, String)> {
    let Piece::Item(item) = piece else { return None };
    match item {
        Item::Impl(block) => {
            let found = block
                .items
                .iter()
                .find(|item| matches!(item, ImplItem::Fn(found) if found.sig.ident == method))?;
            let (generics, ty) = (&block.generics, &block.self_ty);
            let item: Item = syn::parse_quote!(impl #generics #ty { #found });
            Some((METHOD.to_owned(), print::print_item(&item)))
        }
        Item::Const(constant) if constant.ident == names::constant(method) => {
            Some(("The module: the constant".to_owned(), print::print_item(item)))
        }
        Item::Struct(object) if types.contains(&Some(&*object.ident.to_string())) => {
            Some((format!("The module: `{}`", object.ident), print::print_item(item)))
        }
        _ => None,
    }
}

fn json(node: Option<&Node>) -> String {
    node.and_then(|node| serde_json::to_string_pretty(node).ok()).unwrap_or_default()
}
