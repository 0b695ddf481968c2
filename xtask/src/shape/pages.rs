//! Lists that continue: beside the method for one page, one that walks them all.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use super::access::Access;
use super::{Model, docs, literals, operations, short};
use crate::examples::Example;
use crate::module::{Piece, Table};
use crate::names;
use crate::plan::{Module, Operation, PageStyle, Plan};

/// What the items of a list are called, and one of them. Where the list is called no more than
/// `items`, their type has the better name.
pub(super) fn nouns(operation: &Operation, model: &Model) -> (Ident, Ident) {
    let items = operation.page.as_ref().map_or("items", |page| page.items.as_str());
    let answer = model.calls.get(&operation.id).and_then(|call| short::name(&call.answer));
    let page = answer.and_then(|answer| model.object(&answer));
    let list = page.and_then(|page| page.fields.iter().find(|field| field.wire == items));
    let items = match list.and_then(|list| item(&list.ty)).filter(|_| items == "items") {
        Some(item) => names::plural(&names::snake(&item)),
        None => names::snake(items),
    };
    (format_ident!("{items}"), format_ident!("{}", names::singular(&items)))
}

/// The field by which the items of a list are known again.
pub(super) fn item_key(operation: &Operation, model: &Model) -> Ident {
    let answer = model.calls.get(&operation.id).and_then(|call| short::name(&call.answer));
    let page = answer.and_then(|answer| model.object(&answer));
    let items = operation.page.as_ref().map(|page| page.items.as_str());
    let list = page.and_then(|page| page.fields.iter().find(|it| Some(it.wire.as_str()) == items));
    let item = list.and_then(|list| item(&list.ty)).unwrap_or_default();
    key(&item, model)
}

/// The field by which an item is known again: its `id`, or else the first id that it always has.
pub(super) fn key(item: &str, model: &Model) -> Ident {
    let fields = model.object(item).map_or(&[][..], |item| &item.fields);
    let named = fields.iter().find(|field| field.required && field.wire == "id");
    let other = || {
        fields
            .iter()
            .find(|field| field.required && short::name(&field.ty).as_deref() == Some("Id"))
    };
    named.or_else(other).map_or_else(|| format_ident!("id"), |field| field.ident.clone())
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
    let name = format_ident!("{}", names::walk(&operation.method));
    let constant = operations::constant_name(operation);
    let answer = &call.answer;
    let most = proc_macro2::Literal::i64_unsuffixed(page.most);

    let (items, _) = nouns(operation, model);
    let (least, begin) = match page.style {
        PageStyle::Offset => (", two at least", "`offset` where to begin"),
        PageStyle::Cursor => ("", "`cursor` what to begin behind"),
    };
    let text = format!(
        "Walks all {} that [`{list}`](Self::{list}) finds, page after page.\n\n`limit` is how many \
         to ask for at a time ({} when left out{least}), and {begin}.\n\n# Errors\n\nIf a page \
         cannot be had: then the next item asks for it again, and after three such errors in a row \
         the walk has ended. Walking again is safe.",
        names::words(&items.to_string()),
        page.most,
    );
    let mut lines = docs::lines(&text, docs::WIDTH_IN_IMPL);
    if let Some(example) = example {
        lines.extend(literals::walk_doc(plan, module, operation, access, model, example));
    }
    let docs = docs::from_lines(&lines);
    let arguments = call.path.iter().map(|field| {
        let (ident, ty) = (&field.ident, field.lent());
        quote!(#ident: #ty)
    });
    let paths: Vec<_> = call.path.iter().map(|field| &field.ident).collect();
    let texts = call.path.iter().filter(|field| field.is_text()).map(|field| &field.ident);
    let ids = call.path.iter().filter(|field| !field.is_text()).map(|field| &field.ident);
    let kept = (asked.fields.len() > 2).then(|| format_ident!("query"));
    let kept: Vec<_> = ids.chain(&kept).collect();
    let rest = (asked.fields.len() > 2).then(|| quote!(..query.clone()));
    let Parts { begin, parameters, fields, walk } = match page.style {
        PageStyle::Offset => Parts {
            begin: quote!((offset, limit) = (query.offset.unwrap_or(0), query.limit.unwrap_or(#most))),
            parameters: quote!(offset, limit),
            fields: quote!(offset: Some(offset), limit: Some(limit)),
            walk: quote!(Items::new(self.transport, &#constant, offset, limit, ask)),
        },
        PageStyle::Cursor => Parts {
            begin: quote!((cursor, limit) = (query.cursor.as_deref(), query.limit.unwrap_or(#most))),
            parameters: quote!(cursor: Option<&str>),
            fields: quote!(cursor: cursor.map(Into::into), limit: Some(limit)),
            walk: quote!(Items::by_cursor(self.transport, &#constant, cursor, ask)),
        },
    };
    Some(quote! {
        #(#docs)*
        pub fn #name(&self, #(#arguments,)* query: &#query) -> Items<'a, #answer> {
            let #begin;
            let this = *self;
            #(let #texts = #texts.to_owned();)*
            #(let #kept = #kept.clone();)*
            let ask = move |#parameters| {
                let page = #query { #fields, #rest };
                this.#list(#(&#paths,)* &page)
            };
            #walk
        }
    })
}

/// In what the two styles differ.
struct Parts {
    begin: TokenStream,
    parameters: TokenStream,
    fields: TokenStream,
    walk: TokenStream,
}

/// What makes the pages of a module pages, whichever module lists them.
pub(super) fn tables(plan: &Plan, module: &Module, model: &Model) -> Vec<Piece> {
    let mut tables: Vec<Piece> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let operations = || plan.modules.iter().flat_map(|module| &module.operations);
    let answered = |operation: &Operation| short::name(&model.calls.get(&operation.id)?.answer);
    for operation in operations() {
        let Some((page, name)) = operation.page.as_ref().zip(answered(operation)) else {
            continue;
        };
        if seen.contains(&name) || model.homes.get(&name) != Some(&module.name) {
            continue;
        }
        let fields = model.object(&name).map_or(&[][..], |object| &object.fields);
        let find = |wire: &str| fields.iter().find(|field| field.wire == wire);
        let by_cursor = operations().any(|operation| {
            answered(operation).as_ref() == Some(&name)
                && operation.page.as_ref().is_some_and(|page| page.style == PageStyle::Cursor)
        });
        let field = find(&page.items);
        if let Some((field, item)) = field.and_then(|field| Some((field, item(&field.ty)?))) {
            let mut row = format!("{}: {item} by {}", field.ident, key(&item, model));
            for (what, wire) in [("more", "has_more"), ("next", "next_cursor")] {
                if let Some(field) = find(wire).filter(|_| by_cursor) {
                    row = format!("{row}, {what}: {}", field.ident);
                }
            }
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
