//! What can be paid with, and what each method can do.

use serde_json::{Value, json};

use super::sources::CAN_BE_KEPT;

const EVERYWHERE: &[&str] = &["web", "ios", "android"];

/// The methods with where they run and whether a code's page has them. The sandbox takes others
/// as well.
const METHODS: [(&str, &[&str], bool); 9] = [
    ("creditcard", EVERYWHERE, true),
    ("applepay", &["web", "ios"], false),
    ("googlepay", &["web", "android"], false),
    ("paypay", &["web", "ios", "android", "cpm", "mpm"], true),
    ("linepay", &["web", "ios", "android", "liff", "cpm"], true),
    ("wechatpay", &["web", "mini", "cpm", "mpm"], false),
    ("paidy", &["web"], true),
    ("konbini", &["web"], true),
    ("banktransfer", &["web"], true),
];

pub(super) fn list_payment_methods() -> Value {
    list(|_| true)
}

pub(super) fn list_code_payment_methods() -> Value {
    list(|on_page| on_page)
}

fn list(wanted: impl Fn(bool) -> bool) -> Value {
    let methods = METHODS.iter().filter(|(_, _, on_page)| wanted(*on_page));
    let methods: Vec<_> = methods.map(|(method, resources, _)| show(method, resources)).collect();
    json!({ "total": methods.len(), "paymentMethods": methods })
}

fn show(method: &str, resources: &[&str]) -> Value {
    let brands: &[&str] = match method {
        "creditcard" => &["visa", "mastercard", "jcb", "amex", "diners"],
        _ => &[],
    };
    let user_agent = match method {
        "paypay" => "jp.ne.paypay",
        "linepay" => "Line/",
        "wechatpay" => "MicroMessenger",
        _ => "",
    };
    json!({
        "paymentMethod": method,
        "resources": resources,
        "brand": brands,
        "ua": user_agent,
        "channelProperties": channel(method),
    })
}

/// elepay says nothing of some methods, as here of two.
fn channel(method: &str) -> Value {
    let (least, most, environment) = match method {
        "creditcard" => (50, 9_999_999, "all"),
        "paypay" => (1, 1_000_000, "all"),
        "wechatpay" => (1, 1_000_000, "wallet_app"),
        "applepay" | "googlepay" | "paidy" => (1, 1_000_000, "web"),
        "linepay" => (1, 500_000, "all"),
        _ => return json!({}),
    };
    let kept = CAN_BE_KEPT.contains(&method);
    json!({
        "isSupportRefund": true,
        "isSupportPartialRefund": true,
        "isSupportMultipleRefund": true,
        "isSupportSource": kept,
        "isSupportMultipleSource": kept,
        "maxAmount": most,
        "minAmount": least,
        "resourceWebEnv": environment,
    })
}
