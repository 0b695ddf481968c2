//! What the store takes, as a checkout wants to know it: what the sandbox can do.

use serde_json::Value;

use super::said::Said;
use super::state::State;
use super::stores;
use crate::object::Object;

const CARDS: &[&str] = &["visa", "mastercard", "american_express", "jcb", "diners_club"];
const WALLETS: &[&str] = &[
    "alipay_online",
    "alipay_plus_online",
    "pay_pay_online",
    "we_chat_online",
    "d_barai_online",
    "test_brand",
];
const CODES: &[&str] = &["alipay_connect_mpm", "pay_pay_merchant", "we_chat_mpm"];

/// How long there is to pay where nothing is said.
const TERM: &str = "PT720H";

pub(super) fn info(state: &State) -> Said {
    let is_on = || Object::new().put("enabled", true);
    let is_off = || Object::new().put("enabled", false);
    let plans = is_on()
        .put("fixed_cycle", true)
        .put("fixed_cycle_amount", true)
        .put("supported_payment_types", words(&["card", "konbini", "bank_transfer", "paidy"]));
    Object::new()
        .put("mode", "test")
        .put("recurring_token_privilege", "infinite")
        .put("name", stores::name(state))
        .object("card_configuration", &cards())
        .object("subscription_configuration", &is_on())
        .object("installments_configuration", &is_off())
        .object("subscription_plan_configuration", &plans)
        .object("qr_scan_configuration", &is_on())
        .object("convenience_configuration", &is_on().put("expiration", TERM))
        .object("paidy_configuration", &is_on())
        .object("recurring_card_charge_cvv_confirmation", &is_off())
        .object("online_configuration", &is_on())
        .object("bank_transfer_configuration", &transfers(is_on()))
        .array("supported_brands", brands())
        .into()
}

fn words(words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| Value::from(*word)).collect()
}

fn cards() -> Object {
    let mut cards = Object::new();
    for name in ["enabled", "debit_enabled", "prepaid_enabled"] {
        cards = cards.put(name, true);
    }
    cards
        .put("foreign_cards_allowed", true)
        .put("allow_empty_cvv", true)
        .put("allow_direct_token_creation", true)
        .put("three_ds_required", false)
        .put("three_ds_skip_enabled", true)
}

/// Enough pays, and what is too much stays in the account.
fn transfers(object: Object) -> Object {
    object
        .put("match_amount", "minimum")
        .put("expiration", TERM)
        .put("automatic_extension_enabled", false)
}

fn brands() -> impl Iterator<Item = Object> {
    let of = |method: &'static str, own: &'static str, brands: &'static [&'static str]| {
        brands.iter().map(move |brand| {
            let is_card = method == "card";
            Object::new()
                .put("payment_type", method)
                .put("brand", *brand)
                .put(own, *brand)
                .put("dynamic_info", false)
                .put("support_auth_capture", is_card)
                .put("requires_full_name", false)
                .put("requires_cvv", false)
                .put("cvv_auth", is_card)
                .put("installment_capable", false)
                .put("mcp_capable", false)
                .put("mcp_only", false)
        })
    };
    of("card", "card_brand", CARDS).chain(of("online", "online_brand", WALLETS)).chain(of(
        "qr_merchant",
        "qr_brand",
        CODES,
    ))
}
