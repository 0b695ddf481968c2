//! How a card is checked beyond its number: by 3-D Secure, and by its security code.

use serde_json::{Map, Value};

use super::Kind;
use crate::calendar::iso;
use crate::object::Object;
use crate::univapay::failure::Failure;
use crate::univapay::means::text;
use crate::univapay::refusal::{self, Refusal};

/// What was asked for, and how far it has got.
#[derive(Default)]
pub(in crate::univapay) struct Checks {
    pub(super) three_ds: Option<ThreeDs>,
    cvv: Option<Cvv>,
    /// Whether the next charge needs the security code first.
    pub(super) wants_cvv: bool,
    /// When the security code was sent for that.
    cvv_sent: Option<i64>,
}

/// 3-D Secure, where it is on.
pub(super) struct ThreeDs {
    pub(super) step: Step,
    redirect_endpoint: Option<String>,
    redirect_id: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Step {
    Pending,
    Awaiting,
    Successful,
    Failed,
}

/// The confirmation of the security code.
struct Cvv {
    currency: Option<String>,
    /// Whether the code is right; nothing while it is pending.
    right: Option<bool>,
}

impl Checks {
    /// The checks that a request for a token asks for.
    pub(super) fn read(data: &Map<String, Value>, kind: Kind) -> Result<Self, Refusal> {
        let on = |name: &str| {
            let check = data.get(name).and_then(Value::as_object);
            check.filter(|check| check.get("enabled") == Some(&Value::Bool(true)))
        };
        let mut checks = Self::default();
        if let Some(asked) = on("three_ds") {
            if kind != Kind::Recurring {
                return Err(refusal::WRONG_KIND.into());
            }
            checks.three_ds = Some(ThreeDs::new(text(asked, "redirect_endpoint")?));
        }
        if let Some(asked) = on("cvv_authorize") {
            if text(data, "cvv")?.is_none() {
                return Err(refusal::CVV_REQUIRED.into());
            }
            let currency = text(asked, "currency")?.map(str::to_owned);
            checks.cvv = Some(Cvv { currency, right: None });
        }
        Ok(checks)
    }

    /// Refuses to charge a card whose security code is not confirmed, or is asked for.
    pub(in crate::univapay) fn allow_charge(&self) -> Result<(), Refusal> {
        if self.cvv.as_ref().is_some_and(|cvv| cvv.right != Some(true)) {
            return Err(refusal::CVV_NOT_CONFIRMED.into());
        }
        if self.wants_cvv { Err(refusal::CVV_WANTED.into()) } else { Ok(()) }
    }

    /// Whether the customer has passed 3-D Secure for the token.
    pub(in crate::univapay) fn is_secured(&self) -> bool {
        self.three_ds.as_ref().is_some_and(|three_ds| three_ds.step == Step::Successful)
    }

    /// UnivaPay gets to 3-D Secure: whether there was something to do.
    pub(super) fn prepare_three_ds(&mut self, redirect_id: String) -> bool {
        let pending = self.three_ds.as_mut().filter(|three_ds| three_ds.step == Step::Pending);
        let Some(three_ds) = pending else { return false };
        three_ds.step = Step::Awaiting;
        three_ds.redirect_id = Some(redirect_id);
        true
    }

    /// The issuer gets to the security code: whether there was something to do.
    pub(super) fn decide_cvv(&mut self, right: bool) -> bool {
        let pending = self.cvv.as_mut().filter(|cvv| cvv.right.is_none());
        let Some(cvv) = pending else { return false };
        cvv.right = Some(right);
        true
    }

    /// The security code that was asked for has come: whether it was.
    pub(super) fn take_cvv(&mut self, now: i64) -> bool {
        if self.wants_cvv {
            self.cvv_sent = Some(now);
        }
        std::mem::take(&mut self.wants_cvv)
    }

    /// The `data` of a card with them.
    pub(super) fn show(&self, mut data: Object) -> Object {
        if let Some(cvv) = &self.cvv {
            let status = match cvv.right {
                None => "pending",
                Some(true) => "current",
                Some(false) => "failed",
            };
            let cvv = Object::new()
                .put("enabled", true)
                .put("status", status)
                .put_some("currency", cvv.currency.as_deref());
            data = data.object("cvv_authorize", &cvv);
        }
        if let Some(sent) = self.cvv_sent {
            let check = Object::new().put("status", "current").put("date", iso(sent));
            data = data.object("cvv_authorize_check", &check);
        }
        match &self.three_ds {
            Some(three_ds) => data.object("three_ds", &three_ds.show()),
            None => data,
        }
    }
}

impl ThreeDs {
    pub(super) fn new(redirect_endpoint: Option<&str>) -> Self {
        let redirect_endpoint = redirect_endpoint.map(str::to_owned);
        Self { step: Step::Pending, redirect_endpoint, redirect_id: None }
    }

    fn show(&self) -> Object {
        let (status, failure) = match self.step {
            Step::Pending => ("pending", None),
            Step::Awaiting => ("awaiting", None),
            Step::Successful => ("successful", None),
            Step::Failed => ("failed", Some(Failure::ThreeDsNotCompleted)),
        };
        let object = Object::new()
            .put("enabled", true)
            .put("status", status)
            .put_some("redirect_endpoint", self.redirect_endpoint.as_deref())
            .put_some("redirect_id", self.redirect_id.as_deref());
        Failure::put(object, failure)
    }
}
