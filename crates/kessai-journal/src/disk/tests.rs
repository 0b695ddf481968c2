//! Journals in memory, and in files that are there or not.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use redb::StorageBackend;
use redb::backends::InMemoryBackend;

use super::*;

/// 2026-01-01 at 00:00.
fn new_year() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(20_454 * 86_400)
}

fn intent(kind: &str) -> Intent {
    Intent::new(kind, "A-1").expect("a reference")
}

/// A place for a file of one test's own, gone afterwards.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("kessai-journal-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("payments.redb")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn what_is_begun_again_stands_as_it_was() -> Result<(), JournalError> {
    let journal = DiskJournal::in_memory();
    let intent = intent("create_charge");
    let first = journal.begin(&intent, Some("key"), "note", new_year())?;
    assert_eq!((first.state, first.key.as_deref()), (State::Begun, Some("key")));
    assert_eq!(first.begun_at, new_year());
    let sent = journal.sent(&first)?.expect("nobody else");
    let later = new_year() + Duration::from_secs(3600);
    assert_eq!(journal.begin(&intent, Some("another"), "", later)?, sent);
    assert_eq!(journal.open()?, std::slice::from_ref(&sent));
    let done = journal.done(&sent)?.expect("nobody else");
    assert_eq!(done.begun_at, new_year());
    assert_eq!((journal.open()?, journal.get(&intent)?), (vec![], Some(done)));
    let refund = self::intent("create_refund");
    assert_eq!(journal.begin(&refund, None, "", later)?.state, State::Begun, "another kind");
    Ok(())
}

#[test]
fn of_two_who_change_the_same_one_does() -> Result<(), JournalError> {
    let journal = DiskJournal::in_memory();
    let record = journal.begin(&intent("create_charge"), None, "", new_year())?;
    let sent = journal.sent(&record)?.expect("the first");
    assert_eq!(journal.sent(&record)?, None);
    assert!(!journal.strike(&record)?);
    assert!(journal.strike(&sent)?);
    assert_eq!(journal.get(&record.intent)?, None);
    assert_eq!(journal.done(&sent)?, None, "it is struck out");
    Ok(())
}

#[test]
fn what_is_begun_anew_is_not_taken_for_what_was_struck_out() -> Result<(), JournalError> {
    let journal = DiskJournal::in_memory();
    let begin = |now| journal.begin(&intent("create_charge"), None, "", now);
    let old = journal.sent(&begin(new_year())?)?.expect("the first");
    assert!(journal.strike(&old)?);
    let new = begin(new_year() + Duration::from_nanos(100))?;
    let new = journal.sent(&new)?.expect("the first again");
    assert_eq!(new.version, old.version);
    assert_eq!(journal.sent(&old)?, None, "it is another");
    Ok(())
}

#[test]
fn a_record_shows_neither_its_key_nor_its_note() -> Result<(), JournalError> {
    let journal = DiskJournal::in_memory();
    let record = journal.begin(&intent("pay"), Some("kanarie"), "kanarie", new_year())?;
    assert!(!format!("{record:?}").contains("kanarie"));
    Ok(())
}

#[test]
fn without_a_kind_or_a_reference_there_is_no_intent() {
    for (kind, reference) in [("", "A-1"), ("create_charge", ""), ("", "")] {
        Intent::new(kind, reference).expect_err("every payment would be the same one");
    }
    let intent = Intent::new("create_charge", "A-1").expect("both");
    assert_eq!((intent.kind(), intent.reference()), ("create_charge", "A-1"));
}

#[test]
fn a_journal_is_made_once_and_opened_where_it_is() -> Result<(), JournalError> {
    let place = Place::new();
    let missing = DiskJournal::open(place.file()).map(drop);
    missing.expect_err("another folder is not an empty journal");
    assert!(!place.file().exists(), "nothing was made");

    let journal = DiskJournal::create(place.file())?;
    let record = journal.begin(&intent("create_charge"), Some("key"), "note", new_year())?;
    DiskJournal::open(place.file()).map(drop).expect_err("it is open");
    drop(journal);
    DiskJournal::create(place.file()).map(drop).expect_err("it is there");
    let journal = DiskJournal::open(place.file())?;
    assert_eq!(journal.open()?, [record]);
    Ok(())
}

#[cfg(unix)]
#[test]
fn the_name_of_a_new_journal_is_kept_in_its_folder_or_it_is_none() {
    let place = Place::new();
    assert!(keep_name(&place.file()).is_ok() && keep_name(Path::new("payments.redb")).is_ok());
    assert!(keep_name(&place.file().join("payments.redb")).is_err(), "there is no such folder");
}

#[test]
fn a_file_that_is_no_journal_is_left_as_it_is() {
    let place = Place::new();
    for text in ["", "not a journal"] {
        fs::write(place.file(), text).expect("a file");
        DiskJournal::open(place.file()).map(drop).expect_err("no journal");
        DiskJournal::create(place.file()).map(drop).expect_err("it is there");
        assert_eq!(fs::read_to_string(place.file()).expect("a file"), text);
        fs::remove_file(place.file()).expect("gone");
    }
    drop(Database::create(place.file()).expect("somebody's database"));
    DiskJournal::open(place.file()).map(drop).expect_err("no journal");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_a_new_journal() -> Result<(), JournalError> {
    use std::os::unix::fs::PermissionsExt as _;

    let place = Place::new();
    drop(DiskJournal::create(place.file())?);
    let mode = fs::metadata(place.file()).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    Ok(())
}

#[test]
fn a_journal_that_kept_no_time_is_read() -> Result<(), JournalError> {
    let place = Place::new();
    let database = Database::create(place.file()).expect("a database");
    let transaction = database.begin_write().expect("a transaction");
    for (kind, reference) in [("create_charge", "A-1"), ("create_charge", "")] {
        let mut intents = transaction.open_table(INTENTS).expect("a table");
        let row = (1, 3, Some("key"), "note");
        intents.insert((kind, reference), row).map(drop).expect("a row");
    }
    transaction.commit().expect("written");
    drop(database);

    let journal = DiskJournal::open(place.file())?;
    let found = journal.get(&intent("create_charge"))?.expect("a record");
    assert_eq!((found.state, found.version, &*found.note), (State::Sent, 3, "note"));
    assert_eq!(found.begun_at, UNIX_EPOCH);
    assert_eq!(journal.open()?.len(), 2, "and one without a reference");
    assert!(journal.done(&found)?.is_some());
    Ok(())
}

/// A disk that can be read, and from some moment on not written.
#[derive(Debug, Default)]
struct Worn {
    memory: InMemoryBackend,
    worn: Arc<AtomicBool>,
}

impl Worn {
    fn check(&self) -> io::Result<()> {
        if self.worn.load(Ordering::Relaxed) { Err(io::Error::other("full")) } else { Ok(()) }
    }
}

impl StorageBackend for Worn {
    fn len(&self) -> io::Result<u64> {
        self.memory.len()
    }

    fn read(&self, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        self.memory.read(offset, len)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.check()?;
        self.memory.set_len(len)
    }

    fn sync_data(&self, eventual: bool) -> io::Result<()> {
        self.check()?;
        self.memory.sync_data(eventual)
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.check()?;
        self.memory.write(offset, data)
    }
}

#[test]
fn what_stands_there_is_told_though_nothing_can_be_written() -> Result<(), JournalError> {
    let worn = Arc::new(AtomicBool::new(false));
    let journal = DiskJournal::on(Worn { worn: Arc::clone(&worn), ..Worn::default() });
    let record = journal.begin(&intent("create_charge"), None, "", new_year())?;
    let sent = journal.sent(&record)?.expect("the first");
    worn.store(true, Ordering::Relaxed);
    assert_eq!(journal.begin(&intent("create_charge"), None, "", new_year())?, sent);
    journal.begin(&intent("create_refund"), None, "", new_year()).expect_err("it cannot be kept");
    Ok(())
}

#[test]
fn a_state_that_a_newer_version_wrote_counts_as_sent() -> Result<(), JournalError> {
    let journal = DiskJournal::in_memory();
    let intent = intent("create_charge");
    journal.write(|tables| {
        tables.intents.insert(place(&intent), (3, 7, None, "")).map_err(fail)?;
        Ok(())
    })?;
    let record = journal.begin(&intent, None, "", new_year())?;
    assert_eq!((record.state, record.version), (State::Sent, 7));
    assert_eq!(Journal::open(&journal)?, [record]);
    Ok(())
}
