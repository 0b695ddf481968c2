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
