//! ZAFA PAY: an order number may be used again and cannot be looked up, so that the shop can only
//! read the webhooks it got, and sends nothing again unless nothing was sent. None comes of a payment
//! that is only held. Refunds have neither key nor number: the shop reads the sum before it asks
//! again, and keeps a journal.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;
use std::time::Duration;

use kessai_core::{Decimal, Error, Id, Looks, Rejected, Settled, Sight};
use kessai_sandbox::{Ledger, Sandbox};
use kessai_zafapay::payment_methods::PaymentMethod;
use kessai_zafapay::payments::{
    CaptureMethod, CapturePayment, CreatePayment, Payment, PaymentStatus, RefundPayment,
};
use kessai_zafapay::webhooks::WebhookKind;
use kessai_zafapay::{AccessToken, Client, Environment, Webhooks};

use super::book::Book;
use super::step::{Kind, Memory, Step, settle};
use super::till::{Note, Order, Paid, Setup, Standing, Till};

const CUSTOMER: &str = "member/20418";

pub struct Payments {
    setup: Setup,
    client: Client,
    book: Book,
    /// A saved card: nothing but the shop keeps it from paying twice.
    card: Id<PaymentMethod>,
    inbox: Mutex<Inbox>,
    /// How many webhooks there were before the first order.
    before: usize,
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
            if event.event != WebhookKind::PaymentSucceeded {
                continue;
            }
            let id = event.transaction_id.map(|id| id.as_str().to_owned());
            let paid = (id, yen(event.amount.as_ref()));
            self.paid.insert(event.external_id.expect("a number"), paid);
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

fn yen(amount: Option<&Decimal>) -> i64 {
    amount.expect("an amount").to_string().parse().expect("yen")
}

/// Every third payment is only held first.
fn is_held(order: &Order) -> bool {
    order.lot.is_multiple_of(3)
}

fn is_taken(payment: &Payment) -> bool {
    let taken =
        [PaymentStatus::Completed, PaymentStatus::PartiallyRefunded, PaymentStatus::Refunded];
    taken.contains(&payment.status)
}

impl Payments {
    async fn payment(&self, id: &str) -> Result<Payment, Error> {
        self.client.payments().get(&id.into()).await
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
        // However busy the machine is.
        let call = client.payments().create(&body).timeout(Duration::from_secs(30));
        let request = call.await.expect("a checkout");
        let id = request.id.expect("an id");
        setup.sandbox.zafapay().pay(id.as_str()).expect("an open checkout");
        let mut inbox = Inbox::default();
        inbox.read(&setup.sandbox);
        let (card, before) = (inbox.card.clone().expect("a saved card"), inbox.read);
        let book = Book::new(&setup);
        Self { setup, client, book, card, inbox: Mutex::new(inbox), before }
    }

    fn restart(&mut self) {
        self.client = client(&self.setup);
        self.book.restart();
    }

    async fn pay(&self, order: &Order, again: bool, looks: &Looks) -> Result<Paid, Error> {
        let held = is_held(order);
        let body = CreatePayment {
            capture_method: held.then_some(CaptureMethod::Manual),
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
        let settled = settle(self.client.payments().create(&body), look, again, looks).await?;
        let mut payment = None;
        if let Settled::Done(request) = &settled {
            let status = if held { PaymentStatus::Authorized } else { PaymentStatus::Completed };
            assert_eq!(request.status, status);
            // The answer names the request alone, not the payment, which a look may tell.
            let id = request.id.as_ref().expect("an id");
            payment = self.payment(id.as_str()).await.ok();
        }
        let id = payment.map(|it| it.id.as_str().to_owned());
        Ok(settled.map(|request| (id, yen(request.amount.as_ref())), |paid| paid))
    }

    fn kinds(order: &Order) -> &'static [Kind] {
        if is_held(order) { &[Kind::Capture, Kind::Cancel, Kind::Refund] } else { &[Kind::Refund] }
    }

    async fn go_on(&self, step: &Step, again: bool, looks: &Looks) -> Result<Paid, Error> {
        let (payments, id) = (self.client.payments(), Id::from(&*step.payment));
        let memory = Memory::Again(again);
        let amount = Some(Decimal::from(step.amount));
        match step.kind {
            Kind::Capture => {
                let body = CapturePayment { amount };
                let look = || async {
                    let payment = self.payment(&step.payment).await?;
                    Ok(match payment.status {
                        PaymentStatus::Authorized => Sight::Absent,
                        _ if is_taken(&payment) => Sight::Found(yen(payment.amount.as_ref())),
                        _ => Sight::Unclear,
                    })
                };
                let call = || payments.capture(&id, &body);
                let settled = memory.settle(step, call, look, looks).await?;
                Ok(settled.map(|it| (None, yen(it.amount.as_ref())), |it| (None, it)))
            }
            Kind::Cancel => {
                let look = || async {
                    Ok(match self.payment(&step.payment).await?.status {
                        PaymentStatus::Authorized => Sight::Absent,
                        PaymentStatus::Canceled => Sight::Found(()),
                        _ => Sight::Unclear,
                    })
                };
                let settled = memory.settle(step, || payments.void(&id), look, looks).await?;
                Ok(settled.map(|_| (None, step.amount), |()| (None, step.amount)))
            }
            Kind::Refund => {
                let reason = Some((&*step.reference).into());
                let body = RefundPayment { amount, currency: Some("jpy".into()), reason };
                let look = || async {
                    let payment = self.payment(&step.payment).await?;
                    Ok(step.by_sum(yen(payment.amount_refunded.as_ref())))
                };
                let call = || payments.refund(&id, &body);
                let memory = Memory::Journal(&self.book);
                let settled = memory.settle(step, call, look, looks).await?;
                Ok(settled.map(|it| (None, yen(it.amount.as_ref())), |it| (None, it)))
            }
        }
    }

    fn events(&self, after: usize) -> Vec<Vec<u8>> {
        let events = self.setup.sandbox.zafapay().events();
        events[self.before + after..].iter().map(|event| event.body().to_vec()).collect()
    }

    fn sign(&self, body: &[u8]) -> String {
        self.setup.sandbox.zafapay().signature(body)
    }

    fn sealed(body: &[u8]) -> Range<usize> {
        0..body.len()
    }

    fn read(&self, signature: &str, body: &[u8]) -> Result<Note, Rejected> {
        let secret = self.setup.sandbox.zafapay().webhook_secret();
        let event = Webhooks::new(secret).expect("a secret").event(signature, body)?;
        let payment = event.transaction_id.as_ref().expect("a payment").as_str().to_owned();
        Ok(Note { key: event.key(), payment })
    }

    async fn standing(&self, payment: &str) -> Result<Standing, Error> {
        let payment = self.payment(payment).await?;
        Ok(Standing {
            captured: if is_taken(&payment) { yen(payment.amount.as_ref()) } else { 0 },
            refunded: Some(yen(payment.amount_refunded.as_ref())),
            canceled: payment.status == PaymentStatus::Canceled,
        })
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.zafapay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.zafapay().base_url()
    }
}
