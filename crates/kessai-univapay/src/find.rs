//! Finding a charge again by a note that the merchant put on it.

use kessai_core::Error;

use crate::charges::{Charge, Charges, ListCharges};

impl Charges<'_> {
    /// Finds the charges that have the text `value` as their note `name`, newest first.
    ///
    /// UnivaPay has no reference of the merchant's that is looked up; but a charge that is made with
    /// your own number in [`metadata`](crate::charges::CreateCharge::metadata) is found by it. This
    /// searches for the text, in whatever note, and keeps the charges where it is that note as a
    /// whole: take a name and a text that nothing else has.
    ///
    /// A charge that is found exists. That none is found proves nothing right after a failure: when
    /// a new charge is seen by a search, UnivaPay does not say.
    ///
    /// # Errors
    ///
    /// If a page of the list cannot be had: then nothing is known. Looking again is safe.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use kessai_univapay::charges::CreateCharge;
    /// use kessai_univapay::{Client, Error, IdempotencyKey, Looks, Settled, Sight};
    ///
    /// # async fn example(
    /// #     client: Client,
    /// #     body: CreateCharge,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// // `body.metadata` has "order": "A-1021".
    /// let look = || async {
    ///     let found = client.charges().find_by_note("order", "A-1021").await?;
    ///     Ok(if found.is_empty() { Sight::Absent } else { Sight::Found(found) })
    /// };
    /// let key = IdempotencyKey::derive("example-shop/create_charge", "A-1021")?;
    /// let call = client.charges().create(&body).idempotency_key(key);
    /// match call.or_find_by_reference(look, &Looks::default()).await? {
    ///     Settled::Done(charge) => drop(charge),
    ///     Settled::Found(charges) => drop(charges),
    ///     Settled::Absent(_) => println!("the same may be sent again, with the same key"),
    ///     Settled::Unknown { .. } => println!("there may be a charge: look again later"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn find_by_note(&self, name: &str, value: &str) -> Result<Vec<Charge>, Error> {
        let query = ListCharges { metadata: Some(value.into()), ..ListCharges::default() };
        let mut charges = self.list_all(&query);
        let mut found = Vec::new();
        while let Some(charge) = charges.next().await {
            let charge = charge?;
            let note = charge.metadata.as_ref().and_then(|notes| notes.get(name));
            if note.and_then(|note| note.read::<String>().ok()).is_some_and(|text| text == value) {
                found.push(charge);
            }
        }
        Ok(found)
    }
}
