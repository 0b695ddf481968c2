//! progenitor's output and the plan into modules, top down in the order a reader asks.
//!
//! Each pass changes one thing and has a file of its own.

use std::collections::BTreeMap;

use quote::quote;

use crate::examples::Example;
use crate::module::{Module, Piece};
use crate::names;
use crate::plan::Plan;

mod dispatch;
mod docs;
mod imports;
mod literals;
mod model;
mod objects;
mod operations;
mod short;
mod words;

pub use dispatch::dispatch;
pub use model::{CallTypes, Field, Model, Object, Shape};

/// Makes the modules of a provider.
#[must_use]
pub fn shape(plan: &Plan, model: &Model, examples: &BTreeMap<String, Example>) -> Vec<Module> {
    let mut modules = Vec::new();
    for part in &plan.modules {
        let mut pieces = operations::handle(plan, part, model, examples);
        pieces.extend(objects::sent(part, model));
        pieces.extend(objects::answered(part, model));
        pieces.extend(words::enums(part, model));
        pieces.extend(operations::constants(part));
        let imports = imports::of(&pieces, &part.name, model);
        modules.push(Module {
            name: part.name.clone(),
            source: part.source.clone(),
            docs: docs::lines(&part.description, docs::WIDTH),
            pieces: imports.into_iter().chain(pieces).collect(),
        });
    }
    if !plan.markers.is_empty() {
        modules.push(objects::markers(plan));
    }
    modules.push(root(plan, &modules));
    modules
}

/// `mod.rs`: the modules, and a method of the client for each resource.
fn root(plan: &Plan, modules: &[Module]) -> Module {
    let mut pieces = Vec::new();
    for module in modules {
        let name = quote::format_ident!("{}", module.name);
        pieces.push(Piece::Item(syn::parse_quote!(pub mod #name;)));
    }
    let methods =
        plan.modules.iter().filter(|module| !module.operations.is_empty()).map(|module| {
            let name = quote::format_ident!("{}", module.name);
            let handle = names::handle(&module.name);
            let docs = docs::attributes(&module.description, docs::WIDTH_IN_IMPL);
            quote! {
                #(#docs)*
                #[must_use]
                pub fn #name(&self) -> #name::#handle<'_> {
                    #name::#handle::new(&self.transport)
                }
            }
        });
    pieces.push(Piece::Item(syn::parse_quote! {
        impl crate::Client {
            #(#methods)*
        }
    }));
    Module {
        name: "mod".to_owned(),
        source: format!("specs/{}", plan.provider),
        docs: vec!["Resources, one module each; what they share; and the way to them.".to_owned()],
        pieces,
    }
}
