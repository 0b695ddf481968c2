//! ZAFA PAY's amounts, digit for digit.

use std::collections::BTreeMap;
use std::fs;

use kessai_core::{Decimal, Decode, Error, Outcome};
use kessai_zafapay::errors::ErrorBody;
use kessai_zafapay::payment_methods::{BlockPaymentMethod, BlockedPaymentMethod};
use kessai_zafapay::payments::{
    CapturePayment, CreatePayment, Payment, PaymentRequest, Refund, RefundPayment,
};
use kessai_zafapay::tokens::CreateToken;
use kessai_zafapay::{AccessToken, Client, Environment};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::example::root;
use crate::script::{Script, answer};

/// A body with its members in order and without blanks; every other byte as it was written.
fn laid_out(text: &str) -> String {
    if let Ok(members) = serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(text) {
        let members =
            members.iter().map(|(name, value)| format!("{name:?}:{}", laid_out(value.get())));
        return format!("{{{}}}", members.collect::<Vec<_>>().join(","));
    }
    match serde_json::from_str::<Vec<Box<RawValue>>>(text) {
        Ok(items) => {
            let items = items.iter().map(|item| laid_out(item.get()));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        Err(_) => text.to_owned(),
    }
}

fn written<T: Decode + Serialize>(text: &str) -> String {
    let value = T::decode(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
    serde_json::to_string(&value).expect("JSON")
}

#[test]
fn every_published_body_of_today_is_written_back_byte_for_byte() {
    type Rewrite = fn(&str) -> String;
    let files: [(&str, Rewrite); 16] = [
        ("createPayment-request-1", written::<CreatePayment>),
        ("createPayment-request-4", written::<CreatePayment>),
        ("createPayment-request-5", written::<CreatePayment>),
        ("createPayment-request-9", written::<CreatePayment>),
        ("createPayment-response-1", written::<PaymentRequest>),
        ("getPayment-response-1", written::<Payment>),
        ("capturePayment-request-1", written::<CapturePayment>),
        ("capturePayment-request-2", written::<CapturePayment>),
        ("refundPayment-request-1", written::<RefundPayment>),
        ("refundPayment-request-3", written::<RefundPayment>),
        ("refundPayment-request-4", written::<RefundPayment>),
        ("blockPaymentMethod-request-1", written::<BlockPaymentMethod>),
        ("blockPaymentMethod-response-1", written::<BlockedPaymentMethod>),
        ("createToken-request-1", written::<CreateToken>),
        ("common-error-1", written::<ErrorBody>),
        ("auth-error-2", written::<ErrorBody>),
    ];
    let folder = root().join("specs/zafapay/examples/published");
    for (file, rewrite) in files {
        let text = fs::read_to_string(folder.join(file).with_extension("json")).expect("a body");
        assert_eq!(laid_out(&rewrite(&text)), laid_out(&text), "{file}");
    }
}

#[test]
fn an_amount_is_exact_whether_it_is_a_number_or_a_text() {
    for amount in ["17.62", "\"17.62\"", "10.00", "\"0\"", "\"5.50\""] {
        let body =
            format!(r#"{{"id":"orf_1","transaction_id":"tx_1","status":"x","amount":{amount}}}"#);
        let refund = Refund::decode(body.as_bytes()).expect("a refund");
        let digits = amount.trim_matches('"');
        assert_eq!(refund.amount.as_ref().map(Decimal::as_str), Some(digits), "no digit is lost");
        // This place wants a text.
        assert!(written::<Refund>(&body).contains(&format!("\"amount\":\"{digits}\"")));
    }
    let rate = r#"{"id":"tx_1","status":"completed","applied_rate":149.123456789012345678}"#;
    assert!(written::<Payment>(rate).contains("\"applied_rate\":149.123456789012345678"));
}

#[tokio::test]
async fn an_amount_that_the_currency_cannot_have_is_not_sent() {
    let script = Script::start([answer(201, &[], r#"{"id":"req_1","status":"pending"}"#)]).await;
    let token = AccessToken::new("token").expect("a token");
    let builder = Client::builder(Environment::Sandbox, token).base_url(&script.base_url());
    let client = builder.build().expect("a client");
    let create = async |amount: &str, currency: &str| -> Result<(), Error> {
        let amount: Decimal = amount.parse().expect("a decimal");
        client.payments().create(&CreatePayment::new(amount, currency)).await.map(drop)
    };
    for (amount, currency) in [("1000.5", "jpy"), ("10.005", "usd"), ("10.0005", "KWD")] {
        let error = create(amount, currency).await.expect_err("too many digits");
        assert_eq!(error.outcome(), Outcome::NotSent, "{amount} {currency}");
    }
    assert_eq!(script.connections(), 0, "nothing left this machine");
    create("1000.00", "jpy").await.expect("two zeros are no fraction");
    let sent = String::from_utf8(script.requests().concat()).expect("text");
    assert!(sent.ends_with(r#"{"amount":1000.00,"currency":"jpy"}"#), "{sent}");
}
