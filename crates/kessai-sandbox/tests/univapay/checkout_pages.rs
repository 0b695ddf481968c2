//! Pages to pay on.

use std::time::Duration;

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::legacy::checkout::{
    EMAIL_ID, FORM_ID, LINK_ID, LINK_SECRET, PRODUCT_CODE, PRODUCT_ID,
};
use serde_json::{Value, json};

use crate::http::{call, get, ok, text, with};

#[tokio::test]
async fn the_link_of_the_console_shows_its_form_and_its_product() {
    let sandbox = Sandbox::start().await.unwrap();
    let link = get(&sandbox, &format!("/checkout/links/{LINK_ID}")).await;
    let form = get(&sandbox, &format!("/checkout/forms/{FORM_ID}")).await;
    let products = get(&sandbox, &format!("/checkout/links/{LINK_ID}/products")).await;
    assert_eq!((&link["form_id"], link["secret"].as_str()), (&form["id"], Some(LINK_SECRET)));
    assert_eq!(products["items"][0]["code"], PRODUCT_CODE);
    let info = format!("/checkout/info/{LINK_ID}?secret={LINK_SECRET}");
    assert_eq!(
        get(&sandbox, &info).await,
        json!({ "form": form, "link": link, "products": products["items"] })
    );
    let wrong = format!("/checkout/info/{LINK_ID}?secret=x");
    let wrong = call(&sandbox, "GET", &wrong, Value::Null).await;
    assert_eq!(wrong.code(), (401, "INVALID_CREDENTIALS"));

    let product = get(&sandbox, &format!("/checkout/products/{PRODUCT_ID}")).await;
    assert_eq!(product, get(&sandbox, &format!("/checkout/products/code/{PRODUCT_CODE}")).await);
    let email = get(&sandbox, &format!("/checkout/emails/{EMAIL_ID}")).await;
    assert_eq!(email["link_id"], LINK_ID);
    for kind in ["forms", "links", "emails", "products", "products/code"] {
        let none = call(&sandbox, "GET", &format!("/checkout/{kind}/x"), Value::Null).await;
        assert_eq!(none.code(), (404, "NOT_FOUND"), "{kind}");
    }
}

#[tokio::test]
async fn a_temporary_link_is_open_until_it_runs_out() {
    let sandbox = Sandbox::start().await.unwrap();
    let univapay = sandbox.univapay();
    let target = "/checkout/links/temporary";
    let body = json!({
        "merchant_id": univapay.merchant_id(), "store_id": univapay.store_id(),
        "form_id": FORM_ID, "enabled": true, "jwt": univapay.jwt(), "amount": 1250,
        "currency": "USD", "token_type": "one_time", "token_only": false,
        "metadata": { "campaign": 10.30 }, "destination": ["any", { "thing": 1 }],
    });
    let link = ok(&sandbox, "POST", target, body.clone()).await;
    assert_eq!((&link["amount_formatted"], &link["active"]), (&json!("12.5"), &json!(true)));
    assert_eq!(link["destination"], body["destination"]);
    let path = format!("/checkout/links/{}", text(&link, "id"));
    assert_eq!(get(&sandbox, &path).await, link);
    assert_eq!(get(&sandbox, &format!("{path}/products")).await["items"], json!([]));

    let short = with(body.clone(), json!({ "expiry": "2096-02-29T00:00:00+09:00" }));
    let short = ok(&sandbox, "POST", target, short).await;
    let (id, secret) = (text(&short, "id"), text(&short, "secret"));
    let info = format!("/checkout/info/{id}?secret={secret}");
    assert_eq!(get(&sandbox, &info).await["link"], short);
    sandbox.clock().advance(Duration::from_secs(100 * 366 * 24 * 60 * 60));
    assert_eq!(call(&sandbox, "GET", &info, Value::Null).await.code(), (404, "NOT_FOUND"));
    assert_eq!(get(&sandbox, &format!("/checkout/links/{id}")).await["active"], false);

    let wrong = [
        (json!({ "form_id": "x" }), 404, ""),
        (json!({ "store_id": "x" }), 404, ""),
        (json!({ "amount": 0 }), 400, "amount"),
        (json!({ "currency": "usd" }), 400, "currency"),
        (json!({ "subscription_cycles": 1 }), 400, "subscription_cycles"),
        (json!({ "expiry": "2020-01-01T00:00:00Z" }), 400, "expiry"),
        (json!({ "expiry": "soon" }), 400, "expiry"),
        (json!({ "metadata": { "a": {} } }), 400, "metadata"),
    ];
    for (more, status, field) in wrong {
        let refused = call(&sandbox, "POST", target, with(body.clone(), more.clone())).await;
        assert_eq!((refused.status, refused.refusal().2), (status, field), "{more}");
    }
}

#[tokio::test]
async fn only_wallets_with_a_gateway_are_asked() {
    let sandbox = Sandbox::start().await.unwrap();
    let ask = async |brand: &str| {
        call(&sandbox, "POST", &format!("/checkout_info/gateways/{brand}"), json!({})).await
    };
    assert_eq!(ask("alipay_plus_online").await.body["service"], "alipay_plus_online");
    assert!(ask("we_chat_online").await.body["app_id"].is_string());
    assert_eq!(ask("pay_pay_online").await.code(), (400, "NO_GATEWAYS_AVAILABLE"));
}
