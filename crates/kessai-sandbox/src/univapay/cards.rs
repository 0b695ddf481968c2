//! Cards, and the numbers that decide how one behaves.
//!
//! All but [`PAYS`] and [`THREE_DS`] are test cards of UnivaPay; those two are the sandbox's own
//! choice. Any other number that can be one pays as well, and what ends in 1111 is declined.
//!
//! So is an Apple Pay token that ends in 1111. Every other stands for a card with the number
//! [`PAYS`] that expires in 2099.

use serde_json::{Map, Value};

use super::failure::Failure;
use super::means::{is_refused, phone, text};
use super::refusal::{Refusal, invalid};
use crate::calendar::month_of;
use crate::card_number::{is_card_number, is_digits};
use crate::mac::hmac_hex;
use crate::object::Object;

/// Pays, and can be refunded and canceled.
pub const PAYS: &str = "5555555555554444";
/// Is declined.
pub const DECLINED: &str = "4111111111111111";
/// Pays, and every refund of it fails.
pub const NO_REFUNDS: &str = "4242424242424242";
/// Pays, and every cancel of it fails.
pub const NO_CANCELS: &str = "4012888888881881";
/// Wants 3-D Secure for a charge, unless the charge skips it.
pub const THREE_DS: &str = "4000000000003220";

/// Where the customer lives, as a card has it.
const BILLING: &[&str] = &["line1", "line2", "state", "city", "country", "zip"];

/// What is kept of a card: not its number, and not its security code.
#[derive(Clone)]
pub(super) struct Card {
    /// Tells whether two cards have the same number.
    pub(super) print: String,
    bin: String,
    pub(super) last_four: String,
    pub(super) brand: &'static str,
    pub(super) exp_month: i64,
    pub(super) exp_year: i64,
    pub(super) cardholder: Option<String>,
    billing: Map<String, Value>,
    pub(super) behaviour: Behaviour,
}

/// What is special about a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Behaviour {
    Pays,
    Declined,
    RefundsFail,
    CancelsFail,
    WantsThreeDs,
}

impl Card {
    /// The card of a request for a token.
    pub(super) fn read(data: &Map<String, Value>, now: i64) -> Result<Self, Refusal> {
        let number = text(data, "card_number")?;
        let number = number.ok_or_else(|| invalid("card_number", "REQUIRED_VALUE"))?;
        let mut card = Self::of(number)?;
        for name in ["exp_month", "exp_year"] {
            if data.get(name).is_none() {
                return Err(invalid(name, "REQUIRED_VALUE"));
            }
        }
        card.change(data, now)?;
        Ok(card)
    }

    /// The card that an Apple Pay token stands for.
    pub(super) fn of_apple_pay(data: &Map<String, Value>) -> Result<Self, Refusal> {
        let token = text(data, "applepay_token")?;
        let token = token.ok_or_else(|| invalid("applepay_token", "REQUIRED_VALUE"))?;
        let mut card = Self { exp_month: 12, exp_year: 2099, ..Self::of(PAYS)? };
        if is_refused(token) {
            card.behaviour = Behaviour::Declined;
        }
        card.take_holder(data)?;
        Ok(card)
    }

    /// A card with this number, and nothing else yet.
    fn of(number: &str) -> Result<Self, Refusal> {
        if !is_card_number(number) {
            return Err(invalid("card_number", "INVALID_CARD_NUMBER"));
        }
        Ok(Self {
            print: hmac_hex(b"card", &[number.as_bytes()]),
            bin: number[..6].to_owned(),
            last_four: number[number.len() - 4..].to_owned(),
            brand: brand(number),
            exp_month: 0,
            exp_year: 0,
            cardholder: None,
            billing: Map::new(),
            behaviour: behaviour(number),
        })
    }

    /// The card with what is named changed.
    pub(super) fn changed(mut self, data: &Map<String, Value>, now: i64) -> Result<Self, Refusal> {
        if let Some(number) = text(data, "card_number")? {
            let Self { exp_month, exp_year, cardholder, billing, .. } = self;
            self = Self { exp_month, exp_year, cardholder, billing, ..Self::of(number)? };
        }
        self.change(data, now)?;
        Ok(self)
    }

    /// Changes what is named, but for the number.
    fn change(&mut self, data: &Map<String, Value>, now: i64) -> Result<(), Refusal> {
        if text(data, "cvv")?.is_some_and(|cvv| !is_digits(cvv, 3..=4)) {
            return Err(invalid("cvv", "INVALID_CVV"));
        }
        let month = whole(data, "exp_month")?.unwrap_or(self.exp_month);
        let year = whole(data, "exp_year")?.unwrap_or(self.exp_year);
        let year = if year < 100 { year + 2000 } else { year };
        if !(1..=12).contains(&month) {
            return Err(invalid("exp_month", "INVALID_CARD_EXPIRATION"));
        }
        if year > 9999 || (year, month) < month_of(now) {
            return Err(invalid("exp_year", "INVALID_CARD_EXPIRATION"));
        }
        (self.exp_month, self.exp_year) = (month, year);
        self.take_holder(data)
    }

    /// Takes over who holds the card and where they live, as far as it is named.
    fn take_holder(&mut self, data: &Map<String, Value>) -> Result<(), Refusal> {
        let cardholder = text(data, "cardholder")?.map(str::to_owned);
        for name in BILLING {
            if let Some(value) = text(data, name)? {
                self.billing.insert((*name).to_owned(), value.into());
            }
        }
        if let Some(phone) = phone(data)? {
            self.billing.insert("phone_number".to_owned(), phone);
        }
        self.cardholder = cardholder.or(self.cardholder.take());
        Ok(())
    }

    /// The month in which it expires, such as `2027-09`.
    pub(super) fn expires(&self) -> String {
        format!("{:04}-{:02}", self.exp_year, self.exp_month)
    }

    /// The number by which the customer can be called.
    pub(super) fn phone(&self) -> Option<&str> {
        self.billing.get("phone_number")?.get("local_number")?.as_str()
    }

    /// Why the bank does not agree to a charge, if it does not.
    pub(super) fn failure(&self, now: i64) -> Option<Failure> {
        if (self.exp_year, self.exp_month) < month_of(now) {
            Some(Failure::CardExpired)
        } else {
            (self.behaviour == Behaviour::Declined).then_some(Failure::CardRejected)
        }
    }

    /// The `data` of a token.
    pub(super) fn show(&self) -> Object {
        let card = Object::new()
            .put_some("cardholder", self.cardholder.as_deref())
            .put("exp_month", self.exp_month)
            .put("exp_year", self.exp_year)
            .put("card_bin", &*self.bin)
            .put("last_four", &*self.last_four)
            .put("brand", self.brand)
            .put("card_type", "credit")
            .put("country", "JP");
        let data = Object::new().object("card", &card);
        if self.billing.is_empty() { data } else { data.put("billing", self.billing.clone()) }
    }
}

/// A number, or the digits of one: new tokens have texts, and changes have numbers.
fn whole(data: &Map<String, Value>, name: &str) -> Result<Option<i64>, Refusal> {
    let value = match data.get(name) {
        None => return Ok(None),
        Some(Value::String(text)) if is_digits(text, 1..=4) => text.parse().ok(),
        Some(value) => value.as_i64(),
    };
    let value = value.filter(|value| *value >= 0);
    value.map(Some).ok_or_else(|| invalid(name, "INVALID_FORMAT"))
}

fn behaviour(number: &str) -> Behaviour {
    match number {
        NO_REFUNDS => Behaviour::RefundsFail,
        NO_CANCELS => Behaviour::CancelsFail,
        THREE_DS => Behaviour::WantsThreeDs,
        _ if number.ends_with("1111") => Behaviour::Declined,
        _ => Behaviour::Pays,
    }
}

fn brand(number: &str) -> &'static str {
    let begins = |digits: usize| number[..digits].parse::<u32>().unwrap_or_default();
    match (begins(1), begins(2), begins(4)) {
        (4, ..) => "visa",
        (_, 51..=55, _) | (.., 2221..=2720) => "mastercard",
        (_, 34 | 37, _) => "american_express",
        (_, 35, _) => "jcb",
        (_, 36 | 38, _) => "diners_club",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_number_can_be_a_card_number() {
        for number in [PAYS, DECLINED, NO_REFUNDS, NO_CANCELS, THREE_DS] {
            assert!(is_card_number(number), "{number}");
        }
    }
}
