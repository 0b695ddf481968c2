//! Types: no two of a provider have one name, and none has a name that is taken.

use super::Report;
use super::outline::{Kind, Operation, Outline, Role, Site};
use super::taken;
use crate::names::pascal;
use crate::spelling::is_slip;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    let names = Names::of(outline);
    for tag in outline.of_kind(Kind::Tag) {
        let handle = tag.node.text_at("name").map(pascal);
        if let Some(handle) = handle.filter(|handle| taken::is_type(handle)) {
            let problem = format!("gets the handle `{handle}`, {}", Owner::Code.says());
            report.refuse(tag, problem, "another noun for the resource, in its file's name too");
        }
    }
    for (id, name, site) in &names.queries {
        if let Some(owner) = names.owner(name, Some(id), taken::is_written) {
            let problem = format!("makes the query `{name}`, {}", owner.says());
            report.refuse_key(site, "operationId", problem, "an id with one more word");
        }
    }
    for schema in outline.of_kind(Kind::Schema(Role::Named)).filter(|site| !site.is_reference()) {
        if let Some(owner) = names.owner(schema.name, None, taken::is_written) {
            report.refuse(schema, format!("has {}", owner.says()), owner.instead());
        }
    }
    let schemas: Vec<&str> = outline.names("schemas").collect();
    for site in outline.schemas() {
        // A schema is looked at where it is written, and a slip of the pen is refused as such.
        let name = site
            .node
            .text_at("x-kessai-id")
            .filter(|name| !schemas.iter().any(|known| is_slip(name, known)));
        if let Some((name, owner)) =
            name.and_then(|name| Some((name, names.owner(name, None, taken::is_type)?)))
        {
            let problem = format!("is `{name}`, {}", owner.says());
            report.refuse_key(site, "x-kessai-id", problem, owner.instead());
        }
    }
}

/// Who has a name already.
enum Owner<'a> {
    Handle(&'a str),
    Query(&'a str),
    Code,
}

impl Owner<'_> {
    fn says(&self) -> String {
        match self {
            Self::Handle(tag) => format!("the name that the handle of the tag `{tag}` gets"),
            Self::Query(id) => format!("the name that the query of `{id}` gets"),
            Self::Code => "a name that generated modules use for something else".to_owned(),
        }
    }

    fn instead(&self) -> &'static str {
        match self {
            Self::Handle(_) => "the singular, or the noun with `List` or `Page` behind it",
            Self::Query(_) => "a noun; what is answered is not called like what is asked",
            Self::Code => "a name that says whose it is, such as `ErrorBody`",
        }
    }
}

/// The types that are not written under `components`.
struct Names<'s, 'a> {
    /// The tag and its handle.
    handles: Vec<(&'a str, String)>,
    /// The operation, the struct of its query, and where it stands.
    queries: Vec<(&'a str, String, &'s Site<'a>)>,
}

impl<'s, 'a> Names<'s, 'a> {
    fn of(outline: &'s Outline<'a>) -> Self {
        let tags = outline.of_kind(Kind::Tag).filter_map(|tag| tag.node.text_at("name"));
        Self {
            handles: tags.map(|tag| (tag, pascal(tag))).collect(),
            queries: outline.operations.iter().filter_map(query).collect(),
        }
    }

    /// Who has `name` already, apart from the query of `itself`.
    fn owner(
        &self,
        name: &str,
        itself: Option<&str>,
        is_taken: fn(&str) -> bool,
    ) -> Option<Owner<'a>> {
        if let Some((tag, _)) = self.handles.iter().find(|(_, handle)| handle == name) {
            return Some(Owner::Handle(tag));
        }
        let query = self.queries.iter().find(|(id, query, _)| query == name && Some(*id) != itself);
        match query {
            Some((id, ..)) => Some(Owner::Query(id)),
            None => is_taken(name).then_some(Owner::Code),
        }
    }
}

/// What an operation asks for in its query; beside a body, the name says which of the two it is.
fn query<'s, 'a>(operation: &'s Operation<'a>) -> Option<(&'a str, String, &'s Site<'a>)> {
    let site = &operation.site;
    let id = site.node.text_at("operationId")?;
    let asks = |parameter: &Site<'_>| parameter.node.text_at("in") == Some("query");
    if !operation.parameters.iter().any(asks) {
        return None;
    }
    let behind = if site.node.get("requestBody").is_some() { "Query" } else { "" };
    Some((id, format!("{}{behind}", pascal(id)), site))
}
