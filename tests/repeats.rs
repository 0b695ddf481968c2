//! Calls that are sent again: by whoever made them, with the key by which the provider recognises
//! it, and by themselves, where that is safe.

use kessai_core::http::HeaderMap;
use kessai_core::{Call, Operation, Outcome, Provider, Sign, SignError, Transport, Unsigned};

use crate::example::Arguments;
use crate::script::{Act, Script, answer};

mod cancelled;
mod model;
pub mod play;
mod rules;

static SMALL: Provider = Provider::new("small", "kessai-small/1", |_, _| None);
static CREATE: Operation =
    Operation::post("create_charge", "/charges").idempotent("Idempotency-Key");

struct NoKey;

impl Sign for NoKey {
    fn sign(&self, _: &Unsigned<'_>, _: &mut HeaderMap) -> Result<(), SignError> {
        Ok(())
    }
}

fn transport(base_url: &str) -> Transport {
    Transport::builder(&SMALL, base_url).build(NoKey).expect("a transport")
}

/// The keys that were sent.
fn keys(script: &Script) -> Vec<String> {
    let requests = script.requests();
    let heads = requests.iter().map(|request| String::from_utf8_lossy(request).to_lowercase());
    let line = |head: String| {
        head.lines().find_map(|line| line.strip_prefix("idempotency-key: ").map(ToOwned::to_owned))
    };
    heads.map(|head| line(head).expect("a key")).collect()
}

#[tokio::test]
async fn a_call_whose_outcome_is_unknown_is_sent_again_with_the_key_of_its_error() {
    let script = Script::start([vec![Act::Read], answer(204, &[], "")]).await;
    let transport = transport(&script.base_url());
    let create = || Call::<()>::new(&transport, &CREATE).json(&["A-1"]);

    let error = create().await.expect_err("it is closed unanswered");
    assert_eq!(error.outcome(), Outcome::Unknown);
    let key = error.idempotency_key().expect("a key");
    let response = create().idempotency_key(key).send().await.expect("an answer");

    assert_eq!(response.idempotency_key(), Some(key));
    assert_eq!(keys(&script), [key, key]);
    let requests = script.requests();
    assert_eq!(requests[0], requests[1], "byte for byte the same");
}

#[tokio::test]
async fn a_key_of_ones_own_is_sent_as_it_is() {
    let script = Script::start([answer(204, &[], "")]).await;
    let transport = transport(&script.base_url());
    let call = Call::<()>::new(&transport, &CREATE).idempotency_key(Arguments::KEY);
    call.await.expect("an answer");
    assert_eq!(keys(&script), [Arguments::KEY]);
}
