//! UnivaPay, which this provider's crate alone has: application tokens, two hosts, keys against
//! repeats, limits in headers, long polls and webhooks that prove nothing.

use std::time::Duration;

use kessai_univapay::charges::{Charge, ChargeStatus, CreateCharge, GetCharge, ListCharges};
use kessai_univapay::engine::FakeClock;
use kessai_univapay::errors::ErrorCode;
use kessai_univapay::events::EventData;
use kessai_univapay::stores::Store;
use kessai_univapay::{
    AppToken, Client, Id, IdempotencyStatus, Mode, Outcome, Owner, Patience, RateLimits, Retry,
    WebhookAuth,
};
use serde_json::{Value, json};

use crate::script::{Script, answer};

/// `{"sub":"app_token","merchant_id":"m-1","store_id":"s-1","mode":"test"}`
pub const STORE: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4iLCJtZXJjaGFudF9pZCI6Im0tMSIsInN0b3JlX2lkIjoicy0xIiwibW9kZSI6InRlc3QifQ.c2ln";

/// `{"sub":"app_token","merchant_id":"m-1"}`
const MERCHANT: &str =
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4iLCJtZXJjaGFudF9pZCI6Im0tMSJ9.c2ln";

/// `{"sub":"login_token"}`
const LOGIN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJsb2dpbl90b2tlbiJ9.c2ln";

pub fn token(jwt: &str) -> AppToken {
    AppToken::new("kanarievogel", jwt).expect("a token")
}

fn client(jwt: &str, script: &Script) -> Client {
    Client::builder(token(jwt)).base_url(&script.base_url()).build().expect("a client")
}

/// A charge as it is answered.
fn charge(id: &str, store_id: &str, status: &str) -> Value {
    json!({
        "id": id, "store_id": store_id, "status": status, "mode": "test",
        "requested_amount": 1200, "requested_currency": "JPY", "error": {}, "redirect": {},
        "created_on": "2026-04-12T03:04:05.2917Z",
    })
}

/// The charge of these tests.
fn the_charge(status: &str) -> String {
    charge("c-1", "s-1", status).to_string()
}

fn of_the_store() -> (Id<Store>, Id<Charge>) {
    ("s-1".into(), "c-1".into())
}

#[test]
fn a_token_says_whose_it_is_and_shows_nothing_of_itself() {
    let store = token(STORE);
    assert_eq!(store.owner(), Owner::Store);
    assert_eq!(store.store_id().map(Id::as_str), Some("s-1"));
    assert_eq!(store.merchant_id().map(Id::as_str), Some("m-1"));
    assert_eq!(store.mode(), Some(Mode::Test));
    let merchant = token(MERCHANT);
    assert_eq!((merchant.owner(), merchant.mode()), (Owner::Merchant, None));

    let printed = format!("{store:?} {:?}", Client::new(store.clone()));
    for part in ["kanarievogel", "eyJ", "c2ln"] {
        assert!(!printed.contains(part), "{printed}");
    }
}

#[test]
fn what_is_no_token_is_refused_in_words_that_hold_nothing_of_it() {
    let cases = [
        ("kanarievogel", "no-jwt"),
        ("kanarievogel", LOGIN),
        ("kanarievogel.eyJ", STORE),
        ("kanarie vogel", STORE),
        ("", STORE),
        ("kanarievogel", ""),
        ("kanarievogel", "a.%%%.c"),
    ];
    for (secret, jwt) in cases {
        let error = AppToken::new(secret, jwt).expect_err(secret);
        assert!(!error.to_string().contains("kanarie"), "{error}");
    }
}

#[tokio::test]
async fn what_a_token_cannot_do_is_not_sent() {
    let script = Script::start([]).await;
    let (store_id, id) = of_the_store();

    let merchant = client(MERCHANT, &script);
    let error = merchant.charges().create(&CreateCharge::new("t-1", 1200, "JPY")).await;
    assert_eq!(error.expect_err("a merchant's token").outcome(), Outcome::NotSent);

    let store = client(STORE, &script);
    let error = store.charges().list_bank_transfer_ledgers(&store_id, &id).await;
    assert_eq!(error.expect_err("a store's token").outcome(), Outcome::NotSent);

    let browser = AppToken::without_secret(STORE).expect("a token");
    let browser = Client::builder(browser).base_url(&script.base_url()).build().expect("a client");
    let error = browser.charges().get(&store_id, &id, &GetCharge::default()).await;
    assert_eq!(error.expect_err("no secret").outcome(), Outcome::NotSent);

    assert_eq!(script.connections(), 0);
}

#[tokio::test]
async fn a_token_without_its_secret_does_what_a_browser_does() {
    let script = Script::start([answer(200, &[], "{}")]).await;
    let browser = AppToken::without_secret(STORE).expect("a token");
    let browser = Client::builder(browser).base_url(&script.base_url()).build().expect("a client");
    let _ = browser.checkout_info().get().await;
    let sent = String::from_utf8(script.requests().concat()).expect("text");
    assert!(sent.contains(&format!("authorization: Bearer {STORE}\r\n")), "{sent}");
}

#[test]
fn a_client_for_one_mode_refuses_the_tokens_of_the_other() {
    for (jwt, mode, fits) in [
        (STORE, Mode::Test, true),
        (STORE, Mode::Live, false),
        // A merchant's token says nothing of it.
        (MERCHANT, Mode::Test, false),
        (MERCHANT, Mode::Live, false),
    ] {
        let built = Client::builder(token(jwt)).mode(mode).build();
        assert_eq!(built.is_ok(), fits, "{mode:?}");
        if let Err(error) = built {
            assert_eq!(error.outcome(), Outcome::NotSent);
        }
    }
}

#[tokio::test]
async fn direct_debits_have_a_host_of_their_own() {
    let api = Script::start([]).await;
    let debits = Script::start([answer(200, &[], "{}")]).await;
    let builder = Client::builder(token(STORE)).base_url(&api.base_url());
    let client = builder.direct_debit_url(&debits.base_url()).build().expect("a client");

    let _ = client.direct_debit().get_current_schedule(&"m-1".into()).await;

    assert_eq!((api.connections(), debits.connections()), (0, 1));
}

#[tokio::test]
async fn a_replay_a_conflict_and_a_lost_answer_are_told_apart() {
    let refuse = |status, code: &str| {
        answer(status, &[], json!({ "status": "error", "code": code, "errors": [] }).to_string())
    };
    let replay = [
        ("idempotency-status", "retrieved_idempotent_response"),
        ("x-remaining-requests-exact", "7"),
    ];
    let script = Script::start([
        answer(201, &replay, the_charge("pending")),
        refuse(409, "IDEMPOTENCY_KEY_CONFLICT"),
        refuse(409, "UNABLE_TO_GET_IDEMPOTENT_RESULT"),
    ])
    .await;
    let client = client(STORE, &script);
    let body = CreateCharge::new("t-1", 1200, "JPY");
    let create = || client.charges().create(&body).idempotency_key("order-7");

    let response = create().send().await.expect("a charge");
    let status = IdempotencyStatus::of(response.headers());
    assert!(status.is_some_and(|status| status.is_replay()));
    assert_eq!(RateLimits::of(response.headers()).remaining, Some(7));

    let conflict = create().await.expect_err("a conflict");
    assert!(ErrorCode::is_key_conflict(&conflict) && !ErrorCode::is_lost_result(&conflict));
    // This call did nothing; the one that had the key may have.
    assert_eq!(conflict.outcome(), Outcome::Unknown);

    let lost = create().await.expect_err("a lost answer");
    assert!(ErrorCode::is_lost_result(&lost) && !ErrorCode::is_key_conflict(&lost));
    assert_eq!(lost.outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn too_many_requests_may_come_with_nothing() {
    let script = Script::start(["", "{}", ""].map(|body| answer(429, &[], body))).await;
    let clock = FakeClock::new();
    let builder = Client::builder(token(STORE)).base_url(&script.base_url());
    let client = builder.clock(clock.clone()).build().expect("a client");

    let error = client.charges().create(&CreateCharge::new("t-1", 1200, "JPY")).await;

    let error = error.expect_err("too many requests");
    assert_eq!((error.outcome(), error.is_throttled()), (Outcome::Refused, true), "{error}");
    assert_eq!((error.attempts(), script.requests().len()), (3, 3));
    // Twice as long as for other reasons.
    assert_eq!(clock.slept(), [1, 2].map(Duration::from_secs));
}

/// A client that never waits, and counts on keys only if it is told to.
fn repeating(script: &Script, best_effort_keys: bool) -> Client {
    let builder = Client::builder(token(STORE)).base_url(&script.base_url());
    let retry = Retry { best_effort_keys, ..Retry::default() };
    builder.clock(FakeClock::new()).retry(retry).build().expect("a client")
}

#[tokio::test]
async fn no_charge_is_sent_twice_because_of_a_key_unless_somebody_says_so() {
    let replayed = [("idempotency-status", "retrieved_idempotent_response")];
    let acts = || [answer(500, &[], ""), answer(201, &replayed, the_charge("pending"))];
    let body = CreateCharge::new("t-1", 1200, "JPY");

    let script = Script::start(acts()).await;
    let error = repeating(&script, false).charges().create(&body).await.expect_err("a failure");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    assert_eq!(script.requests().len(), 1);

    let script = Script::start(acts()).await;
    let response = repeating(&script, true).charges().create(&body).send().await;
    let response = response.expect("an answer");
    assert_eq!((response.attempts(), response.replayed()), (2, true));
    let requests = script.requests();
    assert_eq!(requests[0], requests[1], "byte for byte the same, its key too");
}

#[tokio::test]
async fn a_direct_debit_is_sent_once_whatever_anybody_says() {
    let script = Script::start([answer(500, &[], "")]).await;
    let client = repeating(&script, true);
    let error = client.direct_debit().reenable_bank_account(&"m-1".into(), &"b-1".into()).await;
    assert_eq!(error.expect_err("a failure").attempts(), 1);
    assert_eq!(script.requests().len(), 1);
}

#[tokio::test]
async fn an_answer_that_was_stored_is_no_replay() {
    let stored = [("idempotency-status", "successfully_stored")];
    let script = Script::start([answer(201, &stored, the_charge("pending"))]).await;
    let body = CreateCharge::new("t-1", 1200, "JPY");
    let response = client(STORE, &script).charges().create(&body).send().await;
    assert!(!response.expect("an answer").replayed());
}

#[tokio::test]
async fn a_wait_polls_until_the_charge_moves() {
    let script = Script::start(
        ["pending", "pending", "successful"].map(|status| answer(200, &[], the_charge(status))),
    )
    .await;
    let client = client(STORE, &script);
    let (store_id, id) = of_the_store();
    let patience = Patience { pause: Duration::from_millis(1), ..Patience::default() };

    let charge = client.charges().wait(&store_id, &id, patience).await.expect("a charge");

    assert_eq!(charge.status, ChargeStatus::Successful);
    assert_eq!(script.seen("GET /stores/s-1/charges/c-1?polling=true "), 3);
}

#[tokio::test]
async fn a_wait_for_a_capture_goes_on_while_money_is_held() {
    let told = ["authorized", "pending", "authorized", "successful"];
    let script = Script::start(told.map(|status| answer(200, &[], the_charge(status)))).await;
    let clock = FakeClock::new();
    let client = Client::builder(token(STORE)).base_url(&script.base_url()).clock(clock.clone());
    let client = client.build().expect("a client");
    let (store_id, id) = of_the_store();

    let patience = Patience::default();
    let charge = client.charges().wait_captured(&store_id, &id, patience).await.expect("a charge");

    assert_eq!(charge.status, ChargeStatus::Successful);
    assert_eq!(script.seen("GET /stores/s-1/charges/c-1 "), 4);
    assert_eq!(clock.slept(), [1, 2, 4].map(Duration::from_secs), "by the client's clock");
}

#[tokio::test]
async fn a_page_begins_after_the_last_charge_of_the_one_before() {
    let page = |ids: &[&str], more: bool| {
        let items: Vec<_> = ids.iter().map(|id| charge(id, "s-1", "successful")).collect();
        answer(200, &[], json!({ "items": items, "has_more": more }).to_string())
    };
    let script = Script::start([page(&["c-3", "c-2"], true), page(&["c-1"], false)]).await;
    let client = client(STORE, &script);

    let query = ListCharges { limit: Some(2), ..ListCharges::default() };
    let mut charges = client.charges().list_all(&query);
    let mut ids = Vec::new();
    while let Some(charge) = charges.next().await {
        ids.push(charge.expect("a charge").id.as_str().to_owned());
    }

    assert_eq!(ids, ["c-3", "c-2", "c-1"]);
    assert_eq!(script.seen("GET /charges?limit=2 "), 1);
    assert_eq!(script.seen("GET /charges?limit=2&cursor=c-2 "), 1, "{:?}", script.requests());
}

#[tokio::test]
async fn a_webhook_is_believed_when_the_resource_says_the_same() {
    let script = Script::start([(); 2].map(|()| answer(200, &[], the_charge("failed")))).await;
    let client = client(STORE, &script);
    let auth = WebhookAuth::new("chosen").expect("an authorization");
    // It names another store; the client's token decides.
    let data = charge("c-1", "s-2", "successful");
    let body = json!({ "event": "charge_finished", "data": data });
    let event = auth.event("Bearer chosen", body.to_string().as_bytes()).expect("an event");

    let now = event.confirm(&client, Mode::Test).await.expect("an answer");

    let Some(EventData::Charge(charge)) = now else { panic!("{now:?}") };
    assert_eq!(charge.status, ChargeStatus::Failed);
    assert_eq!(script.seen("GET /stores/s-1/charges/c-1 "), 1);

    // A charge for tests pays for nothing.
    assert_eq!(event.confirm(&client, Mode::Live).await.expect("an answer"), None);
    assert_eq!(script.seen("GET /stores/s-1/charges/c-1 "), 2);
}

#[tokio::test]
async fn an_event_that_names_nothing_confirms_nothing() {
    let script = Script::start([]).await;
    let client = client(STORE, &script);
    let auth = WebhookAuth::new("chosen").expect("an authorization");
    for body in [r#"{"event":"charge_finished"}"#, r#"{"event":"dream","data":{"id":"1"}}"#] {
        let event = auth.event("chosen", body.as_bytes()).expect("an event");
        assert_eq!(event.confirm(&client, Mode::Test).await.expect("no call"), None);
    }
    assert_eq!(script.connections(), 0);
}
