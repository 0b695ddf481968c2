//! Payments at a checkout: made, paid, told and found.

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::LeverError;
use serde_json::{Value, json};

use crate::http::{call, judge_told, ok, queried, text, told, with};
use crate::signing::unsealed;

const PAY: &str = "/api/v2/orders/payment";
const DIRECT: &str = "/api/v2/orders/create-payment";

/// An order of 250,000 dong, with `more` members of its `transaction` or others.
pub fn order(id: &str, more: Value) -> Value {
    let transaction = json!({
        "amount": 250_000, "currency": "VND", "paymentMethod": "ATM", "action": "PAY",
    });
    json!({
        "transaction": with(transaction, more),
        "partnerReference": {
            "order": { "id": id, "info": "Two seats", "extraData": "cart 7" },
            "notificationConfig": {
                "notifyUrl": "https://shop.example/notify",
                "redirectUrl": "https://shop.example/back",
                "installmentNotifyUrl": "https://shop.example/installments",
            },
        },
    })
}

/// The id of a new payment.
pub async fn ordered(sandbox: &Sandbox, id: &str, more: Value) -> String {
    let made = ok(sandbox, "POST", PAY, order(id, more)).await;
    text(&made["transaction"], "transactionId").to_owned()
}

/// The payment as it is now.
pub async fn look(sandbox: &Sandbox, id: &str) -> Value {
    let target = format!("/api/v2/orders/transaction?referenceId={id}");
    ok(sandbox, "GET", &target, Value::Null).await
}

#[tokio::test]
async fn an_order_waits_until_the_customer_pays() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = ok(&sandbox, "POST", PAY, order("ORD-1", json!({ "bankCode": "TPBANK" }))).await;
    let id = text(&made["transaction"], "transactionId");
    assert_eq!(
        (&made["transaction"]["status"], &made["transaction"]["errorCode"]),
        (&json!("pending"), &json!(35))
    );
    assert!(text(&made["payment"], "url").contains(id) && made["payment"]["qrCode"].is_null());
    assert_eq!(look(&sandbox, id).await["transaction"]["status"], "pending");
    assert_eq!(sandbox.appotapay().ledger().totals()["VND"].captured, 0);

    sandbox.appotapay().pay_order(id).unwrap();
    let paid = look(&sandbox, id).await;
    assert_eq!(
        (&paid["transaction"]["status"], &paid["transaction"]["errorCode"]),
        (&json!("success"), &json!(0))
    );
    assert_eq!(paid["partnerReference"]["order"]["id"], "ORD-1");
    let by_order = "/api/v2/orders/transaction?referenceId=ORD-1&type=PARTNER_ORDER_ID";
    assert_eq!(ok(&sandbox, "GET", by_order, Value::Null).await, paid);
    assert_eq!(sandbox.appotapay().ledger().charge(id).unwrap().totals.captured, 250_000);
    assert_eq!(sandbox.appotapay().pay_order(id), Err(LeverError::WrongStatus));
}

#[tokio::test]
async fn the_server_is_told_of_success_and_the_browser_of_everything() {
    let sandbox = Sandbox::start().await.unwrap();
    let appotapay = sandbox.appotapay();
    let paid = ordered(&sandbox, "ORD-1", Value::Null).await;
    let failed = ordered(&sandbox, "ORD-2", Value::Null).await;
    appotapay.pay_order(&paid).unwrap();
    appotapay.fail_order(&failed).unwrap();

    let told = told(&sandbox);
    let [(kind, url, data)] = told.as_slice() else { panic!("{}", told.len()) };
    assert_eq!((kind.as_str(), url.as_str()), ("payment", "https://shop.example/notify"));
    judge_told("PaymentNotification", data);
    assert_eq!(*data, look(&sandbox, &paid).await);

    for (id, status, code) in [(paid, "success", 0), (failed, "error", 33)] {
        let back = appotapay.payment_return(&id).unwrap();
        assert!(back.starts_with("https://shop.example/back?data="));
        let data = unsealed(appotapay, &queried(&back, "data"), &queried(&back, "signature"));
        assert_eq!(data["transaction"]["status"], status);
        assert_eq!(data["transaction"]["errorCode"], code);
        assert!(queried(&back, "time").parse::<i64>().is_ok());
    }
}

#[tokio::test]
async fn an_order_is_paid_once() {
    let sandbox = Sandbox::start().await.unwrap();
    ordered(&sandbox, "ORD-1", Value::Null).await;
    let again = call(&sandbox, "POST", PAY, order("ORD-1", Value::Null)).await;
    assert_eq!(again.refusal(), (400, 30, ""));
}

#[tokio::test]
async fn an_open_order_is_paid_as_the_customer_likes() {
    let sandbox = Sandbox::start().await.unwrap();
    let appotapay = sandbox.appotapay();
    let open = ordered(&sandbox, "ORD-1", json!({ "paymentMethod": "ALL" })).await;
    assert_eq!(appotapay.pay_order_with(&open, "CC", "VCB"), Err(LeverError::WrongMethod));
    assert_eq!(appotapay.pay_order_with(&open, "ALL", ""), Err(LeverError::WrongMethod));
    appotapay.pay_order_with(&open, "CC", "VISA").unwrap();
    let paid = look(&sandbox, &open).await;
    assert_eq!(
        (&paid["transaction"]["paymentMethod"], &paid["transaction"]["bankCode"]),
        (&json!("CC"), &json!("VISA"))
    );
    let atm = ordered(&sandbox, "ORD-2", json!({ "bankCode": "MB" })).await;
    assert_eq!(appotapay.pay_order_with(&atm, "CC", "VISA"), Err(LeverError::WrongMethod));
    assert_eq!(appotapay.pay_order_with(&atm, "ATM", "VCB"), Err(LeverError::WrongMethod));
    appotapay.pay_order(&atm).unwrap();
    assert_eq!(look(&sandbox, &atm).await["transaction"]["bankCode"], "MB");
    assert_eq!(appotapay.pay_order("AP1"), Err(LeverError::NotFound));
}

#[tokio::test]
async fn a_card_that_paid_can_be_kept_and_pay_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let keep = ordered(&sandbox, "ORD-1", json!({ "action": "PAY_WITH_RETURN_TOKEN" })).await;
    sandbox.appotapay().pay_order(&keep).unwrap();
    let (_, _, data) = told(&sandbox).remove(0);
    judge_told("PaymentNotification", &data);
    let result: Value = serde_json::from_str(text(&data, "tokenResult")).unwrap();
    judge_told("PaymentTokenResult", &result);
    let token = text(&result["card"], "token");

    let with_token = json!({ "action": "PAY_WITH_TOKEN", "token": token });
    let again = ordered(&sandbox, "ORD-2", with_token.clone()).await;
    sandbox.appotapay().pay_order(&again).unwrap();
    let delete = json!({ "token": token });
    let deleted = ok(&sandbox, "DELETE", "/api/v2/token/delete", delete.clone()).await;
    assert_eq!(deleted["errorCode"], 0);
    let gone = call(&sandbox, "DELETE", "/api/v2/token/delete", delete).await;
    assert_eq!(gone.refusal(), (404, 36, ""));
    for more in [with_token, json!({ "action": "PAY_WITH_TOKEN" })] {
        let refused = call(&sandbox, "POST", PAY, order("ORD-3", more)).await;
        assert_eq!(refused.refusal(), (400, 1, "transaction.token"));
    }
}

#[tokio::test]
async fn what_is_not_enabled_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    for (more, refusal) in [
        (json!({ "bankCode": "VISA" }), (400, 141, "")),
        (json!({ "currency": "USD" }), (400, 1, "transaction.currency")),
        (json!({ "amount": 999 }), (400, 1, "transaction.amount")),
    ] {
        let refused = call(&sandbox, "POST", PAY, order("ORD-1", more.clone())).await;
        assert_eq!(refused.refusal(), refusal, "{more}");
    }
    let vague = format!("/api/v2/orders/transactions?startTime={}", 1);
    let vague = call(&sandbox, "GET", &vague, Value::Null).await;
    assert_eq!(vague.refusal(), (400, 1, "endTime"));
}

#[tokio::test]
async fn a_card_may_be_typed_in_at_the_merchant_s_own_checkout() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut body = order("ORD-1", json!({ "bankCode": "MB" }));
    body["sourceOfFunds"] = json!({ "type": "card", "card": {
        "cardNumber": "9704229306604047", "cardHolderName": "ARTURO MOEN",
        "cardMonth": "01", "cardYear": "23",
    } });
    let made = ok(&sandbox, "POST", DIRECT, body.clone()).await;
    assert_eq!(made["authentication"]["verificationMethod"], "OTP");
    let id = text(&made["transaction"], "transactionId");
    sandbox.appotapay().pay_order(id).unwrap();
    assert_eq!(look(&sandbox, id).await["transaction"]["status"], "success");

    for (member, value, refusal) in [
        ("paymentMethod", "CC", (400, 140, "")),
        ("bankCode", "NOBANK", (400, 141, "")),
        ("action", "PAY_WITH_TOKEN", (400, 1, "transaction.action")),
    ] {
        let mut body = body.clone();
        body["transaction"][member] = value.into();
        assert_eq!(call(&sandbox, "POST", DIRECT, body).await.refusal(), refusal);
    }
    body["sourceOfFunds"]["type"] = "account".into();
    let missing = call(&sandbox, "POST", DIRECT, body).await;
    assert_eq!(missing.refusal(), (400, 1, "sourceOfFunds.account"));
}

#[tokio::test]
async fn payments_are_listed_in_pages_the_newest_first() {
    let sandbox = Sandbox::start().await.unwrap();
    for order in ["ORD-1", "ORD-2", "ORD-3"] {
        let id = ordered(&sandbox, order, Value::Null).await;
        if order != "ORD-2" {
            sandbox.appotapay().pay_order(&id).unwrap();
        }
    }
    let now = sandbox.clock().now_ms() / 1000;
    let list = |query: String| {
        let sandbox = &sandbox;
        async move {
            let target = format!("/api/v2/orders/transactions?{query}");
            let page = ok(sandbox, "GET", &target, Value::Null).await;
            let items = page["transactions"].as_array().unwrap();
            let orders = items.iter().map(|item| text(item, "orderId")).collect::<Vec<_>>();
            (orders.join(" "), page["pagination"]["total"].as_i64().unwrap())
        }
    };
    assert_eq!(list(String::new()).await, ("ORD-3 ORD-2 ORD-1".into(), 3));
    assert_eq!(list("status=success".into()).await, ("ORD-3 ORD-1".into(), 2));
    assert_eq!(list("limit=2&page=2".into()).await, ("ORD-1".into(), 3));
    assert_eq!(list("paymentMethod=CC".into()).await, (String::new(), 0));
    let day = |from: i64| format!("startTime={from}&endTime={}", from + 86_400);
    assert_eq!(list(day(now - 100)).await.1, 3);
    assert_eq!(list(day(now + 100)).await.1, 0);
}
