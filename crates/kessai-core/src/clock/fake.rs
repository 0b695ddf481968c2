//! A clock that goes only when it is told to.

use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::Clock;
use crate::engine::BoxFuture;

/// A clock for tests: it stands still but for [`advance`](FakeClock::advance) and for sleeps, which
/// are over at once and are remembered. Its jitter is always the most there can be.
///
/// Clones are the same clock. It begins on 2026-01-01 at 00:00 (UTC), unless it is told
/// [when](FakeClock::at).
///
/// ```
/// use std::time::Duration;
/// use kessai_core::{Clock, FakeClock};
///
/// let clock = FakeClock::new();
/// let began = clock.now();
/// clock.advance(Duration::from_secs(30));
/// assert_eq!(clock.now() - began, Duration::from_secs(30));
/// assert_eq!(clock.slept(), [Duration::ZERO; 0]);
/// ```
#[derive(Clone)]
pub struct FakeClock {
    began: Instant,
    time: SystemTime,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    passed: Duration,
    slept: Vec<Duration>,
}

impl FakeClock {
    /// A clock that has just begun.
    #[must_use]
    pub fn new() -> Self {
        // 20 454 days after 1970 began.
        Self::at(UNIX_EPOCH + Duration::from_secs(20_454 * 86_400))
    }

    /// A clock that has just begun, at this time of some day.
    #[must_use]
    pub fn at(time: SystemTime) -> Self {
        Self { began: Instant::now(), time, state: Arc::default() }
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.state().passed += by;
    }

    /// How long it was slept, each time.
    #[must_use]
    pub fn slept(&self) -> Vec<Duration> {
        self.state().slept.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for FakeClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Instant {
        self.began + self.state().passed
    }

    fn system_time(&self) -> SystemTime {
        self.time + self.state().passed
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        let mut asleep = false;
        Box::pin(poll_fn(move |context| {
            // Once to go to sleep and once to wake up: a call may be dropped in between.
            if asleep {
                return Poll::Ready(());
            }
            asleep = true;
            let mut state = clock.state();
            state.slept.push(wait);
            state.passed += wait;
            context.waker().wake_by_ref();
            Poll::Pending
        }))
    }

    fn jitter(&self, most: Duration) -> Duration {
        most
    }
}

impl fmt::Debug for FakeClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeClock").field("passed", &self.state().passed).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// What a clock says: how long it is since `began`, and the time of day.
    fn told(clock: &dyn Clock, began: Instant) -> (Duration, SystemTime) {
        (clock.now() - began, clock.system_time())
    }

    #[tokio::test]
    async fn it_goes_when_it_is_told_to_and_while_somebody_sleeps() {
        let midnight = UNIX_EPOCH + Duration::from_secs(1_767_225_600);
        let clock = FakeClock::new();
        let began = clock.now();
        assert_eq!(told(&clock, began), (Duration::ZERO, midnight));
        clock.advance(3 * SECOND);
        clock.clone().advance(SECOND);
        assert_eq!(told(&clock, began), (4 * SECOND, midnight + 4 * SECOND));
        clock.sleep(2 * SECOND).await;
        clock.sleep(SECOND).await;
        assert_eq!(told(&clock, began), (7 * SECOND, midnight + 7 * SECOND));
        assert_eq!(clock.slept(), [2 * SECOND, SECOND]);
        assert_eq!(clock.jitter(SECOND), SECOND, "the most there can be");
        assert_eq!(FakeClock::at(UNIX_EPOCH).system_time(), UNIX_EPOCH);
        assert_eq!(format!("{clock:?}"), "FakeClock { passed: 7s, .. }");
    }

    #[test]
    fn who_goes_to_sleep_can_be_dropped_before_waking_up() {
        let clock = FakeClock::default();
        let mut sleep = clock.sleep(SECOND);
        assert_eq!(clock.slept(), [Duration::ZERO; 0], "nothing happens before it is polled");
        let mut context = Context::from_waker(Waker::noop());
        assert!(sleep.as_mut().poll(&mut context).is_pending());
        assert!(sleep.as_mut().poll(&mut context).is_ready());
        assert_eq!(clock.slept(), [SECOND], "once");
    }
}
