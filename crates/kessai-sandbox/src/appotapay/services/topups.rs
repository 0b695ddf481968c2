//! Credit for telephones, and the telephone numbers that decide what becomes of it.
//!
//! They are the sandbox's own choice, and so are the prices; AppotaPay publishes neither. Any other
//! telephone gets what is bought at once.

use super::payouts::{self, Fate, Payout, Standing};
use super::{Services, codes};
use crate::appotapay::refusal::{Refusal, invalid};
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::card_number::is_digits;
use crate::document::Call;
use crate::lever::LeverError;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::Shelf;

/// Its top-ups are not decided, code 35, until
/// [`settle_topup`](crate::appotapay::Appotapay::settle_topup).
pub const PENDING: &str = "0900000035";
/// Its top-ups fail: code 33, at once.
pub const FAILED: &str = "0900000033";
/// It gets what is bought, and the answer is the code 99, which does not tell.
pub const UNANSWERED: &str = "0900000099";

const TELCOS: [&str; 7] =
    ["viettel", "vinaphone", "mobifone", "vnmobile", "itel", "gtel", "beeline"];

/// What products are worth, in thousands of VND.
const VALUES: [i64; 8] = [10, 20, 30, 50, 100, 200, 300, 500];

/// The network whose packages of data every telephone number is offered.
const DATA: &str = "mobifone_data";

/// What was bought.
pub(super) struct Topup {
    phone_number: String,
    product_code: String,
    telco: String,
    service: String,
}

fn book(services: &mut Services) -> &mut Shelf<Payout<Topup>> {
    &mut services.topups
}

pub(super) fn get_topup_subscriber(_state: &State, call: &Call) -> Result<Said, Refusal> {
    check_number(call.path("phoneNumber"), "phoneNumber")?;
    Ok(Standing::Done.head().into())
}

pub(super) fn list_topup_products() -> Said {
    Standing::Done.head().into()
}

pub(super) fn list_topup_packages(_state: &State, call: &Call) -> Result<Said, Refusal> {
    check_number(call.path("phone_number"), "phone_number")?;
    let wanted = call.query.text("value");
    let packages = VALUES
        .iter()
        .filter(|value| wanted.is_none_or(|wanted| wanted == (*value * 1000).to_string()));
    let show = |value: &i64| {
        Object::new()
            .put("productCode", format!("{DATA}_{value}"))
            .put("amount", value * 1000)
            .put("type", "topup_data")
            .put("telco", DATA)
            .put("description", format!("Data for {value}000 VND"))
    };
    Ok(Standing::Done.head().array("data", packages.map(show)).into())
}

pub(super) fn create_topup(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let text = |name: &str| body.text(name).unwrap_or_default();
    let (reference, phone_number) = (text("partnerRefId"), text("phoneNumber"));
    check_number(phone_number, "phoneNumber")?;
    let product = product(text("productCode"));
    let (telco, amount) = product.ok_or_else(|| invalid("productCode", "there is none such"))?;
    if body.text("telco").is_some_and(|other| other != telco) {
        return Err(invalid("telco", "the product is of another network"));
    }
    payouts::check(state, book, reference, amount)?;

    let fate = Fate::of(phone_number, [PENDING, FAILED, UNANSWERED]);
    let topup = Topup {
        phone_number: phone_number.to_owned(),
        product_code: text("productCode").to_owned(),
        telco: telco.to_owned(),
        service: body.text("telcoServiceType").unwrap_or("prepaid").to_owned(),
    };
    Ok(payouts::pay(state, book, (reference, amount, fate), topup, |payout| {
        let Payout { transaction_id, amount, of, .. } = payout;
        let transaction = Object::new()
            .put("phoneNumber", &*of.phone_number)
            .put("amount", *amount)
            .put("productCode", &*of.product_code)
            .put("topupAmount", *amount)
            .put("appotapayTransId", &**transaction_id)
            .put("time", time::rfc3339(payout.time))
            .put("telco", &*of.telco)
            .put("telcoServiceType", &*of.service);
        payout.standing.head().object("transaction", &transaction)
    }))
}

pub(super) fn get_topup(state: &State, call: &Call) -> Result<Said, Refusal> {
    let payout = state.services.topups.find(call.path("partnerRefId"));
    let payout = payout.ok_or(codes::UNKNOWN)?;
    let transaction = Object::new()
        .put("amount", payout.amount)
        .put("topupAmount", payout.amount)
        .put("phoneNumber", &*payout.of.phone_number)
        .put("appotapayTransId", &*payout.transaction_id)
        .put("time", time::day_first(payout.time))
        .put("telco", &*payout.of.telco)
        .put("telcoServiceType", &*payout.of.service);
    Ok(payout.standing.head().object("transaction", &transaction).into())
}

/// Lets the network end a top-up that is not decided.
pub(super) fn settle(state: &mut State, reference: &str, done: bool) -> Result<(), LeverError> {
    payouts::settle(state, book, reference, done)
}

/// The network of a product such as `viettel_10` or `mobifone_data_20`, and what it costs.
fn product(code: &str) -> Option<(&str, i64)> {
    let (name, thousands) = code.rsplit_once('_')?;
    let telco = name.strip_suffix("_data").unwrap_or(name);
    let value = VALUES.iter().find(|value| value.to_string() == thousands)?;
    TELCOS.contains(&telco).then_some((telco, value * 1000))
}

/// A number as it is dialled in Vietnam: ten digits, the first of them 0.
fn check_number(number: &str, at: &str) -> Result<(), Refusal> {
    if number.starts_with('0') && is_digits(number, 10..=10) {
        Ok(())
    } else {
        Err(invalid(at, "this is no number of a mobile telephone"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_product_is_its_network_and_its_price() {
        assert_eq!(product("viettel_10"), Some(("viettel", 10_000)));
        assert_eq!(product("mobifone_data_20"), Some(("mobifone", 20_000)));
        for code in ["viettel", "viettel_11", "viettel_010", "other_10", "viettel_data_data_10"] {
            assert_eq!(product(code), None, "{code}");
        }
    }
}
