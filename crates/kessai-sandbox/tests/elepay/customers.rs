//! People who pay more than once.

use kessai_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::charges::order;
use crate::http::{call, code, no, ok, text};
use crate::sources::kept;

/// The names that a query finds.
async fn found(sandbox: &Sandbox, query: &str) -> String {
    let page = ok(sandbox, "GET", &format!("/customers?{query}"), Value::Null).await;
    let names = page["customers"].as_array().unwrap().iter();
    names.map(|customer| text(customer, "name")).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_customer_is_created_changed_and_deleted() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({ "name": "Aoi", "email": "aoi@mail.example", "metadata": { "no": "7" } });
    let made = call(&sandbox, "POST", "/customers", body).await;
    assert_eq!((made.status, &made.body["status"]), (201, &json!("active")));
    let one = format!("/customers/{}", made.id());
    assert_eq!(ok(&sandbox, "GET", &one, Value::Null).await, made.body);

    let changed = ok(&sandbox, "POST", &one, json!({ "phone": "090", "metadata": {} })).await;
    assert_eq!(changed["name"], "Aoi", "what is left out stays");
    assert_eq!((&changed["phone"], &changed["metadata"]), (&json!("090"), &json!({})));

    assert_eq!(call(&sandbox, "DELETE", &one, Value::Null).await.status, 204);
    assert_eq!(ok(&sandbox, "GET", &one, Value::Null).await["status"], "deleted");
    assert_eq!(found(&sandbox, "").await, "");
    assert_eq!(no(&sandbox, "DELETE", &one, Value::Null).await, code("M006002", ""));
    assert_eq!(no(&sandbox, "POST", &one, json!({})).await, code("M002003", ""));
    assert_eq!(no(&sandbox, "GET", "/customers/cus_no", Value::Null).await, code("M002003", ""));
}

#[tokio::test]
async fn a_keyword_finds_names_descriptions_and_ways_to_reach_somebody() {
    let sandbox = Sandbox::start().await.unwrap();
    let customers = [
        json!({ "name": "Aoi", "email": "tea@mail.example" }),
        json!({ "name": "Ren", "description": "Likes TEA" }),
        json!({ "name": "Mio", "phone": "0312", "remark": "tea" }),
    ];
    for customer in customers {
        ok(&sandbox, "POST", "/customers", customer).await;
    }
    assert_eq!(found(&sandbox, "").await, "Mio Ren Aoi");
    assert_eq!(found(&sandbox, "keyword=Tea").await, "Ren Aoi");
    assert_eq!(found(&sandbox, "keyword=031").await, "Mio");
    assert_eq!(found(&sandbox, "limit=1&offset=1").await, "Ren");
    let refused = no(&sandbox, "GET", "/customers?limit=-1", Value::Null).await;
    assert_eq!(refused, code("M002002", "limit"));
}

#[tokio::test]
async fn a_deleted_customer_pays_no_more() {
    let sandbox = Sandbox::start().await.unwrap();
    let (customer, source) = kept(&sandbox, "creditcard").await;
    let one = format!("/customers/{customer}");
    ok(&sandbox, "DELETE", &one, Value::Null).await;

    let status = ok(&sandbox, "GET", &format!("/sources/{source}/status"), Value::Null).await;
    assert_eq!(status["status"], "deleted");
    let last = sandbox.elepay().events().pop().unwrap();
    assert_eq!(last.kind(), "source.inactivated");
    let body = order("A-1", json!({ "sourceId": source }));
    assert_eq!(no(&sandbox, "POST", "/charges", body).await, code("M002003", "sourceId"));
    let body = order("A-1", json!({ "customerId": customer }));
    assert_eq!(no(&sandbox, "POST", "/charges", body).await, code("M002003", "customerId"));
    let body = json!({ "paymentMethod": "paypay", "resource": "web" });
    let refused = no(&sandbox, "POST", &format!("{one}/sources"), body).await;
    assert_eq!(refused, code("M002003", ""));
    for (target, more) in [("/subscriptions", json!({})), ("/invoices", json!({ "amount": 1 }))] {
        let mut body = more;
        body["customerId"] = customer.as_str().into();
        assert_eq!(no(&sandbox, "POST", target, body).await, code("M002003", "customerId"));
    }
}
