//! What UnivaPay pays out.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::LeverError;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::bank_accounts::bank_account;
use crate::http::{call, charge, get, of, ok, text};

/// The amounts of the entries of a payout, the oldest first.
async fn amounts(sandbox: &Sandbox, payout: &str, filter: &str) -> Vec<i64> {
    let target = format!("/transfers/{payout}/ledgers?cursor_direction=asc{filter}");
    let page = get(sandbox, &target).await;
    let items = page["items"].as_array().unwrap();
    items.iter().filter_map(|entry| entry["amount"].as_i64()).collect()
}

#[tokio::test]
async fn a_payout_is_made_of_what_no_other_has() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    assert_eq!(univapay.pay_out("JPY"), Err(LeverError::NotFound), "no account to pay to");
    let account = ok(&sandbox, "POST", "/bank_accounts", bank_account("0001")).await;

    let first = charge(&sandbox, PAYS, json!({})).await;
    charge(&sandbox, PAYS, json!({ "capture": false, "amount": 2000 })).await;
    charge(&sandbox, PAYS, json!({ "currency": "USD" })).await;
    let given = json!({ "amount": 300, "currency": "JPY" });
    get(&sandbox, &of(&first, "")).await;
    ok(&sandbox, "POST", &of(&first, "/refunds"), given).await;

    let id = univapay.pay_out("JPY").unwrap();
    let payout = get(&sandbox, &format!("/transfers/{id}")).await;
    assert_eq!((&payout["amount"], &payout["status"]), (&json!(700), &json!("created")));
    assert_eq!(payout["bank_account_id"], account["id"]);
    assert_eq!(amounts(&sandbox, &id, "").await, [1000, -300]);
    assert_eq!(amounts(&sandbox, &id, "&max=0").await, [-300]);
    assert_eq!(
        amounts(&sandbox, &id, "&min=1&from=2020-01-01T00:00:00Z&currency=JPY").await,
        [1000]
    );
    assert_eq!(amounts(&sandbox, &id, "&currency=USD").await, [] as [i64; 0]);
    assert_eq!(amounts(&sandbox, &id, "&to=2020-01-01T00:00:00Z").await, [] as [i64; 0]);
    let entries = get(&sandbox, &format!("/transfers/{id}/ledgers?limit=1")).await;
    assert_eq!(
        (&entries["has_more"], &entries["items"][0]["origin"]),
        (&json!(true), &json!("refund"))
    );
    let entry = &entries["items"][0];
    assert_eq!(&get(&sandbox, &format!("/ledgers/{}", text(entry, "id"))).await, entry);

    let none = univapay.pay_out("JPY").unwrap();
    assert_eq!(get(&sandbox, &format!("/transfers/{none}")).await["status"], "blank");
    assert_eq!(univapay.finish_payout(&none, true), Err(LeverError::WrongStatus));
    let found = get(&sandbox, "/transfers?currency=JPY&status=created&started_by=schedule").await;
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    assert_eq!(get(&sandbox, "/transfers?started_by=hand").await["items"], json!([]));
}

#[tokio::test]
async fn what_was_not_paid_goes_into_the_next_payout() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    ok(&sandbox, "POST", "/bank_accounts", bank_account("0001")).await;
    charge(&sandbox, PAYS, json!({})).await;
    let (mut ends, mut paid) = (Vec::new(), 0);
    for goes_well in [false, true] {
        let id = univapay.pay_out("JPY").unwrap();
        univapay.finish_payout(&id, goes_well).unwrap();
        assert_eq!(univapay.finish_payout(&id, goes_well), Err(LeverError::WrongStatus));
        let payout = get(&sandbox, &format!("/transfers/{id}")).await;
        assert_eq!(payout["error_text"].is_null(), goes_well);
        paid += if goes_well { payout["amount"].as_i64().unwrap() } else { 0 };
        let target = format!("/transfers/{id}/status_changes?cursor_direction=asc");
        let changes = get(&sandbox, &target).await;
        let changes = changes["items"].as_array().unwrap();
        assert!(changes.windows(2).all(|pair| pair[0]["new_status"] == pair[1]["old_status"]));
        assert_eq!(changes[0]["old_status"], "created");
        ends.push(changes.last().unwrap()["new_status"].clone());
    }
    assert_eq!((ends, paid), (vec![json!("failed"), json!("paid")], 1000));
    assert_eq!(univapay.finish_payout("x", true), Err(LeverError::NotFound));
    for target in ["/transfers/x", "/transfers/x/ledgers", "/ledgers/x"] {
        let heard = call(&sandbox, "GET", target, Value::Null).await;
        assert_eq!(heard.code(), (404, "NOT_FOUND"), "{target}");
    }
}
