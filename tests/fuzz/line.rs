//! A line to a provider without a network: it answers at once and remembers what it was sent.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use kessai_core::http::{HeaderMap, Request, StatusCode};
use kessai_core::{Answer, BoxFuture, Bytes, Engine, Failure, Limits};

/// Answers the first, the second.. request, counted from 0.
type Play = Box<dyn Fn(usize) -> Answer + Send + Sync>;

/// The line. Clones are the same one.
#[derive(Clone)]
pub struct Line {
    play: Arc<Play>,
    heard: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl Line {
    pub fn new(play: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Self {
        Self { play: Arc::new(Box::new(play)), heard: Arc::default() }
    }

    /// One that answers always the same, well.
    pub fn saying(body: impl Into<Bytes>) -> Self {
        let body = body.into();
        Self::new(move |_| Answer::new(StatusCode::OK, HeaderMap::new(), body.clone()))
    }

    /// What was sent so far.
    pub fn heard(&self) -> Vec<Request<Bytes>> {
        self.heard.lock().expect("nobody panicked").clone()
    }
}

impl Engine for Line {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        let mut heard = self.heard.lock().expect("nobody panicked");
        let answer = (self.play)(heard.len());
        heard.push(request);
        Box::pin(async { Ok(answer) })
    }
}

/// What comes of a future that waits for nothing but a fake clock.
pub fn finish<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1_000_000 {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
    panic!("it waits for ever")
}
