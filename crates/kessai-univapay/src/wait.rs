//! Waiting until a resource has moved on: UnivaPay answers first and acts afterwards.

use kessai_core::{Id, Patience, WaitError, wait};

use crate::cancels::{Cancel, CancelStatus, Cancels, GetCancel};
use crate::charges::{Charge, ChargeStatus, Charges, GetCharge};
use crate::customs_declarations::{
    CustomsDeclaration, CustomsDeclarationStatus, CustomsDeclarations, GetCustomsDeclaration,
};
use crate::refunds::{GetRefund, Refund, RefundStatus, Refunds};
use crate::stores::Store;
use crate::subscriptions::{GetSubscription, Subscription, SubscriptionStatus, Subscriptions};

impl Charges<'_> {
    /// Waits until a charge is no longer `pending`.
    ///
    /// UnivaPay holds each answer back for up to 3 seconds, unless the charge moves on before. It
    /// is asked again at once then, and after a pause that grows where it answers sooner. The charge
    /// may then be anything else: `failed`, for one, with the reason in `error`, or `awaiting` the
    /// customer. What comes after `awaiting` is worth a wait of your own, by
    /// [`wait`](crate::wait): UnivaPay holds no answer back for it.
    ///
    /// Not for a capture: a charge that is held is `authorized`, so this ends at once. See
    /// [`wait_captured`](Self::wait_captured).
    ///
    /// # Errors
    ///
    /// If `patience` runs out, or a look fails for good; the last answer is in the error. The charge
    /// goes on: waiting again is safe, charging again is not. The outcome of its error is that of
    /// the look, never of the charge.
    pub async fn wait(
        self,
        store_id: &Id<Store>,
        id: &Id<Charge>,
        patience: Patience,
    ) -> Result<Charge, WaitError<Charge>> {
        let query = GetCharge { polling: Some(true) };
        let ask = || self.get(store_id, id, &query);
        wait(ask, |charge| charge.status != ChargeStatus::Pending, patience).await
    }

    /// Waits until a charge is neither `pending` nor `authorized`: until what was held is taken, or
    /// let go.
    ///
    /// For after a [capture](Self::capture), whose answer is empty: whether the money is taken when
    /// it comes, UnivaPay does not say. UnivaPay holds no answer back for it, so this asks after
    /// pauses that grow.
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait). The capture goes on: do not capture again, but look again.
    pub async fn wait_captured(
        self,
        store_id: &Id<Store>,
        id: &Id<Charge>,
        patience: Patience,
    ) -> Result<Charge, WaitError<Charge>> {
        let query = GetCharge::default();
        let ask = || self.get(store_id, id, &query);
        let is_open = |status: &ChargeStatus| {
            [ChargeStatus::Pending, ChargeStatus::Authorized].contains(status)
        };
        wait(ask, |charge| !is_open(&charge.status), patience).await
    }
}

impl Refunds<'_> {
    /// Waits until a refund is no longer `pending`, as [`Charges::wait`] does.
    ///
    /// # Errors
    ///
    /// If `patience` runs out, or a look fails for good; the last answer is in the error. The
    /// refund goes on: the outcome of its error is that of the look.
    pub async fn wait(
        self,
        store_id: &Id<Store>,
        charge_id: &Id<Charge>,
        id: &Id<Refund>,
        patience: Patience,
    ) -> Result<Refund, WaitError<Refund>> {
        let query = GetRefund { polling: Some(true) };
        let ask = || self.get(store_id, charge_id, id, &query);
        let is_done = |status: &RefundStatus| *status != RefundStatus::Pending;
        wait(ask, |refund| refund.status.as_ref().is_some_and(is_done), patience).await
    }
}

impl Cancels<'_> {
    /// Waits until a cancel is no longer `pending`, as [`Charges::wait`] does.
    ///
    /// # Errors
    ///
    /// If `patience` runs out, or a look fails for good; the last answer is in the error. The
    /// cancel goes on: the outcome of its error is that of the look.
    pub async fn wait(
        self,
        store_id: &Id<Store>,
        charge_id: &Id<Charge>,
        id: &Id<Cancel>,
        patience: Patience,
    ) -> Result<Cancel, WaitError<Cancel>> {
        let query = GetCancel { polling: Some(true) };
        let ask = || self.get(store_id, charge_id, id, &query);
        let is_done = |status: &CancelStatus| *status != CancelStatus::Pending;
        wait(ask, |cancel| cancel.status.as_ref().is_some_and(is_done), patience).await
    }
}

impl CustomsDeclarations<'_> {
    /// Waits until a declaration is no longer `pending`, as [`Charges::wait`] does.
    ///
    /// # Errors
    ///
    /// If `patience` runs out, or a look fails for good; the last answer is in the error. The
    /// declaration goes on: the outcome of its error is that of the look.
    pub async fn wait(
        self,
        store_id: &Id<Store>,
        charge_id: &Id<Charge>,
        id: &Id<CustomsDeclaration>,
        patience: Patience,
    ) -> Result<CustomsDeclaration, WaitError<CustomsDeclaration>> {
        let query = GetCustomsDeclaration { polling: Some(true) };
        let ask = || self.get(store_id, charge_id, id, &query);
        let is_done =
            |status: &CustomsDeclarationStatus| *status != CustomsDeclarationStatus::Pending;
        wait(ask, |it| it.status.as_ref().is_some_and(is_done), patience).await
    }
}

impl Subscriptions<'_> {
    /// Waits until a subscription is no longer `unverified`, as [`Charges::wait`] does: by the
    /// documents until its first payment has gone well or not. While that lies in the future, or
    /// awaits 3-D Secure, the wait may take all its time: look at
    /// [`get_latest_charge`](Self::get_latest_charge) then.
    ///
    /// # Errors
    ///
    /// If `patience` runs out, or a look fails for good; the last answer is in the error. The
    /// subscription goes on: the outcome of its error is that of the look.
    pub async fn wait(
        self,
        store_id: &Id<Store>,
        id: &Id<Subscription>,
        patience: Patience,
    ) -> Result<Subscription, WaitError<Subscription>> {
        let query = GetSubscription { polling: Some(true) };
        let ask = || self.get(store_id, id, &query);
        let is_done = |status: &SubscriptionStatus| *status != SubscriptionStatus::Unverified;
        wait(ask, |it| it.status.as_ref().is_some_and(is_done), patience).await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::fake::FakeEngine;
    use crate::sign::tests::client;

    /// An engine that twice answers that nothing has moved on, and then that it has.
    fn moving(still: &str, on: &str) -> FakeEngine {
        let it = |status: &str| {
            format!(
                r#"{{"id":"i-1","store_id":"s-1","status":"{status}","requested_amount":1200,
                "requested_currency":"JPY"}}"#
            )
        };
        let (still, on) = (it(still), it(on));
        FakeEngine::new([(200, &*still), (200, &*still), (200, &*on)])
    }

    /// Whether each of three requests was a long poll for `path`.
    fn asked(engine: &FakeEngine, path: &str) {
        let sent = engine.sent();
        assert_eq!(sent.len(), 3, "it asks until it has moved on, and no longer");
        for request in sent {
            let asked = request.uri().path_and_query().map(ToString::to_string);
            assert_eq!(asked, Some(format!("/stores/s-1/{path}?polling=true")));
        }
    }

    fn patience() -> Patience {
        Patience { pause: Duration::from_millis(1), ..Patience::default() }
    }

    #[tokio::test]
    async fn a_wait_for_a_charge_ends_when_it_is_no_longer_pending() {
        let engine = moving("pending", "failed");
        let waited = client(&engine).charges().wait(&"s-1".into(), &"i-1".into(), patience()).await;
        assert_eq!(waited.expect("a charge").status, ChargeStatus::Failed);
        asked(&engine, "charges/i-1");
    }

    #[tokio::test]
    async fn a_wait_for_a_refund_ends_when_it_is_no_longer_pending() {
        let engine = moving("pending", "successful");
        let (store, charge) = ("s-1".into(), "c-1".into());
        let client = client(&engine);
        let waited = client.refunds().wait(&store, &charge, &"i-1".into(), patience()).await;
        assert_eq!(waited.expect("a refund").status, Some(RefundStatus::Successful));
        asked(&engine, "charges/c-1/refunds/i-1");
    }

    #[tokio::test]
    async fn a_wait_for_a_cancel_ends_when_it_is_no_longer_pending() {
        let engine = moving("pending", "successful");
        let (store, charge) = ("s-1".into(), "c-1".into());
        let client = client(&engine);
        let waited = client.cancels().wait(&store, &charge, &"i-1".into(), patience()).await;
        assert_eq!(waited.expect("a cancel").status, Some(CancelStatus::Successful));
        asked(&engine, "charges/c-1/cancels/i-1");
    }

    #[tokio::test]
    async fn a_wait_for_a_declaration_ends_when_it_is_no_longer_pending() {
        let engine = moving("pending", "successful");
        let (store, charge) = ("s-1".into(), "c-1".into());
        let client = client(&engine);
        let declarations = client.customs_declarations();
        let waited = declarations.wait(&store, &charge, &"i-1".into(), patience()).await;
        let status = waited.expect("a declaration").status;
        assert_eq!(status, Some(CustomsDeclarationStatus::Successful));
        asked(&engine, "charges/c-1/customs/i-1");
    }

    #[tokio::test]
    async fn a_wait_for_a_subscription_ends_when_it_is_no_longer_unverified() {
        let engine = moving("unverified", "current");
        let client = client(&engine);
        let waited = client.subscriptions().wait(&"s-1".into(), &"i-1".into(), patience()).await;
        assert_eq!(waited.expect("a subscription").status, Some(SubscriptionStatus::Current));
        asked(&engine, "subscriptions/i-1");
    }
}
