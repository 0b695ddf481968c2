//! Asking again until something is as it should be.

use std::fmt;
use std::time::Duration;

use crate::call::Call;
use crate::error::Error;
use crate::wire::Decode;

/// The shortest pause, so that a wait without one comes to an end by any clock.
const LEAST: Duration = Duration::from_millis(1);

/// The most that is waited, so that no moment is too far away to be named.
const MOST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// How long to wait for something, and how often to look.
///
/// ```
/// use std::time::Duration;
/// use kessai_core::Patience;
///
/// let patience = Patience { total: Duration::from_secs(60), ..Patience::default() };
/// assert_eq!(patience.pause, Duration::from_secs(1));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Patience {
    /// The time from one ask to the next, at first; it doubles from ask to ask. A server that held
    /// the request as long as that has waited itself: it is asked again at once. Default: 1 s.
    pub pause: Duration,
    /// How long the pauses become. Default: 5 s.
    pub longest_pause: Duration,
    /// How long to wait in all. Default: 10 min.
    pub total: Duration,
    /// How many errors in a row to put up with, if they may pass: no line, no answer in time, HTTP
    /// 5xx, too many requests. Default: 3.
    pub errors: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(5),
            total: Duration::from_secs(600),
            errors: 3,
        }
    }
}

/// Makes calls by `ask` until the answer is `done`, and gives that answer.
///
/// The calls must be of an operation that only reads; others are not sent. Each is tried once: what
/// becomes of errors is for `patience` to say, not for [`Retry`](crate::Retry). An error that asks
/// for a longer pause gets it. Waits by the clock of the client. Dropping the future ends the wait
/// and leaves nothing behind.
///
/// ```no_run
/// use kessai_core::{Call, Patience, wait};
///
/// # async fn example<'a>(
/// #     find_charges: impl Fn() -> Call<'a, Vec<String>>,
/// # ) -> Result<(), Box<dyn std::error::Error>> {
/// let found = wait(find_charges, |found| !found.is_empty(), Patience::default()).await?;
/// println!("{} found", found.len());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If time runs out, or will before it would be time to ask again; if an error does not pass, or
/// too many come in a row. The last answer is in the error. The outcome of its error is that of the
/// look, never of what was waited for.
pub async fn wait<'a, T: Decode>(
    ask: impl Fn() -> Call<'a, T>,
    done: impl Fn(&T) -> bool,
    patience: Patience,
) -> Result<T, WaitError<T>> {
    let mut call = ask();
    let clock = call.clock();
    let began = clock.now();
    let passed = || clock.now().saturating_duration_since(began);
    let total = patience.total.min(MOST);
    let mut pause = patience.pause.clamp(LEAST, MOST);
    let mut last = None;
    let mut errors = 0;
    loop {
        let asked = passed();
        let answer = call.that_reads(total.saturating_sub(asked).max(LEAST)).await;
        let answered = passed();
        let next = match answer {
            Ok(value) if done(&value) => return Ok(value),
            Ok(value) => {
                last = Some(value);
                errors = 0;
                asked + pause
            }
            Err(error) if answered >= total && error.is_timeout() => {
                return Err(WaitError { last, error: None });
            }
            Err(error) if errors < patience.errors && error.may_pass() => {
                errors += 1;
                answered + error.retry_after().unwrap_or_default().clamp(pause, MOST)
            }
            Err(error) => return Err(WaitError { last, error: Some(error) }),
        };
        if next.max(answered) >= total {
            return Err(WaitError { last, error: None });
        }
        if next > answered {
            clock.sleep(next.saturating_sub(answered)).await;
            pause = pause.saturating_mul(2).min(patience.longest_pause).clamp(LEAST, MOST);
        }
        call = ask();
    }
}

/// Why a wait ended before what it was for.
///
/// Neither `Display` nor `Debug` shows the last answer.
pub struct WaitError<T> {
    last: Option<T>,
    error: Option<Error>,
}

impl<T> WaitError<T> {
    /// Whether time ran out, rather than that a call failed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.error.is_none()
    }

    /// The look that failed; `None` if time ran out. Its outcome says nothing of what was waited
    /// for, which goes on.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// The last answer, if there was one.
    #[must_use]
    pub fn last(&self) -> Option<&T> {
        self.last.as_ref()
    }

    /// The last answer alone.
    #[must_use]
    pub fn into_last(self) -> Option<T> {
        self.last
    }
}

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.error {
            Some(error) => {
                write!(f, "waiting ended, what was asked for goes on; the last look: {error}")
            }
            None => f.write_str("it was not done in time"),
        }
    }
}

impl<T> fmt::Debug for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitError").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<T> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(self.error.as_ref()?)
    }
}

#[cfg(test)]
mod tests;
