//! Examples: one call of one operation, and an answer per outcome.

use crate::document::Node;
use crate::load::{self, Source};
use crate::refusal::{Refusal, Refusals};

/// One call and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Where it is written.
    pub source: String,
    /// What is sent: `path`, `query` and `body`, each where there is one.
    pub request: Node,
    /// What is answered, the success first.
    pub answers: Vec<Answer>,
    /// Bodies that the provider published.
    pub published: Vec<Published>,
}

/// A body that the provider published.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Published {
    /// Its file in `examples/published`.
    pub file: String,
    /// What it is.
    pub kind: PublishedKind,
}

/// What a published body is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PublishedKind {
    /// The body of a request.
    Request,
    /// The body of a good answer.
    Answer,
    /// The body of an error.
    Error,
    /// Not used, and why.
    Skipped(String),
}

/// An answer of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What the outcome is called.
    pub name: String,
    /// The HTTP status.
    pub status: i64,
    /// The body, where there is one.
    pub body: Option<Node>,
}

impl Example {
    /// The answer when all goes well.
    #[must_use]
    pub fn success(&self) -> Option<&Answer> {
        self.answers.first()
    }
}

/// Reads an example file.
///
/// # Errors
///
/// If it cannot be read, or lacks what an example has.
pub fn read(source: &Source) -> Result<Example, Refusals> {
    let node = load::parse(source)?;
    let mut refusals = Vec::new();
    let mut refuse = |node: &Node, path: &str, problem: &str, instead: &str| {
        refusals.push(Refusal {
            place: node.place.clone(),
            path: path.to_owned(),
            problem: problem.to_owned(),
            instead: instead.to_owned(),
        });
    };
    let mut answers = Vec::new();
    for entry in node.get("answers").map(Node::entries).unwrap_or_default() {
        match entry.node.get("status").map(|status| &status.value) {
            Some(crate::document::Value::Integer(status)) => answers.push(Answer {
                name: entry.key.clone(),
                status: *status,
                body: entry.node.get("body").cloned(),
            }),
            _ => refuse(
                &entry.node,
                &format!("answers.{}", entry.key),
                "has no status",
                "`status: 200`",
            ),
        }
    }
    if !answers.first().is_some_and(|answer| (200..300).contains(&answer.status)) {
        refuse(
            &node,
            "answers",
            "does not begin with a good answer",
            "the success first, the refusals after it",
        );
    }
    let mut published = Vec::new();
    for entry in node.get("published").map(Node::entries).unwrap_or_default() {
        let kind = match entry.node.text() {
            Some("request") => PublishedKind::Request,
            Some("answer") => PublishedKind::Answer,
            Some("error") => PublishedKind::Error,
            Some(text) if text.starts_with("skipped: ") => PublishedKind::Skipped(text.to_owned()),
            _ => {
                refuse(
                    &entry.node,
                    &format!("published.{}", entry.key),
                    "does not say what the file is",
                    "`request`, `answer`, `error` or `skipped: why`",
                );
                continue;
            }
        };
        published.push(Published { file: entry.key.clone(), kind });
    }
    let Some(request) = node.get("request") else {
        refuse(
            &node,
            "request",
            "is missing",
            "`request:` with `path`, `query` and `body`, each where there is one",
        );
        return Err(Refusals(refusals));
    };
    let request = request.clone();
    if refusals.is_empty() {
        Ok(Example { source: source.file.clone(), request, answers, published })
    } else {
        Err(Refusals(refusals))
    }
}
