//! Choices: an enum of the kinds, open as the enums of words are, and the word that tells which.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse_quote;

use super::{Field, Model, Object, Shape, docs, short};
use crate::module::{Piece, Table};
use crate::plan::Module;

/// The docs of the open variant.
const OTHER: &str =
    "Of a kind newer than this crate, or of another shape than documented, as it was written.";

/// The choices of a module, each with its table of kinds.
pub(super) fn enums(module: &Module, model: &Model) -> Vec<Piece> {
    let schemas = module.schemas.iter();
    let choices = schemas.filter_map(|schema| match model.shapes.get(&schema.name) {
        Some(Shape::Choice(kinds)) => Some((schema, kinds)),
        _ => None,
    });
    choices
        .flat_map(|(schema, kinds)| {
            let name = format_ident!("{}", schema.name);
            let doubt = schema.unverified.as_deref();
            let doc = super::model::with_doubt(&schema.description, doubt);
            let docs = docs::attributes(&doc, docs::WIDTH);
            let variants = kinds.iter().map(|(variant, kind)| {
                let docs = docs::attributes(&kind.docs, docs::WIDTH_IN_IMPL);
                let of = format_ident!("{}", kind.schema);
                quote!(#(#docs)* #variant(Box<#of>))
            });
            let row = |(variant, kind): &(syn::Ident, crate::plan::Alternative)| {
                let words: Vec<_> = kind.words.iter().map(|word| format!("{word:?}")).collect();
                format!("({variant}, {}, {})", kind.schema, words.join(" | "))
            };
            let other = docs::attributes(OTHER, docs::WIDTH_IN_IMPL);
            vec![
                Piece::Item(parse_quote! {
                    #(#docs)*
                    #[derive(Clone, Debug, PartialEq)]
                    #[non_exhaustive]
                    pub enum #name {
                        #(#variants,)*
                        #(#other)*
                        Other(Json),
                    }
                }),
                Piece::Table(Table {
                    macro_name: "choice",
                    of: schema.name.clone(),
                    rows: kinds.iter().map(row).collect(),
                    last: None,
                }),
            ]
        })
        .collect()
}

/// What the docs of a field that tells of which kind another is say besides; nothing for any other.
pub(super) fn told(object: &Object, field: &Field) -> Option<String> {
    let choice = object.fields.iter().find(|choice| choice.tag() == Some(&field.wire))?;
    let name = &choice.ident;
    let said = match (object.sent, object.told_by(field)) {
        (false, _) => format!("It tells what [`{name}`](Self::{name}) holds."),
        (true, None) => format!(
            "It tells what [`{name}`](Self::{name}) holds: if the two disagree, the call is not \
             sent."
        ),
        (true, Some(_)) => format!(
            "[`new`](Self::new) takes it from [`{name}`](Self::{name}); where that is `Other`, set \
             it here. If the two disagree, the call is not sent."
        ),
    };
    Some(format!("{}\n\n{said}", field.docs))
}

/// In a constructor: the choices that are taken, and the words that they bring.
pub(super) fn taken(object: &Object) -> Vec<TokenStream> {
    let told = object.fields.iter().filter_map(|tag| Some((tag, object.told_by(tag)?)));
    let mut taken: Vec<TokenStream> = Vec::new();
    for choice in object.fields.iter().filter(|field| field.required && field.tag().is_some()) {
        let ident = &choice.ident;
        taken.push(quote!(let #ident = #ident.into();));
    }
    taken.extend(told.map(|(tag, choice)| {
        let (tag, ty, choice) = (&tag.ident, &tag.ty, &choice.ident);
        if short::inside(ty, "Option").is_some() {
            quote!(let #tag = Choice::tag(&#choice).map(Into::into);)
        } else {
            quote!(let #tag = Choice::tag(&#choice).unwrap_or_default().into();)
        }
    }));
    taken
}
