//! A document as the list of its sites: every node that has a meaning, with its kind.

use std::collections::BTreeMap;

use crate::document::{Node, Place, Value};
use crate::load::{Document, Part};

/// The methods an operation may have.
pub(crate) const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// What a site is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Root,
    Info,
    Server,
    Tag,
    Components,
    SecurityScheme,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Media,
    Schema(Role),
}

/// Where a schema stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    /// Under `components.schemas`.
    Named,
    /// A property of an object.
    Member,
    /// What a list or a map holds.
    Inner,
    /// One of the schemas of a choice.
    Alternative,
    /// What is sent or answered.
    Body,
    /// What a parameter holds.
    Parameter,
}

/// One node of the document with its meaning.
#[derive(Clone, Debug)]
pub(crate) struct Site<'a> {
    pub kind: Kind,
    pub node: &'a Node,
    /// Where it begins: the line of its key, if it has one.
    pub place: &'a Place,
    /// Its path, such as `components.schemas.Charge`.
    pub path: String,
    /// The key it stands under; empty for the root and in lists.
    pub name: &'a str,
}

impl<'a> Site<'a> {
    fn under(&self, key: &str, kind: Kind) -> Option<Site<'a>> {
        self.members(kind).find(|site| site.name == key)
    }

    /// Every member of this mapping, as sites of one kind.
    fn members(&self, kind: Kind) -> impl Iterator<Item = Site<'a>> + use<'a> {
        let path = self.path.clone();
        self.node.entries().iter().map(move |entry| Site {
            kind,
            node: &entry.node,
            place: &entry.place,
            path: if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) },
            name: &entry.key,
        })
    }

    /// Every item of this sequence, as sites of one kind; their paths use `name` where it is there.
    fn items(&self, kind: Kind) -> impl Iterator<Item = Site<'a>> + use<'a> {
        let path = self.path.clone();
        self.node.items().iter().enumerate().map(move |(index, node)| Site {
            kind,
            node,
            place: &node.place,
            path: match node.text_at("name") {
                Some(name) => format!("{path}.{name}"),
                None => format!("{path}[{index}]"),
            },
            name: "",
        })
    }

    /// What this site refers to, if it is a reference.
    pub fn reference(&self) -> Option<&'a str> {
        self.node.text_at("$ref")
    }

    /// Whether this is a reference, readable or not.
    pub fn is_reference(&self) -> bool {
        self.node.get("$ref").is_some()
    }

    /// The `type` of a schema.
    pub fn schema_type(&self) -> &'a str {
        self.node.text_at("type").unwrap_or_default()
    }

    /// The JSON schema of a request body or of an answer.
    pub fn content(&self) -> Option<Site<'a>> {
        let content = self.under("content", Kind::Media)?;
        content.under("application/json", Kind::Media)?.under("schema", Kind::Schema(Role::Body))
    }

    pub fn is_schema(&self) -> bool {
        matches!(self.kind, Kind::Schema(_))
    }
}

/// One operation and what surrounds it.
pub(crate) struct Operation<'a> {
    pub site: Site<'a>,
    /// Its path, such as `/charges/{id}`.
    pub template: &'a str,
    /// Its own parameters and those of its path, references resolved.
    pub parameters: Vec<Site<'a>>,
    /// Its answers by status, references resolved.
    pub answers: Vec<(&'a str, Site<'a>)>,
    /// The schema of its request body, references resolved.
    pub body: Option<Site<'a>>,
}

/// A document and all that is in it, in the order it was written.
pub(crate) struct Outline<'a> {
    pub root: Site<'a>,
    pub parts: &'a [Part],
    pub sites: Vec<Site<'a>>,
    pub operations: Vec<Operation<'a>>,
    by_path: BTreeMap<String, usize>,
}

impl<'a> Outline<'a> {
    /// Walks through a document.
    pub fn of(document: &'a Document) -> Self {
        let node = &document.root;
        let root =
            Site { kind: Kind::Root, node, place: &node.place, path: String::new(), name: "" };
        let mut sites = Vec::new();
        walk(&root, &mut sites);
        let by_path = sites.iter().enumerate().map(|(at, site)| (site.path.clone(), at)).collect();
        let mut outline =
            Self { root, parts: &document.parts, sites, operations: Vec::new(), by_path };
        outline.operations = outline
            .of_kind(Kind::PathItem)
            .flat_map(|path| {
                METHODS.iter().filter_map(|method| path.under(method, Kind::Operation))
            })
            .filter_map(|site| outline.operation(&site))
            .collect();
        outline
    }

    /// All sites of one kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Site<'a>> {
        self.sites.iter().filter(move |site| site.kind == kind)
    }

    /// All schemas that are not references.
    pub fn schemas(&self) -> impl Iterator<Item = &Site<'a>> {
        self.sites.iter().filter(|site| site.is_schema() && !site.is_reference())
    }

    /// The names under one section of `components`.
    pub fn names(&self, section: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let section = self.root.node.at(&["components", section]);
        section.map_or(&[][..], Node::entries).iter().map(|entry| entry.key.as_str())
    }

    /// The site that a reference names.
    pub fn target(&self, reference: &str) -> Option<&Site<'a>> {
        let path = reference.strip_prefix("#/")?.replacen('/', ".", 2);
        self.at(&path)
    }

    /// The schema of a parameter, a reference perhaps.
    pub fn schema_of(&self, parameter: &Site<'a>) -> Option<&Site<'a>> {
        self.at(&format!("{}.schema", parameter.path))
    }

    /// The site at a path.
    pub fn at(&self, path: &str) -> Option<&Site<'a>> {
        self.by_path.get(path).map(|&at| &self.sites[at])
    }

    /// The sites below a path.
    pub fn within(&self, path: &str) -> impl Iterator<Item = &Site<'a>> {
        let prefix = format!("{path}.");
        let from = self.by_path.range(prefix.clone()..);
        from.take_while(move |(path, _)| path.starts_with(&prefix)).map(|(_, &at)| &self.sites[at])
    }

    /// A site, or what it refers to, however many steps away.
    pub fn resolve(&self, site: &Site<'a>) -> Site<'a> {
        let mut site = site.clone();
        // A chain of references that is longer than this runs in a circle.
        for _ in 0..8 {
            match site.reference().and_then(|reference| self.target(reference)) {
                Some(target) => site = target.clone(),
                None => break,
            }
        }
        site
    }

    fn operation(&self, site: &Site<'a>) -> Option<Operation<'a>> {
        let (path, _) = site.path.rsplit_once('.')?;
        let path = self.at(path)?;
        let parameters = [path, site]
            .into_iter()
            .filter_map(|owner| owner.under("parameters", Kind::Parameter))
            .flat_map(|list| list.items(Kind::Parameter))
            .map(|parameter| self.resolve(&parameter))
            .collect();
        let answers = site
            .under("responses", Kind::Response)
            .iter()
            .flat_map(|answers| answers.members(Kind::Response))
            .map(|answer| (answer.name, self.resolve(&answer)))
            .collect();
        let body = site
            .under("requestBody", Kind::RequestBody)
            .and_then(|body| self.resolve(&body).content())
            .map(|schema| self.resolve(&schema));
        let template = path.name;
        Some(Operation { site: site.clone(), template, parameters, answers, body })
    }
}

/// Puts a site and all below it on the list.
fn walk<'a>(site: &Site<'a>, sites: &mut Vec<Site<'a>>) {
    sites.push(site.clone());
    if site.is_reference() {
        return;
    }
    for below in below(site) {
        walk(&below, sites);
    }
}

/// The sites directly below a site.
fn below<'a>(site: &Site<'a>) -> Vec<Site<'a>> {
    let one = |key, kind| site.under(key, kind).into_iter();
    let list = |key, kind| one(key, kind).flat_map(move |list| list.items(kind));
    let map = |key, kind| one(key, kind).flat_map(move |map| map.members(kind));
    match site.kind {
        Kind::Root => one("info", Kind::Info)
            .chain(list("servers", Kind::Server))
            .chain(list("tags", Kind::Tag))
            .chain(map("paths", Kind::PathItem))
            .chain(one("components", Kind::Components))
            .collect(),
        Kind::Components => map("securitySchemes", Kind::SecurityScheme)
            .chain(map("parameters", Kind::Parameter))
            .chain(map("requestBodies", Kind::RequestBody))
            .chain(map("responses", Kind::Response))
            .chain(map("schemas", Kind::Schema(Role::Named)))
            .collect(),
        Kind::PathItem => list("parameters", Kind::Parameter)
            .chain(METHODS.iter().flat_map(|method| one(method, Kind::Operation)))
            .collect(),
        Kind::Operation => list("servers", Kind::Server)
            .chain(list("parameters", Kind::Parameter))
            .chain(one("requestBody", Kind::RequestBody))
            .chain(map("responses", Kind::Response))
            .collect(),
        Kind::RequestBody | Kind::Response => map("content", Kind::Media).collect(),
        Kind::Media => one("schema", Kind::Schema(Role::Body)).collect(),
        Kind::Parameter => one("schema", Kind::Schema(Role::Parameter)).collect(),
        Kind::Schema(_) => map("properties", Kind::Schema(Role::Member))
            .chain(one("items", Kind::Schema(Role::Inner)))
            .chain(list("oneOf", Kind::Schema(Role::Alternative)))
            .chain(
                one("additionalProperties", Kind::Schema(Role::Inner))
                    .filter(|values| matches!(values.node.value, Value::Map(_))),
            )
            .collect(),
        Kind::Info | Kind::Server | Kind::Tag | Kind::SecurityScheme => Vec::new(),
    }
}
