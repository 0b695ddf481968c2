//! What the customs are told.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::http::{call, charge, charge_by, get, of, text, wallet};

fn declared(certificate: &str) -> Value {
    json!({
        "customs": "TOKYO", "merchant_customs_no": "1", "certificate_id": certificate,
        "certificate_name": "TARO YAMADA",
    })
}

#[tokio::test]
async fn a_paid_charge_is_declared_once_and_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let charge = charge_by(&sandbox, "online", wallet("we_chat_online")).await;
    let customs = of(&charge, "/customs");
    let early = call(&sandbox, "POST", &customs, declared("AB")).await;
    assert_eq!(early.refusal().3, "INVALID_CHARGE_STATUS");
    sandbox.univapay().finish_in_wallet(text(&charge, "id"), true).unwrap();

    let first = call(&sandbox, "POST", &customs, declared("AB1111")).await;
    assert_eq!((first.status, &first.body["status"]), (201, &json!("pending")));
    let one = format!("{customs}/{}", first.id());
    let failed = get(&sandbox, &format!("{one}?polling=true")).await;
    assert_eq!((&failed["status"], &failed["error"]["code"]), (&json!("failed"), &json!(603)));
    let again = call(&sandbox, "POST", &customs, declared("AB")).await;
    assert_eq!((again.status, again.id()), (200, first.id()));
    let said = get(&sandbox, &one).await;
    assert_eq!(said["declaration_result"]["approving_authority"], "TOKYO");

    let other = json!({ "merchant_customs_no": "2" });
    let changed = call(&sandbox, "PATCH", &one, other.clone()).await;
    assert_eq!(changed.body["declaration"]["merchant_customs_no"], "2");
    assert_eq!((changed.status, &changed.body["status"]), (200, &json!("pending")));
    sandbox.univapay().hold(true);
    call(&sandbox, "PATCH", &one, other.clone()).await;
    let busy = call(&sandbox, "PATCH", &one, other).await;
    assert_eq!(busy.refusal(), (400, "VALIDATION_ERROR", "status", "NOT_ALLOWED_VALUE"));
}

#[tokio::test]
async fn a_card_is_not_declared() {
    let sandbox = Sandbox::start().await.unwrap();
    let charge = charge(&sandbox, PAYS, json!({})).await;
    let refused = call(&sandbox, "POST", &of(&charge, "/customs"), declared("AB")).await;
    assert_eq!(refused.code(), (400, "NOT_SUPPORTED_BY_PROCESSOR"));
}
