//! Doing what is written down, once.

use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use kessai_core::{Call, Decode, Error, Looks, Settled, Sight};

use crate::journal::{Journal, JournalError};
use crate::record::{Intent, Record, State};

/// How long absence does not count at least, after whoever else sends it has to have ended.
const MARGIN: Duration = Duration::from_secs(5);

/// What came of an intent.
#[derive(Debug)]
#[must_use]
pub enum Carried<T, F> {
    /// It was sent or looked up now.
    Settled(Settled<T, F>),
    /// It was answered or found before: look what became of it, for it may have been declined.
    /// Nothing was sent, nor looked up.
    Earlier(Record),
}

/// Makes a call for an intent, so that it is done once, whatever happens to the program.
///
/// That may take minutes, as [`Looks`] do: spawn it, or leave it to a worker.
///
/// It is written down, with the key of the call and a `note` of your own, before anything is sent.
/// If it stands in the journal already, the first key and note count, and
///
/// - what was never sent is sent;
/// - what may have been sent is looked up, and sent again only if it is absent for long enough, as
///   by [`again_or_find_by_reference`](Call::again_or_find_by_reference);
/// - what was answered or found is not sent again.
///
/// `look` is told [since when](Record::begun_at) there can be anything, which may be days: look
/// through all of that time.
///
/// Somebody else may be sending it just now. Absence therefore counts only from when a call that
/// takes as long as [this one may](Call::time_limit) has ended, and then after
/// [`Looks::delay`], or 5 s. Looks that end before that never take it for absent: it is
/// [`Unknown`](Settled::Unknown) then. Give all who carry out the same intents the same bounds.
///
/// What certainly did nothing is struck out if it was sent this once. Anything else that is not
/// answered or found stays open, with its key, be it [`Absent`](Settled::Absent) or `Unknown`: carry
/// it out again, or [give it up](Journal::done), or [`recover`] makes the call one day.
///
/// Dropping the future leaves the record as it is, which is what it is there for.
///
/// # Errors
///
/// If the journal fails before this call is sent, or if the call certainly did nothing and there was
/// none before it. That the journal fails afterwards is no error: the record stays open, and will be
/// looked up once more.
pub async fn carry_out<T: Decode, F, L>(
    journal: &(impl Journal + ?Sized),
    intent: &Intent,
    note: &str,
    call: Call<'_, T>,
    look: impl Fn(SystemTime) -> L,
    looks: &Looks,
) -> Result<Carried<T, F>, CarryError>
where
    L: Future<Output = Result<Sight<F>, Error>>,
{
    let now = call.clock().system_time();
    let mut record = journal.begin(intent, call.key(), note, now)?;
    let (sent, is_first) = loop {
        let changed = match record.state {
            State::Done => return Ok(Carried::Earlier(record)),
            State::Begun => journal.sent(&record)?,
            State::Sent => {
                let unknown = |look| Ok(Carried::Settled(Settled::Unknown { call: None, look }));
                let looks = after_others(looks, call.time_limit());
                match call.find_by_reference(|| look(record.begun_at), &looks).await {
                    Ok(Sight::Found(found)) => {
                        let _ = journal.done(&record);
                        return Ok(Carried::Settled(Settled::Found(found)));
                    }
                    // The count goes up, so that of two who saw nothing one sends.
                    Ok(Sight::Absent) => journal.sent(&record)?,
                    Ok(Sight::Unclear) => return unknown(None),
                    Err(error) => return unknown(Some(error)),
                }
            }
        };
        match changed {
            Some(sent) => break (sent, record.state == State::Begun),
            // Somebody was quicker.
            None => record = journal.begin(intent, record.key.as_deref(), note, now)?,
        }
    };
    let call = with_key(call, sent.key.as_deref());
    let look = || look(sent.begun_at);
    let settled = if is_first {
        match call.or_find_by_reference(look, looks).await {
            Ok(settled) => settled,
            // Somebody has sent it meanwhile.
            Err(error) if matches!(journal.strike(&sent), Ok(false)) => {
                Settled::Unknown { call: Some(error), look: None }
            }
            Err(error) => return Err(error.into()),
        }
    } else {
        call.again_or_find_by_reference(look, looks).await
    };
    if matches!(settled, Settled::Done(_) | Settled::Found(_)) {
        let _ = journal.done(&sent);
    }
    Ok(Carried::Settled(settled))
}

/// The looks for what somebody else may be sending just now, by a call with this limit. They take as
/// long as they would have.
fn after_others(looks: &Looks, limit: Duration) -> Looks {
    let delay = limit.saturating_add(looks.delay.max(MARGIN));
    match looks.delay.saturating_add(looks.patience).checked_sub(delay) {
        Some(patience) => Looks { delay, patience, ..looks.clone() },
        // They end before absence counts.
        None => Looks { times: u32::MAX, ..looks.clone() },
    }
}

/// The call with the key of the record, where it has one.
fn with_key<'a, T: Decode>(call: Call<'a, T>, key: Option<&str>) -> Call<'a, T> {
    match key {
        Some(key) => call.idempotency_key(key),
        None => call,
    }
}

/// Lets `go_on` carry out again everything that is open, one after the other, and gives what it
/// gave. To be called when a program starts, before it begins anything new.
///
/// `go_on` makes the call again, of what the record's note tells or the reference stands for, and
/// hands it to [`carry_out`], whose look is told [since when](Record::begun_at) there can be
/// anything: after an outage of a day, what was paid was paid a day ago.
///
/// ```no_run
/// use std::time::{Duration, SystemTime};
///
/// use kessai_core::{Call, Decode, Error, Looks, Sight};
/// use kessai_journal::{Journal, JournalError, carry_out, recover};
///
/// # async fn example<Paid: Decode>(
/// #     journal: impl Journal,
/// #     create: impl Fn(&str) -> Call<'static, Paid>,
/// #     find: impl AsyncFn(&str, SystemTime) -> Result<Sight<Paid>, Error>,
/// # ) -> Result<(), JournalError> {
/// let slack = Duration::from_secs(300);
/// recover(&journal, async |record| {
///     let order = record.intent.reference();
///     let look = async |since: SystemTime| find(order, since - slack).await;
///     let looks = Looks::default();
///     carry_out(&journal, &record.intent, "", create(order), look, &looks).await
/// })
/// .await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If the journal cannot be read.
pub async fn recover<R, G>(
    journal: &(impl Journal + ?Sized),
    go_on: impl Fn(Record) -> G,
) -> Result<Vec<R>, JournalError>
where
    G: Future<Output = R>,
{
    let mut done = Vec::new();
    for record in journal.open()? {
        done.push(go_on(record).await);
    }
    Ok(done)
}

/// Why something was not carried out: this call was not sent, or did nothing.
#[derive(Debug)]
pub enum CarryError {
    /// The journal failed, and so this call was not sent. An earlier one may have been.
    Journal(JournalError),
    /// The call certainly did nothing, and there was none before it.
    Call(Error),
}

impl From<JournalError> for CarryError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<Error> for CarryError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl fmt::Display for CarryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal(error) => {
                write!(f, "this call was not sent, an earlier one may have been: {error}")
            }
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl StdError for CarryError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Journal(error) => Some(error),
            Self::Call(error) => error.source(),
        }
    }
}

#[cfg(test)]
mod tests;
