//! Transfers to bank accounts, of which nothing can be taken back. Some are sent and answered that
//! nobody knows; a callback tells of those that were on their way.

use std::ops::Range;

use kessai_appotapay::transfers::MakeTransfer;
use kessai_appotapay::{Client, seen};
use kessai_core::{Error, Looks, Rejected};
use kessai_sandbox::appotapay::transfers;
use kessai_sandbox::{Ledger, Sandbox};

use super::{callbacks, client, events};
use crate::soak::step::{Kind, Step, settle};
use crate::soak::till::{Note, Order, Paid, Setup, Standing, Till, value_of};

pub struct Transfers {
    setup: Setup,
    client: Client,
}

/// Whether a transfer does not arrive at once.
fn is_slow(order: &Order) -> bool {
    (10..40).contains(&order.lot)
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
            _ if is_slow(order) => transfers::PENDING,
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
        let settled = settle(book.make(&body), look, again, looks).await?;
        Ok(settled.map(
            |transfer| {
                let it = transfer.transaction.expect("a transaction");
                let id = it.appotapay_trans_id.expect("an id");
                (Some(id.as_str().to_owned()), it.amount.expect("an amount"))
            },
            |record| {
                let it = record.transaction.expect("a transaction");
                let id = it.appotapay_trans_id.as_str().to_owned();
                (Some(id), it.amount.expect("an amount"))
            },
        ))
    }

    /// The bank lets it arrive.
    fn agree(&self, order: &Order, _: &str) {
        if is_slow(order) {
            let arrived = self.setup.sandbox.appotapay().settle_transfer(&order.reference, true);
            arrived.expect("it is on its way");
        }
    }

    fn kinds(_: &Order) -> &'static [Kind] {
        &[]
    }

    async fn go_on(&self, _: &Step, _: bool, _: &Looks) -> Result<Paid, Error> {
        unreachable!("a transfer is final")
    }

    fn events(&self, after: usize) -> Vec<Vec<u8>> {
        events(&self.setup, "transfer", after)
    }

    /// It stands in the body.
    fn sign(&self, _: &[u8]) -> String {
        String::new()
    }

    fn sealed(body: &[u8]) -> Range<usize> {
        value_of(body, "partnerRefId")
    }

    fn read(&self, _: &str, body: &[u8]) -> Result<Note, Rejected> {
        let told = callbacks(&self.setup).transfer(body)?.transaction;
        let key = told.appotapay_trans_id.as_str().to_owned();
        Ok(Note { key, payment: told.partner_ref_id })
    }

    async fn standing(&self, payment: &str) -> Result<Standing, Error> {
        let record = self.client.transfers().find_by_partner_ref_id(payment).await?;
        let amount = record.transaction.expect("a transaction").amount.expect("an amount");
        let captured = if record.error_code == Some(0) { amount } else { 0 };
        Ok(Standing { captured, ..Standing::default() })
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.appotapay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.appotapay().base_url()
    }
}
