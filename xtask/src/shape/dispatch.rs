//! Every operation by its name: a table for tests that go through them all.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse_quote;

use super::access::Access;
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
    let ids = operations.iter().map(|(_, operation)| &operation.id);
    let callers = Access::ALL.into_iter().flat_map(|access| callers(plan, model, access));
    let clients = Access::ALL.into_iter().filter(|access| {
        plan.modules.iter().any(|module| access.operations(module).next().is_some())
    });
    let mut names: Vec<&str> = clients.map(Access::client).chain(["Error"]).collect();
    names.sort_unstable();
    let names = names.into_iter().map(|name| format_ident!("{name}"));
    let answers = operations.iter().filter_map(|(_, operation)| {
        Some((&operation.id, short::listed(&model.calls.get(&operation.id)?.answer)?))
    });
    let answers = readers(&krate, model, answers);
    let requests = operations
        .iter()
        .filter_map(|(_, operation)| Some((&operation.id, (operation.body.clone()?, false))));
    let requests = readers(&krate, model, requests);
    let mut pieces = vec![
        Piece::Item(parse_quote!(
            use kessai_core::{Decode, Unreadable};
        )),
        Piece::Item(parse_quote!(use #krate::{#(#names),*};)),
        Piece::Item(parse_quote!(
            use serde_json::Value;
        )),
        Piece::Item(parse_quote!(
            use crate::example::{Arguments, answered, written};
        )),
        Piece::Item(parse_quote! {
            /// The operations, in the order they are written.
            pub const OPERATIONS: &[&str] = &[#(#ids),*];
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
    pieces.splice(5..5, callers);
    Module {
        name: plan.provider.clone(),
        source: format!("specs/{}", plan.provider),
        docs: vec![format!("Every operation of {} by its name.", plan.provider)],
        pieces,
    }
}

/// The functions that call what a kind of key may call: one for all, and one for each resource.
fn callers(plan: &Plan, model: &Model, access: Access) -> Vec<Piece> {
    let modules = plan.modules.iter();
    let modules: Vec<_> =
        modules.filter(|module| access.operations(module).next().is_some()).collect();
    if modules.is_empty() {
        return Vec::new();
    }
    let client = format_ident!("{}", access.client());
    let (name, prefix, docs) = match access {
        Access::Secret => ("call", "", " Calls `operation` with what an example gives it."),
        Access::Publishable => {
            ("call_publishable", "publishable_", " The same, with a publishable key.")
        }
    };
    let name = format_ident!("{name}");
    let inner = |module: &crate::plan::Module| format_ident!("{prefix}{}", module.name);
    let arms = modules.iter().map(|module| {
        let ids = access.operations(module).map(|operation| &operation.id);
        let inner = inner(module);
        quote!(#(#ids)|* => #inner(client, operation, with).await)
    });
    let all = Piece::Item(parse_quote! {
        #[doc = #docs]
        pub async fn #name(client: &#client, operation: &str, with: &Arguments) -> Result<Value, Error> {
            match operation {
                #(#arms,)*
                other => panic!("no operation `{other}`"),
            }
        }
    });
    let each = modules.iter().map(|module| {
        let inner = inner(module);
        let calls = access.operations(module).filter_map(|it| call(module, it, model));
        let takes_some = access.operations(module).any(|operation| {
            let call = model.calls.get(&operation.id);
            call.is_some_and(|it| !it.path.is_empty() || it.query.is_some() || it.body.is_some())
        });
        let with = if takes_some { quote!(with) } else { quote!(_) };
        Piece::Item(parse_quote! {
            async fn #inner(client: &#client, operation: &str, #with: &Arguments) -> Result<Value, Error> {
                match operation {
                    #(#calls,)*
                    other => panic!("no operation `{other}`"),
                }
            }
        })
    });
    std::iter::once(all).chain(each).collect()
}

/// The arm that makes one call.
fn call(module: &crate::plan::Module, operation: &Operation, model: &Model) -> Option<TokenStream> {
    let call = model.calls.get(&operation.id)?;
    let (id, resource) = (&operation.id, format_ident!("{}", module.name));
    let method = format_ident!("{}", operation.method);
    let path = call.path.iter().map(|field| {
        let wire = &field.wire;
        if field.is_text() {
            quote!(&with.path::<String>(#wire))
        } else {
            quote!(&with.path(#wire))
        }
    });
    let query = call.query.as_ref().map(|_| quote!(&with.query()));
    let body = call.body.as_ref().map(|_| quote!(&with.body()));
    let arguments = path.chain(query).chain(body);
    let key = operation.idempotency.iter().map(|_| quote!(.idempotency_key(with.key())));
    let called = quote!(client.#resource().#method(#(#arguments),*) #(#key)*.send().await);
    Some(quote!(#id => answered(#called)))
}

/// One arm for each type, or list of it, with every operation that reads it.
fn readers<'a>(
    krate: &proc_macro2::Ident,
    model: &Model,
    read: impl Iterator<Item = (&'a String, (String, bool))>,
) -> Vec<TokenStream> {
    let mut types: Vec<((String, bool), Vec<&String>)> = Vec::new();
    for (operation, ty) in read {
        match types.iter_mut().find(|(known, _)| *known == ty) {
            Some((_, operations)) => operations.push(operation),
            None => types.push((ty, vec![operation])),
        }
    }
    let arms = types.iter().filter_map(|((name, is_list), operations)| {
        let home = format_ident!("{}", model.homes.get(name)?);
        let name = format_ident!("{name}");
        let ty = if *is_list {
            quote!(Vec::<#krate::#home::#name>)
        } else {
            quote!(#krate::#home::#name)
        };
        Some(quote!(#(#operations)|* => written(#ty::decode(body))))
    });
    arms.collect()
}
