//! Where customers go through 3-D Secure.

use crate::object::Object;

/// The form that the browser sends, with these fields.
pub(super) fn issuer_token(payload: &Object) -> Object {
    Object::new()
        .put("payment_type", "card")
        .put("issuer_token", "https://3ds.univapay.invalid/issuer_token")
        .put("call_method", "http_post")
        .object("payload", payload)
        .put("content_type", "application/x-www-form-urlencoded; charset=UTF-8")
}
