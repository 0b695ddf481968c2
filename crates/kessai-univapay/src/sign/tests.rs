//! Whose a token is, and what it may call.

use super::*;
use crate::charges::{CreateCharge, GetCharge};
use crate::client::Client;
use crate::fake::FakeEngine;
use crate::{Error, Outcome};

/// `{"sub":"app_token","merchant_id":"m-1","store_id":"s-1","mode":"test"}`
const STORE: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4iLCJtZXJjaGFudF9pZCI6Im0tMSIsInN0b3JlX2lkIjoicy0xIiwibW9kZSI6InRlc3QifQ.c2ln";

/// `{"sub":"app_token","merchant_id":"m-1","store_id":"s-1","mode":"live"}`
const LIVE: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4iLCJtZXJjaGFudF9pZCI6Im0tMSIsInN0b3JlX2lkIjoicy0xIiwibW9kZSI6ImxpdmUifQ.c2ln";

/// `{"sub":"app_token","merchant_id":"m-1"}`
const MERCHANT: &str =
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHBfdG9rZW4iLCJtZXJjaGFudF9pZCI6Im0tMSJ9.c2ln";

/// `{"sub":"login_token"}`
const LOGIN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJsb2dpbl90b2tlbiJ9.c2ln";

fn token(jwt: &str) -> AppToken {
    AppToken::new("kanarie", jwt).expect("a token")
}

fn client_of(token: AppToken, engine: &FakeEngine) -> Client {
    Client::builder(token).engine(engine.clone()).build().expect("a client")
}

/// A client of the store `s-1`.
pub(crate) fn client(engine: &FakeEngine) -> Client {
    client_of(token(STORE), engine)
}

/// A client of the merchant `m-1`.
pub(crate) fn client_of_a_merchant(engine: &FakeEngine) -> Client {
    client_of(token(MERCHANT), engine)
}

#[test]
fn a_token_says_whose_it_is_and_whether_money_moves() {
    let (store, live, merchant) = (token(STORE), token(LIVE), token(MERCHANT));
    assert_eq!((store.owner(), merchant.owner()), (Owner::Store, Owner::Merchant));
    assert_eq!(store.store_id().map(Id::as_str), Some("s-1"));
    assert_eq!(store.merchant_id().map(Id::as_str), Some("m-1"));
    assert_eq!((merchant.store_id(), merchant.merchant_id().map(Id::as_str)), (None, Some("m-1")));
    assert_eq!(
        [store.mode(), live.mode(), merchant.mode()],
        [Some(Mode::Test), Some(Mode::Live), None]
    );
    let browser = AppToken::without_secret(STORE).expect("a token");
    assert_eq!((store.has_secret(), browser.has_secret()), (true, false));
}

#[test]
fn a_client_knows_its_store_and_its_merchant() {
    let engine = FakeEngine::new([]);
    let (store, merchant) = (client(&engine), client_of_a_merchant(&engine));
    assert_eq!(store.store_id().map(Id::as_str), Some("s-1"));
    assert_eq!(store.merchant_id().map(Id::as_str), Some("m-1"));
    assert_eq!((merchant.store_id(), merchant.merchant_id().map(Id::as_str)), (None, Some("m-1")));
}

#[test]
fn what_is_no_token_is_refused_in_words_that_hold_nothing_of_it() {
    for (secret, jwt, why) in [
        ("kanarie", "no-jwt", "not a JWT"),
        ("kanarie", "a.%%%.c", "not a JWT"),
        ("kanarie", LOGIN, "application"),
        ("kanarie.eyJ", STORE, "dot"),
        ("kanarie vogel", STORE, "blanks"),
        ("", STORE, "empty"),
        ("kanarie", "", "empty"),
        ("kanarie", "kanarie\n", "line breaks"),
    ] {
        let told = AppToken::new(secret, jwt).expect_err(secret).to_string();
        assert!(told.contains(why) && !told.contains("kanarie"), "{told}");
    }
    assert!(!format!("{:?}", token(STORE)).contains("kanarie"));
}

#[test]
fn there_is_no_client_for_one_mode_with_a_token_of_the_other() {
    let check = |jwt, wanted| Signer { token: token(jwt), wanted }.check();
    for (jwt, wanted) in
        [(STORE, None), (STORE, Some(Mode::Test)), (LIVE, Some(Mode::Live)), (MERCHANT, None)]
    {
        assert_eq!(check(jwt, wanted), Ok(()), "{wanted:?}");
    }
    for (jwt, wanted) in
        [(STORE, Mode::Live), (LIVE, Mode::Test), (MERCHANT, Mode::Test), (MERCHANT, Mode::Live)]
    {
        assert!(check(jwt, Some(wanted)).is_err(), "{wanted:?}");
    }
}

/// What `client` may call: a look at a charge, a new one, the ledgers of a bank transfer, and the
/// heartbeat.
async fn may_call(client: &Client) -> [bool; 4] {
    let (store, charge) = ("s-1".into(), "c-1".into());
    let is_sent = |error: Error| error.outcome() != Outcome::NotSent;
    let charges = client.charges();
    [
        charges.get(&store, &charge, &GetCharge::default()).await.is_err_and(is_sent),
        charges.create(&CreateCharge::new("t-1", 1200, "JPY")).await.is_err_and(is_sent),
        charges.list_bank_transfer_ledgers(&store, &charge).await.is_err_and(is_sent),
        client.checkout_info().get().await.is_err_and(is_sent),
    ]
}

#[tokio::test]
async fn what_a_token_cannot_do_is_not_sent() {
    let engine = FakeEngine::new([(404, ""); 8]);
    assert_eq!(may_call(&client(&engine)).await, [true, true, false, true]);
    assert_eq!(may_call(&client_of_a_merchant(&engine)).await, [true, false, true, true]);
    let browser = AppToken::without_secret(STORE).expect("a token");
    assert_eq!(may_call(&client_of(browser, &engine)).await, [false, false, false, true]);

    let sent: Vec<_> = engine.sent();
    let bearer = |at: usize| sent[at].headers()[AUTHORIZATION].clone();
    assert_eq!((sent.len(), bearer(0).is_sensitive()), (7, true));
    assert_eq!(bearer(0), format!("Bearer kanarie.{STORE}"));
    assert_eq!(bearer(6), format!("Bearer {STORE}"), "without a secret there is no dot before it");
}
