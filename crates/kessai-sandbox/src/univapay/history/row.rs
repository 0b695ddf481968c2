//! One charge or one refund, in short.

use crate::calendar::iso;
use crate::object::Object;
use crate::shelf::Thing;
use crate::univapay::charges::Charge;
use crate::univapay::means::Means;
use crate::univapay::money;
use crate::univapay::refunds::Refund;
use crate::univapay::state::State;
use crate::univapay::stores::{self, MERCHANT_NAME};
use crate::univapay::tokens::Token;

/// What the brands of wallets and codes begin with, and who is behind them.
const PROVIDERS: &[(&str, &str)] = &[
    ("pay_pay", "pay_pay"),
    ("alipay", "alipay"),
    ("we_chat", "we_chat"),
    ("d_barai", "docomo"),
    ("merpay", "mercari"),
    ("au_pay", "au"),
    ("rakuten_pay", "rakuten"),
    ("bartong", "bartong"),
    ("jkopay", "jkopay"),
    ("ginko_pay", "ginko_pay"),
    ("aeon_pay", "aeon_pay"),
];

pub(super) struct Row<'a> {
    charge: &'a Charge,
    token: Option<&'a Token>,
    /// Nothing if the row is of the charge itself.
    refund: Option<&'a Refund>,
}

impl Thing for Row<'_> {
    fn id(&self) -> &str {
        self.refund.map_or(&self.charge.id, |refund| &refund.id)
    }
}

impl<'a> Row<'a> {
    /// All there are, in no order.
    pub(super) fn all(state: &'a State) -> impl Iterator<Item = Self> {
        let of = |charge: &'a Charge, refund| {
            let token = state.tokens.find(&charge.token_id);
            Self { charge, token, refund }
        };
        let charges = state.charges.iter().map(move |charge| of(charge, None));
        let refunds = state.refunds.iter().filter_map(move |refund| {
            let charge = state.charges.find(&refund.charge_id)?;
            Some(of(charge, Some(refund)))
        });
        charges.chain(refunds)
    }

    pub(super) fn id(&self) -> &str {
        Thing::id(self)
    }

    pub(super) fn kind(&self) -> &'static str {
        if self.refund.is_some() { "refund" } else { "charge" }
    }

    pub(super) fn status(&self) -> &'static str {
        self.refund.map_or(self.charge.status.word(), Refund::status)
    }

    pub(super) fn created(&self) -> i64 {
        self.refund.map_or(self.charge.created, |refund| refund.created)
    }

    pub(super) fn currency(&self) -> &str {
        self.refund.map_or(&self.charge.currency, |refund| &refund.currency)
    }

    pub(super) fn metadata(&self) -> &str {
        self.refund.map_or(&self.charge.metadata, |refund| &refund.metadata)
    }

    pub(super) fn means(&self) -> &'a Means {
        &self.charge.means
    }

    pub(super) fn email(&self) -> Option<&str> {
        self.token?.email.as_deref()
    }

    /// The provider behind the payment.
    pub(super) fn provider(&self) -> &'static str {
        match self.means() {
            Means::Card(_) | Means::ApplePay(_) => "credit",
            Means::Konbini(_) => "convenience",
            Means::BankTransfer(_) => "bank_transfer",
            Means::Paidy(_) => "paidy",
            Means::Online(_) | Means::QrScan(_) | Means::QrMerchant(_) => {
                let brand = self.means().brand().unwrap_or_default();
                let known = PROVIDERS.iter().find(|(begins, _)| brand.starts_with(begins));
                known.map_or("test", |(_, provider)| provider)
            }
        }
    }

    /// How the deposits of a bank transfer stand.
    pub(super) fn paid(&self) -> Option<&'static str> {
        let account = self.charge.account.as_ref()?;
        Some(account.paid(self.charge.amount).word())
    }

    /// When the newest deposit of a bank transfer came.
    pub(super) fn latest_deposit(&self) -> Option<i64> {
        self.charge.account.as_ref()?.latest()
    }

    /// What does not apply is left out.
    pub(super) fn show(&self, state: &State) -> Object {
        let charge_id = self.refund.map(|refund| &*refund.charge_id);
        let amount = self.refund.map_or(self.charge.amount, |refund| refund.amount);
        let kind = self.refund.is_none().then_some("normal");
        let object = Object::new()
            .put("store_id", &*state.store_id)
            .put("resource_id", self.id())
            .put_some("charge_id", charge_id);
        money::put(object, "amount", amount, self.currency())
            .put("currency", self.currency())
            .put("type", self.kind())
            .put("status", self.status())
            .literal("metadata", self.metadata())
            .put("created_on", iso(self.created()))
            .put("mode", "test")
            .put("merchant_name", MERCHANT_NAME)
            .put("store_name", stores::name(state))
            .put("payment_type", self.means().word())
            .object("user_data", &self.user(state))
            .put_some("bank_transfer_payment_status", self.paid())
            .put_some("bank_transfer_latest_deposit_date", self.latest_deposit().map(iso))
            .put_some("charge_type", kind)
    }

    /// Who pays and with what.
    fn user(&self, state: &State) -> Object {
        let means = self.means();
        let name = if means.card().is_some() { "cardholder_name" } else { "customer_name" };
        let phone = means.phone().filter(|_| matches!(means, Means::Paidy(_)));
        let store = means.brand().filter(|_| matches!(means, Means::Konbini(_)));
        let user = Object::new()
            .put("type", self.kind())
            .put_some(name, means.name())
            .put_some("cardholder_email_address", self.email())
            .put_some("cardholder_phone_number", phone)
            .put_some("convenience_store", store)
            .put_some("brand", means.brand())
            .put("gateway", "test")
            .put("service_provider", self.provider());
        match self.refund {
            Some(refund) => user.put_some("reason", refund.reason.as_deref()),
            None => {
                let own = state.refunds.iter();
                let own = own.filter(|refund| refund.charge_id == self.charge.id);
                user.array("refunds", own.map(refund))
            }
        }
    }
}

/// A refund in the row of its charge.
fn refund(refund: &Refund) -> Object {
    let object = Object::new().put("refund_id", &*refund.id);
    money::put(object, "amount", refund.amount, &refund.currency)
        .put("currency", &*refund.currency)
        .put("status", refund.status())
        .put_some("reason", refund.reason.as_deref())
}
