//! Prepaid cards that customers pay with, and the serial numbers that decide what becomes of one.
//!
//! They are the sandbox's own choice; AppotaPay publishes none. A card that was
//! [bought here](super::shop_cards) is worth what it was bought for, any other [`AMOUNT`]. Each
//! pays once. The code of a card, which is encrypted, is not looked at.

use super::Services;
use crate::appotapay::auth::PARTNER_CODE;
use crate::appotapay::refusal::{Code, Refusal, absent, code, invalid};
use crate::appotapay::state::State;
use crate::appotapay::time;
use crate::document::Call;
use crate::ledger::{Line, Totals};
use crate::lever::LeverError;
use crate::object::Object;
use crate::said::Said;
use crate::shelf::Thing;

/// What a card is worth, in VND.
pub const AMOUNT: i64 = 50_000;
/// Is not activated: code `33`.
pub const NOT_ACTIVATED: &str = "OTA000000033";
/// Is not known: code `37`.
pub const UNKNOWN: &str = "OTA000000037";
/// Is expired: code `38`.
pub const EXPIRED: &str = "OTA000000038";
/// Was used before: code `39`.
pub const USED: &str = "OTA000000039";
/// Is not decided, code `99`, until
/// [`settle_card_charging`](crate::appotapay::Appotapay::settle_card_charging).
pub const PENDING: &str = "OTA000000099";

const WRONG_PARTNER: Code = code(11, "The partner is not known.");
const REPEATED: Code = code(17, "The transaction has been there before.");
const NOT_FOUND: Code = absent(18, "There is no such transaction.");

/// After so many submissions a card is locked.
const TRIES: usize = 5;

/// A card that was submitted.
pub(super) struct CardCharging {
    transaction_id: String,
    serial: String,
    outcome: Outcome,
    amount: i64,
    time: i64,
}

impl Thing for CardCharging {
    fn id(&self) -> &str {
        &self.transaction_id
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Outcome {
    Taken,
    NotActivated,
    Locked,
    Unknown,
    Expired,
    Used,
    Pending,
}

impl Outcome {
    fn of(services: &Services, serial: &str) -> Self {
        let earlier = || services.card_chargings.iter().filter(|own| own.serial == serial);
        match serial {
            _ if earlier().count() >= TRIES => Self::Locked,
            _ if earlier().any(|own| own.outcome.may_pay()) => Self::Used,
            NOT_ACTIVATED => Self::NotActivated,
            UNKNOWN => Self::Unknown,
            EXPIRED => Self::Expired,
            USED => Self::Used,
            PENDING => Self::Pending,
            _ => Self::Taken,
        }
    }

    fn may_pay(self) -> bool {
        matches!(self, Self::Taken | Self::Pending)
    }

    fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Taken => ("00", "The card is taken."),
            Self::NotActivated => ("33", "The card is not activated."),
            Self::Locked => ("35", "The card is locked."),
            Self::Unknown => ("37", "There is no such card."),
            Self::Expired => ("38", "The card has expired."),
            Self::Used => ("39", "The card was used before."),
            Self::Pending => ("99", "It is being processed."),
        }
    }
}

pub(super) fn create_card_charging(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let text = |name: &str| call.body.text(name).unwrap_or_default();
    if text("partner_code") != PARTNER_CODE {
        return Err(WRONG_PARTNER.into());
    }
    if text("vendor") != "appota" {
        return Err(invalid("vendor", "there is none such"));
    }
    let (transaction_id, serial) = (text("transaction_id"), text("serial"));
    if state.services.card_chargings.find(transaction_id).is_some() {
        return Err(REPEATED.into());
    }
    let charging = CardCharging {
        transaction_id: transaction_id.to_owned(),
        serial: serial.to_owned(),
        outcome: Outcome::of(&state.services, serial),
        amount: super::shop_cards::worth(&state.services, serial).unwrap_or(AMOUNT),
        time: state.now,
    };
    let said = show(&charging);
    state.services.card_chargings.put(charging);
    Ok(said)
}

pub(super) fn check_card_charging(state: &State, call: &Call) -> Result<Said, Refusal> {
    let text = |name: &str| call.query.text(name).unwrap_or_default();
    if text("partner_code") != PARTNER_CODE {
        return Err(WRONG_PARTNER.into());
    }
    let charging = state.services.card_chargings.find(text("transaction_id"));
    Ok(show(charging.ok_or(NOT_FOUND)?))
}

/// What a card has paid is told only where it has.
fn show(charging: &CardCharging) -> Said {
    let named = Object::new()
        .put("serial", &*charging.serial)
        .put("transaction_id", &*charging.transaction_id);
    let data = match charging.outcome {
        Outcome::Taken => Object::new()
            .put("amount", charging.amount)
            .put("serial", &*charging.serial)
            .put("transaction_id", &*charging.transaction_id)
            .put("time", clock_first(charging.time)),
        Outcome::Pending => named,
        _ => Object::new(),
    };
    let (error_code, message) = charging.outcome.told();
    let head = Object::new().put("error_code", error_code).put("message", message);
    head.object("data", &data).into()
}

/// A time as `HH:mm:ss dd/MM/yyyy GMT+7`.
fn clock_first(ms: i64) -> String {
    let text = time::day_first(ms).replace('-', "/");
    let (date, clock) = text.split_once(' ').unwrap_or_default();
    format!("{clock} {date} GMT+7")
}

/// Lets it be decided whether a card that is pending pays; if not, it was used before.
pub(super) fn settle(
    state: &mut State,
    transaction_id: &str,
    taken: bool,
) -> Result<(), LeverError> {
    let charging = state.services.card_chargings.find_mut(transaction_id);
    let charging = charging.ok_or(LeverError::NotFound)?;
    if charging.outcome != Outcome::Pending {
        return Err(LeverError::WrongStatus);
    }
    charging.outcome = if taken { Outcome::Taken } else { Outcome::Used };
    Ok(())
}

/// The money of all cards that have paid, or may yet.
pub(super) fn lines(services: &Services) -> impl Iterator<Item = Line> {
    let paying = services.card_chargings.iter().filter(|own| own.outcome.may_pay());
    paying.map(|charging| {
        let taken = if charging.outcome == Outcome::Taken { charging.amount } else { 0 };
        Line {
            charge: charging.transaction_id.clone(),
            reference: charging.transaction_id.clone(),
            currency: "VND".to_owned(),
            status: charging.outcome.told().0.to_owned(),
            totals: Totals::new(taken, taken, 0),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{Locked, Taken, Used};

    #[test]
    fn the_time_of_a_card_begins_with_the_hour() {
        assert_eq!(clock_first(0), "07:00:00 01/01/1970 GMT+7");
    }

    #[test]
    fn a_card_pays_once_and_is_locked_after_five_submissions() {
        let mut services = Services::default();
        let outcomes = (0..7).map(|index| {
            let outcome = Outcome::of(&services, "OTA123456789");
            services.card_chargings.put(CardCharging {
                transaction_id: format!("order-{index}"),
                serial: "OTA123456789".to_owned(),
                outcome,
                amount: AMOUNT,
                time: 0,
            });
            outcome
        });
        assert_eq!(outcomes.collect::<Vec<_>>(), [Taken, Used, Used, Used, Used, Locked, Locked]);
    }
}
