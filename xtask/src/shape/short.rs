//! Short paths: `Option<String>` where progenitor writes
//! `::std::option::Option<::std::string::String>`.

use syn::visit_mut::{self, VisitMut};
use syn::{Path, Type};

/// The type with every path cut down to its last name.
pub(super) fn short(mut ty: Type) -> Type {
    Short.visit_type_mut(&mut ty);
    ty
}

struct Short;

impl VisitMut for Short {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if let Some(last) = path.segments.last().cloned() {
            *path = Path::from(last);
        }
    }
}

/// The type inside a reference, or the type itself; a borrowed text becomes one that is owned.
pub(super) fn owned(ty: &Type) -> Type {
    let mut ty = short(ty.clone());
    Owned.visit_type_mut(&mut ty);
    ty
}

struct Owned;

impl VisitMut for Owned {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::Reference(reference) = ty {
            *ty = match &*reference.elem {
                Type::Path(path) if path.path.is_ident("str") => syn::parse_quote!(String),
                inner => inner.clone(),
            };
        }
    }
}

/// `T` of `Wrapper<T>`.
pub(super) fn inside<'t>(ty: &'t Type, wrapper: &str) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == wrapper)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().rev().find_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The name of a type without arguments.
pub(super) fn name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// The name of a type, or of what a list holds, and whether it is a list.
pub(super) fn listed(ty: &Type) -> Option<(String, bool)> {
    match inside(ty, "Vec") {
        Some(item) => Some((name(item)?, true)),
        None => Some((name(ty)?, false)),
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;

    use super::*;

    #[test]
    fn paths_are_cut_to_their_last_name() {
        let ty: Type = syn::parse_quote!(::std::option::Option<::std::vec::Vec<types::Charge>>);
        assert_eq!(short(ty).to_token_stream().to_string(), "Option < Vec < Charge > >");
    }

    #[test]
    fn borrowed_parameters_become_owned_members() {
        let ty: Type = syn::parse_quote!(Option<&'a ::std::vec::Vec<types::PaymentMethod>>);
        assert_eq!(owned(&ty).to_token_stream().to_string(), "Option < Vec < PaymentMethod > >");
        assert_eq!(owned(&syn::parse_quote!(&'a str)).to_token_stream().to_string(), "String");
    }
}
