//! Lists that continue: beside the method for one page, one that walks them all.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::access::Access;
use super::{Model, docs, items, literals, short};
use crate::examples::Example;
use crate::module::{Piece, Table};
use crate::names;
use crate::plan::{Module, Operation, PageStyle, Plan};

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
    let constant = names::constant(&operation.method);
    let answer = &call.answer;
    let most = proc_macro2::Literal::i64_unsuffixed(page.most);

    let (items, _) = items::nouns(operation, model);
    let (least, begin) = match page.style {
        PageStyle::Offset => (", two at least", "`offset` where to begin"),
        PageStyle::Cursor => ("", "`cursor` what to begin behind"),
        PageStyle::Page => (", two at least", "`page` where to begin"),
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
        PageStyle::Page => Parts {
            begin: quote!((page, limit) = (query.page.unwrap_or(1), query.limit.unwrap_or(#most))),
            parameters: quote!(page, limit),
            fields: quote!(page: Some(page), limit: Some(limit)),
            walk: quote!(Items::by_number(self.transport, &#constant, page, limit, ask)),
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

/// In what the styles differ.
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
        if let Some((field, item)) = field.and_then(|field| Some((field, items::item(&field.ty)?)))
        {
            let mut row = format!("{}: {item} by {}", field.ident, items::key(&item, model));
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
