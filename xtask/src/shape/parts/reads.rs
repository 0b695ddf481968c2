//! A resource's methods in two: those that only read, and those that do more.

use std::collections::BTreeSet;

use syn::{ImplItem, Item};

use super::super::{Model, short};
use crate::module::Piece;
use crate::{names, plan};

/// Takes what only reads out of the pieces of a resource: methods, their constants and queries.
pub(super) fn apart(
    part: &plan::Module,
    model: &Model,
    pieces: Vec<Piece>,
) -> (Vec<Piece>, Vec<Piece>) {
    let reading: Vec<_> =
        part.operations.iter().filter(|operation| operation.verb == "get").collect();
    let methods: BTreeSet<String> = reading
        .iter()
        .flat_map(|operation| [operation.method.clone(), names::walk(&operation.method)])
        .collect();
    let constants: BTreeSet<_> =
        reading.iter().map(|operation| names::constant(&operation.method)).collect();
    let queries: BTreeSet<String> = reading
        .iter()
        .filter_map(|operation| Some(model.calls.get(&operation.id)?.query.as_ref()?.name.clone()))
        .collect();

    let (mut kept, mut taken) = (Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Item(Item::Impl(block)) if block.generics.lifetimes().next().is_some() => {
                let (mut acts, mut reads) = (block.clone(), block);
                let is_read = |item: &ImplItem| match item {
                    ImplItem::Fn(method) => methods.contains(&method.sig.ident.to_string()),
                    _ => false,
                };
                acts.items.retain(|item| !is_read(item));
                reads.items.retain(is_read);
                kept.push(Piece::Item(Item::Impl(acts)));
                if !reads.items.is_empty() {
                    taken.push(Piece::Item(Item::Impl(reads)));
                }
            }
            Piece::Item(Item::Const(constant)) if constants.contains(&constant.ident) => {
                taken.push(Piece::Item(Item::Const(constant)));
            }
            Piece::Item(Item::Struct(item)) if queries.contains(&item.ident.to_string()) => {
                taken.push(Piece::Item(Item::Struct(item)));
            }
            Piece::Item(Item::Impl(block)) if is_of(&block, &queries) => {
                taken.push(Piece::Item(Item::Impl(block)));
            }
            Piece::Table(table) if queries.contains(&table.of) => taken.push(Piece::Table(table)),
            other => kept.push(other),
        }
    }
    (kept, taken)
}

/// Whether an `impl` is of one of these types.
fn is_of(block: &syn::ItemImpl, types: &BTreeSet<String>) -> bool {
    short::name(&block.self_ty).is_some_and(|name| types.contains(&name))
}
