//! Walks whose pages are really asked for.

use crate::fake::{self, answer};
use crate::{Call, Id, Items, Operation};

static LIST: Operation = Operation::get("list_refunds", "/refunds");

#[derive(Debug)]
struct Refund {
    id: Id<Refund>,
}

#[derive(Debug)]
struct RefundPage {
    items: Vec<Refund>,
    has_more: Option<bool>,
    next_cursor: Option<String>,
}

crate::object!(Refund, [(id, "id", required)]);
crate::object!(
    RefundPage,
    [(items, "items", required), (has_more, "has_more"), (next_cursor, "next_cursor"),]
);
crate::page!(RefundPage, [items: Refund by id, more: has_more, next: next_cursor]);

#[tokio::test]
async fn each_page_is_asked_for_with_the_cursor_of_the_page_before() {
    let pages = |query: Option<&str>| match query {
        None => r#"{"items":[{"id":"a"},{"id":"b"}],"has_more":true,"next_cursor":"x"}"#,
        Some("cursor=x") => r#"{"items":[{"id":"b"},{"id":"c"}],"has_more":true}"#,
        Some("cursor=c") => r#"{"items":[{"id":"d"}],"has_more":false,"next_cursor":"y"}"#,
        Some(other) => panic!("nobody said {other}"),
    };
    let (transport, sent) =
        fake::transport(move |request| answer(200, pages(request.uri().query())));
    let ask = |cursor: Option<&str>| {
        let cursor = cursor.map(ToOwned::to_owned);
        Call::new(&transport, &LIST).query("cursor", &cursor)
    };
    let walk = |from| Items::<RefundPage>::by_cursor(&transport, &LIST, from, ask);
    let ids = |items: Vec<Refund>| -> Vec<String> {
        items.iter().map(|item| item.id.to_string()).collect()
    };

    assert_eq!(ids(walk(None).into_vec().await.expect("all")), ["a", "b", "c", "d"]);
    assert_eq!(sent.requests().len(), 3);
    assert_eq!(ids(walk(Some("c")).into_vec().await.expect("the rest")), ["d"]);
    assert_eq!(format!("{:?}", walk(None)), r#"Items("list_refunds")"#);
}

#[tokio::test]
async fn a_walk_ends_with_an_error_where_the_list_does_not_advance() {
    let (transport, sent) = fake::transport(|_| answer(200, r#"{"items":[{"id":"a"}]}"#));
    let ask = |_: Option<&str>| Call::new(&transport, &LIST);
    let mut items = Items::<RefundPage>::by_cursor(&transport, &LIST, None, ask);
    assert!(items.next().await.is_some_and(|item| item.is_ok()));
    let endless = items.next().await.expect("an error").expect_err("the same page again");
    assert!(endless.to_string().ends_with("page after page without anything new"), "{endless}");
    assert!(items.next().await.is_none(), "and nothing after it");
    assert_eq!(sent.requests().len(), 2);
}
