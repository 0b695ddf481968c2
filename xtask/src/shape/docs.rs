//! Markdown as doc comments, wrapped.

use syn::Attribute;

use super::Field;

/// Room for text after `/// `, at the margin.
pub(super) const WIDTH: usize = 96;

/// The same inside an `impl` or a type.
pub(super) const WIDTH_IN_IMPL: usize = 92;

/// Markdown as `#[doc]` attributes, a line each.
pub(super) fn attributes(markdown: &str, width: usize) -> Vec<Attribute> {
    from_lines(&lines(markdown, width))
}

/// Markdown in which the provider's names of `fields` are ours: `orderNo` becomes `order_no`.
pub(super) fn in_rust<'f>(markdown: &str, fields: impl IntoIterator<Item = &'f Field>) -> String {
    fields.into_iter().filter(|field| field.ident != field.wire).fold(
        markdown.to_owned(),
        |markdown, field| {
            markdown.replace(&format!("`{}`", field.wire), &format!("`{}`", field.ident))
        },
    )
}

/// Lines as `#[doc]` attributes.
pub(super) fn from_lines(lines: &[String]) -> Vec<Attribute> {
    lines
        .iter()
        .map(|line| {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            syn::parse_quote!(#[doc = #line])
        })
        .collect()
}

/// Markdown as lines of at most `width` characters.
///
/// Paragraphs and list items are filled anew; code blocks stay as they are.
pub(super) fn lines(markdown: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut block = Block::default();
    let mut in_code = false;
    for line in markdown.trim_end().lines() {
        let fence = line.trim_start().starts_with("```");
        if in_code || fence {
            block.fill(width, &mut lines);
            lines.push(line.trim_end().to_owned());
            in_code ^= fence;
        } else if line.trim().is_empty() {
            block.fill(width, &mut lines);
            lines.push(String::new());
        } else if line.trim_start().starts_with("- ") {
            block.fill(width, &mut lines);
            let indent = line.len() - line.trim_start().len();
            block = Block {
                indent: indent + 2,
                first: format!("{}- ", " ".repeat(indent)),
                words: Vec::new(),
            };
            block.add(&line.trim_start()[2..]);
        } else {
            block.add(line);
        }
    }
    block.fill(width, &mut lines);
    lines
}

/// A paragraph or a list item.
#[derive(Default)]
struct Block {
    indent: usize,
    first: String,
    words: Vec<String>,
}

impl Block {
    fn add(&mut self, line: &str) {
        self.words.extend(line.split_whitespace().map(ToOwned::to_owned));
    }

    fn fill(&mut self, width: usize, lines: &mut Vec<String>) {
        let Self { indent, first, words } = std::mem::take(self);
        let mut words = words.into_iter();
        let Some(word) = words.next() else { return };
        let mut line = first + &word;
        for word in words {
            if line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
            } else {
                line.push(' ');
            }
            line.push_str(&word);
        }
        lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_items_are_filled_and_code_is_left_alone() {
        let markdown = "One two\nthree four.\n\n- alpha beta gamma\n- delta\n\n```text\na   b\n```";
        assert_eq!(
            lines(markdown, 13),
            [
                "One two three",
                "four.",
                "",
                "- alpha beta",
                "  gamma",
                "- delta",
                "",
                "```text",
                "a   b",
                "```"
            ]
        );
    }
}
