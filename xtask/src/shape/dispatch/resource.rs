//! The table of one resource.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::parse_quote;

use super::super::Model;
use super::super::access::Access;
use super::read::Reader;
use super::{caller, clients, imports, source};
use crate::module::{Module, Piece};
use crate::plan::{self, Operation, Plan};

/// The file of a resource.
pub(super) fn file(plan: &Plan, resource: &plan::Module, model: &Model) -> Module {
    let ids = resource.operations.iter().map(|operation| &operation.id);
    let readers = Reader::ALL.map(|reader| (reader, reader.types(resource, model)));
    let reads = readers.iter().any(|(_, types)| !types.is_empty());
    let (core, example): (&[_], &[_]) = if reads {
        (&["Decode", "Unreadable"], &["Arguments", "answered", "written"])
    } else {
        (&[], &["Arguments", "answered"])
    };
    let clients = clients(std::iter::once(resource));
    let mut pieces = imports(plan, core, &clients, example);
    pieces.push(Piece::Item(parse_quote! {
        /// The operations, in the order they are written.
        pub const OPERATIONS: &[&str] = &[#(#ids),*];
    }));
    pieces.extend(Access::ALL.into_iter().flat_map(|access| callers(resource, model, access)));
    for (reader, types) in readers {
        pieces.extend(reader.of_resource(plan, &types, model));
    }
    Module {
        name: format!("{}/{}", plan.provider, resource.name),
        source: source(plan),
        docs: vec![format!("The operations of `{}` by their names.", resource.name)],
        pieces,
    }
}

/// The functions that call what a kind of key may call of a resource: what only reads, and behind it
/// what does more.
fn callers(resource: &plan::Module, model: &Model, access: Access) -> Vec<Piece> {
    let (reads, acts): (Vec<_>, Vec<_>) =
        access.operations(resource).partition(|operation| operation.verb == "get");
    let first = caller(access);
    let second = format_ident!("{first}_to_act");
    match (reads.as_slice(), acts.as_slice()) {
        ([], []) => Vec::new(),
        (only, []) | ([], only) => vec![calls(&first, resource, model, access, only, None)],
        (reads, acts) => vec![
            calls(&first, resource, model, access, reads, Some(&second)),
            calls(&second, resource, model, access, acts, None),
        ],
    }
}

/// A function with an arm for each of `operations`; whatever else it is asked for is for `next`.
fn calls(
    function: &Ident,
    resource: &plan::Module,
    model: &Model,
    access: Access,
    operations: &[&Operation],
    next: Option<&Ident>,
) -> Piece {
    let client = format_ident!("{}", access.client());
    let arms = operations.iter().filter_map(|operation| call(resource, operation, model));
    let takes_some = operations
        .iter()
        .filter_map(|operation| model.calls.get(&operation.id))
        .any(|call| !call.path.is_empty() || call.query.is_some() || call.body.is_some());
    let takes_some = takes_some || next.is_some();
    let with = if takes_some { quote!(with) } else { quote!(_) };
    let other = match next {
        Some(next) => quote!(#next(client, other, with).await),
        None => quote!(panic!("no operation `{other}`")),
    };
    let is_first = *function == caller(access);
    let public =
        is_first.then(|| quote!(#[doc = " Calls `operation` with what an example gives it."] pub));
    Piece::Item(parse_quote! {
        #public async fn #function(client: &#client, operation: &str, #with: &Arguments) -> Result<Value, Error> {
            match operation {
                #(#arms,)*
                other => #other,
            }
        }
    })
}

/// The arm that makes one call.
fn call(module: &plan::Module, operation: &Operation, model: &Model) -> Option<TokenStream> {
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
