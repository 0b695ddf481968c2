//! Who may call what: a kind of key has a client of its own, which opens what the key may do.

use proc_macro2::Ident;
use quote::format_ident;

use crate::names;
use crate::plan::{Module, Operation};

/// A kind of key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Access {
    /// The one for servers.
    Secret,
    /// The one that browsers may have.
    Publishable,
}

impl Access {
    pub(super) const ALL: [Self; 2] = [Self::Secret, Self::Publishable];

    /// The client that is built from such a key.
    pub(super) fn client(self) -> &'static str {
        match self {
            Self::Secret => "Client",
            Self::Publishable => "PublishableClient",
        }
    }

    /// The type that opens a resource to it.
    pub(super) fn handle(self, module: &Module) -> Ident {
        let handle = names::handle(&module.name);
        match self {
            Self::Secret => handle,
            Self::Publishable => format_ident!("Publishable{handle}"),
        }
    }

    /// What it may call.
    pub(super) fn operations(self, module: &Module) -> impl Iterator<Item = &Operation> {
        module.operations.iter().filter(move |operation| match self {
            Self::Secret => operation.keys.secret,
            Self::Publishable => operation.keys.publishable,
        })
    }
}
