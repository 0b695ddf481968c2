//! A journal in one file.

use std::fmt;
use std::path::Path;

use redb::{Database, ReadableTable as _, Table, TableDefinition, WriteTransaction};

use crate::journal::{Journal, JournalError};
use crate::record::{Intent, Record, State};

/// By kind and reference: the state, its version, the key and the note.
const INTENTS: TableDefinition<(&str, &str), Row> = TableDefinition::new("intents");

type Row = (u8, u32, Option<&'static str>, &'static str);
type Intents<'a> = Table<'a, (&'static str, &'static str), Row>;

/// A journal in one file, which one program at a time has open.
///
/// Writing waits for the disk, and blocks the thread for those milliseconds.
pub struct DiskJournal {
    database: Database,
}

impl DiskJournal {
    /// Opens the file, and makes it if there is none.
    ///
    /// # Errors
    ///
    /// If it is no journal, cannot be read or written, or another program has it open.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        Self::of(Database::create(path).map_err(fail)?)
    }

    fn of(database: Database) -> Result<Self, JournalError> {
        let journal = Self { database };
        // So that there is a table to read.
        journal.write(|_| Ok(()))?;
        Ok(journal)
    }

    /// A journal that ends with the test.
    #[cfg(test)]
    pub(crate) fn in_memory() -> Self {
        let backend = redb::backends::InMemoryBackend::new();
        let database = Database::builder().create_with_backend(backend).expect("a database");
        Self::of(database).expect("a journal")
    }

    /// Writes all of it to disk, or nothing.
    fn write<T>(
        &self,
        act: impl FnOnce(&mut Intents<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let transaction = self.database.begin_write().map_err(fail)?;
        let written = within(&transaction, act)?;
        transaction.commit().map_err(fail)?;
        Ok(written)
    }
}

fn within<T>(
    transaction: &WriteTransaction,
    act: impl FnOnce(&mut Intents<'_>) -> Result<T, JournalError>,
) -> Result<T, JournalError> {
    act(&mut transaction.open_table(INTENTS).map_err(fail)?)
}

fn fail(error: impl Into<redb::Error>) -> JournalError {
    JournalError::new(error.into())
}

fn place(intent: &Intent) -> (&str, &str) {
    (&intent.kind, &intent.reference)
}

fn put(intents: &mut Intents<'_>, record: &Record) -> Result<(), JournalError> {
    let state = match record.state {
        State::Begun => 0,
        State::Sent => 1,
        State::Done => 2,
    };
    let row = (state, record.version, record.key.as_deref(), &*record.note);
    intents.insert(place(&record.intent), row).map_err(fail)?;
    Ok(())
}

fn find(
    intents: &impl redb::ReadableTable<(&'static str, &'static str), Row>,
    intent: &Intent,
) -> Result<Option<Record>, JournalError> {
    let found = intents.get(place(intent)).map_err(fail)?;
    Ok(found.map(|row| read(intent.clone(), row.value())))
}

fn read(intent: Intent, (state, version, key, note): (u8, u32, Option<&str>, &str)) -> Record {
    let state = match state {
        0 => State::Begun,
        2 => State::Done,
        // What a newer version of this crate may have written was sent, as far as anybody knows.
        _ => State::Sent,
    };
    Record { intent, state, version, key: key.map(str::to_owned), note: note.to_owned() }
}

impl Journal for DiskJournal {
    fn begin(
        &self,
        intent: &Intent,
        key: Option<&str>,
        note: &str,
    ) -> Result<Record, JournalError> {
        self.write(|intents| {
            if let Some(known) = find(intents, intent)? {
                return Ok(known);
            }
            let record = Record {
                intent: intent.clone(),
                state: State::Begun,
                version: 0,
                key: key.map(str::to_owned),
                note: note.to_owned(),
            };
            put(intents, &record)?;
            Ok(record)
        })
    }

    fn change(&self, record: &Record, state: State) -> Result<Option<Record>, JournalError> {
        self.write(|intents| {
            if find(intents, &record.intent)?.as_ref() != Some(record) {
                return Ok(None);
            }
            let changed = Record { state, version: record.version + 1, ..record.clone() };
            put(intents, &changed)?;
            Ok(Some(changed))
        })
    }

    fn strike(&self, record: &Record) -> Result<bool, JournalError> {
        self.write(|intents| {
            let is_same = find(intents, &record.intent)?.as_ref() == Some(record);
            if is_same {
                intents.remove(place(&record.intent)).map_err(fail)?;
            }
            Ok(is_same)
        })
    }

    fn get(&self, intent: &Intent) -> Result<Option<Record>, JournalError> {
        let transaction = self.database.begin_read().map_err(fail)?;
        let intents = transaction.open_table(INTENTS).map_err(fail)?;
        find(&intents, intent)
    }

    fn open(&self) -> Result<Vec<Record>, JournalError> {
        let transaction = self.database.begin_read().map_err(fail)?;
        let intents = transaction.open_table(INTENTS).map_err(fail)?;
        let mut open = Vec::new();
        for row in intents.iter().map_err(fail)? {
            let (place, row) = row.map_err(fail)?;
            let (kind, reference) = place.value();
            // As it stands there: what was written down once is not refused now.
            let intent = Intent { kind: kind.to_owned(), reference: reference.to_owned() };
            let record = read(intent, row.value());
            if record.state != State::Done {
                open.push(record);
            }
        }
        Ok(open)
    }
}

impl fmt::Debug for DiskJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DiskJournal")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intent(kind: &str) -> Intent {
        Intent::new(kind, "A-1").expect("a reference")
    }

    #[test]
    fn without_a_kind_or_a_reference_there_is_no_intent() {
        for (kind, reference) in [("", "A-1"), ("create_charge", ""), ("", "")] {
            Intent::new(kind, reference).expect_err("every payment would be the same one");
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
}
