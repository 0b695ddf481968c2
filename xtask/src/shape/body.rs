//! What a call makes sure of in its body before it is sent.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{CallTypes, Field, Model, short};

/// What makes sure that the amounts of a body fit their currencies.
pub(super) fn exact(call: &CallTypes, model: &Model) -> TokenStream {
    let body = call.body.as_ref().and_then(short::name).and_then(|name| model.object(&name));
    let fields = body.map_or(&[][..], |body| &body.fields);
    let pairs = fields.iter().filter_map(|amount| {
        let currency = fields.iter().find(|field| Some(&field.wire) == amount.currency.as_ref())?;
        Some((amount, currency))
    });
    let checks = pairs.map(|(amount, currency)| {
        let (amount, currency) = (borrowed(amount), text(currency));
        quote!(.exact(#amount, #currency))
    });
    checks.collect()
}

/// What makes sure that the choices of a body are of the kind that it tells.
pub(super) fn agree(call: &CallTypes, model: &Model) -> TokenStream {
    let body = call.body.as_ref().and_then(short::name).and_then(|name| model.object(&name));
    let fields = body.map_or(&[][..], |body| &body.fields);
    let pairs = fields.iter().filter_map(|choice| {
        let tag = fields.iter().find(|tag| Some(&tag.wire) == choice.tag())?;
        Some((text(tag), borrowed(choice)))
    });
    pairs.map(|(tag, choice)| quote!(.agree(#tag, #choice))).collect()
}

/// A field of the body as an `Option` of a reference to what it holds.
fn borrowed(Field { ident, ty, .. }: &Field) -> TokenStream {
    let holds = |wrapper| short::inside(ty, wrapper).is_some();
    if holds("Option") {
        quote!(body.#ident.as_ref())
    } else if holds("Patch") {
        quote!(body.#ident.value())
    } else {
        quote!(Some(&body.#ident))
    }
}

/// The same of a field that holds a text, as an `Option<&str>`.
fn text(field: &Field) -> TokenStream {
    let Field { ident, ty, .. } = field;
    let held = ["Option", "Patch"].iter().find_map(|wrapper| short::inside(ty, wrapper));
    match held.and_then(short::name) {
        Some(held) if held == "String" && short::inside(ty, "Option").is_some() => {
            quote!(body.#ident.as_deref())
        }
        Some(held) => {
            let (field, held) = (borrowed(field), format_ident!("{held}"));
            quote!(#field.map(#held::as_str))
        }
        None => quote!(Some(body.#ident.as_str())),
    }
}
