//! A call with all its attempts.

use std::time::Duration;

use super::{Exchange, Transport};
use crate::draft::Draft;
use crate::error::{Error, Kind};
use crate::retry::rule::{History, Safety};
use crate::retry::{self, Retry, wait};
use crate::trace::{End, Trace};

impl Transport {
    /// Sends it, again where that is safe, and says of all attempts together what became of it.
    pub(super) async fn call(&self, mut draft: Draft, trace: Trace) -> Result<Exchange, Error> {
        let shared = &*self.shared;
        let clock = &*shared.clock;
        let deadline = self.time_limit(&draft);
        let own_retry = draft.retry.take();
        let retry = own_retry.as_ref().unwrap_or(&shared.retry);
        let safety = Safety::of(draft.operation, shared.provider, retry);

        let mut limits = shared.limits.clone();
        let attempt = draft.timeout.unwrap_or(limits.attempt);
        let began = clock.now();
        let elapsed = || clock.now().saturating_duration_since(began);

        let mut history = History::default();
        let mut last = None;
        let mut number = 0;
        loop {
            let before = elapsed();
            let left = deadline.saturating_sub(before);
            if left.is_zero() {
                let error: Error = last.unwrap_or_else(|| self.out_of_time(&draft));
                let error = error.with_elapsed(before);
                trace.end(error.attempts(), End::of(&error));
                return Err(error);
            }
            number += 1;
            limits.attempt = attempt.min(left);
            let error = match self.attempt(draft.clone(), &limits).await {
                Ok(exchange) => {
                    shared.budget.earn(shared.retry.budget.success);
                    let end = End::good(exchange.answer.status);
                    trace.attempt(number, elapsed().saturating_sub(before), end, None);
                    let sent = history.sent_with_the_last();
                    trace.end(sent, end);
                    return Ok(exchange.of_call(sent, elapsed()));
                }
                Err(error) => error,
            };
            let hint = error.headers().and_then(|headers| wait::hint(headers, clock));
            let error = error.with_retry_after(hint);
            history.add(&error);
            let next = self.wait(number, &error, retry, safety);
            let next = next.filter(|wait| *wait < deadline.saturating_sub(elapsed()));
            let next = next.filter(|_| shared.budget.pay(cost(&error, retry)));
            trace.attempt(number, elapsed().saturating_sub(before), End::of(&error), next);
            let (sent, outcome) = history.told_by(&error, safety);
            let error = error.of_call(sent, outcome, elapsed());
            match next {
                Some(wait) => clock.sleep(wait).await,
                None => {
                    trace.end(sent, End::of(&error));
                    return Err(error);
                }
            }
            last = Some(error);
        }
    }

    /// How long a call may take in all.
    pub(crate) fn time_limit(&self, draft: &Draft) -> Duration {
        let retry = draft.retry.as_ref().unwrap_or(&self.shared.retry);
        let attempt = draft.timeout.unwrap_or(self.shared.limits.attempt);
        draft.deadline.or(retry.deadline).unwrap_or(retry::DEADLINE.max(attempt))
    }

    fn out_of_time(&self, draft: &Draft) -> Error {
        let (provider, operation) = (self.provider_name(), draft.operation.name());
        Error::new(provider, operation, Kind::OutOfTime, Duration::ZERO)
            .with_idempotency_key(draft.key.clone())
    }

    /// How long to wait before the attempt after attempt `number`, if there may be one.
    fn wait(&self, number: u32, error: &Error, retry: &Retry, safety: Safety) -> Option<Duration> {
        let may = number < retry.attempts && safety.allows_after(error);
        may.then(|| wait::before(number, error, retry, &*self.shared.clock)).flatten()
    }
}

/// What a repeat after `error` costs.
fn cost(error: &Error, retry: &Retry) -> u32 {
    if error.is_timeout() { retry.budget.timeout } else { retry.budget.repeat }
}

#[cfg(test)]
mod tests;
