//! Clocks that tell the time and never wait.

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

/// The same, but tells the time of a sandbox, which tests move.
pub struct SandboxTime(pub kessai_sandbox::Clock);

impl Clock for SandboxTime {
    fn now(&self) -> Instant {
        Sleepless.now()
    }

    fn system_time(&self) -> SystemTime {
        self.0.now()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'static, ()> {
        Sleepless.sleep(wait)
    }

    fn jitter(&self, most: Duration) -> Duration {
        Sleepless.jitter(most)
    }
}
