//! Payments at the hosted checkout. A callback tells of those that were paid, and of nothing after
//! that; refunds have references of their own, and looking at the payment does not tell of them.

use std::ops::Range;

use kessai_appotapay::payment_refunds::{CreatePaymentRefund, PaymentRefund, PaymentRefundStatus};
use kessai_appotapay::payments::{
    CreatePayment, GetPayment, HostedPayment, NewOrder, NewPartnerReference, NewTransaction,
    Payment, PaymentAction, PaymentMeans, PaymentNotificationConfig, PaymentStatus,
};
use kessai_appotapay::{Client, seen};
use kessai_core::{Error, Looks, Rejected};
use kessai_sandbox::{Ledger, Sandbox};

use super::{callbacks, client, events};
use crate::soak::step::{Kind, Memory, Step, settle};
use crate::soak::till::{Note, Order, Paid, Setup, Standing, Till, value_of};

pub struct Payments {
    setup: Setup,
    client: Client,
}

fn body(order: &Order) -> CreatePayment {
    let (notify, back) = ("https://shop.example/notify", "https://shop.example/back");
    let transaction =
        NewTransaction::new(order.amount, "VND", PaymentMeans::Atm, PaymentAction::Pay);
    let told = PaymentNotificationConfig::new(notify, back);
    let order = NewOrder::new(&*order.reference, "Two seats");
    CreatePayment::new(transaction, NewPartnerReference::new(order, told))
}

fn asked(payment: &HostedPayment) -> (Option<String>, i64) {
    let it = payment.transaction.as_ref().expect("a transaction");
    (Some(it.transaction_id.as_str().to_owned()), it.order_amount.expect("an amount"))
}

fn found(payment: &Payment) -> (Option<String>, i64) {
    let it = payment.transaction.as_ref().expect("a transaction");
    (Some(it.transaction_id.as_str().to_owned()), it.order_amount.expect("an amount"))
}

fn given_back(refund: &PaymentRefund) -> (Option<String>, i64) {
    let failed = refund.status == Some(PaymentRefundStatus::Error);
    let amount = if failed { 0 } else { refund.amount.expect("an amount") };
    (Some(refund.refund_id.as_str().to_owned()), amount)
}

impl Till for Payments {
    const NAME: &'static str = "AppotaPay, payments";

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
        let (payments, body) = (self.client.payments(), body(order));
        let look = || async { seen(payments.find_by_order_id(&order.reference).await) };
        let settled = settle(payments.create(&body), look, again, looks).await?;
        Ok(settled.map(|it| asked(&it), |it| found(&it)))
    }

    fn agree(&self, _: &Order, payment: &str) {
        self.setup.sandbox.appotapay().pay_order(payment).expect("an open order");
    }

    fn kinds(_: &Order) -> &'static [Kind] {
        &[Kind::Refund]
    }

    async fn go_on(&self, step: &Step, again: bool, looks: &Looks) -> Result<Paid, Error> {
        let (refunds, reference) = (self.client.payment_refunds(), &*step.reference);
        let body =
            CreatePaymentRefund::new(reference, &*step.payment, step.amount, "VND", "returned");
        let look = || async { seen(refunds.find_by_partner_ref_id(reference).await) };
        let call = || refunds.create(&body);
        let settled = Memory::Again(again).settle(step, call, look, looks).await?;
        Ok(settled.map(|it| given_back(&it), |it| given_back(&it)))
    }

    fn events(&self, after: usize) -> Vec<Vec<u8>> {
        events(&self.setup, "payment", after)
    }

    /// It stands in the body.
    fn sign(&self, _: &[u8]) -> String {
        String::new()
    }

    fn sealed(body: &[u8]) -> Range<usize> {
        value_of(body, "data")
    }

    fn read(&self, _: &str, body: &[u8]) -> Result<Note, Rejected> {
        let told = callbacks(&self.setup).payment(body)?.transaction;
        let key = told.transaction_id.as_str().to_owned();
        Ok(Note { payment: key.clone(), key })
    }

    async fn standing(&self, payment: &str) -> Result<Standing, Error> {
        let payment = self.client.payments().get(&GetPayment::new(payment)).await?;
        let it = payment.transaction.expect("a transaction");
        let paid = it.status == Some(PaymentStatus::Success);
        let captured = if paid { it.amount.expect("an amount") } else { 0 };
        Ok(Standing { captured, ..Standing::default() })
    }

    fn ledger(sandbox: &Sandbox) -> Ledger {
        sandbox.appotapay().ledger()
    }

    fn base_url(sandbox: &Sandbox) -> &str {
        sandbox.appotapay().base_url()
    }
}
