//! Payments at the hosted checkout, at the merchant's own, and from wallets; their refunds, and the
//! tokens of what paid.

mod direct;
mod hosted;
mod levers;
mod life;
mod look;
mod methods;
mod notices;
mod refunds;
mod tokens;

use serde_json::{Map, Value};

use super::refusal::{self, Code, Refusal};
use super::rules::{Row, Rule};
use super::state::State;
use super::time::rfc3339;
use super::wallet::Wallet;
use crate::document::Members;
use crate::ledger::{Line, Totals};
use crate::object::Object;
use crate::shelf::{Shelf, things};
use refunds::Refund;
use tokens::Token;

use Rule::{Act, Look};

pub(super) const RULES: &[Row] = &[
    ("create_payment", Act(hosted::create_payment)),
    ("create_direct_payment", Act(direct::create_direct_payment)),
    ("get_payment", Look(look::get_payment)),
    ("list_payments", Look(look::list_payments)),
    ("create_payment_refund", Act(refunds::create_payment_refund)),
    ("get_payment_refund", Look(refunds::get_payment_refund)),
    ("delete_payment_token", Act(tokens::delete_payment_token)),
];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[];

pub(super) const ORDER_USED: Code = refusal::code(30, "The order has been used before.");
const REFUND_USED: Code = refusal::code(31, "The reference has been used before.");
const WRONG_AMOUNT: Code = refusal::code(32, "The amount is more than what is left.");
pub(super) const FAILED: Code = refusal::code(33, "The payment has failed.");
const PENDING: Code = refusal::code(35, "The payment is pending.");
pub(super) const UNKNOWN: Code = refusal::absent(36, "There is no such transaction.");
const NO_REFUNDS: Code = refusal::code(135, "This payment cannot be refunded, or not like this.");
const NO_METHOD: Code = refusal::code(140, "The payment method is not enabled.");
const NO_BANK: Code = refusal::code(141, "The bank is not enabled.");

pub(super) const VND: &str = "VND";

/// What is remembered.
#[derive(Default)]
pub(super) struct Payments {
    pub(super) all: Shelf<Payment>,
    refunds: Shelf<Refund>,
    tokens: Shelf<Token>,
}

pub(super) struct Payment {
    pub(super) id: String,
    pub(super) order: Order,
    pub(super) amount: i64,
    /// `ALL` until the customer has chosen.
    pub(super) method: String,
    pub(super) bank: Option<String>,
    pub(super) action: String,
    pub(super) status: Status,
    /// The card or account that pays, if it is known: as it is shown.
    masked: Option<String>,
    urls: Urls,
    /// The token that the customer got, or pays with.
    token: Option<String>,
    /// Of a payment from a wallet.
    pub(super) wallet: Option<Wallet>,
    pub(super) created: i64,
    pub(super) updated: i64,
}

things!(Payment);

/// What the merchant calls a payment.
pub(super) struct Order {
    pub(super) id: String,
    pub(super) info: String,
    pub(super) extra: Option<String>,
}

/// Where the merchant wants to hear of it; empty where it does not.
#[derive(Default)]
struct Urls {
    notify: String,
    redirect: String,
    installment: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Pending,
    Success,
    Failed(Code),
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Success => "success",
            Self::Failed(_) => "error",
        }
    }

    /// The code and what it says.
    fn code(self) -> (u16, &'static str) {
        match self {
            Self::Pending => (PENDING.number, PENDING.message),
            Self::Success => (0, "Success."),
            Self::Failed(code) => (code.number, code.message),
        }
    }
}

impl Payment {
    /// A payment that nobody has paid yet; the rest is filled in by who makes it.
    pub(super) fn new(
        state: &mut State,
        id: String,
        order: Order,
        amount: i64,
        method: &str,
    ) -> Self {
        Self {
            id,
            order,
            amount,
            method: method.to_owned(),
            bank: None,
            action: "PAY".to_owned(),
            status: Status::Pending,
            masked: None,
            urls: Urls::default(),
            token: None,
            wallet: None,
            created: state.now,
            updated: state.now,
        }
    }

    /// What every answer about it begins with.
    fn head(&self) -> Object {
        let (code, message) = self.status.code();
        Object::new()
            .put("transactionId", &*self.id)
            .put("status", self.status.word())
            .put("errorCode", code)
            .put("errorMessage", message)
            .put("partnerCode", super::auth::PARTNER_CODE)
    }

    /// How it is paid.
    fn means(&self, body: Object) -> Object {
        body.put("currency", VND)
            .put_some("bankCode", self.bank.as_deref())
            .put("paymentMethod", &*self.method)
            .put("action", &*self.action)
    }

    fn times(&self, body: Object) -> Object {
        body.put("createdAt", rfc3339(self.created)).put("updatedAt", rfc3339(self.updated))
    }
}

/// The order of a body, and where to tell of it.
fn read_reference(state: &State, body: &Members) -> Result<(Order, Urls), Refusal> {
    let reference = body.object("partnerReference");
    let part = |name: &str| reference?.get(name)?.as_object();
    let text = |part: Option<&Map<String, Value>>, name: &str| {
        part.and_then(|part| part.get(name)?.as_str()).map(str::to_owned)
    };
    let (order, config) = (part("order"), part("notificationConfig"));
    let url = |name: &str| text(config, name).unwrap_or_default();
    let id = text(order, "id").unwrap_or_default();
    check_order(state, &id)?;
    let info = text(order, "info").unwrap_or_default();
    let order = Order { id, info, extra: text(order, "extraData") };
    let urls = Urls {
        notify: url("notifyUrl"),
        redirect: url("redirectUrl"),
        installment: url("installmentNotifyUrl"),
    };
    Ok((order, urls))
}

/// Refuses an order that there is a payment for.
pub(super) fn check_order(state: &State, id: &str) -> Result<(), Refusal> {
    let used = state.payments.all.iter().any(|payment| payment.order.id == id);
    if used { Err(ORDER_USED.into()) } else { Ok(()) }
}

/// Lets everything happen that is due by now.
pub(super) fn catch_up(state: &mut State) {
    refunds::settle_due(state);
}

/// Where the money is.
pub(super) fn lines(state: &State) -> Vec<Line> {
    let line = |payment: &Payment| {
        let paid = if payment.status == Status::Success { payment.amount } else { 0 };
        Line {
            charge: payment.id.clone(),
            reference: payment.order.id.clone(),
            currency: VND.to_owned(),
            status: payment.status.word().to_owned(),
            totals: Totals::new(paid, paid, refunds::given_back(state, &payment.id)),
        }
    };
    state.payments.all.iter().map(line).collect()
}

/// Whether all of a payment is given back.
pub(super) fn is_refunded(state: &State, payment: &Payment) -> bool {
    payment.status == Status::Success && refunds::given_back(state, &payment.id) == payment.amount
}
