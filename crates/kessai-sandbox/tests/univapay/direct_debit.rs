//! Debits from the bank accounts of customers.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::direct_debit::{INSUFFICIENT_FUNDS, NOT_REGISTERED};
use serde_json::{Value, json};

use crate::http::{call, get, ok, text, with};

const ACCOUNTS: &str = "/merchant/bank-accounts";
const DEBITS: &str = "/merchant/bank-transfers";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn bank_account(number: &str) -> Value {
    json!({
        "user_number": "K0071", "bank_code": "0009", "bank_name": "ﾐﾄﾞﾘ", "branch_code": "118",
        "bank_account_type": "regular", "bank_account_name": "ｻﾄｳ ﾊﾅｺ",
        "bank_account_number": number,
    })
}

/// The path of a new account.
async fn account(sandbox: &Sandbox, number: &str) -> String {
    let account = ok(sandbox, "POST", ACCOUNTS, bank_account(number)).await;
    format!("{ACCOUNTS}/{}", text(&account, "id"))
}

/// A new debit, and its path.
async fn debit(sandbox: &Sandbox, account: &str, amount: i64) -> (Value, String) {
    let target = format!("{account}/bank-transfers");
    let debit = ok(sandbox, "POST", &target, json!({ "amount": amount })).await;
    let path = format!("{DEBITS}/{}", text(&debit, "id"));
    (debit, path)
}

/// Lets days pass until a member of what is there is no longer this word.
async fn until_not(sandbox: &Sandbox, target: &str, member: &str, word: &str) -> Value {
    for _ in 0..70 {
        let thing = get(sandbox, target).await;
        if thing[member] != word {
            return thing;
        }
        sandbox.clock().advance(DAY);
    }
    panic!("{member} of {target} is still {word}")
}

#[tokio::test]
async fn money_is_taken_on_the_day_of_the_schedule_and_known_later() {
    let sandbox = Sandbox::start().await.unwrap();
    let schedule = get(&sandbox, "/merchant/schedules/current").await;
    let account = account(&sandbox, "3050217").await;
    let (first, path) = debit(&sandbox, &account, 4800).await;
    assert_eq!(
        (&first["status"], &first["lock"], &first["calculated_debit_date"]),
        (&json!("awaiting"), &json!("unlocked"), &schedule["merchant_bank_account_transfer_date"]),
    );

    let locked = until_not(&sandbox, &path, "lock", "unlocked").await;
    assert_eq!(locked["status"], "awaiting");
    assert!(sandbox.univapay().ledger().totals()["JPY"].captured == 0);
    for (method, body) in [("PATCH", json!({ "amount": 1 })), ("DELETE", Value::Null)] {
        let late = call(&sandbox, method, &path, body).await;
        assert_eq!(late.refusal().3, "NOT_ALLOWED_VALUE", "{method}");
    }
    let (next, _) = debit(&sandbox, &account, 100).await;
    assert!(text(&next, "calculated_debit_date") > text(&first, "calculated_debit_date"));

    let done = until_not(&sandbox, &path, "status", "awaiting").await;
    assert_eq!((&done["status"], &done["error"]), (&json!("successful"), &Value::Null));
    let ledger = sandbox.univapay().ledger();
    ledger.assert_sound();
    assert_eq!(ledger.charge(text(&first, "id")).unwrap().totals.captured, 4800);
    assert_eq!(ledger.totals()["JPY"].captured, 4800, "the next month has not come");
}

#[tokio::test]
async fn a_bank_that_does_not_pay_says_why() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = account(&sandbox, INSUFFICIENT_FUNDS).await;
    let (_, path) = debit(&sandbox, &account, 4800).await;
    let failed = until_not(&sandbox, &path, "status", "awaiting").await;
    assert_eq!(
        (&failed["status"], &failed["error"]),
        (&json!("failed"), &json!("insufficient_funds"))
    );
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].authorized, 0);
}

#[tokio::test]
async fn an_account_that_no_bank_has_accepted_pays_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    for (number, stopped) in [(NOT_REGISTERED, false), ("3050217", true)] {
        sandbox.univapay().hold(true);
        let account = account(&sandbox, number).await;
        let (_, path) = debit(&sandbox, &account, 4800).await;
        if stopped {
            ok(&sandbox, "DELETE", &account, Value::Null).await;
        }
        sandbox.univapay().hold(false);
        let failed = until_not(&sandbox, &path, "status", "awaiting").await;
        assert_eq!(failed["error"], "no_account_transfer_request", "{number}");
    }
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].captured, 0);
}

#[tokio::test]
async fn a_debit_is_changed_and_deleted_while_it_is_unlocked() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = account(&sandbox, "3050217").await;
    let (_, path) = debit(&sandbox, &account, 4800).await;
    let changed = ok(&sandbox, "PATCH", &path, json!({ "amount": 5200 })).await;
    assert_eq!(changed["amount"], 5200);
    let nothing = call(&sandbox, "PATCH", &path, json!({ "amount": 0 })).await;
    assert_eq!(nothing.refusal().2, "amount");
    ok(&sandbox, "DELETE", &path, Value::Null).await;
    assert_eq!(call(&sandbox, "GET", &path, Value::Null).await.code(), (404, "NOT_FOUND"));
    assert!(sandbox.univapay().ledger().lines().is_empty());
}

#[tokio::test]
async fn an_account_is_checked_stopped_and_taken_back() {
    let sandbox = Sandbox::start().await.unwrap();
    let path = account(&sandbox, NOT_REGISTERED).await;
    assert_eq!(get(&sandbox, &path).await["status"], "registration_failed");
    let body = json!({ "amount": 1 });
    let refused = call(&sandbox, "POST", &format!("{path}/bank-transfers"), body.clone()).await;
    assert_eq!(refused.refusal().2, "bankAccountId");

    let right = json!({ "bank_account_number": "3050217" });
    assert_eq!(ok(&sandbox, "PATCH", &path, right).await["status"], "active");
    assert_eq!(get(&sandbox, &path).await["bank_account_name"], "ｻﾄｳ ﾊﾅｺ");
    let again = format!("{path}/re-enable");
    assert_eq!(call(&sandbox, "POST", &again, Value::Null).await.refusal().2, "status");
    assert_eq!(ok(&sandbox, "DELETE", &path, Value::Null).await["status"], "inactive");
    let refused = call(&sandbox, "POST", &format!("{path}/bank-transfers"), body).await;
    assert_eq!(refused.refusal().2, "bankAccountId");
    assert_eq!(ok(&sandbox, "POST", &again, Value::Null).await["status"], "active");
}

#[tokio::test]
async fn what_a_bank_would_not_take_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let wrong = [
        ("user_number", "K-71"),
        ("bank_code", "00x9"),
        ("branch_code", "11"),
        ("bank_account_number", "305021a"),
        ("bank_account_name", "さとう"),
        ("bank_account_type", "golden"),
    ];
    for (member, value) in wrong {
        let body = with(bank_account("3050217"), json!({ member: value }));
        let refused = call(&sandbox, "POST", ACCOUNTS, body).await;
        let (status, code, field, reason) = refused.refusal();
        assert_eq!(
            (status, code, field, reason),
            (400, "VALIDATION_ERROR", member, "INVALID_FORMAT")
        );
    }
    let other = call(&sandbox, "GET", "/merchants/x/bank-accounts", Value::Null).await;
    assert_eq!(other.code(), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn every_filter_finds_and_none_is_ignored() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = account(&sandbox, "3050217").await;
    let second = with(
        bank_account("3050299"),
        json!({
            "user_number": "K0072", "bank_code": "0010", "bank_name": "ｱｵ", "branch_code": "204",
            "bank_account_type": "savings", "bank_account_name": "ﾓﾘ ﾊﾙｶ",
        }),
    );
    ok(&sandbox, "POST", ACCOUNTS, second).await;
    ok(&sandbox, "DELETE", &first, Value::Null).await;
    let id = first.rsplit_once('/').unwrap().1;
    let filters = [
        ("user_number=K0071", 1),
        ("bank_code=0009", 1),
        ("bank_name=%EF%BE%90%EF%BE%84%EF%BE%9E%EF%BE%98", 1),
        ("branch_code=118", 1),
        ("bank_account_type=regular", 1),
        ("bank_account_number=3050217", 1),
        ("bank_account_name=X", 0),
        ("registration_origin=merchant_console", 2),
        ("registration_origin=anywhere", 0),
        ("bank_account_status=inactive", 1),
        ("from=2020-01-01T00:00:00Z", 2),
        ("to=2020-01-01T00:00:00%2B09:00", 0),
        ("limit=1", 1),
        (&format!("bank_account_id={id}"), 1),
        (&format!("cursor={id}&cursor_direction=asc"), 1),
        (&format!("cursor={id}"), 0),
    ];
    for (filter, count) in filters {
        let page = get(&sandbox, &format!("{ACCOUNTS}?{filter}")).await;
        assert_eq!(page["items"].as_array().unwrap().len(), count, "{filter}");
        assert_eq!(page["has_more"], filter == "limit=1");
    }
    for filter in ["from=yesterday", "to=2020-13-01", "cursor=x"] {
        let refused = call(&sandbox, "GET", &format!("{ACCOUNTS}?{filter}"), Value::Null).await;
        assert_eq!(refused.code(), (400, "VALIDATION_ERROR"), "{filter}");
    }
}

#[tokio::test]
async fn debits_are_found_by_month_and_by_customer() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = account(&sandbox, "3050217").await;
    let (first, _) = debit(&sandbox, &account, 4800).await;
    let month = &text(&first, "calculated_debit_date")[..7];
    let filters = [
        (format!("bank_transfer_id={}", text(&first, "id")), 1),
        ("bank_transfer_id=1".to_owned(), 0),
        (format!("bank_transfer_start={month}&bank_transfer_end={month}"), 1),
        ("bank_transfer_start=9000-01".to_owned(), 0),
        ("bank_transfer_end=2000-01".to_owned(), 0),
        ("debit_date=fourteen".to_owned(), 0),
        ("user_number=K0071&bank_account_number=3050217".to_owned(), 1),
        ("bank_account_name=X".to_owned(), 0),
        ("lock_status=locked".to_owned(), 0),
        ("bank_transfer_status=awaiting".to_owned(), 1),
    ];
    for (filter, count) in filters {
        let page = get(&sandbox, &format!("{DEBITS}?{filter}")).await;
        assert_eq!(page["items"].as_array().unwrap().len(), count, "{filter}");
    }
    let target = format!("{DEBITS}?bank_transfer_start=2026-4");
    let refused = call(&sandbox, "GET", &target, Value::Null).await;
    assert_eq!(refused.refusal().2, "bank_transfer_start");
}
