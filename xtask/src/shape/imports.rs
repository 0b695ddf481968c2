//! The `use` lines of a module: what it names and does not define.

use std::collections::{BTreeMap, BTreeSet};

use quote::format_ident;
use syn::visit::{self, Visit};
use syn::{Ident, Item, Path, parse_quote};

use super::Model;
use super::access::Access;
use crate::module::Piece;
use crate::plan::Module;

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
    let names = names(pieces);
    let mut imports = foreign(&names);
    for (home, names) in homes(&names, module, model) {
        let home = format_ident!("{home}");
        imports.push(Piece::Item(match names.as_slice() {
            [name] => parse_quote!(use super::#home::#name;),
            names => parse_quote!(use super::#home::{#(#names),*};),
        }));
    }
    imports
}

/// The imports that `pieces` need in a file of the folder of `module`.
pub(super) fn of_part(pieces: &[Piece], module: &Module, model: &Model) -> Vec<Piece> {
    let names = names(pieces);
    let mut imports = foreign(&names);
    let handles = Access::ALL.map(|access| access.handle(module).to_string());
    let is_beside =
        |name: &&String| model.homes.get(*name) == Some(&module.name) || handles.contains(*name);
    let defined = defined(pieces);
    let beside: Vec<_> = names
        .iter()
        .filter(|name| is_beside(name) && !defined.contains(*name))
        .map(|name| format_ident!("{name}"))
        .collect();
    imports.extend(match beside.as_slice() {
        [] => None,
        [name] => Some(Piece::Item(parse_quote!(use super::#name;))),
        names => Some(Piece::Item(parse_quote!(use super::{#(#names),*};))),
    });
    for (home, names) in homes(&names, &module.name, model) {
        let home = format_ident!("{home}");
        imports.push(Piece::Item(match names.as_slice() {
            [name] => parse_quote!(use crate::generated::#home::#name;),
            names => parse_quote!(use crate::generated::#home::{#(#names),*};),
        }));
    }
    imports
}

/// The names that pieces use.
fn names(pieces: &[Piece]) -> BTreeSet<String> {
    let mut names = Names::default();
    for piece in pieces {
        if let Piece::Item(item) = piece {
            names.visit_item(item);
        }
    }
    names.0
}

/// The types that pieces define.
fn defined(pieces: &[Piece]) -> BTreeSet<String> {
    let defined = pieces.iter().filter_map(|piece| match piece {
        Piece::Item(Item::Struct(item)) => Some(&item.ident),
        Piece::Item(Item::Enum(item)) => Some(&item.ident),
        _ => None,
    });
    defined.map(ToString::to_string).collect()
}

/// What is used of other crates.
fn foreign(names: &BTreeSet<String>) -> Vec<Piece> {
    let mut imports = Vec::new();
    if names.contains("BTreeMap") {
        imports.push(Piece::Item(parse_quote!(
            use std::collections::BTreeMap;
        )));
    }
    if names.contains("fmt") {
        imports.push(Piece::Item(parse_quote!(
            use std::fmt;
        )));
    }
    let core: Vec<_> = CORE
        .iter()
        .filter(|name| names.contains(**name))
        .map(|name| format_ident!("{name}"))
        .collect();
    match core.as_slice() {
        [] => {}
        [name] => imports.push(Piece::Item(parse_quote!(use kessai_core::#name;))),
        names => imports.push(Piece::Item(parse_quote!(use kessai_core::{#(#names),*};))),
    }
    imports
}

/// What is used of other modules, by the module.
fn homes<'m>(
    names: &BTreeSet<String>,
    module: &str,
    model: &'m Model,
) -> BTreeMap<&'m str, Vec<Ident>> {
    let mut others: BTreeMap<&str, Vec<Ident>> = BTreeMap::new();
    for name in names {
        if let Some(home) = model.homes.get(name).filter(|home| *home != module) {
            others.entry(home).or_default().push(format_ident!("{name}"));
        }
    }
    others
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
