//! Which operation goes where.

use std::borrow::Cow;

use super::base::{self, Base};
use crate::engine::Speech;
use crate::operation::Operation;

/// The addresses that operations go to.
#[derive(Clone)]
pub(super) struct Hosts {
    /// Where they go that name no server.
    base: String,
    /// Whether `base` was chosen by the caller: then it stands for every server, so that a client
    /// that is pointed at a sandbox reaches nothing else.
    everywhere: bool,
    /// Where they go that name one of these servers.
    others: Vec<(&'static str, String)>,
}

impl Hosts {
    /// Takes the addresses, or says what is wrong with one of them.
    pub(super) fn new(
        base_url: &str,
        everywhere: bool,
        servers: &[(&'static str, String)],
    ) -> Result<(Self, Speech), &'static str> {
        let base = base::parse(base_url)?;
        let mut speech = Speech { plain: !base.encrypted, encrypted: base.encrypted };
        let mut others = Vec::new();
        for (server, url) in servers {
            let Base { url, encrypted } = base::parse(url)?;
            speech.plain |= !encrypted;
            speech.encrypted |= encrypted;
            others.push((*server, url));
        }
        Ok((Self { base: base.url, everywhere, others }, speech))
    }

    /// Where they go that name no server.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Where `operation` goes.
    pub(super) fn of(&self, operation: &Operation) -> Result<Cow<'_, str>, &'static str> {
        let Some(server) = operation.server() else { return Ok(Cow::Borrowed(&self.base)) };
        // The last word counts, as with every setting.
        let other = self.others.iter().rev().find(|(known, _)| *known == server);
        match other {
            Some((_, url)) => Ok(Cow::Borrowed(url)),
            None if self.everywhere => Ok(Cow::Borrowed(&self.base)),
            None => base::parse(server).map(|base| Cow::Owned(base.url)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::{self, NoKey, answer};
    use crate::{Call, Operation, Outcome, Transport, TransportBuilder};

    const DEBIT: &str = "https://debit.example.com";

    static LIST: Operation = Operation::get("list_charges", "/charges");
    static DEBITS: Operation = Operation::get("list_debits", "/debits").at(DEBIT);
    static PAYOUTS: Operation =
        Operation::get("list_payouts", "/payouts").at("https://payouts.example.com");

    /// Where the three operations go.
    async fn reached(set_up: fn(TransportBuilder) -> TransportBuilder) -> Vec<String> {
        let (builder, sent) = fake::builder(|_| answer(200, "[]"));
        let transport = set_up(builder).build(NoKey).expect("a transport");
        for operation in [&LIST, &DEBITS, &PAYOUTS] {
            Call::<()>::new(&transport, operation).await.expect("an answer");
        }
        sent.uris()
    }

    #[tokio::test]
    async fn an_operation_goes_where_the_provider_has_it() {
        let uris = [
            "https://api.example.com/charges",
            "https://debit.example.com/debits",
            "https://payouts.example.com/payouts",
        ];
        assert_eq!(reached(|builder| builder).await, uris);
    }

    #[tokio::test]
    async fn a_client_that_is_pointed_at_a_sandbox_reaches_nothing_else() {
        let here = |port: &str| ["charges", "debits", "payouts"].map(|it| format!("{port}/{it}"));
        let uris = reached(|builder| builder.base_url("http://127.0.0.1:1/")).await;
        assert_eq!(uris, here("http://127.0.0.1:1"));

        let uris = reached(|builder| {
            builder.server_url(DEBIT, "http://[::1]:2").base_url("http://127.0.0.1:1")
        });
        let uris = uris.await;
        assert_eq!(uris[1], "http://[::1]:2/debits");
        assert_eq!(
            [&uris[0], &uris[2]],
            [&here("http://127.0.0.1:1")[0], &here("http://127.0.0.1:1")[2]]
        );
    }

    #[tokio::test]
    async fn one_server_is_replaced_by_itself() {
        let uris = reached(|builder| {
            builder
                .server_url(DEBIT, "http://localhost:1")
                .server_url(DEBIT, "http://localhost:2/x/")
        });
        let uris = uris.await;
        assert_eq!(
            uris,
            [
                "https://api.example.com/charges",
                "http://localhost:2/x/debits",
                "https://payouts.example.com/payouts",
            ]
        );
    }

    #[test]
    fn every_address_is_one_that_keys_may_be_sent_to() {
        for url in ["http://debit.example.com", "https://a:b@debit.example.com", "nowhere", ""] {
            let (builder, _) = fake::builder(|_| answer(200, "[]"));
            let error = builder.server_url(DEBIT, url).build(NoKey).expect_err(url);
            assert_eq!(error.outcome(), Outcome::NotSent, "{url}");
        }
    }

    #[tokio::test]
    async fn an_operation_is_not_sent_to_a_server_that_no_key_may_be_sent_to() {
        static CLEAR: Operation = Operation::get("list", "/").at("http://debit.example.com");
        let (transport, sent) = fake::transport(|_| answer(200, "[]"));
        let error = Call::<()>::new(&transport, &CLEAR).await.expect_err("no TLS");
        assert_eq!((error.outcome(), sent.uris().len()), (Outcome::NotSent, 0));
    }

    #[test]
    fn the_engine_speaks_what_any_of_the_addresses_asks_for() {
        let speech = |base: &str, debit: &str| {
            Hosts::new(base, true, &[(DEBIT, debit.to_owned())]).map(|(_, speech)| speech)
        };
        let (here, there) = ("http://127.0.0.1:1", "https://api.example.com");
        let both = Speech { plain: true, encrypted: true };
        assert_eq!(speech(here, here), Ok(Speech { plain: true, encrypted: false }));
        assert_eq!([speech(here, there), speech(there, here)], [Ok(both), Ok(both)]);
    }

    #[test]
    fn other_servers_are_not_printed() {
        let (builder, _) = fake::builder(|_| answer(200, "[]"));
        let builder = builder.server_url(DEBIT, "https://secret.example.com");
        let printed = format!("{builder:?}");
        let transport: Transport = builder.build(NoKey).expect("a transport");
        assert!(!format!("{printed}{transport:?}").contains("secret"));
    }
}
