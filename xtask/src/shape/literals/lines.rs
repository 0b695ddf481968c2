//! Statements as the lines of an example.

use proc_macro2::TokenStream;
use quote::quote;

/// Statements laid out as prettyplease would, without the function around them.
pub(super) fn print(statements: &TokenStream) -> Vec<String> {
    let Ok(item) = syn::parse2(quote!(fn example() { #statements })) else { return Vec::new() };
    let text = crate::print::print_item(&item);
    let body = text.lines().skip(1).take_while(|line| *line != "}");
    let lines: Vec<&str> = body.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    let mut kept = Vec::new();
    let mut rest = lines.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let (line, used) = joined(first, after).unwrap_or_else(|| ((*first).to_owned(), 0));
        kept.push(line);
        rest = &after[used..];
    }
    kept
}

/// A struct literal on one line, where it fits: prettyplease gives every field a line.
fn joined(first: &str, after: &[&str]) -> Option<(String, usize)> {
    let end = after.iter().position(|line| line.starts_with('}'))?;
    let fields: Vec<&str> = after[..end].iter().map(|line| line.trim()).collect();
    let is_loop = first.trim_start().starts_with("while ");
    if !first.ends_with('{')
        || is_loop
        || fields.iter().any(|field| field.ends_with(['(', '[', '{']))
    {
        return None;
    }
    let fields = fields.join(" ");
    let line = format!("{first} {} {}", fields.trim_end_matches(','), after[end]);
    (line.len() <= super::super::docs::WIDTH_IN_IMPL).then_some((line, end + 1))
}
