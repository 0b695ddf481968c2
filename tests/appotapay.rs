//! AppotaPay, which this provider's crate alone has: tokens that tell the time, three hosts, signed
//! answers, answers that say no with a good status, and messages on its own account.

use std::time::{Duration, UNIX_EPOCH};

use kessai_appotapay::card_charges::{CaptureCardCharge, CreateCardCharge};
use kessai_appotapay::card_refunds::CreateCardRefund;
use kessai_appotapay::ebills::CloseEbill;
use kessai_appotapay::engine::FakeClock;
use kessai_appotapay::errors::{CardErrorCode, TransferErrorCode};
use kessai_appotapay::pos_payments::CreatePosPayment;
use kessai_appotapay::transfers::{MakeTransfer, Transfer};
use kessai_appotapay::{Client, Credentials, Environment, Error, Language, Outcome};
use kessai_core::encoding::hex;
use kessai_core::mac::Tag;
use serde_json::{Value, json};

use crate::script::{Script, answer};

mod callbacks;

const SECRET: &str = "kanarievogel-secret";
const API_KEY: &str = "kanarievogel-key";

fn credentials(secret: &str) -> Credentials {
    Credentials::new("PARTNER", API_KEY, secret).expect("keys")
}

fn client(script: &Script) -> Client {
    let builder = Client::builder(Environment::Sandbox, credentials(SECRET));
    builder.base_url(&script.base_url()).build().expect("a client")
}

/// What came in, as text.
fn requests(script: &Script) -> Vec<String> {
    let text = |request| String::from_utf8(request).expect("UTF-8");
    script.requests().into_iter().map(text).collect()
}

/// What AppotaPay's signature of `text` is.
fn signature(text: &str) -> String {
    hex(&Tag::of(SECRET.as_bytes(), &[text.as_bytes()]).into_bytes())
}

/// A transfer's answer with its signature; `sent` is what was transferred.
fn transferred(code: i64, sent: i64) -> String {
    let signed = format!(
        "amount=50000&appotapayTransId=AP1&errorCode={code}&time=21-11-2026 10:22:07&transferAmount={sent}"
    );
    json!({
        "errorCode": code, "message": "kanarievogel",
        "transaction": {
            "amount": 50_000, "transferAmount": sent, "appotapayTransId": "AP1",
            "time": "21-11-2026 10:22:07",
        },
        "account": { "balance": 1_000_000 },
        "signature": signature(&signed),
    })
    .to_string()
}

async fn make_transfer(body: &str) -> Result<Transfer, Error> {
    let script = Script::start([answer(200, &[], body)]).await;
    let transfer = MakeTransfer::new(
        "TPBANK",
        "123456789",
        "account".into(),
        "NGUYEN VAN A",
        50_000,
        "payer".into(),
        "P-1",
    );
    client(&script).transfers().make(&transfer).await
}

#[tokio::test]
async fn a_signed_answer_is_handed_over() {
    let transfer = make_transfer(&transferred(0, 50_000)).await.expect("it is signed");
    let transaction = transfer.transaction.expect("a transaction");
    assert_eq!(transaction.transfer_amount, Some(50_000));
    assert!(make_transfer(&transferred(35, 50_000)).await.is_ok(), "pending is no failure");
}

#[tokio::test]
async fn an_answer_that_somebody_changed_leaves_the_outcome_open() {
    let genuine = transferred(0, 50_000);
    for (what, with) in [
        ("\"transferAmount\":50000", "\"transferAmount\":90000"),
        ("\"errorCode\":0", "\"errorCode\":35"),
        ("AP1", "AP2"),
        ("\"signature\":\"", "\"signature\":\"00"),
        ("\"signature\"", "\"no_signature\""),
    ] {
        assert!(genuine.contains(what), "{what}");
        let error = make_transfer(&genuine.replacen(what, with, 1)).await.expect_err(what);
        assert_eq!((error.outcome(), error.is_forged()), (Outcome::Unknown, true), "{what}");
        assert!(!format!("{error} {error:?}").contains("kanarievogel"), "{error:?}");
    }
}

#[tokio::test]
async fn a_forged_no_is_no_answer_either() {
    let forged = transferred(0, 50_000).replacen("\"errorCode\":0", "\"errorCode\":12", 1);
    let error = make_transfer(&forged).await.expect_err("a signature of something else");
    assert_eq!((error.outcome(), error.is_forged()), (Outcome::Unknown, true));
}

#[tokio::test]
async fn a_no_inside_of_a_good_status_is_refused_with_its_code() {
    let error = make_transfer(r#"{"errorCode":12,"message":"no"}"#).await.expect_err("a no");
    assert_eq!((error.outcome(), error.is_refused()), (Outcome::Refused, true));
    assert_eq!(TransferErrorCode::of(&error), Some(TransferErrorCode::from("12")));
    assert_eq!(error.refusal().and_then(|refusal| refusal.message()), Some("no"));
}

#[tokio::test]
async fn a_code_that_leaves_it_open_or_that_nobody_knows_is_no_refusal() {
    for code in ["0.5", "\"00\"", "33", "60", "91", "99", "132", "500", "4711", "-1"] {
        let body = format!(r#"{{"errorCode":{code},"message":"no"}}"#);
        let error = make_transfer(&body).await.expect_err(code);
        assert_eq!(error.outcome(), Outcome::Unknown, "{code}");
    }
}

#[tokio::test]
async fn a_no_of_another_shape_inside_of_a_good_status_is_no_success() {
    let script = Script::start((0..3).map(|_| answer(200, &[], r#"{"errorCode":36}"#))).await;
    let client = client(&script);
    let error = client.payments().find_by_order_id("O-1").await.expect_err("no such payment");
    assert_eq!(error.refusal().map(kessai_appotapay::Refusal::code), Some("36"));
    assert!(client.card_reversals().find_by_merchant_ref_id("P-1").await.is_err());
    assert!(client.customers().find_by_customer_ref_id("C-1").await.is_err());

    let script = Script::start([answer(200, &[], r#"{"error_code":"33","error_message":"no"}"#)]);
    let body = CreatePosPayment::new("T-1", "tea", "TERM-1", "QR".into(), 50_000);
    let error = self::client(&script.await).pos_payments().create(&body).await;
    assert_eq!(error.expect_err("a no").outcome(), Outcome::Unknown, "nobody knows what 33 means");
}

#[tokio::test]
async fn an_answer_that_readers_disagree_on_leaves_the_outcome_open() {
    for body in [r#"{"errorCode":12,"x":1,"x":2}"#, r#"{"errorCode":12,"errorCode":0}"#] {
        let error = make_transfer(body).await.expect_err(body);
        assert_eq!(error.outcome(), Outcome::Unknown, "{body}");
    }
}

#[tokio::test]
async fn a_proxys_words_are_no_refusal() {
    for (status, body) in [(409, r#"{"status":"error"}"#), (499, r#"{"code":"ECONNRESET"}"#)] {
        let script = Script::start([answer(status, &[], body)]).await;
        let body = CreateCardCharge::new(25_000, "ORD-1", "VND");
        let error = client(&script).card_charges().create(&body).await.expect_err("a proxy");
        assert_eq!(error.outcome(), Outcome::Unknown, "{status}");
    }
}

#[tokio::test]
async fn a_refund_that_failed_is_refused_for_the_reason_inside_of_it() {
    let refund = async |body: &str| {
        let script = Script::start([answer(200, &[], body)]).await;
        let body = CreateCardRefund::new("01K9", "RF-1", 10_000, "VND");
        client(&script).card_refunds().create(&body).await
    };
    let failed =
        r#"{"refundId":"r","status":"error","errorInformation":{"errorCode":78,"message":"no"}}"#;
    let error = refund(failed).await.expect_err("it failed");
    assert_eq!(error.outcome(), Outcome::Refused);
    assert_eq!(CardErrorCode::of(&error), Some(CardErrorCode::from("78")));
    let newer = r#"{"refundId":"r","status":"half_done"}"#;
    assert!(refund(newer).await.is_ok(), "a word that nobody knows yet is no failure");
    let late = failed.replace("78", "81");
    let error = refund(&late).await.expect_err("a provider was too late");
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(refund(r#"{"refundId":"r","status":"pending"}"#).await.is_ok());
}

#[tokio::test]
async fn a_token_is_made_for_every_call_at_its_time() {
    let script = Script::start([answer(404, &[], ""), answer(404, &[], "")]).await;
    let builder = Client::builder(Environment::Sandbox, credentials(SECRET));
    let client = builder
        .base_url(&script.base_url())
        .clock(FakeClock::at(UNIX_EPOCH + Duration::from_secs(1_614_225_624)))
        .bearer()
        .build()
        .expect("a client");
    for _ in 0..2 {
        let _ = client.balances().get().await;
    }
    let token = "Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImN0eSI6ImFwcG90YXBheS1hcGk7dj0xIn0.";
    for request in requests(&script) {
        assert!(request.contains(&format!("x-appotapay-auth: {token}")), "{request}");
        assert!(request.contains("content-type: application/json"), "of reads too: {request}");
        assert!(!request.contains("authorization:"), "{request}");
    }
}

#[tokio::test]
async fn each_product_is_told_the_language_and_the_account_under_its_own_names() {
    let script = Script::start((0..4).map(|_| answer(404, &[], ""))).await;
    let builder = Client::builder(Environment::Sandbox, credentials(SECRET));
    let builder = builder.base_url(&script.base_url()).language(Language::English);
    let client = builder.build().expect("a client").for_account("A-1");
    let _ = client.card_charges().find_by_merchant_ref_id("P-1").await;
    let _ = client.payments().find_by_order_id("O-1").await;
    let _ = client.pos_payments().find_by_partner_ref_id("T-1").await;
    let own = client.card_charges().find_by_merchant_ref_id("P-1");
    let _ = own.header("X-Account-Ref-ID", "A-2").await;

    let requests = requests(&script);
    let [card, payment, pos, own] = &requests[..] else { panic!("four requests") };
    assert!(card.contains("\r\nlanguage: en") && card.contains("\r\nx-account-ref-id: A-1"));
    assert!(
        card.starts_with(
            "GET /credit-card/charge/P-1?referenceType=MERCHANT_REFERENCE_ID HTTP/1.1"
        )
    );
    assert!(
        payment.contains("\r\nx-language: en") && payment.contains("\r\nx-account-ref-id: A-1")
    );
    assert!(payment.contains("type=PARTNER_ORDER_ID"));
    assert!(pos.contains("\r\nx-lang: en") && !pos.contains("x-account-ref-id"));
    assert!(own.contains("\r\nx-account-ref-id: A-2") && !own.contains("A-1"));
}

#[tokio::test]
async fn a_terminals_payment_is_signed_byte_for_byte() {
    let script = Script::start([answer(404, &[], "")]).await;
    let body = CreatePosPayment::new("T-1", "đơn hàng", "TERM-1", "QR".into(), 50_000);
    let _ = client(&script).pos_payments().create(&body).await;
    let request = requests(&script).remove(0);
    let (head, body) = request.split_once("\r\n\r\n").expect("a body");
    assert!(head.contains(&format!("\r\nx-signature: {}", signature(body))), "{head}");
}

#[tokio::test]
async fn a_wallets_payment_needs_the_customers_token() {
    use kessai_appotapay::wallet_payments::CreateWalletPayment;

    let script = Script::start([answer(404, &[], "")]).await;
    let body = CreateWalletPayment::new("O-1", "tea", 10_000, "VND");
    let error = client(&script).wallet_payments().create(&body).await.expect_err("no token");
    assert_eq!((error.outcome(), script.connections()), (Outcome::NotSent, 0));

    let client = client(&script).for_wallet("kanarievogel-user");
    assert!(!format!("{client:?}").contains("kanarievogel"));
    let _ = client.wallet_payments().create(&body).await;
    let request = requests(&script).remove(0);
    assert!(request.contains("\r\nauthorization: Bearer kanarievogel-user"));
    assert!(request.contains("\r\nx-appotapay-auth: "));
}

#[tokio::test]
async fn the_login_of_wallets_carries_no_token_of_the_partner() {
    use kessai_appotapay::wallet_links::UnlinkWallet;

    let script = Script::start([answer(200, &[], r#"{"code":200,"success":true}"#)]).await;
    let body = UnlinkWallet::new(API_KEY, "user");
    client(&script).wallet_links().unlink_wallet(&body).await.expect("it is unlinked");
    assert!(!requests(&script)[0].contains("x-appotapay-auth"));
}

#[tokio::test]
async fn what_cannot_stand_in_a_header_is_not_sent() {
    let script = Script::start([]).await;
    let client = client(&script).for_account("a\nb");
    let capture = CaptureCardCharge::new(1000, "VND");
    let error = client.card_charges().capture(&"1".into(), &capture).await.expect_err("a header");
    assert_eq!((error.outcome(), script.connections()), (Outcome::NotSent, 0));
}

#[tokio::test]
async fn a_body_is_signed_with_what_it_holds() {
    let script = Script::start([answer(404, &[], "")]).await;
    let body = CloseEbill::new("902000668565", "VA586f8d6a684", "123456");
    let _ = client(&script).ebills().close(&body).await;
    let request = requests(&script).remove(0);
    let (_, body) = request.split_once("\r\n\r\n").expect("a body");
    let body: Value = serde_json::from_str(body).expect("JSON");
    let signed = "accountNo=902000668565&billCode=VA586f8d6a684&partnerRefId=123456";
    assert_eq!(body["signature"], signature(signed));
}

#[test]
fn a_charge_cannot_be_made_without_the_merchants_reference() {
    let charge = CreateCardCharge::new(25_000, "ORD-1", "VND");
    assert_eq!(charge.merchant_ref_id, "ORD-1");
}

#[tokio::test]
async fn the_name_of_a_request_is_there_when_nothing_came_back() {
    let script = Script::start([vec![crate::script::Act::Read, crate::script::Act::Reset]]).await;
    let charge = CreateCardCharge::new(1000, "O-1", "VND");
    let error = client(&script).card_charges().create(&charge).await.expect_err("a reset");
    let name = error.request_id().expect("a name").to_owned();
    assert_eq!((error.outcome(), name.len()), (Outcome::Unknown, 36));
    assert!(requests(&script)[0].contains(&format!("\r\nx-request-id: {name}\r\n")));
}

#[test]
fn a_customer_is_sent_to_the_address_of_the_login() {
    use kessai_appotapay::wallet_links::GetWalletLoginForm;

    let client = Client::new(Environment::Sandbox, credentials(SECRET)).expect("a client");
    let query =
        GetWalletLoginForm::new(API_KEY, "user.info", "code", "https://shop.example/a?b", "s");
    let url = client.wallet_links().get_wallet_login_form(&query).url().expect("an address");
    assert!(url.starts_with("https://ewallet.dev.appotapay.com/oauth/login?client_key="), "{url}");
    assert!(url.contains("redirect_uri=https%3A%2F%2Fshop.example%2Fa%3Fb"), "{url}");
}

#[test]
fn a_code_that_was_written_as_a_number_is_the_same_code() {
    assert_eq!(TransferErrorCode::from(2025_i64), TransferErrorCode::BeneficiaryMismatch);
    assert_eq!(TransferErrorCode::from(7_i64), TransferErrorCode::from("7"));
    assert_eq!(CardErrorCode::from(-1_i64).as_str(), "-1");
}
