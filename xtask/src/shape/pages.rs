//! Lists that continue: beside the method for one page, one that walks them all.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use super::access::Access;
use super::{Field, Model, docs, literals, operations, short};
use crate::examples::Example;
use crate::module::{Piece, Table};
use crate::names;
use crate::plan::{Module, Operation, Plan};

/// The name of the method that walks: `list_all` beside `list`.
pub(super) fn method(operation: &Operation) -> String {
    operation.method.replacen("list", "list_all", 1)
}

/// What the items of a list are called, and one of them.
pub(super) fn nouns(operation: &Operation) -> (Ident, Ident) {
    let items = operation.page.as_ref().map_or("items", |page| page.items.as_str());
    let items = names::snake(items);
    (format_ident!("{items}"), format_ident!("{}", names::singular(&items)))
}

/// The method that walks all pages; nothing for a list that does not continue.
pub(super) fn walk(
    plan: &Plan,
    module: &Module,
    operation: &Operation,
    access: Access,
    model: &Model,
    example: Option<&Example>,
) -> Option<TokenStream> {
    let page = operation.page.as_ref()?;
    let call = model.calls.get(&operation.id)?;
    let asked = call.query.as_ref()?;
    let query = format_ident!("{}", asked.name);
    let list = format_ident!("{}", operation.method);
    let name = format_ident!("{}", method(operation));
    let constant = operations::constant_name(operation);
    let answer = &call.answer;
    let most = proc_macro2::Literal::i64_unsuffixed(page.most);

    let (items, _) = nouns(operation);
    let text = format!(
        "Walks all {} that [`{list}`](Self::{list}) finds, page after page.\n\n`limit` is how many \
         to ask for at a time ({} when left out, two at least), and `offset` where to begin.\n\n# \
         Errors\n\nIf a page cannot be had: then the next item asks for it again, and after three \
         such errors in a row the walk has ended. Walking again is safe.",
        names::words(&items.to_string()),
        page.most,
    );
    let mut lines = docs::lines(&text, docs::WIDTH_IN_IMPL);
    if let Some(example) = example {
        lines.extend(literals::walk_doc(plan, module, operation, access, model, example));
    }
    let docs = docs::from_lines(&lines);
    let arguments = call.path.iter().map(|Field { ident, ty, .. }| quote!(#ident: &#ty));
    let paths: Vec<_> = call.path.iter().map(|field| &field.ident).collect();
    let idents: Vec<_> = paths.clone();
    let kept = (asked.fields.len() > 2).then(|| format_ident!("query"));
    let kept: Vec<_> = idents.into_iter().chain(&kept).collect();
    let rest = (asked.fields.len() > 2).then(|| quote!(..query.clone()));
    let page = quote!(#query { offset: Some(offset), limit: Some(limit), #rest });
    Some(quote! {
        #(#docs)*
        pub fn #name(&self, #(#arguments,)* query: &#query) -> Items<'a, #answer> {
            let (offset, limit) = (query.offset.unwrap_or(0), query.limit.unwrap_or(#most));
            let this = *self;
            #(let #kept = #kept.clone();)*
            let ask = move |offset, limit| {
                let page = #page;
                this.#list(#(&#paths,)* &page)
            };
            Items::new(self.transport, &#constant, offset, limit, ask)
        }
    })
}

/// What makes the pages of a module pages.
pub(super) fn tables(module: &Module, model: &Model) -> Vec<Piece> {
    let mut tables: Vec<Piece> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for operation in &module.operations {
        let Some((page, call)) = operation.page.as_ref().zip(model.calls.get(&operation.id)) else {
            continue;
        };
        let Some(name) = short::name(&call.answer).filter(|name| !seen.contains(name)) else {
            continue;
        };
        let field = model
            .object(&name)
            .and_then(|object| object.fields.iter().find(|field| field.wire == page.items));
        if let Some((field, item)) = field.and_then(|field| Some((field, item(&field.ty)?))) {
            let row = format!("{}: {item} by id", field.ident);
            tables.push(Piece::Table(Table {
                macro_name: "page",
                of: name.clone(),
                rows: vec![row],
                last: None,
            }));
            seen.push(name);
        }
    }
    tables
}

/// `Charge` of `Vec<Charge>`.
fn item(list: &Type) -> Option<String> {
    short::name(short::inside(list, "Vec")?)
}
