//! Structs: documented fields in the provider's order, plain to fill in or safe to grow.

use quote::{format_ident, quote};
use syn::{Type, parse_quote};

use super::{Field, Model, Object, Shape, choices, docs, feature, short};
use crate::module::{Piece, Table};
use crate::names;
use crate::plan::{How, Module, Plan};

/// What a module sends: queries first, then bodies, in the order of the operations that send them.
pub(super) fn sent(module: &Module, model: &Model) -> Vec<Piece> {
    let queries = module
        .operations
        .iter()
        .filter_map(|operation| model.calls.get(&operation.id)?.query.clone());
    let bodies = objects(module, model).filter(|object| object.sent).cloned();
    queries.chain(bodies).flat_map(|object| pieces(&object)).collect()
}

/// What a module is answered.
pub(super) fn answered(module: &Module, model: &Model) -> Vec<Piece> {
    objects(module, model).filter(|object| !object.sent).flat_map(pieces).collect()
}

fn objects<'a>(module: &'a Module, model: &'a Model) -> impl Iterator<Item = &'a Object> {
    module.schemas.iter().filter_map(|schema| match model.shapes.get(&schema.name) {
        Some(Shape::Object(object)) => Some(object),
        _ => None,
    })
}

fn pieces(object: &Object) -> Vec<Piece> {
    let mut pieces = vec![Piece::Item(definition(object))];
    if object.has_constructor() {
        pieces.push(Piece::Item(constructor(object)));
    }
    if !object.signed.is_empty() {
        pieces.push(Piece::Item(signed(object)));
    }
    if object.secret {
        pieces.push(Piece::Item(silent_debug(object)));
    }
    pieces.push(Piece::Table(table(object)));
    pieces
}

fn definition(object: &Object) -> syn::Item {
    let name = format_ident!("{}", object.name);
    let text = docs::in_rust(&object.docs, &object.fields);
    let text = feature::told(&text, object.feature.as_deref());
    let docs = docs::attributes(&text, docs::WIDTH);
    let fields = object.fields.iter().map(|field| {
        let Field { ident, ty, docs, .. } = field;
        let told = choices::told(object, field);
        let docs = docs::in_rust(told.as_ref().unwrap_or(docs), &object.fields);
        let docs = docs::attributes(&docs, docs::WIDTH_IN_IMPL);
        quote!(#(#docs)* pub #ident: #ty)
    });
    let mut derives = vec![quote!(Clone)];
    if !object.secret {
        derives.push(quote!(Debug));
    }
    let default = object.has_default();
    if default && object.feature.is_none() {
        derives.push(quote!(Default));
    }
    derives.push(quote!(PartialEq));
    let growing = (!object.sent).then(|| quote!(#[non_exhaustive]));
    let gate = object.feature.as_deref().map(|feature| feature::definition(feature, default));
    let unknown = object.answered.then(|| {
        quote! {
            /// Members that this crate has no type for.
            pub unknown: Unknown,
        }
    });
    parse_quote! {
        #(#docs)*
        #[derive(#(#derives),*)]
        #growing
        #gate
        pub struct #name {
            #(#fields,)*
            #unknown
        }
    }
}

fn constructor(object: &Object) -> syn::Item {
    let name = format_ident!("{}", object.name);
    let required = object.fields.iter().filter(|field| field.required);
    let arguments = required.filter(|field| object.told_by(field).is_none()).map(|field| {
        let Field { ident, ty, .. } = field;
        if is_converted(field) { quote!(#ident: impl Into<#ty>) } else { quote!(#ident: #ty) }
    });
    let choices = choices::taken(object);
    let fields = object.fields.iter().map(|field| {
        let Field { ident, ty, required, .. } = field;
        let is_there = object.told_by(field).is_some() || field.tag().is_some();
        if *required && is_converted(field) && !is_there {
            quote!(#ident: #ident.into())
        } else if *required || object.told_by(field).is_some() {
            quote!(#ident)
        } else {
            let empty = empty(ty);
            quote!(#ident: #empty)
        }
    });
    let unknown = object.answered.then(|| quote!(unknown: Unknown::default()));
    let fields = fields.chain(unknown);
    let gate = object.feature.as_deref().map(feature::constructor);
    parse_quote! {
        #gate
        impl #name {
            /// With what is required; the rest is left out.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                #(#choices)*
                Self { #(#fields),* }
            }
        }
    }
}

/// What the provider's signature is made of.
fn signed(object: &Object) -> syn::Item {
    let name = format_ident!("{}", object.name);
    let members = &object.signed;
    parse_quote! {
        impl #name {
            /// What the provider's signature is made of: these members, by their paths.
            pub const SIGNED: &'static [&'static str] = &[#(#members),*];
        }
    }
}

/// Whether a field is of a type that a caller rarely holds ready-made.
fn is_converted(field: &Field) -> bool {
    let name = short::name(&field.ty).unwrap_or_default();
    field.tag().is_some() || ["String", "Id", "Secret", "Timestamp"].contains(&name.as_str())
}

/// What stands for nothing in a field of type `ty`.
pub(super) fn empty(ty: &Type) -> proc_macro2::TokenStream {
    match short::name(ty).as_deref() {
        Some("Vec") => quote!(Vec::new()),
        Some("BTreeMap") => quote!(BTreeMap::new()),
        Some("Patch") => quote!(Patch::Leave),
        _ => quote!(None),
    }
}

/// `Debug` that shows the name alone.
fn silent_debug(object: &Object) -> syn::Item {
    let name = format_ident!("{}", object.name);
    let shown = format!("{}(..)", object.name);
    parse_quote! {
        /// Shows nothing of what it holds.
        impl fmt::Debug for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(#shown)
            }
        }
    }
}

fn table(object: &Object) -> Table {
    let row = |field: &Field| {
        let required = if field.required { ", required" } else { "" };
        let how = match &field.how {
            How::Plainly => String::new(),
            How::Filled => ", filled".to_owned(),
            How::Patch => ", patch".to_owned(),
            How::Choice { tag } => {
                let tag = object.fields.iter().find(|field| field.wire == *tag);
                tag.map(|tag| format!(", choice, {}", tag.ident)).unwrap_or_default()
            }
        };
        let number = if field.number { ", number" } else { "" };
        format!("({}, {:?}{required}{how}{number})", field.ident, field.wire)
    };
    Table {
        macro_name: "object",
        of: object.name.clone(),
        rows: object.fields.iter().map(row).collect(),
        last: object.answered.then_some("unknown"),
    }
}

/// `ids.rs`: what ids name that has no type of its own.
pub(super) fn markers(plan: &Plan) -> crate::module::Module {
    let pieces = plan.markers.iter().map(|name| {
        let docs = format!(
            " Stands for {} in [`Id<{name}>`](kessai_core::Id).",
            names::a(&names::words(name))
        );
        let name = format_ident!("{name}");
        Piece::Item(parse_quote! {
            #[doc = #docs]
            #[derive(Clone, Copy, Debug, Eq, PartialEq)]
            pub enum #name {}
        })
    });
    crate::module::Module {
        name: "ids".to_owned(),
        source: format!("specs/{}", plan.provider),
        docs: vec!["What an id can name that has no type of its own here.".to_owned()],
        pieces: pieces.collect(),
    }
}
