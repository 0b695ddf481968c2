//! progenitor's output and the plan into modules, top down in the order a reader asks.
//!
//! Each pass changes one thing and has a file of its own.

use std::collections::BTreeMap;

use quote::quote;

use crate::examples::Example;
use crate::module::{Module, Piece};
use crate::plan::Plan;
use access::Access;

mod access;
mod body;
mod choices;
mod dispatch;
mod docs;
mod feature;
mod imports;
mod items;
mod literals;
mod model;
mod objects;
mod operations;
mod pages;
mod parts;
mod short;
mod words;

pub use dispatch::dispatch;
pub use model::{CallTypes, Field, Model, Object, Shape};

/// Makes the modules of a provider.
#[must_use]
pub fn shape(plan: &Plan, model: &Model, examples: &BTreeMap<String, Example>) -> Vec<Module> {
    let mut modules = Vec::new();
    for part in &plan.modules {
        let mut pieces = operations::handles(plan, part, model, examples);
        pieces.extend(objects::sent(part, model));
        pieces.extend(objects::answered(part, model));
        pieces.extend(pages::tables(plan, part, model));
        pieces.extend(choices::enums(part, model));
        pieces.extend(words::enums(part, model));
        pieces.extend(operations::constants(part));
        modules.extend(parts::files(part, model, pieces));
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
    for module in modules.iter().filter(|module| !module.is_part()) {
        let name = quote::format_ident!("{}", module.name);
        pieces.push(Piece::Item(syn::parse_quote!(pub mod #name;)));
    }
    pieces.extend(Access::ALL.into_iter().filter_map(|access| doors(plan, access)));
    Module {
        name: "mod".to_owned(),
        source: format!("specs/{}", plan.provider),
        docs: vec!["Resources, one module each; what they share; and the way to them.".to_owned()],
        pieces,
    }
}

/// The methods of a client that open the resources, if it opens any.
fn doors(plan: &Plan, access: Access) -> Option<Piece> {
    let modules: Vec<_> =
        plan.modules.iter().filter(|module| access.operations(module).next().is_some()).collect();
    let methods = modules.iter().map(|module| {
        let name = quote::format_ident!("{}", module.name);
        let handle = access.handle(module);
        let docs = docs::attributes(&module.description, docs::WIDTH_IN_IMPL);
        quote! {
            #(#docs)*
            #[must_use]
            pub fn #name(&self) -> #name::#handle<'_> {
                #name::#handle::new(&self.transport)
            }
        }
    });
    let client = quote::format_ident!("{}", access.client());
    let door = syn::parse_quote! {
        impl crate::#client {
            #(#methods)*
        }
    };
    (!modules.is_empty()).then_some(Piece::Item(door))
}
