//! Order numbers, which charges and codes share.

use super::refusal::{self, Refusal};
use super::state::State;

/// Refuses a number that a charge or a code has and keeps.
pub(super) fn check_free(state: &State, order_no: &str) -> Result<(), Refusal> {
    let of_charge = |charge: &&super::charges::Charge| charge.order_no == order_no;
    let of_code = |code: &&super::codes::Code| code.order_no.as_deref() == Some(order_no);
    let taken = state.charges.iter().filter(of_charge).any(|charge| charge.status.keeps_order())
        || state.codes.iter().filter(of_code).any(|code| code.status.keeps_order());
    if taken { Err(refusal::ORDER_TAKEN.at("orderNo")) } else { Ok(()) }
}
