//! Every operation by its name: a table for tests that go through them all. Each resource has a file
//! of its own, and the provider's tells which.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::{format_ident, quote};
use syn::parse_quote;

use super::Model;
use super::access::Access;
use crate::module::{Module, Piece};
use crate::plan::{self, Plan};
use read::Reader;

mod read;
mod resource;

/// Makes the tables of a provider: its own first.
#[must_use]
pub fn dispatch(plan: &Plan, model: &Model) -> Vec<Module> {
    let resources: Vec<&plan::Module> =
        plan.modules.iter().filter(|module| !module.operations.is_empty()).collect();
    let each = resources.iter().map(|resource| resource::file(plan, resource, model));
    std::iter::once(provider(plan, &resources, model)).chain(each).collect()
}

/// The file of the provider: which resource an operation is of.
fn provider(plan: &Plan, resources: &[&plan::Module], model: &Model) -> Module {
    let ids = resources.iter().flat_map(|resource| &resource.operations).map(|it| &it.id);
    let names = resources.iter().map(|resource| format_ident!("{}", resource.name));
    let rows = resources.iter().map(|resource| {
        let (name, module) = (&resource.name, format_ident!("{}", resource.name));
        quote!((#name, #module::OPERATIONS))
    });
    let clients = clients(resources.iter().copied());
    let mut pieces = imports(plan, &["Unreadable"], &clients, &["Arguments", "resource"]);
    pieces.extend(names.map(|name| Piece::Item(parse_quote!(mod #name;))));
    pieces.push(Piece::Item(parse_quote! {
        /// The operations, in the order they are written.
        pub const OPERATIONS: &[&str] = &[#(#ids),*];
    }));
    pieces.push(Piece::Item(parse_quote! {
        /// The resources, each with its operations.
        const RESOURCES: &[(&str, &[&str])] = &[#(#rows),*];
    }));
    pieces.extend(Access::ALL.into_iter().filter_map(|access| calls(resources, access)));
    pieces.extend(Reader::ALL.map(|reader| reader.of_provider(resources, model)));
    let docs = format!("Every operation of {} by its name.", plan.provider);
    Module { name: plan.provider.clone(), source: source(plan), docs: vec![docs], pieces }
}

/// The function that calls what a kind of key may call, if that is anything.
fn calls(resources: &[&plan::Module], access: Access) -> Option<Piece> {
    let opened = resources.iter().filter(|it| access.operations(it).next().is_some());
    let function = caller(access);
    let arms: Vec<_> = opened
        .map(|resource| {
            let (name, module) = (&resource.name, format_ident!("{}", resource.name));
            quote!(#name => #module::#function(client, operation, with).await)
        })
        .collect();
    let client = format_ident!("{}", access.client());
    let docs = match access {
        Access::Secret => " Calls `operation` with what an example gives it.",
        Access::Publishable => " The same, with a publishable key.",
    };
    let function = || {
        parse_quote! {
            #[doc = #docs]
            pub async fn #function(client: &#client, operation: &str, with: &Arguments) -> Result<Value, Error> {
                match resource(RESOURCES, operation) {
                    #(#arms,)*
                    other => panic!("this key opens no `{other}`"),
                }
            }
        }
    };
    (!arms.is_empty()).then(|| Piece::Item(function()))
}

fn source(plan: &Plan) -> String {
    format!("specs/{}", plan.provider)
}

/// What a file imports of the runtime, of the provider's crate and of the tests beside it.
fn imports(plan: &Plan, core: &[&str], krate: &[&str], example: &[&str]) -> Vec<Piece> {
    let provider = format_ident!("kessai_{}", plan.provider);
    let import = |path: syn::Path, names: &[&str]| {
        let names: Vec<Ident> = names.iter().map(|name| format_ident!("{name}")).collect();
        Some(Piece::Item(match names.as_slice() {
            [] => return None,
            [name] => parse_quote!(use #path::#name;),
            names => parse_quote!(use #path::{#(#names),*};),
        }))
    };
    let imports = [
        import(parse_quote!(kessai_core), core),
        import(parse_quote!(#provider), krate),
        import(parse_quote!(serde_json), &["Value"]),
        import(parse_quote!(crate::example), example),
    ];
    imports.into_iter().flatten().collect()
}

/// The clients that open any of `resources`, and the error that calls give.
fn clients<'p>(resources: impl Iterator<Item = &'p plan::Module>) -> Vec<&'static str> {
    let resources: Vec<_> = resources.collect();
    let opened = Access::ALL.into_iter().filter(|access| {
        resources.iter().any(|resource| access.operations(resource).next().is_some())
    });
    let names: BTreeSet<&str> = opened.map(Access::client).chain(["Error"]).collect();
    names.into_iter().collect()
}

fn caller(access: Access) -> Ident {
    match access {
        Access::Secret => format_ident!("call"),
        Access::Publishable => format_ident!("call_publishable"),
    }
}
