//! Working out payments without a subscription.

use super::terms::{Terms, date};
use crate::document::Call;
use crate::object::Object;
use crate::univapay::money;
use crate::univapay::refusal::Refusal;
use crate::univapay::said::Said;
use crate::univapay::state::State;

/// How many payments of a subscription without an end are told.
const ENDLESS: i64 = 12;

pub(in crate::univapay) fn simulate(state: &State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let terms = Terms::read(body, state.now)?;
    let currency = money::currency(body)?;
    let settings = body.object("schedule_settings");
    let zone = settings.and_then(|settings| settings.get("zone_id")?.as_str());
    let zone = zone.unwrap_or("Asia/Tokyo");
    let count = terms.cycles().unwrap_or(ENDLESS);
    let payments = (0..count).map_while(|number| terms.payment(number)).map(|due| {
        Object::new()
            .put("due_date", date(due.day))
            .put("zone_id", zone)
            .put("amount", due.amount)
            .put("currency", &*currency)
            .put("is_paid", false)
            .put("is_last_payment", due.is_last)
    });
    Ok(Said::array(payments))
}
