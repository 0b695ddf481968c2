//! UnivaPay: a charge is found by its notes, and every other order has a key that can be made again.

use kessai_core::{Call, Error, Looks, Settled, Sight};
use kessai_sandbox::univapay::cards;
use kessai_sandbox::{Ledger, Sandbox};
use kessai_univapay::charges::{Charge, CreateCharge, ListCharges};
use kessai_univapay::shared::TokenKind;
use kessai_univapay::token_data::NewCardData;
use kessai_univapay::tokens::{CreateToken, Token};
use kessai_univapay::{AppToken, Client, Found, Id, IdempotencyKey, Mode};

use super::shop::{Order, Paid, Setup, Till};

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
    Ok(client.tokens().create(&CreateToken::new(TokenKind::Recurring, card)).await?.id)
}

impl Charges {
    /// The call that takes a payment.
    pub fn call(&self, order: &Order) -> Call<'_, Charge> {
        let reference = &*order.reference;
        let body = CreateCharge {
            metadata: [("attempt".to_owned(), reference.into())].into(),
            // By which the ledger knows it.
            merchant_transaction_id: Some(reference.to_owned()),
            ..CreateCharge::new(self.token.clone(), order.amount, "JPY")
        };
        let call = self.client.charges().create(&body);
        if !self.is_protected(order) {
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
}

/// What the shop wants to know of it.
pub fn told(settled: Settled<Charge, Found>) -> Paid {
    settled.map(|charge| paid(&charge), |found| paid(&found.charges[0]))
}

fn paid(charge: &Charge) -> (Option<String>, i64) {
    (Some(charge.id.as_str().to_owned()), charge.requested_amount)
}

impl Till for Charges {
    const NAME: &'static str = "UnivaPay, charges";

    /// Half of the orders have keys that are made anew each time: they help nobody.
    fn is_protected(&self, order: &Order) -> bool {
        order.lot < 50
    }

    async fn open(setup: Setup) -> Self {
        let client = client(&setup);
        let token = token(&client).await.expect("a card");
        Self { setup, client, token }
    }

    fn restart(&mut self) {
        self.client = client(&self.setup);
    }

    async fn pay(&self, order: &Order, again: bool, looks: &Looks) -> Result<Paid, Error> {
        let (call, look) = (self.call(order), || self.look(order));
        let settled = if again {
            call.unless_found_by_reference(look, looks).await
        } else {
            call.or_find_by_reference(look, looks).await?
        };
        Ok(told(settled))
    }

    async fn close(&self) {
        // Charges are pending until the next call of any kind.
        let query = ListCharges::default();
        self.client.charges().list(&query).await.expect("a list");
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.univapay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.univapay().base_url()
    }
}
