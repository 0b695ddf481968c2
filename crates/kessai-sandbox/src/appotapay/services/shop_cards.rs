//! Cards to sell on, and the products that decide what becomes of a purchase.
//!
//! They are the sandbox's own choice, and so are the prices: a product such as `AC50` costs its
//! thousands of VND a piece. [`card_chargings`](super::card_chargings) takes the cards as payment.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::payouts::{self, Fate, Payout, Standing};
use super::{Services, codes};
use crate::appotapay::refusal::{Refusal, invalid};
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::calendar::Interval;
use crate::document::Call;
use crate::lever::LeverError;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::Shelf;

/// Whether its cards are bought is not decided, code 35, until
/// [`settle_shop_cards`](crate::appotapay::Appotapay::settle_shop_cards).
pub const PENDING: &str = "AC35";
/// Cannot be bought: code 33, at once.
pub const FAILED: &str = "AC33";
/// Is bought, and the answer is the code 99, which does not tell: looking the purchase up does, and
/// has the cards.
pub const UNANSWERED: &str = "AC99";

/// What else there is, in thousands of VND.
const VALUES: [i64; 6] = [10, 20, 50, 100, 200, 500];

/// What was bought.
pub(super) struct Purchase {
    cards: Vec<Card>,
    value: i64,
    quantity: i64,
}

#[derive(Clone)]
struct Card {
    code: String,
    serial: String,
    expiry: i64,
}

fn book(services: &mut Services) -> &mut Shelf<Payout<Purchase>> {
    &mut services.shop_cards
}

pub(super) fn list_shop_card_products() -> Said {
    Standing::Done.head().into()
}

pub(super) fn buy_shop_cards(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let body = &call.body;
    let reference = body.text("partnerRefId").unwrap_or_default();
    let product = body.text("productCode").unwrap_or_default();
    let quantity = body.integer("quantity").unwrap_or_default();
    if body.text("type") != Some("normal") {
        return Err(invalid("type", "there is none such"));
    }
    if quantity < 1 {
        return Err(invalid("quantity", "it is less than 1"));
    }
    let value = value(product).ok_or_else(|| invalid("productCode", "there is none such"))?;
    payouts::check(state, book, reference, value * quantity)?;

    let fate = Fate::of(product, [PENDING, FAILED, UNANSWERED]);
    let bought = fate.standing() == Standing::Done;
    let cards = if bought { print(state, quantity) } else { Vec::new() };
    let purchase = Purchase { cards, value, quantity };
    Ok(payouts::pay(state, book, (reference, value * quantity, fate), purchase, show))
}

pub(super) fn get_shop_card_purchase(state: &State, call: &Call) -> Result<Said, Refusal> {
    let payout = state.services.shop_cards.find(call.path("partnerRefId"));
    Ok(show(payout.ok_or(codes::UNKNOWN)?).into())
}

fn show(payout: &Payout<Purchase>) -> Object {
    let Purchase { cards, value, .. } = &payout.of;
    let card = |card: &Card| {
        let expiry = time::day_first(card.expiry);
        Object::new()
            .put("code", &*card.code)
            .put("serial", &*card.serial)
            .put("vendor", "appota")
            .put("value", *value)
            .put("expiry", expiry.split(' ').next().unwrap_or_default())
    };
    let transaction = Object::new()
        .put("appotapayTransId", &*payout.transaction_id)
        .put("amount", payout.amount)
        .put("time", time::day_first(payout.time));
    let head = payout.standing.head();
    let head = match payout.standing {
        Standing::Done => head.array("cards", cards.iter().map(card)),
        Standing::Pending | Standing::Failed => head,
    };
    head.object("transaction", &transaction)
}

/// Lets a purchase that is not decided end.
pub(super) fn settle(state: &mut State, reference: &str, done: bool) -> Result<(), LeverError> {
    payouts::settle(state, book, reference, done)?;
    let quantity = state.services.shop_cards.find(reference).map_or(0, |own| own.of.quantity);
    let cards = if done { print(state, quantity) } else { Vec::new() };
    if let Some(payout) = state.services.shop_cards.find_mut(reference) {
        payout.of.cards = cards;
    }
    Ok(())
}

/// Makes so many cards, good for two years.
fn print(state: &mut State, quantity: i64) -> Vec<Card> {
    let expiry = Interval::Year.after(state.now, 2).unwrap_or(state.now);
    let card = |_| {
        let code = STANDARD.encode(state.ids.next(""));
        let number = state.next_number();
        let serial = format!("OTA{}", &number[number.len() - 9..]);
        Card { code, serial, expiry }
    };
    (0..quantity).map(card).collect()
}

/// What one card of a product is worth, in VND.
fn value(product: &str) -> Option<i64> {
    let thousands = product.strip_prefix("AC")?;
    let known = VALUES.iter().any(|value| value.to_string() == thousands);
    let known = known || [PENDING, FAILED, UNANSWERED].contains(&product);
    known.then(|| thousands.parse::<i64>().ok()).flatten().map(|thousands| thousands * 1000)
}

/// What a sold card with this serial number is worth, in VND.
pub(super) fn worth(services: &Services, serial: &str) -> Option<i64> {
    let mut sold = services.shop_cards.iter().filter(|own| own.standing == Standing::Done);
    let own = sold.find(|own| own.of.cards.iter().any(|card| card.serial == serial))?;
    Some(own.of.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_product_is_its_price_in_thousands() {
        assert_eq!(["AC50", "AC100", PENDING].map(value), [50_000, 100_000, 35_000].map(Some));
        assert_eq!(["AC", "AC1", "AC050", "50", "ac50"].map(value), [None; 5]);
    }
}
