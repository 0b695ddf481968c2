//! The items of a list that continues: what they are called, and how one is known again.

use proc_macro2::Ident;
use quote::format_ident;
use syn::Type;

use super::{Model, short};
use crate::names;
use crate::plan::Operation;

/// What the items of a list are called, and one of them. Where the list is called no more than
/// `items` or `data`, their type has the better name.
pub(super) fn nouns(operation: &Operation, model: &Model) -> (Ident, Ident) {
    let items = operation.page.as_ref().map_or("items", |page| page.items.as_str());
    let answer = model.calls.get(&operation.id).and_then(|call| short::name(&call.answer));
    let page = answer.and_then(|answer| model.object(&answer));
    let list = page.and_then(|page| page.fields.iter().find(|field| field.wire == items));
    let is_vague = ["items", "data"].contains(&items);
    let items = match list.and_then(|list| item(&list.ty)).filter(|_| is_vague) {
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

/// `Charge` of `Vec<Charge>`, which may be left out.
pub(super) fn item(list: &Type) -> Option<String> {
    short::name(short::inside(short::inside(list, "Option").unwrap_or(list), "Vec")?)
}
