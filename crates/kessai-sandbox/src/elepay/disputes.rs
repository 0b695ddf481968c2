//! Payments that customers contest.

use serde_json::{Value, json};

use super::charges::Status as ChargeStatus;
use super::page;
use super::refusal::Refusal;
use super::state::State;
use crate::document::Call;
use crate::lever::LeverError;
use crate::shelf::things;

pub(super) struct Dispute {
    id: String,
    charge_id: String,
    status: Status,
    amount: i64,
    currency: String,
    reason: String,
    resolved_time: Option<i64>,
    create_time: i64,
}

things!(Dispute);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    New,
    Won,
    Lost,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

impl Dispute {
    /// Whether it is undecided and over this charge.
    pub(super) fn is_over(&self, charge_id: &str) -> bool {
        self.status == Status::New && self.charge_id == charge_id
    }
}

fn show(dispute: &Dispute) -> Value {
    let mut shown = json!({
        "id": dispute.id,
        "object": "dispute",
        "chargeId": dispute.charge_id,
        "liveMode": false,
        "amount": dispute.amount,
        "currency": dispute.currency,
        "reason": dispute.reason,
        "status": dispute.status.word(),
        "createTime": dispute.create_time,
    });
    if let Some(time) = dispute.resolved_time {
        shown["resolvedTime"] = time.into();
    }
    shown
}

pub(super) fn list_disputes(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let query = &call.query;
    let dated = time(query.text("dateField"));
    let found = state.disputes.iter().filter(|dispute| {
        page::is(query, "chargeId", &dispute.charge_id)
            && page::is(query, "status", dispute.status.word())
            && page::within(query, dated(dispute))
    });
    // Those that are open come before the decided.
    let found = page::ordered(query, found, time(query.text("sort")));
    page::page(query, "disputes", &found, show)
}

/// Which time of a dispute is meant.
fn time(field: Option<&str>) -> fn(&Dispute) -> Option<i64> {
    match field {
        Some("resolved_time") => |dispute| dispute.resolved_time,
        _ => |dispute| Some(dispute.create_time),
    }
}

pub(super) fn get_dispute(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    Ok(show(state.disputes.get(call.path("id"))?))
}

/// The customer contests what is left of a paid charge; answers with the id of the dispute.
pub(super) fn open(state: &mut State, charge_id: &str, reason: &str) -> Result<String, LeverError> {
    let charge = state.charges.find(charge_id).ok_or(LeverError::NotFound)?;
    let paid = matches!(charge.status, ChargeStatus::Captured | ChargeStatus::PartiallyRefunded);
    if !paid || state.disputes.iter().any(|dispute| dispute.is_over(charge_id)) {
        return Err(LeverError::WrongStatus);
    }
    let id = state.ids.next("dsp_");
    state.disputes.put(Dispute {
        id: id.clone(),
        charge_id: charge_id.to_owned(),
        status: Status::New,
        amount: charge.captured - charge.refunded(),
        currency: charge.currency.clone(),
        reason: reason.chars().take(255).collect(),
        resolved_time: None,
        create_time: state.now,
    });
    Ok(id)
}

/// The dispute is decided, for or against the merchant.
pub(super) fn resolve(state: &mut State, id: &str, won: bool) -> Result<(), LeverError> {
    let dispute = state.disputes.find_mut(id).ok_or(LeverError::NotFound)?;
    if dispute.status != Status::New {
        return Err(LeverError::WrongStatus);
    }
    dispute.status = if won { Status::Won } else { Status::Lost };
    dispute.resolved_time = Some(state.now);
    Ok(())
}
