//! Charges and refunds in one list.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::http::{get, of, ok, order, text, token, with};

#[tokio::test]
async fn the_history_is_walked_by_the_cursor_that_it_tells() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = token(&sandbox, "recurring", PAYS).await;
    let mut all = Vec::new();
    for amount in 1..=7 {
        let body = with(order(&token), json!({ "amount": amount }));
        let charge = ok(&sandbox, "POST", "/charges", body).await;
        get(&sandbox, &of(&charge, "")).await;
        let body = json!({ "amount": amount, "currency": "JPY", "reason": "duplicate" });
        let refund = ok(&sandbox, "POST", &of(&charge, "/refunds"), body).await;
        all.extend([text(&charge, "id").to_owned(), text(&refund, "id").to_owned()]);
    }
    all.reverse();
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = get(&sandbox, &format!("/transaction_history?limit=4{cursor}")).await;
        let items = page["items"].as_array().unwrap();
        seen.extend(items.iter().map(|item| text(item, "resource_id").to_owned()));
        assert_eq!(page["next_cursor"].is_null(), page["has_more"] == false);
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn a_row_says_who_paid_with_what() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = token(&sandbox, "recurring", PAYS).await;
    let charge = ok(&sandbox, "POST", "/charges", order(&token)).await;
    get(&sandbox, "/charges").await;
    let body = json!({ "amount": 400, "currency": "JPY", "reason": "fraud" });
    ok(&sandbox, "POST", &of(&charge, "/refunds"), body).await;
    let page = get(&sandbox, "/store/transaction_history").await;
    let [refund, row] = &page["items"].as_array().unwrap()[..] else { panic!("{page:#}") };
    assert_eq!((&refund["charge_id"], &row["charge_id"]), (&charge["id"], &Value::Null));
    assert_eq!((&refund["amount"], &refund["type"]), (&json!(400), &json!("refund")));
    assert_eq!(refund["user_data"]["reason"], "fraud");
    let user = &row["user_data"];
    assert_eq!(
        (&user["brand"], &user["cardholder_name"]),
        (&json!("mastercard"), &json!("TARO YAMADA"))
    );
    assert_eq!(user["refunds"][0]["refund_id"], refund["resource_id"]);
}
