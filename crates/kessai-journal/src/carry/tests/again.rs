//! What was sent before, and may be sent again.

use super::*;

#[tokio::test]
async fn what_is_absent_stays_open_with_its_key_until_somebody_strikes_it_out() {
    let journal = DiskJournal::in_memory();
    let world = World::new(&journal, "A-1");
    let lost = world.go(Fate::Lost).await;
    assert!(matches!(lost, Ok(Carried::Settled(Settled::Absent(_)))), "{lost:?}");
    let record = world.record().expect("it is remembered");
    assert_eq!(record.state, State::Sent);
    world.go(Fate::Answered).await.map(drop).expect("it is paid");
    assert_eq!(world.payments.keys(), [record.key.clone().expect("a key")]);

    let other = World::new(&journal, "A-2");
    other.go(Fate::Lost).await.map(drop).expect("nothing is there");
    let record = other.record().expect("it is remembered");
    assert!(journal.strike(&record).expect("a journal"));
    other.go(Fate::Answered).await.map(drop).expect("it is paid");
    assert_ne!(other.payments.keys(), [record.key.expect("a key")]);
}

/// Whatever the first program had come to, and whatever becomes of a second one that cannot see it:
/// what was sent stands in the journal with its key, and nobody is told that nothing was done.
#[tokio::test]
async fn no_second_sending_makes_the_journal_forget_the_first() {
    let journal = DiskJournal::in_memory();
    let (mut forgettable, mut kept) = (0, 0);
    for first in FATES {
        for second in FATES {
            for polls in [0, 1, 2, 3, 4, 5, 8, 40] {
                let case = format!("{first:?}, {polls} polls, {second:?}");
                let world = World::new(&journal, &case);
                world.payments.books().is_late = true;
                world.payments.books().knows_keys = true;
                let _ = world.end_after(polls, first).await;
                let (before, paid) = (world.record(), world.payments.keys());
                let told = world.go(second).await;
                let after = world.record();
                match before.filter(|record| record.state != State::Begun) {
                    Some(before) => {
                        kept += 1;
                        let after = after.expect(&case);
                        assert_eq!(after.key, before.key, "{case}");
                        assert!(told.is_ok(), "{case}: {told:?}");
                    }
                    None => {
                        forgettable += 1;
                        assert!(paid.is_empty(), "{case}");
                        let did_nothing = matches!(second, Fate::Refused | Fate::NoConnection);
                        assert_eq!(told.is_err(), did_nothing, "{case}: {told:?}");
                        assert_eq!(after.is_none(), did_nothing, "{case}");
                    }
                }
                world.payments.books().is_late = false;
                let last = world.go(Fate::Answered).await;
                assert!(last.is_ok(), "{case}: {last:?}");
                assert_eq!(world.payments.keys().len(), 1, "{case}: {last:?}");
                assert_eq!(world.record().map(|it| it.state), Some(State::Done), "{case}");
            }
        }
    }
    assert!(forgettable > 50 && kept > 100, "{forgettable} {kept}");
}

#[tokio::test]
async fn a_refusal_after_an_earlier_sending_is_looked_into() {
    let journal = DiskJournal::in_memory();
    for (sees, fate) in [(true, Fate::Refused), (false, Fate::Refused), (false, Fate::NoConnection)]
    {
        let world = World::new(&journal, &format!("{sees}, {fate:?}"));
        assert!(world.end_after(2, Fate::AnswerLost).await.is_none());
        assert_eq!(world.payments.keys().len(), 1);
        world.payments.books().is_late = true;
        let transport = transport(&world.payments, fate, world.time);
        let call = Call::<Vec<u32>>::new(&transport, &CREATE).json(&["A-1"]);
        let intent = intent(&world.reference);
        let look = |since| {
            // It is seen once the second has been sent.
            let is_sent = world.record().is_some_and(|record| record.version > 1);
            world.payments.books().is_late = !(sees && is_sent);
            world.payments.look(since)
        };
        let told = carry_out(&journal, &intent, "", call, look, &world.looks).await;
        match told {
            Ok(Carried::Settled(Settled::Found(1))) => assert!(sees),
            Ok(Carried::Settled(Settled::Unknown { call: Some(error), .. })) => {
                assert!(!sees && error.outcome() != Outcome::Unknown);
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_refusal_is_no_proof_where_somebody_else_has_sent_it_meanwhile() {
    let journal = DiskJournal::in_memory();
    let world = World::new(&journal, "A-1");
    let mut going = pin!(world.go(Fate::Refused));
    let polled = poll_fn(|context| Poll::Ready(going.as_mut().poll(context))).await;
    assert!(polled.is_pending());
    let other = journal.sent(&world.record().expect("a record")).expect("a journal");
    let told = going.await;
    let is_unknown =
        matches!(told, Ok(Carried::Settled(Settled::Unknown { call: Some(_), look: None })));
    assert!(is_unknown, "{told:?}");
    assert_eq!(world.record(), other, "it is the other's");
}

#[tokio::test]
async fn after_an_outage_it_is_looked_since_the_intent_was_begun() {
    let journal = DiskJournal::in_memory();
    let mut world = World::new(&journal, "A-1");
    assert!(world.end_after(2, Fate::AnswerLost).await.is_none());
    world.time += Duration::from_secs(3600);
    let told = world.go(Fate::Answered).await;
    assert!(matches!(told, Ok(Carried::Settled(Settled::Found(1)))), "{told:?}");
    assert_eq!(world.payments.keys().len(), 1);
}

#[tokio::test]
async fn looks_that_end_too_soon_send_nothing_again() {
    let journal = DiskJournal::in_memory();
    let mut world = World::new(&journal, "A-1");
    assert!(world.end_after(1, Fate::Answered).await.is_none());
    for (delay, patience) in [(0, 0), (0, 64), (10, 50), (64, 0)] {
        let (delay, patience) = (Duration::from_secs(delay), Duration::from_secs(patience));
        let longest_pause = Duration::from_secs(1);
        world.looks = Looks { delay, patience, longest_pause, ..Looks::default() };
        let told = world.go(Fate::Answered).await;
        let is_unknown =
            matches!(told, Ok(Carried::Settled(Settled::Unknown { call: None, look: None })));
        assert!(is_unknown, "{delay:?} {patience:?}: {told:?}");
    }
    assert!(world.payments.keys().is_empty());
}

#[test]
fn looks_after_others_end_when_they_would_have() {
    let seconds = Duration::from_secs;
    let after = |delay, patience| {
        let looks =
            Looks { delay: seconds(delay), patience: seconds(patience), ..Looks::default() };
        let after = after_others(&looks, seconds(60));
        (after.delay.as_secs(), after.patience.as_secs(), after.times)
    };
    assert_eq!(after(60, 240), (120, 180, 2));
    assert_eq!(after(0, 100), (65, 35, 2), "5 s at least");
    assert_eq!(after(5, 60), (65, 0, 2));
    assert_eq!(after(5, 59), (5, 59, u32::MAX), "they never take it for absent");
}

/// A line whose answer takes long.
struct Slow {
    payments: Payments,
    answer: Duration,
}

impl Engine for Slow {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Answer, Failure>> {
        Box::pin(async move {
            tokio::time::sleep(self.answer).await;
            self.payments.pay(&request, SystemTime::now());
            Ok(Answer::new(StatusCode::OK, HeaderMap::new(), Bytes::from_static(b"[1]")))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn who_asks_again_waits_for_a_slow_call_to_end() {
    let journal = DiskJournal::in_memory();
    // The second of two limits is that of the whole call.
    for (answer, attempt) in [(120, 180), (179, 180), (40, 45)] {
        let (answer, attempt) = (Duration::from_secs(answer), Duration::from_secs(attempt));
        let payments = Payments::default();
        let line = Slow { payments: payments.clone(), answer };
        let builder = Transport::builder(&PROVIDER, "https://api.example.com").engine(line);
        let limits = Limits { attempt, ..Limits::default() };
        let transport = builder.limits(limits).build(NoKey).expect("a transport");
        let intent = intent(&format!("{answer:?}"));
        for looks in [Looks::default(), Looks { delay: Duration::ZERO, ..Looks::default() }] {
            let go = || {
                let call = Call::<Vec<u32>>::new(&transport, &CREATE).json(&["A-1"]);
                carry_out(&journal, &intent, "", call, |since| payments.look(since), &looks)
            };
            let (one, other) = tokio::join!(go(), go());
            assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
            assert_eq!(payments.keys().len(), 1, "{answer:?} {looks:?}");
            let record = journal.get(&intent).expect("a journal").expect("a record");
            assert!(journal.strike(&record).expect("a journal"));
            payments.books().paid.clear();
        }
    }
}
