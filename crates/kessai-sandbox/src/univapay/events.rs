//! What UnivaPay tells the merchant's webhooks.

use std::fmt;

use bytes::Bytes;

use super::Univapay;
use super::state::State;
use crate::calendar::iso;
use crate::object::Object;
use crate::shelf::{NotFound, things};

/// Something that UnivaPay has told one webhook.
///
/// Nothing is signed. `Debug` shows neither the body nor the authorization, so that a failing test
/// may print it.
#[derive(Clone)]
pub struct Event {
    id: String,
    kind: &'static str,
    webhook_id: String,
    url: String,
    authorization: Option<String>,
    body: Bytes,
    pub(super) fired: i64,
    /// Whether it was sent before.
    pub(super) again: bool,
}

things!(Event);

impl Event {
    /// The id of what was sent, which stands in the body, too.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What has happened, such as `charge_finished`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.kind
    }

    /// The id of the webhook that is told.
    #[must_use]
    pub fn webhook_id(&self) -> &str {
        &self.webhook_id
    }

    /// Where the webhook wants it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The value of the header `Authorization`: the `auth_token` of the webhook as it stands there,
    /// or nothing if it has none.
    #[must_use]
    pub fn authorization(&self) -> Option<&str> {
        self.authorization.as_deref()
    }

    /// The body, byte for byte: JSON with the resource as it was then.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("webhook_id", &self.webhook_id)
            .finish_non_exhaustive()
    }
}

impl Univapay {
    /// What the webhooks were told so far, oldest first: an event for each webhook that is on and
    /// has asked for its kind.
    ///
    /// What is pending moves on first, as UnivaPay tells of it without being asked.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        let mut state = self.service.state();
        state.settle();
        state.events.clone()
    }
}

/// What can have happened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    TokenCreated,
    TokenUpdated,
    TokenThreeDsUpdated,
    TokenCvvUpdated,
    TokenCvvCheckUpdated,
    RecurringTokenDeleted,
    ChargeUpdated,
    ChargeFinished,
    RefundFinished,
    CancelFinished,
    CustomsFinished,
    BankTransferUpdated,
    SubscriptionCreated,
    SubscriptionPayment,
    SubscriptionCompleted,
    SubscriptionFailure,
    SubscriptionCanceled,
    SubscriptionSuspended,
    TokenReplaced,
    TransferCreated,
    TransferUpdated,
    TransferFinalized,
}

impl Kind {
    /// Its words; the second is another spelling that a webhook may ask for.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::TokenCreated => &["token_created"],
            Self::TokenUpdated => &["token_updated"],
            Self::TokenThreeDsUpdated => &["token_three_d_s_updated", "token_three_ds_updated"],
            Self::TokenCvvUpdated => &["token_cvv_auth_updated"],
            Self::TokenCvvCheckUpdated => &["token_cvv_auth_check_updated"],
            Self::RecurringTokenDeleted => &["recurring_token_deleted"],
            Self::ChargeUpdated => &["charge_updated"],
            Self::ChargeFinished => &["charge_finished"],
            Self::RefundFinished => &["refund_finished"],
            Self::CancelFinished => &["cancel_finished"],
            Self::CustomsFinished => &["customs_declaration_finished"],
            Self::BankTransferUpdated => &["bank_transfer_status_updated"],
            Self::SubscriptionCreated => &["subscription_created"],
            Self::SubscriptionPayment => &["subscription_payment"],
            Self::SubscriptionCompleted => &["subscription_completed"],
            Self::SubscriptionFailure => &["subscription_failure"],
            Self::SubscriptionCanceled => &["subscription_canceled"],
            Self::SubscriptionSuspended => &["subscription_suspended"],
            Self::TokenReplaced => &["token_replaced"],
            Self::TransferCreated => &["transfer_created"],
            Self::TransferUpdated => &["transfer_updated"],
            Self::TransferFinalized => &["transfer_finalized"],
        }
    }
}

/// Sends an event to the webhooks that ask for it: here, puts it where the test finds it.
pub(super) fn tell(state: &mut State, kind: Kind, data: &Object) {
    let now = state.now;
    for webhook in state.webhooks.iter().filter(|webhook| webhook.active) {
        let asked = |word: &&&str| webhook.triggers.iter().any(|trigger| trigger == **word);
        let Some(word) = kind.words().iter().find(asked) else { continue };
        let id = state.ids.next_uuid();
        let body = Object::new()
            .put("id", &*id)
            .put("event", *word)
            .object("data", data)
            .put("created_on", iso(now));
        state.events.push(Event {
            id,
            kind: word,
            webhook_id: webhook.id.clone(),
            url: webhook.url.clone(),
            authorization: webhook.auth_token.clone(),
            body: body.json().into(),
            fired: now,
            again: false,
        });
    }
}

/// Sends an event once more to the webhook that was told, where that is now.
pub(super) fn tell_again(state: &mut State, webhook_id: &str, id: &str) -> Result<(), NotFound> {
    let webhook = state.webhooks.get(webhook_id)?;
    let mut told = state.events.iter();
    let event = told.find(|event| event.id == id && event.webhook_id == webhook_id);
    let event = Event {
        url: webhook.url.clone(),
        authorization: webhook.auth_token.clone(),
        fired: state.now,
        again: true,
        ..event.ok_or(NotFound)?.clone()
    };
    state.events.push(event);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::univapay::webhooks::{Level, Webhook};

    fn state(triggers: &[&str], active: bool) -> State {
        let mut state = State::new(7, 0);
        state.webhooks.put(Webhook {
            id: "hook".into(),
            level: Level::Store,
            triggers: triggers.iter().map(|word| (*word).to_owned()).collect(),
            url: "https://shop.invalid/".into(),
            auth_token: Some("open sesame".into()),
            active,
            created: 0,
            updated: 0,
        });
        state
    }

    #[test]
    fn a_webhook_is_told_what_it_asks_for_while_it_is_on() {
        let charge = Object::new().put("id", "ch");
        for (triggers, active, told) in [
            (&["charge_finished", "charge_updated"][..], true, 1),
            (&["charge_finished"], false, 0),
            (&["charge_updated"], true, 0),
        ] {
            let mut state = state(triggers, active);
            tell(&mut state, Kind::ChargeFinished, &charge);
            assert_eq!(state.events.len(), told);
        }
    }

    #[test]
    fn an_event_has_the_spelling_that_was_asked_for_and_hides_what_it_says() {
        let mut state = state(&["token_three_ds_updated"], true);
        tell(&mut state, Kind::TokenThreeDsUpdated, &Object::new().put("id", "secret"));
        let event = &state.events[0];
        assert_eq!(event.kind(), "token_three_ds_updated");
        assert_eq!(event.authorization(), Some("open sesame"));
        let shown = format!("{event:?}");
        assert!(!shown.contains("secret") && !shown.contains("sesame"), "{shown}");
        assert!(String::from_utf8_lossy(event.body()).contains(event.id()));
    }
}
