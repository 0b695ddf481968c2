//! What belongs together in a module, and what it is to a reader.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Item, Path};

use super::super::{Model, Object, Shape, short};
use crate::module::Piece;
use crate::plan;

/// What a type is to a reader.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// An object that callers fill in, or a choice of such.
    Sent,
    /// Any other object or choice.
    Answered,
    /// An enum of words.
    Words,
}

impl Kind {
    /// What the type called `name` is; nothing for a handle or a query, which belong to methods.
    pub(super) fn of(name: &str, part: &plan::Module, model: &Model) -> Option<Self> {
        let is_ours = part.schemas.iter().any(|schema| schema.name == name);
        match model.shapes.get(name).filter(|_| is_ours)? {
            Shape::Words(_) => Some(Self::Words),
            Shape::Object(object) if object.sent => Some(Self::Sent),
            Shape::Choice(kinds) if kinds.iter().any(|(_, kind)| is_sent(&kind.schema, model)) => {
                Some(Self::Sent)
            }
            Shape::Object(_) | Shape::Choice(_) => Some(Self::Answered),
        }
    }
}

fn is_sent(name: &str, model: &Model) -> bool {
    model.object(name).is_some_and(|object| object.sent)
}

/// Pieces by the type they are about, in the order in which each type comes first. What is about no
/// type has a name that no type has.
pub(super) fn group(pieces: Vec<Piece>) -> Vec<(String, Vec<Piece>)> {
    let mut groups: Vec<(String, Vec<Piece>)> = Vec::new();
    for piece in pieces {
        let name = about(&piece).unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, pieces)) => pieces.push(piece),
            None => groups.push((name, vec![piece])),
        }
    }
    groups
}

/// The type that a piece is about.
fn about(piece: &Piece) -> Option<String> {
    match piece {
        Piece::Table(table) => Some(table.of.clone()),
        Piece::Item(Item::Struct(item)) => Some(item.ident.to_string()),
        Piece::Item(Item::Enum(item)) => Some(item.ident.to_string()),
        Piece::Item(Item::Impl(item)) => short::name(&item.self_ty),
        Piece::Item(_) => None,
    }
}

/// Whether an object is what a call of the module takes or gives, or stands in no other object of
/// the module.
pub(super) fn is_outer(name: &str, part: &plan::Module, model: &Model) -> bool {
    let of_calls = part.operations.iter().flat_map(|it| [&it.body, &it.answer]).flatten();
    let others = part.schemas.iter().filter(|schema| schema.name != name);
    let mut others = others.filter_map(|schema| model.shapes.get(&schema.name));
    of_calls.into_iter().any(|of_call| of_call == name)
        || !others.any(|shape| match shape {
            Shape::Object(object) => names(object).contains(name),
            Shape::Choice(kinds) => kinds.iter().any(|(_, kind)| kind.schema == name),
            Shape::Words(_) => false,
        })
}

/// The names of all types in an object's fields.
fn names(object: &Object) -> BTreeSet<String> {
    let mut names = Names::default();
    for field in &object.fields {
        names.visit_type(&field.ty);
    }
    names.0
}

#[derive(Default)]
struct Names(BTreeSet<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_path(&mut self, path: &'ast Path) {
        self.0.extend(path.segments.iter().map(|segment| segment.ident.to_string()));
        visit::visit_path(self, path);
    }
}
