//! What a page to pay on asks the gateway of a wallet.

use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::univapay::refusal::{Code, Refusal, bad};
use crate::univapay::state::State;

const NO_GATEWAY: Code = bad("NO_GATEWAYS_AVAILABLE");

pub(in crate::univapay::legacy) fn ask(_: &State, call: &Call) -> Result<Said, Refusal> {
    let gateway = match call.path("brand") {
        "alipay_plus_online" => {
            let wallets = ["ALIPAY_CN", "GCASH", "KAKAOPAY"].map(|brand| {
                Object::new().put("brand_name", brand).put("brand_display_name", brand)
            });
            Object::new()
                .put("service", "alipay_plus_online")
                .put("service_name", "Alipay+")
                .array("brands", wallets.into_iter())
        }
        "we_chat_online" => {
            Object::new().put("app_id", "kessai-sandbox").put("open_id", "kessai-sandbox-customer")
        }
        _ => return Err(NO_GATEWAY.into()),
    };
    Ok(gateway.into())
}
