//! A clock by which waits take no time and still are counted.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use kessai_core::{BoxFuture, Clock};

/// The time as it is, and all waits on top of it, which are over at once.
#[derive(Clone, Default)]
pub struct GridClock(Arc<State>);

#[derive(Default)]
struct State {
    slept: Mutex<Vec<Duration>>,
    jumps: AtomicBool,
    asked: AtomicU32,
}

impl GridClock {
    /// A clock whose time of day jumps by an hour, back and forth, whenever it is looked at.
    pub fn jumping() -> Self {
        let clock = Self::default();
        clock.0.jumps.store(true, Ordering::Relaxed);
        clock
    }

    /// How long it was slept, each time.
    pub fn slept(&self) -> Vec<Duration> {
        self.0.slept.lock().expect("nobody panicked").clone()
    }
}

impl Clock for GridClock {
    fn now(&self) -> Instant {
        Instant::now() + self.slept().iter().sum::<Duration>()
    }

    fn system_time(&self) -> SystemTime {
        const HOUR: Duration = Duration::from_secs(3600);
        let now = SystemTime::now();
        match self.0.asked.fetch_add(1, Ordering::Relaxed) % 2 {
            _ if !self.0.jumps.load(Ordering::Relaxed) => now,
            0 => now + HOUR,
            _ => now - HOUR,
        }
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'static, ()> {
        self.0.slept.lock().expect("nobody panicked").push(wait);
        Box::pin(tokio::task::yield_now())
    }

    fn jitter(&self, most: Duration) -> Duration {
        most
    }
}
