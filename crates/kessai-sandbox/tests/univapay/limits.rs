//! Limits on calls.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::Value;

use crate::http::{bearer, charge, hear, of};

/// The status of a call, and what is left of the address and of the operation.
async fn left(sandbox: &Sandbox, target: &str) -> (u16, String, String) {
    let univapay = sandbox.univapay();
    let key = bearer(&univapay.credential());
    let target = target.replace("/store/", &format!("/stores/{}/", univapay.store_id()));
    let (top, heard) = hear(univapay.base_url(), "GET", &target, &key, "").await;
    assert_eq!(heard.status == 429, heard.body == Value::Null, "a refusal has no body");
    let of = |name: &str| {
        let line = top.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_default().to_owned()
    };
    (heard.status, of("x-remaining-requests-exact"), of("x-remaining-requests-route"))
}

fn to_be(status: u16, exact: &str, route: &str) -> (u16, String, String) {
    (status, exact.to_owned(), route.to_owned())
}

#[tokio::test]
async fn calls_are_limited_by_address_and_by_operation() {
    let sandbox = Sandbox::start().await.unwrap();
    let first = of(&charge(&sandbox, PAYS, Value::Null).await, "");
    let other = first.replace(&first[first.len() - 4..], "none");
    assert_eq!(left(&sandbox, &first).await, to_be(200, "", ""), "no limit is told of");

    sandbox.univapay().limit_calls(2, 3);
    assert_eq!(left(&sandbox, &first).await, to_be(200, "1", "2"));
    assert_eq!(left(&sandbox, &format!("{first}?polling=true")).await, to_be(200, "0", "1"));
    assert_eq!(left(&sandbox, &first).await, to_be(429, "0", "1"));
    assert_eq!(left(&sandbox, &other).await, to_be(404, "1", "0"));
    assert_eq!(left(&sandbox, &other).await, to_be(429, "1", "0"));
    assert_eq!(left(&sandbox, "/me").await, to_be(200, "1", "2"), "another operation");
    sandbox.clock().advance(Duration::from_secs(60));
    assert_eq!(left(&sandbox, &first).await, to_be(200, "1", "2"));
}
