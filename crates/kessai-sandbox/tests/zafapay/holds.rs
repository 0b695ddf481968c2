//! Money that is held: captured, in part, or let go.

use kessai_sandbox::Sandbox;
use kessai_sandbox::zafapay::cards::PAYS;
use serde_json::{Value, json};

use crate::http::{call, kinds, look, of, ok, order, paid, text, token};

/// 240.50 dollars that are held; answers with the id of the payment.
async fn held(sandbox: &Sandbox) -> String {
    let token = token(sandbox, PAYS).await;
    let more = json!({ "token": token, "capture_method": "manual", "amount": 240.5 });
    let request = ok(sandbox, "POST", "/v1/payments", order(more)).await;
    text(&look(sandbox, text(&request, "id")).await, "id").to_owned()
}

#[tokio::test]
async fn what_is_held_is_captured_in_part_and_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = held(&sandbox).await;
    assert!(kinds(&sandbox).is_empty(), "no event tells that money is held");
    for amount in [json!(240.51), json!(0), json!(-1), json!(1.005)] {
        let refused =
            call(&sandbox, "POST", &of(&id, "capture"), json!({ "amount": amount })).await;
        assert_eq!(refused.refusal(), (400, "invalid_amount", "amount"), "{amount}");
    }
    let captured = ok(&sandbox, "POST", &of(&id, "capture"), json!({ "amount": 198.25 })).await;
    assert_eq!(captured, json!({ "id": id, "status": "completed", "amount": 198.25 }));
    assert_eq!(look(&sandbox, &id).await["amount"], "198.25");
    for act in ["capture", "void"] {
        let refused = call(&sandbox, "POST", &of(&id, act), Value::Null).await;
        assert_eq!(refused.refusal(), (400, "invalid_status", ""), "{act}");
    }
    let totals = sandbox.zafapay().ledger().charge(&id).unwrap().totals;
    assert_eq!((totals.authorized, totals.captured), (24050, 19825));
    assert_eq!(kinds(&sandbox), ["payment.succeeded"]);
}

#[tokio::test]
async fn everything_is_captured_when_no_amount_is_named() {
    let sandbox = Sandbox::start().await.unwrap();
    for body in [Value::Null, json!({})] {
        let id = held(&sandbox).await;
        let captured = ok(&sandbox, "POST", &of(&id, "capture"), body).await;
        assert_eq!(captured["amount"], json!(240.5));
    }
}

#[tokio::test]
async fn what_is_held_is_let_go_once_and_then_not_captured() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = held(&sandbox).await;
    let voided = ok(&sandbox, "POST", &of(&id, "void"), Value::Null).await;
    assert_eq!(voided, json!({ "id": id, "status": "canceled" }));
    for act in ["capture", "void", "refund"] {
        let refused = call(&sandbox, "POST", &of(&id, act), Value::Null).await;
        assert_eq!(refused.refusal(), (400, "invalid_status", ""), "{act}");
    }
    assert_eq!(kinds(&sandbox), ["payment.canceled"]);
    assert_eq!(sandbox.zafapay().ledger().totals()["usd"].captured, 0);
}

#[tokio::test]
async fn only_looking_takes_the_id_of_the_request() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = held(&sandbox).await;
    let request = text(&look(&sandbox, &id).await, "request_id").to_owned();
    for act in ["capture", "void", "refund"] {
        let refused = call(&sandbox, "POST", &of(&request, act), Value::Null).await;
        assert_eq!(refused.refusal(), (404, "not_found", ""), "{act}");
    }
    assert_eq!(look(&sandbox, &id).await["status"], "authorized");
}

#[tokio::test]
async fn what_is_taken_at_once_is_not_held() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = paid(&sandbox, Value::Null).await;
    for act in ["capture", "void"] {
        let refused = call(&sandbox, "POST", &of(&id, act), Value::Null).await;
        assert_eq!(refused.refusal(), (400, "invalid_status", ""), "{act}");
    }
    let later = paid(&sandbox, json!({ "capture_method": "manual" })).await;
    assert_eq!(look(&sandbox, &later).await["status"], "authorized");
}
