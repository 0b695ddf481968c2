//! The functions that read an answer, or a body, by the name of its operation.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::parse_quote;

use super::super::{Model, short};
use crate::module::Piece;
use crate::plan::{self, Plan};

/// What is read by the name of an operation.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    Answers,
    Requests,
}

/// Types, or lists of them, each with every operation that reads it.
pub(super) type Types<'p> = Vec<((String, bool), Vec<&'p String>)>;

impl Reader {
    pub(super) const ALL: [Self; 2] = [Self::Answers, Self::Requests];

    fn function(self) -> Ident {
        match self {
            Self::Answers => format_ident!("read_answer"),
            Self::Requests => format_ident!("read_request"),
        }
    }

    fn docs(self) -> &'static str {
        match self {
            Self::Answers => " Reads `body` as the answer of `operation` and writes it again.",
            Self::Requests => " Reads `body` as the body of `operation` and writes it again.",
        }
    }

    fn none(self) -> &'static str {
        match self {
            Self::Answers => "no answer of `{operation}`",
            Self::Requests => "no body of `{operation}`",
        }
    }

    /// The function of a provider that reads whatever any of its resources reads.
    pub(super) fn of_provider(self, resources: &[&plan::Module], model: &Model) -> Piece {
        let reading = resources.iter().filter(|resource| !self.types(resource, model).is_empty());
        let function = self.function();
        let arms = reading.map(|resource| {
            let (name, module) = (&resource.name, format_ident!("{}", resource.name));
            quote!(#name => #module::#function(operation, body))
        });
        self.piece(&quote!(resource(RESOURCES, operation)), arms)
    }

    /// The same of a resource, if it has any of `types` to read.
    pub(super) fn of_resource(self, plan: &Plan, types: &Types, model: &Model) -> Option<Piece> {
        let krate = format_ident!("kessai_{}", plan.provider);
        let arms = types.iter().filter_map(|((name, is_list), operations)| {
            let (home, name) =
                (format_ident!("{}", model.homes.get(name)?), format_ident!("{name}"));
            let ty = quote!(#krate::#home::#name);
            let ty = if *is_list { quote!(Vec::<#ty>) } else { ty };
            Some(quote!(#(#operations)|* => written(#ty::decode(body))))
        });
        (!types.is_empty()).then(|| self.piece(&quote!(operation), arms))
    }

    fn piece(self, of: &TokenStream, arms: impl Iterator<Item = TokenStream>) -> Piece {
        let (function, docs, none) = (self.function(), self.docs(), self.none());
        Piece::Item(parse_quote! {
            #[doc = #docs]
            pub fn #function(operation: &str, body: &[u8]) -> Result<Value, Unreadable> {
                match #of {
                    #(#arms,)*
                    _ => panic!(#none),
                }
            }
        })
    }

    /// What it reads of a resource.
    pub(super) fn types<'p>(self, resource: &'p plan::Module, model: &Model) -> Types<'p> {
        let mut types: Types<'p> = Vec::new();
        for operation in &resource.operations {
            let read = match self {
                Self::Answers => {
                    model.calls.get(&operation.id).and_then(|call| short::listed(&call.answer))
                }
                Self::Requests => operation.body.clone().map(|body| (body, false)),
            };
            let Some(read) = read.filter(|(name, _)| model.homes.contains_key(name)) else {
                continue;
            };
            match types.iter_mut().find(|(known, _)| *known == read) {
                Some((_, operations)) => operations.push(&operation.id),
                None => types.push((read, vec![&operation.id])),
            }
        }
        types
    }
}
