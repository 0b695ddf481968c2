//! reqwest as the engine.

use bytes::{Bytes, BytesMut};
use http::Request;

use crate::engine::{Answer, BoxFuture, Cut, Engine, Failure, Phase, Speech};
use crate::limits::Limits;
use crate::network::{Network, Proxy};

/// One client for each way to speak, where an address asks for it.
pub(crate) struct ReqwestEngine {
    /// Plain http, which goes to this very machine alone, and through no proxy.
    plain: Option<reqwest::Client>,
    encrypted: Option<reqwest::Client>,
}

impl ReqwestEngine {
    pub(crate) fn new(limits: &Limits, network: &Network, speech: Speech) -> Result<Self, Failure> {
        let client = |encrypted| Self::client(limits, network, encrypted);
        Ok(Self {
            plain: speech.plain.then(|| client(false)).transpose()?,
            encrypted: speech.encrypted.then(|| client(true)).transpose()?,
        })
    }

    fn client(
        limits: &Limits,
        network: &Network,
        encrypted: bool,
    ) -> Result<reqwest::Client, Failure> {
        let mut builder = reqwest::Client::builder()
            .connect_timeout(limits.connect)
            .pool_idle_timeout(network.idle)
            .pool_max_idle_per_host(network.idle_connections)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            // One request per connection at a time: what was sent, and what was not, stays plain to
            // see.
            .http1_only();
        match &network.proxy {
            Proxy::Through(url) if encrypted => {
                let proxy = reqwest::Proxy::https(url.reveal());
                let proxy = proxy.map_err(|_| unusable("the proxy's address is not a URL"))?;
                builder = builder.proxy(proxy);
            }
            Proxy::Environment if encrypted => {}
            _ => builder = builder.no_proxy(),
        }
        crate::tls::configure(builder, encrypted, &network.extra_roots)
            .and_then(|builder| builder.build().map_err(Into::into))
            .map_err(|source| Failure::new(Phase::Building, source))
    }
}

impl Engine for ReqwestEngine {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        Box::pin(async move {
            let mut request = reqwest::Request::try_from(request)
                .map_err(|error| Failure::new(Phase::Building, error.without_url()))?;
            *request.timeout_mut() = Some(limits.attempt);
            let encrypted = request.url().scheme() == "https";
            let client = if encrypted { &self.encrypted } else { &self.plain };
            let client = client.as_ref().ok_or_else(|| unusable("no address asked for this"))?;
            let mut response = client.execute(request).await.map_err(failure)?;
            let status = response.status();
            let headers = std::mem::take(response.headers_mut());
            let (body, cut) = read(&mut response, limits).await;
            Ok(Answer { status, headers, body, cut })
        })
    }
}

async fn read(response: &mut reqwest::Response, limits: &Limits) -> (Bytes, Option<Cut>) {
    let mut body = BytesMut::new();
    loop {
        let Ok(chunk) = tokio::time::timeout(limits.silence, response.chunk()).await else {
            return (body.freeze(), Some(Cut::TimedOut));
        };
        match chunk {
            Ok(Some(chunk)) => {
                let room = limits.body - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return (body.freeze(), Some(Cut::TooLarge));
                }
            }
            Ok(None) => return (body.freeze(), None),
            Err(error) if error.is_timeout() => return (body.freeze(), Some(Cut::TimedOut)),
            Err(_) => return (body.freeze(), Some(Cut::Broken)),
        }
    }
}

fn unusable(why: &'static str) -> Failure {
    Failure::new(Phase::Building, why)
}

fn failure(error: reqwest::Error) -> Failure {
    Failure {
        phase: if error.is_connect() { Phase::Connecting } else { Phase::Exchanging },
        timed_out: error.is_timeout(),
        source: Box::new(error.without_url()),
    }
}

#[cfg(test)]
mod tests;
