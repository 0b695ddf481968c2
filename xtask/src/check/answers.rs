//! Answers: every success with its body, every failure with the error body, and no `default`.

use super::Report;
use super::outline::{Kind, Operation, Outline, Site};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for operation in &outline.operations {
        statuses(operation, report);
        default(operation, report);
        complete(operation, report);
        one_success(operation, report);
        one_failure(operation, report);
    }
    for answer in outline.of_kind(Kind::Response).filter(|site| !site.is_reference()) {
        if answer.node.get("description").is_none() {
            report.refuse(answer, "has no description", "`description:` and what it means");
        }
    }
}

/// What a status means.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Meaning {
    Success,
    Failure,
    Default,
    Unknown,
}

fn meaning(status: &str) -> Meaning {
    match status.as_bytes() {
        b"default" => Meaning::Default,
        b"4XX" | b"5XX" => Meaning::Failure,
        [b'2', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit() => Meaning::Success,
        [b'4' | b'5', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit() => {
            Meaning::Failure
        }
        _ => Meaning::Unknown,
    }
}

fn answers<'s, 'a>(
    operation: &'s Operation<'a>,
    wanted: Meaning,
) -> impl Iterator<Item = &'s Site<'a>> {
    let answers = operation.answers.iter();
    answers.filter(move |(status, _)| meaning(status) == wanted).map(|(_, answer)| answer)
}

fn statuses(operation: &Operation<'_>, report: &mut Report) {
    for (status, _) in &operation.answers {
        if meaning(status) == Meaning::Unknown {
            let key = format!("responses.{status}");
            let instead = match status.to_uppercase().as_str() {
                upper @ ("4XX" | "5XX") => format!("`{upper}` in capitals"),
                "2XX" => "each success by its own status, such as `200`".to_owned(),
                _ => "a success such as `200`, or `4XX` and `5XX`".to_owned(),
            };
            report.refuse_key(&operation.site, &key, "is not a status that calls answer", instead);
        }
    }
}

fn default(operation: &Operation<'_>, report: &mut Report) {
    let Some(default) = answers(operation, Meaning::Default).next() else { return };
    let typed = |answer: &Site<'_>| answer.node.get("content").is_some();
    let success = operation
        .answers
        .iter()
        .find(|(status, answer)| meaning(status) == Meaning::Success && typed(answer));
    if let Some((success, _)) = success.filter(|_| default.content().is_some()) {
        let problem = format!(
            "is a `default` with a body beside the body of `{success}`; generators read `default` \
             as a success and as a failure, so a refusal could be read as money taken"
        );
        let instead = "its body under `4XX` and `5XX`, and no `default`";
        report.refuse_key(&operation.site, "responses.default", problem, instead);
    } else {
        let problem = "does not say whether the call went well";
        let instead = "each success by its status, and `4XX` and `5XX`";
        report.refuse_key(&operation.site, "responses.default", problem, instead);
    }
}

fn complete(operation: &Operation<'_>, report: &mut Report) {
    let site = &operation.site;
    if answers(operation, Meaning::Success).next().is_none() {
        let instead = "`200` (or the status the provider answers) with its body";
        report.refuse_key(site, "responses", "names no success", instead);
    }
    // Who wrote `default` is told to replace it by these two.
    if answers(operation, Meaning::Default).next().is_some() {
        return;
    }
    for status in ["4XX", "5XX"] {
        if operation.answers.iter().all(|(other, _)| !other.eq_ignore_ascii_case(status)) {
            let instead = format!("`{status}:` with the error body");
            report.refuse_key(site, "responses", format!("has no `{status}`"), instead);
        }
    }
}

/// The body of an answer in a form that can be compared: places do not count.
fn body(answer: &Site<'_>) -> Option<String> {
    answer.content().and_then(|schema| serde_json::to_string(schema.node).ok())
}

fn one_success(operation: &Operation<'_>, report: &mut Report) {
    let mut bodies = answers(operation, Meaning::Success).map(|answer| body(answer));
    let Some(first) = bodies.next() else { return };
    if bodies.any(|other| other != first) {
        let problem = "has successes with different bodies";
        let instead = "one schema for all of them; the generator carries one success body per \
                       operation";
        report.refuse_key(&operation.site, "responses", problem, instead);
    }
}

fn one_failure(operation: &Operation<'_>, report: &mut Report) {
    let mut first = None;
    for answer in answers(operation, Meaning::Failure) {
        // A reference that leads nowhere is refused as such.
        if answer.is_reference() {
            continue;
        }
        match body(answer) {
            // A body in another notation is refused as such.
            None if answer.node.get("content").is_some() => {}
            None => {
                let instead = "`content:` with the error body, as the other failures have it";
                report.refuse(answer, "is a failure without the error body", instead);
            }
            Some(body) if *first.get_or_insert_with(|| body.clone()) != body => {
                let problem = "has failures with different bodies";
                let instead = "one error schema for all of them; the generator carries one error \
                               body per operation";
                report.refuse_key(&operation.site, "responses", problem, instead);
            }
            Some(_) => {}
        }
    }
}
