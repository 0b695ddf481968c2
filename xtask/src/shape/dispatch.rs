//! Every operation by its name: a table for tests that go through them all.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse_quote;

use super::{Model, short};
use crate::module::{Module, Piece};
use crate::plan::{Operation, Plan};

/// Makes the table of a provider.
#[must_use]
pub fn dispatch(plan: &Plan, model: &Model) -> Module {
    let operations: Vec<(&crate::plan::Module, &Operation)> = plan
        .modules
        .iter()
        .flat_map(|module| module.operations.iter().map(move |operation| (module, operation)))
        .collect();
    let krate = format_ident!("kessai_{}", plan.provider);
    let names = operations.iter().map(|(_, operation)| &operation.id);
    let calls = operations.iter().filter_map(|(module, operation)| {
        let call = model.calls.get(&operation.id)?;
        let (id, resource) = (&operation.id, format_ident!("{}", module.name));
        let method = format_ident!("{}", operation.method);
        let path = call.path.iter().map(|field| {
            let wire = &field.wire;
            quote!(&with.path(#wire))
        });
        let query = call.query.as_ref().map(|_| quote!(&with.query()));
        let body = call.body.as_ref().map(|_| quote!(&with.body()));
        let arguments = path.chain(query).chain(body);
        Some(quote!(#id => answered(client.#resource().#method(#(#arguments),*).send().await)))
    });
    let answers = operations.iter().filter_map(|(_, operation)| {
        Some((&operation.id, short::name(&model.calls.get(&operation.id)?.answer)?))
    });
    let answers = readers(&krate, model, answers);
    let requests = operations
        .iter()
        .filter_map(|(_, operation)| Some((&operation.id, operation.body.clone()?)));
    let requests = readers(&krate, model, requests);
    let pieces = vec![
        Piece::Item(parse_quote!(
            use kessai_core::{Decode, Unreadable};
        )),
        Piece::Item(parse_quote!(use #krate::{Client, Error};)),
        Piece::Item(parse_quote!(
            use serde_json::Value;
        )),
        Piece::Item(parse_quote!(
            use crate::example::{Arguments, answered, written};
        )),
        Piece::Item(parse_quote! {
            /// The operations, in the order they are written.
            pub const OPERATIONS: &[&str] = &[#(#names),*];
        }),
        Piece::Item(parse_quote! {
            /// Calls `operation` with what an example gives it.
            pub async fn call(client: &Client, operation: &str, with: &Arguments) -> Result<Value, Error> {
                match operation {
                    #(#calls,)*
                    other => panic!("no operation `{other}`"),
                }
            }
        }),
        Piece::Item(parse_quote! {
            /// Reads `body` as the answer of `operation` and writes it again.
            pub fn read_answer(operation: &str, body: &[u8]) -> Result<Value, Unreadable> {
                match operation {
                    #(#answers,)*
                    other => panic!("no answer of `{other}`"),
                }
            }
        }),
        Piece::Item(parse_quote! {
            /// Reads `body` as the body of `operation` and writes it again.
            pub fn read_request(operation: &str, body: &[u8]) -> Result<Value, Unreadable> {
                match operation {
                    #(#requests,)*
                    other => panic!("no body of `{other}`"),
                }
            }
        }),
    ];
    Module {
        name: plan.provider.clone(),
        source: format!("specs/{}", plan.provider),
        docs: vec![format!("Every operation of {} by its name.", plan.provider)],
        pieces,
    }
}

/// One arm for each type, with every operation that reads it.
fn readers<'a>(
    krate: &proc_macro2::Ident,
    model: &Model,
    read: impl Iterator<Item = (&'a String, String)>,
) -> Vec<TokenStream> {
    let mut types: Vec<(String, Vec<&String>)> = Vec::new();
    for (operation, ty) in read {
        match types.iter_mut().find(|(known, _)| *known == ty) {
            Some((_, operations)) => operations.push(operation),
            None => types.push((ty, vec![operation])),
        }
    }
    let arms = types.iter().filter_map(|(name, operations)| {
        let home = format_ident!("{}", model.homes.get(name)?);
        let name = format_ident!("{name}");
        Some(quote!(#(#operations)|* => written(#krate::#home::#name::decode(body))))
    });
    arms.collect()
}
