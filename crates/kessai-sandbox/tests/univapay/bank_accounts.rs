//! The accounts that the merchant is paid out to.

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{call, get, ok, text, with};

pub fn bank_account(number: &str) -> Value {
    json!({
        "account_number": number, "country": "JP", "currency": "JPY", "holder_name": "ﾊﾅﾔ",
        "bank_name": "みどり銀行", "branch_name": "神田支店", "account_type": "checking",
    })
}

#[tokio::test]
async fn an_account_is_new_until_it_was_looked_at_and_after_a_change() {
    let sandbox = Sandbox::start().await.unwrap();
    let made = ok(&sandbox, "POST", "/bank_accounts", bank_account("0003052217")).await;
    assert_eq!((&made["status"], &made["primary"]), (&json!("new"), &json!(true)));
    assert_eq!(
        (&made["account_number"], &made["last_four"]),
        (&json!("XXXXXX2217"), &json!("2217"))
    );
    let path = format!("/bank_accounts/{}", text(&made, "id"));
    assert_eq!(get(&sandbox, &path).await["status"], "verified");

    let changed = ok(&sandbox, "PATCH", &path, json!({ "branch_name": "新宿支店" })).await;
    assert_eq!((&changed["status"], &changed["branch_name"]), (&json!("new"), &json!("新宿支店")));
    assert_eq!(changed["holder_name"], "ﾊﾅﾔ");
    let twice = with(bank_account("0003052217"), json!({ "branch_name": "新宿支店" }));
    let twice = call(&sandbox, "POST", "/bank_accounts", twice).await;
    assert_eq!(twice.code(), (409, "BANK_ACCOUNT_EXISTS"));
    for (member, value, reason) in [
        ("account_number", "12-34", "INVALID_FORMAT_BANK_ACCOUNT_NUMBER"),
        ("currency", "yen", "INVALID_FORMAT_CURRENCY"),
        ("country", "Japan", "INVALID_FORMAT_COUNTRY"),
    ] {
        let refused = call(&sandbox, "PATCH", &path, json!({ member: value })).await;
        assert_eq!(refused.refusal(), (400, "VALIDATION_ERROR", member, reason));
    }
}

#[tokio::test]
async fn there_is_always_one_primary_account() {
    let sandbox = Sandbox::start().await.unwrap();
    let none = call(&sandbox, "GET", "/bank_accounts/primary", Value::Null).await;
    assert_eq!(none.code(), (404, "PRIMARY_BANK_ACCOUNT_NOT_FOUND"));
    let first = with(bank_account("0001"), json!({ "primary": false }));
    let first = ok(&sandbox, "POST", "/bank_accounts", first).await;
    let second = with(bank_account("0002"), json!({ "primary": true }));
    let second = ok(&sandbox, "POST", "/bank_accounts", second).await;
    assert_eq!(get(&sandbox, "/bank_accounts/primary").await["id"], second["id"]);
    let others = get(&sandbox, "/bank_accounts?primary=false").await;
    assert_eq!(others["items"].as_array().unwrap().len(), 1);
    assert_eq!(others["items"][0]["id"], first["id"]);

    let path = |account: &Value| format!("/bank_accounts/{}", text(account, "id"));
    for (method, body) in [("PATCH", json!({ "primary": false })), ("DELETE", Value::Null)] {
        let refused = call(&sandbox, method, &path(&second), body).await;
        assert_eq!(refused.code(), (400, "MUST_HAVE_A_PRIMARY_BANK_ACCOUNT"), "{method}");
    }
    ok(&sandbox, "PATCH", &path(&first), json!({ "primary": true })).await;
    ok(&sandbox, "DELETE", &path(&second), Value::Null).await;
    ok(&sandbox, "DELETE", &path(&first), Value::Null).await;
    assert_eq!(get(&sandbox, "/bank_accounts").await["items"], json!([]));
}
