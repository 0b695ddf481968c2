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
    /// which case there is more than one charge. A call that was given up may then still arrive
    /// after the revoking and charge anew: before you revoke, wait as long as such a call may be on
    /// its way.
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fake::FakeEngine;
    use crate::{Client, SecretKey};

    const NONE: &str = r#"{"total":0,"charges":[]}"#;

    /// What is found of A-1 where the list has these charges, and what is asked for.
    async fn find(charges: &str) -> (Found, String) {
        let list =
            format!(r#"{{"total":{},"charges":[{charges}]}}"#, charges.matches("id").count());
        // However often the walk asks whether there is more.
        let engine = FakeEngine::new([(200, &*list)].into_iter().chain([(200, NONE); 8]));
        let builder = Client::builder(SecretKey::new("sk_test_1").expect("a key"));
        let client = builder.engine(engine.clone()).build().expect("a client");
        let (from, to) = (EpochMillis::new(1_700_000_000_000), EpochMillis::new(1_700_000_600_000));
        let found = client.charges().find_by_order_no("A-1", from, to).await.expect("a list");
        (found, engine.sent()[0].uri().query().expect("a query").to_owned())
    }

    #[tokio::test]
    async fn charges_of_the_number_are_found_and_those_without_one_are_unclear() {
        let (found, _) =
            find(r#"{"id":"1","orderNo":"A-10"},{"id":"2"},{"id":"3","orderNo":"A-1"}"#).await;
        let ids =
            |charges: &[Charge]| charges.iter().map(|it| it.id.to_string()).collect::<Vec<_>>();
        assert_eq!(
            (ids(&found.charges), ids(&found.unclear)),
            (vec!["3".into()], vec!["2".into()])
        );
        assert!(matches!(found.sight(), Sight::Found(_)));
        assert_eq!(
            find(r#"{"id":"1","orderNo":"A-10"},{"id":"2"}"#).await.0.sight(),
            Sight::Unclear
        );
        assert_eq!(find(r#"{"id":"1","orderNo":"A-10"}"#).await.0.sight(), Sight::Absent);
    }

    #[tokio::test]
    async fn charges_of_that_time_are_walked_from_the_oldest_on() {
        let (_, query) = find("").await;
        let asked: BTreeSet<&str> = query.split('&').collect();
        for part in [
            "from=1700000000000",
            "to=1700000600000",
            "dateField=create_time",
            "sort=create_time",
            "order=asc",
        ] {
            assert!(asked.contains(part), "{part} of {query}");
        }
    }
}
