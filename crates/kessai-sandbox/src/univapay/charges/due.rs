//! What happens to charges when its time has come.

use super::{Charge, Status, life};
use crate::univapay::failure::Failure;
use crate::univapay::state::State;

/// Takes what was to be taken by now, or gives up what was to be paid by now: one charge, if there
/// is one.
pub(in crate::univapay) fn end_one_due(state: &mut State) -> bool {
    let now = state.now;
    let is_due = |charge: &&Charge| charge.due().is_some_and(|due| due <= now);
    let Some(charge) = state.charges.iter().find(is_due) else { return false };
    let (id, amount) = (charge.id.clone(), charge.authorized);
    if charge.status == Status::Authorized {
        life::take(state, &id, amount);
    } else {
        life::refuse(state, &id, Failure::Expired);
    }
    true
}

impl Charge {
    /// When something happens to it by itself.
    fn due(&self) -> Option<i64> {
        match self.status {
            Status::Authorized => self.capture_at,
            Status::Awaiting => self.deadline,
            _ => None,
        }
    }
}
