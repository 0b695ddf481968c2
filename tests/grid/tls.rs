//! A server that speaks TLS as wrong as it is told to, and a proxy that refuses.
//!
//! Setting up a client that speaks TLS reads the certificates of the platform, which takes longer
//! than a cell: all operations of a provider share one, one after the other.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};

use kessai_core::{Network, Proxy};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio_rustls::TlsAcceptor;
use tracing::Dispatch;

use super::caller::Caller;
use super::cell::{Seen, call, call_again, setup};
use super::fault::{Fault, Wrong};
use super::faults::last;
use super::row::{Kind, Row};
use crate::script::{end_of_message, head};

/// The authority that the clients trust; it and all others are good from 2026 to 2126, but for the
/// one that was over in 2025.
const ROOT: &[u8] = include_bytes!("tls/root.pem");

/// A server for one fault, and the clients that speak to it.
pub struct Stage {
    wrong: Wrong,
    shared: Arc<Mutex<Shared>>,
    address: String,
    callers: HashMap<(Option<&'static str>, bool), Caller>,
    server: AbortHandle,
}

struct Shared {
    /// Whether it misbehaves now.
    is_wrong: bool,
    answer: Vec<u8>,
    connections: usize,
    requests: Vec<Vec<u8>>,
}

impl Stage {
    pub async fn new(wrong: Wrong) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
        let address = listener.local_addr().expect("its address").to_string();
        let (answer, requests) = (Vec::new(), Vec::new());
        let shared = Shared { is_wrong: true, answer, connections: 0, requests };
        let shared = Arc::new(Mutex::new(shared));
        let server = tokio::spawn(serve(listener, wrong, shared.clone())).abort_handle();
        Self { wrong, shared, address, callers: HashMap::new(), server }
    }

    /// Plays a cell.
    pub async fn play(&mut self, row: &Row, fault: &Fault, scribe: &Dispatch) -> Seen {
        let mut setup = setup(fault, format!("https://{}", self.address));
        setup.network = Network { extra_roots: ROOT.to_vec(), ..Network::default() };
        if self.wrong == Wrong::Proxy {
            setup.network.proxy =
                Proxy::Through(format!("http://kanarievogel:31415926@{}", self.address).into());
            // Nobody is there; the proxy stands for it.
            "https://127.0.0.1:1".clone_into(&mut setup.base_url);
        }
        let has_own_keys = ["create_token", "list_bank_transfer_ledgers"].contains(&row.operation);
        let own = has_own_keys.then_some(row.operation);
        let caller = self.callers.entry((own, row.kind == Kind::Keyed));
        let new = || tokio::task::block_in_place(|| Caller::new(row, &setup));
        let caller = &*caller.or_insert_with(new);

        let before = {
            let mut shared = self.shared.lock().expect("nobody panicked");
            (shared.is_wrong, shared.answer) = (true, last(row));
            (shared.requests.len(), shared.connections)
        };
        let (result, took, told) = call(caller, row, scribe).await;
        let (requests, connections) = {
            let mut shared = self.shared.lock().expect("nobody panicked");
            shared.is_wrong = false;
            (shared.requests.split_off(before.0), shared.connections - before.1)
        };
        let next = call_again(caller, row).await;
        let deadline = fault.deadline;
        let told = told + &caller.print();
        Seen { result, requests, connections: Some(connections), deadline, took, told, next }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve(listener: TcpListener, wrong: Wrong, shared: Arc<Mutex<Shared>>) {
    let good = acceptor(include_bytes!("tls/good.pem"));
    let bad = match wrong {
        Wrong::Stranger => Some(acceptor(include_bytes!("tls/stranger.pem"))),
        Wrong::AnotherName => Some(acceptor(include_bytes!("tls/another.pem"))),
        Wrong::Expired => Some(acceptor(include_bytes!("tls/expired.pem"))),
        Wrong::Cut | Wrong::Proxy => None,
    };
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let is_wrong = {
            let mut shared = shared.lock().expect("nobody panicked");
            shared.connections += 1;
            shared.is_wrong
        };
        let acceptor = if is_wrong { bad.clone() } else { Some(good.clone()) };
        connections.spawn(speak(stream, wrong, acceptor, shared.clone()));
    }
}

/// Without an acceptor, it misbehaves before there is any TLS.
async fn speak(
    mut stream: TcpStream,
    wrong: Wrong,
    acceptor: Option<TlsAcceptor>,
    shared: Arc<Mutex<Shared>>,
) -> io::Result<()> {
    if wrong == Wrong::Proxy {
        // What it hears is for it alone, and no request of the provider's.
        request(&mut stream).await?;
        let status = if acceptor.is_some() { 200 } else { 403 };
        let headers: &[_] = if status == 403 { &[("content-length", "0")] } else { &[] };
        stream.write_all(&head(status, headers)).await?;
    }
    let Some(acceptor) = acceptor else {
        if wrong == Wrong::Cut {
            stream.read_exact(&mut [0; 50]).await?;
        }
        return Ok(());
    };
    let mut stream = acceptor.accept(stream).await?;
    let request = request(&mut stream).await?;
    let answer = {
        let mut shared = shared.lock().expect("nobody panicked");
        shared.requests.push(request);
        shared.answer.clone()
    };
    stream.write_all(&answer).await?;
    stream.shutdown().await
}

async fn request(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while end_of_message(&bytes).is_none() {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(bytes)
}

fn acceptor(certificate: &[u8]) -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(certificate).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key")).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("they belong together");
    TlsAcceptor::from(Arc::new(config))
}
