//! Card readers, and charges on them.

use kessai_sandbox::{Sandbox, elepay::LeverError};
use serde_json::{Value, json};

use crate::charges::order;
use crate::http::{call, code, kinds, no, ok, text};

#[tokio::test]
async fn a_reader_is_paired_takes_a_payment_and_is_deleted() {
    let sandbox = Sandbox::start().await.unwrap();
    let elepay = sandbox.elepay();
    let places = ok(&sandbox, "GET", "/terminal/locations", Value::Null).await;
    assert_eq!(places["locations"].as_array().unwrap().len(), 2);
    let nowhere = json!({ "locationId": "tloc_no" });
    let refused = no(&sandbox, "POST", "/terminal/readers", nowhere).await;
    assert_eq!(refused, code("M002003", "locationId"));
    let body = json!({ "locationId": places["locations"][0]["id"], "metadata": { "till": "1" } });
    let made = call(&sandbox, "POST", "/terminal/readers", body).await;
    assert_eq!((made.status, &made.body["status"]), (200, &json!("pending")));
    assert!(made.body["registrationCode"].is_string());

    let on =
        |id: &str| json!({ "resource": "reader", "extra": { "readerId": id }, "capture": false });
    let unready = no(&sandbox, "POST", "/charges", order("A-1", on(made.id()))).await;
    assert_eq!(unready, code("M002012", "extra.readerId"));
    let unknown = no(&sandbox, "POST", "/charges", order("A-1", on("rdr_no"))).await;
    assert_eq!(unknown, code("M002012", "extra.readerId"));

    elepay.pair_reader(made.id()).unwrap();
    assert_eq!(elepay.pair_reader(made.id()), Err(LeverError::WrongStatus));
    let one = format!("/terminal/readers/{}", made.id());
    let paired = ok(&sandbox, "GET", &one, Value::Null).await;
    assert_eq!((&paired["status"], &paired["registrationCode"]), (&json!("active"), &Value::Null));
    assert!(paired["serialNumber"].is_string());

    let charge = ok(&sandbox, "POST", "/charges", order("A-1", on(made.id()))).await;
    assert_eq!(charge["status"], "pending", "the card is not there yet");
    let revoke = format!("/charges/{}/revoke", text(&charge, "id"));
    assert_eq!(no(&sandbox, "POST", &revoke, Value::Null).await, code("M006005", ""));
    elepay.pay(text(&charge, "id")).unwrap();
    assert_eq!(elepay.ledger().reference("A-1")[0].status, "uncaptured");
    assert_eq!(kinds(&sandbox), ["reader.activated"]);

    let page = ok(&sandbox, "GET", "/terminal/readers", Value::Null).await;
    assert_eq!(page, json!({ "total": 1, "readers": [paired] }));
    assert_eq!(call(&sandbox, "DELETE", &one, Value::Null).await.status, 204);
    assert_eq!(no(&sandbox, "DELETE", &one, Value::Null).await, code("M002003", ""));
    assert_eq!(elepay.pair_reader(made.id()), Err(LeverError::NotFound));
}
