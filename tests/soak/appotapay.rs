//! AppotaPay: a reference is taken once for each product, and looked up by itself. Some of the cards
//! and accounts pay and answer that nobody knows.

use kessai_appotapay::card_charges::{CardCharge, CreateCardCharge};
use kessai_appotapay::shared::CardInput;
use kessai_appotapay::transfers::{MakeTransfer, Transfer, TransferRecord};
use kessai_appotapay::{Client, Credentials, Environment, seen};
use kessai_core::{Error, Looks};
use kessai_sandbox::appotapay::{cards, transfers};
use kessai_sandbox::{Ledger, Sandbox};

use super::shop::{Order, Paid, Setup, Till};

fn client(setup: &Setup) -> Client {
    let appotapay = setup.sandbox.appotapay();
    let (partner, key) = (appotapay.partner_code(), appotapay.api_key());
    let credentials = Credentials::new(partner, key, appotapay.secret_key()).expect("keys");
    let builder = Client::builder(Environment::Sandbox, credentials).base_url(&setup.base_url);
    let builder = builder.clock(setup.clock.clone()).limits(setup.limits.clone());
    builder.build().expect("a client")
}

/// Charges of cards.
pub struct Cards {
    setup: Setup,
    client: Client,
}

fn charged(charge: &CardCharge) -> (Option<String>, i64) {
    let amount = charge.authorized_amount.expect("an amount");
    (Some(charge.id.as_str().to_owned()), amount)
}

impl Till for Cards {
    const NAME: &'static str = "AppotaPay, cards";

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
        let number = if order.lot < 10 { cards::PAYS_UNANSWERED } else { cards::PAYS };
        let body = CreateCardCharge {
            card: Some(CardInput::new(number, "NGUYEN VAN A", "09", "99", "123")),
            ..CreateCardCharge::new(order.amount, &*order.reference, "VND")
        };
        let charges = self.client.card_charges();
        let look = || async { seen(charges.find_by_merchant_ref_id(&order.reference).await) };
        let settled = if again {
            charges.create(&body).unless_found_by_reference(look, looks).await
        } else {
            charges.create(&body).or_find_by_reference(look, looks).await?
        };
        Ok(settled.map(|made| charged(&made), |found| charged(&found)))
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.appotapay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.appotapay().base_url()
    }
}

/// Transfers to bank accounts.
pub struct Transfers {
    setup: Setup,
    client: Client,
}

impl Till for Transfers {
    const NAME: &'static str = "AppotaPay, transfers";

    fn is_protected(&self, _: &Order) -> bool {
        true
    }

    async fn open(setup: Setup) -> Self {
        setup.sandbox.appotapay().set_balance(1_000_000_000);
        Self { client: client(&setup), setup }
    }

    fn restart(&mut self) {
        self.client = client(&self.setup);
    }

    async fn pay(&self, order: &Order, again: bool, looks: &Looks) -> Result<Paid, Error> {
        let account = match order.lot {
            0..10 => transfers::UNANSWERED,
            10..20 => transfers::PENDING,
            _ => "123456789",
        };
        let body = MakeTransfer::new(
            "TPBANK",
            account,
            "account".into(),
            "NGUYEN VAN A",
            order.amount,
            "payer".into(),
            &*order.reference,
        );
        let book = self.client.transfers();
        let look = || async { seen(book.find_by_partner_ref_id(&order.reference).await) };
        let settled = if again {
            book.make(&body).unless_found_by_reference(look, looks).await
        } else {
            book.make(&body).or_find_by_reference(look, looks).await?
        };
        let done = |transfer: Transfer| {
            let it = transfer.transaction.expect("a transaction");
            let id = it.appotapay_trans_id.expect("an id");
            (Some(id.as_str().to_owned()), it.amount.expect("an amount"))
        };
        let found = |record: TransferRecord| {
            let it = record.transaction.expect("a transaction");
            (Some(it.appotapay_trans_id.as_str().to_owned()), it.amount.expect("an amount"))
        };
        Ok(settled.map(done, found))
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.appotapay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.appotapay().base_url()
    }
}
