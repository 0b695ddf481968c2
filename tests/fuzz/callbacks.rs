//! Any bytes as what AppotaPay posts or a browser brings: nothing is taken that was not signed, nor
//! what was signed as something else.

use std::fmt::Debug;

use kessai_appotapay::Callbacks;
use kessai_appotapay::service_events::{EbillNotification, TransferNotification};
use kessai_core::Rejected;
use kessai_core::encoding::{base64, hex, to_query};
use kessai_core::mac::Tag;
use serde_json::{Value, json};

use super::canonical;
use super::clients::{APPOTAPAY, credentials};
use super::input::{Input, joined};

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let kind = input.byte();
    let callbacks = Callbacks::new(credentials());
    if kind.is_multiple_of(2) {
        packed(&callbacks, kind / 2, &input.text(), &input.text(), input.part());
    } else {
        let (mut one, mut two) = (Vec::new(), Vec::new());
        let members =
            if kind % 4 == 1 { TransferNotification::SIGNED } else { EbillNotification::SIGNED };
        for _ in members {
            one.push(input.text().into_owned());
        }
        for value in &one {
            // Most are the same, so that what is found is about the others.
            let other = input.text();
            two.push(if other.is_empty() { value.clone() } else { other.into_owned() });
        }
        by_members(&callbacks, members, &one, &two);
    }
}

pub fn signed(text: &str) -> String {
    hex(&Tag::of(APPOTAPAY[2].as_bytes(), &[text.as_bytes()]).into_bytes())
}

/// Whether a message was found to be AppotaPay's own, whether or not it reads.
fn is_genuine<T: Debug>(verdict: &Result<T, Rejected>) -> bool {
    let _ = format!("{verdict:?} {verdict:#?}");
    !matches!(verdict, Err(Rejected::NoSignature | Rejected::WrongSignature))
}

/// What each way in makes of a message.
fn posted(callbacks: &Callbacks, which: u8, body: &[u8]) -> bool {
    match which % 4 {
        0 => {
            let told = callbacks.payment(body);
            if let Ok(told) = &told {
                let _ = format!("{:?}", told.saved_card());
            }
            is_genuine(&told)
        }
        1 => is_genuine(&callbacks.installment(body)),
        2 => is_genuine(&callbacks.subscription(body)),
        _ => is_genuine(&callbacks.pos(body)),
    }
}

fn brought(callbacks: &Callbacks, which: u8, query: &str) -> bool {
    match which % 4 {
        0 => is_genuine(&callbacks.payment_return(query)),
        1 => is_genuine(&callbacks.payment_return_in_full(query)),
        2 => is_genuine(&callbacks.plan_return(query)),
        _ => is_genuine(&callbacks.payment_method_return(query)),
    }
}

fn packed(callbacks: &Callbacks, which: u8, data: &str, other: &str, inner: &[u8]) {
    let message = |data: &str, of: &str| {
        json!({ "data": data, "signature": signed(of), "time": 1 }).to_string()
    };
    for data in [data, &base64(inner)] {
        assert!(posted(callbacks, which, message(data, data).as_bytes()), "it is signed: {data}");
        let query =
            format!("data={}&signature={}&{}", to_query(data), signed(data), to_query(other));
        assert!(brought(callbacks, which, &query), "it is signed: {query}");
        if other != data {
            assert!(!posted(callbacks, which, message(other, data).as_bytes()));
            // Whatever stands before it in the query: the first of a name counts.
            let query = format!("{other}&data={}&signature={}", to_query(data), signed(data));
            let first = super::queries::first(query.trim_start_matches('?'), "data");
            let is_taken = brought(callbacks, which, &query);
            assert!(!is_taken || first.as_deref() == Some(data), "{query}");
        }
    }
    assert!(!posted(callbacks, which, data.as_bytes()), "nobody signed it: {data}");
    assert!(!brought(callbacks, which, data), "nobody signed it: {data}");
    assert!(!is_genuine(&callbacks.transfer(data.as_bytes())));
    assert!(!is_genuine(&callbacks.ebill(data.as_bytes())));
}

/// A message whose signed members have these values.
fn message(members: &[&str], values: &[String], signature: &str) -> String {
    let mut message = json!({ "signature": signature });
    for (member, value) in members.iter().zip(values) {
        let pointer = format!("/{}", member.replace('.', "/"));
        if let Some((outer, _)) = member.split_once('.')
            && message[outer].is_null()
        {
            message[outer] = json!({});
        }
        let (place, name) = pointer.rsplit_once('/').expect("a slash");
        message.pointer_mut(place).expect("it was put there")[name] = Value::from(value.as_str());
    }
    message.to_string()
}

fn by_members(callbacks: &Callbacks, members: &[&str], one: &[String], two: &[String]) {
    let is_taken = |values: &[String], signature: &str| {
        let message = message(members, values, signature);
        if members == TransferNotification::SIGNED {
            is_genuine(&callbacks.transfer(message.as_bytes()))
        } else {
            is_genuine(&callbacks.ebill(message.as_bytes()))
        }
    };
    let text = |values: &[String]| canonical::joined(members, values);
    let signature = signed(&text(one));
    let names: Vec<_> = members.iter().map(|it| canonical::last(it)).collect();
    let holds_name = |value: &String| names.iter().any(|name| value.contains(&format!("&{name}=")));
    if !one.iter().any(holds_name) {
        assert!(is_taken(one, &signature), "it is signed: {one:?}");
    }
    // Two messages may come to one text; at most one of them may be taken.
    if one != two {
        let both = is_taken(one, &signature) && is_taken(two, &signature);
        assert!(!both, "one signature for {one:?} and {two:?}");
        assert!(!is_taken(two, &signature) || text(one) == text(two));
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let inner =
        br#"{"transaction":{"orderId":"O-1","amount":50000},"event":"refund.done","data":{}}"#;
    let packed = (0..4).map(|which: u8| joined(&[which * 2], &[b"e30=", b"data=e30&x", inner]));
    let of = |kind: u8, members: usize| {
        let values: Vec<String> = (0..members * 2).map(|at| format!("{at}")).collect();
        joined(&[kind], &values.iter().map(String::as_bytes).collect::<Vec<_>>())
    };
    let by_members = [(1, TransferNotification::SIGNED), (3, EbillNotification::SIGNED)];
    let collision: [&[u8]; 9] =
        [b"1&appotapayTransId=2", b"3", b"", b"", b"", b"", b"", b"1", b"2&appotapayTransId=3"];
    packed
        .chain(by_members.map(|(kind, members)| of(kind, members.len())))
        .chain([joined(&[1], &collision)])
        .collect()
}
