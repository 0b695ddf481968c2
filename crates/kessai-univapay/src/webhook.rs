//! Webhooks: who sent a message, and is what it says true?

use kessai_core::mac::Tag;
use kessai_core::{Decode as _, Error, Rejected, Secret};

use crate::cancels::GetCancel;
use crate::charges::GetCharge;
use crate::client::Client;
use crate::customs_declarations::GetCustomsDeclaration;
use crate::events::{EventData, WebhookEvent};
use crate::refunds::GetRefund;
use crate::sign::{InvalidToken, Mode};
use crate::subscriptions::GetSubscription;
use crate::tokens::GetToken;

/// Knows UnivaPay's webhooks by the value that you chose as `auth_token`.
///
/// **UnivaPay signs nothing.** Whoever has seen one message can send any other. So this keeps
/// strangers out, and proves nothing about the body: look with [`WebhookEvent::confirm`] what
/// really happened before you ship or book anything.
///
/// ```
/// use kessai_univapay::events::EventKind;
/// use kessai_univapay::WebhookAuth;
///
/// let auth = WebhookAuth::new("4f1c9a7e-chosen-by-you")?;
///
/// // From the request: its `Authorization` header and its body.
/// let body = br#"{"event":"charge_finished","data":{"id":"11f0","store_id":"11ee"}}"#;
/// let event = auth.event("Bearer 4f1c9a7e-chosen-by-you", body)?;
/// assert_eq!(event.event, EventKind::ChargeFinished);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct WebhookAuth(Secret);

impl WebhookAuth {
    /// Takes the `auth_token` of the webhook, with or without `Bearer` in front.
    ///
    /// # Errors
    ///
    /// If nothing is left of it: with no `auth_token` anybody may send anything.
    pub fn new(auth_token: impl Into<String>) -> Result<Self, InvalidToken> {
        let token = Secret::new(auth_token);
        if without_scheme(token.reveal()).is_empty() {
            return Err(InvalidToken("the authorization of a webhook is not empty"));
        }
        Ok(Self(token))
    }

    /// Reads an event if it was sent with this authorization.
    ///
    /// `authorization` is the value of the header `Authorization`, empty if there is none; it is
    /// compared in constant time. `body` is the body as it came.
    ///
    /// # Errors
    ///
    /// [`Rejected::NoAuthorization`] without one, [`Rejected::WrongAuthorization`] with another one,
    /// [`Rejected::Unreadable`] if it is right and the body does not read.
    pub fn event(&self, authorization: &str, body: &[u8]) -> Result<WebhookEvent, Rejected> {
        let claimed = without_scheme(authorization);
        if claimed.is_empty() {
            return Err(Rejected::NoAuthorization);
        }
        let expected = without_scheme(self.0.reveal());
        // The tags are compared in constant time, and tell nothing of the length of what they tag.
        let tag = |of: &str| Tag::of(b"authorization", &[of.as_bytes()]);
        if !tag(expected).is(&tag(claimed).into_bytes()) {
            return Err(Rejected::WrongAuthorization);
        }
        WebhookEvent::decode(body).map_err(Rejected::Unreadable)
    }
}

/// An authorization without the `Bearer` that some configurations have in front, once or twice.
fn without_scheme(authorization: &str) -> &str {
    let mut rest = authorization.trim();
    while let Some((scheme, after)) = rest.split_at_checked("bearer".len())
        && scheme.eq_ignore_ascii_case("bearer")
        && (after.is_empty() || after.starts_with(' '))
    {
        rest = after.trim_start();
    }
    rest
}

impl WebhookEvent {
    /// Asks UnivaPay for what the event is about, as it is now: the one thing to believe.
    ///
    /// Of a bank transfer's deposits this is the charge that they pay. `None` if the event does not
    /// name anything that can be read: its data is missing, of a kind newer than this crate, or
    /// without the ids that reading takes. `None` too if what it names does not say that it is of
    /// `mode`: a test charge pays for nothing, and whoever may read live ones may be able to read
    /// it. A payout has no mode. Then nothing is confirmed.
    ///
    /// Compare what it says with your order: an event can name a resource that exists and is not
    /// the one you wait for.
    ///
    /// ```no_run
    /// use kessai_univapay::charges::ChargeStatus;
    /// use kessai_univapay::events::{EventData, WebhookEvent};
    /// use kessai_univapay::{Client, Error, Mode};
    ///
    /// # async fn example(client: Client, event: WebhookEvent) -> Result<(), Error> {
    /// if let Some(EventData::Charge(charge)) = event.confirm(&client, Mode::Live).await?
    ///     && charge.status == ChargeStatus::Successful
    /// {
    ///     // The order that `charge.metadata` names is paid, if the amount is the order's.
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As of any call that reads. `NOT_FOUND` of a token may be because it was deleted since.
    pub async fn confirm(&self, client: &Client, mode: Mode) -> Result<Option<EventData>, Error> {
        let now = self.look(client).await?;
        Ok(now.filter(|data| {
            let said = match data {
                EventData::Token(token) => Some(&token.mode),
                EventData::Charge(charge) => charge.mode.as_ref(),
                EventData::Refund(refund) => refund.mode.as_ref(),
                EventData::Cancel(cancel) => cancel.mode.as_ref(),
                EventData::CustomsDeclaration(customs) => customs.mode.as_ref(),
                EventData::Subscription(subscription) => subscription.mode.as_ref(),
                EventData::Transfer(_) => return true,
                EventData::BankTransferStatus(_) | EventData::Other(_) => None,
            };
            mode.is(said) == Some(true)
        }))
    }

    /// What the event names, as it is now.
    async fn look(&self, client: &Client) -> Result<Option<EventData>, Error> {
        // A store's client believes its own token rather than the message.
        let own = client.store_id();
        let Some(data) = &self.data else { return Ok(None) };
        Ok(Some(match data {
            EventData::Token(token) => {
                let store = own.unwrap_or(&token.store_id);
                let call = client.tokens().get(store, &token.id, &GetToken::default());
                EventData::Token(Box::new(call.await?))
            }
            EventData::Charge(charge) => {
                let store = own.unwrap_or(&charge.store_id);
                let call = client.charges().get(store, &charge.id, &GetCharge::default());
                EventData::Charge(Box::new(call.await?))
            }
            EventData::Refund(refund) => {
                let (Some(store), Some(charge)) =
                    (own.or(refund.store_id.as_ref()), &refund.charge_id)
                else {
                    return Ok(None);
                };
                let call = client.refunds().get(store, charge, &refund.id, &GetRefund::default());
                EventData::Refund(Box::new(call.await?))
            }
            EventData::Cancel(cancel) => {
                let (Some(store), Some(charge)) =
                    (own.or(cancel.store_id.as_ref()), &cancel.charge_id)
                else {
                    return Ok(None);
                };
                let call = client.cancels().get(store, charge, &cancel.id, &GetCancel::default());
                EventData::Cancel(Box::new(call.await?))
            }
            EventData::CustomsDeclaration(customs) => {
                let (Some(store), Some(charge)) =
                    (own.or(customs.store_id.as_ref()), &customs.charge_id)
                else {
                    return Ok(None);
                };
                let query = GetCustomsDeclaration::default();
                let all = client.customs_declarations();
                let call = all.get(store, charge, &customs.id, &query);
                EventData::CustomsDeclaration(Box::new(call.await?))
            }
            EventData::BankTransferStatus(transfer) => {
                let (Some(store), Some(charge)) = (own, &transfer.charge_id) else {
                    return Ok(None);
                };
                let call = client.charges().get(store, charge, &GetCharge::default());
                EventData::Charge(Box::new(call.await?))
            }
            EventData::Subscription(subscription) => {
                let Some(store) = own.or(subscription.store_id.as_ref()) else { return Ok(None) };
                let query = GetSubscription::default();
                let call = client.subscriptions().get(store, &subscription.id, &query);
                EventData::Subscription(Box::new(call.await?))
            }
            EventData::Transfer(transfer) => {
                let call = client.legacy_transfers().get_transfer(&transfer.id);
                EventData::Transfer(Box::new(call.await?))
            }
            EventData::Other(_) => return Ok(None),
        }))
    }
}

#[cfg(test)]
mod tests;
