//! HTTP on loopback, the same for every provider.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::Response;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use crate::answering::Answering;
use crate::message::{Answer, Request};
use crate::provider::Provider;

/// A request with a larger body is answered with status 413.
const MAX_BODY: usize = 1024 * 1024;

/// One provider's open port; closes it, and every connection, when dropped.
pub(crate) struct Server {
    base_url: String,
    accepting: AbortHandle,
}

impl Server {
    pub(crate) async fn start<P: Provider>(answering: Arc<Answering<P>>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let accepting = tokio::spawn(accept(listener, answering)).abort_handle();
        Ok(Self { base_url, accepting })
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept<P: Provider>(listener: TcpListener, answering: Arc<Answering<P>>) {
    // The connections live in this set, so that they end when this task does.
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(converse(stream, Arc::clone(&answering)));
            }
            // Out of file handles, or the peer is gone already: others may get through in a moment.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn converse<P: Provider>(stream: TcpStream, answering: Arc<Answering<P>>) {
    let service = service_fn(move |incoming| {
        let answering = Arc::clone(&answering);
        async move { respond(incoming, &answering).await }
    });
    // A client that hangs up is the client's affair.
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn respond<P: Provider>(
    incoming: hyper::Request<Incoming>,
    answering: &Answering<P>,
) -> io::Result<Response<Full<Bytes>>> {
    let (parts, body) = incoming.into_parts();
    let mut request = Request {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body: Bytes::new(),
    };
    let answer = match Limited::new(body, MAX_BODY).collect().await {
        Ok(whole) => {
            request.body = whole.to_bytes();
            let lost = || io::Error::from(io::ErrorKind::ConnectionAborted);
            answering.answer(request).ok_or_else(lost)?
        }
        Err(error) if error.is::<LengthLimitError>() => answering.turn_away(request),
        Err(error) => return Err(io::Error::other(error)),
    };
    Ok(written(answer))
}

fn written(answer: Answer) -> Response<Full<Bytes>> {
    let json = !answer.body.is_empty();
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    if json {
        let json = HeaderValue::from_static("application/json;charset=utf-8");
        response.headers_mut().insert(CONTENT_TYPE, json);
    }
    response
}
