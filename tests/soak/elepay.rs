//! elepay: an order number is taken once, and a charge is found by walking the list.

use kessai_core::{Error, Looks};
use kessai_elepay::charges::{Charge, CreateCharge};
use kessai_elepay::shared::PaymentMethod;
use kessai_elepay::{Client, EpochMillis, Found, SecretKey};
use kessai_sandbox::{Ledger, Sandbox};

use super::shop::{Order, Paid, Setup, Till};

const MINUTE: i64 = 60_000;

pub struct Charges {
    setup: Setup,
    client: Client,
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

impl Till for Charges {
    const NAME: &'static str = "elepay, charges";

    fn is_protected(&self, _: &Order) -> bool {
        true
    }

    async fn open(setup: Setup) -> Self {
        Self { client: client(&setup), setup }
    }

    fn restart(&mut self) {
        self.client = client(&self.setup);
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
        let call = self.client.charges().create(&body);
        let settled = if again {
            call.unless_found_by_reference(look, looks).await
        } else {
            call.or_find_by_reference(look, looks).await?
        };
        let found = |found: Found| {
            let [charge] = &*found.charges else { panic!("{} charges", found.charges.len()) };
            paid(charge)
        };
        Ok(settled.map(|charge| paid(&charge), found))
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.elepay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.elepay().base_url()
    }
}
