//! When a call is sent again.

use std::time::Duration;

pub(crate) mod budget;
pub(crate) mod rule;
pub(crate) mod wait;

/// How long a call may take in all, unless it is told otherwise or one attempt may take longer.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

/// How often a call is sent again, and after what wait.
///
/// Whether it may be sent again at all is not for settings to say. It is, if
///
/// - nothing of it was sent, because there was no connection;
/// - or it only reads, and there was no whole answer, or HTTP 408 or 5xx;
/// - or the provider guarantees to recognise the repeat by its idempotency key, and the same;
/// - or the provider asked for fewer requests, which it does before it acts.
///
/// Anything else is sent once. A repeat has the same key and, byte for byte, the same body; it is
/// signed anew.
///
/// Before repeat *n* it waits by chance from nothing to `first_wait` · 2^(n−1), at most
/// `longest_wait`; twice that if the provider asked for fewer requests without a hint. A hint
/// (`Retry-After`) makes the wait longer, up to `longest_hint`; one beyond that ends the call with
/// an error that [has it](crate::Error::retry_after).
///
/// ```
/// use std::time::Duration;
/// use kessai_core::Retry;
///
/// let retry = Retry { deadline: Some(Duration::from_secs(20)), ..Retry::default() };
/// assert_eq!(retry.attempts, 3);
/// assert_eq!(Retry::never().attempts, 1);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Retry {
    /// How many times a call is tried in all. Default: 3.
    pub attempts: u32,
    /// The longest wait before the first repeat; it doubles from repeat to repeat. Default: 500 ms.
    pub first_wait: Duration,
    /// How long that becomes. Default: 8 s.
    pub longest_wait: Duration,
    /// How long a wait the provider may ask for. Default: 30 s.
    pub longest_hint: Duration,
    /// How long a call may take in all, its waits among it: no wait reaches beyond it, and no
    /// attempt is given more time than is left. Default: `None`, which is 60 s, or one
    /// [attempt](crate::Limits::attempt) where that may take longer.
    pub deadline: Option<Duration>,
    /// Whether to count on idempotency keys that the provider recognises as far as it can, and does
    /// not guarantee to. **With this, a payment may be made twice.** Default: `false`.
    pub best_effort_keys: bool,
    /// What repeats may cost.
    pub budget: RetryBudget,
}

/// What keeps a client from repeating everything while its provider is down.
///
/// A client has so many points. A repeat costs some, a call that succeeds brings some back, and who
/// cannot pay does not repeat.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RetryBudget {
    /// How many points the client has at first, and at most. A call cannot change it.
    /// Default: 100.
    pub size: u32,
    /// What a repeat costs. Default: 10.
    pub repeat: u32,
    /// What a repeat costs after time ran out. Default: 20.
    pub timeout: u32,
    /// What a success brings back. Default: 1.
    pub success: u32,
}

impl Retry {
    /// Every call is tried once.
    #[must_use]
    pub fn never() -> Self {
        Self { attempts: 1, ..Self::default() }
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(8),
            longest_hint: Duration::from_secs(30),
            deadline: None,
            best_effort_keys: false,
            budget: RetryBudget::default(),
        }
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self { size: 100, repeat: 10, timeout: 20, success: 1 }
    }
}
