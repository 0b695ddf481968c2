//! Finding a charge again by a note that the merchant put on it.

use kessai_core::{Error, Json, Sight};

use crate::charges::{Charge, Charges, ListCharges};
use crate::sign::Mode;

/// What a look for a note has brought.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Found {
    /// The charges with the note, newest first.
    pub charges: Vec<Charge>,
    /// Charges that may have it: their note of this name is no plain text or number, or they do not
    /// say whether they are live or for tests. Unless there is none, an empty list of charges says
    /// nothing.
    pub unclear: Vec<Charge>,
}

impl Found {
    /// What this says of the note: charges found, none, or, where charges that may have it are
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
    /// Finds the charges of a mode that have the text `value` as their note `name`.
    ///
    /// UnivaPay has no reference of the merchant's that is looked up; but a charge that is made with
    /// your own number in [`metadata`](crate::charges::CreateCharge::metadata) is found by it. This
    /// searches for the text, in whatever note, and keeps the charges where it is that note as a
    /// whole: take a name and a text that nothing else has.
    ///
    /// Number the attempts, not the order: a declined charge has the note too, and would be found in
    /// place of the new one. For the same reason charges of another mode do not count; `mode` is
    /// that of the token that makes the charge, as [`AppToken::mode`](crate::AppToken::mode) tells.
    ///
    /// A charge that is found exists, and may have failed: its status says so. That none is found
    /// proves nothing right after a failure: when a new charge is seen by a search, UnivaPay does not
    /// say.
    ///
    /// # Errors
    ///
    /// If a page of the list cannot be had: then nothing is known. Looking again is safe.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use kessai_univapay::charges::CreateCharge;
    /// use kessai_univapay::{Client, Error, IdempotencyKey, Looks, Mode, Settled};
    ///
    /// # async fn example(
    /// #     client: Client,
    /// #     body: CreateCharge,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// // `body.metadata` has "attempt": "A-1021/1". A second card is attempt "A-1021/2".
    /// let look = || async {
    ///     let found = client.charges().find_by_note(Mode::Live, "attempt", "A-1021/1").await?;
    ///     Ok(found.sight())
    /// };
    /// let key = IdempotencyKey::derive("example-shop/create_charge", "A-1021/1")?;
    /// let call = client.charges().create(&body).idempotency_key(key);
    /// match call.or_find_by_reference(look, &Looks::default()).await? {
    ///     Settled::Done(charge) => drop(charge),
    ///     Settled::Found(found) => drop(found.charges),
    ///     Settled::Absent(_) => println!("the same may be sent again, with the same key"),
    ///     Settled::Unknown { .. } => println!("there may be a charge: look again later"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn find_by_note(&self, mode: Mode, name: &str, value: &str) -> Result<Found, Error> {
        let query = ListCharges { metadata: Some(value.into()), ..ListCharges::default() };
        let mut charges = self.list_all(&query);
        let mut found = Found::default();
        while let Some(charge) = charges.next().await {
            let charge = charge?;
            let Some(note) = charge.metadata.as_ref().and_then(|notes| notes.get(name)) else {
                continue;
            };
            match (is(note, value), mode.is(charge.mode.as_ref())) {
                (Some(true), Some(true)) => found.charges.push(charge),
                (Some(false), _) | (_, Some(false)) => {}
                (None, _) | (_, None) => found.unclear.push(charge),
            }
        }
        Ok(found)
    }
}

/// Whether a note is this text; `None` if it is neither a text nor a number.
fn is(note: &Json, value: &str) -> Option<bool> {
    match note.as_str() {
        text if text.starts_with('"') => note.read::<String>().ok().map(|text| text == value),
        text if text.starts_with(['{', '[']) => None,
        number => Some(number == value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::FakeEngine;
    use crate::sign::tests::client;

    #[tokio::test]
    async fn a_note_has_to_be_the_whole_of_it_and_under_its_name() {
        let charge = |id: &str, mode: &str, notes: &str| {
            format!(
                r#"{{"id":"{id}","store_id":"s-1","status":"pending","mode":"{mode}","metadata":{notes},
                "requested_amount":1200,"requested_currency":"JPY"}}"#
            )
        };
        let charges = [
            charge("c-1", "live", r#"{"order":"A-10"}"#),
            charge("c-2", "live", r#"{"gift":"A-1"}"#),
            charge("c-3", "live", r#"{"order":"A-1"}"#),
            charge("c-4", "test", r#"{"order":"A-1"}"#),
            charge("c-5", "live", r#"{"order":{"id":"A-1"}}"#),
        ];
        let list = format!(r#"{{"items":[{}],"has_more":false}}"#, charges.join(","));
        let engine = FakeEngine::new([(200, &*list)]);

        let client = client(&engine);
        let found =
            client.charges().find_by_note(Mode::Live, "order", "A-1").await.expect("a list");

        let ids = |charges: &[Charge]| -> Vec<String> {
            charges.iter().map(|charge| charge.id.to_string()).collect()
        };
        assert_eq!(
            (ids(&found.charges), ids(&found.unclear)),
            (vec!["c-3".into()], vec!["c-5".into()])
        );
        let [asked] = &engine.sent()[..] else { panic!("one request") };
        assert_eq!(asked.uri().query(), Some("limit=100&metadata=A-1"));
    }

    #[test]
    fn a_note_that_is_a_number_is_its_digits_and_what_holds_more_is_unclear() {
        let of = |note: &str| is(&Json::parse(note).expect("JSON"), "12");
        assert_eq!(["12", r#""12""#].map(of), [Some(true); 2]);
        assert_eq!(["13", r#""13""#, "null"].map(of), [Some(false); 3]);
        assert_eq!([r#"{"12":12}"#, "[12]"].map(of), [None; 2]);
    }
}
