//! What the generator must know and progenitor does not carry: order, docs, secrets, ids, who sends
//! and who answers.

use std::collections::BTreeSet;

mod choices;
mod limits;
mod read;

pub(crate) use limits::unverified;
pub(crate) use read::rules_of;
pub use read::{body_schema, plan, success};

/// Everything about one provider that goes beside progenitor's output.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The provider's name, as its folder has it.
    pub provider: String,
    /// One module per part, in their order.
    pub modules: Vec<Module>,
    /// What ids name.
    pub resources: BTreeSet<String>,
    /// What ids name that has no schema here.
    pub markers: Vec<String>,
}

/// One module: a resource, or schemas without one.
#[derive(Clone, Debug, PartialEq)]
pub struct Module {
    /// The part's name.
    pub name: String,
    /// What it holds, in one sentence.
    pub description: String,
    /// The file it is written in, from the root of the repository.
    pub source: String,
    /// Its operations, in the order they are written.
    pub operations: Vec<Operation>,
    /// Its schemas, in the order they are written.
    pub schemas: Vec<Schema>,
}

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `capture_charge`.
    pub id: String,
    /// The method's name in Rust: the id without the resource.
    pub method: String,
    /// `post`.
    pub verb: String,
    /// `/charges/{id}/capture`.
    pub path: String,
    /// Where it is, if not where the others are.
    pub server: Option<String>,
    /// One line on what it does.
    pub summary: String,
    /// What else there is to know.
    pub description: Option<String>,
    /// Parameters in the path.
    pub path_parameters: Vec<Member>,
    /// Parameters in the query.
    pub query_parameters: Vec<Member>,
    /// The schema of the body.
    pub body: Option<String>,
    /// The schema of a good answer, or of each item of one that is a list.
    pub answer: Option<String>,
    /// Whether it only reads, whatever its verb.
    pub reads: bool,
    /// The headers that the client fills in.
    pub headers: Vec<String>,
    /// The keys that it takes, if it takes others than the rest and not one of several.
    pub own_keys: Option<Vec<String>>,
    /// What the signature of the request is made of.
    pub signed: Vec<String>,
    /// The schema of the answer, if the provider signs it.
    pub answer_signed: Option<String>,
    /// What of an answer with a good status says whether it is a good answer.
    pub success: Vec<Success>,
    /// The header by which the provider recognises a repeat.
    pub idempotency: Option<String>,
    /// The member of the body that is the merchant's own reference.
    pub reference: Option<String>,
    /// How the list continues.
    pub page: Option<Paging>,
    /// Which keys it takes.
    pub keys: Keys,
    /// What is only known in part.
    pub unverified: Option<String>,
}

/// What of an answer says whether the call went well.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Success {
    /// A member, by its path.
    pub member: String,
    /// What it holds if it did, or if it did not.
    pub values: Vec<String>,
    /// Whether these are the values of a call that failed.
    pub are_failures: bool,
}

/// A list that continues.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Paging {
    /// How a call says where its page begins.
    pub style: PageStyle,
    /// The member of the answer that holds the items.
    pub items: String,
    /// How many items a page may hold; how many it holds, where nobody says that.
    pub most: i64,
}

/// How a call says where its page begins.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PageStyle {
    /// By how many items come before it: `offset`.
    Offset,
    /// By what the page before ended with: `cursor`.
    Cursor,
    /// By a number, counted from one: `page`.
    Page,
}

impl PageStyle {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Offset, Self::Cursor, Self::Page];

    /// Its name, which is the name of the parameter too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Offset => "offset",
            Self::Cursor => "cursor",
            Self::Page => "page",
        }
    }

    /// The style called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }
}

/// Which keys an operation takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Keys {
    /// The one for servers.
    pub secret: bool,
    /// The one that browsers may have.
    pub publishable: bool,
}

/// One named schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What is only known in part.
    pub unverified: Option<String>,
    /// An object, an enum or a choice.
    pub kind: Kind,
}

/// What a schema is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// An object.
    Object {
        /// Its members, in the provider's order.
        members: Vec<Member>,
        /// Whether no member of it may be printed.
        secret: bool,
        /// Whether a request holds it.
        sent: bool,
        /// Whether an answer holds it.
        answered: bool,
        /// What the provider's signature is made of.
        signed: Vec<String>,
        /// The feature without which nobody outside makes one.
        feature: Option<String>,
    },
    /// An open enum.
    Words(Vec<Word>),
    /// One of several objects.
    Choice {
        /// The member beside it that tells which.
        tag: String,
        /// The objects, in the order they are written.
        kinds: Vec<Alternative>,
    },
}

/// One of the objects of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Its schema.
    pub schema: String,
    /// The words that tell it.
    pub words: Vec<String>,
    /// What it is, in one paragraph.
    pub docs: String,
}

/// A member of an object, or a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name at the provider.
    pub wire: String,
    /// What it means, with its limits and its default.
    pub docs: String,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it is a reference that may be null. What has a type of its own says so by that.
    pub nullable: bool,
    /// Whether it is a decimal that is written as a number.
    pub number: bool,
    /// The member beside it that holds the currency of this amount.
    pub currency: Option<String>,
    /// How it is read.
    pub how: How,
}

/// How a member is read.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum How {
    /// As its type is.
    #[default]
    Plainly,
    /// As its type is, but `{}` stands for none.
    Filled,
    /// Null clears, and missing leaves as it is.
    Patch,
    /// As the kind that another member tells.
    Choice {
        /// That member, by its name at the provider.
        tag: String,
    },
}

/// A word of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The provider's word.
    pub word: String,
    /// The name that the specification gives it in Rust.
    pub name: Option<String>,
    /// What it means.
    pub docs: String,
}

impl Plan {
    /// The names of the choices.
    pub fn choices(&self) -> impl Iterator<Item = &String> {
        let schemas = self.modules.iter().flat_map(|module| &module.schemas);
        let choices = schemas.filter(|schema| matches!(schema.kind, Kind::Choice { .. }));
        choices.map(|schema| &schema.name)
    }

    /// The operation called `id`, with its module.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<(&Module, &Operation)> {
        self.modules.iter().find_map(|module| {
            module
                .operations
                .iter()
                .find(|operation| operation.id == id)
                .map(|found| (module, found))
        })
    }
}
