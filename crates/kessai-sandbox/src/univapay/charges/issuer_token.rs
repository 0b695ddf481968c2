//! Where the customer pays, or goes through 3-D Secure.

use super::{Charge, Status};
use crate::document::Call;
use crate::object::Object;
use crate::univapay::means::{Means, Wallet};
use crate::univapay::refusal::{Refusal, invalid};
use crate::univapay::said::Said;
use crate::univapay::state::State;
use crate::univapay::three_ds;

pub(in crate::univapay) fn issuer_token(state: &State, call: &Call) -> Result<Said, Refusal> {
    let charge = state.charges.get(call.path("id"))?;
    let object = Object::new().put("payment_type", charge.means.word());
    let token = match (&charge.means, &charge.account) {
        (Means::Online(wallet), _) => open(charge, wallet, object),
        (Means::BankTransfer(_), Some(account)) => account.show(object),
        (Means::BankTransfer(_), None) => return Err(wrong_status()),
        _ => return Err(invalid("id", "NOT_ONLINE_CHARGE")),
    };
    if charge.status != Status::Awaiting {
        return Err(wrong_status());
    }
    Ok(token.into())
}

/// How the wallet is opened.
fn open(charge: &Charge, wallet: &Wallet, object: Object) -> Object {
    let token = match &*wallet.call_method {
        "sdk" => format!("kessai-sandbox-{}", charge.id),
        _ => format!("https://wallet.univapay.invalid/{}", charge.id),
    };
    let object = object.put("issuer_token", token).put("call_method", &*wallet.call_method);
    if wallet.call_method == "http_post" {
        object.object("payload", &Object::new().put("request_data", &*charge.id))
    } else {
        object
    }
}

pub(in crate::univapay) fn three_ds_issuer_token(
    state: &State,
    call: &Call,
) -> Result<Said, Refusal> {
    let charge = state.charges.get(call.path("id"))?;
    if charge.means.waits() {
        return Err(invalid("id", "ONLY_FOR_CARD_PAYMENT"));
    }
    if charge.status != Status::Awaiting {
        return Err(wrong_status());
    }
    let payload = Object::new().put("resource_id", &*charge.id).put("resource_type", "charge");
    Ok(three_ds::issuer_token(&payload).into())
}

fn wrong_status() -> Refusal {
    invalid("id", "INVALID_CHARGE_STATUS")
}
