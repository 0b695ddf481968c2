//! Journals in memory, and in files that are there or not.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

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
    let first = journal.begin(&intent, Some("key"), "note")?;
    assert_eq!((first.state, first.key.as_deref()), (State::Begun, Some("key")));
    let sent = journal.sent(&first)?.expect("nobody else");
    assert_eq!(journal.begin(&intent, Some("another"), "")?, sent);
    assert_eq!(journal.open()?, std::slice::from_ref(&sent));
    let done = journal.done(&sent)?.expect("nobody else");
    assert_eq!((journal.open()?, journal.get(&intent)?), (vec![], Some(done)));
    let refund = self::intent("create_refund");
    assert_eq!(journal.begin(&refund, None, "")?.state, State::Begun, "another kind");
    Ok(())
}

#[test]
fn of_two_who_change_the_same_one_does() -> Result<(), JournalError> {
    let journal = DiskJournal::in_memory();
    let record = journal.begin(&intent("create_charge"), None, "")?;
    let sent = journal.sent(&record)?.expect("the first");
    assert_eq!(journal.sent(&record)?, None);
    assert!(!journal.strike(&record)?);
    assert!(journal.strike(&sent)?);
    assert_eq!(journal.get(&record.intent)?, None);
    assert_eq!(journal.done(&sent)?, None, "it is struck out");
    Ok(())
}

#[test]
fn a_record_shows_neither_its_key_nor_its_note() -> Result<(), JournalError> {
    let journal = DiskJournal::in_memory();
    let record = journal.begin(&intent("pay"), Some("kanarie"), "kanarie")?;
    assert!(!format!("{record:?}").contains("kanarie"));
    Ok(())
}

#[test]
fn without_a_kind_or_a_reference_there_is_no_intent() {
    for (kind, reference) in [("", "A-1"), ("create_charge", ""), ("", "")] {
        Intent::new(kind, reference).expect_err("every payment would be the same one");
    }
}

#[test]
fn a_journal_is_made_once_and_opened_where_it_is() -> Result<(), JournalError> {
    let place = Place::new();
    let missing = DiskJournal::open(place.file()).map(drop);
    missing.expect_err("another folder is not an empty journal");
    assert!(!place.file().exists(), "nothing was made");

    let journal = DiskJournal::create(place.file())?;
    let record = journal.begin(&intent("create_charge"), Some("key"), "note")?;
    DiskJournal::open(place.file()).map(drop).expect_err("it is open");
    drop(journal);
    DiskJournal::create(place.file()).map(drop).expect_err("it is there");
    let journal = DiskJournal::open(place.file())?;
    assert_eq!(journal.open()?, [record]);
    Ok(())
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
