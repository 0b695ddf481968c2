//! The `use` lines of a module: what it names and does not define.

use std::collections::{BTreeMap, BTreeSet};

use quote::format_ident;
use syn::visit::{self, Visit};
use syn::{Path, parse_quote};

use super::Model;
use crate::module::Piece;

/// Names of `kessai-core` that generated code uses.
const CORE: [&str; 13] = [
    "Call",
    "Choice",
    "Decimal",
    "EpochMillis",
    "Id",
    "Items",
    "Json",
    "Operation",
    "Patch",
    "Secret",
    "Timestamp",
    "Transport",
    "Unknown",
];

/// The imports that `pieces` of `module` need.
pub(super) fn of(pieces: &[Piece], module: &str, model: &Model) -> Vec<Piece> {
    let mut names = Names::default();
    for piece in pieces {
        if let Piece::Item(item) = piece {
            names.visit_item(item);
        }
    }
    let mut imports = Vec::new();
    if names.0.contains("BTreeMap") {
        imports.push(Piece::Item(parse_quote!(
            use std::collections::BTreeMap;
        )));
    }
    if names.0.contains("fmt") {
        imports.push(Piece::Item(parse_quote!(
            use std::fmt;
        )));
    }
    let core: Vec<_> = CORE
        .iter()
        .filter(|name| names.0.contains(**name))
        .map(|name| format_ident!("{name}"))
        .collect();
    match core.as_slice() {
        [] => {}
        [name] => imports.push(Piece::Item(parse_quote!(use kessai_core::#name;))),
        names => imports.push(Piece::Item(parse_quote!(use kessai_core::{#(#names),*};))),
    }
    let mut others: BTreeMap<&str, Vec<syn::Ident>> = BTreeMap::new();
    for name in &names.0 {
        if let Some(home) = model.homes.get(name).filter(|home| *home != module) {
            others.entry(home).or_default().push(format_ident!("{name}"));
        }
    }
    for (home, names) in others {
        let home = format_ident!("{home}");
        imports.push(Piece::Item(match names.as_slice() {
            [name] => parse_quote!(use super::#home::#name;),
            names => parse_quote!(use super::#home::{#(#names),*};),
        }));
    }
    imports
}

/// The first name of every path.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_path(&mut self, path: &'ast Path) {
        if let Some(first) = path.segments.first() {
            self.0.insert(first.ident.to_string());
        }
        visit::visit_path(self, path);
    }
}
