//! How connections are made: through which proxy, by which certificates, in whose name.

use std::sync::Arc;

use kessai_elepay::{Client, ClientBuilder, Network, Outcome, Proxy, SecretKey};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::clock::Sleepless;
use crate::outcomes::{CHARGE, get};
use crate::script::{Act, Script, answer, head, message};
use crate::univapay;

/// Valid for a hundred years, and trusted by nobody but these tests.
const ROOT: &[u8] = include_bytes!("network/root.pem");

fn builder() -> ClientBuilder {
    let key = SecretKey::new("sk_test_kanarievogel").expect("a secret key");
    Client::builder(key).clock(Sleepless)
}

fn through(proxy: &str) -> Network {
    Network { proxy: Proxy::Through(proxy.into()), ..Network::default() }
}

/// A server that speaks TLS and answers everything with a charge.
async fn https() -> String {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("network/server.pem"));
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("network/server.key"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.expect("a certificate")], key.expect("a key"))
        .expect("they belong together");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = [0; 4096];
            if stream.read(&mut request).await.is_ok_and(|count| count > 0) {
                let answer = message(200, &[("connection", "close")], CHARGE);
                let _ = stream.write_all(&answer).await;
                let _ = stream.shutdown().await;
            }
        }
    });
    format!("https://{address}")
}

#[tokio::test]
async fn a_certificate_is_trusted_by_an_extra_root_and_not_without() {
    let url = https().await;
    let stranger = builder().base_url(&url).build().expect("a client");
    let error = get(&stranger).await.expect_err("nobody knows it");
    assert_eq!((error.outcome(), error.is_connect()), (Outcome::NotSent, true), "{error}");

    let network = Network { extra_roots: ROOT.to_vec(), ..Network::default() };
    let friend = builder().base_url(&url).network(network).build().expect("a client");
    get(&friend).await.expect("a charge");
}

#[tokio::test]
async fn a_name_that_is_not_in_the_certificate_is_not_spoken_to() {
    let url = https().await.replace("127.0.0.1", "localhost");
    let network = Network { extra_roots: ROOT.to_vec(), ..Network::default() };
    let client = builder().base_url(&url).network(network).build().expect("a client");
    let error = get(&client).await.expect_err("it is another's");
    assert_eq!((error.outcome(), error.is_connect()), (Outcome::NotSent, true), "{error}");
}

#[tokio::test]
async fn a_proxy_that_refuses_hears_no_key_and_nothing_was_sent() {
    let refused = || vec![Act::Read, Act::Write(head(403, &[("content-length", "0")]))];
    let script = Script::start([refused(), refused(), refused()]).await;
    let proxy = script.base_url().replace("http://", "http://me:kanarienpass@");
    let client = builder().network(through(&proxy)).build().expect("a client");
    let error = get(&client).await.expect_err("the proxy refuses");
    assert_eq!((error.outcome(), error.is_connect()), (Outcome::NotSent, true), "{error}");
    assert_eq!(script.requests().len(), 3);
    let heard = String::from_utf8(script.heard()).expect("text").to_lowercase();
    assert!(heard.starts_with("connect api.elepay.io:443 "), "{heard}");
    assert!(heard.contains("proxy-authorization: basic "), "{heard}");
    assert!(!heard.contains("sk_test") && !heard.contains("get /"), "{heard}");
    let source = std::error::Error::source(&error).map(ToString::to_string);
    let printed = format!("{error} {error:?} {source:?} {client:?} {:?}", through(&proxy));
    assert!(!printed.contains("kanarie"), "{printed}");
}

#[tokio::test]
async fn what_goes_to_loopback_goes_through_no_proxy() {
    let proxy = Script::start([]).await;
    let script = Script::start([answer(200, &[], CHARGE)]).await;
    let builder = builder().base_url(&script.base_url()).network(through(&proxy.base_url()));
    get(&builder.build().expect("a client")).await.expect("a charge");
    assert_eq!((script.requests().len(), proxy.connections()), (1, 0));
}

#[tokio::test]
async fn a_client_adds_the_name_of_its_program() {
    let script = Script::start([answer(200, &[], CHARGE)]).await;
    let builder = builder().base_url(&script.base_url()).user_agent("shop/1.2 (test)");
    get(&builder.build().expect("a client")).await.expect("a charge");
    let sent = String::from_utf8(script.requests().concat()).expect("text");
    let name = concat!("\r\nuser-agent: kessai-elepay/", env!("CARGO_PKG_VERSION"));
    assert!(sent.contains(&format!("{name} shop/1.2 (test)\r\n")), "{sent}");
}

#[tokio::test]
async fn connections_are_kept_as_many_as_is_said() {
    let kept = || [Act::Read, Act::Write(message(200, &[], CHARGE))];
    for (idle_connections, connections) in [(1, 1), (0, 2)] {
        let script = Script::start([[kept(), kept()].concat(), kept().to_vec()]).await;
        let network = Network { idle_connections, ..Network::default() };
        let builder = builder().base_url(&script.base_url()).network(network);
        let client = builder.build().expect("a client");
        for _ in 0..2 {
            get(&client).await.expect("a charge");
        }
        assert_eq!(script.connections(), connections, "{idle_connections}");
    }
}

#[test]
fn what_cannot_be_set_up_is_said_before_any_call() {
    let roots =
        |extra_roots: &[u8]| Network { extra_roots: extra_roots.to_vec(), ..Network::default() };
    let broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (name, builder) in [
        ("no proxy's URL", builder().network(through("http://"))),
        ("no certificate", builder().network(roots(b"kanarievogel"))),
        ("a broken certificate", builder().network(roots(broken))),
        ("a key", builder().network(roots(include_bytes!("network/server.key")))),
        ("a user agent of two lines", builder().user_agent("shop\r\nx: 1")),
    ] {
        let error = builder.build().expect_err(name);
        assert_eq!((error.outcome(), error.operation()), (Outcome::NotSent, "build"), "{name}");
    }
}

/// Named for the child alone: the host of direct debits, on loopback.
const DEBITS: &str = "KESSAI_TEST_DEBITS";

/// A client with one address on loopback and the others in the world must not tell its token to
/// whatever the environment names as a proxy for plain http.
///
/// An environment is a whole program's, so this very test runs once more, in a program of its own.
#[tokio::test]
async fn plain_http_goes_through_no_proxy_that_the_environment_names() {
    let test = "network::plain_http_goes_through_no_proxy_that_the_environment_names";
    if let Ok(debits) = std::env::var(DEBITS) {
        let builder =
            kessai_univapay::Client::builder(univapay::token(univapay::STORE)).clock(Sleepless);
        let client = builder.direct_debit_url(&debits).build().expect("a client");
        let _ = client.direct_debit().get_current_schedule(&"m-1".into()).await;
        return;
    }
    let proxy = Script::start([answer(200, &[], "{}")]).await;
    let debits = Script::start([answer(200, &[], "{}")]).await;
    let mut program = std::process::Command::new(std::env::current_exe().expect("this program"));
    program.args(["--exact", test]).env(DEBITS, debits.base_url());
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        program.env(name, proxy.base_url());
    }
    let output = tokio::task::spawn_blocking(move || program.output()).await;
    let output = output.expect("it ran").expect("it ran");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!((proxy.connections(), debits.requests().len()), (0, 1));
}
