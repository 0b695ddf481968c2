//! What older SDKs do with tokens and charges.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::cards::PAYS;
use serde_json::{Value, json};

use crate::http::{call, card, charge, get, of, ok, text, token, with};

#[tokio::test]
async fn a_token_is_confirmed_by_the_code_that_was_mailed() {
    let sandbox = Sandbox::start().await.unwrap();
    let asked = with(card("recurring", PAYS), json!({ "use_confirmation": true }));
    let mut silent = asked.clone();
    silent.as_object_mut().unwrap().remove("email");
    let refused = call(&sandbox, "POST", "/tokens", silent).await;
    assert_eq!(refused.code(), (400, "CONFIRMATION_REQUIRES_EMAIL"));
    let made = ok(&sandbox, "POST", "/tokens", asked).await;
    assert_eq!(made["confirmed"], false);
    let id = text(&made, "id");
    let body = json!({ "transaction_token_id": id, "amount": 500, "currency": "JPY" });
    let early = call(&sandbox, "POST", "/charges", body.clone()).await;
    assert_eq!(early.code(), (400, "TOKEN_MUST_BE_CONFIRMED"));

    let target = format!("/store/tokens/{id}/confirm");
    let code = sandbox.univapay().confirmation_code(id).expect("a mail");
    let guess = json!({ "confirmation_code": "0" });
    let wrong = call(&sandbox, "POST", &target, guess).await;
    assert_eq!(wrong.code(), (400, "WRONG_CONFIRMATION_CODE"));
    let right = json!({ "confirmation_code": code });
    assert_eq!(ok(&sandbox, "POST", &target, right.clone()).await["confirmed"], true);
    assert_eq!(sandbox.univapay().confirmation_code(id), None);
    let again = call(&sandbox, "POST", &target, right).await;
    assert_eq!(again.code(), (400, "CANNOT_CHANGE_TOKEN"));
    ok(&sandbox, "POST", "/charges", body).await;
}

#[tokio::test]
async fn a_renewed_token_takes_the_place_of_the_old_one() {
    let sandbox = Sandbox::start().await.unwrap();
    let hook = json!({ "triggers": ["token_replaced"], "url": "https://hanaya.example/" });
    ok(&sandbox, "POST", "/store/webhooks", hook).await;
    let old = token(&sandbox, "recurring", PAYS).await;
    let target = format!("/store/tokens/{old}/renew");
    let data = json!({ "cardholder": "HARUKA MORI", "exp_month": 4, "exp_year": 2098 });
    let past = json!({ "data": with(data.clone(), json!({ "exp_year": 2020 })) });
    let refused = call(&sandbox, "POST", &target, past).await;
    assert_eq!(refused.refusal().3, "INVALID_CARD_EXPIRATION");
    let new = ok(&sandbox, "POST", &target, json!({ "data": data })).await;
    assert_eq!((new["previous_id"].as_str(), &new["active"]), (Some(&*old), &json!(true)));
    let card = &new["data"]["card"];
    assert_eq!((&card["exp_year"], &card["last_four"]), (&json!(2098), &json!("4444")));
    assert_eq!(get(&sandbox, &format!("/store/tokens/{old}")).await["active"], false);
    let told = sandbox.univapay().events();
    assert_eq!((told.len(), told[0].kind()), (1, "token_replaced"));

    let found = get(&sandbox, &format!("/tokens?previous_transaction_token_id={old}")).await;
    assert_eq!(found["items"][0]["id"], new["id"]);
    let body = |id: &str| json!({ "transaction_token_id": id, "amount": 500, "currency": "JPY" });
    let late = call(&sandbox, "POST", "/charges", body(&old)).await;
    assert_eq!(late.code(), (400, "RECURRING_TOKEN_DISABLED"));
    ok(&sandbox, "POST", "/charges", body(text(&new, "id"))).await;

    let twice = call(&sandbox, "POST", &target, json!({ "data": data })).await;
    assert_eq!(twice.code(), (400, "CANNOT_CHANGE_TOKEN"));
    let one_time = token(&sandbox, "one_time", PAYS).await;
    let target = format!("/store/tokens/{one_time}/renew");
    let once = call(&sandbox, "POST", &target, json!({ "data": data })).await;
    assert_eq!(once.code(), (400, "TRANSACTION_TOKEN_IS_NOT_RECURRING"));
}

#[tokio::test]
async fn an_alias_names_a_token_for_a_while() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = token(&sandbox, "recurring", PAYS).await;
    let body = json!({
        "transaction_token_id": id, "amount": 3000, "currency": "JPY", "metadata": { "till": 2 },
    });
    let made = ok(&sandbox, "POST", "/tokens/alias", body.clone()).await;
    let path = format!("/store/tokens/alias/{}", text(&made, "key"));
    let alias = get(&sandbox, &format!("{path}?media=json")).await;
    assert_eq!((&alias["id"], &alias["amount"]), (&made["key"], &json!(3000)));
    assert_eq!(
        (&alias["type"], &alias["alias_metadata"]["till"]),
        (&json!("recurring"), &json!(2))
    );
    sandbox.clock().advance(Duration::from_secs(300));
    for method in ["GET", "DELETE"] {
        let late = call(&sandbox, method, &path, Value::Null).await;
        assert_eq!(late.code(), (404, "NOT_FOUND"), "{method}");
    }

    let longer = json!({ "transaction_token_id": id, "valid_until": "2097-01-01T00:00:00+09:00" });
    let longer = ok(&sandbox, "POST", "/tokens/alias", longer).await;
    assert_eq!(longer["valid_until"], "2096-12-31T15:00:00.000Z");
    let path = format!("/store/tokens/alias/{}", text(&longer, "key"));
    ok(&sandbox, "DELETE", &path, Value::Null).await;
    assert_eq!(call(&sandbox, "GET", &path, Value::Null).await.code(), (404, "NOT_FOUND"));
    get(&sandbox, &format!("/store/tokens/{id}")).await;
    for (more, field) in [
        (json!({ "valid_until": "2020-01-01T00:00:00Z" }), "valid_until"),
        (json!({ "amount": 0 }), "amount"),
        (json!({ "currency": null }), "currency"),
        (json!({ "currency": "yen" }), "currency"),
    ] {
        let wrong = call(&sandbox, "POST", "/tokens/alias", with(body.clone(), more)).await;
        assert_eq!((wrong.status, wrong.refusal().2), (400, field));
    }
}

#[tokio::test]
async fn the_code_and_the_deadline_of_a_charge_are_told() {
    let sandbox = Sandbox::start().await.unwrap();
    let pay = async |method: &str, data: Value| {
        let token = json!({ "payment_type": method, "type": "one_time", "data": data });
        let token = with(token, json!({ "email": "taro@example.com" }));
        let token = ok(&sandbox, "POST", "/tokens", token).await["id"].clone();
        let body = json!({ "transaction_token_id": token, "amount": 1000, "currency": "JPY" });
        ok(&sandbox, "POST", "/charges", body).await
    };
    let shown = pay("qr_merchant", json!({ "brand": "alipay_connect_mpm" })).await;
    let qr = get(&sandbox, &of(&shown, "/qr")).await;
    assert!(qr["ready"] == true && qr["qr_image_url"].is_string());
    let endless = call(&sandbox, "GET", &of(&shown, "/expiry/latest"), Value::Null).await;
    assert_eq!(endless.code(), (404, "NOT_FOUND"));

    let transfer = pay("bank_transfer", json!({ "brand": "bank_test_brand" })).await;
    let expiry = get(&sandbox, &of(&transfer, "/expiry/latest")).await;
    assert_eq!(expiry["charge_id"], transfer["id"]);
    assert!(text(&expiry, "expiration_date") > text(&transfer, "created_on"));
    for charge in [transfer, charge(&sandbox, PAYS, json!({})).await] {
        let other = call(&sandbox, "GET", &of(&charge, "/qr"), Value::Null).await;
        assert_eq!(other.refusal().3, "NOT_QR_CHARGE");
    }
}
