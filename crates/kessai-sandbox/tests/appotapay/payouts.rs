//! What is paid from the balance: transfers, bills, top-ups and cards to sell.

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{BALANCE, LeverError, bills, shop_cards, topups, transfers};
use serde_json::{Value, json};

use crate::common::Heard;
use crate::http::{call, judge_told, ok, partner, say, text, with};
use crate::signing::{sign, signed};

const SERVICE: &str = "/api/v1/service";

/// Calls a service with a body whose members of these names are signed.
pub async fn serve(sandbox: &Sandbox, target: &str, body: Value, members: &[&str]) -> Heard {
    let body = signed(sandbox.appotapay(), body, members);
    call(sandbox, "POST", target, body).await
}

/// Asserts that an answer is signed, by the values that these paths have in it.
pub fn assert_signed(sandbox: &Sandbox, answer: &Value, paths: &[&str]) {
    let value = |path: &str| {
        let value = answer.pointer(path).unwrap_or_else(|| panic!("no {path} in {answer:#}"));
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    };
    let pair = |path: &&str| format!("{}={}", path.rsplit('/').next().unwrap(), value(path));
    let mut pairs: Vec<_> = paths.iter().map(pair).collect();
    pairs.sort();
    assert_eq!(text(answer, "signature"), sign(sandbox.appotapay(), &pairs.join("&")));
}

const TRANSFER: &[&str] =
    &["accountName", "accountNo", "accountType", "amount", "bankCode", "feeType", "partnerRefId"];
const TRANSFERRED: &[&str] = &[
    "/errorCode",
    "/transaction/amount",
    "/transaction/appotapayTransId",
    "/transaction/time",
    "/transaction/transferAmount",
];

/// Sends 250,000 dong to an account.
async fn transfer(sandbox: &Sandbox, reference: &str, account: &str, more: Value) -> Heard {
    let body = json!({
        "bankCode": "TPBANK", "accountNo": account, "accountType": "account",
        "accountName": transfers::OWNER, "amount": 250_000, "feeType": "payer",
        "partnerRefId": reference,
    });
    serve(sandbox, &format!("{SERVICE}/transfer/make"), with(body, more), TRANSFER).await
}

async fn look(sandbox: &Sandbox, reference: &str) -> Value {
    let target = format!("{SERVICE}/transfer/transaction/{reference}");
    ok(sandbox, "GET", &target, Value::Null).await
}

#[tokio::test]
async fn a_transfer_leaves_the_balance_and_is_found_by_its_reference() {
    let sandbox = Sandbox::start().await.unwrap();
    let sent = transfer(&sandbox, "OUT-1", "04520001234", Value::Null).await.body;
    assert_eq!(sent["errorCode"], 0);
    assert_eq!(sent["account"]["balance"], BALANCE - 250_000);
    assert_signed(&sandbox, &sent, TRANSFERRED);
    let found = look(&sandbox, "OUT-1").await;
    assert_signed(&sandbox, &found, TRANSFERRED);
    assert_eq!(text(&found["transaction"], "accountNo"), "04520001234");
    assert_eq!(found["transaction"]["appotapayTransId"], sent["transaction"]["appotapayTransId"]);
    let balance = ok(&sandbox, "GET", &format!("{SERVICE}/accounts/balance"), Value::Null).await;
    assert_eq!(balance["account"]["balance"], BALANCE - 250_000);

    let again = transfer(&sandbox, "OUT-1", "04520001234", Value::Null).await;
    assert_eq!(again.refusal(), (200, 31, ""));
    assert_eq!(look(&sandbox, "OUT-2").await["errorCode"], 36);
    assert_eq!(sandbox.appotapay().balance(), BALANCE - 250_000);
}

#[tokio::test]
async fn a_transfer_on_its_way_ends_once_and_what_fails_comes_back() {
    for (arrives, status, code, balance) in [(true, "success", 0, 0), (false, "error", 33, 250_000)]
    {
        let sandbox = Sandbox::start().await.unwrap();
        let appotapay = sandbox.appotapay();
        appotapay.set_balance(250_000);
        let sent = transfer(&sandbox, "OUT-1", transfers::PENDING, Value::Null).await.body;
        assert_eq!(sent["errorCode"], 35);
        assert_signed(&sandbox, &sent, TRANSFERRED);
        assert_eq!(look(&sandbox, "OUT-1").await["errorCode"], 35);
        let line = appotapay.ledger().lines()[0].clone();
        assert_eq!((line.totals.authorized, line.totals.captured), (250_000, 0));

        assert_eq!(appotapay.settle_transfer("OUT-1", arrives), Ok(()));
        assert_eq!(appotapay.settle_transfer("OUT-1", true), Err(LeverError::WrongStatus));
        assert_eq!(look(&sandbox, "OUT-1").await["errorCode"], code);
        assert_eq!(appotapay.balance(), balance);
        let events = appotapay.events();
        let told: Value = serde_json::from_slice(events[0].body()).unwrap();
        judge_told("TransferNotification", &told);
        assert_eq!(told["transaction"]["transferStatus"], status);
        let paths = ["/transaction/partnerRefId", "/transaction/transferStatus"];
        assert_signed(&sandbox, &told, &[TRANSFERRED, &paths].concat());
        appotapay.ledger().assert_sound();
    }
}

#[tokio::test]
async fn a_refused_transfer_moves_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.appotapay().set_balance(249_999);
    for (account, more, refusal) in [
        ("1234", Value::Null, (200, 12, "")),
        (transfers::UNKNOWN, Value::Null, (200, 161, "")),
        (transfers::OTHER_OWNER, Value::Null, (200, 200, "")),
        ("1234", json!({ "amount": 0 }), (200, 165, "")),
        ("1234", json!({ "amount": -5 }), (200, 165, "")),
        ("1234", json!({ "accountName": "Nguyễn" }), (200, 168, "")),
        ("1234", json!({ "bankCode": "a bank" }), (200, 190, "")),
        ("12", Value::Null, (400, 1, "accountNo")),
        ("1234", json!({ "feeType": "nobody" }), (400, 1, "feeType")),
    ] {
        let refused = transfer(&sandbox, "OUT-1", account, more.clone()).await;
        assert_eq!(refused.refusal(), refusal, "{account} {more}");
    }
    assert_eq!(look(&sandbox, "OUT-1").await["errorCode"], 36);
    assert_eq!(sandbox.appotapay().balance(), 249_999);
    assert!(sandbox.appotapay().ledger().lines().is_empty());
}

#[tokio::test]
async fn a_transfer_that_fails_or_is_not_answered_is_told_by_looking() {
    let sandbox = Sandbox::start().await.unwrap();
    let failed = transfer(&sandbox, "OUT-1", transfers::FAILED, Value::Null).await.body;
    assert_eq!((failed["errorCode"].as_i64(), sandbox.appotapay().balance()), (Some(33), BALANCE));
    assert_eq!(look(&sandbox, "OUT-1").await["errorCode"], 33);
    let open = transfer(&sandbox, "OUT-2", transfers::UNANSWERED, Value::Null).await.body;
    assert_eq!((&open["errorCode"], &open["transaction"]), (&json!(99), &Value::Null));
    assert_eq!(look(&sandbox, "OUT-2").await["errorCode"], 0);
    assert_eq!(sandbox.appotapay().balance(), BALANCE - 250_000);
}

#[tokio::test]
async fn a_wrong_signature_is_refused_and_so_is_none() {
    let sandbox = Sandbox::start().await.unwrap();
    let target = format!("{SERVICE}/transfer/make");
    let unsigned_amount = transfer_body();
    let forged = signed(sandbox.appotapay(), unsigned_amount.clone(), &TRANSFER[1..]);
    let refused = call(&sandbox, "POST", &target, forged).await;
    assert_eq!(refused.refusal(), (400, 2, ""));
    let refused = call(&sandbox, "POST", &target, unsigned_amount).await;
    assert_eq!(refused.refusal(), (400, 1, "signature"));
    assert_eq!(sandbox.appotapay().balance(), BALANCE);
}

fn transfer_body() -> Value {
    json!({
        "bankCode": "TPBANK", "accountNo": "1234", "accountType": "account",
        "accountName": transfers::OWNER, "amount": 250_000, "feeType": "payer",
        "partnerRefId": "OUT-1",
    })
}

#[tokio::test]
async fn an_account_is_looked_up_before_money_is_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let target = format!("{SERVICE}/transfer/bank/account/info");
    let ask = |account: &str| {
        json!({
            "bankCode": "TPBANK", "accountNo": account, "accountType": "card", "partnerRefId": "A1",
        })
    };
    let members = ["accountNo", "accountType", "bankCode", "partnerRefId"];
    let found = serve(&sandbox, &target, ask("04520001234"), &members).await.body;
    assert_eq!(found["accountInfo"]["accountNo"], 4_520_001_234_i64);
    assert_eq!(found["accountInfo"]["accountName"], transfers::OWNER);
    assert_signed(
        &sandbox,
        &found,
        &["/accountInfo/accountName", "/accountInfo/accountNo", "/errorCode"],
    );
    let unknown = serve(&sandbox, &target, ask(transfers::UNKNOWN), &members).await;
    assert_eq!(unknown.refusal(), (200, 161, ""));
}

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
    let members = ["partnerRefId", "phoneNumber", "productCode"];
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
