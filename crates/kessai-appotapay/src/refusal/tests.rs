//! What counts as a no, and which no is certain.

use super::*;

static CHARGE: Operation = Operation::post("create_card_charge", "/credit-card/charge");
static REFUND: Operation = Operation::post("create_card_refund", "/credit-card/refund");
static ORDER: Operation = Operation::post("create_payment", "/api/v2/orders/payment");
static WALLET: Operation = Operation::post("create_wallet_payment", "/api/v2/ewallet/payment");
static LOGIN: Operation = Operation::post("unlink_wallet", "/api/v1/users/app/destroy").keys(&[]);
static TRANSFER: Operation = Operation::post("make_transfer", "/api/v1/service/transfer/make");
static TOPUP: Operation = Operation::post("create_topup", "/api/v2/service/topup/charging");
static EBILL: Operation = Operation::post("create_ebill", "/api/v1/service/ebill/create");
static CARD: Operation = Operation::post("create_card_charging", "/v1/services/card_charging");
static TERMINAL: Operation =
    Operation::post("create_pos_payment", "/api/v2/partner/orders/payment/create");
static PLAN: Operation = Operation::post("create_plan", "/api/v1/subs/plans");

fn refusal(operation: &Operation, body: &str) -> Refusal {
    read(operation, body.as_bytes()).expect(body)
}

/// Whether a code is a certain no.
fn is_certain(operation: &Operation, code: &str) -> bool {
    !refusal(operation, &format!(r#"{{"errorCode":"{code}"}}"#)).is_in_doubt()
}

#[test]
fn all_four_shapes_are_read() {
    let shapes = [
        (&ORDER, r#"{"errorCode":31,"message":"no","errors":[{"field":"a","reason":"x"}]}"#),
        (&LOGIN, r#"{"code":31,"message":"no"}"#),
        (&TERMINAL, r#"{"error_code":"31","error_message":"no"}"#),
        (&CARD, r#"{"error_code":"31","message":"no","data":{}}"#),
    ];
    for (operation, shape) in shapes {
        let refusal = refusal(operation, shape);
        assert_eq!((refusal.code(), refusal.message()), ("31", Some("no")), "{shape}");
    }
    assert_eq!(refusal(shapes[0].0, shapes[0].1).field(), Some("a"));
}

#[test]
fn the_reason_inside_of_a_thing_that_failed_comes_first() {
    let inside = r#"{"refundId":"r","status":"error","errorInformation":{"errorCode":78,"message":"no","details":{"field":"amount"}}}"#;
    let refused = refusal(&REFUND, inside);
    assert_eq!(
        (refused.code(), refused.field(), refused.is_in_doubt()),
        ("78", Some("amount"), false)
    );
    let late = inside.replace("78", "81");
    assert!(refusal(&REFUND, &late).is_in_doubt(), "a provider that was too late may have gone on");
    let inside = r#"{"transaction":{"errorCode":33,"errorMessage":"no"}}"#;
    assert_eq!(refusal(&ORDER, inside).message(), Some("no"));
    let bare = refusal(&REFUND, r#"{"refundId":"r","status":"error"}"#);
    assert_eq!((bare.code(), bare.is_in_doubt()), ("error", true), "it says no more than 9 does");
}

#[test]
fn a_no_that_is_contradicted_is_not_certain() {
    for (certain, code) in [
        (r#"{"transaction":{"errorCode":32}}"#, "32"),
        (r#"{"errorCode":32,"transaction":{"errorCode":32,"status":"error"}}"#, "32"),
        (r#"{"errorCode":32,"status":"ERROR","transaction":{"status":null}}"#, "32"),
    ] {
        let refused = refusal(&ORDER, certain);
        assert_eq!((refused.code(), refused.is_in_doubt()), (code, false), "{certain}");
    }
    for open in [
        r#"{"errorCode":35,"message":"pending","transaction":{"errorCode":32}}"#,
        r#"{"errorCode":500,"transaction":{"errorCode":32}}"#,
        r#"{"errorCode":0,"transaction":{"errorCode":32}}"#,
        r#"{"errorCode":32,"transaction":{"errorCode":35}}"#,
        r#"{"errorCode":32,"error_code":"99"}"#,
        r#"{"errorCode":32,"transaction":{"status":"pending"}}"#,
        r#"{"errorCode":32,"status":"processing"}"#,
        r#"{"errorCode":32,"status":true}"#,
    ] {
        assert!(refusal(&ORDER, open).is_in_doubt(), "{open}");
    }
    // It goes by the no, wherever the success stands.
    for (outside, inside) in [(0, 32), (32, 0)] {
        let both = format!(r#"{{"errorCode":{outside},"transaction":{{"errorCode":{inside}}}}}"#);
        let refused = refusal(&ORDER, &both);
        assert_eq!((refused.code(), refused.is_in_doubt()), ("32", true), "{both}");
    }
    let paid = r#"{"transactionId":"t","status":"success","errorCode":"64"}"#;
    assert!(refusal(&CHARGE, paid).is_in_doubt());
    let held = r#"{"id":"c","status":"AUTHORIZED","errorInformation":{"errorCode":64}}"#;
    assert!(refusal(&CHARGE, held).is_in_doubt());
    let zero =
        r#"{"refundId":"r","status":"error","errorCode":0,"errorInformation":{"errorCode":78}}"#;
    assert!(refusal(&REFUND, zero).is_in_doubt());
}

#[test]
fn a_login_moves_no_money_and_may_fail_all_the_same() {
    for (code, doubt) in [(31, false), (4711, false), (200, true), (0, true), (500, true)] {
        let refused = refusal(&LOGIN, &format!(r#"{{"code":{code}}}"#));
        assert_eq!(refused.is_in_doubt(), doubt, "{code}");
    }
}

#[test]
fn a_success_is_never_a_certain_no() {
    for operation in
        [&CHARGE, &REFUND, &ORDER, &WALLET, &TRANSFER, &TOPUP, &EBILL, &CARD, &TERMINAL]
    {
        for code in ["0", "00"] {
            assert!(!is_certain(operation, code), "{code} of {}", operation.name());
        }
    }
}

#[test]
fn the_same_number_is_judged_by_its_product() {
    for (operation, certain, open) in [
        (
            &CHARGE,
            &["4", "64", "94", "95", "98", "103", "119"][..],
            &["7", "9", "25", "35", "44", "66", "81", "91", "99", "113", "500", "4711"][..],
        ),
        (&ORDER, &["30", "31", "140"], &["35", "99", "500", "33"]),
        (&WALLET, &["21", "33", "41", "75"], &["34", "91", "94", "99", "500"]),
        (
            &TRANSFER,
            &["12", "31", "161"],
            &["33", "35", "40", "41", "60", "91", "99", "103", "170", "2004"],
        ),
        (
            &TOPUP,
            &["1", "2", "11", "13", "14", "92", "401"],
            &["12", "23", "31", "33", "36", "42", "60", "99"],
        ),
        (&EBILL, &["150", "201"], &["91", "94", "99"]),
        (&CARD, &["34", "35", "39"], &["1", "91", "95", "98", "99", "500"]),
        (&TERMINAL, &["1", "38"], &["31", "132", "250", "256", "3131", "34"]),
        (&PLAN, &["3002", "3003"], &["3049", "4711"]),
    ] {
        for code in certain {
            assert!(is_certain(operation, code), "{code} of {}", operation.name());
        }
        for code in open {
            assert!(!is_certain(operation, code), "{code} of {}", operation.name());
        }
    }
}

#[test]
fn a_look_up_does_nothing_whatever_it_tells() {
    static LOOK: Operation =
        Operation::get("get_transfer", "/api/v1/service/transfer/transaction/{partnerRefId}");
    for code in ["33", "35", "36", "99"] {
        assert!(is_certain(&LOOK, code), "{code}");
    }
    assert!(!is_certain(&LOOK, "4711"));
}

#[test]
fn a_login_moves_no_money_whatever_it_is_refused_with() {
    for code in ["31", "4711"] {
        assert!(!refusal(&LOGIN, &format!(r#"{{"code":{code}}}"#)).is_in_doubt(), "{code}");
    }
}

#[test]
fn every_certain_code_is_one_of_its_table_and_no_success() {
    for product in [
        &CARDS,
        &PAYMENTS,
        &WALLETS,
        &SUBSCRIPTIONS,
        &TRANSFERS,
        &SERVICES,
        &VIRTUAL_ACCOUNTS,
        &CARD_CHARGING,
        &TERMINALS,
        &OTHERS,
    ] {
        for code in product.certain {
            assert!(product.known(code).is_some(), "{code}");
            assert!(!["0", "00", "99", "500"].contains(code), "{code}");
        }
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
        r#"{"status":"error"}"#,
        r#"{"code":"ECONNRESET"}"#,
        r#"{"code":502}"#,
        r#"{"errorCode":1,"errorCode":2}"#,
    ] {
        assert_eq!(read(&CHARGE, body.as_bytes()), None, "{body}");
    }
}
