//! What of a provider's API is covered, and what of that is known only in part.
//!
//! Which operations there are is read from `SOURCES.md`, not from the specification: a list that
//! was made from what is there would always be complete.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::document::Node;
use crate::file;
use crate::generate::Generated;

/// The tests that hold what the table says; the last part of each name is what `cargo test` is
/// given.
const TESTS: [&str; 3] = ["wire::", "reading::", "answered::"];

/// One operation of the provider's, as `SOURCES.md` lists it.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Listed {
    /// The product that it belongs to, where `SOURCES.md` has a heading for each.
    product: String,
    /// The provider's name for it.
    theirs: String,
    /// `GET /charges`.
    call: String,
    /// Ours.
    ours: String,
}

/// The table, and whether it has no gap.
#[derive(Debug)]
pub struct Coverage {
    /// What to print.
    pub text: String,
    /// Whether everything that is listed is covered.
    pub whole: bool,
}

/// Runs the tests that hold what the table says.
///
/// # Errors
///
/// If cargo cannot be run.
pub fn test(root: &Path) -> io::Result<bool> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root).env("INSTA_UPDATE", "no");
    command.args(["test", "--quiet", "--package", "kessai-tests", "--test", "kessai", "--"]);
    Ok(command.args(TESTS).status()?.success())
}

/// Draws the table of a provider.
///
/// # Errors
///
/// If the disk cannot be read, or `SOURCES.md` has no table of operations.
pub fn coverage(root: &Path, provider: &str, generated: &Generated) -> io::Result<Coverage> {
    let sources = file::read(root, &Path::new("specs").join(provider).join("SOURCES.md"))?;
    let listed = listed(&sources);
    if listed.is_empty() {
        return Err(io::Error::other("SOURCES.md has no rows under `## Operations`"));
    }
    let answered = told(root, &format!("tests/snapshots/kessai__answered__{provider}"))?;
    let read =
        told(root, &format!("tests/reading/snapshots/kessai__reading__tomorrow__read_{provider}"))?;
    let mut text = String::new();
    let mut whole = true;
    let mut counts = [0; 5];
    let _ = writeln!(
        text,
        "{:<30} {:<64} {:>4} {:>7} {:>4} {:>7} {:>7}",
        "operation", "at the provider", "spec", "example", "wire", "reading", "sandbox"
    );
    let mut product = "";
    let mut of_product: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for Listed { product: theirs_is, theirs, call, ours } in &listed {
        if theirs_is != product {
            product = theirs_is;
            let _ = writeln!(text, "\n{product}");
        }
        let planned = generated.plan.operation(ours).map(|(_, operation)| operation);
        let in_spec = planned.is_some_and(|operation| {
            format!("{} {}", operation.verb.to_uppercase(), operation.path) == *call
        });
        let example = generated.examples.get(ours);
        let wire = format!("tests/snapshots/kessai__wire__{provider}_{ours}.snap");
        let wire = file::exists(root, Path::new(&wire));
        let read = read.get(ours);
        let status = answered.get(ours);
        let cells = [in_spec, example.is_some(), wire, read.is_some(), status.is_some()];
        for (count, covered) in counts.iter_mut().zip(cells) {
            *count += usize::from(covered);
        }
        let is_covered = cells.iter().all(|covered| *covered);
        whole &= is_covered;
        let (covered, of) = of_product.entry(theirs_is).or_default();
        (*covered, *of) = (*covered + usize::from(is_covered), *of + 1);
        let mark = |covered: bool| if covered { "yes" } else { "NO" };
        let _ = writeln!(
            text,
            "{ours:<30} {:<64} {:>4} {:>7} {:>4} {:>7} {:>7}",
            format!("{theirs}, {call}"),
            mark(in_spec),
            mark(example.is_some()),
            mark(wire),
            read.map_or("NO", String::as_str),
            status.map_or("NO", String::as_str),
        );
    }
    let of = listed.len();
    let [spec, example, wire, reading, sandbox] = counts;
    let _ = writeln!(
        text,
        "\n{provider}: {spec} of {of} in the specification, {example} with an example, {wire} with a wire \
         snapshot, {reading} with a reading test, {sandbox} answered by the sandbox"
    );

    for (product, (covered, of)) in of_product.iter().filter(|(product, _)| !product.is_empty()) {
        let _ = writeln!(text, "{provider}, {product}: {covered} of {of} in all five columns");
    }

    let known: BTreeSet<&str> = listed.iter().map(|listed| listed.ours.as_str()).collect();
    for operation in generated.plan.modules.iter().flat_map(|module| &module.operations) {
        if !known.contains(operation.id.as_str()) {
            whole = false;
            let _ = writeln!(text, "not listed in SOURCES.md: {}", operation.id);
        }
    }

    let mut doubts = Vec::new();
    unverified(&generated.document.root, "", &mut doubts);
    let _ = writeln!(text, "\nNot verified ({}):", doubts.len());
    for (path, why) in doubts {
        let _ = writeln!(text, "  {path}: {why}");
    }
    Ok(Coverage { text, whole })
}

/// The rows under `## Operations`.
fn listed(sources: &str) -> Vec<Listed> {
    let section = sources.split("\n## Operations\n").nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut product = String::new();
    let rows = section.lines().filter_map(|line| {
        if let Some(heading) = line.strip_prefix("### ") {
            heading.clone_into(&mut product);
        }
        line.starts_with('|').then(|| (product.clone(), line))
    });
    rows.filter_map(|(product, row)| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [theirs, call, ours] = cells[..] else { return None };
        // Anything else is the head of a table, which may read `METHOD /path`.
        call.split_once(' ').filter(|(verb, path)| *verb != "METHOD" && path.starts_with('/'))?;
        let text = |cell: &str| cell.to_owned();
        Some(Listed { product, theirs: text(theirs), call: text(call), ours: text(ours) })
    })
    .collect()
}

/// What a test saw of each operation: the status that the sandbox answered, or how many variants of
/// the answer were read.
fn told(root: &Path, snapshot: &str) -> io::Result<BTreeMap<String, String>> {
    let path = format!("{snapshot}.snap");
    let path = Path::new(&path);
    let text = if file::exists(root, path) { file::read(root, path)? } else { String::new() };
    // Before the table stands what the snapshots' tool writes.
    let table = text.splitn(3, "---\n").nth(2).unwrap_or_default();
    let rows = table.lines().filter_map(|line| line.split_once(' '));
    let rows = rows.filter(|(_, told)| *told != "NOT ANSWERED");
    Ok(rows.map(|(operation, told)| (operation.to_owned(), told.to_owned())).collect())
}

/// Every place that carries `x-kessai-unverified`, with the reason.
fn unverified(node: &Node, path: &str, doubts: &mut Vec<(String, String)>) {
    let path = node.text_at("operationId").unwrap_or(path);
    if let Some(why) = node.text_at("x-kessai-unverified") {
        doubts.push((path.to_owned(), why.to_owned()));
    }
    for entry in node.entries() {
        let below = match entry.key.as_str() {
            "paths" | "components" | "schemas" | "properties" | "parameters" => path.to_owned(),
            key if path.is_empty() => key.to_owned(),
            key => format!("{path}.{key}"),
        };
        unverified(&entry.node, &below, doubts);
    }
    for item in node.items() {
        let below =
            item.text_at("name").map_or_else(|| path.to_owned(), |it| format!("{path}.{it}"));
        unverified(item, &below, doubts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_of_the_one_section_are_read() {
        let sources = "# A\n\n## Operations\n\n| elepay | method and path | here |\n| --- | --- | --- |\n\
                       | getOne | GET /ones/{id} | get_one |\n\n### Twos\n\n| a | METHOD /path | c |\n\
                       | --- | --- | --- |\n| Get two | GET /twos | get_two |\n\n## Names\n\n| a | b | c |\n| - | - | - |\n| x | y | z |\n";
        let row = |product: &str, theirs: &str, call: &str, ours: &str| Listed {
            product: product.into(),
            theirs: theirs.into(),
            call: call.into(),
            ours: ours.into(),
        };
        let one = row("", "getOne", "GET /ones/{id}", "get_one");
        assert_eq!(listed(sources), [one, row("Twos", "Get two", "GET /twos", "get_two")]);
        assert!(listed("# Nothing\n").is_empty());
    }
}
