//! Credit cards whose numbers the merchant sees, and the numbers that decide how one behaves.
//!
//! AppotaPay publishes [`PAYS`] and the numbers for 3-D Secure. The others are the sandbox's own
//! choice, and numbers that developers know from elsewhere. Any other number that a Visa,
//! Mastercard or JCB can have pays, and takes no part in 3-D Secure.

mod capture;
mod card;
mod charge;
mod charges;
mod codes;
mod enrollments;
mod levers;
mod refunds;
mod reversals;
mod tokens;

use card::Behaviour;
use charges::Charge;
use enrollments::Enrollment;
use refunds::Refund;
use reversals::Reversal;
use tokens::Token;

use super::refusal::{self, Refusal};
use super::rules::{Row, Rule};
use super::state::State;
use crate::document::{Call, Members};
use crate::ledger::{Line, Totals};
use crate::shelf::{Shelf, Thing};

use Rule::{Act, Look, Tell};

/// Pays, and takes no part in 3-D Secure.
pub const PAYS: &str = "5123456789012346";
/// The customer [has to pass](super::Appotapay::finish_three_ds) 3-D Secure, and may not be charged
/// before.
pub const CHALLENGE: [&str; 2] = ["4000000000001091", "5200000000002151"];
/// Pass 3-D Secure when they are checked for it, without the customer; they pay without as well.
pub const FRICTIONLESS: [&str; 2] = ["4000000000001000", "5200000000001005"];
/// Take part in 3-D Secure and never pass it; they pay without.
pub const ONLY_WITHOUT_THREE_DS: [&str; 4] =
    ["4000000000000010", "5200000000000015", "4000000000001075", "5200000000001070"];
/// Is declined by its bank (82).
pub const DECLINED: &str = "4000000000000002";
/// Has not enough money (64).
pub const NO_FUNDS: &str = "4000000000009995";
/// Has expired (63), whatever its date. So has any card after its month.
pub const EXPIRED: &str = "4000000000000069";
/// Has another security code (70).
pub const WRONG_CVV: &str = "4000000000000127";
/// Is stolen (65).
pub const STOLEN: &str = "4000000000009979";
/// Pays, and the answer is an HTTP status 500: only looking for the reference tells.
pub const PAYS_UNANSWERED: &str = "4000000000000119";
/// Pays; reversals and refunds fail (113, 25), in an answer of HTTP status 200.
pub const KEEPS_MONEY: &str = "4000000000005126";
/// Pays; refunds are `pending` and succeed after 24 hours.
pub const GIVES_BACK_LATE: &str = "4000000000007726";

pub(super) const RULES: &[Row] = &[
    ("create_card_token", Act(tokens::create_card_token)),
    ("delete_card_token", Act(tokens::delete_card_token)),
    ("create_card_enrollment", Act(enrollments::create_card_enrollment)),
    ("validate_card_enrollment", Look(enrollments::validate_card_enrollment)),
    ("create_card_charge", Act(charge::create_card_charge)),
    ("capture_card_charge", Act(capture::capture_card_charge)),
    ("get_card_charge", Look(charges::get_card_charge)),
    ("create_card_reversal", Act(reversals::create_card_reversal)),
    ("get_card_reversal", Look(reversals::get_card_reversal)),
    ("create_card_refund", Act(refunds::create_card_refund)),
    ("get_card_refund", Look(refunds::get_card_refund)),
    ("list_card_error_codes", Tell(codes::list_card_error_codes)),
];

/// What the sandbox does not do.
#[cfg(test)]
pub(super) const MISSING: &[&str] = &[];

/// How long money is held, and how long a hold can be let go.
const HOLD_MS: i64 = 7 * DAY_MS;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What is remembered.
#[derive(Default)]
pub(super) struct Cards {
    tokens: Shelf<Token>,
    enrollments: Shelf<Enrollment>,
    charges: Shelf<Charge>,
    reversals: Shelf<Reversal>,
    refunds: Shelf<Refund>,
}

/// Lets everything happen that is due by now.
pub(super) fn catch_up(state: &mut State) {
    let now = state.now;
    state.cards.charges.iter_mut().for_each(|charge| charge.let_go_if_due(now));
    state.cards.refunds.iter_mut().for_each(|refund| refund.settle_if_due(now));
}

/// Where the money is.
pub(super) fn lines(state: &State) -> Vec<Line> {
    let line = |charge: &Charge| Line {
        charge: charge.id.clone(),
        reference: charge.reference.clone(),
        currency: VND.to_owned(),
        status: charge.status.word().to_owned(),
        totals: Totals::new(
            charge.authorized,
            charge.captured,
            refunds::given_back(state, &charge.id),
        ),
    };
    state.cards.charges.iter().map(line).collect()
}

const VND: &str = "VND";

/// Refuses other currencies than the one that there is.
fn check_currency(body: &Members) -> Result<(), Refusal> {
    match body.text("currency") {
        Some(VND) => Ok(()),
        _ => Err(refusal::invalid("currency", "it is VND")),
    }
}

/// The amount and whether it may be paid.
fn read_amount(body: &Members) -> Result<i64, Refusal> {
    let amount = body.integer("amount").unwrap_or_default();
    match amount {
        ..1000 => Err(codes::TOO_SMALL.into()),
        1000..=500_000_000 => Ok(amount),
        _ => Err(codes::TOO_LARGE.into()),
    }
}

/// What a path names by AppotaPay's id, or by the merchant's reference if the query says so.
fn find<'a, T: Thing>(
    shelf: &'a Shelf<T>,
    call: &Call,
    place: &str,
    reference: impl Fn(&T) -> &str,
) -> Option<&'a T> {
    let wanted = call.path(place);
    match call.query.text("referenceType") {
        Some("MERCHANT_REFERENCE_ID") => {
            shelf.iter().rev().find(|thing| reference(thing) == wanted)
        }
        _ => shelf.find(wanted),
    }
}

fn behaviour(number: &str) -> Behaviour {
    match number {
        _ if CHALLENGE.contains(&number) => Behaviour::Challenges,
        _ if FRICTIONLESS.contains(&number) => Behaviour::PassesAlone,
        _ if ONLY_WITHOUT_THREE_DS.contains(&number) => Behaviour::NeverPasses,
        DECLINED => Behaviour::Declines(codes::DECLINED),
        NO_FUNDS => Behaviour::Declines(codes::NO_FUNDS),
        EXPIRED => Behaviour::Declines(codes::EXPIRED),
        WRONG_CVV => Behaviour::Declines(codes::WRONG_CVV),
        STOLEN => Behaviour::Declines(codes::STOLEN),
        PAYS_UNANSWERED => Behaviour::PaysUnanswered,
        KEEPS_MONEY => Behaviour::KeepsMoney,
        GIVES_BACK_LATE => Behaviour::GivesBackLate,
        _ => Behaviour::Pays,
    }
}
