//! A module that is too long for one file becomes a folder: its methods stay, and its types go to
//! files beside them, by what a reader looks for. Every public path stays what it is.
//!
//! What is too long even so, such as a hundred small objects, is left as it is: the part of the
//! specification should be two.

use std::collections::BTreeSet;

use quote::format_ident;
use syn::{Item, parse_quote};

use super::{Model, docs, imports};
use crate::module::{Module, Piece};
use crate::print;
use crate::{names, plan};
use group::{Kind, group, is_outer};

mod group;
mod reads;

/// A file of more lines than these is parted.
const MOST: usize = 750;

/// A type of more lines than these has a file of its own, where those like it are too many for one.
const LARGE: usize = 100;

/// Types by their names, each with all pieces about it.
type Types = Vec<(String, Vec<Piece>)>;

/// A file of a module's folder, before it has imports.
struct Part {
    name: String,
    docs: String,
    pieces: Vec<Piece>,
}

/// The files of a module: one, or the module and its parts.
pub(super) fn files(part: &plan::Module, model: &Model, pieces: Vec<Piece>) -> Vec<Module> {
    let whole = main(part, model, pieces.clone(), &[]);
    if print::length(&whole) <= MOST {
        return vec![whole];
    }
    let (mut rest, mut parts) = (Vec::new(), Vec::new());
    let mut types: [Types; 3] = Default::default();
    for (name, pieces) in group(pieces) {
        match Kind::of(&name, part, model) {
            Some(Kind::Sent) => types[0].push((name, pieces)),
            Some(Kind::Answered) => types[1].push((name, pieces)),
            Some(Kind::Words) => types[2].push((name, pieces)),
            None => rest.extend(pieces),
        }
    }
    let [sent, answered, words] = types;
    let module = &part.name;
    parts.extend(objects(part, model, "sent", &format!("Of `{module}`: what is sent"), sent));
    let told = format!("Of `{module}`: what is answered and never sent");
    parts.extend(objects(part, model, "answered", &told, answered));
    parts.extend(fitting(part, model, "words", &format!("Of `{module}`: the words."), words));
    if print::length(&main(part, model, rest.clone(), &parts)) > MOST {
        let (kept, reading) = reads::apart(part, model, rest);
        rest = kept;
        parts.push(Part {
            name: "reads".to_owned(),
            docs: format!("Of `{module}`: the methods that only read, and the queries they take."),
            pieces: reading,
        });
    }
    parts.retain(|part| !part.pieces.is_empty());
    parts.sort_by(|one, other| one.name.cmp(&other.name));
    let mut files = vec![main(part, model, rest, &parts)];
    files.extend(parts.into_iter().map(|each| each.file(part, model)));
    files
}

/// The file of the module itself.
fn main(part: &plan::Module, model: &Model, pieces: Vec<Piece>, parts: &[Part]) -> Module {
    let mut all = imports::of(&pieces, &part.name, model);
    all.extend(parts.iter().map(|each| {
        let name = format_ident!("{}", each.name);
        Piece::Item(parse_quote!(mod #name;))
    }));
    all.extend(parts.iter().filter(|each| each.is_public()).map(|each| {
        let name = format_ident!("{}", each.name);
        Piece::Item(parse_quote!(pub use #name::*;))
    }));
    all.extend(pieces);
    Module {
        name: part.name.clone(),
        source: part.source.clone(),
        docs: docs::lines(&part.description, docs::WIDTH),
        pieces: all,
    }
}

impl Part {
    fn file(self, part: &plan::Module, model: &Model) -> Module {
        let imports = imports::of_part(&self.pieces, part, model);
        Module {
            name: format!("{}/{}", part.name, self.name),
            source: part.source.clone(),
            docs: docs::lines(&self.docs, docs::WIDTH),
            pieces: imports.into_iter().chain(self.pieces).collect(),
        }
    }

    /// Whether it holds anything that is re-exported.
    fn is_public(&self) -> bool {
        let is_type = |piece: &Piece| matches!(piece, Piece::Item(Item::Struct(_) | Item::Enum(_)));
        self.pieces.iter().any(is_type)
    }
}

/// Objects in one file; where they are too many, in one of those that a call takes or gives itself
/// and one of those inside.
fn objects(part: &plan::Module, model: &Model, name: &str, docs: &str, types: Types) -> Vec<Part> {
    if fits(part, model, &types) {
        return fitting(part, model, name, &format!("{docs}."), types);
    }
    let (outer, inner): (Vec<_>, Vec<_>) =
        types.into_iter().partition(|(name, _)| is_outer(name, part, model));
    let mut parts = fitting(part, model, name, &format!("{docs}."), outer);
    let nested = format!("{name}_nested");
    parts.extend(fitting(part, model, &nested, &format!("{docs}, inside other objects."), inner));
    parts
}

/// Types in one file; where they are too many, each large one has its own.
fn fitting(part: &plan::Module, model: &Model, name: &str, docs: &str, types: Types) -> Vec<Part> {
    if fits(part, model, &types) {
        return vec![joined(name, docs, types)];
    }
    let taken = BTreeSet::from(["sent", "answered", "words", "reads", part.name.as_str()]);
    let (large, rest): (Vec<_>, Vec<_>) = types.into_iter().partition(|(name, pieces)| {
        print::length_of(pieces) > LARGE && !taken.contains(names::snake(name).as_str())
    });
    let large = large.into_iter().map(|(name, pieces)| Part {
        name: names::snake(&name),
        docs: format!("Of `{}`: `{name}`.", part.name),
        pieces,
    });
    std::iter::once(joined(name, docs, rest)).chain(large).collect()
}

fn joined(name: &str, docs: &str, types: Types) -> Part {
    let pieces = types.into_iter().flat_map(|(_, pieces)| pieces).collect();
    Part { name: name.to_owned(), docs: docs.to_owned(), pieces }
}

fn fits(part: &plan::Module, model: &Model, types: &Types) -> bool {
    let file = joined("", "", types.clone()).file(part, model);
    print::length(&file) <= MOST
}
