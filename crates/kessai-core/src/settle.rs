//! Looking before a call is repeated.

use std::time::Duration;

use crate::call::Call;
use crate::clock::Clock;
use crate::error::Error;
use crate::outcome::Outcome;
use crate::refusal::Refusal;
use crate::response::Response;
use crate::wire::Decode;

/// The shortest pause, so that looking without one comes to an end too.
const LEAST: Duration = Duration::from_millis(1);

/// What one look for something has brought.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Sight<F> {
    /// It is there.
    Found(F),
    /// The provider says that it is not there, or it was in no place where it would have to be.
    /// That is no proof: it may come later.
    Absent,
    /// It may be there: the look could not see everything.
    Unclear,
}

impl<F> Sight<F> {
    /// What a look brought whose answer is the thing itself, and that is refused if there is none.
    /// `is_absent` says which refusals mean that; it is not asked about other errors.
    ///
    /// # Errors
    ///
    /// Those of the look that do not mean it.
    pub fn of(
        look: Result<F, Error>,
        is_absent: impl FnOnce(&Error) -> bool,
    ) -> Result<Self, Error> {
        match look {
            Ok(found) => Ok(Self::Found(found)),
            Err(error) if error.outcome() == Outcome::Refused && is_absent(&error) => {
                Ok(Self::Absent)
            }
            Err(error) => Err(error),
        }
    }
}

/// How often to look for the outcome of a call, and when to believe that there is none.
///
/// The first look is at once, because what is found is found. Absence is believed late: a request
/// that was given up here may still be on its way, or at work there. How long it can be is for no
/// client to know; none of the providers says how long it may work on a request, nor how soon what
/// it has done is seen by a look. Choose `delay` longer than any of that may last.
///
/// Looking therefore takes long: with the defaults more than a minute until absence is believed, and
/// five if the looks fail. A web handler that waits for it is given up by its caller, or dropped,
/// long before. Spawn the call on your runtime, or leave it to a worker. Within a request look once,
/// by `Looks { delay: Duration::ZERO, patience: Duration::ZERO, ..Looks::default() }`: that finds
/// what is there, and never takes anything for absent.
///
/// ```
/// use std::time::Duration;
/// use kessai_core::Looks;
///
/// let looks = Looks { delay: Duration::from_secs(300), ..Looks::default() };
/// assert_eq!((looks.times, looks.patience), (2, Duration::from_secs(240)));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Looks {
    /// How long nothing that is not seen counts as absent, from the first look on. Default: 60 s.
    pub delay: Duration,
    /// How many looks in a row have to see nothing after that. Default: 2.
    pub times: u32,
    /// The pause after the first look; it doubles from look to look. Default: 1 s.
    pub pause: Duration,
    /// How long the pauses become. A provider that asks for a longer one gets it. Default: 10 s.
    pub longest_pause: Duration,
    /// How long to go on after `delay`, if looks fail or cannot see everything. Default: 4 min.
    pub patience: Duration,
}

impl Default for Looks {
    fn default() -> Self {
        Self {
            delay: Duration::from_secs(60),
            times: 2,
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(10),
            patience: Duration::from_secs(240),
        }
    }
}

/// What there is under a reference, after a call and, where need be, looks.
#[derive(Debug)]
#[must_use]
pub enum Settled<T, F> {
    /// The call was answered. Whether by what it did itself, or by what an earlier sending with the
    /// same idempotency key had done, [`Response::replayed`] says, where the provider tells.
    Done(Response<T>),
    /// There is something under the reference: see what became of it, for it may have been declined.
    ///
    /// It may also be of an earlier attempt that had the same reference, and the same amount. Number
    /// the attempts, not the order, and begin none before the one before it is settled.
    Found(F),
    /// Nothing was there for as long as [`Looks`] says, after the call failed with this error,
    /// whose own outcome is unknown. If it was long enough, the same call may be made again, with
    /// the same idempotency key where it has one.
    Absent(Error),
    /// Nobody knows: something may be there. Do not send it again; look later.
    Unknown {
        /// How the call failed; `None` if it was not sent because of this. Even if this call did
        /// nothing by its [outcome](Error::outcome), an earlier sending may have done something.
        call: Option<Error>,
        /// How the last look failed, if it did.
        look: Option<Error>,
    },
}

impl<T, F> Settled<T, F> {
    /// The same with another value: made by `done` of an answer, by `found` of what was found.
    pub fn map<U, G>(self, done: impl FnOnce(T) -> U, found: impl FnOnce(F) -> G) -> Settled<U, G> {
        match self {
            Self::Done(answer) => Settled::Done(answer.map(done)),
            Self::Found(it) => Settled::Found(found(it)),
            Self::Absent(error) => Settled::Absent(error),
            Self::Unknown { call, look } => Settled::Unknown { call, look },
        }
    }
}

/// For calls that carry a reference of the merchant's, by which the outcome can be looked up.
impl<T: Decode> Call<'_, T> {
    /// Sends it, and if nobody knows what became of it, looks.
    ///
    /// That may take minutes: see [`Looks`]. Spawn it, or keep it for a worker; a handler of web
    /// requests that ends first leaves the outcome unknown.
    ///
    /// It is sent once, but for what [`Retry`](crate::Retry) allows. `look` is a call, or several,
    /// that look for the reference, and says by [`Sight`] what they saw; it is called until
    /// something is found, or as often as `looks` says. A refusal because the reference [is in
    /// use](Refusal::is_reference_in_use) is looked into as well, and then is
    /// [`Found`](Settled::Found) or [`Unknown`](Settled::Unknown): what is in use is not absent.
    ///
    /// Waits by the clock of the client. Dropping the future leaves nothing behind, and the outcome
    /// unknown; keep the reference where your program finds it again, and then go on by
    /// [`unless_found_by_reference`](Call::unless_found_by_reference).
    ///
    /// ```
    /// use kessai_core::{Call, Decode, Error, Looks, Settled, Sight};
    ///
    /// # async fn example<Paid: Decode>(create: Call<'_, Paid>, find: impl Fn() -> Call<'static, Paid>)
    /// # -> Result<(), Error> {
    /// let is_absent = |error: &Error| error.refusal().is_some_and(|it| it.code() == "NOT_FOUND");
    /// let look = || async { Sight::of(find().await, is_absent) };
    /// match create.or_find_by_reference(look, &Looks::default()).await? {
    ///     Settled::Done(answer) => drop(answer.into_inner()),
    ///     Settled::Found(paid) => drop(paid),
    ///     Settled::Absent(_) => println!("the same may be sent again"),
    ///     Settled::Unknown { .. } => println!("it may be paid: look again tomorrow"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Only if this call certainly did nothing: its outcome is
    /// [`NotSent`](Outcome::NotSent) or [`Refused`](Outcome::Refused). Of earlier sendings that says
    /// nothing: where there may be some, take
    /// [`unless_found_by_reference`](Call::unless_found_by_reference).
    pub async fn or_find_by_reference<F, L>(
        self,
        look: impl Fn() -> L,
        looks: &Looks,
    ) -> Result<Settled<T, F>, Error>
    where
        L: Future<Output = Result<Sight<F>, Error>>,
    {
        let clock = self.clock();
        let error = match self.send().await {
            Ok(answer) => return Ok(Settled::Done(answer)),
            Err(error) => error,
        };
        let in_use = error.refusal().is_some_and(Refusal::is_reference_in_use);
        if error.outcome() != Outcome::Unknown && !in_use {
            return Err(error);
        }
        Ok(match settle(clock, look, looks).await {
            Ok(Sight::Found(found)) => Settled::Found(found),
            Ok(Sight::Absent) if !in_use => Settled::Absent(error),
            Ok(_) => Settled::Unknown { call: Some(error), look: None },
            Err(look) => Settled::Unknown { call: Some(error), look: Some(look) },
        })
    }

    /// Looks, and sends it only if nothing is there: for a call that may have been sent before, by
    /// somebody of whom nothing is known any more, such as a program that ended meanwhile.
    ///
    /// What is absent for as long as `looks` says is sent, as by
    /// [`again_or_find_by_reference`](Call::again_or_find_by_reference). If the looks do not tell,
    /// nothing is sent, and it is [`Unknown`](Settled::Unknown).
    ///
    /// Two that do this at once may both see nothing and both send: then it is the provider that
    /// has to refuse the second, and not all of them do. So may one that looks while the first
    /// sending is still on its way, if that takes longer than `looks` believes.
    pub async fn unless_found_by_reference<F, L>(
        self,
        look: impl Fn() -> L,
        looks: &Looks,
    ) -> Settled<T, F>
    where
        L: Future<Output = Result<Sight<F>, Error>>,
    {
        match self.find_by_reference(&look, looks).await {
            Ok(Sight::Found(found)) => Settled::Found(found),
            Ok(Sight::Absent) => self.again_or_find_by_reference(look, looks).await,
            Ok(Sight::Unclear) => Settled::Unknown { call: None, look: None },
            Err(look) => Settled::Unknown { call: None, look: Some(look) },
        }
    }

    /// Sends it, for a call that may have been sent before: as
    /// [`or_find_by_reference`](Call::or_find_by_reference), but that this call did nothing is not
    /// the end of it. The earlier sending may have done something, for which this one was refused.
    ///
    /// So a refusal is followed by one more look, and what that does not find is
    /// [`Unknown`](Settled::Unknown), and so is a call that was not sent. The error in it says what
    /// became of this call alone.
    ///
    /// It does not look first: that is for
    /// [`unless_found_by_reference`](Call::unless_found_by_reference).
    pub async fn again_or_find_by_reference<F, L>(
        self,
        look: impl Fn() -> L,
        looks: &Looks,
    ) -> Settled<T, F>
    where
        L: Future<Output = Result<Sight<F>, Error>>,
    {
        let error = match self.or_find_by_reference(&look, looks).await {
            Ok(settled) => return settled,
            Err(error) => error,
        };
        let is_refused = error.outcome() == Outcome::Refused;
        let seen = if is_refused { look().await } else { Ok(Sight::Unclear) };
        match seen {
            Ok(Sight::Found(found)) => Settled::Found(found),
            Ok(_) => Settled::Unknown { call: Some(error), look: None },
            Err(look) => Settled::Unknown { call: Some(error), look: Some(look) },
        }
    }

    /// Only looks, as often as `looks` says, and sends nothing: [`Absent`](Sight::Absent) here is
    /// what was absent for so long, and [`Unclear`](Sight::Unclear) what no look could tell.
    ///
    /// # Errors
    ///
    /// That of the last look, if it was none that could tell.
    pub async fn find_by_reference<F, L>(
        &self,
        look: impl Fn() -> L,
        looks: &Looks,
    ) -> Result<Sight<F>, Error>
    where
        L: Future<Output = Result<Sight<F>, Error>>,
    {
        settle(self.clock(), look, looks).await
    }
}

/// Looks until there is something, or until it is settled that there is nothing.
async fn settle<F, L>(
    clock: &dyn Clock,
    look: impl Fn() -> L,
    looks: &Looks,
) -> Result<Sight<F>, Error>
where
    L: Future<Output = Result<Sight<F>, Error>>,
{
    let began = clock.now();
    let elapsed = || clock.now().saturating_duration_since(began);
    let total = looks.delay.saturating_add(looks.patience);
    let mut pause = looks.pause.max(LEAST);
    let mut absences = 0;
    loop {
        let asked = elapsed();
        let mut wait = pause;
        let failed = match look().await {
            Ok(Sight::Found(found)) => return Ok(Sight::Found(found)),
            Ok(Sight::Absent) => {
                absences += u32::from(asked >= looks.delay);
                None
            }
            Ok(Sight::Unclear) => {
                absences = 0;
                None
            }
            Err(error) => {
                absences = 0;
                if error.outcome() != Outcome::Unknown && !error.may_pass() {
                    return Err(error);
                }
                wait = wait.max(error.retry_after().unwrap_or_default());
                Some(error)
            }
        };
        if absences >= looks.times.max(1) {
            return Ok(Sight::Absent);
        }
        let passed = elapsed();
        // Not beyond the moment from which on absence counts.
        if passed < looks.delay && failed.is_none() {
            wait = wait.min(looks.delay.saturating_sub(passed));
        }
        if passed.saturating_add(wait) > total {
            return failed.map_or(Ok(Sight::Unclear), Err);
        }
        clock.sleep(wait).await;
        pause = pause.saturating_mul(2).min(looks.longest_pause.max(LEAST));
    }
}

#[cfg(test)]
mod tests;
