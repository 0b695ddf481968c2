//! AppotaPay's error bodies, of four shapes, as one refusal.

use kessai_core::{Error, Json, Refusal};

use crate::errors::{
    CardChargingErrorCode, CardErrorCode, CommonErrorCode, InstallmentErrorCode, PaymentErrorCode,
    PosErrorCode, SubscriptionErrorCode, TransferErrorCode, VirtualAccountErrorCode,
    WalletErrorCode,
};

/// Codes that leave open what was done, in some product at least; the same number may be harmless
/// in another, and is open there too.
///
/// Pending: 34, 35. Busy, undefined or failed, to be looked up: 91, 94, 95, 98, 99, 500. Of cards:
/// a gateway, provider or network that failed or was too late: 7, 68, 73, 76, 81, 101.
const OPEN: [&str; 14] =
    ["7", "34", "35", "68", "73", "76", "81", "91", "94", "95", "98", "99", "101", "500"];

/// The code of a thing whose status is `error` and that says no more.
const FAILED: &str = "error";

/// Reads what AppotaPay says no in, whichever product it is.
pub(crate) fn read(body: &[u8]) -> Option<Refusal> {
    let body = Json::parse(std::str::from_utf8(body).ok()?).ok()?;
    let members = body.members()?;
    // A thing that failed carries its reason inside of it.
    let inner = ["errorInformation", "transaction"].iter().find_map(|name| members.get(*name));
    let inner = inner.and_then(Json::members);
    let of = |names: &[&str]| {
        let places = [Some(&members), inner.as_ref()].into_iter().flatten();
        places.flat_map(|place| names.iter().filter_map(|name| text(place.get(*name)?))).next()
    };
    let code = of(&["errorCode", "error_code", "code"]);
    let code = code.or_else(|| of(&["status"]).filter(|status| status == FAILED))?;
    let message = of(&["message", "errorMessage", "error_message"]);
    let errors = members.get("errors").or_else(|| inner.as_ref()?.get("details"));
    let known = if code == FAILED { Some(FAILED) } else { known(&code) };
    Some(
        Refusal::new(code.as_str())
            .known_as(known)
            .with_doubt(OPEN.contains(&code.as_str()))
            .with_message(message)
            .with_field(errors.and_then(first_field)),
    )
}

/// A text, or a number as it is written.
fn text(value: &Json) -> Option<String> {
    match value.as_str() {
        "null" | "true" | "false" => None,
        text if text.starts_with('"') => value.read().ok().filter(|text: &String| !text.is_empty()),
        text if text.starts_with(['{', '[']) => None,
        number => Some(number.to_owned()),
    }
}

/// What the first of the errors is about; a single one may stand without a list.
fn first_field(errors: &Json) -> Option<String> {
    let list: Vec<Json> = errors.read().unwrap_or_else(|_| vec![errors.clone()]);
    text(list.first()?.members()?.get("field")?)
}

/// The code, if one of the tables has it.
fn known(code: &str) -> Option<&'static str> {
    let tables = [
        CommonErrorCode::KNOWN,
        CardErrorCode::KNOWN,
        PaymentErrorCode::KNOWN,
        InstallmentErrorCode::KNOWN,
        SubscriptionErrorCode::KNOWN,
        TransferErrorCode::KNOWN,
        VirtualAccountErrorCode::KNOWN,
        WalletErrorCode::KNOWN,
        CardChargingErrorCode::KNOWN,
        PosErrorCode::KNOWN,
    ];
    tables.into_iter().flatten().find(|known| **known == code).copied()
}

/// The same number means other things in other products: take the table of the one you called.
macro_rules! of_error {
    ($($code:ident),* $(,)?) => {
        $(impl $code {
            /// The code that AppotaPay refused with, if it refused in its own words. Take it from
            /// errors of the product that this table is of: others have the same numbers.
            #[must_use]
            pub fn of(error: &Error) -> Option<Self> {
                error.refusal().map(|refusal| Self::from(refusal.code()))
            }
        })*
    };
}

of_error!(
    CardChargingErrorCode,
    CardErrorCode,
    CommonErrorCode,
    InstallmentErrorCode,
    PaymentErrorCode,
    PosErrorCode,
    SubscriptionErrorCode,
    TransferErrorCode,
    VirtualAccountErrorCode,
    WalletErrorCode,
);

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(body: &str) -> Refusal {
        read(body.as_bytes()).expect(body)
    }

    #[test]
    fn all_four_shapes_are_read() {
        let shapes = [
            r#"{"errorCode":31,"message":"no","errors":[{"field":"partnerRefId","reason":"x"}]}"#,
            r#"{"code":31,"message":"no"}"#,
            r#"{"error_code":"31","error_message":"no"}"#,
            r#"{"error_code":"31","message":"no","data":{}}"#,
        ];
        for shape in shapes {
            let refusal = refusal(shape);
            assert_eq!((refusal.code(), refusal.message()), ("31", Some("no")), "{shape}");
        }
        assert_eq!(refusal(shapes[0]).field(), Some("partnerRefId"));
    }

    #[test]
    fn the_reason_inside_of_a_thing_that_failed_is_found() {
        let inside = r#"{"refundId":"r","status":"error","errorInformation":{"errorCode":78,"message":"no","details":{"field":"amount"}}}"#;
        assert_eq!((refusal(inside).code(), refusal(inside).field()), ("78", Some("amount")));
        let inside = r#"{"transaction":{"errorCode":33,"errorMessage":"no"}}"#;
        assert_eq!((refusal(inside).code(), refusal(inside).message()), ("33", Some("no")));
        assert_eq!(refusal(r#"{"refundId":"r","status":"error"}"#).code(), "error");
    }

    #[test]
    fn what_is_pending_busy_or_undefined_leaves_the_outcome_open() {
        for code in OPEN {
            assert!(refusal(&format!(r#"{{"errorCode":{code}}}"#)).is_in_doubt(), "{code}");
        }
        for code in ["1", "12", "30", "64", "3002"] {
            assert!(!refusal(&format!(r#"{{"errorCode":{code}}}"#)).is_in_doubt(), "{code}");
        }
    }

    #[test]
    fn what_others_say_is_no_refusal() {
        for body in [
            "",
            "<html>",
            "{}",
            "[]",
            r#"{"errorCode":""}"#,
            r#"{"errorCode":{}}"#,
            r#"{"status":"ok"}"#,
        ] {
            assert_eq!(read(body.as_bytes()), None, "{body}");
        }
    }
}
