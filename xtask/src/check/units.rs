//! Amounts and times say their unit: 500 yen and 500 dollars have the same digits.

use super::Report;
use super::outline::{Kind, Outline, Role, Site};
use crate::names::words;

const MONEY: [&str; 6] = ["unit", "units", "yen", "jpy", "vnd", "dong"];
const TIME: [&str; 5] = ["second", "minute", "hour", "day", "month"];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for member in outline.of_kind(Kind::Schema(Role::Member)).filter(|site| !site.is_reference()) {
        value(member, member.name, member, report);
    }
    for parameter in outline.of_kind(Kind::Parameter) {
        let schema = outline.schema_of(parameter);
        if let (Some(name), Some(schema)) = (parameter.node.text_at("name"), schema) {
            value(parameter, name, schema, report);
        }
    }
}

/// Looks at one value; its description stands at `site`, its type at `schema`.
fn value(site: &Site<'_>, name: &str, schema: &Site<'_>, report: &mut Report) {
    let text = words(site.node.text_at("description").unwrap_or_default());
    let text: Vec<&str> = text.split(' ').collect();
    let kind = schema.schema_type();
    if is_amount(name) {
        let said = text.iter().any(|word| MONEY.contains(word));
        let is_exact = schema.node.text_at("format") == Some("decimal");
        if kind == "number" && !is_exact {
            let instead = "`format: decimal` or `type: integer`; a double cannot hold every amount";
            report.refuse(site, "is an amount that loses digits", instead);
        } else if ["integer", "number", "string"].contains(&kind) && !said {
            let instead = "name the unit in its description, such as \"in the currency's unit\"";
            report.refuse(site, "is an amount without a unit", instead);
        }
    }
    if is_time(name) && kind == "integer" && schema.node.text_at("format") != Some("epoch-ms") {
        let said = text.iter().any(|word| TIME.iter().any(|unit| word.contains(unit)));
        if !said {
            let instead = "`format: epoch-ms`, or name seconds, minutes or days in its description";
            report.refuse(site, "is a time without a unit", instead);
        }
    }
}

fn is_amount(name: &str) -> bool {
    words(name).rsplit(' ').next().is_some_and(|word| ["amount", "price"].contains(&word))
}

fn is_time(name: &str) -> bool {
    // `amount_from` bounds an amount.
    let name = words(name);
    !name.contains("amount")
        && name
            .rsplit(' ')
            .next()
            .is_some_and(|word| word.ends_with("time") || ["from", "to"].contains(&word))
}
