//! What AppotaPay's codes say of the merchant's own references. The same number means other things
//! in other products, so it counts together with the operation.

use kessai_core::http::StatusCode;
use kessai_core::{Decode, Error, Operation, Outcome, Refusal, Sight};

/// What a look by your own reference has seen: the thing, or that there is none.
///
/// AppotaPay refuses a look for what is not there, in each product with another code. What is there
/// and has failed it refuses too, where it is a service's: that is found here, and its `error_code`
/// says so. Any other error stays one.
///
/// Of terminals no code says for certain that there is no such payment: such a look stays an error.
///
/// No page says how soon something is seen that was asked for a moment ago.
///
/// ```no_run
/// use kessai_appotapay::transfers::MakeTransfer;
/// use kessai_appotapay::{Client, Error, Looks, Settled, seen};
///
/// # async fn example(client: Client, body: MakeTransfer) -> Result<(), Error> {
/// let look = || async {
///     seen(client.transfers().find_by_partner_ref_id(&body.partner_ref_id).await)
/// };
/// let call = client.transfers().make(&body);
/// let code = match call.or_find_by_reference(look, &Looks::default()).await? {
///     Settled::Done(transfer) => transfer.error_code,
///     Settled::Found(record) => record.error_code,
///     Settled::Absent(_) => {
///         println!("the same may be sent again, with the same reference");
///         return Ok(());
///     }
///     Settled::Unknown { .. } => None,
/// };
/// // That there is a transfer does not say that the money was sent.
/// match code {
///     Some(0) => println!("the money is sent"),
///     Some(33 | 170) => println!("it has failed: another one takes another reference"),
///     // 35, and all that is not known.
///     _ => println!("it may be on its way: look again later"),
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// That of the look, if it says neither that there is none nor that it has failed.
pub fn seen<T: Decode>(look: Result<T, Error>) -> Result<Sight<T>, Error> {
    let error = match look {
        Err(error) if has_failed(&error) => error,
        look => return Sight::of(look, is_absent),
    };
    match error.body().map(|body| T::decode(body)) {
        Some(Ok(found)) => Ok(Sight::Found(found)),
        _ => Err(error),
    }
}

/// Whether a look that was refused says of what it looked for that it is there and has failed.
fn has_failed(error: &Error) -> bool {
    let codes: &[&str] = match error.operation() {
        "get_transfer" => &["33", "170"],
        "get_bill_payment" | "get_topup" | "get_shop_card_purchase" => &["33"],
        _ => &[],
    };
    let code = error.refusal().map(Refusal::code);
    error.outcome() == Outcome::Refused && code.is_some_and(|code| codes.contains(&code))
}

fn is_absent(error: &Error) -> bool {
    // With these, some codes are about the key instead: 14 is an unknown one.
    let denied = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
    let codes = absent_codes(error.operation());
    let code = error.refusal().map(Refusal::code);
    code.is_some_and(|code| codes.contains(&code))
        && !error.status().is_some_and(|status| denied.contains(&status))
}

/// The codes by which an operation says that there is nothing. Of terminals no code says it for
/// certain.
fn absent_codes(operation: &str) -> &'static [&'static str] {
    match operation {
        "get_card_charge" => &["14"],
        "get_card_refund" => &["111"],
        "get_card_reversal" => &["112"],
        "get_customer" => &["36", "3003"],
        "get_payment_method" => &["36", "3004"],
        "get_plan" => &["36", "3005"],
        "get_ebill" => &["151"],
        "get_payment"
        | "get_payment_refund"
        | "get_subscription_refund"
        | "get_transfer"
        | "get_bill_payment"
        | "get_topup"
        | "get_shop_card_purchase" => &["36"],
        "check_card_charging" => &["18"],
        _ => &[],
    }
}

/// Whether `code` says of `operation` that its reference was used before.
pub(crate) fn is_in_use(operation: &Operation, code: &str) -> bool {
    let codes: &[&str] = match operation.name() {
        "create_card_charge" | "create_card_refund" | "create_card_reversal" => &["4", "6"],
        "create_card_token" => &["84"],
        "create_card_enrollment" => &["100"],
        "create_payment"
        | "create_direct_payment"
        | "create_wallet_payment"
        | "create_pos_payment" => &["30"],
        "create_payment_refund"
        | "make_transfer"
        | "pay_bill"
        | "create_topup"
        | "buy_shop_cards" => &["31"],
        "create_customer"
        | "create_payment_method"
        | "create_plan"
        | "create_subscription_refund" => &["3002"],
        "create_ebill" => &["31", "150", "201"],
        // Or is badly written: then the look finds nothing.
        "create_card_charging" => &["17"],
        _ => &[],
    };
    codes.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::FakeEngine;
    use crate::{Client, Credentials, Environment, refusal};

    /// What `operation` makes of an answer with `code`, that it refuses for certain.
    fn is_certain(operation: &Operation, code: &str) -> bool {
        let body = format!(r#"{{"errorCode":"{code}","message":"no"}}"#);
        let refusal = refusal::read(operation, body.as_bytes()).expect("a refusal");
        !refusal.is_in_doubt()
    }

    #[test]
    fn what_a_product_says_of_references_it_says_for_certain() {
        // Paths tell products apart. The tables of top-ups, bills and bought cards were not read.
        let operations = [
            ("create_card_charge", "/credit-card/charge"),
            ("create_card_refund", "/credit-card/refund"),
            ("create_card_token", "/credit-card/token"),
            ("create_card_enrollment", "/credit-card/enrollment"),
            ("create_payment", "/api/v2/orders/payment"),
            ("create_payment_refund", "/api/v2/transaction/refund"),
            ("make_transfer", "/api/v1/service/transfer/make"),
            ("create_customer", "/api/v1/customers"),
            ("create_plan", "/api/v1/subs/plans"),
            ("create_subscription_refund", "/api/v1/subs/refunds"),
            ("create_ebill", "/api/v1/service/ebill/create"),
            ("create_wallet_payment", "/api/v2/ewallet/payment"),
            ("create_card_charging", "/v1/services/card_charging"),
        ];
        for (name, path) in operations {
            let operation = Operation::post(name, path);
            let codes = (0..4000).map(|code: u32| code.to_string());
            let in_use: Vec<String> = codes.filter(|code| is_in_use(&operation, code)).collect();
            assert!(!in_use.is_empty(), "{name}");
            assert!(in_use.iter().all(|code| is_certain(&operation, code)), "{name}: {in_use:?}");
        }
    }

    static TRANSFER: Operation = Operation::post("make_transfer", "/transfer");
    static WALLET: Operation = Operation::post("create_wallet_payment", "/pay");

    #[test]
    fn what_a_product_says_is_not_there_it_says_for_certain() {
        let operations = [
            ("get_card_charge", "/credit-card/charge/{id}"),
            ("get_card_refund", "/credit-card/refund/{id}"),
            ("get_card_reversal", "/credit-card/reversal/{id}"),
            ("get_payment", "/api/v2/orders/transaction"),
            ("get_payment_refund", "/api/v2/transaction/refund/{id}"),
            ("get_customer", "/api/v1/customers/{customer}"),
            ("get_payment_method", "/api/v1/subs/payment-methods/{id}"),
            ("get_plan", "/api/v1/subs/plans/{plan}"),
            ("get_subscription_refund", "/api/v1/subs/refunds/{id}"),
            ("get_ebill", "/api/v1/service/ebill/{code}"),
            ("get_transfer", "/api/v1/service/transfer/{id}"),
            ("check_card_charging", "/v1/services/check"),
        ];
        for (name, path) in operations {
            let codes = absent_codes(name);
            assert!(!codes.is_empty(), "{name}");
            let operation = Operation::get(name, path);
            assert!(codes.iter().all(|code| is_certain(&operation, code)), "{name}: {codes:?}");
        }
    }

    #[test]
    fn a_number_means_a_used_reference_only_where_its_product_says_so() {
        assert!(is_in_use(&TRANSFER, "31") && is_in_use(&WALLET, "30"));
        // A limit, and money that is on its way.
        assert!(!is_in_use(&WALLET, "84") && !is_in_use(&TRANSFER, "35"));
        assert!(!is_in_use(&TRANSFER, "30"));
    }

    /// A client that gets this answer.
    fn client(status: u16, code: u16) -> Client {
        let credentials = Credentials::new("PARTNER", "key", "secret").expect("keys");
        let body = format!(r#"{{"errorCode":{code},"message":"no"}}"#);
        let engine = FakeEngine::new([(status, &*body)]);
        let builder = Client::builder(Environment::Sandbox, credentials).engine(engine);
        builder.build().expect("a client")
    }

    /// What a look for a card charge sees in this answer.
    async fn look(status: u16, code: u16) -> Result<Sight<()>, Error> {
        let client = client(status, code);
        Ok(match seen(client.card_charges().find_by_merchant_ref_id("A-1").await)? {
            Sight::Found(_) => Sight::Found(()),
            Sight::Absent => Sight::Absent,
            Sight::Unclear => Sight::Unclear,
        })
    }

    #[tokio::test]
    async fn the_code_of_an_unknown_charge_is_an_absence_unless_it_may_be_about_the_key() {
        for status in [200, 400, 404] {
            assert!(matches!(look(status, 14).await, Ok(Sight::Absent)), "{status}");
        }
        for (status, code) in [(401, 14), (403, 14), (404, 13), (200, 13)] {
            assert!(look(status, code).await.is_err(), "{status} {code}");
        }
    }

    #[tokio::test]
    async fn what_a_service_says_has_failed_is_found_and_nothing_else_of_it() {
        for (status, code) in [(200, 33), (200, 170), (400, 33)] {
            let look = client(status, code).transfers().find_by_partner_ref_id("A-1").await;
            let Ok(Sight::Found(record)) = seen(look) else { panic!("{status} {code}") };
            assert_eq!(record.error_code, Some(code.into()));
        }
        // An account that is not valid, and a server that fails.
        for (status, code) in [(200, 161), (500, 33)] {
            let look = client(status, code).transfers().find_by_partner_ref_id("A-1").await;
            assert!(seen(look).is_err(), "{status} {code}");
        }
        // 170 is a transfer's alone, and with cards 33 is something else.
        for (code, is_found) in [(33, true), (170, false)] {
            let bill = client(200, code).bills().find_by_partner_ref_id("A-1").await;
            assert_eq!(seen(bill).is_ok(), is_found, "{code}");
            let topup = client(200, code).topups().find_by_partner_ref_id("A-1").await;
            assert_eq!(seen(topup).is_ok(), is_found, "{code}");
            let bought = client(200, code).shop_cards().find_by_partner_ref_id("A-1").await;
            assert_eq!(seen(bought).is_ok(), is_found, "{code}");
        }
        assert!(look(200, 33).await.is_err());
    }
}
