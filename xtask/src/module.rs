//! A generated file before it is text.

use syn::Item;

/// One file of generated code.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its name, which is its file's too: `charges`, or `charges/sent` for a part of one that is too
    /// long for one file.
    pub name: String,
    /// What it is generated from, from the root of the repository.
    pub source: String,
    /// Its own documentation.
    pub docs: Vec<String>,
    /// What stands in it, in order.
    pub pieces: Vec<Piece>,
}

impl Module {
    /// Whether it stands in the folder of another.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.name.contains('/')
    }

    /// Whether it is the module called `name` or a part of it.
    #[must_use]
    pub fn belongs_to(&self, name: &str) -> bool {
        self.name.split('/').next() == Some(name)
    }
}

/// Something that stands in a module.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there are dozens of them, not thousands")]
pub enum Piece {
    /// An item.
    Item(Item),
    /// A call of one of the macros of `kessai-core`, a row to a line.
    Table(Table),
}

/// A call of a macro: a type, rows, and perhaps a last word.
#[derive(Clone, Debug)]
pub struct Table {
    /// `object` or `open_enum`.
    pub macro_name: &'static str,
    /// The type it is about.
    pub of: String,
    /// What stands in each row.
    pub rows: Vec<String>,
    /// What stands after the rows.
    pub last: Option<&'static str>,
}
