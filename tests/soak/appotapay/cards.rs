//! Charges of cards. Some pay and answer that nobody knows, some keep what they have. Refunds and
//! reversals have references of their own. AppotaPay sends no callbacks about them.

use std::ops::Range;

use kessai_appotapay::card_charges::{
    CaptureCardCharge, CardCharge, CreateCardCharge, GetCardCharge,
};
use kessai_appotapay::card_refunds::{CardRefund, CardRefundStatus, CreateCardRefund};
use kessai_appotapay::card_reversals::{CardReversal, CardReversalStatus, CreateCardReversal};
use kessai_appotapay::shared::CardInput;
use kessai_appotapay::{Client, Id, seen};
use kessai_core::{Error, Looks, Rejected, Sight};
use kessai_sandbox::appotapay::cards;
use kessai_sandbox::{Ledger, Sandbox};

use super::client;
use crate::soak::step::{Kind, Memory, Step, settle};
use crate::soak::till::{Note, Order, Paid, Setup, Standing, Till};

pub struct Cards {
    setup: Setup,
    client: Client,
}

fn charged(charge: &CardCharge) -> (Option<String>, i64) {
    let amount = charge.authorized_amount.expect("an amount");
    (Some(charge.id.as_str().to_owned()), amount)
}

fn captured(charge: &CardCharge) -> i64 {
    charge.captured_amount.expect("an amount")
}

fn given_back(refund: &CardRefund) -> (Option<String>, i64) {
    let failed = refund.status == Some(CardRefundStatus::Error);
    let amount = if failed { 0 } else { refund.amount.expect("an amount") };
    (Some(refund.refund_id.as_str().to_owned()), amount)
}

fn let_go(reversal: &CardReversal) -> (Option<String>, i64) {
    let failed = reversal.status == Some(CardReversalStatus::Error);
    (None, if failed { 0 } else { reversal.amount.expect("an amount") })
}

impl Cards {
    async fn charge(&self, id: &str) -> Result<CardCharge, Error> {
        self.client.card_charges().get(id, &GetCardCharge::default()).await
    }
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
        let number = match order.lot {
            0..10 => cards::PAYS_UNANSWERED,
            10..20 => cards::KEEPS_MONEY,
            _ => cards::PAYS,
        };
        let body = CreateCardCharge {
            card: Some(CardInput::new(number, "NGUYEN VAN A", "09", "99", "123")),
            ..CreateCardCharge::new(order.amount, &*order.reference, "VND")
        };
        let charges = self.client.card_charges();
        let look = || async { seen(charges.find_by_merchant_ref_id(&order.reference).await) };
        let settled = settle(charges.create(&body), look, again, looks).await?;
        Ok(settled.map(|charge| charged(&charge), |charge| charged(&charge)))
    }

    fn kinds(_: &Order) -> &'static [Kind] {
        &[Kind::Capture, Kind::Cancel, Kind::Refund]
    }

    async fn go_on(&self, step: &Step, again: bool, looks: &Looks) -> Result<Paid, Error> {
        let (memory, reference) = (Memory::Again(again), &*step.reference);
        match step.kind {
            Kind::Capture => {
                let (charges, id) = (self.client.card_charges(), Id::from(&*step.payment));
                let body = CaptureCardCharge::new(step.amount, "VND");
                let look = || async {
                    let charge = self.charge(&step.payment).await?;
                    Ok(if captured(&charge) == 0 { Sight::Absent } else { Sight::Found(charge) })
                };
                let call = || charges.capture(&id, &body);
                let settled = memory.settle(step, call, look, looks).await?;
                Ok(settled.map(|it| (None, captured(&it)), |it| (None, captured(&it))))
            }
            Kind::Cancel => {
                let reversals = self.client.card_reversals();
                let body = CreateCardReversal::new(&*step.payment, reference);
                let look = || async { seen(reversals.find_by_merchant_ref_id(reference).await) };
                let call = || reversals.create(&body);
                let settled = memory.settle(step, call, look, looks).await?;
                Ok(settled.map(|it| let_go(&it), |it| let_go(&it)))
            }
            Kind::Refund => {
                let refunds = self.client.card_refunds();
                let body = CreateCardRefund::new(&*step.payment, reference, step.amount, "VND");
                let look = || async { seen(refunds.find_by_merchant_ref_id(reference).await) };
                let call = || refunds.create(&body);
                let settled = memory.settle(step, call, look, looks).await?;
                Ok(settled.map(|it| given_back(&it), |it| given_back(&it)))
            }
        }
    }

    fn events(&self, _: usize) -> Vec<Vec<u8>> {
        Vec::new()
    }

    fn sign(&self, _: &[u8]) -> String {
        unreachable!("there are no callbacks")
    }

    fn sealed(_: &[u8]) -> Range<usize> {
        unreachable!("there are no callbacks")
    }

    fn read(&self, _: &str, _: &[u8]) -> Result<Note, Rejected> {
        unreachable!("there are no callbacks")
    }

    async fn standing(&self, _: &str) -> Result<Standing, Error> {
        unreachable!("there are no callbacks")
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.appotapay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.appotapay().base_url()
    }
}
