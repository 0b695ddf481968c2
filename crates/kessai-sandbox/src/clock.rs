//! Time as the sandbox sees it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A clock that runs with the machine's and can be moved forward.
///
/// It runs, rather than standing still, so that signatures made with it are in time for whoever
/// compares them with the real clock. Clones move together.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_ms: Arc<AtomicU64>,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        let ms = u64::try_from(self.now_ms()).unwrap_or(0);
        UNIX_EPOCH + Duration::from_millis(ms)
    }

    /// What time it is, in milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        // A machine whose clock stands before 1970 gets 1970.
        let real = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        whole_ms(real).saturating_add_unsigned(self.ahead_ms.load(Ordering::Relaxed))
    }

    /// Moves the clock forward, in whole milliseconds.
    pub fn advance(&self, by: Duration) {
        let by = whole_ms(by).unsigned_abs();
        // fetch_update fails only if the closure declines, and it never does.
        let _ = self.ahead_ms.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |ahead| {
            Some(ahead.saturating_add(by))
        });
    }
}

fn whole_ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_move_together() {
        let clock = Clock::new();
        let before = clock.now_ms();
        clock.clone().advance(Duration::from_secs(86_400));
        assert!(clock.now_ms() - before >= 86_400_000);
    }

    #[test]
    fn the_end_of_time_does_not_panic() {
        let clock = Clock::new();
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now_ms(), i64::MAX);
        assert!(clock.now() > SystemTime::now());
    }
}
