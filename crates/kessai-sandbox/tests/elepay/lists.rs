//! Listing charges.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use serde_json::Value;

use crate::charges::order;
use crate::http::{Heard, call};

const HOUR: Duration = Duration::from_secs(3600);

/// Five charges, an hour apart; the second is paid last and the fourth by another method.
async fn five() -> (Sandbox, Vec<Heard>) {
    let sandbox = Sandbox::start().await.unwrap();
    let mut charges = Vec::new();
    for number in 1..=5 {
        let mut body = order(&number.to_string(), Value::Null);
        if number == 4 {
            body["paymentMethod"] = "paypay".into();
        }
        charges.push(call(&sandbox, "POST", "/charges", body).await);
        sandbox.clock().advance(HOUR);
    }
    sandbox.elepay().pay(charges[2].id()).unwrap();
    sandbox.clock().advance(HOUR);
    sandbox.elepay().pay(charges[1].id()).unwrap();
    (sandbox, charges)
}

/// The order numbers that a query finds, and how many match in all.
async fn found(sandbox: &Sandbox, query: &str) -> (String, i64) {
    let page = call(sandbox, "GET", &format!("/charges?{query}"), Value::Null).await;
    let charges = page.body["charges"].as_array().unwrap().iter();
    let numbers = charges.map(|charge| charge["orderNo"].as_str().unwrap());
    (numbers.collect(), page.body["total"].as_i64().unwrap())
}

#[tokio::test]
async fn pages_follow_one_another() {
    let (sandbox, _) = five().await;
    assert_eq!(found(&sandbox, "").await, ("54321".into(), 5));
    assert_eq!(found(&sandbox, "limit=2").await, ("54".into(), 5));
    assert_eq!(found(&sandbox, "limit=2&offset=4").await, ("1".into(), 5));
    assert_eq!(found(&sandbox, "limit=2&offset=6").await, (String::new(), 5));
    assert_eq!(found(&sandbox, "limit=2&order=asc").await, ("12".into(), 5));
}

#[tokio::test]
async fn a_page_has_twenty_charges_unless_the_caller_says_otherwise() {
    let sandbox = Sandbox::start().await.unwrap();
    for number in 0..21 {
        call(&sandbox, "POST", "/charges", order(&format!("A-{number}"), Value::Null)).await;
    }
    let page = call(&sandbox, "GET", "/charges", Value::Null).await;
    assert_eq!(page.body["charges"].as_array().unwrap().len(), 20);
    assert_eq!(page.body["total"], 21);
    assert_eq!(call(&sandbox, "GET", "/charges?limit=100", Value::Null).await.status, 200);
}

#[tokio::test]
async fn only_what_is_asked_for_is_found() {
    let (sandbox, charges) = five().await;
    assert_eq!(found(&sandbox, "status=captured").await, ("32".into(), 2));
    assert_eq!(found(&sandbox, "paymentMethod=paypay").await, ("4".into(), 1));
    let both = "paymentMethod=paypay&paymentMethod=creditcard";
    assert_eq!(found(&sandbox, both).await, ("54321".into(), 5));

    let time = |number: usize| &charges[number - 1].body["createTime"];
    let between = format!("from={}&to={}", time(2), time(4));
    assert_eq!(found(&sandbox, &between).await, ("432".into(), 3));
    let paid = format!("dateField=paid_time&from={}", time(1));
    assert_eq!(found(&sandbox, &paid).await, ("32".into(), 2));
    let last = "sort=paid_time&status=captured";
    assert_eq!(found(&sandbox, last).await, ("23".into(), 2));
}

#[tokio::test]
async fn a_query_that_the_document_does_not_allow_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let refusals = [
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("offset=-1", "offset"),
        ("from=yesterday", "from"),
        ("status=odd", "status"),
        ("order=up", "order"),
        ("dateField=birthday", "dateField"),
    ];
    for (query, parameter) in refusals {
        let refused = call(&sandbox, "GET", &format!("/charges?{query}"), Value::Null).await;
        assert_eq!(refused.refusal(), (400, "M002002", Some(parameter)), "{query}");
    }
}
