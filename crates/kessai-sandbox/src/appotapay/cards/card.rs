//! What is known of a card.

use serde_json::{Map, Value};

use super::codes;
use crate::appotapay::refusal::{self, Code, Refusal};
use crate::calendar::month_of;
use crate::card_number::{is_card_number, is_digits};
use crate::object::Object;

/// What is kept of a card: not its number, and not its security code.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Card {
    /// The first six digits and the last four.
    masked: String,
    month: String,
    year: String,
    pub(super) brand: Brand,
    pub(super) behaviour: Behaviour,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Brand {
    Visa,
    Mastercard,
    Jcb,
}

/// What the number decides.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Behaviour {
    Pays,
    /// Pays only after the customer has passed 3-D Secure.
    Challenges,
    /// Passes 3-D Secure without the customer.
    PassesAlone,
    /// Never passes 3-D Secure, and pays without.
    NeverPasses,
    Declines(Code),
    /// Pays, and nobody says so.
    PaysUnanswered,
    /// Pays, and cannot give back.
    KeepsMoney,
    /// Pays, and gives back a day later.
    GivesBackLate,
}

impl Card {
    /// The card that stands in the member `card` of a body.
    pub(super) fn read(card: &Map<String, Value>, now: i64) -> Result<Self, Refusal> {
        let text = |name: &str| card.get(name).and_then(Value::as_str).unwrap_or_default();
        let number = text("number");
        if !is_digits(number, 16..=16) {
            return Err(refusal::invalid("card.number", "it is 16 digits"));
        }
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b' ';
        if !text("holderName").bytes().all(is_name) {
            return Err(refusal::invalid("card.holderName", "it is letters, digits and blanks"));
        }
        let (month, year) = (text("expirationMonth"), text("expirationYear"));
        if !is_digits(month, 2..=2) || !("01"..="12").contains(&month) {
            return Err(refusal::invalid("card.expirationMonth", "it is 01 to 12"));
        }
        if !is_digits(year, 2..=2) {
            return Err(refusal::invalid("card.expirationYear", "it is two digits"));
        }
        if !is_digits(text("cvv"), 3..=4) {
            return Err(refusal::invalid("card.cvv", "it is three or four digits"));
        }
        if !is_card_number(number) {
            return Err(codes::NO_SUCH_CARD.into());
        }
        let card = Self {
            masked: format!("{}XXXXXX{}", &number[..6], &number[12..]),
            month: month.to_owned(),
            year: year.to_owned(),
            brand: Brand::of(number).ok_or(codes::WRONG_KIND)?,
            behaviour: super::behaviour(number),
        };
        if card.is_over(now) { Err(codes::EXPIRED.into()) } else { Ok(card) }
    }

    /// Whether its last month is over, in Greenwich.
    pub(super) fn is_over(&self, now: i64) -> bool {
        let number = |text: &str| text.parse::<i64>().unwrap_or_default();
        (2000 + number(&self.year), number(&self.month)) < month_of(now)
    }

    /// As answers show it; `country` is what they call the member that names it.
    pub(super) fn show(&self, country: &str) -> Object {
        Object::new()
            .put("number", &*self.masked)
            .put("expirationMonth", &*self.month)
            .put("expirationYear", &*self.year)
            .put("cardBrand", self.brand.word())
            .put("cardType", "CREDIT")
            .put(country, "VN")
    }
}

impl Brand {
    fn of(number: &str) -> Option<Self> {
        let begins = |digits: usize| number[..digits].parse::<u32>().unwrap_or_default();
        match (begins(1), begins(2), begins(4)) {
            (4, ..) => Some(Self::Visa),
            (_, 51..=55, _) | (.., 2221..=2720) => Some(Self::Mastercard),
            (.., 3528..=3589) => Some(Self::Jcb),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Visa => "VISA",
            Self::Mastercard => "MASTERCARD",
            Self::Jcb => "JCB",
        }
    }

    /// What the network says of a customer who has authenticated.
    pub(super) fn authenticated(self) -> &'static str {
        if self == Self::Mastercard { "02" } else { "05" }
    }

    /// What it says where that was not needed.
    pub(super) fn attempted(self) -> &'static str {
        if self == Self::Mastercard { "01" } else { "06" }
    }

    /// What it says of a customer who has failed.
    pub(super) fn failed(self) -> &'static str {
        if self == Self::Mastercard { "00" } else { "07" }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{DECLINED, PAYS};
    use super::*;

    fn read(number: &str, month: &str, year: &str, now: i64) -> Result<Card, Refusal> {
        let card = json!({
            "number": number, "holderName": "NGUYEN VAN A", "cvv": "123",
            "expirationMonth": month, "expirationYear": year,
        });
        Card::read(card.as_object().unwrap(), now)
    }

    #[test]
    fn a_card_is_good_to_the_end_of_its_month() {
        // 2027-01-01T00:00:00Z
        let end = 1_798_761_600_000;
        let card = read(PAYS, "12", "26", end - 1).unwrap();
        assert!(!card.is_over(end - 1) && card.is_over(end));
        assert!(read(PAYS, "12", "26", end).is_err());
    }

    #[test]
    fn only_the_ends_of_a_number_are_kept() {
        let card = read(DECLINED, "01", "99", 0).unwrap();
        assert_eq!(card.masked, "400000XXXXXX0002");
        assert_eq!(card.behaviour, Behaviour::Declines(codes::DECLINED));
        assert!(!format!("{card:?}").contains(DECLINED));
    }

    #[test]
    fn what_is_no_card_is_refused() {
        let good = |number: &str, month: &str, year: &str| read(number, month, year, 0).is_ok();
        assert!(good("5123456789012346", "12", "29") && good("3530111333300000", "12", "29"));
        assert!(!good("4111111111111112", "12", "29"), "the check digit");
        assert!(!good("9999999999999995", "12", "29"), "no network has it");
        assert!(!good("378282246310005", "12", "29"), "15 digits");
        assert!(!good(PAYS, "13", "29") && !good(PAYS, "1", "29") && !good(PAYS, "12", "2029"));
    }
}
