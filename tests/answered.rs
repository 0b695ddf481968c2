//! The sandbox answers every operation of every provider, asked by the client.
//!
//! `cargo xtask coverage` reads the snapshots of these tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use kessai_core::Error;
use kessai_sandbox::univapay::cards as univapay_cards;
use kessai_sandbox::zafapay::cards;
use kessai_sandbox::{Entry, Sandbox};
use serde_json::{Value, json};

use crate::example::{Arguments, examples, json as as_json};
use crate::generated;

mod appotapay;
mod univapay;
mod univapay_direct_debit;
mod univapay_legacy;

/// One call after the other, each with what its example sends, but with ids that are there.
struct Life<C> {
    /// Calls one operation of the provider.
    client: C,
    requests: BTreeMap<String, Value>,
    /// How many there were: each has a key of its own.
    calls: AtomicU32,
}

impl<C: AsyncFn(&str, &Arguments) -> Result<Value, Error>> Life<C> {
    fn new(provider: &str, client: C) -> Self {
        let requests = examples(provider).into_iter();
        let requests = requests.map(|(name, example)| (name, as_json(&example.request))).collect();
        Self { client, requests, calls: AtomicU32::new(0) }
    }

    /// Calls `operation`; `path` and `body` replace what the example has.
    async fn call(&self, operation: &str, path: Value, body: Value) -> Value {
        self.call_with(operation, path, body, Value::Null).await
    }

    /// The same; `query` takes the place of what the example has.
    async fn call_with(&self, operation: &str, path: Value, body: Value, query: Value) -> Value {
        let mut request = self.requests[operation].clone();
        if !query.is_null() {
            request["query"] = query;
        }
        for (part, changes) in [("path", path), ("body", body)] {
            let Value::Object(changes) = changes else { continue };
            for (name, value) in changes {
                request[part][name] = value;
            }
        }
        if request["body"].is_object() {
            drop_nulls(&mut request["body"]);
        }
        request["key"] = self.calls.fetch_add(1, Ordering::Relaxed).to_string().into();
        let with = Arguments::new(request);
        let answer = (self.client)(operation, &with).await;
        answer.unwrap_or_else(|error| panic!("{operation}: {error} {:?}", error.refusal()))
    }

    /// Asks with this `query` instead of what the example has.
    async fn ask(&self, operation: &str, path: Value, query: Value) -> Value {
        self.call_with(operation, path, Value::Null, query).await
    }

    /// Without what lists are filtered by.
    fn without_queries(mut self) -> Self {
        for request in self.requests.values_mut().filter_map(Value::as_object_mut) {
            request.remove("query");
        }
        self
    }

    async fn get(&self, operation: &str, path: Value) -> Value {
        self.call(operation, path, Value::Null).await
    }
}

fn drop_nulls(body: &mut Value) {
    if let Value::Object(members) = body {
        members.retain(|_, member| !member.is_null());
    }
}

/// The operations in the order of the specification, each with the status of its good answer.
fn table(operations: &[&str], journal: &[Entry]) -> String {
    let mut table = String::new();
    for operation in operations {
        let answered = journal.iter().find(|entry| {
            entry.operation() == Some(*operation) && (200..300).contains(&entry.status())
        });
        let status = answered.map_or("NOT ANSWERED".to_owned(), |entry| entry.status().to_string());
        let _ = writeln!(table, "{operation} {status}");
    }
    table
}

#[tokio::test]
async fn every_operation_of_elepay() {
    use kessai_elepay::{Client, SecretKey};

    let sandbox = Sandbox::start().await.expect("a sandbox");
    let elepay = sandbox.elepay();
    let key = SecretKey::new(elepay.secret_key()).expect("a secret key");
    let client = Client::builder(key).base_url(elepay.base_url()).build().expect("a client");
    let life = Life::new("elepay", async |operation: &str, with: &Arguments| {
        generated::elepay::call(&client, operation, with).await
    });
    let none = || Value::Null;

    let store = life.call("create_charge_location", none(), none()).await["id"].clone();
    life.get("list_charge_locations", none()).await;
    life.get("get_charge_location", json!({ "locationId": store })).await;
    life.get("update_charge_location", json!({ "locationId": store })).await;

    let customer = life.call("create_customer", none(), none()).await["id"].clone();
    let of_customer = json!({ "customerId": customer });
    let default = json!({ "defaultSource": null });
    life.get("list_customers", none()).await;
    life.get("get_customer", of_customer.clone()).await;
    life.call("update_customer", of_customer.clone(), default).await;
    let card = json!({ "paymentMethod": "creditcard" });
    let source = life.call("create_source", of_customer.clone(), card).await["id"].clone();
    elepay.approve_source(source.as_str().expect("an id")).expect("a pending source");
    let of_source = json!({ "customerId": customer, "sourceId": source });
    life.get("list_sources", of_customer.clone()).await;
    life.get("get_source", of_source.clone()).await;
    life.get("get_source_status", json!({ "sourceId": source })).await;

    let held = json!({ "capture": false });
    let charge = life.call("create_charge", none(), held).await["id"].clone();
    let of_charge = json!({ "id": charge });
    life.get("list_charges", none()).await;
    life.get("get_charge", of_charge.clone()).await;
    life.get("get_charge_status", of_charge.clone()).await;
    life.call("capture_charge", of_charge.clone(), none()).await;
    let refund = life.call("create_refund", of_charge.clone(), none()).await["id"].clone();
    life.get("list_refunds", of_charge.clone()).await;
    life.get("get_refund", json!({ "id": charge, "refundId": refund })).await;
    let other = json!({ "orderNo": "A-2", "capture": false });
    let other = life.call("create_charge", none(), other).await["id"].clone();
    life.get("revoke_charge", json!({ "id": other })).await;

    let code = json!({ "orderNo": "A-3", "customerId": null, "sourceId": null });
    let code = life.call("create_code", none(), code).await["id"].clone();
    life.get("get_code", json!({ "codeId": code })).await;
    life.get("close_code", json!({ "codeId": code })).await;
    life.get("list_code_payment_methods", none()).await;
    life.get("list_payment_methods", none()).await;

    let for_customer = json!({ "customerId": customer, "expiryTime": null });
    for last in ["send_invoice", "cancel_invoice"] {
        let invoice = life.call("create_invoice", none(), for_customer.clone()).await["id"].clone();
        let of_invoice = json!({ "invoiceId": invoice });
        life.get("list_invoices", none()).await;
        life.get("get_invoice", of_invoice.clone()).await;
        life.call("update_invoice", of_invoice.clone(), for_customer.clone()).await;
        life.get("submit_invoice", of_invoice.clone()).await;
        life.get(last, of_invoice).await;
    }

    let places = life.get("list_terminal_locations", none()).await;
    let place = json!({ "locationId": places["locations"][0]["id"] });
    let reader = life.call("create_reader", none(), place).await["id"].clone();
    life.get("list_readers", none()).await;
    life.get("get_reader", json!({ "readerId": reader })).await;
    life.get("delete_reader", json!({ "readerId": reader })).await;

    let dispute = elepay.dispute(charge.as_str().expect("an id"), "not ordered");
    life.get("list_disputes", none()).await;
    life.get("get_dispute", json!({ "id": dispute.expect("a paid charge") })).await;

    let plan = json!({ "customerId": customer, "firstChargeTime": null });
    let plan = life.call("create_subscription", none(), plan).await["id"].clone();
    let of_plan = json!({ "subscriptionId": plan });
    life.get("list_subscriptions", none()).await;
    life.get("get_subscription", of_plan.clone()).await;
    life.get("update_subscription", of_plan.clone()).await;
    life.get("start_subscription", of_plan.clone()).await;
    life.get("list_subscription_periods", of_plan.clone()).await;
    elepay.cancel_source(source.as_str().expect("an id")).expect("an active source");
    sandbox.clock().advance(std::time::Duration::from_secs(400 * 24 * 60 * 60));
    life.get("get_subscription", of_plan.clone()).await;
    let again = json!({ "paymentMethod": "creditcard" });
    let again = life.call("create_source", of_customer.clone(), again).await["id"].clone();
    elepay.approve_source(again.as_str().expect("an id")).expect("a pending source");
    life.get("resume_subscription", of_plan.clone()).await;
    life.get("cancel_subscription", of_plan).await;

    let of_source = json!({ "customerId": customer, "sourceId": again });
    life.get("delete_source", of_source).await;
    life.get("delete_customer", of_customer).await;
    life.get("delete_charge_location", json!({ "locationId": store })).await;

    elepay.ledger().assert_sound();
    insta::assert_snapshot!("elepay", table(generated::elepay::OPERATIONS, &elepay.journal()));
}

/// A card that pays again and again at UnivaPay.
fn recurring_card() -> Value {
    json!({
        "payment_type": "card", "type": "recurring",
        "data": {
            "cardholder": "HARUKA MORI", "card_number": univapay_cards::PAYS,
            "exp_month": "08", "exp_year": "49", "cvv": "314",
        },
    })
}

#[tokio::test]
async fn every_operation_of_univapay() {
    use kessai_univapay::{AppToken, Client};

    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let token = AppToken::new(univapay.secret(), univapay.jwt()).expect("a token");
    let client = Client::builder(token).base_url(univapay.base_url()).build().expect("a client");
    let token = AppToken::new(univapay.merchant_secret(), univapay.merchant_jwt());
    let merchant = Client::builder(token.expect("a token")).base_url(univapay.base_url()).build();
    let merchant = merchant.expect("a client");
    let life = Life::new("univapay", async |operation: &str, with: &Arguments| {
        let client = if operation == "list_bank_transfer_ledgers" { &merchant } else { &client };
        generated::univapay::call(client, operation, with).await
    });
    // The filters of the examples would find nothing.
    let life = life.without_queries();
    let none = || Value::Null;
    let store = json!({ "storeId": univapay.store_id() });
    let of_store = |others: Value| {
        let mut path = others;
        path["storeId"] = univapay.store_id().into();
        path
    };

    life.get("get_current_merchant", none()).await;
    life.get("list_stores", none()).await;
    life.get("get_store", json!({ "id": univapay.store_id() })).await;

    let token = life.call("create_token", none(), recurring_card()).await["id"].clone();
    let of_token = of_store(json!({ "id": token }));
    life.get("list_tokens", none()).await;
    life.get("list_store_tokens", store.clone()).await;
    life.get("get_token", of_token.clone()).await;
    life.get("update_token", of_token.clone()).await;

    let held = json!({
        "transaction_token_id": token, "capture": false, "capture_at": null, "three_ds": null,
    });
    let charge = life.call("create_charge", none(), held.clone()).await["id"].clone();
    let of_charge = of_store(json!({ "id": charge }));
    let below_charge = of_store(json!({ "chargeId": charge }));
    life.get("list_charges", none()).await;
    life.get("list_store_charges", store.clone()).await;
    life.get("get_charge", of_charge.clone()).await;
    life.get("update_charge", of_charge.clone()).await;
    life.get("capture_charge", of_charge).await;
    let refund = life.call("create_refund", below_charge.clone(), none()).await["id"].clone();
    let of_refund = of_store(json!({ "chargeId": charge, "id": refund }));
    life.get("list_refunds", below_charge).await;
    life.get("get_refund", of_refund.clone()).await;
    life.get("update_refund", of_refund).await;

    self::univapay::wait(&sandbox);
    let charge = life.call("create_charge", none(), held).await["id"].clone();
    let below_charge = of_store(json!({ "chargeId": charge }));
    life.get("get_charge", of_store(json!({ "id": charge }))).await;
    let cancel = life.call("create_cancel", below_charge.clone(), none()).await["id"].clone();
    let of_cancel = of_store(json!({ "chargeId": charge, "id": cancel }));
    life.get("list_cancels", below_charge).await;
    life.get("get_cancel", of_cancel.clone()).await;
    life.get("update_cancel", of_cancel).await;

    let asked = json!({
        "transaction_token_id": token, "capture": true, "capture_at": null,
        "three_ds": { "mode": "require", "redirect_endpoint": "https://nagisa.example/back" },
    });
    self::univapay::wait(&sandbox);
    let asked = life.call("create_charge", none(), asked).await["id"].clone();
    life.get("get_charge", of_store(json!({ "id": asked }))).await;
    life.get("get_charge_three_ds_issuer_token", of_store(json!({ "id": asked }))).await;
    self::univapay::other_ways_to_pay(&sandbox, &life).await;
    self::univapay::around_payments(&sandbox, &life, &token).await;

    self::univapay::subscriptions(&sandbox, &life, &token).await;
    univapay_legacy::answer_pages(&life, univapay, &token).await;
    life.get("delete_token", of_token).await;
    univapay_direct_debit::answer(&life, univapay).await;
    univapay_legacy::answer_merchant(&life, univapay).await;
    univapay_legacy::answer_keys(&life, univapay).await;
    univapay_legacy::answer_tokens(&life, univapay).await;
    univapay_legacy::answer_webhooks(&life, univapay).await;

    univapay.ledger().assert_sound();
    insta::assert_snapshot!(
        "univapay",
        table(generated::univapay::OPERATIONS, &univapay.journal())
    );
}

#[tokio::test]
async fn every_operation_of_zafapay() {
    use kessai_zafapay::{AccessToken, Client, Environment, PublishableClient, PublishableKey};

    let sandbox = Sandbox::start().await.expect("a sandbox");
    let zafapay = sandbox.zafapay();
    let token = AccessToken::new(zafapay.access_token()).expect("an access token");
    let client = Client::builder(Environment::Sandbox, token).base_url(zafapay.base_url());
    let client = client.build().expect("a client");
    let key = PublishableKey::new(zafapay.publishable_key()).expect("a publishable key");
    let browser = PublishableClient::builder(key).base_url(zafapay.base_url()).build();
    let browser = browser.expect("a client");
    let life = Life::new("zafapay", async |operation: &str, with: &Arguments| match operation {
        "create_token" => generated::zafapay::call_publishable(&browser, operation, with).await,
        _ => generated::zafapay::call(&client, operation, with).await,
    });
    let none = || Value::Null;
    let text = |value: &Value| value.as_str().expect("a text").to_owned();

    let request = life.call("create_payment", none(), none()).await["id"].clone();
    let payment = zafapay.pay(&text(&request)).expect("an open checkout");
    let of_payment = json!({ "id": payment });
    life.get("get_payment", of_payment.clone()).await;
    life.get("refund_payment", of_payment).await;

    let card = life.requests["create_token"]["body"]["card"].clone();
    let card = |number: &str| {
        let mut card = card.clone();
        // The year of the example will be over one day.
        (card["number"], card["exp_year"]) = (json!(number), json!(2099));
        json!({ "card": card })
    };
    for last in ["capture_payment", "void_payment"] {
        let token = life.call("create_token", none(), card(cards::PAYS)).await["id"].clone();
        let held = json!({
            "amount": 240.5, "currency": "sgd", "capture_method": "manual", "token": token,
        });
        let request = life.call("create_payment", none(), held).await["id"].clone();
        let held = life.get("get_payment", json!({ "id": request })).await["id"].clone();
        life.get(last, json!({ "id": held })).await;
    }

    let saved = life.get("list_payment_methods", none()).await["payment_methods"].clone();
    let saved = json!({ "id": saved[0]["id"] });
    for act in ["block_payment_method", "unblock_payment_method", "detach_payment_method"] {
        life.get(act, saved.clone()).await;
    }

    zafapay.ledger().assert_sound();
    insta::assert_snapshot!("zafapay", table(generated::zafapay::OPERATIONS, &zafapay.journal()));
}

#[tokio::test]
async fn every_operation_of_appotapay() {
    use kessai_appotapay::{Client, Credentials, Environment};

    let sandbox = Sandbox::start().await.expect("a sandbox");
    let appotapay = sandbox.appotapay();
    let partner = (appotapay.partner_code(), appotapay.api_key(), appotapay.secret_key());
    let credentials = Credentials::new(partner.0, partner.1, partner.2).expect("keys");
    let client = Client::builder(Environment::Sandbox, credentials).base_url(appotapay.base_url());
    let client = client.build().expect("a client");
    // The same client for the one customer whose wallet is linked.
    let wallet = OnceLock::new();
    let life = Life::new("appotapay", async |operation: &str, with: &Arguments| {
        let client = match operation {
            "create_wallet_payment" | "confirm_wallet_payment" => wallet.get().expect("a wallet"),
            _ => &client,
        };
        generated::appotapay::call(client, operation, with).await
    });

    self::appotapay::cards(&sandbox, &life).await;
    self::appotapay::payments(&sandbox, &life).await;
    let token = self::appotapay::link_wallet(&sandbox, &life).await;
    wallet.set(client.for_wallet(token.as_str())).expect("one wallet");
    self::appotapay::wallet(&sandbox, &life, &token).await;
    self::appotapay::subscriptions(&life).await;
    self::appotapay::receipts(&sandbox, &life).await;
    self::appotapay::payouts(&life).await;
    self::appotapay::terminals(&life).await;

    appotapay.ledger().assert_sound();
    insta::assert_snapshot!(
        "appotapay",
        table(generated::appotapay::OPERATIONS, &appotapay.journal())
    );
}
