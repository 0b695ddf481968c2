//! Charges: what is remembered of one, and the rules.

mod account;
mod capture;
mod checks;
mod create;
mod deposits;
mod due;
mod issuer_token;
mod life;
mod list;
mod look;
mod update;

pub(super) use capture::capture;
pub(super) use create::{create, put_new, read_three_ds};
pub(super) use deposits::{deposit, list_ledgers};
pub(super) use due::end_one_due;
pub(super) use issuer_token::{issuer_token, three_ds_issuer_token};
pub(super) use life::{decide, finish_at_store, finish_in_wallet, finish_three_ds, give_up};
pub(super) use list::list;
pub(super) use look::{get, show};
pub(super) use update::update;

pub(super) use self::account::Account;
use super::failure::Failure;
use super::means::Means;
use super::state::State;
use super::tokens::Kind;
use crate::shelf::things;

pub(super) struct Charge {
    pub(super) id: String,
    pub(super) token_id: String,
    token_kind: Kind,
    pub(super) means: Means,
    /// The subscription and its payment that the charge is for.
    pub(super) subscription: Option<(String, String)>,
    pub(super) amount: i64,
    pub(super) currency: String,
    /// Whether the money is taken at once.
    capture: bool,
    /// When the money is taken by itself, or until when it can be brought.
    capture_at: Option<i64>,
    /// When a charge that waits for money is given up.
    pub(super) deadline: Option<i64>,
    /// The fee as the merchant named it, and its currency.
    fee: Option<(i64, String)>,
    /// Where a bank transfer goes.
    pub(super) account: Option<Account>,
    pub(super) authorized: i64,
    pub(super) captured: i64,
    pub(super) status: Status,
    pub(super) failure: Option<Failure>,
    three_ds: ThreeDs,
    pub(super) merchant_transaction_id: Option<String>,
    descriptor: Option<String>,
    redirect: Option<String>,
    pub(super) metadata: String,
    pub(super) created: i64,
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

impl Status {
    /// Whether nothing more comes of it.
    pub(super) fn is_end(self) -> bool {
        matches!(self, Self::Successful | Self::Failed | Self::Canceled)
    }
}

/// What refunds have given back or are about to.
pub(super) fn refunded(state: &State, id: &str) -> i64 {
    let own = state.refunds.iter().filter(|refund| refund.charge_id == id && refund.counts());
    own.map(|refund| refund.amount).sum()
}
