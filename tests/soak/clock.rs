//! The clock of the soak: that of the sandbox, which goes on by itself, and waits by letting late
//! requests arrive.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use kessai_core::{BoxFuture, Clock};

use super::chance::Chance;
use super::proxy::Proxy;

/// Nobody waits for it: a wait is over as soon as everything has arrived that is due by its end.
#[derive(Clone)]
pub struct SoakClock {
    proxy: Arc<Proxy>,
    sandbox: kessai_sandbox::Clock,
    chance: Arc<Chance>,
    began: Instant,
    began_ms: i64,
}

impl SoakClock {
    pub fn new(proxy: &Arc<Proxy>, sandbox: kessai_sandbox::Clock, seed: u64) -> Self {
        let began_ms = sandbox.now_ms();
        let chance = Arc::new(Chance::new(seed));
        Self { proxy: Arc::clone(proxy), sandbox, chance, began: Instant::now(), began_ms }
    }

    pub fn now_ms(&self) -> i64 {
        self.sandbox.now_ms()
    }
}

impl Clock for SoakClock {
    fn now(&self) -> Instant {
        let passed = u64::try_from(self.sandbox.now_ms() - self.began_ms).expect("time goes on");
        self.began + Duration::from_millis(passed)
    }

    fn system_time(&self) -> SystemTime {
        self.sandbox.now()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'static, ()> {
        let proxy = Arc::clone(&self.proxy);
        Box::pin(async move { proxy.pass(wait).await })
    }

    fn jitter(&self, most: Duration) -> Duration {
        let most = u64::try_from(most.as_millis()).expect("a wait");
        Duration::from_millis(self.chance.below(most + 1))
    }
}

impl fmt::Debug for SoakClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SoakClock")
    }
}
