//! What lists are narrowed by.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::{NO_REFUNDS, PAYS};
use serde_json::{Value, json};

use crate::http::{card, charge_by, get, konbini, ok, order, text, with};

async fn hits(sandbox: &Sandbox, target: &str) -> i64 {
    get(sandbox, target).await["total_hits"].as_i64().unwrap()
}

/// Asserts that a filter that fits leaves one thing, and one that does not leaves none.
async fn narrows(sandbox: &Sandbox, list: &str, filters: &[(&str, &str)]) {
    for (fits, other) in filters {
        assert_eq!(hits(sandbox, &format!("{list}?{fits}")).await, 1, "{list}?{fits}");
        assert_eq!(hits(sandbox, &format!("{list}?{other}")).await, 0, "{list}?{other}");
    }
}

#[tokio::test]
async fn tokens_are_found_by_what_they_are_made_of() {
    let sandbox = Sandbox::start().await.unwrap();
    let notes = json!({ "metadata": { "univapay-customer-id": "c-1", "shelf": ["A7"] } });
    let token = with(card("recurring", PAYS), notes);
    let token = ok(&sandbox, "POST", "/tokens", token).await;
    let (id, end) = (text(&token, "id"), &text(&token, "id")[28..]);
    let filters = [
        (&*format!("id={id}"), "id=none"),
        (&*format!("short_id={end}"), "short_id=none"),
        ("search=yamada", "search=suzuki"),
        ("customer_id=c-1", "customer_id=c-2"),
        ("type=recurring", "type=subscription"),
        ("mode=test", "mode=live"),
        ("active=all", "active=inactive"),
        ("from=2020-01-01T00:00:00Z", "from=2199-01-01T00:00:00Z"),
        ("to=2199-01-01T00:00:00%2B09:00", "to=2020-01-01T00:00:00Z"),
        ("email=taro@example.com", "email=hanako@example.com"),
        ("cardholder=taro", "cardholder=jiro"),
        ("card_exp=2099-09", "card_exp=2099-10"),
        ("card_last_four=4444", "card_last_four=1111"),
        ("phone_number=08012341234", "phone_number=1"),
        ("brand=mastercard", "brand=visa"),
        ("metadata=a7", "metadata=b7"),
        ("payment_type=card", "payment_type=konbini"),
    ];
    narrows(&sandbox, "/tokens", &filters).await;
    narrows(&sandbox, "/store/tokens", &filters).await;
    assert_eq!(hits(&sandbox, &format!("/tokens?previous_transaction_token_id={id}")).await, 0);
}

#[tokio::test]
async fn charges_are_found_by_who_paid_and_when() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = ok(&sandbox, "POST", "/tokens", card("recurring", PAYS)).await;
    let charge = with(order(text(&token, "id")), json!({ "metadata": { "order": "A-7" } }));
    ok(&sandbox, "POST", "/charges", charge).await;
    let of_card = |name: &str| format!("last_four=4444&exp_month=9&exp_year=2099&name={name}");
    let filters = [
        (&*of_card("TARO%20YAMADA"), &*of_card("TARO")),
        ("from=2020-01-01T00:00:00Z", "from=2199-01-01T00:00:00Z"),
        ("to=2199-01-01T00:00:00Z", "to=2020-01-01T00:00:00Z"),
        ("email=taro@example.com", "email=hanako@example.com"),
        ("phone=08012341234", "phone=1"),
        ("amount_from=1000", "amount_from=1001"),
        ("amount_to=1001", "amount_to=1000"),
        ("currency=JPY", "currency=USD"),
        ("mode=test", "mode=live"),
        ("metadata=a-7", "metadata=a-8"),
        (&*format!("transaction_token_id={}", text(&token, "id")), "transaction_token_id=none"),
    ];
    narrows(&sandbox, "/charges", &filters).await;
    narrows(&sandbox, "/store/charges", &filters).await;

    let charges = get(&sandbox, "/charges").await;
    let refunds = crate::http::of(&charges["items"][0], "/refunds");
    let body = json!({ "amount": 1, "currency": "JPY", "metadata": { "why": "torn" } });
    ok(&sandbox, "POST", &refunds, body).await;
    narrows(&sandbox, &refunds, &[("metadata=torn", "metadata=lost")]).await;

    let plan = with(order(text(&token, "id")), json!({ "period": "monthly" }));
    ok(&sandbox, "POST", "/subscriptions", plan).await;
    let filters = [
        ("search=yamada", "search=suzuki"),
        ("status=current", "status=unpaid"),
        ("statuses[]=unpaid&statuses[]=current", "statuses[]=unpaid"),
        ("mode=test", "mode=live"),
    ];
    narrows(&sandbox, "/subscriptions", &filters).await;
}

#[tokio::test]
async fn the_history_is_narrowed_by_everything_that_the_document_has() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = ok(&sandbox, "POST", "/tokens", card("recurring", NO_REFUNDS)).await;
    let body = with(order(text(&token, "id")), json!({ "metadata": { "order": "A-7" } }));
    let charge = ok(&sandbox, "POST", "/charges", body).await;
    let id = text(&charge, "id");
    let end = &id[30..];
    let filters = [
        (&*format!("id={id}"), "id=none"),
        (&*format!("gateway_transaction_id={id}"), "gateway_transaction_id=none"),
        (&*format!("short_id={end}"), "short_id=none-1"),
        ("mode=test", "mode=live"),
        ("from=1577836800000", "from=7258118400000"),
        ("to=2199-01-01T00:00:00Z", "to=2020-01-01T00:00:00Z"),
        ("status=successful", "status=failed"),
        ("type=charge", "type=refund"),
        ("search=a-7", "search=a-8"),
        ("email=taro@example.com", "email=hanako@example.com"),
        ("metadata=a-7", "metadata=a-8"),
        ("card_exp=2099-09", "card_exp=2099-10"),
        ("card_last_four=4242", "card_last_four=4444"),
        ("cardholder=%22TARO%20YAMADA%22", "cardholder=%22TARO%22"),
        ("card_brand[]=jcb&card_brand[]=visa", "card_brand[]=jcb"),
        ("brand[]=visa", "brand[]=jcb"),
        ("brands[]=visa", "brands[]=jcb"),
        ("currency=JPY", "currency=USD"),
        ("service_provider=credit", "service_provider=paidy"),
        ("service_providers[]=paidy&service_providers[]=credit", "service_providers[]=paidy"),
        ("all=true", "bank_transfer_payment_statuses[]=exact"),
        ("all=false", "bank_transfer_latest_deposit_date.from=2020-01-01T00:00:00Z"),
    ];
    narrows(&sandbox, "/transaction_history", &filters).await;
    narrows(&sandbox, "/store/transaction_history", &filters).await;

    let cash = charge_by(&sandbox, "konbini", konbini()).await;
    let chain = get(&sandbox, "/transaction_history?service_provider=convenience").await;
    assert_eq!(chain["items"][0]["resource_id"], cash["id"]);
    let data = json!({ "brand": "bank_test_brand" });
    let transfer = charge_by(&sandbox, "bank_transfer", data).await;
    sandbox.univapay().deposit(text(&transfer, "id"), 1).unwrap();
    for filter in [
        "bank_transfer_payment_statuses[]=insufficient",
        "bank_transfer_latest_deposit_date.from=2020-01-01T00:00:00Z",
        "bank_transfer_latest_deposit_date.to=2199-01-01T00:00:00Z",
    ] {
        let found = get(&sandbox, &format!("/transaction_history?{filter}")).await;
        assert_eq!(found["total_hits"], 1, "{filter}");
        assert_eq!(found["items"][0]["resource_id"], transfer["id"]);
    }
    assert_eq!(get(&sandbox, "/transaction_history").await["next_cursor"], Value::Null);
}
