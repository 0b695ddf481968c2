//! Charging a token.

use super::checks::{capture_at, not_too_quick};
use super::{Charge, Status, ThreeDs, show};
use crate::document::{Call, Members};
use crate::univapay::refusal::{self, Refusal, invalid, not_here};
use crate::univapay::said::Said;
use crate::univapay::state::{Open, State};
use crate::univapay::tokens::{self, Kind, Token};
use crate::univapay::{metadata, money};

/// Members that the sandbox does not know.
const UNKNOWN: &[&str] = &["mcp_token"];

pub(in crate::univapay) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    if let Some(unknown) = UNKNOWN.iter().find(|name| body.get(name).is_some()) {
        return Err(not_here(unknown));
    }
    let amount = money::amount(body, "amount")?;
    let amount = amount.ok_or_else(|| invalid("amount", "REQUIRED_VALUE"))?;
    let currency = money::currency(body)?;
    let metadata = metadata::new(body)?;
    let token = tokens::good(state, call, (Kind::Subscription, refusal::NOT_FOR_CHARGES))?;
    token.checks.allow_charge()?;
    let capture = body.flag("capture") != Some(false);
    if !capture && token.means.card().is_none() {
        return Err(invalid("capture", "CAPTURE_ONLY_FOR_CARD_PAYMENT"));
    }
    let capture_at = capture_at(body, &token.means, capture, state.now)?;
    let fee = fee(body, &currency)?;
    not_too_quick(state, token, amount, &currency)?;
    let text = |name| body.text(name).map(str::to_owned);
    let redirect = body.object("redirect").and_then(|redirect| redirect.get("endpoint"));
    let charge = Charge {
        capture,
        capture_at,
        fee,
        three_ds: read_three_ds(body),
        merchant_transaction_id: text("merchant_transaction_id"),
        descriptor: text("descriptor"),
        redirect: redirect.and_then(|endpoint| endpoint.as_str()).map(str::to_owned),
        metadata,
        ..Charge::new(token, amount, &currency)
    };
    let id = put_new(state, charge);
    Ok(Said::created(&show(state, state.charges.get(&id)?)))
}

/// The fee as the merchant names it, and its currency.
fn fee(body: &Members, currency: &str) -> Result<Option<(i64, String)>, Refusal> {
    match body.integer("fee_amount") {
        None => Ok(None),
        Some(fee) if fee < 0 => Err(invalid("fee_amount", "INVALID_AMOUNT")),
        Some(fee) => {
            let currency = body.text("fee_currency").unwrap_or(currency);
            Ok(Some((fee, currency.to_owned())))
        }
    }
}

/// 3-D Secure as a charge or a subscription asks for it.
pub(in crate::univapay) fn read_three_ds(body: &Members) -> ThreeDs {
    let asked = body.object("three_ds");
    let text = |name| Some(asked?.get(name)?.as_str()?.to_owned());
    ThreeDs { mode: text("mode"), redirect_endpoint: text("redirect_endpoint"), redirect_id: None }
}

impl Charge {
    /// A charge without an id, which is not there yet.
    pub(in crate::univapay) fn new(token: &Token, amount: i64, currency: &str) -> Self {
        Self {
            id: String::new(),
            token_id: token.id.clone(),
            token_kind: token.kind,
            means: token.means.clone(),
            subscription: None,
            amount,
            currency: currency.to_owned(),
            capture: true,
            capture_at: None,
            deadline: None,
            fee: None,
            account: None,
            authorized: 0,
            captured: 0,
            status: Status::Pending,
            failure: None,
            three_ds: ThreeDs::default(),
            merchant_transaction_id: None,
            descriptor: None,
            redirect: None,
            metadata: "{}".to_owned(),
            created: 0,
            updated: 0,
        }
    }

    /// A charge for one payment of a subscription.
    pub(in crate::univapay) fn for_payment(
        self,
        subscription: &str,
        payment: &str,
        three_ds: ThreeDs,
    ) -> Self {
        let subscription = Some((subscription.to_owned(), payment.to_owned()));
        Self { subscription, three_ds, ..self }
    }
}

/// Lets a charge be there, to be decided soon.
pub(in crate::univapay) fn put_new(state: &mut State, charge: Charge) -> String {
    let id = state.ids.next_uuid();
    tokens::use_up(state, &charge.token_id);
    let now = state.now;
    state.charges.put(Charge { id: id.clone(), created: now, updated: now, ..charge });
    state.open.push(Open::Charge(id.clone()));
    id
}
