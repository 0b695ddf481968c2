//! Calls that end in every way, and looks that see something, nothing, or fail.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicBool, Ordering};

use http::{HeaderMap, HeaderValue, StatusCode};

use super::*;
use crate::engine::Answer;
use crate::error::Kind;
use crate::fake::{self, NoKey, Play, Sent, answer, failure};
use crate::{FakeClock, Operation, Phase, Transport};

static CREATE: Operation = Operation::post("create_charge", "/charge");
static FIND: Operation = Operation::get("find_charge", "/charges");

const IN_USE: &str = r#"{"code":"in use"}"#;
const NO: &str = r#"{"code":"no"}"#;

/// A transport whose calls end as `play` says, by a clock that nobody waits for.
fn transport(play: impl Fn(bool) -> Play + Send + Sync + 'static) -> (Transport, Sent, FakeClock) {
    let clock = FakeClock::new();
    let (builder, sent) = fake::builder(move |request| play(request.uri().path() == "/charge"));
    let transport = builder.clock(clock.clone()).build(NoKey).expect("a transport");
    (transport, sent, clock)
}

/// A call that is cut off, and nothing else.
fn cut_off() -> (Transport, Sent, FakeClock) {
    transport(|_| failure(Phase::Exchanging))
}

/// What is seen by the first look, the second, and so on; the last goes on.
struct Sights<'a> {
    clock: &'a FakeClock,
    began: std::time::Instant,
    list: Vec<Eye>,
    looked: RefCell<Vec<u64>>,
}

impl<'a> Sights<'a> {
    fn new(clock: &'a FakeClock, list: &[Eye]) -> Self {
        Self { clock, began: clock.now(), list: list.to_vec(), looked: RefCell::default() }
    }

    fn look(&self) -> std::future::Ready<Result<Sight<u32>, Error>> {
        let mut looked = self.looked.borrow_mut();
        let sight = self.list[looked.len().min(self.list.len() - 1)];
        looked.push((self.clock.now() - self.began).as_secs());
        std::future::ready(sight.sight())
    }

    /// When it was looked, in seconds.
    fn times(&self) -> Vec<u64> {
        self.looked.borrow().clone()
    }
}

/// What a look sees, or how it fails.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Eye {
    Found,
    Absent,
    Unclear,
    Broken,
    Hopeless,
    /// There was no connection to look over.
    Unreachable,
    /// What was seen cannot be read.
    Unreadable,
}

use Eye::{Absent, Broken, Found, Hopeless, Unclear, Unreachable, Unreadable};

impl Eye {
    fn sight(self) -> Result<Sight<u32>, Error> {
        let error = |kind| Err(Error::new("fake", "find_charge", kind, Duration::ZERO));
        match self {
            Found => Ok(Sight::Found(7)),
            Absent => Ok(Sight::Absent),
            Unclear => Ok(Sight::Unclear),
            Broken => error(Kind::NoAnswer { timed_out: false }),
            Hopeless => error(Kind::NotBuilt("as told")),
            Unreachable => error(Kind::NotConnected { timed_out: false }),
            Unreadable => {
                let unreadable = crate::wire::decode::<i64>(b"?").expect_err("no number");
                error(Kind::Unreadable(unreadable))
            }
        }
    }
}

fn create(transport: &Transport) -> Call<'_, Vec<u32>> {
    Call::new(transport, &CREATE)
}

fn short() -> Looks {
    Looks { delay: Duration::from_secs(10), patience: Duration::from_secs(20), ..Looks::default() }
}

#[tokio::test]
async fn what_is_answered_is_not_looked_for() {
    let (transport, sent, clock) = transport(|_| answer(200, "[3]"));
    let sights = Sights::new(&clock, &[Found]);
    let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
    assert!(matches!(&settled, Ok(Settled::Done(list)) if **list == [3]), "{settled:?}");
    assert_eq!((sent.requests().len(), sights.times().len()), (1, 0));
}

#[tokio::test]
async fn what_certainly_did_nothing_is_not_looked_for() {
    for (phase, outcome) in [(None, Outcome::Refused), (Some(Phase::Connecting), Outcome::NotSent)]
    {
        let (transport, sent, clock) =
            transport(move |_| phase.map_or_else(|| answer(400, NO), failure));
        let sights = Sights::new(&clock, &[Found]);
        let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
        assert_eq!(settled.expect_err("it did nothing").outcome(), outcome);
        assert_eq!((sent.requests().len(), sights.times().len()), (1, 0));
    }
}

#[tokio::test]
async fn what_is_found_at_once_is_believed_at_once() {
    let (transport, sent, clock) = cut_off();
    let sights = Sights::new(&clock, &[Found]);
    let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
    assert!(matches!(settled, Ok(Settled::Found(7))), "{settled:?}");
    assert_eq!((sent.requests().len(), sights.times()), (1, vec![0]));
}

#[tokio::test]
async fn absence_is_believed_after_the_delay_and_when_it_is_seen_again() {
    let (transport, sent, clock) = cut_off();
    let sights = Sights::new(&clock, &[Absent]);
    let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
    let Ok(Settled::Absent(error)) = settled else { panic!("{settled:?}") };
    assert_eq!(error.outcome(), Outcome::Unknown);
    // At 10 and after it: what was seen before does not count.
    assert_eq!(sights.times(), [0, 1, 3, 7, 10, 20]);
    assert_eq!(sent.requests().len(), 1, "nothing is sent twice");
}

#[tokio::test]
async fn what_comes_late_is_found() {
    for seen_by in 1..6 {
        let (transport, _, clock) = cut_off();
        let mut list = vec![Absent; seen_by];
        list.push(Found);
        let sights = Sights::new(&clock, &list);
        let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
        assert!(matches!(settled, Ok(Settled::Found(7))), "{seen_by}: {settled:?}");
    }
}

#[tokio::test]
async fn a_look_that_fails_or_cannot_see_everything_is_no_absence() {
    for strange in [Broken, Unclear] {
        let (transport, _, clock) = cut_off();
        let sights = Sights::new(&clock, &[strange]);
        let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
        let Ok(Settled::Unknown { call: Some(_), look }) = settled else { panic!("{settled:?}") };
        assert_eq!(look.is_some(), strange == Broken);
        assert!(sights.times().iter().all(|time| *time <= 30), "{:?}", sights.times());

        // Once in between, absence has to be seen twice again.
        let (transport, _, clock) = cut_off();
        let sights =
            Sights::new(&clock, &[Absent, Absent, Absent, Absent, Absent, strange, Absent]);
        let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
        let count = sights.times().len();
        let Ok(Settled::Unknown { .. }) = settled else { panic!("{settled:?} {count}") };
        let patient = Looks { patience: Duration::from_secs(60), ..short() };
        let sights =
            Sights::new(&clock, &[Absent, Absent, Absent, Absent, Absent, strange, Absent]);
        let settled = create(&transport).or_find_by_reference(|| sights.look(), &patient).await;
        assert!(matches!(settled, Ok(Settled::Absent(_))), "{settled:?}");
        assert_eq!(sights.times().len(), 8);
    }
}

#[tokio::test]
async fn a_look_that_may_yet_see_something_is_made_again() {
    for strange in [Broken, Unclear, Unreachable, Unreadable] {
        let (transport, _, clock) = cut_off();
        let sights = Sights::new(&clock, &[strange, strange, Found]);
        let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
        assert!(matches!(settled, Ok(Settled::Found(7))), "{strange:?}: {settled:?}");
    }
}

#[tokio::test]
async fn a_look_that_can_never_succeed_is_made_once() {
    let (transport, _, clock) = cut_off();
    let sights = Sights::new(&clock, &[Hopeless]);
    let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
    assert!(matches!(settled, Ok(Settled::Unknown { look: Some(_), .. })), "{settled:?}");
    assert_eq!(sights.times(), [0]);
}

#[tokio::test]
async fn a_reference_in_use_is_looked_up_and_never_absent() {
    let play = |_| answer(400, IN_USE);
    let (transport, sent, clock) = transport(play);
    let sights = Sights::new(&clock, &[Absent, Found]);
    let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
    assert!(matches!(settled, Ok(Settled::Found(7))), "{settled:?}");

    let sights = Sights::new(&clock, &[Absent]);
    let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
    let Ok(Settled::Unknown { call: Some(error), look: None }) = settled else {
        panic!("{settled:?}")
    };
    assert_eq!(error.outcome(), Outcome::Refused);
    assert_eq!(sent.requests().len(), 2, "each call once");
}

#[tokio::test]
async fn what_may_have_been_sent_before_is_sent_only_if_it_is_absent() {
    let (transport, sent, clock) = transport(|_| answer(200, "[3]"));
    for (sight, count) in [(Found, 0), (Unclear, 0), (Broken, 0), (Absent, 1)] {
        sent.requests().clear();
        let sights = Sights::new(&clock, &[sight]);
        let settled =
            create(&transport).unless_found_by_reference(|| sights.look(), &short()).await;
        assert_eq!(sent.requests().len(), count, "{settled:?}");
        let as_seen = match sight {
            Found => matches!(settled, Settled::Found(7)),
            Absent => matches!(&settled, Settled::Done(list) if **list == [3]),
            _ => matches!(settled, Settled::Unknown { call: None, .. }),
        };
        assert!(as_seen, "{settled:?}");
    }
}

#[tokio::test]
async fn what_was_sent_before_may_be_there_though_this_call_did_nothing() {
    let cases = [
        (Some(Phase::Connecting), Outcome::NotSent, Absent, 0),
        (Some(Phase::Connecting), Outcome::NotSent, Found, 0),
        (None, Outcome::Refused, Found, 1),
        (None, Outcome::Refused, Absent, 1),
        (None, Outcome::Refused, Broken, 1),
    ];
    for (phase, outcome, last, count) in cases {
        let case = format!("{outcome:?} {last:?}");
        let (transport, _, clock) =
            transport(move |_| phase.map_or_else(|| answer(400, NO), failure));
        let before = Sights::new(&clock, &[Absent]);
        let _ = create(&transport).find_by_reference(|| before.look(), &short()).await;
        let mut list = vec![Absent; before.times().len()];
        list.push(last);
        let sights = Sights::new(&clock, &list);
        let settled =
            create(&transport).unless_found_by_reference(|| sights.look(), &short()).await;
        assert_eq!(sights.times().len(), before.times().len() + count, "{case}");
        match settled {
            Settled::Found(7) => assert_eq!((last, count), (Found, 1), "{case}"),
            Settled::Unknown { call: Some(error), look } => {
                assert_eq!((error.outcome(), look.is_some()), (outcome, last == Broken), "{case}");
                assert!(last != Found || count == 0, "{case}");
            }
            other => panic!("{case}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn one_look_within_a_request_finds_and_takes_nothing_for_absent() {
    let once = Looks { delay: Duration::ZERO, patience: Duration::ZERO, ..Looks::default() };
    for (sight, is_found) in [(Found, true), (Absent, false), (Broken, false)] {
        let (transport, _, clock) = cut_off();
        let sights = Sights::new(&clock, &[sight]);
        let settled = create(&transport).or_find_by_reference(|| sights.look(), &once).await;
        match settled {
            Ok(Settled::Found(7)) => assert!(is_found),
            Ok(Settled::Unknown { .. }) => assert!(!is_found),
            other => panic!("{other:?}"),
        }
        assert_eq!(sights.times(), [0]);
    }
}

#[tokio::test]
async fn what_is_settled_can_be_told_in_other_words() {
    let (transport, _, clock) = transport(|_| answer(201, "[3]"));
    let sights = Sights::new(&clock, &[Found]);
    let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
    let settled = settled.expect("an answer").map(|list| list[0], |found: u32| found);
    let Settled::Done(done) = settled else { panic!("{settled:?}") };
    assert_eq!((*done, done.status().as_u16(), done.attempts()), (3, 201, 1));
}

#[tokio::test]
async fn an_answer_that_is_given_again_is_told_from_a_new_one() {
    let sent_before = AtomicBool::new(false);
    let (transport, _, clock) = transport(move |_| {
        let mut headers = HeaderMap::new();
        if sent_before.swap(true, Ordering::Relaxed) {
            headers.insert("fake-replayed", HeaderValue::from_static("true"));
        }
        (Duration::ZERO, Ok(Answer::new(StatusCode::CREATED, headers, "[3]".into())))
    });
    for replayed in [false, true] {
        let sights = Sights::new(&clock, &[Found]);
        let settled = create(&transport).or_find_by_reference(|| sights.look(), &short()).await;
        let Ok(Settled::Done(answer)) = settled else { panic!("{settled:?}") };
        assert_eq!(answer.replayed(), replayed);
    }
}

#[tokio::test]
async fn a_refused_look_is_absence_only_if_the_provider_means_it() {
    let (transport, ..) = transport(|is_charge| answer(if is_charge { 404 } else { 500 }, NO));
    let look = async |operation| Call::<Vec<u32>>::new(&transport, operation).await;
    let seen = Sight::of(look(&CREATE).await, |error| {
        error.refusal().is_some_and(|refusal| refusal.code() == "no")
    });
    assert!(matches!(seen, Ok(Sight::Absent)), "{seen:?}");
    let seen = Sight::of(look(&CREATE).await, |_| false);
    assert_eq!(seen.expect_err("another refusal").outcome(), Outcome::Refused);
    let asked = Cell::new(false);
    let seen = Sight::of(look(&FIND).await, |_| {
        asked.set(true);
        true
    });
    assert!(seen.is_err() && !asked.get(), "a server that fails sees nothing");
}

#[tokio::test]
async fn a_call_knows_how_long_it_may_take() {
    let (transport, ..) = cut_off();
    let seconds = Duration::from_secs;
    let limit = |call: Call<'_, Vec<u32>>| call.time_limit();
    assert_eq!(limit(create(&transport)), seconds(60));
    assert_eq!(limit(create(&transport).timeout(seconds(180))), seconds(180));
    assert_eq!(limit(create(&transport).timeout(seconds(180)).deadline(seconds(20))), seconds(20));
    let retry = crate::Retry { deadline: Some(seconds(90)), ..crate::Retry::default() };
    assert_eq!(limit(create(&transport).retry(retry)), seconds(90));
}

#[tokio::test]
async fn looks_without_pauses_come_to_an_end() {
    let (transport, _, clock) = cut_off();
    let none = Looks {
        delay: Duration::from_millis(20),
        times: 0,
        pause: Duration::ZERO,
        longest_pause: Duration::ZERO,
        patience: Duration::ZERO,
    };
    let sights = Sights::new(&clock, &[Unclear]);
    let settled = create(&transport).or_find_by_reference(|| sights.look(), &none).await;
    assert!(matches!(settled, Ok(Settled::Unknown { .. })), "{settled:?}");
    let sights = Sights::new(&clock, &[Absent]);
    let settled = create(&transport).or_find_by_reference(|| sights.look(), &none).await;
    assert!(matches!(settled, Ok(Settled::Absent(_))), "{settled:?}");
    assert!(sights.times().len() <= 22);
}
