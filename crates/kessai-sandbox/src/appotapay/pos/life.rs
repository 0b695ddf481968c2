//! What happens to payments at terminals.

use super::{Payment, Status};
use crate::appotapay::events;
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::lever::LeverError;
use crate::object::Object;

/// Lets the customer pay.
pub(super) fn pay(state: &mut State, reference: &str) -> Result<(), LeverError> {
    end(state, reference, Status::Success)
}

/// Lets the customer not pay.
pub(super) fn cancel(state: &mut State, reference: &str) -> Result<(), LeverError> {
    end(state, reference, Status::Error)
}

/// Lets the shop take a payment back that is not settled.
pub(super) fn void(state: &mut State, reference: &str) -> Result<(), LeverError> {
    end(state, reference, Status::Void)
}

fn end(state: &mut State, reference: &str, status: Status) -> Result<(), LeverError> {
    let now = state.now;
    let payment = state.terminals.payments.find_mut(reference).ok_or(LeverError::NotFound)?;
    let may = match status {
        Status::Void => payment.status == Status::Success && !payment.is_settled(now),
        _ => payment.status == Status::Pending,
    };
    if !may {
        return Err(LeverError::WrongStatus);
    }
    if status == Status::Success {
        payment.paid = Some(now);
    }
    payment.status = status;
    payment.updated = now;
    let data = told(payment, now);
    events::tell(state, "pos", events::SET_UP, &events::sealed_without_time(&data));
    Ok(())
}

/// What the callback at the end of a payment says.
fn told(payment: &Payment, now: i64) -> Object {
    let by_code = payment.method == "QR";
    let transaction = Object::new()
        .put("transaction_id", &*payment.transaction_id)
        .put("order_id", &*payment.order_id)
        .put("partner_ref_id", &*payment.reference)
        .put("order_info", &*payment.order_info);
    let transaction = payment
        .put_status(transaction)
        .put_some("bank_code", by_code.then_some("APPOTA"))
        .put_some("bank_type", by_code.then_some("EWALLET"));
    Object::new()
        .object("transaction", &transaction)
        .put("version", "1.0")
        .put("Time", time::local(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    fn terminal() -> State {
        let mut state = State::new(4, 10 * HOUR);
        state.terminals.payments.put(Payment {
            transaction_id: "1".into(),
            order_id: "2".into(),
            reference: "order-1".into(),
            order_info: String::new(),
            method: "POS".into(),
            amount: 12_000,
            status: Status::Pending,
            created: state.now,
            paid: None,
            updated: state.now,
        });
        state
    }

    #[test]
    fn a_payment_is_voided_before_the_day_ends_in_vietnam_and_not_after() {
        let mut state = terminal();
        assert_eq!(void(&mut state, "order-1"), Err(LeverError::WrongStatus));
        assert_eq!(pay(&mut state, "order-1"), Ok(()));
        assert_eq!(cancel(&mut state, "order-1"), Err(LeverError::WrongStatus));
        state.now = 17 * HOUR;
        assert_eq!(void(&mut state, "order-1"), Err(LeverError::WrongStatus));
        state.now = 17 * HOUR - 1;
        assert_eq!(void(&mut state, "order-1"), Ok(()));
        assert_eq!(state.events.len(), 2);
        assert_eq!(super::super::lines(&state)[0].totals.refunded, 12_000);
    }
}
