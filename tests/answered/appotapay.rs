//! The life of a partner of AppotaPay, product by product.

use kessai_appotapay::{Callbacks, Credentials};
use kessai_core::Error;
use kessai_sandbox::Sandbox;
use kessai_sandbox::appotapay::{Appotapay, cards as numbers, wallet as wallets};
use serde_json::{Value, json};

use super::Life;
use crate::example::Arguments;

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// A credit card.
fn card(number: &str) -> Value {
    json!({
        "number": number, "holderName": "NGUYEN VAN A", "expirationMonth": "12",
        "expirationYear": "99", "cvv": "123",
    })
}

/// From this hour to the next, in seconds.
fn around_now(sandbox: &Sandbox) -> Value {
    let now = sandbox.clock().now_ms() / 1000;
    json!({ "startTime": now - 3600, "endTime": now + 3600 })
}

/// Credit cards: a token, 3-D Secure, money that is taken and given back, and money that is let go.
pub(super) async fn cards<C>(sandbox: &Sandbox, life: &Life<C>)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    life.get("list_card_error_codes", none()).await;
    let token = json!({ "card": card(numbers::PAYS) });
    let token = life.call("create_card_token", none(), token).await["tokenId"].clone();

    let challenge = json!({ "card": card(numbers::CHALLENGE[0]) });
    let check = life.call("create_card_enrollment", none(), challenge).await["id"].clone();
    sandbox.appotapay().finish_three_ds(text(&check), true).expect("a check that waits");
    life.get("validate_card_enrollment", json!({ "authenticationId": check })).await;
    let checked = json!({
        "card": card(numbers::CHALLENGE[0]), "authenticationId": check, "capture": false,
    });
    let charge = life.call("create_card_charge", none(), checked).await;
    life.get("get_card_charge", json!({ "creditCardRefId": charge["merchantRefId"] })).await;
    let charge = &charge["id"];
    life.get("capture_card_charge", json!({ "authorizationId": charge })).await;
    let refund = json!({ "transactionId": charge });
    let refund = life.call("create_card_refund", none(), refund).await["merchantRefId"].clone();
    life.get("get_card_refund", json!({ "creditCardRefundId": refund })).await;

    let by_token = json!({
        "card": null, "tokenId": token, "authenticationId": null, "merchantRefId": "ORD-2",
        "capture": false,
    });
    let held = life.call("create_card_charge", none(), by_token).await["id"].clone();
    let held = json!({ "authorizationId": held });
    let reversal = life.call("create_card_reversal", none(), held).await["merchantRefId"].clone();
    life.get("get_card_reversal", json!({ "creditCardReversalId": reversal })).await;
    life.get("delete_card_token", json!({ "tokenId": token })).await;
}

/// Payments at AppotaPay's checkout and at the merchant's own.
pub(super) async fn payments<C>(sandbox: &Sandbox, life: &Life<C>)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    let order = json!({
        "transaction": {
            "amount": 250_000, "currency": "VND", "bankCode": "TPBANK", "paymentMethod": "ATM",
            "action": "PAY_WITH_RETURN_TOKEN",
        },
    });
    let order = life.call("create_payment", none(), order).await;
    let direct = life.get("create_direct_payment", none()).await;
    for payment in [&order, &direct] {
        let id = text(&payment["transaction"]["transactionId"]);
        sandbox.appotapay().pay_order(id).expect("a payment that waits");
        life.call_with("get_payment", none(), none(), json!({ "referenceId": id })).await;
    }
    life.call_with("list_payments", none(), none(), around_now(sandbox)).await;
    let paid = json!({ "transactionId": order["transaction"]["transactionId"] });
    let refund = life.call("create_payment_refund", none(), paid).await["partnerRefId"].clone();
    life.get("get_payment_refund", json!({ "refundRefId": refund })).await;
    let token = json!({ "token": saved_card(sandbox.appotapay()) });
    life.call("delete_payment_token", none(), token).await;
}

/// The token of the card with which the first order was paid.
fn saved_card(appotapay: &Appotapay) -> String {
    let keys = (appotapay.partner_code(), appotapay.api_key(), appotapay.secret_key());
    let callbacks = Callbacks::new(Credentials::new(keys.0, keys.1, keys.2).expect("keys"));
    let told = callbacks.payment(appotapay.events()[0].body()).expect("a genuine callback");
    let card = told.saved_card().and_then(|saved| saved.card).expect("a card");
    card.token.expect("a token").reveal().to_owned()
}

/// Links a wallet; answers with the access token.
pub(super) async fn link_wallet<C>(sandbox: &Sandbox, life: &Life<C>) -> String
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let appotapay = sandbox.appotapay();
    let key = appotapay.api_key();
    let form = json!({
        "client_key": key, "scope": "user.info", "response_type": "code",
        "redirect_uri": "https://shop.example/linked", "state": "5Vb2NqXe4KdYw8TfG6",
    });
    life.call_with("get_wallet_login_form", Value::Null, Value::Null, form).await;
    let journal = appotapay.journal();
    let asked = journal.last().expect("a call");
    let asked = format!("{}?{}", asked.path(), asked.query());
    let back = appotapay.link_wallet(&asked).expect("a good address");
    let code = back.split(['?', '&']).find_map(|part| part.strip_prefix("code="));
    let keys = json!({ "client_key": key, "secret_key": appotapay.secret_key(), "code": code });
    let tokens = life.call("create_wallet_access_token", Value::Null, keys).await;
    let keys = json!({
        "client_key": key, "secret_key": appotapay.secret_key(),
        "refresh_token": tokens["data"]["refresh_token"],
    });
    let tokens = life.call("refresh_wallet_access_token", Value::Null, keys).await;
    text(&tokens["data"]["access_token"]).to_owned()
}

/// What is done with a linked wallet, until it is no longer.
pub(super) async fn wallet<C>(sandbox: &Sandbox, life: &Life<C>, token: &str)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    life.call_with("get_wallet_account", none(), none(), json!({ "token": token })).await;
    for (order, last) in [("ORD7", "confirm_wallet_payment"), ("ORD8", "cancel_wallet_payment")] {
        let large = json!({ "orderId": order, "amount": wallets::OTP_FROM });
        life.call("create_wallet_payment", none(), large).await;
        let mut body = json!({ "orderId": order });
        if last == "confirm_wallet_payment" {
            body["verificationCode"] = wallets::OTP.into();
        }
        life.call(last, none(), body).await;
    }
    let keys = json!({ "client_key": sandbox.appotapay().api_key(), "access_token": token });
    life.call("unlink_wallet", none(), keys).await;
}

/// A subscription, from its customer to its end.
pub(super) async fn subscriptions<C>(life: &Life<C>)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    let customer = life.get("create_customer", none()).await["customerId"].clone();
    life.get("get_customer", none()).await;
    life.get("update_customer", json!({ "customer": customer })).await;

    let card = json!({
        "customerId": customer,
        "card": {
            "properties": { "skipThreeDSecure": "YES" },
            "cardInfo": { "cardNumber": numbers::PAYS, "cardMonth": "07", "cardYear": "2099" },
        },
    });
    let method = life.call("create_payment_method", none(), card).await;
    let of_customer = json!({ "customerId": customer });
    life.call_with("list_payment_methods", none(), none(), of_customer).await;
    let of_method = json!({ "paymentMethodRefId": method["paymentMethodRefId"] });
    life.get("get_payment_method", of_method).await;

    let ranked = json!([{ "paymentMethodId": method["paymentMethodId"], "rank": 1 }]);
    let plan = json!({
        "customerId": customer, "paymentMethods": ranked,
        "schedule": {
            "interval": "MONTH", "intervalCount": 1, "retryInterval": "DAY",
            "retryIntervalCount": 2, "totalRetry": 3,
        },
    });
    let plan = life.call("create_plan", none(), plan).await;
    life.get("get_plan", json!({ "plan": plan["planRefId"] })).await;
    let plan = &plan["planId"];
    let dearer = json!({ "customerId": customer, "paymentMethods": ranked });
    life.call("update_plan", json!({ "plan": plan }), dearer).await;

    // The first is paid when the plan is made.
    let cycles = life.get("list_cycles", json!({ "planId": plan })).await["data"].clone();
    let cycle = |place: usize| json!({ "planId": plan, "cycleId": cycles[place]["cycleId"] });
    let paid = life.get("get_cycle", cycle(0)).await["attemptDetails"][0]["attemptId"].clone();
    let refund = json!({ "attemptId": paid });
    life.call("create_subscription_refund", none(), refund).await;
    life.get("get_subscription_refund", none()).await;

    let later = json!({ "scheduledAt": "2099-12-20T08:00:00+07:00" });
    life.call("update_cycle", cycle(1), later).await;
    life.get("force_cycle_attempt", cycle(1)).await;
    let cycles = life.get("list_cycles", json!({ "planId": plan })).await["data"].clone();
    let last = json!({ "planId": plan, "cycleId": cycles[2]["cycleId"] });
    life.get("cancel_cycle", last).await;
    life.get("deactivate_plan", json!({ "planId": plan })).await;
}

/// What customers pay to services: virtual accounts and prepaid cards.
pub(super) async fn receipts<C>(sandbox: &Sandbox, life: &Life<C>)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    let bill = json!({ "billExpiryTime": null });
    let bill = life.call("create_ebill", none(), bill).await;
    let of_bill = json!({ "billCode": bill["billCode"] });
    sandbox.appotapay().pay_ebill(text(&bill["billCode"]), 500_000).expect("an open bill");
    life.get("get_ebill", of_bill.clone()).await;
    life.call_with("list_ebill_transactions", none(), none(), around_now(sandbox)).await;
    life.get("list_transactions_of_ebill", of_bill).await;
    let account = json!({ "accountNo": bill["payment"]["bankAccounts"][0]["accountNo"] });
    life.call("close_ebill", none(), account).await;

    let partner = json!({ "partner_code": sandbox.appotapay().partner_code() });
    let taken = life.call("create_card_charging", none(), partner.clone()).await;
    let mut transaction = partner;
    transaction["transaction_id"] = taken["data"]["transaction_id"].clone();
    life.call_with("check_card_charging", none(), none(), transaction).await;
}

/// What is paid from the balance.
pub(super) async fn payouts<C>(life: &Life<C>)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    let none = || Value::Null;
    for operation in ["get_balance", "get_transfer_account", "make_transfer", "get_transfer"] {
        life.get(operation, none()).await;
    }
    let owed = life.get("check_bill", none()).await["billDetail"].clone();
    life.call("pay_bill", none(), json!({ "billDetail": owed })).await;
    for operation in [
        "get_bill_payment",
        "get_topup_subscriber",
        "list_topup_products",
        "list_topup_packages",
        "create_topup",
        "get_topup",
        "list_shop_card_products",
        "buy_shop_cards",
        "get_shop_card_purchase",
    ] {
        life.get(operation, none()).await;
    }
}

/// Payments at terminals.
pub(super) async fn terminals<C>(life: &Life<C>)
where
    C: AsyncFn(&str, &Arguments) -> Result<Value, Error>,
{
    for operation in ["create_pos_payment", "get_pos_payment", "list_pos_payments"] {
        life.get(operation, Value::Null).await;
    }
}
