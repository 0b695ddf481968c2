//! elepay: an order number is taken once, and a charge is found by walking the list. It is captured
//! or revoked once by its status. Refunds have neither key nor number, so that nothing but the shop
//! keeps it from giving back twice: it marks each in its notes, looks for the mark, and keeps a
//! journal.

use std::ops::Range;

use kessai_core::{Clock as _, Error, Id, Looks, Rejected, Sight};
use kessai_elepay::charges::{CaptureCharge, Charge, ChargeStatus, CreateCharge};
use kessai_elepay::refunds::{CreateRefund, Refund};
use kessai_elepay::shared::PaymentMethod;
use kessai_elepay::{Client, EpochMillis, SecretKey, Subject, Webhooks};
use kessai_sandbox::{Ledger, Sandbox};

use super::book::Book;
use super::step::{Kind, Memory, Step, settle};
use super::till::{Note, Order, Paid, Setup, Standing, Till};

const MINUTE: i64 = 60_000;

pub struct Charges {
    setup: Setup,
    client: Client,
    book: Book,
}

fn client(setup: &Setup) -> Client {
    let key = SecretKey::new(setup.sandbox.elepay().secret_key()).expect("a secret key");
    let builder = Client::builder(key).base_url(&setup.base_url).clock(setup.clock.clone());
    builder.limits(setup.limits.clone()).build().expect("a client")
}

fn paid(charge: &Charge) -> (Option<String>, i64) {
    let amount = charge.authorize_amount.expect("an amount");
    (Some(charge.id.as_str().to_owned()), amount)
}

/// Whether the money was taken, or is held, or neither.
fn taken(charge: Charge) -> Sight<Charge> {
    match charge.status {
        Some(ChargeStatus::Uncaptured) => Sight::Absent,
        Some(ChargeStatus::Captured | ChargeStatus::PartiallyRefunded | ChargeStatus::Refunded) => {
            Sight::Found(charge)
        }
        _ => Sight::Unclear,
    }
}

fn let_go(charge: Charge) -> Sight<Charge> {
    match charge.status {
        Some(ChargeStatus::Uncaptured) => Sight::Absent,
        Some(ChargeStatus::Revoked) => Sight::Found(charge),
        _ => Sight::Unclear,
    }
}

fn is_marked(refund: &Refund, mark: &str) -> bool {
    let notes = refund.metadata.as_ref();
    notes.and_then(|notes| notes.get("step")).is_some_and(|note| note.reveal() == mark)
}

fn given_back(refund: &Refund) -> (Option<String>, i64) {
    (Some(refund.id.as_str().to_owned()), refund.amount.expect("an amount"))
}

impl Charges {
    async fn refund(&self, step: &Step, looks: &Looks) -> Result<Paid, Error> {
        let (refunds, id) = (self.client.refunds(), Id::from(&*step.payment));
        let body = CreateRefund {
            currency: Some("JPY".into()),
            metadata: [("step".to_owned(), (&*step.reference).into())].into(),
            ..CreateRefund::new(step.amount)
        };
        let look = || async {
            let all = refunds.list(&id).await?.refunds;
            let mut marked = all.into_iter().filter(|refund| is_marked(refund, &step.reference));
            Ok(marked.next().map_or(Sight::Absent, Sight::Found))
        };
        let memory = Memory::Journal(&self.book);
        let settled = memory.settle(step, || refunds.create(&id, &body), look, looks).await?;
        Ok(settled.map(|it| given_back(&it), |it| given_back(&it)))
    }
}

impl Till for Charges {
    const NAME: &'static str = "elepay, charges";

    fn is_protected(&self, _: &Order) -> bool {
        true
    }

    async fn open(setup: Setup) -> Self {
        Self { client: client(&setup), book: Book::new(&setup), setup }
    }

    fn restart(&mut self) {
        self.client = client(&self.setup);
        self.book.restart();
    }

    async fn pay(&self, order: &Order, again: bool, looks: &Looks) -> Result<Paid, Error> {
        let body = CreateCharge {
            capture: Some(false),
            ..CreateCharge::new(order.amount, PaymentMethod::Creditcard, &*order.reference)
        };
        let from = EpochMillis::new(order.written - MINUTE);
        let look = || async {
            let to = EpochMillis::new(self.setup.clock.now_ms() + MINUTE);
            let charges = self.client.charges();
            Ok(charges.find_by_order_no(&order.reference, from, to).await?.sight())
        };
        let settled = settle(self.client.charges().create(&body), look, again, looks).await?;
        Ok(settled.map(
            |charge| paid(&charge),
            |found| {
                let [charge] = &*found.charges else { panic!("{} charges", found.charges.len()) };
                paid(charge)
            },
        ))
    }

    fn kinds(_: &Order) -> &'static [Kind] {
        &[Kind::Capture, Kind::Cancel, Kind::Refund]
    }

    async fn go_on(&self, step: &Step, again: bool, looks: &Looks) -> Result<Paid, Error> {
        let (charges, id) = (self.client.charges(), Id::from(&*step.payment));
        let memory = Memory::Again(again);
        match step.kind {
            Kind::Capture => {
                let body = CaptureCharge { amount: Some(step.amount), ..CaptureCharge::default() };
                let look = || async { Ok(taken(charges.get(&id).await?)) };
                let amount = |charge: Charge| (None, charge.amount.expect("an amount"));
                let call = || charges.capture(&id, &body);
                Ok(memory.settle(step, call, look, looks).await?.map(amount, amount))
            }
            Kind::Cancel => {
                // Letting go may free the number: what was given up must not arrive after that.
                self.setup.clock.sleep(looks.delay).await;
                let look = || async { Ok(let_go(charges.get(&id).await?)) };
                let call = || charges.revoke(&id);
                Ok(memory
                    .settle(step, call, look, looks)
                    .await?
                    .map(|it| paid(&it), |it| paid(&it)))
            }
            Kind::Refund => self.refund(step, looks).await,
        }
    }

    fn events(&self, after: usize) -> Vec<Vec<u8>> {
        let events = self.setup.sandbox.elepay().events();
        events[after..].iter().map(|event| event.body().to_vec()).collect()
    }

    fn sign(&self, body: &[u8]) -> String {
        self.setup.sandbox.elepay().signature(body, self.setup.clock.now_ms() / 1000)
    }

    fn sealed(body: &[u8]) -> Range<usize> {
        0..body.len()
    }

    fn read(&self, signature: &str, body: &[u8]) -> Result<Note, Rejected> {
        let secret = self.setup.sandbox.elepay().webhook_secret();
        let webhooks = Webhooks::new(secret).expect("a secret");
        let event = webhooks.event_at(signature, body, self.setup.clock.system_time())?;
        let payment = match event.subject().map_err(Rejected::Unreadable)? {
            Subject::Charge(charge) => charge.id,
            Subject::Refund(refund) => refund.charge_id.expect("a charge"),
            other => panic!("{other:?}"),
        };
        let key = event.id.as_str().to_owned();
        Ok(Note { key, payment: payment.as_str().to_owned() })
    }

    async fn standing(&self, payment: &str) -> Result<Standing, Error> {
        let charge = self.client.charges().get(&payment.into()).await?;
        let refunded = charge.refunds.as_ref().and_then(|refunds| refunds.amount).unwrap_or(0);
        let canceled = charge.status == Some(ChargeStatus::Revoked);
        let captured = match taken(charge) {
            Sight::Found(charge) => charge.amount.expect("an amount"),
            _ => 0,
        };
        Ok(Standing { captured, refunded: Some(refunded), canceled })
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.elepay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.elepay().base_url()
    }
}
