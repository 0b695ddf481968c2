//! Cards, and the numbers that decide how one behaves.
//!
//! ZAFA PAY publishes one test card, [`PAYS`]. The others are the sandbox's own choice, and numbers
//! that developers know from elsewhere. Any other number that can be one pays as well.

use serde_json::Value;

use super::decline::Decline;
use super::refusal::{self, Refusal};
use crate::calendar::month_of;
use crate::card_number::{is_card_number, is_digits};
use crate::document::Call;
use crate::object::Object;

/// Pays.
pub const PAYS: &str = "4242424242424242";
/// Is declined with `card_declined`.
pub const DECLINED: &str = "4000000000000002";
/// Is declined with `insufficient_funds`.
pub const NO_FUNDS: &str = "4000000000009995";
/// Is declined with `expired_card`, whatever its date. So is any card after its month.
pub const EXPIRED: &str = "4000000000000069";
/// Wants 3-D Secure when it is charged by a token; once it is saved it pays without.
pub const THREE_DS: &str = "4000000000003220";

/// What is kept of a card: not its number, and not its security code.
#[derive(Clone)]
pub(super) struct Card {
    bin: String,
    pub(super) last4: String,
    pub(super) brand: &'static str,
    pub(super) exp_month: i64,
    pub(super) exp_year: i64,
    pub(super) cardholder_name: Option<String>,
    behaviour: Behaviour,
}

/// What the bank says to a charge.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Behaviour {
    Pays,
    WantsThreeDs,
    Declines(Decline),
}

impl Card {
    /// The card of a request for a token.
    pub(super) fn read(call: &Call, now: i64) -> Result<Self, Refusal> {
        let Some(card) = call.body.object("card") else {
            return Err(refusal::invalid("card", "it is missing"));
        };
        let text = |name: &str| card.get(name).and_then(Value::as_str);
        let whole = |name: &str| card.get(name).and_then(Value::as_i64).unwrap_or_default();
        let number = text("number").filter(|number| is_card_number(number));
        let number =
            number.ok_or_else(|| refusal::invalid("card.number", "no card has this number"))?;
        if !text("cvc").is_some_and(|cvc| is_digits(cvc, 3..=4)) {
            return Err(refusal::invalid("card.cvc", "it is three or four digits"));
        }
        let (exp_year, exp_month) = (whole("exp_year"), whole("exp_month"));
        if !(1000..=9999).contains(&exp_year) {
            return Err(refusal::invalid("card.exp_year", "it is four digits"));
        }
        if (exp_year, exp_month) < month_of(now) {
            return Err(refusal::invalid("card.exp_year", "it is in the past"));
        }
        let cardholder_name = text("cardholder_name").map(str::to_owned);
        Ok(Self::new(number, exp_month, exp_year, cardholder_name))
    }

    /// What a customer types into a hosted checkout.
    pub(super) fn at_checkout() -> Self {
        Self::new(PAYS, 12, 2099, None)
    }

    fn new(number: &str, exp_month: i64, exp_year: i64, cardholder_name: Option<String>) -> Self {
        let behaviour = match number {
            DECLINED => Behaviour::Declines(Decline::CardDeclined),
            NO_FUNDS => Behaviour::Declines(Decline::InsufficientFunds),
            EXPIRED => Behaviour::Declines(Decline::ExpiredCard),
            THREE_DS => Behaviour::WantsThreeDs,
            _ => Behaviour::Pays,
        };
        Self {
            bin: number[..6].to_owned(),
            last4: number[number.len() - 4..].to_owned(),
            brand: brand(number),
            exp_month,
            exp_year,
            cardholder_name,
            behaviour,
        }
    }

    pub(super) fn behaviour(&self, now: i64) -> Behaviour {
        if (self.exp_year, self.exp_month) < month_of(now) {
            Behaviour::Declines(Decline::ExpiredCard)
        } else {
            self.behaviour
        }
    }

    /// As a token shows it.
    pub(super) fn of_token(&self) -> Object {
        Object::new()
            .put("bin", &*self.bin)
            .put("last4", &*self.last4)
            .put("brand", self.brand)
            .put("exp_month", self.exp_month)
            .put("exp_year", self.exp_year)
    }

    /// As a saved card shows it.
    pub(super) fn of_payment_method(&self) -> Object {
        Object::new()
            .put("brand", self.brand)
            .put("last4", &*self.last4)
            .put("exp_month", self.exp_month)
            .put("exp_year", self.exp_year)
    }
}

fn brand(number: &str) -> &'static str {
    let begins = |digits: usize| number[..digits].parse::<u32>().unwrap_or_default();
    match (begins(1), begins(2), begins(4)) {
        (4, ..) => "visa",
        (_, 51..=55, _) | (.., 2221..=2720) => "mastercard",
        (_, 34 | 37, _) => "amex",
        (_, 35, _) => "jcb",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_number_can_be_a_card_number() {
        for number in [PAYS, DECLINED, NO_FUNDS, EXPIRED, THREE_DS, "378282246310005"] {
            assert!(is_card_number(number), "{number}");
        }
        for number in
            ["", "4242", "4242424242424241", "4242 4242 4242 4242", "４２４２４２４２４２４２４"]
        {
            assert!(!is_card_number(number), "{number}");
        }
    }

    #[test]
    fn the_brand_is_in_the_number() {
        let numbers =
            ["4242424242424242", "5555555555554444", "2223003122003222", "378282246310005"];
        assert_eq!(numbers.map(brand), ["visa", "mastercard", "mastercard", "amex"]);
        assert_eq!(["3530111333300000", "9999999999999995"].map(brand), ["jcb", "unknown"]);
    }

    #[test]
    fn a_card_is_good_to_the_end_of_its_month() {
        let card = Card::new(PAYS, 12, 1970, None);
        let end = 365 * 24 * 60 * 60 * 1000;
        assert_eq!(card.behaviour(end - 1), Behaviour::Pays);
        assert_eq!(card.behaviour(end), Behaviour::Declines(Decline::ExpiredCard));
    }
}
