//! Modules as text that a person could have typed.

use std::fmt::Write as _;

use syn::Item;

use crate::file::MARK;
use crate::module::{Module, Piece, Table};

/// Prints a module and reads it back.
///
/// # Errors
///
/// If what was printed is not Rust, which would be a fault of this stage.
pub fn print(module: &Module) -> Result<String, String> {
    let text = text(module);
    match syn::parse_file(&text) {
        Ok(_) => Ok(text),
        Err(error) => Err(format!("{} does not read back: {error}", module.name)),
    }
}

/// How many lines a module has.
#[must_use]
pub fn length(module: &Module) -> usize {
    text(module).lines().count()
}

/// How many lines pieces have that stand together.
#[must_use]
pub fn length_of(pieces: &[Piece]) -> usize {
    laid_out(pieces).lines().count()
}

fn text(module: &Module) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{MARK} from {}. Do not edit.\n", module.source);
    for line in &module.docs {
        let _ = writeln!(text, "//! {line}");
    }
    if !module.pieces.is_empty() {
        text.push('\n');
    }
    text + &laid_out(&module.pieces)
}

/// Pieces with blank lines between those that do not stand together.
fn laid_out(pieces: &[Piece]) -> String {
    let mut text = String::new();
    let mut before: Option<&Piece> = None;
    for piece in pieces {
        if before.is_some_and(|before| !stand_together(before, piece)) {
            text.push('\n');
        }
        text.push_str(&match piece {
            Piece::Item(item) => print_item(item),
            Piece::Table(table) => print_table(table),
        });
        before = Some(piece);
    }
    text
}

/// An item alone, laid out.
#[must_use]
pub fn print_item(item: &Item) -> String {
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item.clone()],
    };
    let text = prettyplease::unparse(&file);
    if matches!(item, Item::Impl(_)) { space_methods(&text) } else { text }
}

/// prettyplease puts no blank line between methods.
fn space_methods(text: &str) -> String {
    let mut spaced = String::new();
    let mut after_method = false;
    for line in text.lines() {
        if after_method && line != "}" {
            spaced.push('\n');
        }
        after_method = line == "    }";
        spaced.push_str(line);
        spaced.push('\n');
    }
    spaced
}

fn print_table(table: &Table) -> String {
    let Table { macro_name, of, rows, last } = table;
    let last = last.map(|last| format!(", {last}")).unwrap_or_default();
    let short = format!("kessai_core::{macro_name}!({of}, [{}]{last});\n", rows.join(", "));
    if short.len() <= 100 {
        return short;
    }
    let rows = rows.join(",\n    ");
    format!("kessai_core::{macro_name}!({of}, [\n    {rows},\n]{last});\n")
}

/// Items that need no blank line between them.
fn stand_together(before: &Piece, after: &Piece) -> bool {
    let (Piece::Item(before), Piece::Item(after)) = (before, after) else { return false };
    match (before, after) {
        (Item::Use(before), Item::Use(after)) => block(before) == block(after),
        (Item::Mod(_), Item::Mod(_)) => true,
        (Item::Const(_), Item::Const(after)) => after.attrs.is_empty(),
        _ => false,
    }
}

/// Which block of imports a `use` belongs to: the standard library, other crates, this crate.
fn block(item: &syn::ItemUse) -> u8 {
    match &item.tree {
        syn::UseTree::Path(path) if path.ident == "std" => 0,
        syn::UseTree::Path(path) if path.ident == "super" || path.ident == "crate" => 2,
        _ => 1,
    }
}
