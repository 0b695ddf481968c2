//! Finding a charge again by the merchant's own order number.

use kessai_core::{EpochMillis, Error};

use crate::charges::{Charge, ChargeDateTime, Charges, ListCharges};
use crate::shared::SortOrder;

impl Charges<'_> {
    /// Finds the charges of an order that were created from `from` to `to`, oldest first.
    ///
    /// elepay cannot look a charge up by its `order_no`, so this walks every charge of that time:
    /// keep it narrow. More than one charge may have the number, because it is free again once its
    /// charge is revoked.
    ///
    /// After [`create`](Charges::create) ended with [`Unknown`](crate::Outcome::Unknown): a charge
    /// that is found exists, whatever became of the call. That none is found proves nothing right
    /// after the failure: elepay may still be at work. Begin the time a few minutes before the
    /// call, since its clock is not yours, let it end well after, and look again before you charge
    /// anew. A charge anew under the same `order_no` is the safer one: elepay refuses the second.
    ///
    /// # Errors
    ///
    /// If a page of the list cannot be had: then nothing is known. Looking again is safe.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use kessai_elepay::charges::CreateCharge;
    /// use kessai_elepay::{Client, EpochMillis, Error, Outcome};
    ///
    /// # async fn example(client: Client, body: CreateCharge) -> Result<(), Error> {
    /// let minute = 60_000;
    /// let began = EpochMillis::now().get();
    /// match client.charges().create(&body).await {
    ///     Err(error) if error.outcome() == Outcome::Unknown => {
    ///         let from = EpochMillis::new(began - 5 * minute);
    ///         let to = EpochMillis::new(EpochMillis::now().get() + 5 * minute);
    ///         let found = client.charges().find_by_order_no(&body.order_no, from, to).await?;
    ///         println!("{} found", found.len());
    ///     }
    ///     other => drop(other?),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn find_by_order_no(
        &self,
        order_no: &str,
        from: EpochMillis,
        to: EpochMillis,
    ) -> Result<Vec<Charge>, Error> {
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
        let mut found = Vec::new();
        while let Some(charge) = charges.next().await {
            let charge = charge?;
            if charge.order_no.as_deref() == Some(order_no) {
                found.push(charge);
            }
        }
        Ok(found)
    }
}
