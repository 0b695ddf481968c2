//! Bills of suppliers, and the codes of bills that decide what becomes of a payment.
//!
//! They are the sandbox's own choice; AppotaPay publishes none. Under any other code, and for every
//! service, somebody owes [`AMOUNT`] and pays it at once.

use super::payouts::{self, Fate, Payout, Standing};
use super::{Services, codes};
use crate::appotapay::refusal::{Refusal, invalid};
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::document::Call;
use crate::lever::LeverError;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::Shelf;

/// What is owed on every bill, in VND, until it is paid.
pub const AMOUNT: i64 = 412_000;
/// May be paid in parts.
pub const PARTIAL: &str = "PD00000000";
/// Whether it is paid is not decided, code 35, until
/// [`settle_bill_payment`](crate::appotapay::Appotapay::settle_bill_payment).
pub const PENDING: &str = "PD00000035";
/// Paying it fails: code 33, at once.
pub const FAILED: &str = "PD00000033";
/// There is no such bill: code 36.
pub const UNKNOWN: &str = "PD00000036";
/// It is paid, and the answer is the code 99, which does not tell.
pub const UNANSWERED: &str = "PD00000099";

/// A bill: the service that it is for, and its code there.
#[derive(Clone, Eq, PartialEq)]
pub(super) struct Bill {
    service: String,
    code: String,
}

/// What was paid on a bill.
pub(super) struct Payment {
    bill: Bill,
    /// The lines as they were sent.
    lines: String,
}

fn book(services: &mut Services) -> &mut Shelf<Payout<Payment>> {
    &mut services.bill_payments
}

impl Bill {
    fn read(call: &Call) -> Result<Self, Refusal> {
        let text = |name| call.body.text(name).unwrap_or_default().to_owned();
        let bill = Self { service: text("serviceCode"), code: text("billCode") };
        match (bill.service.as_str(), bill.code.as_str()) {
            ("", _) => Err(invalid("serviceCode", "there is no such service")),
            (_, "" | UNKNOWN) => Err(codes::UNKNOWN.into()),
            _ => Ok(bill),
        }
    }

    /// What is not paid yet, nor about to be.
    fn owed(&self, services: &Services) -> i64 {
        let paid = services.bill_payments.iter().filter(|payout| payout.of.bill == *self);
        let paid = paid.filter(|payout| payout.standing != Standing::Failed);
        AMOUNT - paid.map(|payout| payout.amount).sum::<i64>()
    }

    fn line(&self, owed: i64, now: i64) -> Object {
        let date = time::day_first(now);
        let period = date.get(3..10).unwrap_or_default().replace('-', "/");
        Object::new()
            .put("billNumber", &*self.code)
            .put("period", period)
            .put("amount", owed)
            .put("billCreated", "")
            .put("billExpiry", "")
            .put("billType", "")
            .put("billOtherInfo", "")
            .put("isPartialPaymentAllowed", self.code == PARTIAL)
            .put("extraInfo", "")
    }
}

pub(super) fn check_bill(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let bill = Bill::read(call)?;
    let owed = bill.owed(&state.services);
    let lines = (owed > 0).then(|| bill.line(owed, state.now));
    let customer = Object::new()
        .put("customerCode", &*bill.code)
        .put("customerName", "NGUYEN VAN A")
        .put("customerAddress", "")
        .put("customerOtherInfo", "")
        .put("extraInfo", "");
    let reference = call.body.text("partnerRefId").unwrap_or_default().to_owned();
    state.services.checked_bills.insert(reference, bill);
    let head = Standing::Done.head();
    Ok(head.array("billDetail", lines.into_iter()).object("customerInfo", &customer).into())
}

pub(super) fn pay_bill(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let reference = body.text("partnerRefId").unwrap_or_default();
    let amount = body.integer("amount").unwrap_or_default();
    let bill = Bill::read(call)?;
    if state.services.checked_bills.get(reference) != Some(&bill) {
        return Err(codes::UNKNOWN.into());
    }
    payouts::check(state, book, reference, amount)?;
    let owed = bill.owed(&state.services);
    let lines = body.array("billDetail").iter().filter_map(|line| line["amount"].as_i64());
    if owed == 0 || lines.fold(0, i64::saturating_add) != owed {
        return Err(invalid("billDetail", "this is not what is owed"));
    }
    let partly = bill.code == PARTIAL && (1..owed).contains(&amount);
    if amount != owed && !partly {
        return Err(codes::WRONG_AMOUNT.into());
    }

    let fate = Fate::of(&bill.code, [PENDING, FAILED, UNANSWERED]);
    let lines = body.literal("billDetail").unwrap_or("[]").to_owned();
    let payment = Payment { bill, lines };
    Ok(payouts::pay(state, book, (reference, amount, fate), payment, show))
}

pub(super) fn get_bill_payment(state: &State, call: &Call) -> Result<Said, Refusal> {
    let payout = state.services.bill_payments.find(call.path("partnerRefId"));
    Ok(show(payout.ok_or(codes::UNKNOWN)?).into())
}

fn show(payout: &Payout<Payment>) -> Object {
    let transaction = Object::new()
        .put("appotapayTransId", &*payout.transaction_id)
        .put("amount", payout.amount)
        .put("billAmount", payout.amount)
        .put("time", time::day_first(payout.time));
    let head = payout.standing.head().literal("billDetail", &payout.of.lines);
    head.object("transaction", &transaction)
}

/// Lets the supplier end a payment that is not decided.
pub(super) fn settle(state: &mut State, reference: &str, done: bool) -> Result<(), LeverError> {
    payouts::settle(state, book, reference, done)
}
