//! ZAFA PAY: an order number may be used again and cannot be looked up, so that the shop can only
//! read the webhooks it got, and sends nothing again unless nothing was sent.

use std::collections::BTreeMap;
use std::sync::Mutex;

use kessai_core::{Decimal, Error, Id, Looks, Sight};
use kessai_sandbox::{Ledger, Sandbox};
use kessai_zafapay::payment_methods::PaymentMethod;
use kessai_zafapay::payments::{CreatePayment, PaymentRequest, PaymentStatus};
use kessai_zafapay::webhooks::WebhookKind;
use kessai_zafapay::{AccessToken, Client, Environment, Webhooks};

use super::shop::{Order, Paid, Setup, Till};

const CUSTOMER: &str = "member/20418";

pub struct Payments {
    setup: Setup,
    client: Client,
    /// A saved card: nothing but the shop keeps it from paying twice.
    card: Id<PaymentMethod>,
    inbox: Mutex<Inbox>,
}

/// What webhooks have told. It outlives the program, as a database does.
#[derive(Default)]
struct Inbox {
    read: usize,
    paid: BTreeMap<String, (Option<String>, i64)>,
    card: Option<Id<PaymentMethod>>,
}

impl Inbox {
    fn read(&mut self, sandbox: &Sandbox) {
        let zafapay = sandbox.zafapay();
        let webhooks = Webhooks::new(zafapay.webhook_secret()).expect("a secret");
        let events = zafapay.events();
        for event in &events[self.read..] {
            let body = event.body();
            let event = webhooks.event(&zafapay.signature(body), body).expect("a genuine event");
            assert_eq!(event.event, WebhookKind::PaymentSucceeded);
            let amount = event.amount.expect("an amount").to_string().parse().expect("yen");
            let id = event.transaction_id.map(|id| id.as_str().to_owned());
            self.paid.insert(event.external_id.expect("a number"), (id, amount));
            self.card = event.payment_method_id;
        }
        self.read = events.len();
    }
}

fn client(setup: &Setup) -> Client {
    let token = AccessToken::new(setup.sandbox.zafapay().access_token()).expect("an access token");
    let builder = Client::builder(Environment::Sandbox, token).base_url(&setup.base_url);
    let builder = builder.clock(setup.clock.clone()).limits(setup.limits.clone());
    builder.build().expect("a client")
}

fn payment(amount: i64, external_id: &str) -> CreatePayment {
    CreatePayment {
        external_id: Some(external_id.into()),
        customer_id: Some(CUSTOMER.into()),
        ..CreatePayment::new(Decimal::from(amount), "jpy")
    }
}

impl Till for Payments {
    const NAME: &'static str = "ZAFA PAY, payments";

    fn is_protected(&self, _: &Order) -> bool {
        false
    }

    async fn open(setup: Setup) -> Self {
        let client = client(&setup);
        let body = CreatePayment { save_card: Some(true), ..payment(1000, "first") };
        let request = client.payments().create(&body).await.expect("a checkout");
        let id = request.id.expect("an id");
        setup.sandbox.zafapay().pay(id.as_str()).expect("an open checkout");
        let mut inbox = Inbox::default();
        inbox.read(&setup.sandbox);
        let card = inbox.card.clone().expect("a saved card");
        Self { setup, client, card, inbox: Mutex::new(inbox) }
    }

    fn restart(&mut self) {
        self.client = client(&self.setup);
    }

    async fn pay(&self, order: &Order, again: bool, looks: &Looks) -> Result<Paid, Error> {
        let body = CreatePayment {
            payment_method_id: Some(self.card.clone()),
            ..payment(order.amount, &order.reference)
        };
        let look = || {
            let mut inbox = self.inbox.lock().expect("nobody panicked with it");
            inbox.read(&self.setup.sandbox);
            // That no webhook has come says nothing.
            let told = inbox.paid.get(&order.reference).cloned();
            std::future::ready(Ok(told.map_or(Sight::Unclear, Sight::Found)))
        };
        let call = self.client.payments().create(&body);
        let settled = if again {
            call.unless_found_by_reference(look, looks).await
        } else {
            call.or_find_by_reference(look, looks).await?
        };
        let done = |request: PaymentRequest| {
            assert_eq!(request.status, PaymentStatus::Completed);
            // The answer names the request alone, not the payment.
            let amount = request.amount.expect("an amount");
            (None, amount.to_string().parse().expect("yen"))
        };
        Ok(settled.map(done, |paid| paid))
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.zafapay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.zafapay().base_url()
    }
}
