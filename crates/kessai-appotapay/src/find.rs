//! The way back after an unknown outcome: looking a thing up by the reference that you gave it.

use kessai_core::Call;

use crate::bills::{BillPayment, Bills};
use crate::card_charges::{CardCharge, CardCharges, GetCardCharge};
use crate::card_chargings::{CardCharging, CardChargings, CheckCardCharging};
use crate::card_refunds::{CardRefund, CardRefunds, GetCardRefund};
use crate::card_reversals::{CardReversal, CardReversals, GetCardReversal};
use crate::customers::{Customer, Customers};
use crate::ebills::{Ebill, Ebills};
use crate::payment_methods::{PaymentMethods, SubscriptionPaymentMethod};
use crate::payment_refunds::{GetPaymentRefund, PaymentRefund, PaymentRefunds};
use crate::payments::{GetPayment, Payment, PaymentReferenceKind, Payments};
use crate::plans::{Plan, Plans};
use crate::pos_payments::{PosPayment, PosPayments};
use crate::shared::CardReferenceKind;
use crate::shop_cards::{ShopCardPurchase, ShopCards};
use crate::subscription_refunds::{SubscriptionRefund, SubscriptionRefunds};
use crate::topups::{TopupRecord, Topups};
use crate::transfers::{TransferRecord, Transfers};
use crate::wallet_payments::WalletPayments;

impl<'a> CardCharges<'a> {
    /// Looks for the charge with your own `merchantRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_merchant_ref_id(&self, merchant_ref_id: &str) -> Call<'a, CardCharge> {
        self.get(
            merchant_ref_id,
            &GetCardCharge { reference_type: Some(CardReferenceKind::Merchant) },
        )
    }
}

impl<'a> CardReversals<'a> {
    /// Looks for the reversal with your own `merchantRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_merchant_ref_id(&self, merchant_ref_id: &str) -> Call<'a, CardReversal> {
        self.get(
            merchant_ref_id,
            &GetCardReversal { reference_type: Some(CardReferenceKind::Merchant) },
        )
    }
}

impl<'a> CardRefunds<'a> {
    /// Looks for the refund with your own `merchantRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_merchant_ref_id(&self, merchant_ref_id: &str) -> Call<'a, CardRefund> {
        self.get(
            merchant_ref_id,
            &GetCardRefund { reference_type: Some(CardReferenceKind::Merchant) },
        )
    }
}

impl<'a> Payments<'a> {
    /// Looks for the payment with your own `order.id`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_order_id(&self, order_id: &str) -> Call<'a, Payment> {
        self.get(&GetPayment {
            type_: Some(PaymentReferenceKind::PartnerOrderId),
            ..GetPayment::new(order_id)
        })
    }
}

impl<'a> PaymentRefunds<'a> {
    /// Looks for the refund with your own `partnerRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_partner_ref_id(&self, partner_ref_id: &str) -> Call<'a, PaymentRefund> {
        self.get(
            partner_ref_id,
            &GetPaymentRefund { type_: Some(PaymentReferenceKind::PartnerOrderId) },
        )
    }
}

impl<'a> Customers<'a> {
    /// Looks for the customer with your own `customerRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_customer_ref_id(&self, customer_ref_id: &str) -> Call<'a, Customer> {
        self.get(customer_ref_id)
    }
}

impl<'a> PaymentMethods<'a> {
    /// Looks for the payment method with your own `paymentMethodRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_payment_method_ref_id(
        &self,
        payment_method_ref_id: &str,
    ) -> Call<'a, SubscriptionPaymentMethod> {
        self.get(payment_method_ref_id)
    }
}

impl<'a> Plans<'a> {
    /// Looks for the plan with your own `planRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_plan_ref_id(&self, plan_ref_id: &str) -> Call<'a, Plan> {
        self.get(plan_ref_id)
    }
}

impl<'a> SubscriptionRefunds<'a> {
    /// Looks for the refund with your own `refundRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_refund_ref_id(&self, refund_ref_id: &str) -> Call<'a, SubscriptionRefund> {
        self.get(refund_ref_id)
    }
}

impl<'a> Ebills<'a> {
    /// Looks for the bill with your own `billCode`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_bill_code(&self, bill_code: &str) -> Call<'a, Ebill> {
        self.get(bill_code)
    }
}

impl<'a> Transfers<'a> {
    /// Looks for the transfer with your own `partnerRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_partner_ref_id(&self, partner_ref_id: &str) -> Call<'a, TransferRecord> {
        self.get(partner_ref_id)
    }
}

impl<'a> Bills<'a> {
    /// Looks for the payment with your own `partnerRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_partner_ref_id(&self, partner_ref_id: &str) -> Call<'a, BillPayment> {
        self.get_payment(partner_ref_id)
    }
}

impl<'a> Topups<'a> {
    /// Looks for the top-up with your own `partnerRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_partner_ref_id(&self, partner_ref_id: &str) -> Call<'a, TopupRecord> {
        self.get(partner_ref_id)
    }
}

impl<'a> ShopCards<'a> {
    /// Looks for the purchase with your own `partnerRefId`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_partner_ref_id(&self, partner_ref_id: &str) -> Call<'a, ShopCardPurchase> {
        self.get_purchase(partner_ref_id)
    }
}

impl<'a> PosPayments<'a> {
    /// Looks for the payment with your own `partner_ref_id`.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_partner_ref_id(&self, partner_ref_id: &str) -> Call<'a, PosPayment> {
        self.get(partner_ref_id)
    }
}

impl<'a> WalletPayments<'a> {
    /// Looks for the payment with your own `orderId`.
    ///
    /// Payments from wallets are looked up as all others are.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_order_id(&self, order_id: &str) -> Call<'a, Payment> {
        Payments::new(self.transport).find_by_order_id(order_id)
    }
}

impl<'a> CardChargings<'a> {
    /// Looks for the payment with your own `transaction_id`; AppotaPay wants to be told your partner
    /// code as well.
    ///
    /// # Errors
    ///
    /// As of any look. That it is [`Refused`](crate::Outcome::Refused) is said of the look alone, such
    /// as of a caller who is not on AppotaPay's list; only its code may say that there is no such
    /// thing, or that it failed. Right after a call whose outcome is unknown an absence proves
    /// nothing.
    pub fn find_by_transaction_id(
        &self,
        partner_code: &str,
        transaction_id: &str,
    ) -> Call<'a, CardCharging> {
        self.check(&CheckCardCharging::new(partner_code, transaction_id))
    }
}

#[cfg(test)]
mod tests {
    use crate::fake::FakeEngine;
    use crate::{Client, Credentials, Environment};

    #[test]
    fn each_look_asks_for_the_merchants_own_reference() {
        let credentials = Credentials::new("PARTNER", "key", "secret").expect("keys");
        let builder = Client::builder(Environment::Sandbox, credentials);
        let client = builder.engine(FakeEngine::new([])).build().expect("a client");
        for (url, expected) in [
            (
                client.card_charges().find_by_merchant_ref_id("R 1").url(),
                "/credit-card/charge/R%201?referenceType=MERCHANT_REFERENCE_ID",
            ),
            (
                client.card_reversals().find_by_merchant_ref_id("R-1").url(),
                "/credit-card/reversal/R-1?referenceType=MERCHANT_REFERENCE_ID",
            ),
            (
                client.card_refunds().find_by_merchant_ref_id("R-1").url(),
                "/credit-card/refund/R-1?referenceType=MERCHANT_REFERENCE_ID",
            ),
            (
                client.payments().find_by_order_id("R-1").url(),
                "/api/v2/orders/transaction?referenceId=R-1&type=PARTNER_ORDER_ID",
            ),
            (
                client.wallet_payments().find_by_order_id("R-1").url(),
                "/api/v2/orders/transaction?referenceId=R-1&type=PARTNER_ORDER_ID",
            ),
            (
                client.payment_refunds().find_by_partner_ref_id("R-1").url(),
                "/api/v2/transaction/refund/R-1?type=PARTNER_ORDER_ID",
            ),
            (client.customers().find_by_customer_ref_id("R-1").url(), "/api/v1/customers/R-1"),
            (
                client.payment_methods().find_by_payment_method_ref_id("R-1").url(),
                "/api/v1/subs/payment-methods/R-1",
            ),
            (client.plans().find_by_plan_ref_id("R-1").url(), "/api/v1/subs/plans/R-1"),
            (
                client.subscription_refunds().find_by_refund_ref_id("R-1").url(),
                "/api/v1/subs/refunds/R-1",
            ),
            (client.ebills().find_by_bill_code("R-1").url(), "/api/v1/service/ebill/detail/R-1"),
            (
                client.transfers().find_by_partner_ref_id("R-1").url(),
                "/api/v1/service/transfer/transaction/R-1",
            ),
            (
                client.bills().find_by_partner_ref_id("R-1").url(),
                "/api/v1/service/bill/transaction/R-1",
            ),
            (
                client.topups().find_by_partner_ref_id("R-1").url(),
                "/api/v1/service/topup/transaction/R-1",
            ),
            (
                client.shop_cards().find_by_partner_ref_id("R-1").url(),
                "/api/v1/service/shopcard/transaction/R-1",
            ),
            (
                client.card_chargings().find_by_transaction_id("PARTNER", "R-1").url(),
                "/v1/services/transaction/check?partner_code=PARTNER&transaction_id=R-1",
            ),
        ] {
            let expected = format!("https://gateway.dev.appotapay.com{expected}");
            assert_eq!(url, Some(expected));
        }
        let terminal = client.pos_payments().find_by_partner_ref_id("R-1").url();
        let expected = "https://pos-gw.dev.appotapay.com/api/v2/partner/orders/transaction/R-1";
        assert_eq!(terminal.as_deref(), Some(expected));
    }
}
