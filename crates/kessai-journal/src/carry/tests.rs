//! Programs that end at any moment, and others that go on.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, UNIX_EPOCH};

use kessai_core::http::{HeaderMap, Request, StatusCode};
use kessai_core::{
    Answer, BoxFuture, Bytes, Clock as _, Engine, Failure, FakeClock, Limits, Operation, Outcome,
    Phase, Provider, Refusal, Retry, Sign, SignError, Transport, Unsigned,
};

use super::*;
use crate::disk::DiskJournal;

mod again;
mod failing;

static PROVIDER: Provider =
    Provider::new("small", "small/1", |_, body| (body == b"no").then(|| Refusal::new("no")));
static CREATE: Operation =
    Operation::post("create_charge", "/charges").idempotent("Idempotency-Key");

/// What becomes of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fate {
    Answered,
    AnswerLost,
    Lost,
    Refused,
    NoConnection,
}

const FATES: [Fate; 5] =
    [Fate::Answered, Fate::AnswerLost, Fate::Lost, Fate::Refused, Fate::NoConnection];

/// A provider that pays whatever arrives, as often as it does.
#[derive(Clone, Default)]
struct Payments(Arc<Mutex<Books>>);

#[derive(Default)]
struct Books {
    /// The key of each payment, and when it was made.
    paid: Vec<(String, SystemTime)>,
    /// Whether looks do not see yet what is there.
    is_late: bool,
    /// Whether a key that was seen before pays nothing more.
    knows_keys: bool,
}

impl Payments {
    fn books(&self) -> std::sync::MutexGuard<'_, Books> {
        self.0.lock().expect("nobody panicked")
    }

    fn pay(&self, request: &Request<Bytes>, now: SystemTime) {
        let key = request.headers()["idempotency-key"].to_str().expect("a key");
        let mut books = self.books();
        if !(books.knows_keys && books.paid.iter().any(|(paid, _)| paid == key)) {
            books.paid.push((key.to_owned(), now));
        }
    }

    /// The keys of what was paid.
    fn keys(&self) -> Vec<String> {
        self.books().paid.iter().map(|(key, _)| key.clone()).collect()
    }

    /// Looks for what was paid since then.
    fn look(&self, since: SystemTime) -> std::future::Ready<Result<Sight<usize>, Error>> {
        let books = self.books();
        let seen = books.paid.iter().filter(|(_, paid)| !books.is_late && *paid >= since).count();
        std::future::ready(Ok(if seen == 0 { Sight::Absent } else { Sight::Found(seen) }))
    }
}

struct Line {
    payments: Payments,
    fate: Fate,
    clock: FakeClock,
}

impl Engine for Line {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        Box::pin(async move {
            pause().await;
            if matches!(self.fate, Fate::Answered | Fate::AnswerLost) {
                self.payments.pay(&request, self.clock.system_time());
            }
            pause().await;
            let answer = |status, body| Ok(Answer::new(status, HeaderMap::new(), body));
            match self.fate {
                Fate::Answered => answer(StatusCode::OK, Bytes::from_static(b"[1]")),
                Fate::Refused => answer(StatusCode::BAD_REQUEST, Bytes::from_static(b"no")),
                Fate::AnswerLost | Fate::Lost => Err(Failure::new(Phase::Exchanging, "lost")),
                Fate::NoConnection => Err(Failure::new(Phase::Connecting, "nobody is there")),
            }
        })
    }
}

/// Comes back at the second poll.
async fn pause() {
    let mut waited = false;
    poll_fn(|context| {
        if waited {
            return Poll::Ready(());
        }
        waited = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

struct NoKey;

impl Sign for NoKey {
    fn sign(&self, _: &Unsigned<'_>, _: &mut HeaderMap) -> Result<(), SignError> {
        Ok(())
    }
}

fn transport(payments: &Payments, fate: Fate, time: SystemTime) -> Transport {
    let clock = FakeClock::at(time);
    let line = Line { payments: payments.clone(), fate, clock: clock.clone() };
    let builder = Transport::builder(&PROVIDER, "https://api.example.com").engine(line);
    builder.clock(clock).retry(Retry::never()).build(NoKey).expect("a transport")
}

fn intent(reference: &str) -> Intent {
    Intent::new("create_charge", reference).expect("a reference")
}

type Ended = Result<Carried<Vec<u32>, usize>, CarryError>;

/// One program after the other, and the journal and the provider that they have in common.
struct World<'a> {
    journal: &'a dyn Journal,
    reference: String,
    payments: Payments,
    /// When a program starts.
    time: SystemTime,
    looks: Looks,
}

impl<'a> World<'a> {
    fn new(journal: &'a dyn Journal, reference: &str) -> Self {
        let time = UNIX_EPOCH + Duration::from_secs(20_454 * 86_400);
        let looks = Looks { delay: Duration::from_secs(4), ..Looks::default() };
        let payments = Payments::default();
        Self { journal, reference: reference.to_owned(), payments, time, looks }
    }

    /// Carries the intent out.
    async fn go(&self, fate: Fate) -> Ended {
        let transport = transport(&self.payments, fate, self.time);
        let call = Call::<Vec<u32>>::new(&transport, &CREATE).json(&["A-1"]);
        let look = |since| self.payments.look(since);
        carry_out(self.journal, &intent(&self.reference), "note", call, look, &self.looks).await
    }

    /// The same in a program that ends after so many polls; what came of it, if it was quicker.
    async fn end_after(&self, polls: usize, fate: Fate) -> Option<Ended> {
        let mut going = pin!(self.go(fate));
        for _ in 0..polls {
            let polled = poll_fn(|context| Poll::Ready(going.as_mut().poll(context))).await;
            if let Poll::Ready(ended) = polled {
                return Some(ended);
            }
        }
        None
    }

    fn record(&self) -> Option<Record> {
        self.journal.get(&intent(&self.reference)).expect("a journal")
    }
}

#[tokio::test]
async fn wherever_programs_end_it_is_paid_once_in_the_end() {
    let journal = DiskJournal::in_memory();
    let mut to_the_end = 0;
    for fate in FATES {
        for first in 0..9 {
            for second in 0..9 {
                let case = format!("{fate:?}, {first} polls, {second} polls");
                let world = World::new(&journal, &case);
                let ended = world.end_after(first, fate).await;
                to_the_end += usize::from(ended.is_some());
                let _ = world.end_after(second, Fate::AnswerLost).await;
                let last = world.go(Fate::Answered).await;
                assert!(last.is_ok(), "{case}: {last:?}");
                assert_eq!(world.payments.keys().len(), 1, "{case}: {last:?}");
                assert_eq!(world.record().map(|it| it.state), Some(State::Done), "{case}");
            }
        }
    }
    assert!((100..405).contains(&to_the_end), "some end before and some after: {to_the_end}");
}

#[tokio::test]
async fn a_call_that_is_made_again_has_the_key_that_was_written_down() {
    let journal = DiskJournal::in_memory();
    let world = World::new(&journal, "A-1");
    assert!(world.end_after(1, Fate::Answered).await.is_none());
    let record = world.record().expect("a record");
    assert_eq!((record.state, &*record.note), (State::Sent, "note"));
    world.go(Fate::Answered).await.map(drop).expect("it is paid");
    assert_eq!(world.payments.keys(), [record.key.expect("a key")]);
}

#[tokio::test]
async fn nothing_is_sent_that_is_done() {
    let journal = DiskJournal::in_memory();
    let world = World::new(&journal, "A-1");
    world.go(Fate::Answered).await.map(drop).expect("it is paid");
    let again = world.go(Fate::Answered).await.expect("it was paid");
    let Carried::Earlier(record) = again else { panic!("{again:?}") };
    assert_eq!(record.state, State::Done);
    assert_eq!(world.payments.keys().len(), 1);
}

#[tokio::test]
async fn what_did_nothing_is_struck_out() {
    let journal = DiskJournal::in_memory();
    let world = World::new(&journal, "A-1");
    for (fate, outcome) in
        [(Fate::Refused, Outcome::Refused), (Fate::NoConnection, Outcome::NotSent)]
    {
        let ended = world.go(fate).await;
        let Err(CarryError::Call(error)) = ended else { panic!("{ended:?}") };
        assert_eq!((error.outcome(), world.record()), (outcome, None));
    }
}

#[test]
fn an_error_of_the_journal_does_not_say_that_nothing_was_sent() {
    let error = CarryError::from(JournalError::new("full"));
    let text = error.to_string();
    assert!(text.contains("this call was not sent, an earlier one may have been"), "{text}");
}

#[tokio::test]
async fn two_at_once_pay_once() {
    let journal = DiskJournal::in_memory();
    for fate in [Fate::Answered, Fate::AnswerLost] {
        let world = World::new(&journal, &format!("{fate:?}"));
        let (one, other) = tokio::join!(world.go(fate), world.go(fate));
        assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
        assert_eq!(world.payments.keys().len(), 1);
    }
}

#[tokio::test]
async fn of_two_who_find_nothing_of_what_was_sent_one_sends() {
    let journal = DiskJournal::in_memory();
    let world = World::new(&journal, "A-1");
    assert!(world.end_after(1, Fate::Answered).await.is_none());
    assert_eq!(
        (world.record().map(|it| it.state), world.payments.keys().len()),
        (Some(State::Sent), 0)
    );
    let (one, other) = tokio::join!(world.go(Fate::Answered), world.go(Fate::Answered));
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    assert_eq!(world.payments.keys().len(), 1);
}

#[tokio::test]
async fn a_program_that_starts_goes_on_with_what_is_open() {
    let journal = DiskJournal::in_memory();
    let world = World::new(&journal, "A-1");
    assert!(world.end_after(2, Fate::Answered).await.is_none());
    let ended = recover(&journal, |record| {
        assert_eq!(record.intent, intent("A-1"));
        world.go(Fate::Answered)
    })
    .await;
    let ended = ended.expect("a journal");
    assert!(matches!(&*ended, [Ok(_)]), "{ended:?}");
    assert_eq!(world.payments.keys().len(), 1);
    assert!(journal.open().expect("a journal").is_empty());
}
