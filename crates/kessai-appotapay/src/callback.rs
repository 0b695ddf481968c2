//! What AppotaPay sends on its own account: is it AppotaPay's, and what does it say?

use kessai_core::encoding::{from_base64, from_hex, from_query};
use kessai_core::{Decode, Json, Rejected, Secret};

use crate::payment_events::{
    InstallmentNotification, PaymentNotification, PaymentReturn, PaymentTokenResult, SignedData,
};
use crate::plans::Plan;
use crate::service_events::{
    EbillAcknowledgement, EbillAcknowledgementCode, EbillNotification, PosNotification,
    TransferNotification,
};
use crate::sign::Credentials;
use crate::signature::is_genuine;
use crate::subscription_events::{
    CycleNotification, PaymentMethodNotification, PaymentMethodReturn, PlanNotification,
    SubscriptionEventKind, SubscriptionRefundNotification,
};

/// The body to answer notifications with, and HTTP status 200: all but those of virtual accounts,
/// which want an [`EbillAcknowledgement`].
pub const ACKNOWLEDGEMENT: &str = r#"{"status":"ok"}"#;

/// Checks what AppotaPay sends, and reads it.
///
/// Whatever is packed as `data` is signed alike, wherever it was sent: a message to one address is
/// genuine at another. What is of another kind does not read here, as it lacks what this kind has.
///
/// The signatures are over the bytes as they came, so hand over the body, or the query, as it is.
/// They do not wear out: a message that somebody recorded is genuine when it comes again. Remember
/// what you have handled (each method says by what), and look at the thing itself before money
/// depends on it. AppotaPay repeats what is not acknowledged up to three times, five minutes apart.
///
/// The pages to which the browser comes back from 3-D Secure are not signed: look at the enrollment
/// instead.
///
/// ```
/// use kessai_appotapay::{Callbacks, Credentials};
///
/// let credentials = Credentials::new("PARTNER", "api-key", "secret-key")?;
/// let callbacks = Callbacks::new(credentials);
/// assert!(callbacks.payment(br#"{"data":"e30=","signature":"00","time":1}"#).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Callbacks {
    credentials: Vec<Credentials>,
}

impl Callbacks {
    /// Checks with the secret key of these credentials.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        Self { credentials: vec![credentials] }
    }

    /// Takes those of other credentials as well, such as the ones before a change of keys.
    #[must_use]
    pub fn or(mut self, credentials: Credentials) -> Self {
        self.credentials.push(credentials);
        self
    }

    /// Reads what comes to the `notifyUrl` of a payment. AppotaPay sends it for payments that
    /// succeeded alone: any other end is seen by [`get`](crate::payments::Payments::get).
    ///
    /// **That it reads does not mean that it is paid.** The same signature is on what the customer's
    /// browser brings back, after a failure too, and a customer can post that here: look at the
    /// status, the order and the amount. Known again by `transaction.transaction_id`. Answer with
    /// [`ACKNOWLEDGEMENT`].
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn payment(&self, body: &[u8]) -> Result<PaymentNotification, Rejected> {
        self.posted(body)
    }

    /// Reads the query with which a customer's browser comes back to the `redirectUrl` of a
    /// payment. It may be in the newer shape as well; then
    /// [`payment_return_in_full`](Self::payment_return_in_full) reads more of it.
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn payment_return(&self, query: &str) -> Result<PaymentReturn, Rejected> {
        self.brought(query)
    }

    /// Reads the same in the shape of notifications.
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn payment_return_in_full(&self, query: &str) -> Result<PaymentNotification, Rejected> {
        self.brought(query)
    }

    /// Reads what comes to the `installmentNotifyUrl` of a payment. Code 103 is success here. Known
    /// again by `transaction.transaction_id` and its status. Answer with [`ACKNOWLEDGEMENT`].
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn installment(&self, body: &[u8]) -> Result<InstallmentNotification, Rejected> {
        self.posted(body)
    }

    /// Reads what comes about subscriptions: plans, cycles, payment methods, refunds. Known again
    /// by its event and the id of what it is about. Answer with HTTP status 200.
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn subscription(&self, body: &[u8]) -> Result<SubscriptionNotification, Rejected> {
        let told = self.unpacked(body)?;
        let event: SubscriptionEvent = read(&told)?;
        let event = event.event.map(|event| event.as_str().to_owned()).unwrap_or_default();
        Ok(match event.split('.').collect::<Vec<_>>()[..] {
            ["subscription", "plan", ..] => SubscriptionNotification::Plan(Box::new(read(&told)?)),
            ["subscription", "cycle", ..] => {
                SubscriptionNotification::Cycle(Box::new(read(&told)?))
            }
            ["refund", ..] => SubscriptionNotification::Refund(Box::new(read(&told)?)),
            // The names of these events are not known, but what they carry is.
            _ => match read::<PaymentMethodNotification>(&told) {
                Ok(told) if told.data.is_some() => {
                    SubscriptionNotification::PaymentMethod(Box::new(told))
                }
                _ => SubscriptionNotification::Other(any(&told)?),
            },
        })
    }

    /// Reads the query with which a browser comes back to the `returnUrl` of a plan.
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn plan_return(&self, query: &str) -> Result<Plan, Rejected> {
        self.brought(query)
    }

    /// Reads the query with which a browser comes back to the `successReturnUrl` or
    /// `failureReturnUrl` of a payment method.
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn payment_method_return(&self, query: &str) -> Result<PaymentMethodReturn, Rejected> {
        self.brought(query)
    }

    /// Reads what comes about transfers that were pending. Known again by
    /// `transaction.appotapay_trans_id`. Answer with [`ACKNOWLEDGEMENT`].
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn transfer(&self, body: &[u8]) -> Result<TransferNotification, Rejected> {
        self.by_members(body, TransferNotification::SIGNED)
    }

    /// Reads what comes to the `notifyUrl` of a virtual account when money has arrived. Known again
    /// by `transaction_id`. Answer with an [`EbillAcknowledgement`].
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn ebill(&self, body: &[u8]) -> Result<EbillNotification, Rejected> {
        self.by_members(body, EbillNotification::SIGNED)
    }

    /// Reads what comes about payments at terminals: success, void and error, so look at the status.
    /// Known again by `transaction.transaction_id` and it. Answer with [`ACKNOWLEDGEMENT`].
    ///
    /// # Errors
    ///
    /// If it must not be trusted, or does not read. The reason is safe to log.
    pub fn pos(&self, body: &[u8]) -> Result<PosNotification, Rejected> {
        self.posted(body)
    }

    /// A message that is posted as `data` with its signature.
    fn posted<T: Decode>(&self, body: &[u8]) -> Result<T, Rejected> {
        read(&self.unpacked(body)?)
    }

    fn unpacked(&self, body: &[u8]) -> Result<Vec<u8>, Rejected> {
        let signed = SignedData::decode(body).map_err(|_| Rejected::NoSignature)?;
        self.opened(signed.data.reveal(), signed.signature.reveal())
    }

    /// The same in the query of a URL.
    fn brought<T: Decode>(&self, query: &str) -> Result<T, Rejected> {
        let query = query.trim_start_matches('?');
        let [data, signature] = ["data", "signature"].map(|name| from_query(query, name));
        let (data, signature) = data.zip(signature).ok_or(Rejected::NoSignature)?;
        read(&self.opened(&data, &signature)?)
    }

    /// What is packed in `data`, if it is AppotaPay's: the text itself is signed, so nothing is
    /// unpacked before.
    fn opened(&self, data: &str, signature: &str) -> Result<Vec<u8>, Rejected> {
        let claimed = from_hex(signature).ok_or(Rejected::WrongSignature)?;
        let is_by = |by: &Credentials| by.tag(data.as_bytes()).is(&claimed);
        if !self.credentials.iter().any(is_by) {
            return Err(Rejected::WrongSignature);
        }
        // It is genuine; if it is no base64, it is no JSON either, and does not read as such.
        Ok(from_base64(data).unwrap_or_default())
    }

    /// A message that is posted as it is, some of its members signed.
    fn by_members<T: Decode>(&self, body: &[u8], members: &[&str]) -> Result<T, Rejected> {
        let text = std::str::from_utf8(body).ok();
        let message = text.and_then(|text| Json::parse(text).ok()).ok_or(Rejected::NoSignature)?;
        let claimed: Claim = message.read().map_err(|_| Rejected::NoSignature)?;
        let claimed = claimed.signature.ok_or(Rejected::NoSignature)?;
        let is_by = |by: &Credentials| is_genuine(by, members, &message, claimed.reveal());
        if !self.credentials.iter().any(is_by) {
            return Err(Rejected::WrongSignature);
        }
        read(body)
    }
}

fn read<T: Decode>(body: &[u8]) -> Result<T, Rejected> {
    T::decode(body).map_err(Rejected::Unreadable)
}

fn any(body: &[u8]) -> Result<Json, Rejected> {
    Json::parse(&String::from_utf8_lossy(body)).map_err(Rejected::Unreadable)
}

/// The signature of a message.
#[derive(Clone, Debug)]
struct Claim {
    signature: Option<Secret>,
}

kessai_core::object!(Claim, [(signature, "signature")]);

/// The event of a message.
#[derive(Clone, Debug)]
struct SubscriptionEvent {
    event: Option<SubscriptionEventKind>,
}

kessai_core::object!(SubscriptionEvent, [(event, "event")]);

/// What a message about subscriptions tells of.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SubscriptionNotification {
    /// A plan became active or inactive.
    Plan(Box<PlanNotification>),
    /// Something happened to a cycle.
    Cycle(Box<CycleNotification>),
    /// Something happened to a payment method.
    PaymentMethod(Box<PaymentMethodNotification>),
    /// A refund came to its end.
    Refund(Box<SubscriptionRefundNotification>),
    /// Something newer than this crate, as it was written.
    Other(Json),
}

impl PaymentNotification {
    /// The card that the payment saved, read out of the text that it comes in.
    ///
    /// `None` if there is none, or it does not read.
    #[must_use]
    pub fn saved_card(&self) -> Option<PaymentTokenResult> {
        PaymentTokenResult::decode(self.token_result.as_ref()?.reveal().as_bytes()).ok()
    }
}

impl EbillAcknowledgement {
    /// What to answer: [`Taken`](EbillAcknowledgementCode::Taken) once you have the message safe.
    #[must_use]
    pub fn new(status_code: EbillAcknowledgementCode, status_detail: impl Into<String>) -> Self {
        let status_detail = status_detail.into();
        Self { status_code, status_detail, unknown: kessai_core::Unknown::default() }
    }
}

#[cfg(test)]
mod tests;
