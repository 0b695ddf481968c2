//! Lists, page by page.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::http::{call, get, ok, text, token};

/// The amounts of all pages, and how many pages told how many there are.
async fn walk(sandbox: &Sandbox, target: &str) -> (Vec<i64>, usize) {
    let (mut amounts, mut counts, mut cursor) = (Vec::new(), 0, String::new());
    loop {
        let page = get(sandbox, &format!("{target}{cursor}")).await;
        let items = page["items"].as_array().unwrap();
        amounts.extend(items.iter().filter_map(|item| item["requested_amount"].as_i64()));
        counts += usize::from(page["total_hits"] == 250);
        assert_eq!(page["total_hits"].is_null(), !cursor.is_empty());
        if page["has_more"] == false {
            return (amounts, counts);
        }
        cursor = format!("&cursor={}", text(items.last().unwrap(), "id"));
    }
}

#[tokio::test]
async fn many_charges_are_paged_by_cursor_each_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = token(&sandbox, "recurring", PAYS).await;
    for amount in 1..=250 {
        let body = json!({ "transaction_token_id": token, "amount": amount, "currency": "JPY" });
        ok(&sandbox, "POST", "/charges", body).await;
    }
    let newest: Vec<i64> = (1..=250).rev().collect();
    let oldest: Vec<i64> = (1..=250).collect();
    assert_eq!(walk(&sandbox, "/charges?limit=100").await, (newest.clone(), 1));
    assert_eq!(walk(&sandbox, "/store/charges?limit=30").await, (newest, 1));
    assert_eq!(walk(&sandbox, "/charges?limit=100&cursor_direction=asc").await, (oldest, 1));

    let first = get(&sandbox, "/charges").await;
    assert_eq!(first["items"].as_array().unwrap().len(), 10);
    let some = get(&sandbox, "/charges?amount_from=7&amount_to=9&currency=JPY").await;
    assert_eq!(some["total_hits"], 2);
    assert_eq!(sandbox.univapay().ledger().totals()["JPY"].captured, 31_375);
}

#[tokio::test]
async fn what_a_list_cannot_do_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let refusals = [
        ("/charges?limit=0", 400, "VALIDATION_ERROR", "limit"),
        ("/charges?limit=101", 400, "VALIDATION_ERROR", "limit"),
        ("/charges?cursor=1", 400, "VALIDATION_ERROR", "cursor"),
        ("/charges?cursor_direction=up", 400, "VALIDATION_ERROR", "cursor_direction"),
        ("/charges?from=yesterday", 400, "VALIDATION_ERROR", "from"),
        ("/charges?last_four=4444", 400, "VALIDATION_ERROR", "name"),
        ("/tokens?to=2026-01-01", 400, "VALIDATION_ERROR", "to"),
        ("/transaction_history?short_id=1", 400, "VALIDATION_ERROR", "short_id"),
    ];
    for (target, status, code, field) in refusals {
        let refused = call(&sandbox, "GET", target, Value::Null).await;
        let (found, word, member, _) = refused.refusal();
        assert_eq!((found, word, member), (status, code, field), "{target}");
    }
}
