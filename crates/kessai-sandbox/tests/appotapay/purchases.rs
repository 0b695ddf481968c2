//! What is paid from the balance besides transfers: bills, top-ups and cards to sell.

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{BALANCE, bills, shop_cards, topups};
use serde_json::{Value, json};

use crate::common::Heard;
use crate::http::{call, ok, partner, say, text, with};
use crate::signing::signed;
use crate::transfers::{assert_signed, serve};

const SERVICE: &str = "/api/v1/service";

/// Looks a bill up and pays it as it was found, with `more` members or others.
async fn pay_bill(sandbox: &Sandbox, reference: &str, code: &str, more: Value) -> Heard {
    let ask = json!({ "partnerRefId": reference, "billCode": code, "serviceCode": "ENVHN" });
    let members = ["billCode", "partnerRefId", "serviceCode"];
    let found = serve(sandbox, &format!("{SERVICE}/bill/check"), ask.clone(), &members).await;
    if found.refusal() != (200, 0, "") {
        return found;
    }
    let detail = found.body["billDetail"].clone();
    let body = json!({ "amount": bills::AMOUNT, "billDetail": "Array" });
    let body = signed(
        sandbox.appotapay(),
        with(with(ask, body), more),
        &["amount", "billCode", "billDetail", "partnerRefId", "serviceCode"],
    );
    let body = with(body, json!({ "billDetail": detail }));
    call(sandbox, "POST", &format!("{SERVICE}/bill/pay"), body).await
}

#[tokio::test]
async fn a_bill_is_paid_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let paid = pay_bill(&sandbox, "BILL-1", "PD1", Value::Null).await.body;
    assert_eq!(paid["errorCode"], 0);
    assert_signed(
        &sandbox,
        &paid,
        &[
            "/errorCode",
            "/transaction/amount",
            "/transaction/appotapayTransId",
            "/transaction/billAmount",
            "/transaction/time",
        ],
    );
    let target = format!("{SERVICE}/bill/transaction/BILL-1");
    let found = ok(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!((&found["billDetail"], &found["account"]), (&paid["billDetail"], &Value::Null));
    let again = pay_bill(&sandbox, "BILL-1", "PD1", Value::Null).await;
    assert_eq!(again.refusal(), (200, 31, ""));
    let owed = pay_bill(&sandbox, "BILL-2", "PD1", Value::Null).await;
    assert_eq!(owed.refusal(), (400, 1, "billDetail"), "nothing is owed any more");
    assert_eq!(sandbox.appotapay().balance(), BALANCE - bills::AMOUNT);
}

#[tokio::test]
async fn some_bills_are_paid_in_parts_and_others_not_at_all() {
    let sandbox = Sandbox::start().await.unwrap();
    let part = json!({ "amount": 12_000 });
    let refused = pay_bill(&sandbox, "BILL-1", "PD1", part.clone()).await;
    assert_eq!(refused.refusal(), (200, 32, ""));
    assert_eq!(pay_bill(&sandbox, "BILL-2", bills::PARTIAL, part).await.refusal(), (200, 0, ""));
    let rest = json!({ "amount": bills::AMOUNT - 12_000 });
    assert_eq!(pay_bill(&sandbox, "BILL-3", bills::PARTIAL, rest).await.refusal(), (200, 0, ""));
    for (code, number) in [(bills::UNKNOWN, 36), (bills::FAILED, 33), (bills::UNANSWERED, 99)] {
        assert_eq!(pay_bill(&sandbox, code, code, Value::Null).await.refusal(), (200, number, ""));
    }
    let open = pay_bill(&sandbox, "BILL-4", bills::PENDING, Value::Null).await;
    assert_eq!(open.refusal(), (200, 35, ""));
    sandbox.appotapay().settle_bill_payment("BILL-4", false).unwrap();
    assert_eq!(sandbox.appotapay().balance(), BALANCE - 2 * bills::AMOUNT);
}

#[tokio::test]
async fn a_bill_is_looked_up_before_it_is_paid() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({
        "partnerRefId": "BILL-1", "billCode": "PD1", "serviceCode": "ENVHN",
        "amount": bills::AMOUNT, "billDetail": "Array",
    });
    let members = ["amount", "billCode", "billDetail", "partnerRefId", "serviceCode"];
    let body = signed(sandbox.appotapay(), body, &members);
    let body = with(body, json!({ "billDetail": [] }));
    let refused = call(&sandbox, "POST", &format!("{SERVICE}/bill/pay"), body).await;
    assert_eq!(refused.refusal(), (200, 36, ""));
}

/// Buys credit of 50,000 dong for a telephone.
async fn topup(sandbox: &Sandbox, reference: &str, phone: &str, product: &str) -> Heard {
    let body = json!({ "partnerRefId": reference, "phoneNumber": phone, "productCode": product });
    let members = ["partnerRefId", "phoneNumber", "productCode", "telco", "telcoServiceType"];
    serve(sandbox, "/api/v2/service/topup/charging", body, &members).await
}

#[tokio::test]
async fn a_telephone_gets_its_credit() {
    let sandbox = Sandbox::start().await.unwrap();
    let done = topup(&sandbox, "TOP-1", "0901234567", "viettel_50").await.body;
    assert_eq!(done["transaction"]["topupAmount"], 50_000);
    let mut paths = vec![
        "/errorCode",
        "/transaction/amount",
        "/transaction/appotapayTransId",
        "/transaction/phoneNumber",
        "/transaction/time",
        "/transaction/topupAmount",
    ];
    let found =
        ok(&sandbox, "GET", &format!("{SERVICE}/topup/transaction/TOP-1"), Value::Null).await;
    assert_signed(&sandbox, &found, &paths);
    paths.push("/transaction/productCode");
    assert_signed(&sandbox, &done, &paths);
    for (reference, phone, product, refusal) in [
        ("TOP-1", "0901234567", "viettel_50", (200, 31, "")),
        ("TOP-2", "901234567", "viettel_50", (400, 1, "phoneNumber")),
        ("TOP-2", "0901234567", "viettel_51", (400, 1, "productCode")),
        ("TOP-2", topups::FAILED, "viettel_50", (200, 33, "")),
        ("TOP-3", topups::UNANSWERED, "viettel_50", (200, 99, "")),
        ("TOP-4", topups::PENDING, "viettel_50", (200, 35, "")),
    ] {
        let heard = topup(&sandbox, reference, phone, product).await;
        assert_eq!(heard.refusal(), refusal, "{reference} {phone}");
    }
    sandbox.appotapay().settle_topup("TOP-4", true).unwrap();
    assert_eq!(sandbox.appotapay().balance(), BALANCE - 150_000);
}

#[tokio::test]
async fn packages_of_data_are_listed_and_bought() {
    let sandbox = Sandbox::start().await.unwrap();
    let target = format!("{SERVICE}/topup/0901234567/products?telco_service_type=prepaid");
    // Not judged: the document lists networks without `_data`, which the pages put behind them.
    let list = async |target: &str| {
        let url = sandbox.appotapay().base_url();
        say(url, "GET", target, &partner(&sandbox), "").await.body["data"].clone()
    };
    assert!(list(&target).await.as_array().unwrap().len() > 1);
    let one = list(&format!("{target}&value=20000")).await;
    assert_eq!(one.as_array().unwrap().len(), 1);
    assert_eq!((text(&one[0], "telco"), &one[0]["amount"]), ("mobifone_data", &json!(20_000)));
    let bought = topup(&sandbox, "TOP-1", "0901234567", text(&one[0], "productCode")).await;
    assert_eq!(bought.refusal(), (200, 0, ""));
    for target in [
        "/api/v2/service/topup/productCodes",
        "/api/v1/service/shopcard/products",
        "/api/v1/service/topup/0901234567/info",
    ] {
        assert_eq!(ok(&sandbox, "GET", target, Value::Null).await["errorCode"], 0);
    }
}

/// Buys cards.
pub async fn buy(sandbox: &Sandbox, reference: &str, product: &str, quantity: i64) -> Heard {
    let body = json!({ "partnerRefId": reference, "productCode": product, "quantity": quantity });
    let members = ["partnerRefId", "productCode", "quantity"];
    serve(sandbox, &format!("{SERVICE}/shopcard/buy"), body, &members).await
}

#[tokio::test]
async fn bought_cards_are_told_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let bought = buy(&sandbox, "BUY-1", "AC50", 2).await.body;
    assert_eq!(
        (&bought["transaction"]["amount"], &bought["signature"]),
        (&json!(100_000), &Value::Null)
    );
    let look = |reference: &str| format!("{SERVICE}/shopcard/transaction/{reference}");
    let found = ok(&sandbox, "GET", &look("BUY-1"), Value::Null).await;
    assert_eq!(found["cards"], bought["cards"]);
    assert_ne!(found["cards"][0]["serial"], found["cards"][1]["serial"]);

    let open = buy(&sandbox, "BUY-2", shop_cards::PENDING, 3).await;
    assert_eq!((open.refusal(), &open.body["cards"]), ((200, 35, ""), &Value::Null));
    sandbox.appotapay().settle_shop_cards("BUY-2", true).unwrap();
    let found = ok(&sandbox, "GET", &look("BUY-2"), Value::Null).await;
    assert_eq!(found["cards"].as_array().unwrap().len(), 3);
    assert_eq!(buy(&sandbox, "BUY-3", shop_cards::UNANSWERED, 1).await.refusal(), (200, 99, ""));
    assert!(ok(&sandbox, "GET", &look("BUY-3"), Value::Null).await["cards"].is_array());
    for (product, quantity, refusal) in [
        ("AC50", 0, (400, 1, "quantity")),
        ("AC50", 101, (400, 1, "quantity")),
        ("AC1", 1, (400, 1, "productCode")),
        (shop_cards::FAILED, 1, (200, 33, "")),
    ] {
        assert_eq!(buy(&sandbox, "BUY-4", product, quantity).await.refusal(), refusal, "{product}");
    }
    sandbox.appotapay().ledger().assert_sound();
}
