//! Bank transfers, which are paid from the balance.

use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{BALANCE, LeverError, transfers};
use serde_json::{Value, json};

use crate::common::Heard;
use crate::http::{call, judge_told, ok, text, with};
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
