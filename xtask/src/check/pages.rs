//! Lists that continue: what it takes to walk them.

use super::Report;
use super::outline::{Kind, Operation, Outline, Site};
use crate::document::{Node, Value};
use crate::names;
use crate::plan::PageStyle;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for operation in &outline.operations {
        let style = operation.site.node.text_at("x-kessai-page").and_then(PageStyle::named);
        if let Some(style) = style {
            parameters(outline, operation, style, report);
            items(outline, operation, style, report);
        }
    }
}

/// Where a page begins, how many items it may hold, and how many at most.
fn parameters(
    outline: &Outline<'_>,
    operation: &Operation<'_>,
    style: PageStyle,
    report: &mut Report,
) {
    let place = match style {
        PageStyle::Offset | PageStyle::Page => "integer",
        PageStyle::Cursor => "string",
    };
    for (name, kind) in [("limit", "integer"), (style.name(), place)] {
        let parameter = operation.parameters.iter().find(|parameter| {
            parameter.node.text_at("name") == Some(name)
                && parameter.node.text_at("in") == Some("query")
        });
        let schema = parameter.and_then(|parameter| outline.schema_of(parameter));
        let Some(schema) = schema.filter(|schema| is_plain(schema, kind)) else {
            let kind = names::a(kind);
            let problem = format!("is a list that continues, without {kind} `{name}`");
            let instead = format!("`{name}` under `parameters`, or no `x-kessai-page`");
            report.refuse(&operation.site, problem, instead);
            continue;
        };
        let most = schema.node.get("maximum").or_else(|| schema.node.get("default"));
        if name == "limit" && !matches!(most.map(|most| &most.value), Some(Value::Integer(2..))) {
            let problem = "does not say how many items a page may hold";
            let instead = "`maximum:`, or `default:` where nobody says, two at least; a walk asks for \
                           as many";
            report.refuse(schema, problem, instead);
        }
    }
}

/// The one list of the answer, each item with an id by which it is known again.
fn items(outline: &Outline<'_>, operation: &Operation<'_>, style: PageStyle, report: &mut Report) {
    let answer = operation.answers.iter().find(|(status, _)| status.starts_with('2'));
    let page = answer.and_then(|(_, answer)| answer.content());
    // An answer without a body, or with one that nobody defined, is refused as such.
    let page = page.map(|page| outline.resolve(&page)).filter(|page| !page.is_reference());
    let Some(page) = page else { return };
    if style == PageStyle::Cursor {
        going_on(outline, &page, report);
    }
    let lists: Vec<&Site<'_>> = outline
        .of_kind(Kind::Schema(super::outline::Role::Member))
        .filter(|member| {
            member.path == format!("{}.properties.{}", page.path, member.name)
                && member.schema_type() == "array"
        })
        .collect();
    let [list] = lists[..] else {
        let problem = "is a page, and not with exactly one list";
        report.refuse(&page, problem, "the list of the items, and no other");
        return;
    };
    let item = outline.at(&format!("{}.items", list.path)).map(|item| outline.resolve(item));
    if item.is_some_and(|item| !has_key(&item)) {
        let problem = "holds items without an `id`, or another id, that is required";
        let instead = "`id` under `required` of the item; by it a walk knows an item again";
        report.refuse(list, problem, instead);
    }
}

/// Whether an item has what tells it from others: an `id`, or else another id, that is always
/// there.
fn has_key(item: &Site<'_>) -> bool {
    let members = item.node.get("properties").map_or(&[][..], Node::entries);
    members.iter().any(|member| {
        let is_id = member.key == "id" || member.node.get("x-kessai-id").is_some();
        is_id && is_required(item, &member.key)
    })
}

/// What a page may say of the next one, in the form in which a walk reads it.
fn going_on(outline: &Outline<'_>, page: &Site<'_>, report: &mut Report) {
    let member = |name| outline.at(&format!("{}.properties.{name}", page.path));
    if let Some(more) = member("has_more").filter(|more| !is_plain(more, "boolean")) {
        let problem = "tells a walk whether there is more, and is not a flag";
        report.refuse(more, problem, "`type: boolean`");
    }
    let next = member("next_cursor");
    if let Some(next) =
        next.filter(|next| !is_plain(next, "string") || is_required(page, next.name))
    {
        let problem = "tells a walk where to go on, and is not a text that may be missing";
        report.refuse(next, problem, "`type: string` alone, and not under `required`");
    }
}

/// Whether a value is of this type and of no closer one.
fn is_plain(schema: &Site<'_>, kind: &str) -> bool {
    let closer = ["enum", "format", "x-kessai-id", "x-kessai-secret"];
    schema.schema_type() == kind
        && (kind != "string" || closer.iter().all(|key| schema.node.get(key).is_none()))
}

fn is_required(schema: &Site<'_>, member: &str) -> bool {
    let required = schema.node.get("required").map_or(&[][..], Node::items);
    required.iter().any(|name| name.text() == Some(member))
}
