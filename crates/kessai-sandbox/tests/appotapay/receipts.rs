//! What customers pay to services: virtual accounts and prepaid cards.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{LeverError, card_chargings};
use serde_json::{Value, json};

use crate::http::{Heard, call, judge_told, ok, text, with};
use crate::purchases::buy;
use crate::signing::digest;
use crate::transfers::{assert_signed, serve};

const EBILL: &str = "/api/v1/service/ebill";

/// Makes a bill of 50,000 dong that is due in a day, with `more` members or others.
async fn bill(sandbox: &Sandbox, code: &str, more: Value) -> Heard {
    let body = json!({
        "billCode": code, "billInfo": "Vé xem ca nhạc", "customerName": "NGUYEN VAN A",
        "billExpiryTime": sandbox.clock().now_ms() / 1000 + 86_400, "amount": 50_000,
        "paymentCondition": "GTE", "bankCode": "WOORIBANK",
        "notifyUrl": "https://shop.example/bills", "extraData": "seat 12",
    });
    let members = [
        "amount",
        "bankCode",
        "billCode",
        "billExpiryTime",
        "billInfo",
        "customerName",
        "extraData",
        "notifyUrl",
        "paymentCondition",
    ];
    serve(sandbox, &format!("{EBILL}/create"), with(body, more), &members).await
}

/// Closes the account of a bill.
async fn close(sandbox: &Sandbox, code: &str, account: &str, reference: &str) -> Heard {
    let body = json!({ "accountNo": account, "billCode": code, "partnerRefId": reference });
    let members = ["accountNo", "billCode", "partnerRefId"];
    serve(sandbox, &format!("{EBILL}/close"), body, &members).await
}

fn account(answer: &Value) -> &str {
    text(&answer["payment"]["bankAccounts"][0], "accountNo")
}

/// The answer with the text of `payment` as it came, whose members `Value` has put in order.
fn written(answer: &Value) -> Value {
    let account = &answer["payment"]["bankAccounts"][0];
    let names = ["bankCode", "bankName", "accountNo", "accountName", "bankBranch", "status"];
    let members =
        names.iter().filter_map(|name| Some(format!("\"{name}\":{}", account.get(name)?)));
    let members = members.collect::<Vec<_>>().join(",");
    with(answer.clone(), json!({ "payment": format!("{{\"bankAccounts\":[{{{members}}}]}}") }))
}

#[tokio::test]
async fn money_that_arrives_on_an_account_is_told_and_listed() {
    let sandbox = Sandbox::start().await.unwrap();
    let appotapay = sandbox.appotapay();
    let made = bill(&sandbox, "BILL-1", Value::Null).await.body;
    assert_signed(&sandbox, &written(&made), &["/billCode", "/errorCode", "/payment"]);
    assert_eq!(appotapay.pay_ebill("BILL-1", 49_999), Err(LeverError::WrongAmount));
    assert_eq!(appotapay.pay_ebill("BILL-2", 50_000), Err(LeverError::NotFound));
    let ids = [50_000, 60_000].map(|amount| appotapay.pay_ebill("BILL-1", amount).unwrap());

    let detail = ok(&sandbox, "GET", &format!("{EBILL}/detail/BILL-1"), Value::Null).await;
    assert_eq!((&detail["paidAmount"], account(&detail)), (&json!(110_000), account(&made)));
    assert_eq!(detail["payment"]["bankAccounts"][0]["status"], "active");
    let paths =
        ["/amount", "/billCode", "/billExpiryTime", "/errorCode", "/paidAmount", "/payment"];
    assert_signed(&sandbox, &written(&detail), &paths);
    let list = ok(&sandbox, "GET", &format!("{EBILL}/BILL-1/transactions"), Value::Null).await;
    assert_eq!(text(&list["transactions"][1], "transactionId"), ids[1]);

    let events = appotapay.events();
    assert_eq!(
        (events.len(), events[0].kind(), events[0].url()),
        (2, "ebill", "https://shop.example/bills")
    );
    let told: Value = serde_json::from_slice(events[0].body()).unwrap();
    judge_told("EbillNotification", &told);
    assert_eq!((text(&told, "transactionId"), text(&told, "extraData")), (&*ids[0], "seat 12"));
    let paths = [
        "/amount",
        "/apiKey",
        "/bankAccountName",
        "/bankAccountNumber",
        "/bankCode",
        "/billCode",
        "/extraData",
        "/memo",
        "/partnerCode",
        "/requestTime",
        "/transactionId",
        "/transactionTime",
        "/version",
    ];
    assert_signed(&sandbox, &told, &paths);
    assert_eq!(appotapay.ledger().charge(&ids[1]).unwrap().totals.captured, 60_000);
}

#[tokio::test]
async fn payments_are_listed_by_time_and_page() {
    let sandbox = Sandbox::start().await.unwrap();
    let now = sandbox.clock().now_ms() / 1000;
    for code in ["BILL-1", "BILL-2"] {
        bill(&sandbox, code, Value::Null).await;
        sandbox.appotapay().pay_ebill(code, 50_000).unwrap();
        sandbox.clock().advance(Duration::from_secs(600));
    }
    for (query, total, listed) in [
        (format!("startTime={now}&endTime={}", now + 1200), 2, 2),
        (format!("startTime={now}&endTime={}", now + 300), 1, 1),
        (format!("startTime={now}&endTime={}&billCode=BILL-2", now + 1200), 1, 1),
        (format!("startTime={now}&endTime={}&limit=1&page=2", now + 1200), 2, 1),
    ] {
        let list = ok(&sandbox, "GET", &format!("{EBILL}/transactions?{query}"), Value::Null).await;
        assert_eq!(list["total"], total, "{query}");
        assert_eq!(list["transactions"].as_array().unwrap().len(), listed, "{query}");
    }
    let target = format!("{EBILL}/transactions?startTime={now}&endTime={}", now - 1);
    assert_eq!(call(&sandbox, "GET", &target, Value::Null).await.refusal(), (400, 1, "endTime"));
}

#[tokio::test]
async fn an_account_takes_nothing_when_it_is_closed_or_its_bill_is_over() {
    let sandbox = Sandbox::start().await.unwrap();
    let appotapay = sandbox.appotapay();
    let first = bill(&sandbox, "BILL-1", Value::Null).await.body;
    let second = bill(&sandbox, "BILL-2", Value::Null).await.body;
    for (code, account, reference, number) in [
        ("BILL-3", account(&first), "C1", 151),
        ("BILL-1", "1", "C1", 154),
        ("BILL-1", account(&second), "C1", 203),
        ("BILL-1", account(&first), "C1", 0),
        ("BILL-2", account(&second), "C1", 201),
        ("BILL-1", account(&first), "C2", 205),
    ] {
        let heard = close(&sandbox, code, account, reference).await;
        assert_eq!(heard.refusal(), (200, number, ""), "{code} {reference}");
    }
    assert_eq!(appotapay.pay_ebill("BILL-1", 50_000), Err(LeverError::WrongStatus));
    sandbox.clock().advance(Duration::from_secs(86_400));
    assert_eq!(appotapay.pay_ebill("BILL-2", 50_000), Err(LeverError::WrongStatus));
    let late = close(&sandbox, "BILL-2", account(&second), "C3").await;
    assert_eq!(late.refusal(), (200, 204, ""));
}

#[tokio::test]
async fn a_bill_must_be_one_that_can_be_made() {
    let sandbox = Sandbox::start().await.unwrap();
    bill(&sandbox, "BILL-1", Value::Null).await;
    for (code, more, refusal) in [
        ("BILL-1", Value::Null, (200, 150, "")),
        ("BILL-2", json!({ "bankCode": "TPBANK" }), (200, 149, "")),
        ("BILL-2", json!({ "customerName": "Nguyễn" }), (200, 206, "")),
        ("BILL-2", json!({ "amount": 0 }), (200, 32, "")),
        ("BILL-2", json!({ "billExpiryTime": 1 }), (400, 1, "billExpiryTime")),
        ("BILL-2", json!({ "paymentCondition": "ANY" }), (400, 1, "paymentCondition")),
    ] {
        assert_eq!(bill(&sandbox, code, more.clone()).await.refusal(), refusal, "{more}");
    }
    let unknown = ok(&sandbox, "GET", &format!("{EBILL}/detail/BILL-2"), Value::Null).await;
    assert_eq!(unknown["errorCode"], 151);
}

/// Submits a prepaid card; answers with the code.
async fn charge(sandbox: &Sandbox, transaction: &str, serial: &str) -> (u16, Value) {
    let values = format!("c0de{serial}appotaAPPOTAPAYTICKETS{transaction}");
    let body = json!({
        "code": "c0de", "serial": serial, "vendor": "appota", "partner_code": "APPOTAPAY",
        "service_name": "TICKETS", "transaction_id": transaction,
        "signature": digest(sandbox.appotapay(), &values),
    });
    let target = format!("/v1/services/card_charging?api_key={}", sandbox.appotapay().api_key());
    let heard = call(sandbox, "POST", &target, body).await;
    (heard.status, heard.body)
}

async fn check(sandbox: &Sandbox, transaction: &str) -> Value {
    let signature = digest(sandbox.appotapay(), &format!("APPOTAPAY{transaction}"));
    let target = format!(
        "/v1/services/transaction/check?api_key={}&partner_code=APPOTAPAY\
         &transaction_id={transaction}&signature={signature}",
        sandbox.appotapay().api_key(),
    );
    ok(sandbox, "GET", &target, Value::Null).await
}

#[tokio::test]
async fn a_prepaid_card_pays_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let (_, taken) = charge(&sandbox, "order-1", "OTA123456789").await;
    assert_eq!((text(&taken, "error_code"), &taken["data"]["amount"]), ("00", &json!(50_000)));
    assert_eq!(check(&sandbox, "order-1").await, taken);
    for (transaction, serial, code) in [
        ("order-1", "OTA123456780", "17"),
        ("order-2", "OTA123456789", "39"),
        ("order-3", card_chargings::NOT_ACTIVATED, "33"),
        ("order-4", card_chargings::UNKNOWN, "37"),
        ("order-5", card_chargings::EXPIRED, "38"),
        ("order-6", card_chargings::PENDING, "99"),
    ] {
        let (status, refused) = charge(&sandbox, transaction, serial).await;
        assert_eq!((status, text(&refused, "error_code")), (200, code), "{transaction}");
    }
    sandbox.appotapay().settle_card_charging("order-6", true).unwrap();
    assert_eq!(check(&sandbox, "order-6").await["error_code"], "00");
    assert_eq!(check(&sandbox, "order-7").await["error_code"], "18");
    assert_eq!(sandbox.appotapay().ledger().totals()["VND"].captured, 100_000);
}

#[tokio::test]
async fn a_card_that_was_bought_is_worth_its_price() {
    let sandbox = Sandbox::start().await.unwrap();
    let bought = buy(&sandbox, "BUY-1", "AC200", 1).await.body;
    let (_, taken) = charge(&sandbox, "order-1", text(&bought["cards"][0], "serial")).await;
    assert_eq!(taken["data"]["amount"], 200_000);
}

#[tokio::test]
async fn a_prepaid_card_needs_the_key_in_the_address_and_the_signature() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({
        "code": "c0de", "serial": "OTA123456789", "vendor": "appota", "partner_code": "APPOTAPAY",
        "service_name": "TICKETS", "transaction_id": "order-1", "signature": "00",
    });
    let target = "/v1/services/card_charging";
    let heard = call(&sandbox, "POST", target, body.clone()).await;
    assert_eq!((heard.status, text(&heard.body, "error_code")), (401, "11"));
    let target = format!("{target}?api_key={}", sandbox.appotapay().api_key());
    let heard = call(&sandbox, "POST", &target, body).await;
    assert_eq!((heard.status, text(&heard.body, "error_code")), (400, "19"));
}
