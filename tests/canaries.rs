//! Nothing that may not be printed is printed, of any type of any provider.
//!
//! `tests/secrecy.rs` looks closely at clients, calls and errors; this looks at every answer and
//! every request body, with a canary in each place that the specification calls secret, in each
//! that holds any JSON, and in members of answers that are newer than the crate; and at errors and
//! messages such as webhooks. What the tests read is also printed and searched; see `example::written`.

use crate::example::CANARY;
use crate::provider::PROVIDERS;

#[test]
fn no_answer_and_no_request_prints_what_is_secret() {
    for provider in PROVIDERS {
        let document = provider.document();
        let mut hidden = 0;
        for operation in provider.operations {
            for (schema, read, newer) in [
                (document.answer(operation), provider.read_answer, CANARY),
                (document.request(operation), provider.read_request, ""),
            ] {
                let Some(schema) = schema else { continue };
                let mut body = document.filled(schema, CANARY, newer);
                if newer.is_empty() {
                    document.drop_signature(operation, &mut body);
                }
                let text = body.to_string();
                let written = read(operation, text.as_bytes());
                let written = written.unwrap_or_else(|error| panic!("{operation}: {error}"));
                // Hidden, not lost: what is sent is written out again.
                if text.contains(CANARY) {
                    assert!(written.to_string().contains(CANARY), "{operation}");
                    hidden += text.matches(CANARY).count();
                }
            }
        }
        let messages = provider.messages.iter().map(|message| (message.schema, message.read));
        for (schema, read) in messages.chain([(provider.error, provider.read_error)]) {
            let body = document.filled(document.schema(schema), CANARY, CANARY).to_string();
            let written = read(body.as_bytes());
            assert!(written.is_ok_and(|it| it.to_string().contains(CANARY)), "{schema}");
        }
        assert!(hidden > 20, "{}: {hidden} canaries", provider.name);
    }
}
