//! Finding a charge again by the merchant's own order number.

use kessai_core::{EpochMillis, Error, Sight};

use crate::charges::{Charge, ChargeDateTime, Charges, ListCharges};
use crate::shared::SortOrder;

/// What a look through the charges of a time has brought.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Found {
    /// The charges of the order, oldest first.
    pub charges: Vec<Charge>,
    /// Charges that tell no order number. Any of them may be the one: unless there is none, an
    /// empty list of charges says nothing.
    pub unclear: Vec<Charge>,
}

impl Found {
    /// What this says of the order: charges found, none, or, where charges without a number are
    /// among those seen, nothing clear.
    #[must_use]
    pub fn sight(self) -> Sight<Self> {
        match (self.charges.is_empty(), self.unclear.is_empty()) {
            (false, _) => Sight::Found(self),
            (true, true) => Sight::Absent,
            (true, false) => Sight::Unclear,
        }
    }
}

impl Charges<'_> {
    /// Finds the charges of an order that were created from `from` to `to`.
    ///
    /// elepay cannot look a charge up by its `order_no`, so this walks every charge of that time:
    /// keep it narrow.
    ///
    /// After [`create`](Charges::create) ended with [`Unknown`](crate::Outcome::Unknown): a charge
    /// that is found exists, whatever became of the call. That none is found proves nothing right
    /// after the failure, because elepay may still be at work. Begin the time a few minutes before
    /// the call, since its clock is not yours, let it end well after, and look again before you
    /// charge anew.
    ///
    /// If you then do, use the same `order_no`: elepay refuses one that is in use, and a new one
    /// could charge the customer twice. elepay itself warns that this is no safe way to repeat a
    /// call, so look first all the same.
    ///
    /// **Not verified:** whether the number of a charge that was revoked may be used again, in
    /// which case there is more than one charge.
    ///
    /// # Errors
    ///
    /// If a page of the list cannot be had: then nothing is known. Looking again is safe.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use kessai_elepay::charges::CreateCharge;
    /// use kessai_elepay::{Client, EpochMillis, Error, Looks, Settled};
    ///
    /// # async fn example(client: Client, body: CreateCharge) -> Result<(), Error> {
    /// let minute = 60_000;
    /// // Of a call that an earlier program may have sent: from when that began it.
    /// let from = EpochMillis::new(EpochMillis::now().get() - 5 * minute);
    /// let look = || async {
    ///     let to = EpochMillis::new(EpochMillis::now().get() + 5 * minute);
    ///     let found = client.charges().find_by_order_no(&body.order_no, from, to).await?;
    ///     Ok(found.sight())
    /// };
    /// let call = client.charges().create(&body);
    /// match call.or_find_by_reference(look, &Looks::default()).await? {
    ///     Settled::Done(charge) => drop(charge),
    ///     Settled::Found(found) => drop(found.charges),
    ///     Settled::Absent(_) => println!("the same may be sent again"),
    ///     Settled::Unknown { .. } => println!("there may be a charge: look again later"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn find_by_order_no(
        &self,
        order_no: &str,
        from: EpochMillis,
        to: EpochMillis,
    ) -> Result<Found, Error> {
        // From the oldest on, what is created meanwhile comes last and moves nothing.
        let query = ListCharges {
            from: Some(from),
            to: Some(to),
            date_field: Some(ChargeDateTime::CreateTime),
            sort: Some(ChargeDateTime::CreateTime),
            order: Some(SortOrder::Asc),
            ..ListCharges::default()
        };
        let mut charges = self.list_all(&query);
        let mut found = Found::default();
        while let Some(charge) = charges.next().await {
            let charge = charge?;
            match charge.order_no.as_deref() {
                Some(number) if number == order_no => found.charges.push(charge),
                Some(_) => {}
                None => found.unclear.push(charge),
            }
        }
        Ok(found)
    }
}
