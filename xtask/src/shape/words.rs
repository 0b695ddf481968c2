//! Enums opened: every word documented, any other kept.

use quote::quote;
use syn::parse_quote;

use super::{Model, Shape, docs};
use crate::module::{Piece, Table};
use crate::names;
use crate::plan::{Kind, Module};

/// The enums of a module, each with its table of words.
pub(super) fn enums(module: &Module, model: &Model) -> Vec<Piece> {
    let schemas = module.schemas.iter().filter(|schema| matches!(schema.kind, Kind::Words(_)));
    schemas
        .flat_map(|schema| {
            let Some(Shape::Words(words)) = model.shapes.get(&schema.name) else {
                return Vec::new();
            };
            let name = quote::format_ident!("{}", schema.name);
            let doubt = schema.unverified.as_deref();
            let doc = super::model::with_doubt(&schema.description, doubt);
            let docs = docs::attributes(&doc, docs::WIDTH);
            let variants = words.iter().map(|(variant, word)| {
                let docs = docs::attributes(&word.docs, docs::WIDTH_IN_IMPL);
                quote!(#(#docs)* #variant)
            });
            let other = format!(
                " {} newer than this crate, as it was written.",
                names::capital(&names::a(&last_word(&schema.name)))
            );
            let mut pieces = vec![
                Piece::Item(parse_quote! {
                    #(#docs)*
                    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
                    #[non_exhaustive]
                    pub enum #name {
                        #(#variants,)*
                        #[doc = #other]
                        Other(String),
                    }
                }),
                Piece::Table(Table {
                    macro_name: "open_enum",
                    of: schema.name.clone(),
                    rows: words
                        .iter()
                        .map(|(variant, word)| format!("({variant}, {:?})", word.word))
                        .collect(),
                    last: None,
                }),
            ];
            if words.iter().all(|(_, word)| is_number(&word.word)) {
                pieces.push(Piece::Item(parse_quote! {
                    impl From<i64> for #name {
                        /// What is written as a number elsewhere.
                        fn from(number: i64) -> Self {
                            Self::from(number.to_string())
                        }
                    }
                }));
            }
            pieces
        })
        .collect()
}

/// Whether a word is a number, as a number is written.
fn is_number(word: &str) -> bool {
    word.parse::<i64>().is_ok_and(|number| number.to_string() == word)
}

/// What one of them is called: the last word of `ChargeStatus` is `status`.
fn last_word(name: &str) -> String {
    names::words(name).rsplit(' ').next().unwrap_or_default().to_owned()
}
