//! UnivaPay: a charge is found by its notes, and a refund by its own. Every other order has keys that
//! can be made again, for its steps, too. UnivaPay signs no webhook: a changed body cannot be told,
//! and only the token is forged here.

use std::ops::Range;
use std::time::Duration;

use kessai_core::{Call, Error, Looks, Rejected, Settled, Sight};
use kessai_sandbox::univapay::cards;
use kessai_sandbox::{Ledger, Sandbox};
use kessai_univapay::cancels::CreateCancel;
use kessai_univapay::charges::{
    CaptureCharge, Charge, ChargeStatus, CreateCharge, GetCharge, ListCharges,
};
use kessai_univapay::events::{EventData, EventKind};
use kessai_univapay::refunds::{CreateRefund, ListRefunds, Refund, RefundStatus};
use kessai_univapay::shared::TokenKind;
use kessai_univapay::stores::Store;
use kessai_univapay::token_data::NewCardData;
use kessai_univapay::tokens::{CreateToken, Token};
use kessai_univapay::webhooks::CreateWebhook;
use kessai_univapay::{AppToken, Client, Found, Id, IdempotencyKey, Json, Mode, WebhookAuth};

use super::step::{Kind, Memory, Step, settle};
use super::till::{Note, Order, Paid, Setup, Standing, Till};

/// What calls have time for while the network is fine, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(30);

/// What webhooks are known by.
const AUTH_TOKEN: &str = "8d1f0c5b7e2a4c93a6f4";

pub struct Charges {
    setup: Setup,
    client: Client,
    /// A card that pays again and again: nothing but the shop keeps it from paying twice.
    token: Id<Token>,
}

fn client(setup: &Setup) -> Client {
    let univapay = setup.sandbox.univapay();
    let token = AppToken::new(univapay.secret(), univapay.jwt()).expect("a token");
    let builder = Client::builder(token).base_url(&setup.base_url).clock(setup.clock.clone());
    builder.limits(setup.limits.clone()).build().expect("a client")
}

async fn token(client: &Client) -> Result<Id<Token>, Error> {
    let card = NewCardData {
        cardholder: Some("HARUKA MORI".into()),
        ..NewCardData::new(cards::PAYS, "08", "99")
    };
    let call = client.tokens().create(&CreateToken::new(TokenKind::Recurring, card));
    Ok(call.timeout(PATIENCE).await?.id)
}

async fn webhook(client: &Client) -> Result<(), Error> {
    let triggers = vec![
        EventKind::ChargeUpdated,
        EventKind::ChargeFinished,
        EventKind::RefundFinished,
        EventKind::CancelFinished,
    ];
    let body = CreateWebhook {
        auth_token: Some(AUTH_TOKEN.into()),
        ..CreateWebhook::new(triggers, "https://shop.example/univapay")
    };
    let call = client.webhooks().create(client.store_id().expect("a store"), &body);
    call.timeout(PATIENCE).await.map(drop)
}

/// Half of what is protected, and half of what is not, is only held first.
fn is_held(lot: u64) -> bool {
    lot.is_multiple_of(2)
}

/// Half of all keys are made anew each time: they help nobody.
fn has_key(lot: u64) -> bool {
    lot < 50
}

fn with_key<'a, T: kessai_core::Decode>(call: Call<'a, T>, step: &Step) -> Call<'a, T> {
    if !has_key(step.lot) {
        return call;
    }
    let key = IdempotencyKey::derive(&format!("soak/{:?}", step.kind), &step.reference);
    call.idempotency_key(key.expect("a reference"))
}

fn has_note(refund: &Refund, reference: &str) -> bool {
    let note = refund.metadata.as_ref().and_then(|notes| notes.get("step"));
    note.and_then(|note| note.read::<String>().ok()).is_some_and(|text| text == reference)
}

fn given_back(refund: &Refund) -> (Option<String>, i64) {
    let done = [RefundStatus::Pending, RefundStatus::Successful];
    let counts = refund.status.as_ref().is_some_and(|status| done.contains(status));
    let amount = if counts { refund.amount.expect("an amount") } else { 0 };
    (Some(refund.id.as_str().to_owned()), amount)
}

impl Charges {
    /// The call that takes a payment.
    pub fn call(&self, order: &Order) -> Call<'_, Charge> {
        let reference = &*order.reference;
        let body = CreateCharge {
            capture: is_held(order.lot).then_some(false),
            metadata: [("attempt".to_owned(), reference.into())].into(),
            // By which the ledger knows it.
            merchant_transaction_id: Some(reference.to_owned()),
            ..CreateCharge::new(self.token.clone(), order.amount, "JPY")
        };
        let call = self.client.charges().create(&body);
        if !has_key(order.lot) {
            return call;
        }
        let key = IdempotencyKey::derive("soak/create_charge", reference);
        call.idempotency_key(key.expect("a reference"))
    }

    /// Looks for it.
    pub async fn look(&self, order: &Order) -> Result<Sight<Found>, Error> {
        let charges = self.client.charges();
        Ok(charges.find_by_note(Mode::Test, "attempt", &order.reference).await?.sight())
    }

    fn store(&self) -> &Id<Store> {
        self.client.store_id().expect("a store")
    }

    async fn charge(&self, id: &str) -> Result<Charge, Error> {
        self.client.charges().get(self.store(), &id.into(), &GetCharge::default()).await
    }

    async fn refunds(&self, charge: &str) -> Result<Vec<Refund>, Error> {
        let refunds = self.client.refunds();
        let mut all = refunds.list_all(self.store(), &charge.into(), &ListRefunds::default());
        let mut listed = Vec::new();
        while let Some(refund) = all.next().await {
            listed.push(refund?);
        }
        Ok(listed)
    }

    /// Goes on with a payment, by what is remembered of it.
    pub async fn step(
        &self,
        step: &Step,
        memory: Memory<'_>,
        looks: &Looks,
    ) -> Result<Paid, Error> {
        let (store, id) = (self.store(), Id::from(&*step.payment));
        let notes = || [("step".to_owned(), Json::from(&*step.reference))].into();
        match step.kind {
            Kind::Capture => {
                let body = CaptureCharge { amount: Some(step.amount), currency: None };
                let call = || with_key(self.client.charges().capture(store, &id, &body), step);
                let look = || async {
                    let charge = self.charge(&step.payment).await?;
                    Ok(match charge.status {
                        ChargeStatus::Authorized => Sight::Absent,
                        ChargeStatus::Successful => Sight::Found(charge),
                        _ => Sight::Unclear,
                    })
                };
                let found = |charge: Charge| (None, charge.charged_amount.expect("an amount"));
                let settled = memory.settle(step, call, look, looks).await?;
                Ok(settled.map(|()| (None, step.amount), found))
            }
            Kind::Cancel => {
                let body = CreateCancel { metadata: notes() };
                let call = || with_key(self.client.cancels().create(store, &id, &body), step);
                let look = || async {
                    let charge = self.charge(&step.payment).await?;
                    Ok(match charge.status {
                        ChargeStatus::Authorized => Sight::Absent,
                        ChargeStatus::Canceled => Sight::Found(()),
                        _ => Sight::Unclear,
                    })
                };
                let settled = memory.settle(step, call, look, looks).await?;
                Ok(settled.map(|_| (None, step.amount), |()| (None, step.amount)))
            }
            Kind::Refund => {
                let body =
                    CreateRefund { metadata: notes(), ..CreateRefund::new(step.amount, "JPY") };
                let call = || with_key(self.client.refunds().create(store, &id, &body), step);
                let look = || async {
                    let all = self.refunds(&step.payment).await?;
                    let own = all.into_iter().find(|refund| has_note(refund, &step.reference));
                    Ok(own.map_or(Sight::Absent, Sight::Found))
                };
                let settled = memory.settle(step, call, look, looks).await?;
                Ok(settled.map(|it| given_back(&it), |it| given_back(&it)))
            }
        }
    }
}

/// What the shop wants to know of a payment.
pub fn of_charge(settled: Settled<Charge, Found>) -> Paid {
    let paid = |charge: &Charge| (Some(charge.id.as_str().to_owned()), charge.requested_amount);
    settled.map(|charge| paid(&charge), |found| paid(&found.charges[0]))
}

impl Till for Charges {
    const NAME: &'static str = "UnivaPay, charges";

    fn is_protected(&self, order: &Order) -> bool {
        has_key(order.lot)
    }

    async fn open(setup: Setup) -> Self {
        let client = client(&setup);
        let token = token(&client).await.expect("a card");
        webhook(&client).await.expect("a webhook");
        Self { setup, client, token }
    }

    fn restart(&mut self) {
        self.client = client(&self.setup);
    }

    async fn pay(&self, order: &Order, again: bool, looks: &Looks) -> Result<Paid, Error> {
        let (call, look) = (self.call(order), || self.look(order));
        Ok(of_charge(settle(call, look, again, looks).await?))
    }

    fn kinds(order: &Order) -> &'static [Kind] {
        if is_held(order.lot) {
            &[Kind::Capture, Kind::Cancel, Kind::Refund]
        } else {
            &[Kind::Refund]
        }
    }

    /// The same part asked for twice is two refunds.
    fn is_step_protected(&self, step: &Step) -> bool {
        step.kind != Kind::Refund || has_key(step.lot)
    }

    async fn go_on(&self, step: &Step, again: bool, looks: &Looks) -> Result<Paid, Error> {
        self.step(step, Memory::Again(again), looks).await
    }

    fn events(&self, after: usize) -> Vec<Vec<u8>> {
        let events = self.setup.sandbox.univapay().events();
        events[after..].iter().map(|event| event.body().to_vec()).collect()
    }

    fn sign(&self, _: &[u8]) -> String {
        AUTH_TOKEN.to_owned()
    }

    fn sealed(_: &[u8]) -> Range<usize> {
        0..0
    }

    fn read(&self, signature: &str, body: &[u8]) -> Result<Note, Rejected> {
        let auth = WebhookAuth::new(AUTH_TOKEN).expect("an authorization");
        let event = auth.event(signature, body)?;
        let payment = match event.data.expect("data") {
            EventData::Charge(charge) => charge.id,
            EventData::Refund(refund) => refund.charge_id.expect("a charge"),
            EventData::Cancel(cancel) => cancel.charge_id.expect("a charge"),
            other => panic!("{other:?}"),
        };
        let key = event.id.expect("an id").as_str().to_owned();
        Ok(Note { key, payment: payment.as_str().to_owned() })
    }

    async fn standing(&self, payment: &str) -> Result<Standing, Error> {
        let charge = self.charge(payment).await?;
        let refunds = self.refunds(payment).await?;
        let done = refunds.iter().filter(|it| it.status == Some(RefundStatus::Successful));
        Ok(Standing {
            captured: charge.charged_amount.unwrap_or(0),
            refunded: Some(done.filter_map(|refund| refund.amount).sum()),
            canceled: charge.status == ChargeStatus::Canceled,
        })
    }

    async fn close(&self) {
        // Charges are pending until the next call of any kind.
        let query = ListCharges::default();
        self.client.charges().list(&query).timeout(PATIENCE).await.expect("a list");
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.univapay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.univapay().base_url()
    }
}
