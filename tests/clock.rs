//! A clock that tells the time and never waits.

use std::time::{Duration, Instant, SystemTime};

use kessai_core::{BoxFuture, Clock};

/// Tells the time, and sleeps not at all: no test waits before a repeat.
pub struct Sleepless;

impl Clock for Sleepless {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }

    fn jitter(&self, most: Duration) -> Duration {
        most
    }
}
