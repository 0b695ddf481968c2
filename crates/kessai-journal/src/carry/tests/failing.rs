//! Journals that fail, before and after something is sent.

use super::*;

/// A journal on a disk that is full at one moment.
struct Full<'a> {
    disk: &'a DiskJournal,
    at: Moment,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Moment {
    Begin,
    Change(State),
    Strike,
}

impl Full<'_> {
    fn unless(&self, at: Moment) -> Result<(), JournalError> {
        if at == self.at { Err(JournalError::new("the disk is full")) } else { Ok(()) }
    }
}

impl Journal for Full<'_> {
    fn begin(
        &self,
        intent: &Intent,
        key: Option<&str>,
        note: &str,
        now: SystemTime,
    ) -> Result<Record, JournalError> {
        self.unless(Moment::Begin)?;
        self.disk.begin(intent, key, note, now)
    }

    fn change(&self, record: &Record, state: State) -> Result<Option<Record>, JournalError> {
        self.unless(Moment::Change(state))?;
        self.disk.change(record, state)
    }

    fn strike(&self, record: &Record) -> Result<bool, JournalError> {
        self.unless(Moment::Strike)?;
        self.disk.strike(record)
    }

    fn get(&self, intent: &Intent) -> Result<Option<Record>, JournalError> {
        self.disk.get(intent)
    }

    fn open(&self) -> Result<Vec<Record>, JournalError> {
        self.disk.open()
    }
}

#[tokio::test]
async fn nothing_is_sent_that_cannot_be_written_down_before() {
    for at in [Moment::Begin, Moment::Change(State::Sent)] {
        let disk = DiskJournal::in_memory();
        let full = Full { disk: &disk, at };
        let world = World::new(&full, "A-1");
        let error = world.go(Fate::Answered).await.expect_err("a full disk");
        assert!(matches!(error, CarryError::Journal(_)), "{error:?}");
        assert!(world.payments.keys().is_empty(), "{at:?}");
        let why = "this call was not sent, an earlier one may have been: the journal cannot be read or \
                   written: the disk is full";
        assert_eq!(error.to_string(), why);
        let cause = error.source().and_then(StdError::source).map(ToString::to_string);
        assert_eq!(cause.as_deref(), Some("the disk is full"));
    }
}

#[tokio::test]
async fn what_was_paid_and_cannot_be_written_down_is_found_the_next_time() {
    let disk = DiskJournal::in_memory();
    let full = Full { disk: &disk, at: Moment::Change(State::Done) };
    let world = World::new(&full, "A-1");
    let paid = world.go(Fate::Answered).await;
    assert!(matches!(paid, Ok(Carried::Settled(Settled::Done(_)))), "{paid:?}");
    assert_eq!(world.record().map(|it| it.state), Some(State::Sent));
    for _ in 0..2 {
        let again = world.go(Fate::Answered).await;
        assert!(matches!(again, Ok(Carried::Settled(Settled::Found(1)))), "{again:?}");
    }
    assert_eq!(world.payments.keys().len(), 1);
}

#[tokio::test]
async fn what_was_refused_and_cannot_be_struck_out_stays_open() {
    let disk = DiskJournal::in_memory();
    let full = Full { disk: &disk, at: Moment::Strike };
    let world = World::new(&full, "A-1");
    let error = world.go(Fate::Refused).await.expect_err("a no");
    let CarryError::Call(call) = &error else { panic!("{error:?}") };
    assert_eq!((call.outcome(), error.to_string()), (Outcome::Refused, call.to_string()));
    assert_eq!(disk.open().expect("a journal").len(), 1);
}
