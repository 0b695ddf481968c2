//! Every short sequence of faults, and what a model that was written from the rules says of it.
//!
//! The model shares nothing with the runtime: each fault is a row of facts, and the rules are the
//! few lines of [`Model::run`].

use std::time::{Duration, Instant};

use kessai_core::{Operation, Outcome, Retry, RetryBudget};

use super::play::{ATTEMPT, Act, CAPTURE, CREATE, GET, Play, call};

/// What a fault is, in the words of the rules.
struct Fault {
    act: Act,
    outcome: Outcome,
    /// Whether the same request may be answered otherwise next time.
    passes: bool,
    timed_out: bool,
    throttled: bool,
    /// What the provider asks to wait, in seconds.
    hint: Option<u64>,
}

const FAULTS: [Fault; 12] = {
    use Outcome::{NotSent, Refused, Unknown};
    const fn fault(act: Act, outcome: Outcome) -> Fault {
        Fault { act, outcome, passes: true, timed_out: false, throttled: false, hint: None }
    }
    [
        fault(Act::NoConnection, NotSent),
        Fault { timed_out: true, ..fault(Act::NoConnectionInTime, NotSent) },
        fault(Act::BrokenOff, Unknown),
        Fault { timed_out: true, ..fault(Act::Silence, Unknown) },
        fault(Act::CutOff, Unknown),
        Fault { passes: false, ..fault(Act::Unreadable, Unknown) },
        Fault { passes: false, ..fault(Act::Says(400, "no"), Refused) },
        Fault { passes: false, ..fault(Act::Says(409, "key_conflict"), Unknown) },
        Fault { throttled: true, ..fault(Act::Says(429, "-"), Refused) },
        Fault { throttled: true, hint: Some(7), ..fault(Act::Asks(429, "7"), Refused) },
        Fault { hint: Some(31), ..fault(Act::Asks(503, "31"), Unknown) },
        fault(Act::Says(500, "-"), Unknown),
    ]
};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Class {
    Reads,
    Keyed,
    Unkeyed,
}

/// What is seen of a call from outside.
#[derive(Debug, Eq, PartialEq)]
struct Seen {
    /// `None` is a success.
    outcome: Option<Outcome>,
    /// How many times it was sent, as the call itself says.
    attempts: u32,
    /// The time that each attempt was given.
    tried: Vec<Duration>,
    slept: Vec<Duration>,
    hint: Option<Duration>,
    elapsed: Duration,
}

/// The rules, over again.
struct Model {
    class: Class,
    points: u32,
}

impl Model {
    fn run(mut self, faults: &[&Fault]) -> Seen {
        let mut seen = Seen {
            outcome: None,
            attempts: 0,
            tried: Vec::new(),
            slept: Vec::new(),
            hint: None,
            elapsed: Duration::ZERO,
        };
        let (mut refused, mut unknown) = (false, false);
        loop {
            let left = Duration::from_secs(60).saturating_sub(seen.elapsed);
            seen.tried.push(ATTEMPT.min(left));
            let tries = seen.tried.len();
            let Some(fault) = faults.get(tries - 1) else {
                seen.attempts += 1;
                return seen;
            };
            if fault.act == Act::Silence {
                seen.elapsed += ATTEMPT;
            }
            seen.attempts += u32::from(fault.outcome != Outcome::NotSent);
            refused |= fault.outcome == Outcome::Refused;
            unknown |= fault.outcome == Outcome::Unknown;
            let own = [Some(500), Some(1000), None][tries - 1].map(Duration::from_millis);
            let own = own.map(|own| if fault.throttled { 2 * own } else { own });
            let hint = fault.hint.map(Duration::from_secs);
            let price = if fault.timed_out { 20 } else { 10 };
            let repeats = self.is_safe_after(fault)
                && hint.is_none_or(|hint| hint <= Duration::from_secs(30))
                && self.points >= price;
            match own {
                Some(own) if repeats => {
                    let wait = hint.unwrap_or(own);
                    self.points -= price;
                    seen.slept.push(wait);
                    seen.elapsed += wait;
                }
                _ => {
                    // What the last attempt says holds for those before it, if they only read.
                    let settles = self.class == Class::Reads && fault.outcome == Outcome::Refused;
                    seen.hint = hint;
                    seen.outcome = Some(match (settles, unknown, refused) {
                        (false, true, _) => Outcome::Unknown,
                        (_, _, true) => Outcome::Refused,
                        _ => Outcome::NotSent,
                    });
                    return seen;
                }
            }
        }
    }

    fn is_safe_after(&self, fault: &Fault) -> bool {
        let did_nothing = fault.outcome == Outcome::NotSent
            || (fault.throttled && fault.outcome == Outcome::Refused);
        fault.passes && (self.class != Class::Unkeyed || did_nothing)
    }
}

/// The same, by the runtime.
async fn run(operation: &'static Operation, points: u32, faults: &[&Fault]) -> Seen {
    let acts: Vec<Act> = faults.iter().map(|fault| fault.act).collect();
    let play = Play::new(&acts);
    let budget = RetryBudget { size: points, ..RetryBudget::default() };
    let transport = play.transport(Retry { budget, ..Retry::default() });
    let ended = call(&transport, operation).send().await;
    let given = play.given();
    let (outcome, attempts, hint, elapsed) = match &ended {
        Ok(response) => (None, response.attempts(), None, response.elapsed()),
        Err(error) => {
            (Some(error.outcome()), error.attempts(), error.retry_after(), error.elapsed())
        }
    };
    for (number, attempt) in (1..).zip(&given) {
        assert_eq!(attempt.body, r#"["A-1"]"#, "byte for byte");
        assert_eq!(attempt.key, given[0].key, "the same key");
        assert_eq!(attempt.key.is_some(), operation.idempotency_header().is_some());
        assert_eq!(attempt.signature, number.to_string(), "signed anew");
    }
    let tried = given.iter().map(|attempt| attempt.time).collect();
    Seen { outcome, attempts, tried, slept: play.clock.slept(), hint, elapsed }
}

fn sequences() -> Vec<Vec<&'static Fault>> {
    static ALL: [Fault; 12] = FAULTS;
    let mut sequences: Vec<Vec<&Fault>> = vec![Vec::new()];
    let mut longest = sequences.clone();
    for _ in 0..3 {
        let longer = |start: &Vec<&'static Fault>| {
            let start = start.clone();
            ALL.iter().map(move |fault| [start.as_slice(), &[fault]].concat())
        };
        longest = longest.iter().flat_map(longer).collect();
        sequences.extend(longest.iter().cloned());
    }
    sequences
}

#[tokio::test]
async fn every_sequence_of_three_faults_goes_as_the_rules_say() {
    let began = Instant::now();
    let mut count = 0;
    let (mut unknowns, mut repeats) = (0, 0);
    let classes = [(Class::Reads, &GET), (Class::Keyed, &CREATE), (Class::Unkeyed, &CAPTURE)];
    for sequence in sequences().iter().filter(|sequence| !sequence.is_empty()) {
        for (class, operation) in classes {
            // Full, and enough for one repeat that is not after a timeout.
            for points in [100, 15] {
                let seen = run(operation, points, sequence).await;
                let said = Model { class, points }.run(sequence);
                let acts: Vec<Act> = sequence.iter().map(|fault| fault.act).collect();
                assert_eq!(seen, said, "{class:?}, {points} points, {acts:?}");
                count += 1;
                unknowns += u32::from(said.outcome == Some(Outcome::Unknown));
                repeats += said.slept.len();
            }
        }
    }
    assert_eq!(count, (12 + 144 + 1728) * 3 * 2);
    assert!(unknowns > 1000 && repeats > 1000, "{unknowns} unknown, {repeats} repeats");
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

/// Whatever may have been done, nobody is told that it was not.
#[tokio::test]
async fn did_not_move_is_never_said_of_what_may_have_moved() {
    for sequence in sequences() {
        for operation in [&CREATE, &CAPTURE] {
            let seen = run(operation, 100, &sequence).await;
            let played = &sequence[..seen.tried.len().min(sequence.len())];
            let may_have_moved = played.iter().any(|fault| fault.outcome == Outcome::Unknown);
            let denied = matches!(seen.outcome, Some(Outcome::NotSent | Outcome::Refused));
            let acts: Vec<Act> = played.iter().map(|fault| fault.act).collect();
            assert!(!(may_have_moved && denied), "{acts:?}: {seen:?}");
            let was_sent = played.iter().any(|fault| fault.outcome != Outcome::NotSent);
            assert!(!was_sent || seen.outcome != Some(Outcome::NotSent), "{acts:?}: {seen:?}");
        }
    }
}
