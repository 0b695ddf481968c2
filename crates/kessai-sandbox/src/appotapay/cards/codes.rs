//! The codes of credit cards: all that AppotaPay lists, and those that the sandbox uses.

use crate::appotapay::refusal::{self, Code};
use crate::appotapay::state::State;
use crate::object::Object;
use crate::said::Said;

/// Every code, and what it means in the sandbox's words.
const ALL: &[(u16, &str)] = &[
    (0, "Success."),
    (1, "A parameter is wrong."),
    (2, "The signature is wrong."),
    (3, "The partner is not known."),
    (4, "There is a transaction of this reference already."),
    (5, "The customer has cancelled."),
    (6, "There is a request of this reference already."),
    (7, "The provider could not create the transaction."),
    (9, "The transaction has failed."),
    (10, "Everything is refunded already."),
    (11, "The transaction cannot be refunded."),
    (12, "The refund is more than what is left."),
    (13, "Cards from this country are not accepted."),
    (14, "There is no such transaction."),
    (15, "The payment has expired."),
    (16, "The card is banned."),
    (17, "The IP address is refused."),
    (18, "Too many cards from this IP address within 15 minutes."),
    (19, "Too many cards from this IP address within 30 minutes."),
    (20, "Too many cards from this IP address within 24 hours."),
    (21, "The limit of a day for cards of this kind is reached."),
    (22, "The amount is too large for cards of this kind."),
    (23, "The IP address is not from the country of the card."),
    (25, "The refund has failed."),
    (35, "The transaction is pending."),
    (40, "The token cannot be created."),
    (41, "The token is not good."),
    (42, "The token could not be deleted."),
    (43, "There is no such token."),
    (44, "The transaction has failed because of its token."),
    (45, "The refund is too small."),
    (46, "The refund is too large."),
    (60, "The provider declines the card."),
    (61, "No card has this number."),
    (62, "Cards of this kind are not accepted."),
    (63, "The card has expired."),
    (64, "There is not enough money behind the card."),
    (65, "The card is reported stolen or lost."),
    (66, "The bank of the card cannot be reached."),
    (67, "The card is inactive, or not for payments at a distance."),
    (68, "The provider or the bank could not process the payment."),
    (69, "The credit limit is reached."),
    (70, "The security code is wrong."),
    (71, "The account behind the card is frozen."),
    (72, "The payment is refused."),
    (73, "The gateway has failed; try again."),
    (74, "Debited too often or too much without a PIN."),
    (75, "The provider refuses."),
    (76, "The provider has failed."),
    (77, "The amount is wrong."),
    (78, "Refunds in part are not possible."),
    (79, "The provider cannot refund."),
    (80, "The card is inactive or may not do this."),
    (81, "The provider does not answer in time."),
    (82, "The bank of the card declines."),
    (83, "The time for refunds is over."),
    (84, "There is a token of this reference already."),
    (85, "The token has expired."),
    (86, "The token belongs to another merchant."),
    (87, "The bank suspects fraud."),
    (88, "The provider suspects fraud."),
    (89, "The authentication is wrong, or not allowed."),
    (90, "The customer has not passed 3-D Secure."),
    (91, "3-D Secure has failed; begin anew."),
    (92, "The token has been used."),
    (93, "The authentication has been used."),
    (94, "There is no such authentication."),
    (95, "The merchant's account at the bank is not known."),
    (96, "The amount is too small."),
    (97, "The amount is too large."),
    (98, "The request is wrong."),
    (99, "That has been done already."),
    (100, "There is a check of this reference already."),
    (101, "The card's network has failed."),
    (102, "The card has to be checked for 3-D Secure first."),
    (103, "The customer has to authenticate first."),
    (104, "The paying IP address is not set up."),
    (105, "The partner's account is inactive."),
    (106, "The channel is inactive."),
    (107, "The channel is wrong."),
    (108, "No way to pay is set up."),
    (109, "The token is deleted already."),
    (110, "The amount is more than what the customer authenticated."),
    (111, "There is no such refund."),
    (112, "There is no such reversal."),
    (113, "The reversal has failed."),
    (114, "The time for reversals is over."),
    (115, "The authorization is reversed already."),
    (116, "The transaction cannot be reversed."),
    (117, "The authorization cannot be captured any more."),
    (118, "The amount is more than what is authorized."),
    (119, "There is no such sub-account."),
    (401, "The token is missing, wrong or too old."),
    (500, "The system has failed."),
];

pub(super) const REFERENCE_USED: Code = listed(4);
pub(super) const REQUEST_USED: Code = listed(6);
pub(super) const NOTHING_LEFT: Code = listed(10);
pub(super) const NOT_REFUNDABLE: Code = listed(11);
pub(super) const REFUND_TOO_LARGE: Code = listed(12);
pub(super) const NO_CHARGE: Code = listed(14).absent();
pub(super) const REFUND_FAILED: Code = listed(25);
pub(super) const WRONG_TOKEN: Code = listed(41);
pub(super) const NO_TOKEN: Code = listed(43).absent();
pub(super) const NO_SUCH_CARD: Code = listed(61);
pub(super) const WRONG_KIND: Code = listed(62);
pub(super) const EXPIRED: Code = listed(63);
pub(super) const NO_FUNDS: Code = listed(64);
pub(super) const STOLEN: Code = listed(65);
pub(super) const WRONG_CVV: Code = listed(70);
pub(super) const DECLINED: Code = listed(82);
pub(super) const TOO_LATE_TO_REFUND: Code = listed(83);
pub(super) const TOKEN_REFERENCE_USED: Code = listed(84);
pub(super) const THREE_DS_FAILED: Code = listed(90);
pub(super) const TOKEN_USED: Code = listed(92);
pub(super) const AUTHENTICATION_USED: Code = listed(93);
pub(super) const NO_AUTHENTICATION: Code = listed(94);
pub(super) const TOO_SMALL: Code = listed(96);
pub(super) const TOO_LARGE: Code = listed(97);
pub(super) const ENROLLMENT_REFERENCE_USED: Code = listed(100);
pub(super) const NOT_ENROLLED: Code = listed(102);
pub(super) const NOT_AUTHENTICATED: Code = listed(103);
pub(super) const TOKEN_DELETED: Code = listed(109);
pub(super) const ABOVE_AUTHENTICATED: Code = listed(110);
pub(super) const NO_REFUND: Code = listed(111).absent();
pub(super) const NO_REVERSAL: Code = listed(112).absent();
pub(super) const REVERSAL_FAILED: Code = listed(113);
pub(super) const TOO_LATE_TO_REVERSE: Code = listed(114);
pub(super) const REVERSED: Code = listed(115);
pub(super) const NOT_REVERSIBLE: Code = listed(116);
pub(super) const NOT_CAPTURABLE: Code = listed(117);
pub(super) const CAPTURE_TOO_LARGE: Code = listed(118);
pub(super) const NO_ANSWER: Code = refusal::failed(500, message(500));

/// A code of the list.
const fn listed(number: u16) -> Code {
    refusal::code(number, message(number))
}

const fn message(number: u16) -> &'static str {
    let mut place = 0;
    while ALL[place].0 != number {
        place += 1;
    }
    ALL[place].1
}

/// Tells all codes.
pub(super) fn list_card_error_codes(_state: &State) -> Said {
    let codes = ALL
        .iter()
        .map(|(number, message)| Object::new().put("code", *number).put("message", *message));
    Object::new().put("errorCode", 0).put("message", "Success.").array("data", codes).into()
}

/// Why a refund or a reversal failed, as its own answer tells it.
pub(super) fn information(code: Code) -> Object {
    Object::new().put("errorCode", code.number).put("message", code.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appotapay::service::Service;
    use crate::document::Document;
    use crate::provider::Provider as _;

    #[test]
    fn every_code_is_known_and_none_is_listed_twice() {
        assert!(ALL.is_sorted_by(|(number, _), (next, _)| number < next));
        let document = Document::parse(Service::DOCUMENT).unwrap();
        let known = |number: u16| document.has_word("CardErrorCode", &number.to_string());
        assert!(ALL.iter().all(|(number, _)| known(*number)));
    }
}
