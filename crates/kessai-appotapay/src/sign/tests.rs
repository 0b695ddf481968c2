//! Tokens, and the headers beside them.

use kessai_core::{Clock as _, Decode as _, FakeClock, Outcome};

use super::*;
use crate::client::ClientBuilder;
use crate::ebills::CloseEbill;
use crate::fake::FakeEngine;
use crate::pos_payments::CreatePosPayment;
use crate::transfers::MakeTransfer;
use crate::wallet_links::UnlinkWallet;
use crate::wallet_payments::CreateWalletPayment;
use crate::{Client, Environment};

#[test]
fn a_key_has_no_blanks_and_is_not_empty() {
    for [partner, key, secret] in
        [["", "k", "s"], ["p", "", "s"], ["p", "k", ""], ["p q", "k", "s"], ["p", "k\"", "s"]]
    {
        assert!(Credentials::new(partner, key, secret).is_err());
    }
    assert!(Credentials::new("p", "k", "s\n").is_err());
}

#[test]
fn credentials_show_no_key() {
    let credentials = Credentials::new("APPOTAPAY", "api-key", "secret-key").expect("keys");
    for shown in [format!("{credentials:?}"), format!("{:?}", Signer::new(credentials.clone()))] {
        assert!(shown.contains("APPOTAPAY") && !shown.contains("-key"), "{shown}");
    }
}

/// A token that was computed by another program, from the documented scheme.
#[derive(Debug)]
struct Vector {
    api_key: String,
    secret_key: String,
    now: i64,
    token: String,
}

kessai_core::object!(
    Vector,
    [
        (api_key, "api_key", required),
        (secret_key, "secret_key", required),
        (now, "now", required),
        (token, "token", required),
    ]
);

#[test]
fn a_token_is_what_another_program_makes_at_that_time() {
    let vector = include_bytes!("../../../../tests/vectors/appotapay/auth-jwt-vector-1.json");
    let vector = Vector::decode(vector).expect("a vector");
    let credentials = Credentials::new("APPOTAPAY", vector.api_key, vector.secret_key);
    let now = UNIX_EPOCH + Duration::from_secs(vector.now.unsigned_abs());
    let token = credentials.expect("keys").token(now).expect("a token");
    assert_eq!(token.reveal(), vector.token);
}

#[test]
fn there_is_no_token_before_1970() {
    let credentials = Credentials::new("p", "k", "s").expect("keys");
    assert!(credentials.token(UNIX_EPOCH - Duration::from_secs(1)).is_none());
}

#[test]
fn a_refusal_says_what_a_key_has_not() {
    let told = Credentials::new("p", "kanarie vogel", "s").expect_err("a blank").to_string();
    assert!(told.contains("blank") && !told.contains("kanarie"), "{told}");
}

fn builder(engine: &FakeEngine) -> ClientBuilder {
    let credentials = Credentials::new("APPOTAPAY", "api-key", "secret-key").expect("keys");
    Client::builder(Environment::Sandbox, credentials).engine(engine.clone())
}

fn client(engine: &FakeEngine) -> Client {
    builder(engine).build().expect("a client")
}

/// Four times nothing.
fn deaf() -> FakeEngine {
    FakeEngine::new([(404, ""); 4])
}

/// The headers of each request.
fn sent(engine: &FakeEngine) -> Vec<HeaderMap> {
    engine.sent().iter().map(|request| request.headers().clone()).collect()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().expect("text"))
}

#[tokio::test]
async fn a_token_is_made_by_the_clock_of_the_client_and_written_raw_unless_told_otherwise() {
    let engine = deaf();
    let clock = FakeClock::at(UNIX_EPOCH + Duration::from_secs(1_614_225_624));
    let credentials = Credentials::new("APPOTAPAY", "api-key", "secret-key").expect("keys");
    let token = credentials.token(clock.system_time()).expect("a token");
    for builder in [builder(&engine), builder(&engine).bearer()] {
        let client = builder.clock(clock.clone()).build().expect("a client");
        let _ = client.balances().get().await;
    }
    let [raw, bearer] = &sent(&engine)[..] else { panic!("two requests") };
    assert_eq!(text(raw, "x-appotapay-auth"), Some(token.reveal()));
    let bearer = &bearer["x-appotapay-auth"];
    assert_eq!(bearer.to_str().ok(), Some(&*format!("Bearer {}", token.reveal())));
    assert!(bearer.is_sensitive() && raw["x-appotapay-auth"].is_sensitive());
    assert_eq!(raw[CONTENT_TYPE], "application/json", "of reads too");
}

#[tokio::test]
async fn each_product_is_told_the_language_and_the_account_under_its_own_names() {
    let engine = deaf();
    let builder = builder(&engine).language(Language::English);
    let client = builder.build().expect("a client").for_account("A-1");
    let _ = client.card_charges().find_by_merchant_ref_id("P-1").await;
    let _ = client.payments().find_by_order_id("O-1").await;
    let _ = client.pos_payments().find_by_partner_ref_id("T-1").await;
    let sent = sent(&engine);
    let told = ["language", "x-language", "x-lang", "x-account-ref-id"];
    let told = |headers| told.map(|name| text(headers, name));
    assert_eq!(told(&sent[0]), [Some("en"), None, None, Some("A-1")], "cards");
    assert_eq!(told(&sent[1]), [None, Some("en"), None, Some("A-1")], "payments");
    assert_eq!(told(&sent[2]), [None, None, Some("en"), None], "terminals");

    let engine = deaf();
    let vietnamese = self::builder(&engine).language(Language::Vietnamese);
    let _ = vietnamese.build().expect("a client").balances().get().await;
    let _ = self::client(&engine).card_charges().find_by_merchant_ref_id("P-1").await;
    let sent = self::sent(&engine);
    assert_eq!(text(&sent[1], "language"), None, "AppotaPay's own default");
    assert_eq!(text(&sent[1], "x-account-ref-id"), None);
}

#[tokio::test]
async fn a_request_has_a_name_of_its_own_unless_the_caller_gives_one() {
    let engine = deaf();
    let client = client(&engine);
    let look = || client.card_charges().find_by_merchant_ref_id("P-1");
    let _ = look().await;
    let _ = look().await;
    let _ = look().header("X-Request-ID", "mine").await;
    let sent = sent(&engine);
    let names: Vec<_> = sent.iter().filter_map(|headers| text(headers, "x-request-id")).collect();
    assert_eq!(names.iter().map(|name| name.len()).collect::<Vec<_>>(), [36, 36, 4]);
    assert_ne!(names[0], names[1]);
}

#[tokio::test]
async fn a_terminals_payment_is_signed_byte_for_byte_whatever_the_caller_writes_there() {
    let engine = deaf();
    let client = client(&engine);
    let body = CreatePosPayment::new("T-1", "đơn hàng", "TERM-1", "QR".into(), 50_000);
    let _ = client.pos_payments().create(&body).header("X-Signature", "mine").await;
    let request = engine.sent().remove(0);
    let tag = Tag::of(b"secret-key", &[request.body()]).into_bytes();
    assert_eq!(text(request.headers(), "x-signature"), Some(&*hex(&tag)));
    assert!(request.headers()["x-signature"].is_sensitive());
}

#[tokio::test]
async fn a_wallets_payment_needs_the_customers_token_and_its_login_none() {
    let engine = deaf();
    let client = client(&engine);
    let body = CreateWalletPayment::new("O-1", "tea", 10_000, "VND");
    let error = client.wallet_payments().create(&body).await.expect_err("no token");
    assert_eq!((error.outcome(), engine.sent().len()), (Outcome::NotSent, 0));

    let _ = client.for_wallet("user-token").wallet_payments().create(&body).await;
    let _ = client.wallet_links().unlink_wallet(&UnlinkWallet::new("api-key", "user")).await;
    let [payment, login] = &sent(&engine)[..] else { panic!("two requests") };
    assert_eq!(text(payment, "authorization"), Some("Bearer user-token"));
    assert!(payment[AUTHORIZATION].is_sensitive() && payment.contains_key("x-appotapay-auth"));
    assert!(!login.contains_key("authorization") && !login.contains_key("x-appotapay-auth"));
}

#[tokio::test]
async fn a_body_is_signed_with_what_it_holds() {
    let engine = deaf();
    let body = CloseEbill::new("902000668565", "VA586f8d6a684", "123456");
    let _ = client(&engine).ebills().close(&body).await;
    let sent = String::from_utf8(engine.sent()[0].body().to_vec()).expect("text");
    let signed = "accountNo=902000668565&billCode=VA586f8d6a684&partnerRefId=123456";
    let tag = hex(&Tag::of(b"secret-key", &[signed.as_bytes()]).into_bytes());
    assert!(sent.ends_with(&format!(r#","signature":"{tag}"}}"#)), "{sent}");
}

#[tokio::test]
async fn an_answer_that_is_not_signed_leaves_the_outcome_open() {
    let told = r#""errorCode":0,"transaction":{"amount":50000,"appotapayTransId":"AP1"}"#;
    for answer in [format!("{{{told}}}"), format!(r#"{{{told},"signature":"00"}}"#)] {
        let engine = FakeEngine::new([(200, &*answer)]);
        let (account, payer) = ("account".into(), "payer".into());
        let body = MakeTransfer::new("TPBANK", "1", account, "NGUYEN", 50_000, payer, "P-1");
        let error = client(&engine).transfers().make(&body).await.expect_err("it is forged");
        assert_eq!((error.outcome(), error.is_forged()), (Outcome::Unknown, true), "{answer}");
    }
}
