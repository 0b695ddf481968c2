//! Charges: what is remembered of one, and the rules.

mod capture;
mod create;
mod life;
mod list;
mod look;
mod update;

pub(super) use capture::capture;
pub(super) use create::{create, put_new, read_three_ds};
pub(super) use life::{decide, finish_three_ds, give_up};
pub(super) use list::list;
pub(super) use look::{get, issuer_token, show};
pub(super) use update::update;

use super::cards::Card;
use super::failure::Failure;
use super::state::State;
use super::tokens::Kind;
use crate::shelf::things;

pub(super) struct Charge {
    pub(super) id: String,
    pub(super) token_id: String,
    token_kind: Kind,
    pub(super) card: Card,
    /// The subscription and its payment that the charge is for.
    pub(super) subscription: Option<(String, String)>,
    pub(super) amount: i64,
    pub(super) currency: String,
    /// Whether the money is taken at once.
    capture: bool,
    pub(super) authorized: i64,
    pub(super) captured: i64,
    pub(super) status: Status,
    pub(super) failure: Option<Failure>,
    three_ds: ThreeDs,
    pub(super) merchant_transaction_id: Option<String>,
    descriptor: Option<String>,
    redirect: Option<String>,
    metadata: String,
    created: i64,
    updated: i64,
}

things!(Charge);

/// 3-D Secure as it was asked for.
#[derive(Clone, Default)]
pub(super) struct ThreeDs {
    pub(super) mode: Option<String>,
    pub(super) redirect_endpoint: Option<String>,
    /// What the customer is known by there, once there is something to do.
    redirect_id: Option<String>,
}

impl ThreeDs {
    /// Asks for nothing.
    pub(super) fn skipped() -> Self {
        Self { mode: Some("skip".to_owned()), ..Self::default() }
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Pending,
    Awaiting,
    Authorized,
    Successful,
    Failed,
    Canceled,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Awaiting => "awaiting",
            Self::Authorized => "authorized",
            Self::Successful => "successful",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
        }
    }
}

/// What refunds have given back or are about to.
pub(super) fn refunded(state: &State, id: &str) -> i64 {
    let own = state.refunds.iter().filter(|refund| refund.charge_id == id && refund.counts());
    own.map(|refund| refund.amount).sum()
}
