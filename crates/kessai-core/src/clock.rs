//! The time, pauses and chance, in one place, so that no test waits and none depends on luck.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::engine::BoxFuture;

mod fake;

pub use fake::FakeClock;

/// Tells the time, waits, and spreads waits by chance.
///
/// tokio's timer and the machine's randomness do it unless you bring your own: for another runtime,
/// or, as [`FakeClock`] does, for tests that must not wait.
pub trait Clock: Send + Sync {
    /// A moment to measure from; it never goes back.
    fn now(&self) -> Instant;

    /// The time of day, as far as this machine knows it.
    fn system_time(&self) -> SystemTime;

    /// Waits.
    fn sleep(&self, wait: Duration) -> BoxFuture<'static, ()>;

    /// A duration from zero to `most`, each as likely as the other.
    fn jitter(&self, most: Duration) -> Duration;
}

/// A clock that is shared.
impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Instant {
        (**self).now()
    }

    fn system_time(&self) -> SystemTime {
        (**self).system_time()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(wait)
    }

    fn jitter(&self, most: Duration) -> Duration {
        (**self).jitter(most)
    }
}

/// tokio's timer and the machine's randomness.
#[derive(Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        // tokio's, so that a test that pauses it pauses this too.
        tokio::time::Instant::now().into_std()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(wait))
    }

    fn jitter(&self, most: Duration) -> Duration {
        let mut bytes = [0; 8];
        // Without any chance, the longest wait is the polite one.
        let chance = getrandom::fill(&mut bytes).map_or(u64::MAX, |()| u64::from_ne_bytes(bytes));
        share(most, chance)
    }
}

/// As large a part of `most` as `chance` is of its own range.
fn share(most: Duration, chance: u64) -> Duration {
    // A duration's nanoseconds take 94 bits: as many of chance's as fit beside them.
    let part = most.as_nanos().saturating_mul(u128::from(chance >> 32)) / u128::from(u32::MAX);
    Duration::new(
        u64::try_from(part / 1_000_000_000).unwrap_or(u64::MAX),
        u32::try_from(part % 1_000_000_000).unwrap_or(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_reaches_both_ends_and_the_middle_and_nothing_beyond() {
        let most = Duration::from_millis(500);
        assert_eq!(share(most, 0), Duration::ZERO);
        assert_eq!(share(most, u64::MAX), most);
        let middle = share(most, u64::MAX / 2);
        assert!(middle.abs_diff(most / 2) < Duration::from_micros(1), "{middle:?}");
        assert_eq!(share(Duration::ZERO, u64::MAX), Duration::ZERO);
        assert!(share(Duration::MAX, u64::MAX) <= Duration::MAX);
    }

    #[test]
    fn waits_are_spread_over_the_whole_range() {
        let most = Duration::from_secs(8);
        let mut eighths = [0; 8];
        for _ in 0..4000 {
            let wait = SystemClock.jitter(most);
            assert!(wait <= most);
            eighths[usize::try_from(wait.as_secs()).unwrap_or(7).min(7)] += 1;
        }
        // 500 each, give or take: further off than this once in far more runs than there will be.
        assert!(eighths.iter().all(|count| (350..650).contains(count)), "{eighths:?}");
    }

    #[tokio::test]
    async fn a_clock_that_is_shared_is_the_same_clock() {
        let (one, second) = (FakeClock::new(), Duration::from_secs(1));
        let shared: Arc<dyn Clock> = Arc::new(one.clone());
        one.advance(second);
        shared.sleep(second).await;
        assert_eq!((shared.now(), shared.system_time()), (one.now(), one.system_time()));
        assert_eq!((one.slept(), shared.jitter(second)), (vec![second], second));
    }

    #[tokio::test(start_paused = true)]
    async fn the_clock_of_this_machine_goes_by_itself() {
        let (began, second) = (SystemClock.now(), Duration::from_secs(1));
        SystemClock.sleep(second).await;
        let slept = SystemClock.now() - began;
        assert!((second..2 * second).contains(&slept), "{slept:?}");
        let (before, now) = (SystemTime::now(), SystemClock.system_time());
        assert!(before <= now && now <= SystemTime::now(), "{now:?}");
    }
}
