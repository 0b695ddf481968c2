//! What looks by the merchant's reference make of answers.

use kessai_appotapay::{Credentials, Environment, seen};
use kessai_core::{Error, Outcome, Refusal, Sight};
use kessai_elepay::charges::CreateCharge;
use kessai_elepay::shared::PaymentMethod;
use kessai_elepay::{EpochMillis, SecretKey};
use kessai_univapay::charges::Charge;
use kessai_univapay::{AppToken, Found, Mode};
use serde_json::json;

use crate::clock::Sleepless;
use crate::script::{Script, answer};

/// `{"sub":"app_token","merchant_id":"m-1","store_id":"s-1","mode":"test"}`
const STORE: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4iLCJtZXJjaGFudF9pZCI6Im0tMSIsInN0b3JlX2lkIjoicy0xIiwibW9kZSI6InRlc3QifQ.c2ln";

fn elepay(script: &Script) -> kessai_elepay::Client {
    let key = SecretKey::new("sk_test_1").expect("a key");
    let builder = kessai_elepay::Client::builder(key).base_url(&script.base_url());
    builder.build().expect("a client")
}

fn appotapay(script: &Script) -> kessai_appotapay::Client {
    let credentials = Credentials::new("PARTNER", "key", "secret").expect("keys");
    let builder = kessai_appotapay::Client::builder(Environment::Sandbox, credentials);
    let builder = builder.base_url(&script.base_url()).clock(Sleepless);
    builder.build().expect("a client")
}

async fn look_at_appotapay(status: u16, code: u16) -> Result<bool, Error> {
    let body = json!({ "errorCode": code, "message": "no" }).to_string();
    // A look is made again where that may help.
    let script = Script::start([(); 3].map(|()| answer(status, &[], &body))).await;
    let client = appotapay(&script);
    let sight = seen(client.card_charges().find_by_merchant_ref_id("A-1").await)?;
    Ok(matches!(sight, Sight::Absent))
}

#[tokio::test]
async fn the_code_of_an_unknown_charge_is_no_absence_where_it_is_about_the_key() {
    assert!(look_at_appotapay(404, 14).await.expect("a look"));
    for (status, code) in [(401, 14), (403, 14), (400, 1)] {
        let error = look_at_appotapay(status, code).await.expect_err("no look");
        assert_eq!(error.outcome(), Outcome::Refused, "{status} {code}");
    }
    // A server that fails, and the code of another product.
    for (status, code) in [(500, 14), (404, 36)] {
        let error = look_at_appotapay(status, code).await.expect_err("no look");
        assert_eq!(error.outcome(), Outcome::Unknown, "{status} {code}");
    }
}

#[tokio::test]
async fn a_transfer_that_has_failed_is_found_and_says_so() {
    let look = async |status: u16, body: serde_json::Value| {
        let script = Script::start([answer(status, &[], body.to_string())]).await;
        let transfers = appotapay(&script);
        seen(transfers.transfers().find_by_partner_ref_id("A-1").await)
    };
    for (status, code) in [(200, 33), (200, 170), (400, 33)] {
        let body = json!({ "errorCode": code, "message": "failed" });
        let Ok(Sight::Found(record)) = look(status, body).await else { panic!("{status} {code}") };
        assert_eq!(record.error_code, Some(code));
    }
    assert!(matches!(look(200, json!({ "errorCode": 36 })).await, Ok(Sight::Absent)));
    // The account is not valid: nobody says that there is a transfer.
    assert!(look(200, json!({ "errorCode": 161 })).await.is_err());
}

#[tokio::test]
async fn charges_without_a_number_leave_it_unclear_whether_there_is_one() {
    let look = async |charges: serde_json::Value| {
        let count = charges.as_array().expect("a list").len();
        let body = json!({ "total": count, "charges": charges }).to_string();
        let rest = json!({ "total": count, "charges": [] }).to_string();
        // However often the walk asks whether there is more.
        let rest = std::iter::repeat_n(answer(200, &[], rest), 8);
        let script = Script::start([answer(200, &[], body)].into_iter().chain(rest)).await;
        let (from, to) = (EpochMillis::new(0), EpochMillis::new(1));
        let client = elepay(&script);
        client.charges().find_by_order_no("A-1", from, to).await.expect("a list").sight()
    };
    let (other, nameless) = (json!({ "id": "1", "orderNo": "A-10" }), json!({ "id": "2" }));
    assert_eq!(look(json!([])).await, Sight::Absent);
    assert_eq!(look(json!([other])).await, Sight::Absent);
    assert_eq!(look(json!([other, nameless])).await, Sight::Unclear);
    let sight = look(json!([{ "id": "3", "orderNo": "A-1" }, nameless])).await;
    let Sight::Found(found) = sight else { panic!("{sight:?}") };
    assert_eq!((found.charges.len(), found.unclear.len()), (1, 1));
}

#[tokio::test]
async fn a_number_in_use_is_told_from_other_refusals() {
    for (code, in_use) in [("M002007", true), ("M002003", false), ("9_000_000_40022", true)] {
        let member = if code.starts_with('M') { "errorCode" } else { "code" };
        let refusal = json!({ member: code }).to_string();
        let script = Script::start([answer(400, &[], refusal)]).await;
        let body = CreateCharge::new(1200, PaymentMethod::Creditcard, "A-1");
        let error = elepay(&script).charges().create(&body).await.expect_err("a refusal");
        let told = error.refusal().map(Refusal::is_reference_in_use);
        assert_eq!((error.outcome(), told), (Outcome::Refused, Some(in_use)), "{code}");
    }
}

#[tokio::test]
async fn a_note_has_to_be_the_whole_of_it_and_under_its_name() {
    let charge = |id: &str, notes: serde_json::Value| {
        json!({
            "id": id, "store_id": "s-1", "status": "pending", "mode": "test", "metadata": notes,
            "requested_amount": 1200, "requested_currency": "JPY", "error": {}, "redirect": {},
            "created_on": "2026-04-12T03:04:05.2917Z",
        })
    };
    let look = async |value: &str, items: &[serde_json::Value]| {
        let body = json!({ "items": items, "has_more": false }).to_string();
        let script = Script::start([answer(200, &[], body)]).await;
        let token = AppToken::new("secret", STORE).expect("a token");
        let builder = kessai_univapay::Client::builder(token).base_url(&script.base_url());
        let client = builder.build().expect("a client");
        let found = client.charges().find_by_note(Mode::Test, "attempt", value).await;
        let path = format!("GET /charges?limit=100&metadata={value} ");
        assert_eq!(script.seen(&path), 1, "{:?}", script.requests());
        found.expect("a list").sight()
    };
    let ids = |sight: Sight<Found>| {
        let Sight::Found(found) = sight else { panic!("{sight:?}") };
        let ids = |charges: &[Charge]| {
            charges.iter().map(|charge| charge.id.as_str().to_owned()).collect::<Vec<_>>()
        };
        (ids(&found.charges), ids(&found.unclear))
    };
    let one = |id: &str| vec![id.to_owned()];
    let others = [
        charge("c-1", json!({ "attempt": "A-10" })),
        charge("c-2", json!({ "gift": "A-1" })),
        charge("c-4", json!({ "attempt": 1 })),
    ];
    let the_one = charge("c-3", json!({ "attempt": "A-1" }));
    assert_eq!(look("A-1", &others).await, Sight::Absent);
    let all = [&others[..], std::slice::from_ref(&the_one)].concat();
    assert_eq!(ids(look("A-1", &all).await), (one("c-3"), vec![]));

    // A note that was sent as a number, and one of which nobody knows what it says.
    let number = charge("c-5", json!({ "attempt": 1021 }));
    assert_eq!(ids(look("1021", &[number]).await), (one("c-5"), vec![]));
    let strange = charge("c-6", json!({ "attempt": { "no": "A-1" } }));
    assert_eq!(look("A-1", std::slice::from_ref(&strange)).await, Sight::Unclear);
    assert_eq!(ids(look("A-1", &[strange, the_one.clone()]).await), (one("c-3"), one("c-6")));

    // One that is live is none of the test's.
    let of = |mode: &str| {
        let mut charge = the_one.clone();
        charge["mode"] = mode.into();
        charge
    };
    assert_eq!(look("A-1", &[of("live")]).await, Sight::Absent);
    assert_eq!(look("A-1", &[of("live_test")]).await, Sight::Unclear);
}
